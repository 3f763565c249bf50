//! What is destroyed when its term has ended, what stays, and what the journal says of it.

use desk::case::{self, AftercareInput, CloseInput, NewCase};
use desk::report::{self, AcuteInput, NewContact, NewReport};
use desk::retention::{self, Outcome};
use desk::{Actor, DeskError};
use domain::Answer;
use domain::age::Age;
use domain::case::ClosingReason;
use domain::code::LanguageCode;
use domain::ids::{CaseId, ReportId};
use domain::report::{Channel, ReportContent, ReporterKind};
use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use vault::{JournalFilter, Store};

use crate::case::{own_case, today};
use crate::support::{World, hours, start, text};

const RUN: Actor = Actor::System;

/// So many years and days after the start.
pub fn later(years: i64, days: i64) -> Timestamp {
    let from = start().to_zoned(domain::time::amsterdam());
    from.saturating_add(years.years().days(days)).timestamp()
}

async fn round(world: &World, at: Timestamp) -> Outcome {
    retention::run(&world.desk, &RUN, at, at, false)
        .await
        .unwrap()
}

async fn look(world: &World, at: Timestamp) -> Outcome {
    retention::run(&world.desk, &RUN, at, at, true)
        .await
        .unwrap()
}

/// A case of somebody of this age, closed as a mistake.
pub async fn closed_case(world: &World, age: Age) -> CaseId {
    let coordinator = world.coordinator();
    let new = NewCase {
        age,
        ..NewCase::default()
    };
    let id = own_case(world, &coordinator, new).await;
    let close = CloseInput {
        reason: ClosingReason::NoTrafficking,
        explanation: text("een vergissing"),
        aftercare: AftercareInput::DoesNotArise,
        left_open: Some(text("de taak is niet meer nodig")),
        looked: false,
    };
    case::close(&world.desk, &coordinator, hours(1), id, 1, close)
        .await
        .unwrap();
    id
}

/// A report with contact data that was closed without follow-up.
async fn closed_report(world: &World) -> ReportId {
    let nl = LanguageCode::new("nl").unwrap();
    let mut content = ReportContent::empty(Channel::Web, ReporterKind::Citizen, nl);
    content.story = Some(text("iets gezien bij de wasstraat"));
    let contact = Some(NewContact {
        name: None,
        channel: Some(text("0612345678")),
        organisation: None,
        safe_times: None,
        code_word: None,
        never_call: false,
    });
    let id = report::submit(&world.desk, start(), None, NewReport { content, contact })
        .await
        .unwrap()
        .id;
    let officer = world.signal_desk();
    let safe = AcuteInput {
        answer: Answer::No,
        because: text("gevraagd"),
        call: None,
    };
    report::answer_acute(&world.desk, &officer, start(), id, 1, safe)
        .await
        .unwrap();
    let outcome = domain::report::Outcome::NotTrafficking;
    report::close(
        &world.desk,
        &officer,
        hours(1),
        id,
        2,
        outcome,
        text("een feestje"),
    )
    .await
    .unwrap();
    id
}

async fn there(world: &World, store: Store, id: impl ToString) -> bool {
    let found = world.desk.vault.clear_of(store, &id.to_string()).await;
    found.unwrap().is_some()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_goes_after_a_year_and_its_reporter_after_half_a_year() {
    let world = World::new().await;
    let id = closed_report(&world).await;
    assert_eq!(round(&world, later(0, 170)).await, Outcome::default());

    let half = round(&world, later(0, 190)).await;
    let terms: Vec<_> = half
        .due
        .iter()
        .map(|d| (d.kind, d.term, d.records))
        .collect();
    assert_eq!(
        terms,
        [("reporter_contact", "retention_reporter_contact", 1)]
    );
    assert_eq!(half.destroyed, 1);
    let officer = world.signal_desk();
    let read = report::read(&world.desk, &officer, later(0, 190), id).await;
    assert!(read.is_ok(), "the report itself is still there");

    let day = later(1, 2);
    let seen = look(&world, day).await;
    assert_eq!((seen.due.len(), seen.destroyed), (1, 0));
    assert!(
        there(&world, Store::K1, id).await,
        "a look destroys nothing"
    );
    let done = round(&world, day).await;
    assert_eq!(done.due, seen.due);
    assert_eq!(done.destroyed, done.due[0].records);
    assert!(done.destroyed >= 2, "the mailbox goes with the report");
    let read = report::read(&world.desk, &officer, day, id).await;
    assert!(matches!(read, Err(DeskError::NotFound { .. })), "{read:?}");

    let page = world
        .desk
        .vault
        .journal_page(Store::K1, &JournalFilter::default(), None, 1)
        .await
        .unwrap();
    let entry = &page.entries[0];
    assert_eq!(entry.context.act, "retention.run");
    assert!(
        entry.context.ground.starts_with("retention_report; "),
        "{}",
        entry.context.ground
    );
    assert_eq!(
        round(&world, day).await,
        Outcome::default(),
        "nothing is due twice"
    );
    assert!(world.desk.vault.verify(&mut |_, _| {}).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_care_file_goes_whole_and_that_of_a_child_later() {
    let world = World::new().await;
    let adult = Age::certain(date(1990, 1, 1), today()).unwrap();
    let adult = closed_case(&world, adult).await;
    // In doubt somebody was a child.
    let child = closed_case(&world, Age::estimated(16, 20, today()).unwrap()).await;
    assert_eq!(round(&world, later(14, 360)).await, Outcome::default());

    let first = round(&world, later(15, 2)).await;
    let terms: Vec<_> = first.due.iter().map(|d| (d.id.clone(), d.term)).collect();
    assert_eq!(terms, [(adult.to_string(), "retention_care_file")]);
    assert!(
        first.due[0].source.contains("Wmo 2015"),
        "{}",
        first.due[0].source
    );
    assert_eq!(first.destroyed, 2, "the file and the person");
    assert!(!there(&world, Store::K3, adult).await && there(&world, Store::K3, child).await);

    let second = round(&world, later(20, 2)).await;
    assert_eq!(second.due[0].term, "retention_youth_file");
    assert!(!there(&world, Store::K3, child).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_legal_hold_keeps_until_it_is_released() {
    let world = World::new().await;
    let adult = Age::certain(date(1990, 1, 1), today()).unwrap();
    let id = closed_case(&world, adult).await;
    let person = world.desk.vault.ids_under(Store::K3, &id.to_string()).await;
    let person = person.unwrap().remove(0);
    let nobody = "0193aaaa-0000-7000-8000-000000000000";
    let missing = retention::hold(&world.desk, &RUN, start(), Store::K3, nobody, text("x")).await;
    assert!(
        matches!(missing, Err(DeskError::NotFound { .. })),
        "{missing:?}"
    );
    // Whoever needs the person needs the file around her.
    let why = text("letselschade, zaak loopt");
    let hold = retention::hold(&world.desk, &RUN, start(), Store::K3, &person, why)
        .await
        .unwrap();
    let day = later(15, 2);
    let kept = round(&world, day).await;
    assert!(kept.due.is_empty() && kept.destroyed == 0);
    assert_eq!(kept.kept[0].why, format!("hold {hold}"));
    assert_eq!(kept.kept[0].matter.id, id.to_string());
    assert!(there(&world, Store::K3, id).await);

    retention::release(&world.desk, &RUN, day, &hold, text("uitspraak"))
        .await
        .unwrap();
    assert!(
        retention::holds(&world.desk, &RUN)
            .await
            .unwrap()
            .is_empty()
    );
    let again = retention::release(&world.desk, &RUN, day, &hold, text("uitspraak")).await;
    assert!(matches!(again, Err(DeskError::Rule { .. })), "{again:?}");
    assert_eq!(round(&world, day).await.destroyed, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_goes_before_its_time_or_while_it_goes_on() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let id = own_case(&world, &coordinator, NewCase::default()).await;
    let search = (text("navragen"), date(2026, 12, 1));
    let close = CloseInput {
        reason: ClosingReason::Mob,
        explanation: text("weg"),
        aftercare: AftercareInput::CannotBeAsked(Some(search)),
        left_open: Some(text("niet te vragen")),
        looked: false,
    };
    case::close(&world.desk, &coordinator, start(), id, 1, close)
        .await
        .unwrap();
    let ahead = retention::run(&world.desk, &RUN, start(), later(30, 0), false).await;
    assert!(matches!(ahead, Err(DeskError::Rule { .. })), "{ahead:?}");
    let seen = retention::run(&world.desk, &RUN, start(), later(30, 0), true)
        .await
        .unwrap();
    assert_eq!(seen.kept[0].why, "tasks", "somebody is still looked for");
    assert!(there(&world, Store::K3, id).await);
    let refused = retention::run(&world.desk, &coordinator, start(), start(), true).await;
    assert!(
        matches!(refused, Err(DeskError::Forbidden { .. })),
        "{refused:?}"
    );
}

/// A desk on the same vault whose host has set these terms.
async fn decided(world: &World, terms: &[(&str, i64)]) -> desk::Desk {
    let builtin = include_str!("../../../../vocabulary/retention.toml");
    let mut own = String::new();
    for line in builtin.lines() {
        own.push_str(line);
        own.push('\n');
    }
    for (code, years) in terms {
        let old = format!("code = \"{code}\"\n");
        let ended = format!("{old}valid_until = 2026-06-30\n");
        assert!(own.contains(&old), "{code} is no term");
        own = own.replace(&old, &ended);
        own.push_str(&format!(
            "\n[[entry]]\ncode = \"{code}\"\nlabel_nl = \"x\"\nlabel_en = \"x\"\nyears = {years}\nvalid_from = 2026-07-01\n\
             starts_nl = \"x\"\nstarts_en = \"x\"\nsource = \"besluit van de verwerkingsverantwoordelijke\"\n"
        ));
    }
    let words =
        domain::vocabulary::Vocabulary::builtin_with(vec![("retention.toml".to_owned(), own)]);
    let words = std::sync::Arc::new(words.unwrap());
    let settings = desk::Settings::default();
    desk::Desk::open(world.desk.vault.clone(), words, settings)
        .await
        .unwrap()
}

/// Whoever leads a case in IJsselland: it is open to nobody else.
async fn lead(world: &World, case: domain::ids::CaseId) -> desk::Actor {
    let found = world
        .desk
        .vault
        .clear_of(vault::Store::K3, &case.to_string())
        .await
        .unwrap();
    let (_, clear, _) = found.unwrap();
    match world.actor(world.care_ijsselland, &[desk::Role::CareCoordinator]) {
        desk::Actor::Person(mut person) => {
            person.user = clear.assignee.unwrap().parse().unwrap();
            desk::Actor::Person(person)
        }
        other => other,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_host_decides_nothing_goes_until_it_has() {
    let world = World::new().await;
    let known = crate::erasure::known(&world).await;
    let coordinator = lead(&world, known.case).await;
    let officer = world.signal_desk();
    // The report is closed with a follow-up, and the request for an opinion is withdrawn.
    let read = report::read(&world.desk, &officer, hours(7), known.report).await;
    let outcome = domain::report::Outcome::PassedOn;
    let seen = read.unwrap().version;
    let why = text("de dienst heeft het");
    report::close(
        &world.desk,
        &officer,
        hours(7),
        known.report,
        seen,
        outcome,
        why,
    )
    .await
    .unwrap();
    let asked = desk::opinion::asked(&world.desk, &coordinator, hours(7), known.case)
        .await
        .unwrap();
    let request = &asked[0].id;
    desk::opinion::withdraw_ask(
        &world.desk,
        &coordinator,
        hours(7),
        request,
        asked[0].version,
    )
    .await
    .unwrap();
    world.settle(hours(7)).await;
    let far = later(99, 0);
    let kept = retention::run(&world.desk, &RUN, far, far, true)
        .await
        .unwrap();
    let codes: Vec<_> = kept.host_decides.iter().map(|(c, n)| (*c, *n)).collect();
    assert_eq!(
        codes,
        [
            ("retention_opinion", 1),
            ("retention_registration", 1),
            ("retention_report_followed", 1)
        ]
    );
    assert!(kept.due.is_empty(), "{:?}", kept.due);

    let terms = [
        ("retention_report_followed", 5),
        ("retention_registration", 10),
        ("retention_opinion", 2),
    ];
    let desk = decided(&world, &terms).await;
    let run = async |at| retention::run(&desk, &RUN, at, at, false).await.unwrap();
    assert!(run(later(1, 300)).await.due.is_empty());
    let first = run(later(2, 2)).await;
    assert_eq!(first.due[0].term, "retention_opinion");
    assert!(
        first.due[0].source.contains("besluit"),
        "{}",
        first.due[0].source
    );
    assert!(first.host_decides.is_empty());
    let second = run(later(5, 2)).await;
    assert_eq!(second.due[0].term, "retention_report_followed");
    assert!(!there(&world, Store::K1, known.report).await);
    let third = run(later(10, 2)).await;
    let terms: Vec<_> = third.due.iter().map(|d| d.term).collect();
    assert!(terms.contains(&"retention_registration"), "{terms:?}");
    let kinds = world.desk.vault.verify(&mut |_, _| {}).await.unwrap().kinds;
    assert_eq!(kinds.get("registration").copied().unwrap_or(0), 0);
    assert_eq!(kinds["anonymous_count"], 1, "a count takes its place");
    // What care says later about a registration that went by its term finds nothing, and harms nothing.
    world.settle(later(10, 3)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_copies_of_what_was_sent_go_with_the_matter() {
    let world = World::new().await;
    let known = crate::erasure::known(&world).await;
    let intake = known.intake.to_string();
    let under = world
        .desk
        .vault
        .ids_under(Store::K5, &intake)
        .await
        .unwrap();
    let mut copies = 0;
    for id in &under {
        let found = world.desk.vault.clear_of(Store::K5, id).await.unwrap();
        copies += usize::from(found.is_some_and(|(kind, _, _)| kind == "disclosure"));
    }
    // The answer to the desk, the registration, the person for care.
    assert_eq!(copies, 3);
}
