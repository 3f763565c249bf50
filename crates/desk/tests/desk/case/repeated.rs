//! Victims again: asked at care, counted without them.

use desk::DeskError;
use desk::Role;
use desk::case::{self, AftercareInput, CloseInput, NewCase};
use desk::measures::{self, Series};
use domain::Answer;
use domain::case::{ClosingReason, Exploited};
use domain::ids::CaseId;
use jiff::Timestamp;

use super::own_case;
use crate::plan::office;
use crate::support::{World, start, text};

fn on(day: &str) -> Timestamp {
    format!("{day}T10:00:00+01:00").parse().unwrap()
}

struct Care {
    world: World,
    coordinator: desk::Actor,
}

impl Care {
    async fn open(&self, day: &str, before: Answer) -> CaseId {
        let new = NewCase {
            before,
            ..NewCase::default()
        };
        case::open(&self.world.desk, &self.coordinator, on(day), new)
            .await
            .unwrap()
    }

    async fn version(&self, id: CaseId) -> i64 {
        let read = case::read(&self.world.desk, &self.coordinator, start(), id).await;
        read.unwrap().version
    }

    async fn close(&self, id: CaseId, day: &str, reason: ClosingReason) {
        let how = CloseInput {
            reason,
            explanation: text("in het gesprek"),
            aftercare: AftercareInput::Refused(text("liever niet")),
            left_open: Some(text("wil niet geregistreerd worden")),
            looked: false,
        };
        let seen = self.version(id).await;
        case::close(&self.world.desk, &self.coordinator, on(day), id, seen, how)
            .await
            .unwrap();
    }

    async fn reopen(&self, id: CaseId, day: &str, again: Answer) {
        let (desk, actor) = (&self.world.desk, &self.coordinator);
        let (seen, why) = (self.version(id).await, text("zij belde"));
        case::reopen(desk, actor, on(day), id, seen, why, again, false)
            .await
            .unwrap();
    }

    async fn tell(&self, id: CaseId, answer: Answer) -> Result<(), DeskError> {
        let seen = self.version(id).await;
        let (desk, actor) = (&self.world.desk, &self.coordinator);
        case::tell_exploited(desk, actor, start(), id, seen, answer).await
    }
}

async fn care() -> Care {
    let world = World::new().await;
    let coordinator = world.coordinator();
    Care { world, coordinator }
}

async fn counted(care: &Care) -> (measures::Counted, Option<Series>) {
    let world = &care.world;
    let half = "2026-1".parse().unwrap();
    let counted = measures::count(&world.desk, start(), half).await.unwrap();
    world.settle(start()).await;
    let board = measures::board(&world.desk, &office(world)).await.unwrap();
    let mut found = board.into_iter();
    let one = found.find(|one| one.measure.code.as_str() == "repeat_victimhood");
    (counted, one)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_half_year_counts_who_was_a_victim_before_and_who_became_one_again() {
    let care = care().await;
    for _ in 0..12 {
        care.open("2026-02-03", Answer::Yes).await;
        care.open("2026-03-04", Answer::No).await;
        care.open("2026-04-05", Answer::Unknown).await;
    }
    // Told later, and corrected.
    let late = care.open("2026-05-06", Answer::Unknown).await;
    care.tell(late, Answer::No).await.unwrap();
    care.tell(late, Answer::Yes).await.unwrap();
    // From before the half-year: only that she fell victim again in it counts.
    let again = care.open("2025-05-06", Answer::No).await;
    care.close(again, "2025-09-01", ClosingReason::HelpDone)
        .await;
    care.reopen(again, "2026-06-30", Answer::Yes).await;
    // Opened again for papers: no new victimhood. After the half-year: not yet.
    let papers = care.open("2025-05-06", Answer::Yes).await;
    care.close(papers, "2025-09-01", ClosingReason::HelpDone)
        .await;
    care.reopen(papers, "2026-03-01", Answer::No).await;
    care.open("2026-07-01", Answer::Yes).await;
    // No trafficking after all, and the same person twice.
    let none = care.open("2026-02-03", Answer::Yes).await;
    care.close(none, "2026-02-09", ClosingReason::NoTrafficking)
        .await;
    let twice = care.open("2026-02-03", Answer::Yes).await;
    let reason = ClosingReason::Duplicate { of: late };
    care.close(twice, "2026-02-09", reason).await;

    let (told, series) = counted(&care).await;
    assert!(
        told.sent.contains(&"repeat_victimhood".to_owned()),
        "{told:?}"
    );
    let series = series.unwrap();
    let point = series.latest().unwrap();
    assert_eq!((point.head, point.rows), (Some(14), Some(38)));
}

#[tokio::test(flavor = "multi_thread")]
async fn few_victims_again_are_not_told() {
    let care = care().await;
    for _ in 0..4 {
        care.open("2026-02-03", Answer::Yes).await;
    }
    let (told, _) = counted(&care).await;
    assert!(
        told.withheld.contains(&"repeat_victimhood".to_owned()),
        "{told:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_works_on_an_open_case_records_it_and_on_what_was_seen() {
    let care = care().await;
    let (desk, world) = (&care.world.desk, &care.world);
    let id = own_case(world, &care.coordinator, NewCase::default()).await;
    care.tell(id, Answer::Yes).await.unwrap();
    let read = case::read(desk, &care.coordinator, start(), id).await;
    let case = read.unwrap().file.case.clone();
    assert_eq!(case.exploited(), Exploited::Before(Answer::Yes));
    let stale = case::tell_exploited(desk, &care.coordinator, start(), id, 1, Answer::No).await;
    assert!(matches!(stale, Err(DeskError::Conflict)), "{stale:?}");
    let stranger = world.actor(world.care_ijsselland, &[Role::CareCoordinator]);
    let strange = case::tell_exploited(desk, &stranger, start(), id, 2, Answer::No).await;
    assert!(
        matches!(strange, Err(DeskError::NotFound { .. })),
        "{strange:?}"
    );
    let police = world.investigator();
    let police = case::tell_exploited(desk, &police, start(), id, 2, Answer::No).await;
    assert!(
        matches!(police, Err(DeskError::Forbidden { .. })),
        "{police:?}"
    );
    care.close(id, "2026-11-23", ClosingReason::HelpDone).await;
    let closed = care.tell(id, Answer::No).await;
    assert!(closed.is_err(), "what was known at closing stands");
}
