//! Tasks, statements, closing and aftercare.

use desk::DeskError;
use desk::case::{self, AftercareInput, CloseInput, MomentInput, NewCase, TaskEnd};
use domain::age::Age;
use domain::case::{CaseState, ClosingReason, LeftOpen, Unfinished};
use domain::statement::Threshold;
use domain::task::TaskKind;
use jiff::civil::date;

use super::{core, only_case, own_case};
use crate::support::{World, days, hours, start, text};

#[tokio::test(flavor = "multi_thread")]
async fn a_case_ends_with_aftercare_that_comes_back_to_the_list() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let id = own_case(&world, &coordinator, NewCase::default()).await;
    let close = |aftercare| CloseInput {
        reason: ClosingReason::HelpDone,
        explanation: text("eigen woning en werk"),
        aftercare,
        left_open: Some(text("wil niet geregistreerd worden")),
        looked: false,
    };
    let none = AftercareInput::DoesNotArise;
    let refused = case::close(&world.desk, &coordinator, start(), id, 1, close(none)).await;
    assert!(
        matches!(refused, Err(DeskError::Rule { .. })),
        "{refused:?}"
    );
    let past = AftercareInput::Plan(vec![(date(2026, 1, 1), text("app"))]);
    let refused = case::close(&world.desk, &coordinator, start(), id, 1, close(past)).await;
    assert!(matches!(refused, Err(DeskError::Invalid(_))), "{refused:?}");
    let plan = vec![
        (date(2026, 12, 23), text("bellen")),
        (date(2027, 5, 23), text("app")),
    ];
    let plan = close(AftercareInput::Plan(plan));
    case::close(&world.desk, &coordinator, start(), id, 1, plan)
        .await
        .unwrap();
    world.settle("2026-12-23T08:00:00Z".parse().unwrap()).await;
    let dossier = case::read(&world.desk, &coordinator, days(30), id)
        .await
        .unwrap();
    assert_eq!(dossier.file.case.tasks()[0].kind, TaskKind::Aftercare);
    let went = MomentInput::Missed(text("volgende week opnieuw"));
    let seen = dossier.version;
    case::record_aftercare(
        &world.desk,
        &coordinator,
        days(30),
        id,
        seen,
        1,
        went,
        false,
    )
    .await
    .unwrap();
    let dossier = case::read(&world.desk, &coordinator, days(30), id)
        .await
        .unwrap();
    let open: Vec<&str> = dossier
        .file
        .case
        .tasks()
        .iter()
        .filter(|t| t.is_open())
        .map(|t| t.title.as_str())
        .collect();
    assert_eq!(open, ["volgende week opnieuw"]);
    let edit = case::change_person(
        &world.desk,
        &coordinator,
        days(31),
        id,
        1,
        core(Age::Unknown),
        false,
    )
    .await;
    assert!(
        matches!(edit, Err(DeskError::Rule { .. })),
        "closed: {edit:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_done_or_dropped_with_a_reason() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let id = own_case(&world, &coordinator, NewCase::default()).await;
    let due = Some(date(2026, 11, 30));
    let task = case::add_task(
        &world.desk,
        &coordinator,
        start(),
        id,
        1,
        TaskKind::General,
        text("huisarts"),
        due,
        false,
    )
    .await
    .unwrap();
    let (_, row) = only_case(&world, &coordinator).await;
    assert_eq!(row.clear.due.map(domain::time::dutch_date), due);
    case::end_task(
        &world.desk,
        &coordinator,
        hours(1),
        id,
        2,
        task,
        TaskEnd::Done,
        false,
    )
    .await
    .unwrap();
    let dropped = TaskEnd::Dropped(text("hoeft niet"));
    let again = case::end_task(
        &world.desk,
        &coordinator,
        hours(1),
        id,
        3,
        task,
        dropped,
        false,
    )
    .await;
    assert!(matches!(again, Err(DeskError::Rule { .. })), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn statements_are_by_whom_they_are_for() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let id = own_case(&world, &coordinator, NewCase::default()).await;
    let state = |threshold, seen| {
        let (world, coordinator) = (&world, &coordinator);
        async move {
            let why = text("wat zij vertelde");
            case::state_victimhood(
                &world.desk,
                coordinator,
                start(),
                id,
                seen,
                threshold,
                why,
                false,
            )
            .await
        }
    };
    state(Threshold::Detected, 1).await.unwrap();
    let not_theirs = state(Threshold::SlightestIndication, 2).await;
    assert!(
        matches!(not_theirs, Err(DeskError::Rule { .. })),
        "{not_theirs:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_open_is_named_and_left_only_with_a_reason_that_stays() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let id = own_case(&world, &coordinator, NewCase::default()).await;
    let task = case::add_task(
        &world.desk,
        &coordinator,
        start(),
        id,
        1,
        TaskKind::General,
        text("huisarts"),
        None,
        false,
    )
    .await
    .unwrap();
    let open = async || {
        let dossier = case::read(&world.desk, &coordinator, start(), id).await;
        dossier.unwrap().unfinished
    };
    assert_eq!(open().await, [Unfinished::Tasks, Unfinished::Registration]);
    let close = |left_open| CloseInput {
        reason: ClosingReason::OwnWish,
        explanation: text("wil verder zonder hulp"),
        aftercare: AftercareInput::Refused(text("liever niet")),
        left_open,
        looked: false,
    };
    let silent = case::close(&world.desk, &coordinator, start(), id, 2, close(None)).await;
    match silent {
        Err(DeskError::Invalid(faults)) => {
            let told: Vec<_> = faults.iter().map(|f| (&*f.field, &*f.key)).collect();
            assert_eq!(told, [("close_anyway", "left_open")]);
        }
        other => panic!("closed in silence: {other:?}"),
    }
    case::end_task(
        &world.desk,
        &coordinator,
        start(),
        id,
        2,
        task,
        TaskEnd::Done,
        false,
    )
    .await
    .unwrap();
    assert_eq!(open().await, [Unfinished::Registration]);
    let why = text("zij wil ook geen telling");
    let close = close(Some(why.clone()));
    case::close(&world.desk, &coordinator, hours(1), id, 3, close)
        .await
        .unwrap();
    let dossier = case::read(&world.desk, &coordinator, hours(2), id)
        .await
        .unwrap();
    let CaseState::Closed { closing } = dossier.file.case.state() else {
        panic!("{:?}", dossier.file.case.state())
    };
    let left = LeftOpen {
        what: vec![Unfinished::Registration],
        why,
    };
    assert_eq!(closing.left_open, Some(left));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_is_not_kept_when_nothing_was_open() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let id = own_case(&world, &coordinator, NewCase::default()).await;
    let close = CloseInput {
        reason: ClosingReason::NoTrafficking,
        explanation: text("een vergissing"),
        aftercare: AftercareInput::DoesNotArise,
        left_open: Some(text("x")),
        looked: false,
    };
    case::close(&world.desk, &coordinator, start(), id, 1, close)
        .await
        .unwrap();
    let dossier = case::read(&world.desk, &coordinator, start(), id)
        .await
        .unwrap();
    let CaseState::Closed { closing } = dossier.file.case.state() else {
        panic!("{:?}", dossier.file.case.state())
    };
    assert_eq!(closing.left_open, None);
    assert!(
        dossier.unfinished.is_empty(),
        "a closed case asks for nothing"
    );
}
