//! Intakes, requests for an opinion and received shares open by assignment, by the same mechanism as cases.

use desk::accounts::{self, NewAccount};
use desk::glass;
use desk::intake::{self, AssessInput};
use desk::need::{self, NoticeKind};
use desk::oversight::{self, Ask};
use desk::roster::{self, NewShift};
use desk::{Actor, DeskError, Role};
use domain::ids::{IntakeId, OrgId, UserId};
use domain::need::{Because, MatterKind, Refusal, ReviewOutcome, ShiftKind, Way};
use domain::watch::Relation;
use jiff::{SignedDuration, Timestamp};
use vault::{JournalFilter, Store};

use crate::intake::{accepted, blessing, ending, found, only, opened, route, told};
use crate::support::{World, hours, start, text};

/// Somebody with an account, so that she can be put on a team or on the roster.
pub async fn somebody(world: &World, org: OrgId, role: Role, name: &str) -> Actor {
    let new = NewAccount {
        name: format!("Naam {name}"),
        user_name: name.to_owned(),
        org,
        roles: vec![role],
        password: "een lang wachtwoord".to_owned().into(),
    };
    let made = accounts::add(&world.desk, &Actor::System, start(), new)
        .await
        .unwrap();
    match world.actor(org, &[role]) {
        Actor::Person(mut person) => {
            person.user = made.id;
            person.name = format!("Naam {name}");
            Actor::Person(person)
        }
        other => other,
    }
}

pub fn user(actor: &Actor) -> UserId {
    actor.person().unwrap().user
}

pub fn refusal(result: Result<impl std::fmt::Debug, DeskError>) -> Refusal {
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

fn minutes(n: i64) -> Timestamp {
    start() + SignedDuration::from_mins(n)
}

/// A service with an intake from the desk, and three of its people.
struct Service {
    world: World,
    anna: Actor,
    bea: Actor,
    cleo: Actor,
    id: IntakeId,
}

impl Service {
    async fn new() -> Service {
        let world = World::new().await;
        let report = accepted(
            &world,
            told("acht mensen in een schuur", &["AU"], "GM1783"),
            None,
        );
        let report = report.await;
        route(&world, report, "labour-nla", world.nla).await;
        let role = Role::Investigator;
        let anna = somebody(&world, world.nla, role, "anna").await;
        let id = only(&world, &anna).await;
        Service {
            bea: somebody(&world, world.nla, role, "bea").await,
            cleo: somebody(&world, world.nla, role, "cleo").await,
            anna,
            world,
            id,
        }
    }

    async fn read(&self, who: &Actor, at: Timestamp) -> Result<Because, DeskError> {
        let read = intake::read(&self.world.desk, who, at, self.id).await;
        read.map(|dossier| dossier.because)
    }

    async fn take_on(&self, who: &Actor) {
        intake::take_on(&self.world.desk, who, hours(3), self.id, 1)
            .await
            .unwrap();
    }

    async fn version(&self) -> i64 {
        let id = self.id.to_string();
        let found = self.world.desk.vault.clear_of(Store::K5, &id).await;
        found.unwrap().unwrap().2
    }

    async fn assess(&self, who: &Actor, at: Timestamp) -> Result<(), DeskError> {
        let seen = self.version().await;
        let input: AssessInput = found(true, true, &["AU"]);
        intake::assess(&self.world.desk, who, at, self.id, seen, input).await
    }

    async fn on_duty(&self, whom: &Actor) {
        let admin = self.world.actor(self.world.nla, &[Role::PeopleAdmin]);
        let new = NewShift {
            user: user(whom),
            kind: ShiftKind::Duty,
            from: hours(0),
            until: hours(10),
        };
        roster::set(&self.world.desk, &admin, start(), new)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn an_intake_opens_for_whoever_takes_it_up_and_for_nobody_else_of_the_service() {
    let s = Service::new().await;
    // Nobody is on duty: whoever answers for the service may look at what is new.
    assert_eq!(s.read(&s.bea, hours(3)).await.unwrap(), Because::Arrived);
    s.take_on(&s.anna).await;
    assert_eq!(s.read(&s.anna, hours(3)).await.unwrap(), Because::Leads);
    let lead = user(&s.anna);
    let closed = Refusal::NotAssigned { lead };
    assert_eq!(refusal(s.read(&s.bea, hours(3)).await), closed);
    // No deed is left open: each refuses with the reason, and nothing changes.
    let (desk, id, now) = (&s.world.desk, s.id, hours(3));
    let seen = s.version().await;
    assert_eq!(refusal(s.assess(&s.bea, now).await), closed);
    let added = intake::add_person(desk, &s.bea, now, id, seen, blessing()).await;
    assert_eq!(refusal(added), closed);
    let end = ending(domain::intake::IntakeOutcome::Joined, text("weg"));
    assert_eq!(
        refusal(intake::close(desk, &s.bea, now, id, seen, end).await),
        closed
    );
    assert_eq!(
        refusal(intake::take_on(desk, &s.bea, now, id, seen).await),
        closed
    );
    let back = intake::send_back(desk, &s.bea, now, id, seen, text("nee"), false).await;
    assert_eq!(refusal(back), closed);
    assert_eq!(
        refusal(intake::care_receivers(desk, &s.bea, now, id).await),
        closed
    );
    assert_eq!(
        refusal(need::team_page(desk, &s.bea, now, id).await),
        closed
    );
    assert_eq!(s.version().await, seen);
    // The list shows it: it holds nothing about a person.
    assert_eq!(only(&s.world, &s.bea).await, id);
}

#[tokio::test]
async fn the_door_of_an_intake_tells_nothing_and_stands_in_the_journal() {
    let s = Service::new().await;
    s.take_on(&s.anna).await;
    let (desk, id) = (&s.world.desk, s.id);
    let door = need::closed_door(desk, &s.bea, hours(4), id).await.unwrap();
    assert_eq!(door.ways, [Way::TakeOver, Way::AskTeam, Way::BreakGlass]);
    assert_eq!(door.lead.as_deref(), Some("Naam anna"));
    assert!(!format!("{door:?}").contains("schuur"));
    let page = desk
        .vault
        .journal_page(Store::K5, &JournalFilter::default(), None, 5)
        .await
        .unwrap();
    let last = &page.entries[0];
    assert_eq!(last.context.act, "intake.ask_access");
    assert_eq!(last.context.actor, user(&s.bea).to_string());
    // Another service does not find it, by no way.
    let police = s.world.investigator();
    for result in [
        need::closed_door(desk, &police, hours(4), id)
            .await
            .map(drop),
        need::version(desk, &police, id).await.map(drop),
        need::take_over(desk, &police, hours(4), id, 2, Some(text("ik")), false).await,
        need::ask_to_join(desk, &police, hours(4), id, text("ik"), false).await,
        glass::break_glass(desk, &police, start(), id, text("nood"), false)
            .await
            .map(drop),
        need::team_page(desk, &police, hours(4), id).await.map(drop),
    ] {
        assert!(
            matches!(result, Err(DeskError::NotFound { what: "intake" })),
            "{result:?}"
        );
    }
}

#[tokio::test]
async fn taking_over_an_intake_asks_a_reason_that_the_earlier_lead_reads() {
    let s = Service::new().await;
    s.take_on(&s.anna).await;
    let (desk, id) = (&s.world.desk, s.id);
    let seen = s.version().await;
    let silent = need::take_over(desk, &s.bea, hours(4), id, seen, None, false).await;
    assert!(matches!(silent, Err(DeskError::Invalid(ref f)) if f[0].field == "reason"));
    let reason = Some(text("loopt samen met mijn onderzoek"));
    need::take_over(desk, &s.bea, hours(4), id, seen, reason, false)
        .await
        .unwrap();
    let told = need::notices(desk, &s.anna, hours(5), MatterKind::Intake)
        .await
        .unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].notice.kind, NoticeKind::TakenOver);
    assert_eq!(
        told[0].notice.reason,
        Some(text("loopt samen met mijn onderzoek"))
    );
    let lead = user(&s.bea);
    assert_eq!(
        refusal(s.read(&s.anna, hours(5)).await),
        Refusal::NotAssigned { lead }
    );
    let dossier = intake::read(desk, &s.bea, hours(5), id).await.unwrap();
    assert_eq!(dossier.taken_over.len(), 1);
    s.assess(&s.bea, hours(5)).await.unwrap();
}

#[tokio::test]
async fn the_team_of_an_intake_works_on_it_until_it_is_taken_off() {
    let s = Service::new().await;
    s.take_on(&s.anna).await;
    let (desk, id) = (&s.world.desk, s.id);
    need::ask_to_join(
        desk,
        &s.bea,
        hours(4),
        id,
        text("ik spreek Roemeens"),
        false,
    )
    .await
    .unwrap();
    let asked = need::notices(desk, &s.anna, hours(4), MatterKind::Intake)
        .await
        .unwrap();
    assert_eq!(asked[0].notice.kind, NoticeKind::AsksToJoin);
    let page = need::team_page(desk, &s.anna, hours(4), id).await.unwrap();
    let names: Vec<&str> = page
        .colleagues
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["Naam bea", "Naam cleo"]);
    let reason = text("spreekt Roemeens");
    let seen = page.version;
    need::add_to_team(
        desk,
        &s.anna,
        hours(4),
        id,
        seen,
        user(&s.bea),
        reason,
        false,
    )
    .await
    .unwrap();
    assert_eq!(s.read(&s.bea, hours(5)).await.unwrap(), Because::Team);
    s.assess(&s.bea, hours(5)).await.unwrap();
    let page = need::team_page(desk, &s.anna, hours(6), id).await.unwrap();
    let (member, seen) = (&page.members[0].id, page.members[0].version);
    let reason = text("klaar");
    need::remove_from_team(desk, &s.anna, hours(6), id, member, seen, reason, false)
        .await
        .unwrap();
    let lead = user(&s.anna);
    assert_eq!(
        refusal(s.read(&s.bea, hours(7)).await),
        Refusal::NotAssigned { lead }
    );
}

#[tokio::test]
async fn what_is_new_at_a_service_waits_for_the_duty_and_opens_when_taken_up() {
    let s = Service::new().await;
    s.on_duty(&s.cleo).await;
    let until = hours(10);
    assert_eq!(
        s.read(&s.cleo, hours(3)).await.unwrap(),
        Because::OnDuty { until }
    );
    assert_eq!(refusal(s.read(&s.bea, hours(3)).await), Refusal::ForDuty);
    let (desk, id) = (&s.world.desk, s.id);
    let door = need::closed_door(desk, &s.bea, hours(3), id).await.unwrap();
    assert_eq!(door.ways, [Way::TakeOver]);
    need::take_over(desk, &s.bea, hours(3), id, door.version, None, false)
        .await
        .unwrap();
    assert_eq!(s.read(&s.bea, hours(3)).await.unwrap(), Because::Leads);
    // Taken up is not yet taken on: it can still go back.
    let seen = s.version().await;
    intake::send_back(
        desk,
        &s.bea,
        hours(4),
        id,
        seen,
        text("voor de politie"),
        false,
    )
    .await
    .unwrap();
    assert_eq!(s.read(&s.bea, hours(4)).await.unwrap(), Because::Answered);
    assert_eq!(refusal(s.read(&s.anna, hours(4)).await), Refusal::SentBack);
}

#[tokio::test]
async fn the_glass_of_an_intake_is_one_hour_of_looking_and_reviewed_by_somebody_else() {
    let s = Service::new().await;
    let own = opened(&s.world, &s.anna, &["SU"]).await;
    let (desk, id) = (&s.world.desk, own);
    let which = glass::break_glass(desk, &s.bea, minutes(1), id, text("zij belde 112"), false)
        .await
        .unwrap();
    let until = minutes(61);
    let seen = intake::read(desk, &s.bea, minutes(2), id).await.unwrap();
    assert_eq!(seen.because, Because::BreakGlass { until });
    let work = intake::assess(
        desk,
        &s.bea,
        minutes(2),
        id,
        seen.version,
        found(true, true, &["SU"]),
    );
    assert_eq!(rule(work.await), "need-look-only");
    let late = intake::read(desk, &s.bea, until, id).await;
    assert_eq!(
        refusal(late),
        Refusal::NotAssigned {
            lead: user(&s.anna)
        }
    );
    // A case stays closed behind it, and the lead was told at once.
    let told = need::notices(desk, &s.anna, minutes(2), MatterKind::Intake)
        .await
        .unwrap();
    assert!(matches!(
        told[0].notice.kind,
        NoticeKind::GlassBroken { .. }
    ));
    s.world.settle(hours(2)).await;

    // Reviewed by a colleague of another team or by an auditor of another organisation, not by who led it.
    let record = which.to_string();
    let (kind, fine) = (MatterKind::Intake, ReviewOutcome::InOrder);
    let judge = |who: Actor, seen| {
        let record = record.clone();
        async move {
            let why = text("past bij de reden");
            glass::review(desk, &who, hours(3), kind, &record, seen, fine, why, false).await
        }
    };
    let view = glass::read_review(desk, &s.cleo, hours(3), kind, &record)
        .await
        .unwrap();
    let acts: Vec<&str> = view.looks.iter().map(|look| look.act.as_str()).collect();
    assert!(acts.contains(&"intake.read"), "{acts:?}");
    for not in [&s.anna, &s.bea] {
        let refused = rule(judge(not.clone(), view.version).await);
        assert!(
            ["glass-own", "glass-same-team"].contains(&refused.as_str()),
            "{refused}"
        );
    }
    let care = s.world.coordinator();
    let forbidden = judge(care, view.version).await;
    assert!(
        matches!(forbidden, Err(DeskError::Forbidden { .. })),
        "{forbidden:?}"
    );
    let door = need::closed_door(desk, &s.bea, hours(3), id).await.unwrap();
    assert!(door.suspended);
    judge(s.cleo.clone(), view.version).await.unwrap();
    let door = need::closed_door(desk, &s.bea, hours(4), id).await.unwrap();
    assert!(!door.suspended);
    // The reviews of cases are another list.
    let cases = glass::reviews(desk, &s.world.coordinator(), MatterKind::Case).await;
    assert!(cases.unwrap().is_empty());
}

#[tokio::test]
async fn who_looked_at_an_intake_is_explained_by_team_duty_or_glass() {
    let s = Service::new().await;
    let id = opened(&s.world, &s.anna, &["SU"]).await;
    let desk = &s.world.desk;
    glass::break_glass(desk, &s.bea, minutes(1), id, text("nood"), false)
        .await
        .unwrap();
    intake::read(desk, &s.bea, minutes(2), id).await.unwrap();
    intake::read(desk, &s.anna, minutes(3), id).await.unwrap();
    let auditor = s.world.actor(s.world.programme, &[Role::Auditor]);
    let ask = Ask {
        store: Store::K5,
        record: id.to_string(),
        actor: None,
        from: None,
        before: None,
        unexplained: false,
    };
    let looks = oversight::who_looked(desk, &auditor, hours(1), &ask)
        .await
        .unwrap();
    let read = |who: &Actor| {
        let who = user(who).to_string();
        let of = looks.looks.iter().find(|look| {
            look.entry.context.act == "intake.read" && look.entry.context.actor == who
        });
        of.unwrap().relation
    };
    assert_eq!(read(&s.bea), Some(Relation::BreakGlass));
    assert!(read(&s.anna).is_some());
}
