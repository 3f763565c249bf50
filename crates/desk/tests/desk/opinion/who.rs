//! Who opens a request for an opinion: its secretary and its panel, and nobody with an interest of her own.

use desk::DeskError;
use desk::need;
use desk::opinion;
use domain::need::{Because, MatterKind, Refusal, Way};
use domain::watch::Relation;

use super::*;
use crate::need::refusal;

#[tokio::test(flavor = "multi_thread")]
async fn a_request_opens_to_its_secretary_and_its_panel_and_another_secretary_takes_it_over() {
    let panel = Panel::new().await;
    let desk = &panel.world.desk;
    panel.ask(in_time(), vec![statement("mijn verhaal")]).await;
    let (id, seen) = panel.only().await;
    let other = panel
        .world
        .actor(panel.world.panel, &[Role::PanelSecretary]);
    // New: no secretary is on duty, so each may look; no member may, because nobody appointed her.
    assert!(opinion::read(desk, &other, hours(1), id).await.is_ok());
    let member = opinion::read(desk, &panel.members[0], hours(1), id).await;
    assert_eq!(refusal(member), Refusal::ForDuty);
    panel.admit(id, seen, None).await.unwrap();
    panel
        .compose(id, seen + 1, &panel.members[..3])
        .await
        .unwrap();
    let lead = user(&panel.secretary);
    let closed = refusal(opinion::read(desk, &other, hours(4), id).await);
    assert_eq!(closed, Refusal::NotAssigned { lead });
    let give = opinion::give(desk, &other, hours(4), id, seen + 2, plausible()).await;
    assert_eq!(refusal(give), closed);
    let door = need::closed_door(desk, &other, hours(4), id).await.unwrap();
    assert_eq!(
        door.ways,
        [Way::TakeOver, Way::AskTeam],
        "nothing here is so urgent"
    );
    let outsider = need::closed_door(desk, &panel.members[3], hours(4), id).await;
    assert_eq!(
        outsider.unwrap().ways,
        [Way::AskTeam],
        "a member takes nothing over"
    );
    let no = need::take_over(desk, &panel.members[3], hours(4), id, seen + 2, None, false).await;
    assert!(matches!(no, Err(DeskError::Forbidden { .. })), "{no:?}");

    let reason = Some(text("zij is op reis"));
    need::take_over(desk, &other, hours(4), id, seen + 2, reason, false)
        .await
        .unwrap();
    let told = need::notices(desk, &panel.secretary, hours(5), MatterKind::Opinion).await;
    assert_eq!(told.unwrap().len(), 1);
    let before = opinion::read(desk, &panel.secretary, hours(5), id).await;
    assert_eq!(refusal(before), Refusal::NotAssigned { lead: user(&other) });
    // Its panel stays its panel.
    let view = opinion::read(desk, &panel.members[0], hours(5), id)
        .await
        .unwrap();
    assert_eq!(view.because, Because::Team);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_of_interest_takes_a_member_off_and_the_panel_is_completed_first() {
    let panel = Panel::new().await;
    let desk = &panel.world.desk;
    let (id, seen) = panel.before_panel().await;
    let [first, second] = [&panel.members[0], &panel.members[1]];
    let why = || text("zij was haar behandelaar");
    // Somebody else's conflict the secretary records, not a fellow member.
    let fellow = opinion::recuse(desk, first, hours(4), id, seen, user(second), why(), false).await;
    assert!(matches!(fellow, Err(DeskError::Rule { ref key, .. }) if key == "opinion-recuse-own"));
    opinion::recuse(desk, first, hours(4), id, seen, user(first), why(), false)
        .await
        .unwrap();
    assert_eq!(
        refusal(opinion::read(desk, first, hours(4), id).await),
        Refusal::Barred
    );
    let door = need::closed_door(desk, first, hours(4), id).await.unwrap();
    assert!(door.ways.is_empty(), "there is no way around it");
    let early = opinion::give(desk, second, hours(5), id, seen + 1, plausible()).await;
    assert!(
        matches!(early, Err(DeskError::Rule { ref key, .. }) if key == "opinion-panel-too-small")
    );
    let again = panel.compose(id, seen + 1, &panel.members[..3]).await;
    assert!(matches!(again, Err(DeskError::Rule { ref key, .. }) if key == "opinion-recused"));
    panel
        .compose(id, seen + 1, &panel.members[1..])
        .await
        .unwrap();
    opinion::give(desk, second, hours(5), id, seen + 2, plausible())
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_watch_explains_a_member_by_her_seat_and_not_by_her_function() {
    let panel = Panel::new().await;
    let desk = &panel.world.desk;
    let (id, seen) = panel.before_panel().await;
    let [first, second, outsider] = [&panel.members[0], &panel.members[1], &panel.members[3]];
    opinion::read(desk, first, hours(4), id).await.unwrap();
    opinion::recuse(
        desk,
        first,
        hours(5),
        id,
        seen,
        user(first),
        text("zij was haar behandelaar"),
        false,
    )
    .await
    .unwrap();
    // What the pages refuse, somebody at the database could still make look like this.
    for (who, at) in [(first, hours(6)), (second, hours(6)), (outsider, hours(7))] {
        let person = who.person().unwrap();
        let context = vault::Context {
            at,
            actor: person.user.to_string(),
            role: desk::Role::PanelMember.code().to_owned(),
            org: person.org.to_string(),
            act: "opinion.read".to_owned(),
            purpose: "opinion".to_owned(),
            ground: "Wmo 2015".to_owned(),
        };
        let change = vault::Change::new(context).read(id.to_string(), &["all"]);
        desk.vault.apply(Store::K4, change).await.unwrap();
    }

    let auditor = panel
        .world
        .actor(panel.world.care_haaglanden, &[desk::Role::Auditor]);
    let ask = desk::oversight::Ask {
        store: Store::K4,
        record: id.to_string(),
        actor: None,
        from: None,
        before: None,
        unexplained: false,
    };
    let looks = desk::oversight::who_looked(desk, &auditor, days(2), &ask)
        .await
        .unwrap();
    let of = |who: &Actor| -> Vec<(jiff::Timestamp, Option<Relation>)> {
        let who = user(who).to_string();
        let hers = looks
            .looks
            .iter()
            .filter(|look| look.entry.context.actor == who);
        hers.map(|look| (look.entry.context.at, look.relation))
            .collect()
    };
    let (team, wide) = (Some(Relation::Team), Some(Relation::Organisation));
    assert_eq!(
        of(first),
        [(hours(6), wide), (hours(5), wide), (hours(4), team)],
        "her seat ended when she left it, newest first"
    );
    assert_eq!(of(second), [(hours(6), team)]);
    assert_eq!(of(outsider), [(hours(7), wide)], "she was never appointed");
}
