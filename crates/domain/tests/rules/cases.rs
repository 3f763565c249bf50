//! Care cases: allowed moves, closing with aftercare, nobody lost.

use crate::samples::*;
use domain::{
    Answer,
    aftercare::{AftercareError, AftercarePlan, MomentState},
    case::*,
    ids::*,
    task::{Task, TaskKind},
};
use proptest::prelude::*;

fn case() -> Case {
    Case::open(
        CaseId::new(uuid(1)),
        PersonId::new(uuid(1)),
        None,
        morning(),
    )
}

fn plan() -> AftercarePlan {
    let chosen = vec![
        (day("2026-09-01"), text("by way of the shop")),
        (day("2026-06-01"), text("app")),
    ];
    AftercarePlan::new(chosen, day("2026-03-09")).unwrap()
}

fn closing(reason: ClosingReason, aftercare: AftercareChoice) -> CaseClosing {
    CaseClosing {
        reason,
        explanation: text("in words"),
        aftercare,
        left_open: None,
        by: morning(),
    }
}

fn follow_up(kind: TaskKind) -> Task {
    Task::new(
        TaskId::new(uuid(9)),
        kind,
        text("find him"),
        Some(day("2026-03-11")),
    )
}

#[test]
fn s6_care_cannot_start_the_reflection_period() {
    let at_intake = case().move_to(Phase::Intake, morning()).unwrap();
    assert_eq!(
        at_intake
            .clone()
            .move_to(Phase::Bedenktijd, morning())
            .unwrap_err(),
        CaseError::NoReflection
    );
    let notice = |kind| ReflectionNotice {
        offered_by: org(kind),
        start: day("2026-03-09"),
        end: day("2026-06-09"),
    };
    assert_eq!(
        at_intake
            .clone()
            .note_reflection(notice("ZCO"))
            .unwrap_err(),
        CaseError::NotAReflection
    );
    let told = at_intake.note_reflection(notice("KMAR")).unwrap();
    assert_eq!(
        told.move_to(Phase::Bedenktijd, morning()).unwrap().phase(),
        Phase::Bedenktijd
    );
}

#[test]
fn moves_that_are_not_drawn_are_refused_by_name() {
    let refused = case().move_to(Phase::Nazorg, morning()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "a case cannot go from signaal to nazorg"
    );
    assert_eq!(
        case().move_to(Phase::Gesloten, morning()).unwrap_err(),
        CaseError::CloseInstead
    );
}

#[test]
fn closing_needs_aftercare_or_its_refusal() {
    let refused = case().close(closing(
        ClosingReason::HelpDone,
        AftercareChoice::DoesNotArise,
    ));
    assert_eq!(refused.unwrap_err(), CaseError::AftercareMissing);
    assert!(
        case()
            .close(closing(
                ClosingReason::HelpDone,
                AftercareChoice::Plan { plan: plan() }
            ))
            .is_ok()
    );
    let refusal = AftercareChoice::Refused {
        note: text("leave me be"),
    };
    assert!(
        case()
            .close(closing(ClosingReason::OwnWish, refusal))
            .is_ok()
    );
    let handover = ClosingReason::HandedOver {
        to: OrgId::new(uuid(2)),
    };
    assert!(
        case()
            .close(closing(handover, AftercareChoice::DoesNotArise))
            .is_ok()
    );
    let itself = ClosingReason::Duplicate {
        of: CaseId::new(uuid(1)),
    };
    assert_eq!(
        case()
            .close(closing(itself, AftercareChoice::DoesNotArise))
            .unwrap_err(),
        CaseError::DuplicateOfItself
    );
}

#[test]
fn tasks_are_left_undone_only_by_somebody_who_says_so() {
    let task = follow_up(TaskKind::General);
    let busy = case().add_task(task.clone()).unwrap();
    let refusal = || AftercareChoice::Refused {
        note: text("leave me be"),
    };
    let plain = closing(ClosingReason::OwnWish, refusal());
    let forgotten = busy.clone().close(plain.clone()).unwrap_err();
    assert_eq!(forgotten, CaseError::LeftOpen);
    let left = |what| CaseClosing {
        left_open: Some(LeftOpen {
            what,
            why: text("the district team calls"),
        }),
        ..plain.clone()
    };
    let other = busy.clone().close(left(vec![Unfinished::Shelter]));
    assert_eq!(other.unwrap_err(), CaseError::LeftOpen);
    assert!(busy.clone().close(left(vec![Unfinished::Tasks])).is_ok());
    let done = busy.change_task(task.id, |t| t.done(morning())).unwrap();
    assert!(done.close(plain).is_ok(), "nothing is open any more");
}

#[test]
fn s5_who_left_with_unknown_destination_keeps_an_open_task() {
    let gone = || {
        closing(
            ClosingReason::Mob,
            AftercareChoice::CannotBeAsked {
                follow_up: TaskId::new(uuid(9)),
            },
        )
    };
    assert_eq!(
        case().close(gone()).unwrap_err(),
        CaseError::MobWithoutFollowUp
    );
    let other = case().add_task(follow_up(TaskKind::General)).unwrap();
    assert_eq!(
        other.close(gone()).unwrap_err(),
        CaseError::MobWithoutFollowUp,
        "any task will not do"
    );
    let case_with = case()
        .add_task(follow_up(TaskKind::MissingFollowUp))
        .unwrap();
    let done = case_with
        .clone()
        .change_task(TaskId::new(uuid(9)), |t| t.done(morning()))
        .unwrap();
    assert_eq!(
        done.close(gone()).unwrap_err(),
        CaseError::MobWithoutFollowUp,
        "a finished task will not do"
    );
    let silent = closing(
        ClosingReason::Mob,
        AftercareChoice::Refused { note: text("gone") },
    );
    assert!(case_with.clone().close(silent).is_err());
    let closed = case_with.close(gone()).unwrap();
    assert!(closed.tasks()[0].is_overdue(day("2026-03-12")));
    assert!(
        closed
            .change_task(TaskId::new(uuid(9)), |t| t.done(morning()))
            .is_ok(),
        "tasks outlive closing"
    );
}

#[test]
fn a_reopened_case_keeps_its_coordinator_and_its_past() {
    let assigned = case()
        .assign(UserId::new(uuid(5)), OrgId::new(uuid(6)))
        .unwrap();
    let closed = assigned
        .close(closing(
            ClosingReason::HelpDone,
            AftercareChoice::Plan { plan: plan() },
        ))
        .unwrap();
    assert!(
        closed
            .clone()
            .assign(UserId::new(uuid(7)), OrgId::new(uuid(7)))
            .is_err()
    );
    let open = closed
        .reopen(
            morning(),
            text("a new report about the same person"),
            Answer::Yes,
        )
        .unwrap();
    assert_eq!(open.phase(), Phase::Intake);
    assert_eq!(
        (open.coordinator, open.owner),
        (Some(UserId::new(uuid(5))), OrgId::new(uuid(6)))
    );
    assert_eq!(open.earlier_closings().len(), 1);
    let moves: Vec<_> = open.history().iter().map(|m| (m.from, m.to)).collect();
    assert_eq!(
        moves,
        [
            (Phase::Signaal, Phase::Gesloten),
            (Phase::Gesloten, Phase::Intake)
        ]
    );
    assert_eq!(
        open.reopen(morning(), text("again"), Answer::No)
            .unwrap_err(),
        CaseError::NotClosed
    );
}

#[test]
fn aftercare_moments_are_in_order_and_recorded_once() {
    assert_eq!(
        AftercarePlan::new(Vec::new(), day("2026-03-09")),
        Err(AftercareError::NoMoment)
    );
    let past = AftercarePlan::new(vec![(day("2026-03-08"), text("app"))], day("2026-03-09"));
    assert!(matches!(past, Err(AftercareError::InPast { .. })));
    let closed = case()
        .close(closing(
            ClosingReason::HelpDone,
            AftercareChoice::Plan { plan: plan() },
        ))
        .unwrap();
    assert_eq!(
        closed.aftercare().unwrap().next().unwrap().on,
        day("2026-06-01")
    );
    assert_eq!(
        closed.aftercare().unwrap().overdue(day("2026-07-01")).len(),
        1
    );
    let missed = MomentState::Missed {
        by: morning(),
        follow_up: text("try the shop on Friday"),
    };
    let closed = closed.record_aftercare(1, missed.clone()).unwrap();
    assert_eq!(
        closed.aftercare().unwrap().next().unwrap().on,
        day("2026-09-01")
    );
    assert!(closed.clone().record_aftercare(1, missed.clone()).is_err());
    assert!(closed.record_aftercare(3, missed.clone()).is_err());
    assert_eq!(
        case().record_aftercare(1, missed).unwrap_err(),
        CaseError::NoAftercarePlan
    );
}

#[test]
fn a_task_is_finished_or_dropped_once() {
    let task = follow_up(TaskKind::LegalAid);
    assert!(!task.is_overdue(day("2026-03-11")) && task.is_overdue(day("2026-03-12")));
    let dropped = task.dropped(morning(), text("no longer needed")).unwrap();
    assert!(!dropped.is_overdue(day("2030-01-01")));
    assert!(dropped.done(morning()).is_err());
    let twice = case()
        .add_task(follow_up(TaskKind::General))
        .unwrap()
        .add_task(follow_up(TaskKind::General));
    assert_eq!(
        twice.unwrap_err(),
        CaseError::TaskTwice(TaskId::new(uuid(9)))
    );
    assert!(
        case()
            .change_task(TaskId::new(uuid(9)), |t| t.done(morning()))
            .is_err()
    );
}

#[derive(Debug, Clone)]
enum Try {
    Move(Phase),
    Reflection,
    Close(u8),
    Reopen,
}

fn any_try() -> impl Strategy<Value = Try> {
    prop_oneof![
        6 => prop::sample::select(Phase::ALL.to_vec()).prop_map(Try::Move),
        1 => Just(Try::Reflection),
        1 => (0u8..5).prop_map(Try::Close),
        1 => Just(Try::Reopen),
    ]
}

fn attempt(case: Case, step: &Try) -> Result<Case, CaseError> {
    match step {
        Try::Move(to) => case.move_to(*to, morning()),
        Try::Reflection => case.note_reflection(ReflectionNotice {
            offered_by: org("POL"),
            start: day("2026-03-09"),
            end: day("2026-06-09"),
        }),
        Try::Close(kind) => case.close(match kind {
            0 => closing(
                ClosingReason::HelpDone,
                AftercareChoice::Plan { plan: plan() },
            ),
            1 => closing(
                ClosingReason::OwnWish,
                AftercareChoice::Refused { note: text("no") },
            ),
            2 => closing(ClosingReason::Deceased, AftercareChoice::DoesNotArise),
            3 => closing(ClosingReason::Returned, AftercareChoice::DoesNotArise),
            _ => closing(ClosingReason::Mob, AftercareChoice::DoesNotArise),
        }),
        Try::Reopen => case.reopen(morning(), text("why"), Answer::Unknown),
    }
}

proptest! {
    #[test]
    fn whatever_is_tried_the_case_stays_on_the_drawn_ways(steps in prop::collection::vec(any_try(), 0..40)) {
        let mut case = case();
        for step in &steps {
            let Ok(after) = attempt(case.clone(), step) else { continue };
            let moved = (case.phase().code(), after.phase().code());
            prop_assert!(moved.0 == moved.1 || moves().contains(&moved), "{:?}", moved);
            prop_assert!(after.phase() != Phase::Bedenktijd || after.reflection.is_some());
            if let CaseState::Closed { closing } = after.state() {
                let settled = !matches!(closing.aftercare, AftercareChoice::DoesNotArise)
                    || closing.reason == ClosingReason::Deceased;
                prop_assert!(settled);
            }
            case = after;
        }
        // The history tells the whole way, without gaps.
        let mut phase = Phase::Signaal;
        for step in case.history() {
            prop_assert_eq!(step.from, phase);
            phase = step.to;
        }
        prop_assert_eq!(phase, case.phase());
    }
}
