//! A case opens for whoever is assigned to it: each relation, each refusal, the team, the roster, taking over.

use desk::accounts::{self, NewAccount};
use desk::case::{self, NewCase};
use desk::need::{self, NoticeKind};
use desk::oversight::{self, Ask};
use desk::roster::{self, NewShift};
use desk::{Actor, DeskError, Role};
use domain::ids::{CaseId, UserId};
use domain::need::{Because, MatterKind, Refusal, ShiftKind, Way};
use domain::task::TaskKind;
use domain::watch::Relation;
use jiff::Timestamp;
use vault::Store;

use super::{acts, only_case, own_case, routed, told, version};
use crate::support::{World, days, hours, start, text};

/// A colleague with an account, so that she can be put on a team or on the roster.
pub(super) async fn colleague(world: &World, name: &str) -> Actor {
    let new = NewAccount {
        name: format!("Naam {name}"),
        user_name: name.to_owned(),
        org: world.care_haaglanden,
        roles: vec![Role::CareCoordinator],
        password: "een lang wachtwoord".to_owned().into(),
    };
    let made = accounts::add(&world.desk, &Actor::System, start(), new)
        .await
        .unwrap();
    match world.colleague() {
        Actor::Person(mut person) => {
            person.user = made.id;
            person.name = format!("Naam {name}");
            Actor::Person(person)
        }
        other => other,
    }
}

pub(super) fn user(actor: &Actor) -> UserId {
    actor.person().unwrap().user
}

async fn why(world: &World, actor: &Actor, now: Timestamp, id: CaseId) -> Option<Because> {
    match case::read(&world.desk, actor, now, id).await {
        Ok(dossier) => Some(dossier.because),
        Err(DeskError::NeedToKnow { .. }) => None,
        Err(other) => panic!("{other}"),
    }
}

async fn add(world: &World, by: &Actor, id: CaseId, whom: &Actor) {
    let seen = version(world, by, id).await;
    let reason = text("doet de gesprekken");
    need::add_to_team(
        &world.desk,
        by,
        start(),
        id,
        seen,
        user(whom),
        reason,
        false,
    )
    .await
    .unwrap();
}

fn admin(world: &World) -> Actor {
    world.actor(world.care_haaglanden, &[Role::PeopleAdmin])
}

async fn on_roster(world: &World, whom: &Actor, kind: ShiftKind, from: i64, until: i64) -> String {
    let new = NewShift {
        user: user(whom),
        kind,
        from: hours(from),
        until: hours(until),
    };
    roster::set(&world.desk, &admin(world), start(), new)
        .await
        .unwrap()
}

fn refusal(result: Result<impl std::fmt::Debug, DeskError>) -> Refusal {
    match result {
        Err(DeskError::NeedToKnow { refusal }) => refusal,
        other => panic!("expected a closed door, got {other:?}"),
    }
}

fn rule(result: Result<impl std::fmt::Debug, DeskError>) -> String {
    match result {
        Err(DeskError::Rule { key, .. }) => key,
        other => panic!("expected a rule's refusal, got {other:?}"),
    }
}

#[tokio::test]
async fn what_waits_is_open_to_whoever_may_answer_and_to_nobody_else_afterwards() {
    let world = World::new().await;
    routed(&world, told()).await;
    let (anna, bea) = (world.coordinator(), world.colleague());
    let (id, row) = only_case(&world, &anna).await;
    assert_eq!(
        why(&world, &anna, start(), id).await,
        Some(Because::Arrived)
    );
    assert_eq!(why(&world, &bea, start(), id).await, Some(Because::Arrived));
    case::accept(&world.desk, &anna, start(), id, row.version)
        .await
        .unwrap();
    assert_eq!(why(&world, &anna, start(), id).await, Some(Because::Leads));
    let closed = refusal(case::read(&world.desk, &bea, start(), id).await);
    assert_eq!(closed, Refusal::NotAssigned { lead: user(&anna) });
    // The list still shows it: it holds nothing about a person.
    assert_eq!(only_case(&world, &bea).await.0, id);
}

#[tokio::test]
async fn what_was_sent_back_is_open_to_who_sent_it_back() {
    let world = World::new().await;
    routed(&world, told()).await;
    let (anna, bea) = (world.coordinator(), world.colleague());
    let (id, row) = only_case(&world, &anna).await;
    let reason = text("hoort bij een andere regio");
    case::send_back(&world.desk, &anna, start(), id, row.version, reason, false)
        .await
        .unwrap();
    assert_eq!(
        why(&world, &anna, start(), id).await,
        Some(Because::Answered)
    );
    let closed = refusal(case::read(&world.desk, &bea, start(), id).await);
    assert_eq!(closed, Refusal::SentBack);
}

#[tokio::test]
async fn a_case_without_assignment_refuses_every_deed_and_names_the_ways() {
    let world = World::new().await;
    let (anna, bea) = (world.coordinator(), world.colleague());
    let id = own_case(&world, &anna, NewCase::default()).await;
    let desk = &world.desk;
    refusal(case::read(desk, &bea, start(), id).await);
    refusal(case::give_code(desk, &bea, start(), id, 1).await);
    refusal(need::colleagues(desk, &bea, start(), id).await);
    let task = case::add_task(
        desk,
        &bea,
        start(),
        id,
        1,
        TaskKind::General,
        text("bellen"),
        None,
        false,
    );
    refusal(task.await);
    refusal(desk::opinion::asked(desk, &bea, start(), id).await);
    refusal(desk::share::of_case(desk, &bea, start(), id).await);
    let door = need::closed_door(desk, &bea, hours(1), id).await.unwrap();
    assert_eq!(door.ways, [Way::TakeOver, Way::AskTeam, Way::BreakGlass]);
    assert_eq!(door.lead.as_deref(), Some("Test"));
    assert!(!door.suspended && !door.lead_is_absent);
    // Standing before the door is told, and an auditor sees it as a look that only the organisation explains.
    let told = acts(&world, Store::K3, &id.to_string()).await;
    assert_eq!(told.last().unwrap(), "case.ask_access");
    let open = need::closed_door(desk, &anna, start(), id).await;
    assert_eq!(rule(open), "need-open");
    // To another organisation it does not exist, and no door says otherwise.
    let other = world.actor(world.care_ijsselland, &[Role::CareCoordinator]);
    for result in [
        case::read(desk, &other, start(), id).await.map(drop),
        need::closed_door(desk, &other, start(), id).await.map(drop),
        need::version(desk, &other, id).await.map(drop),
        need::take_over(desk, &other, start(), id, 1, Some(text("ik")), false).await,
        need::ask_to_join(desk, &other, start(), id, text("ik"), false).await,
        desk::glass::break_glass(desk, &other, start(), id, text("nood"), false)
            .await
            .map(drop),
    ] {
        assert!(
            matches!(result, Err(DeskError::NotFound { .. })),
            "{result:?}"
        );
    }
}

#[tokio::test]
async fn a_team_opens_from_joining_until_leaving_and_each_is_told() {
    let world = World::new().await;
    let desk = &world.desk;
    let anna = world.coordinator();
    let id = own_case(&world, &anna, NewCase::default()).await;
    let bea = colleague(&world, "bea").await;
    let stranger = world.colleague();
    need::ask_to_join(desk, &bea, start(), id, text("ik ken haar taal"), false)
        .await
        .unwrap();
    let notices = need::notices(desk, &anna, start(), MatterKind::Case)
        .await
        .unwrap();
    assert_eq!(notices[0].notice.kind, NoticeKind::AsksToJoin);
    assert_eq!(notices[0].notice.name, "Naam bea");
    add(&world, &anna, id, &bea).await;
    assert_eq!(why(&world, &bea, start(), id).await, Some(Because::Team));
    let waiting = need::notices(desk, &bea, start(), MatterKind::Case)
        .await
        .unwrap();
    assert_eq!(waiting[0].notice.kind, NoticeKind::AddedToTeam);
    // Twice, or somebody without an account, is not offered and not taken.
    let seen = version(&world, &anna, id).await;
    for whom in [&bea, &stranger, &anna] {
        let reason = text("ook");
        let added = need::add_to_team(desk, &anna, start(), id, seen, user(whom), reason, false);
        assert!(matches!(added.await, Err(DeskError::Invalid(_))));
    }
    // A reason with what looks like an address is asked again.
    let cleo = colleague(&world, "cleo").await;
    let reason = text("zij zit op Dorpsstraat 12, 1234 AB Zeist");
    let added = need::add_to_team(desk, &anna, start(), id, seen, user(&cleo), reason, false);
    assert!(matches!(added.await, Err(DeskError::Invalid(_))));

    // The team of one case opens no other one, and to nobody else.
    let other = own_case(&world, &anna, NewCase::default()).await;
    refusal(case::read(desk, &bea, start(), other).await);
    refusal(case::read(desk, &cleo, start(), id).await);

    let dossier = case::read(desk, &bea, start(), id).await.unwrap();
    let member = &dossier.team[0];
    let why_left = text("werkt hier niet meer aan");
    need::remove_from_team(
        desk,
        &anna,
        hours(1),
        id,
        &member.id,
        member.version,
        why_left,
        false,
    )
    .await
    .unwrap();
    refusal(case::read(desk, &bea, hours(1), id).await);
    let waiting = need::notices(desk, &bea, hours(1), MatterKind::Case)
        .await
        .unwrap();
    assert_eq!(waiting[0].notice.kind, NoticeKind::RemovedFromTeam);
    let first = &waiting[0];
    need::notice_seen(
        desk,
        &bea,
        hours(1),
        MatterKind::Case,
        &first.id,
        first.version,
    )
    .await
    .unwrap();
    assert_eq!(
        need::notices_waiting(desk, &bea, MatterKind::Case)
            .await
            .unwrap(),
        1
    );
    let others = need::notice_seen(
        desk,
        &anna,
        hours(1),
        MatterKind::Case,
        &waiting[1].id,
        waiting[1].version,
    );
    assert!(matches!(others.await, Err(DeskError::NotFound { .. })));
    // Both stay in the dossier, with their reasons.
    let dossier = case::read(desk, &anna, hours(2), id).await.unwrap();
    let left = dossier.team[0].member.left.as_ref().unwrap();
    assert_eq!(left.reason.as_str(), "werkt hier niet meer aan");
}

#[tokio::test]
async fn taking_over_is_never_silent() {
    let world = World::new().await;
    let desk = &world.desk;
    let (anna, bea) = (world.coordinator(), world.colleague());
    let id = own_case(&world, &anna, NewCase::default()).await;
    let silent = need::take_over(desk, &bea, hours(1), id, 1, None, false).await;
    assert!(
        matches!(&silent, Err(DeskError::Invalid(faults)) if faults[0].field == "reason"),
        "{silent:?}"
    );
    refusal(case::read(desk, &bea, hours(1), id).await);
    let reason = text("Anna werkt niet meer in deze wijk");
    need::take_over(desk, &bea, hours(1), id, 1, Some(reason), false)
        .await
        .unwrap();
    assert_eq!(why(&world, &bea, hours(1), id).await, Some(Because::Leads));
    refusal(case::read(desk, &anna, hours(1), id).await);
    let told = need::notices(desk, &anna, hours(2), MatterKind::Case)
        .await
        .unwrap();
    assert_eq!(told[0].notice.kind, NoticeKind::TakenOver);
    assert_eq!(
        told[0].notice.reason.as_ref().unwrap().as_str(),
        "Anna werkt niet meer in deze wijk"
    );
    let dossier = case::read(desk, &bea, hours(2), id).await.unwrap();
    assert_eq!(
        dossier.taken_over.len(),
        1,
        "the course of the case shows it"
    );
    let again = need::take_over(desk, &bea, hours(2), id, dossier.version, None, false).await;
    assert_eq!(rule(again), "case-already-yours");
    let acts = acts(&world, Store::K3, &id.to_string()).await;
    assert!(acts.contains(&"case.take_over".to_owned()));
}

#[tokio::test]
async fn who_is_away_cannot_be_asked_and_hears_it_all_the_same() {
    let world = World::new().await;
    let desk = &world.desk;
    let anna = colleague(&world, "anna").await;
    let bea = world.colleague();
    let id = own_case(&world, &anna, NewCase::default()).await;
    on_roster(&world, &anna, ShiftKind::Absent, 10, 20).await;
    let before = need::take_over(desk, &bea, hours(9), id, 1, None, false).await;
    assert!(matches!(before, Err(DeskError::Invalid(_))));
    let door = need::closed_door(desk, &bea, hours(10), id).await.unwrap();
    assert!(door.lead_is_absent);
    need::take_over(desk, &bea, hours(10), id, 1, None, false)
        .await
        .unwrap();
    let told = need::notices(desk, &anna, hours(30), MatterKind::Case)
        .await
        .unwrap();
    assert_eq!(told[0].notice.kind, NoticeKind::TakenOver);
}

#[tokio::test]
async fn a_duty_opens_every_case_of_the_organisation_for_as_long_as_it_lasts() {
    let world = World::new().await;
    let desk = &world.desk;
    let anna = world.coordinator();
    let id = own_case(&world, &anna, NewCase::default()).await;
    let bea = colleague(&world, "bea").await;
    let line = on_roster(&world, &bea, ShiftKind::Duty, 10, 20).await;
    assert_eq!(why(&world, &bea, hours(9), id).await, None);
    let until = hours(20);
    let duty = Some(Because::OnDuty { until });
    assert_eq!(why(&world, &bea, hours(10), id).await, duty);
    assert_eq!(why(&world, &bea, hours(20), id).await, None);
    // She works, as who is called at night has to.
    let seen = case::read(desk, &bea, hours(11), id).await.unwrap().version;
    let title = text("terugbellen");
    let kind = TaskKind::General;
    case::add_task(desk, &bea, hours(11), id, seen, kind, title, None, false)
        .await
        .unwrap();
    // Ended early, it ends at once.
    let boss = match admin(&world) {
        Actor::Person(mut person) => {
            person.strong_at = hours(12);
            Actor::Person(person)
        }
        other => other,
    };
    roster::end(desk, &boss, hours(12), &line, 1).await.unwrap();
    assert_eq!(why(&world, &bea, hours(12), id).await, None);
    assert!(
        roster::list(desk, &boss, hours(12))
            .await
            .unwrap()
            .is_empty()
    );
    let twice = roster::end(desk, &boss, hours(12), &line, 2).await;
    assert!(matches!(twice, Err(DeskError::AlreadyDone)));
}

#[tokio::test]
async fn the_roster_is_set_beforehand_by_somebody_else_with_a_fresh_factor() {
    let world = World::new().await;
    let desk = &world.desk;
    let bea = colleague(&world, "bea").await;
    let new = |from, until| NewShift {
        user: user(&bea),
        kind: ShiftKind::Duty,
        from,
        until,
    };
    let fault = |result: Result<String, DeskError>| match result {
        Err(DeskError::Invalid(faults)) => faults[0].key.clone(),
        other => panic!("{other:?}"),
    };
    let boss = admin(&world);
    let week = days(7);
    let set = |by: Actor, now, new| async move { roster::set(desk, &by, now, new).await };
    assert_eq!(
        fault(
            set(
                boss.clone(),
                start(),
                new(start(), week + jiff::SignedDuration::from_secs(1))
            )
            .await
        ),
        "too_long"
    );
    assert_eq!(
        fault(set(boss.clone(), start(), new(hours(2), hours(1))).await),
        "before_start"
    );
    let late = set(boss.clone(), hours(1), new(hours(2), hours(3))).await;
    assert!(matches!(late, Err(DeskError::FreshFactorNeeded)));
    let own = match boss.clone() {
        Actor::Person(mut person) => {
            person.user = user(&bea);
            Actor::Person(person)
        }
        other => other,
    };
    assert_eq!(
        fault(set(own, start(), new(hours(1), hours(2))).await),
        "own_duty"
    );
    let coordinator = set(world.coordinator(), start(), new(hours(1), hours(2))).await;
    assert!(matches!(coordinator, Err(DeskError::Forbidden { .. })));
    set(boss, start(), new(start(), week)).await.unwrap();
}

#[tokio::test]
async fn the_watch_explains_the_team_and_the_duty_and_not_the_closed_door() {
    let world = World::new().await;
    let desk = &world.desk;
    let anna = world.coordinator();
    let id = own_case(&world, &anna, NewCase::default()).await;
    let (bea, cleo) = (
        colleague(&world, "bea").await,
        colleague(&world, "cleo").await,
    );
    add(&world, &anna, id, &bea).await;
    on_roster(&world, &cleo, ShiftKind::Duty, 1, 5).await;
    case::read(desk, &bea, hours(1), id).await.unwrap();
    case::read(desk, &cleo, hours(2), id).await.unwrap();
    need::closed_door(desk, &cleo, hours(6), id).await.unwrap();
    let auditor = world.actor(world.panel, &[Role::Auditor]);
    let ask = Ask {
        store: Store::K3,
        record: id.to_string(),
        actor: None,
        from: Some(hours(1)),
        before: None,
        unexplained: false,
    };
    let looks = oversight::who_looked(desk, &auditor, days(1), &ask)
        .await
        .unwrap();
    let told: Vec<_> = looks.looks.iter().rev().map(|look| look.relation).collect();
    assert_eq!(
        told,
        [
            Some(Relation::Team),
            Some(Relation::OnDuty),
            Some(Relation::Organisation)
        ]
    );
}
