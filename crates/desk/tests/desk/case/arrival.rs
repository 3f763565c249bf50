//! What arrives at care: a routed report that is taken on, sent back or left waiting.

use desk::access::Role;
use desk::case::{self, Came, CaseSummary, NewCase};
use desk::report;
use desk::{DeskError, UseCase};
use domain::case::Phase;
use domain::ids::ReportId;
use domain::report::{ReportState, RouteAnswer};
use vault::{Filter, Order, Store};

use super::{acts, only_case, own_case, routed, told};
use crate::support::{World, days, hours, start, text};

async fn route_answer(world: &World, id: ReportId) -> RouteAnswer {
    let seen = report::read(&world.desk, &world.signal_desk(), start(), id)
        .await
        .unwrap();
    match seen.report.state() {
        ReportState::Routed { decisions, .. } => decisions[0].answer.clone(),
        other => panic!("expected a routed report, got {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_routed_report_waits_and_is_taken_on_once() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let report = routed(&world, told()).await;
    let (id, row) = only_case(&world, &coordinator).await;
    assert_eq!(row.clear.state, "waiting");
    assert_eq!(row.clear.region.as_deref(), Some("VR15"));
    let summary: CaseSummary = serde_json::from_value(row.summary).unwrap();
    assert_eq!((summary.came, summary.awaits_answer), (Came::Report, true));

    // A second delivery brings nothing twice.
    world.settle(hours(1)).await;
    let (page, counts) = case::list(
        &world.desk,
        &coordinator,
        &Filter::default(),
        Order::Due,
        None,
    )
    .await
    .unwrap();
    assert_eq!(
        (page.rows.len(), counts),
        (1, vec![("waiting".to_owned(), 1)])
    );

    // Nothing is done with it before it is taken on.
    let early = case::move_to(&world.desk, &coordinator, hours(1), id, 1, Phase::Intake).await;
    assert!(matches!(early, Err(DeskError::Rule { .. })), "{early:?}");

    case::accept(&world.desk, &coordinator, hours(2), id, 1)
        .await
        .unwrap();
    let second = case::accept(&world.desk, &coordinator, hours(2), id, 1).await;
    assert!(matches!(second, Err(DeskError::Conflict)), "{second:?}");
    let again = case::accept(&world.desk, &coordinator, hours(2), id, 2).await;
    assert!(matches!(again, Err(DeskError::Rule { .. })), "{again:?}");
    world.settle(hours(2)).await;
    assert_eq!(
        route_answer(&world, report).await,
        RouteAnswer::Accepted { at: hours(2) }
    );

    let dossier = case::read(&world.desk, &coordinator, hours(3), id)
        .await
        .unwrap();
    assert_eq!(dossier.file.case.phase(), Phase::Signaal);
    assert_eq!(dossier.person.exploitation.forms[0].as_str(), "AU");
    assert!(dossier.minority.is_minor(), "age unknown means minor");
    assert!(
        acts(&world, Store::K3, &id.to_string())
            .await
            .contains(&"case.read".to_owned())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_sent_back_with_its_reason() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let report = routed(&world, told()).await;
    let (id, _) = only_case(&world, &coordinator).await;
    case::send_back(
        &world.desk,
        &coordinator,
        hours(1),
        id,
        1,
        text("andere regio"),
        false,
    )
    .await
    .unwrap();
    world.settle(hours(1)).await;
    let refused = RouteAnswer::Refused {
        at: hours(1),
        reason: text("andere regio"),
    };
    assert_eq!(route_answer(&world, report).await, refused);
    let (_, row) = only_case(&world, &coordinator).await;
    assert_eq!(row.clear.state, "sent_back");
    let later = case::accept(&world.desk, &coordinator, hours(2), id, 2).await;
    assert!(matches!(later, Err(DeskError::Rule { .. })), "{later:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missed_answer_is_in_the_journal_once() {
    let world = World::new().await;
    routed(&world, told()).await;
    let (id, _) = only_case(&world, &world.coordinator()).await;
    world.settle(days(3)).await;
    world.settle(days(4)).await;
    let acts = acts(&world, Store::K3, &id.to_string()).await;
    assert_eq!(
        acts.iter().filter(|a| *a == "case.answer.missed").count(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn another_organisation_does_not_find_the_case() {
    let world = World::new().await;
    let id = own_case(&world, &world.coordinator(), NewCase::default()).await;
    let other = world.actor(world.care_ijsselland, &[Role::CareCoordinator]);
    let read = case::read(&world.desk, &other, start(), id).await;
    assert!(
        matches!(read, Err(DeskError::NotFound { what: "case" })),
        "{read:?}"
    );
    let changed = case::move_to(&world.desk, &other, start(), id, 1, Phase::Intake).await;
    assert!(
        matches!(changed, Err(DeskError::NotFound { what: "case" })),
        "{changed:?}"
    );
    let (page, _) = case::list(&world.desk, &other, &Filter::default(), Order::Due, None)
        .await
        .unwrap();
    assert!(page.rows.is_empty());
    let police = case::read(&world.desk, &world.investigator(), start(), id).await;
    assert!(matches!(
        police,
        Err(DeskError::Forbidden {
            case: UseCase::ReadCase
        })
    ));
}
