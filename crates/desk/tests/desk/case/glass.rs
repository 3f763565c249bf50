//! Breaking the glass of a case: reason, fresh factor, one hour, one case, told at once, reviewed by somebody else.

use desk::case::{self, NewCase};
use desk::glass;
use desk::need::{self, NoticeKind};
use desk::oversight::{self, Ask};
use desk::{Actor, DeskError, Role};
use domain::ids::CaseId;
use domain::need::{Because, MatterKind, ReviewOutcome, ReviewRefusal};
use domain::task::TaskKind;
use domain::watch::Relation;
use jiff::{SignedDuration, Timestamp};
use vault::Store;

use super::need::{colleague, user};
use super::own_case;
use crate::support::{World, days, hours, start, text};

fn minutes(n: i64) -> Timestamp {
    start() + SignedDuration::from_mins(n)
}

fn rule(result: Result<impl std::fmt::Debug, DeskError>) -> String {
    match result {
        Err(DeskError::Rule { key, .. }) => key,
        other => panic!("expected a rule's refusal, got {other:?}"),
    }
}

async fn break_it(world: &World, who: &Actor, at: Timestamp, id: CaseId) -> String {
    let reason = text("zij belde in paniek");
    glass::break_glass(&world.desk, who, at, id, reason, false)
        .await
        .unwrap()
        .to_string()
}

fn strong(actor: &Actor, at: Timestamp) -> Actor {
    match actor.clone() {
        Actor::Person(mut person) => {
            person.strong_at = at;
            Actor::Person(person)
        }
        other => other,
    }
}

async fn judge(world: &World, who: &Actor, at: Timestamp, id: &str) -> Result<(), DeskError> {
    let seen = world.desk.vault.clear_of(Store::K3, id).await.unwrap();
    let (seen, outcome) = (seen.unwrap().2, ReviewOutcome::InOrder);
    let reason = text("past bij de reden");
    glass::review(
        &world.desk,
        who,
        at,
        MatterKind::Case,
        id,
        seen,
        outcome,
        reason,
        false,
    )
    .await
}

#[tokio::test]
async fn it_opens_one_case_for_an_hour_to_look_and_not_to_work() {
    let world = World::new().await;
    let desk = &world.desk;
    let (anna, bea) = (world.coordinator(), world.colleague());
    let id = own_case(&world, &anna, NewCase::default()).await;
    let other = own_case(&world, &anna, NewCase::default()).await;
    break_it(&world, &bea, minutes(1), id).await;
    let dossier = case::read(desk, &bea, minutes(60), id).await.unwrap();
    let until = minutes(61);
    assert_eq!(dossier.because, Because::BreakGlass { until });
    let kind = TaskKind::General;
    let seen = dossier.version;
    let title = text("bellen");
    let work = case::add_task(desk, &bea, minutes(2), id, seen, kind, title, None, false).await;
    assert_eq!(rule(work), "need-look-only");
    let another = case::read(desk, &bea, minutes(2), other).await;
    assert!(matches!(another, Err(DeskError::NeedToKnow { .. })));
    // The hour is over whether or not a clock ran.
    let late = case::read(desk, &bea, minutes(61), id).await;
    assert!(matches!(late, Err(DeskError::NeedToKnow { .. })));
    // The coordinator was told, and sees it in the dossier.
    let told = need::notices(desk, &anna, minutes(2), MatterKind::Case)
        .await
        .unwrap();
    assert_eq!(told[0].notice.kind, NoticeKind::GlassBroken { until });
    let dossier = case::read(desk, &anna, minutes(2), id).await.unwrap();
    assert_eq!(
        dossier.glass[0].glass.reason.as_str(),
        "zij belde in paniek"
    );
}

#[tokio::test]
async fn it_asks_a_fresh_factor_and_a_closed_case() {
    let world = World::new().await;
    let desk = &world.desk;
    let (anna, bea) = (world.coordinator(), world.colleague());
    let id = own_case(&world, &anna, NewCase::default()).await;
    let stale = glass::break_glass(desk, &bea, minutes(11), id, text("nood"), false).await;
    assert!(matches!(stale, Err(DeskError::FreshFactorNeeded)));
    let guarded = text("zij zit op Dorpsstraat 12, 1234 AB Zeist");
    let address = glass::break_glass(desk, &bea, minutes(1), id, guarded, false).await;
    assert!(matches!(address, Err(DeskError::Invalid(_))));
    let own = glass::break_glass(desk, &anna, minutes(1), id, text("nood"), false).await;
    assert_eq!(rule(own), "glass-not-needed");
    let auditor = world.actor(world.panel, &[Role::Auditor]);
    let role = glass::break_glass(desk, &auditor, minutes(1), id, text("nood"), false).await;
    assert!(matches!(role, Err(DeskError::Forbidden { .. })));
    assert!(
        glass::mine(desk, &bea, minutes(1), id)
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn no_second_case_before_somebody_else_reviewed_the_first() {
    let world = World::new().await;
    let desk = &world.desk;
    let (anna, bea) = (world.coordinator(), world.colleague());
    let id = own_case(&world, &anna, NewCase::default()).await;
    let other = own_case(&world, &anna, NewCase::default()).await;
    let broken = break_it(&world, &bea, minutes(0), id).await;
    let second = glass::break_glass(desk, &bea, minutes(1), other, text("nood"), false).await;
    assert_eq!(rule(second), "glass-suspended");
    world.settle(hours(2)).await;
    let bea_later = strong(&bea, hours(2));
    let second = glass::break_glass(desk, &bea_later, hours(2), other, text("nood"), false).await;
    assert_eq!(rule(second), "glass-suspended");
    let door = need::closed_door(desk, &bea, hours(2), other)
        .await
        .unwrap();
    assert!(door.suspended);
    // Whoever may not review: herself, who leads the case, an auditor of the same organisation, somebody of another one.
    assert_eq!(
        rule(judge(&world, &bea, hours(2), &broken).await),
        "glass-own"
    );
    assert_eq!(
        rule(judge(&world, &anna, hours(2), &broken).await),
        "glass-same-team"
    );
    let near = world.actor(world.care_haaglanden, &[Role::Auditor]);
    let far = world.actor(world.care_ijsselland, &[Role::CareCoordinator]);
    for stranger in [near, far] {
        assert!(
            glass::reviews(desk, &stranger, MatterKind::Case)
                .await
                .unwrap()
                .is_empty()
        );
        let seen = glass::read_review(desk, &stranger, hours(2), MatterKind::Case, &broken).await;
        assert!(matches!(seen, Err(DeskError::NotFound { .. })));
        let judged = judge(&world, &stranger, hours(2), &broken).await;
        assert!(matches!(judged, Err(DeskError::NotFound { .. })));
    }
    judge(&world, &world.colleague(), hours(2), &broken)
        .await
        .unwrap();
    let told = need::notices(desk, &bea, hours(3), MatterKind::Case)
        .await
        .unwrap();
    let outcome = ReviewOutcome::InOrder;
    assert_eq!(told[0].notice.kind, NoticeKind::GlassReviewed { outcome });
    assert_eq!(
        rule(judge(&world, &world.colleague(), hours(3), &broken).await),
        "glass-reviewed"
    );
    break_it(&world, &bea_later, hours(2), other).await;
}

#[tokio::test]
async fn a_reviewer_sees_the_reason_and_what_was_looked_at_and_nothing_of_the_case() {
    let world = World::new().await;
    let desk = &world.desk;
    let (anna, bea) = (world.coordinator(), world.colleague());
    let new = NewCase {
        alias: Some(text("kanariegeel")),
        ..NewCase::default()
    };
    let id = own_case(&world, &anna, new).await;
    let broken = break_it(&world, &bea, minutes(0), id).await;
    case::read(desk, &bea, minutes(5), id).await.unwrap();
    case::read(desk, &anna, minutes(6), id).await.unwrap();
    let auditor = world.actor(world.panel, &[Role::Auditor]);
    let early = judge(&world, &auditor, minutes(10), &broken).await;
    assert_eq!(rule(early), "glass-in-force");
    let (mine, seen) = glass::mine(desk, &bea, minutes(10), id)
        .await
        .unwrap()
        .unwrap();
    glass::end(desk, &bea, minutes(10), MatterKind::Case, mine.id, seen)
        .await
        .unwrap();
    let closed = case::read(desk, &bea, minutes(11), id).await;
    assert!(matches!(closed, Err(DeskError::NeedToKnow { .. })));
    world.settle(hours(2)).await;

    let rows = glass::reviews(desk, &auditor, MatterKind::Case)
        .await
        .unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].state, "to_review");
    assert!(rows[0].due.unwrap() > hours(24));
    let view = glass::read_review(desk, &auditor, hours(3), MatterKind::Case, &broken)
        .await
        .unwrap();
    assert_eq!(view.not_yours, None);
    let acts: Vec<&str> = view.looks.iter().map(|look| look.act.as_str()).collect();
    assert_eq!(
        acts,
        ["case.break_glass", "case.read", "case.break_glass"],
        "hers, and not Anna's"
    );
    assert!(!format!("{view:?}").contains("kanariegeel"));
    let own = glass::read_review(desk, &bea, hours(3), MatterKind::Case, &broken)
        .await
        .unwrap();
    assert_eq!(own.not_yours, Some(ReviewRefusal::Own));
    judge(&world, &auditor, hours(3), &broken).await.unwrap();
}

#[tokio::test]
async fn of_two_attempts_at_once_one_succeeds() {
    let world = World::new().await;
    let desk = &world.desk;
    let (anna, bea) = (world.coordinator(), world.colleague());
    let one = own_case(&world, &anna, NewCase::default()).await;
    let two = own_case(&world, &anna, NewCase::default()).await;
    let (a, b) = tokio::join!(
        glass::break_glass(desk, &bea, minutes(1), one, text("nood"), false),
        glass::break_glass(desk, &bea, minutes(1), two, text("nood"), false),
    );
    assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
}

#[tokio::test]
async fn the_watch_explains_the_hour_and_not_the_weeks_around_it() {
    let world = World::new().await;
    let desk = &world.desk;
    let anna = world.coordinator();
    let id = own_case(&world, &anna, NewCase::default()).await;
    let bea = colleague(&world, "bea").await;
    break_it(&world, &bea, minutes(0), id).await;
    case::read(desk, &bea, minutes(5), id).await.unwrap();
    world.settle(hours(2)).await;
    need::closed_door(desk, &bea, days(3), id).await.unwrap();
    let auditor = world.actor(world.panel, &[Role::Auditor]);
    let ask = Ask {
        store: Store::K3,
        record: id.to_string(),
        actor: Some(user(&bea).to_string()),
        from: None,
        before: None,
        unexplained: false,
    };
    let looks = oversight::who_looked(desk, &auditor, days(4), &ask)
        .await
        .unwrap();
    let told: Vec<_> = looks.looks.iter().rev().map(|look| look.relation).collect();
    assert_eq!(
        told,
        [
            Some(Relation::BreakGlass),
            Some(Relation::BreakGlass),
            Some(Relation::Organisation)
        ]
    );
}
