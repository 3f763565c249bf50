//! Reports: from the public door to the receivers.

use desk::report::{self, AcuteInput, NewReport};
use desk::{DeskError, UseCase};
use domain::Answer;
use domain::code::{FormCode, LanguageCode, MunicipalityCode};
use domain::report::{Channel, PublicStatus, ReportContent, ReporterKind};

use vault::{Filter, Order};

use crate::support::{World, hours, start, text};

fn told(words: &str) -> NewReport {
    let nl = LanguageCode::new("nl").unwrap();
    let mut content = ReportContent::empty(Channel::Web, ReporterKind::Citizen, nl);
    content.story = Some(text(words));
    content.forms = vec![FormCode::new("AU").unwrap()];
    content.municipality = Some(MunicipalityCode::new("GM1783").unwrap());
    NewReport {
        content,
        contact: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_answered_with_a_code_that_opens_its_mailbox() {
    let world = World::new().await;
    let receipt = report::submit(
        &world.desk,
        start(),
        None,
        told("acht mensen in een schuur"),
    )
    .await
    .unwrap();
    // No moment finer than the hour is kept of a public report.
    assert_eq!(receipt.received_at.to_string(), "2026-11-23T08:00:00Z");
    let post = report::read_mailbox(&world.desk, hours(1), &receipt.code)
        .await
        .unwrap();
    assert_eq!(post.status, PublicStatus::Received);
    assert!(post.messages.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_and_body_give_the_same_answer_and_another_body_is_refused() {
    let world = World::new().await;
    let first = report::submit(&world.desk, start(), Some(("k1", b"body")), told("een"))
        .await
        .unwrap();
    let again = report::submit(&world.desk, hours(2), Some(("k1", b"body")), told("een"))
        .await
        .unwrap();
    assert_eq!(first.code.grouped(), again.code.grouped());
    assert_eq!(first.received_at, again.received_at);
    assert_eq!(first.id, again.id);
    assert!(again.repeated);
    let other = report::submit(&world.desk, hours(2), Some(("k1", b"other")), told("twee")).await;
    assert!(matches!(other, Err(DeskError::KeyReused)), "{other:?}");
    // After its time the key is free again.
    let later = report::submit(&world.desk, hours(30), Some(("k1", b"other")), told("twee"))
        .await
        .unwrap();
    assert!(!later.repeated);
}

#[tokio::test(flavor = "multi_thread")]
async fn danger_comes_first_and_routing_is_explained() {
    let world = World::new().await;
    let desk_worker = world.signal_desk();
    let id = report::submit(&world.desk, start(), None, told("paspoort afgepakt"))
        .await
        .unwrap()
        .id;

    let early = report::accept(&world.desk, &desk_worker, hours(1), id, 1).await;
    assert!(matches!(early, Err(DeskError::Rule { .. })), "{early:?}");

    let no_danger = AcuteInput {
        answer: Answer::No,
        because: text("niemand in direct gevaar"),
        call: None,
    };
    report::answer_acute(
        &world.desk,
        &desk_worker,
        hours(1),
        id,
        1,
        no_danger.clone(),
    )
    .await
    .unwrap();
    // Two people at once: the second is told, nothing is overwritten.
    let second = report::answer_acute(&world.desk, &desk_worker, hours(1), id, 1, no_danger).await;
    assert!(matches!(second, Err(DeskError::Conflict)), "{second:?}");

    report::accept(&world.desk, &desk_worker, hours(1), id, 2)
        .await
        .unwrap();
    let seen = report::read(&world.desk, &desk_worker, hours(2), id)
        .await
        .unwrap();
    let to_nla = seen
        .routing
        .proposals
        .iter()
        .zip(&seen.receivers)
        .find(|(p, _)| p.to.kind().is("NLA"))
        .expect("labour goes to the inspectorate");
    assert!(!to_nla.0.because.nl.is_empty());
    assert_eq!(*to_nla.1, Some(world.nla));
}

#[tokio::test(flavor = "multi_thread")]
async fn other_roles_are_told_for_whom_it_is() {
    let world = World::new().await;
    let id = report::submit(&world.desk, start(), None, told("verhaal"))
        .await
        .unwrap()
        .id;
    let refused = report::read(&world.desk, &world.coordinator(), start(), id).await;
    assert!(matches!(
        refused,
        Err(DeskError::Forbidden {
            case: UseCase::ReadReport
        })
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn danger_stands_before_what_is_longer_overdue_and_a_waiting_reporter_is_not_forgotten() {
    let world = World::new().await;
    let worker = world.signal_desk();
    let quiet = report::submit(&world.desk, start(), None, told("oud"))
        .await
        .unwrap();
    let mut acute = told("nu gevaar");
    acute.content.acute = Answer::Yes;
    let danger = report::submit(&world.desk, hours(30), None, acute)
        .await
        .unwrap();
    let first = report::acute_waiting(&world.desk, &worker).await.unwrap();
    assert_eq!(first.len(), 1);
    assert_eq!(first[0].id, danger.id.to_string());
    let safe = AcuteInput {
        answer: Answer::No,
        because: text("iedereen is veilig"),
        call: None,
    };
    report::answer_acute(&world.desk, &worker, hours(31), danger.id, 1, safe)
        .await
        .unwrap();
    let none = report::acute_waiting(&world.desk, &worker).await.unwrap();
    assert_eq!(none.len(), 0, "the desk found no danger");

    // The reporter writes; what the desk does to the report does not make that disappear, its answer does.
    report::write_mailbox(
        &world.desk,
        hours(31),
        &quiet.code,
        None,
        text("hoort u mij?"),
    )
    .await
    .unwrap();
    let answer = AcuteInput {
        answer: Answer::No,
        because: text("rustig"),
        call: None,
    };
    report::answer_acute(&world.desk, &worker, hours(32), quiet.id, 2, answer)
        .await
        .unwrap();
    let waits = || async {
        let page = report::list(&world.desk, &worker, &Filter::default(), Order::Due, None)
            .await
            .unwrap();
        let row = page
            .rows
            .iter()
            .find(|r| r.id == quiet.id.to_string())
            .unwrap();
        row.summary["awaits_desk"].clone()
    };
    assert_eq!(waits().await, true);
    report::message_reporter(&world.desk, &worker, hours(33), quiet.id, text("ja"))
        .await
        .unwrap();
    assert_eq!(waits().await, false);
}
