//! The journal as records of the logboek: complete, the same each time, and without anybody in it.

use std::collections::BTreeSet;

use desk::access::RULES;
use desk::case::{self, NewCase};
use desk::kept::{Entry, How, Touched};
use desk::logboek::{Logboek, activity_code, register};
use desk::report::{self, NewContact, NewReport};
use domain::age::Age;
use domain::code::LanguageCode;
use domain::report::{Channel, ReportContent, ReporterKind};
use domain::vocabulary::{Lang, ProcessingActivityCode, Vocabulary};
use jiff::civil::date;
use logboek::{LogRecord, otlp};
use proptest::prelude::*;
use vault::{Context, Store};

use crate::case::{core, own_case};
use crate::schema::{faults, schema};
use crate::support::{World, hours, start, text};

const BASE: &str = "https://register.example.nl/activities";

fn writer(world: &World) -> Logboek {
    Logboek::new(&world.desk, BASE, "0.1.0").unwrap()
}

/// Sends all that waits to a log that takes everything; gives what it got, in order.
async fn send_all(log: &Logboek, now: jiff::Timestamp) -> Vec<LogRecord> {
    let mut out = Vec::new();
    for store in Store::ALL {
        while let Some(batch) = log.waiting(store, now).await.unwrap() {
            log.acknowledged(&batch).await.unwrap();
            out.extend(batch.records);
        }
    }
    out
}

async fn entries(world: &World) -> i64 {
    let head = world.desk.vault.signed_head(start()).await.unwrap();
    head.heads.iter().map(|head| head.seq).sum()
}

/// A report with contact data and a case of somebody, all with words that may not come out.
async fn work(world: &World) {
    let nl = LanguageCode::new("nl").unwrap();
    let mut content = ReportContent::empty(Channel::Web, ReporterKind::Citizen, nl);
    content.story = Some(text("Kanarie Verhaal in de Vogelstraat 12"));
    let contact = Some(NewContact {
        name: Some(text("Kanarie Melder")),
        channel: Some(text("0612345678")),
        organisation: None,
        safe_times: None,
        code_word: None,
        never_call: false,
    });
    report::submit(&world.desk, start(), None, NewReport { content, contact })
        .await
        .unwrap();
    let coordinator = world.coordinator();
    let id = own_case(world, &coordinator, NewCase::default()).await;
    let seen = case::read(&world.desk, &coordinator, start(), id)
        .await
        .unwrap();
    case::change_person(
        &world.desk,
        &coordinator,
        hours(1),
        id,
        seen.person_version,
        core(Age::Unknown),
        true,
    )
    .await
    .unwrap();
    case::read(&world.desk, &coordinator, hours(1), id)
        .await
        .unwrap();
}

#[test]
fn every_act_of_the_table_of_rights_stands_in_the_register_as_it_is_today() {
    let words = &Vocabulary::builtin().unwrap().processing_activities;
    for rule in RULES {
        let code = activity_code(rule.name);
        let code = ProcessingActivityCode::new(code.as_str()).unwrap();
        let entry = words.newest(&code).unwrap_or_else(|| {
            panic!(
                "{code} is not in the register: add a line to vocabulary/processing_activities.csv"
            )
        });
        assert_eq!(
            (entry.facts.purpose.as_str(), entry.facts.ground.as_str()),
            (rule.purpose, rule.ground),
            "{code}: purpose or ground changed; end its line with valid_until and add one with the next version"
        );
    }
}

#[test]
fn versions_of_an_activity_never_share_an_identifier() {
    let words = &Vocabulary::builtin().unwrap().processing_activities;
    let mut seen = BTreeSet::new();
    for entry in words.all() {
        let id = (entry.code.as_str().to_owned(), entry.facts.version);
        assert!(
            entry.facts.version > 0 && seen.insert(id),
            "{}: version twice",
            entry.code
        );
    }
}

#[tokio::test]
async fn the_register_tells_purpose_ground_controller_and_term_of_every_act() {
    let world = World::new().await;
    let log = writer(&world);
    let lines = register(&log, &world.desk.vocabulary, date(2026, 11, 23), Lang::Nl).unwrap();
    let ids: BTreeSet<&str> = lines
        .iter()
        .map(|line| line.processing_activity_id.as_str())
        .collect();
    assert_eq!(ids.len(), lines.len());
    for rule in RULES {
        let line = lines
            .iter()
            .find(|line| line.code == activity_code(rule.name))
            .unwrap();
        assert!(line.processing_activity_id.starts_with(BASE));
        assert_ne!(
            line.purpose_label, line.purpose,
            "{}: a purpose without words",
            rule.name
        );
        assert_eq!(line.roles.len(), rule.roles.len());
    }
    let read = lines.iter().find(|line| line.code == "case-read").unwrap();
    assert_eq!(read.store.as_deref(), Some("K3"));
    assert!(read.controller.as_ref().unwrap().contains("gemeente"));
    assert_eq!(read.dpv_legal_bases, ["eu-gdpr:A6-1-e"]);
    assert!(read.special_data && !read.retention.is_empty());
}

#[tokio::test]
async fn every_entry_becomes_records_that_keep_the_schema() {
    let world = World::new().await;
    work(&world).await;
    let log = writer(&world);
    let sent = send_all(&log, hours(24)).await;
    let traces: BTreeSet<_> = sent.iter().map(|record| record.trace_id).collect();
    assert_eq!(
        traces.len() as i64,
        entries(&world).await,
        "a trace for every entry, none left out"
    );
    let schema = schema("logboek-record");
    for record in &sent {
        let value = serde_json::from_str(&record.to_json()).unwrap();
        assert_eq!(faults(&schema, &value, ""), Vec::<String>::new());
        let activity = record.attributes.activity.as_str();
        assert!(!activity.contains("unlisted"), "{activity}");
    }
}

#[tokio::test]
async fn a_record_is_about_the_case_and_a_person_finds_hers() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let id = own_case(&world, &coordinator, NewCase::default()).await;
    let other = own_case(&world, &coordinator, NewCase::default()).await;
    case::read(&world.desk, &coordinator, start(), id)
        .await
        .unwrap();
    let log = writer(&world);
    let sent = send_all(&log, hours(1)).await;
    let hers = log.pseudonyms(Store::K3, &id.to_string()).await.unwrap();
    let of_her = |record: &&LogRecord| {
        let subject = record.attributes.subject.as_ref();
        subject.is_some_and(|subject| hers.iter().any(|id| id == subject.id.as_str()))
    };
    let mut acts: Vec<&str> = sent
        .iter()
        .filter(of_her)
        .map(|record| record.name.as_str())
        .collect();
    acts.sort_unstable();
    assert_eq!(acts, ["Casus gelezen", "Casus geopend"]);
    let others = log.pseudonyms(Store::K3, &other.to_string()).await.unwrap();
    assert!(others.iter().all(|id| !hers.contains(id)));
    let elsewhere = log.pseudonyms(Store::K5, &id.to_string()).await.unwrap();
    assert!(
        elsewhere.iter().all(|id| !hers.contains(id)),
        "two compartments could be brought together"
    );
}

#[tokio::test]
async fn nothing_is_passed_over_before_the_log_has_acknowledged_it() {
    let world = World::new().await;
    work(&world).await;
    let log = writer(&world);
    let first = log.waiting(Store::K3, hours(24)).await.unwrap().unwrap();
    // The answer never came, or the process stopped before it was noted: the same records wait.
    let again = writer(&world)
        .waiting(Store::K3, hours(24))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(again.records, first.records);
    log.acknowledged(&first).await.unwrap();
    assert!(log.waiting(Store::K3, hours(24)).await.unwrap().is_none());
    // A second process that sent the same moves nothing.
    log.acknowledged(&again).await.unwrap();
    let coordinator = world.coordinator();
    own_case(&world, &coordinator, NewCase::default()).await;
    let next = log.waiting(Store::K3, hours(24)).await.unwrap().unwrap();
    assert_eq!(next.records.len(), 1);
    let backlog = log.backlog().await.unwrap();
    assert!(backlog.contains(&(Store::K3, 1)), "{backlog:?}");
    log.begin_again().await.unwrap();
    assert!(
        log.waiting(Store::K3, hours(24))
            .await
            .unwrap()
            .unwrap()
            .records
            .len()
            > 1
    );
}

#[tokio::test]
async fn a_report_of_the_public_waits_until_its_hour_is_over() {
    let world = World::new().await;
    let nl = LanguageCode::new("nl").unwrap();
    let content = ReportContent::empty(Channel::Web, ReporterKind::Citizen, nl);
    let mut content = content;
    content.story = Some(text("iets gezien"));
    let new = NewReport {
        content,
        contact: None,
    };
    report::submit(&world.desk, start(), None, new)
        .await
        .unwrap();
    let log = writer(&world);
    // start() is a quarter past nine.
    assert!(log.waiting(Store::K1, start()).await.unwrap().is_none());
    let half_past = start() + jiff::SignedDuration::from_mins(30);
    assert!(log.waiting(Store::K1, half_past).await.unwrap().is_none());
    let ten = start() + jiff::SignedDuration::from_mins(45);
    let batch = log.waiting(Store::K1, ten).await.unwrap().unwrap();
    for record in &batch.records {
        assert_eq!(
            record.start_time % 3_600_000,
            0,
            "a finer moment of a public report"
        );
    }
}

#[tokio::test]
async fn a_register_needs_a_uri() {
    let world = World::new().await;
    for bad in ["register", "", "https://", "ftp //x"] {
        assert!(Logboek::new(&world.desk, bad, "0").is_err(), "{bad}");
    }
}

/// An entry with a canary in every place where an application could put something about somebody.
fn entry(canary: &str, act: &str, kinds: &[String], store: Store, seq: i64) -> Entry {
    let hows = [
        How::Created,
        How::Read,
        How::Sought,
        How::Erased,
        How::Timed,
        How::Received,
    ];
    let records = kinds.iter().enumerate().map(|(n, kind)| Touched {
        how: hows[n % hows.len()],
        kind: kind.clone(),
        id: format!("{canary}-id-{n}"),
        fields: vec![format!("{canary}-field")],
    });
    Entry {
        seq,
        store,
        context: Context {
            at: start(),
            actor: format!("{canary}-actor"),
            role: format!("{canary}-role"),
            org: format!("{canary}-org"),
            act: act.to_owned(),
            purpose: format!("{canary}-purpose"),
            ground: format!("{canary}-ground"),
        },
        records: records.collect(),
    }
}

fn acts() -> impl Strategy<Value = String> {
    let known = proptest::sample::select(
        RULES
            .iter()
            .map(|rule| rule.name.to_owned())
            .collect::<Vec<_>>(),
    );
    prop_oneof![3 => known.clone(), 1 => known.prop_map(|act| format!("{act}.KANARIE 0612345678")), 1 => Just("KANARIE.van Vogelstraat 12".to_owned())]
}

fn kinds() -> impl Strategy<Value = Vec<String>> {
    let kind = prop_oneof![
        Just("case".to_owned()),
        Just("person".to_owned()),
        Just("report".to_owned()),
        Just("account".to_owned()),
        Just("disclosure".to_owned()),
        Just("something_new".to_owned()),
        Just("figure".to_owned()),
        Just(String::new()),
    ];
    proptest::collection::vec(kind, 0..6)
}

#[test]
fn no_byte_that_leaves_tells_who_or_where() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let world = runtime.block_on(World::new());
    let log = writer(&world);
    let schema = schema("logboek-record");
    let names = "(Kanarie [A-Z][a-z]{2,8}|06[0-9]{8}|Vogelstraat [0-9]{1,3}|[a-z]{5,9}@example\\.nl|[0-9]{9})";
    let stores = proptest::sample::select(Store::ALL.to_vec());
    let mut runner = proptest::test_runner::TestRunner::default();
    runner
        .run(
            &(names, acts(), kinds(), stores, 1i64..1000),
            |(canary, act, kinds, store, seq)| {
                let entry = entry(&canary, &act, &kinds, store, seq);
                let made = log.records(&entry).unwrap();
                let again = log.records(&entry).unwrap();
                prop_assert_eq!(&made, &again, "a record sent again is another");
                let mut bytes: String = made.iter().map(LogRecord::to_json).collect();
                bytes.push_str(&otlp::body(&made).to_string());
                for part in canary.split(' ').filter(|part| part.len() > 3).chain([
                    "KANARIE",
                    "0612345678",
                    "Vogelstraat",
                    "-id-",
                    "-actor",
                ]) {
                    prop_assert!(!bytes.contains(part), "{} leaves", part);
                }
                for record in &made {
                    let value = serde_json::from_str(&record.to_json()).unwrap();
                    prop_assert_eq!(faults(&schema, &value, ""), Vec::<String>::new());
                }
                let other = Entry {
                    context: Context {
                        actor: "someone".to_owned(),
                        ..entry.context.clone()
                    },
                    ..entry
                };
                prop_assert_ne!(
                    log.records(&other).unwrap()[0].trace_id,
                    made[0].trace_id,
                    "another entry under the same number"
                );
                Ok(())
            },
        )
        .unwrap();
}

#[tokio::test]
async fn what_people_wrote_never_leaves_a_real_desk() {
    let world = World::new().await;
    work(&world).await;
    let log = writer(&world);
    let sent = send_all(&log, hours(24)).await;
    let bytes: String =
        sent.iter().map(LogRecord::to_json).collect::<String>() + &otlp::body(&sent).to_string();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for store in Store::ALL {
        for entry in world
            .desk
            .vault
            .journal_after(store, 0, 10_000)
            .await
            .unwrap()
        {
            ids.insert(entry.context.actor);
            ids.insert(entry.context.org);
            ids.extend(entry.records.into_iter().map(|touched| touched.id));
        }
    }
    let words = [
        "Kanarie",
        "0612345678",
        "Vogelstraat",
        "Noa",
        "Haaglanden",
        "care_coordinator",
    ];
    for word in words
        .map(str::to_owned)
        .into_iter()
        .chain(ids)
        .filter(|word| word.len() > 2)
    {
        assert!(
            word == "system" || word == "public" || !bytes.contains(&word),
            "{word} leaves"
        );
    }
}
