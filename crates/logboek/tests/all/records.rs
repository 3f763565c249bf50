//! The record: what the standard asks, and nothing else.

use logboek::{
    ActivityId, DataSubject, Fault, Key, LogRecord, Processing, Scribe, Status, SubjectType,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::schema::{faults, schema};

pub fn scribe() -> Scribe {
    Scribe::new(
        Key::new([3; 32]),
        [("service.name", "test"), ("service.version", "1")],
    )
    .unwrap()
}

pub fn activity() -> ActivityId {
    ActivityId::under("https://register.example.nl/", "case-read", 2).unwrap()
}

fn kind() -> SubjectType {
    SubjectType::new("https://register.example.nl/subjects/case").unwrap()
}

pub fn records(unique: &[u8], people: &[&str]) -> Vec<LogRecord> {
    let subjects: Vec<DataSubject> = people
        .iter()
        .map(|id| scribe().subject(&["case", id], &kind()))
        .collect();
    scribe()
        .records(&Processing {
            unique,
            activity: &activity(),
            name: "Dossier gelezen",
            start_ms: 1_795_000_000_000,
            end_ms: 1_795_000_000_005,
            status: Status::Ok,
            subjects: &subjects,
        })
        .unwrap()
}

fn as_value(record: &LogRecord) -> Value {
    serde_json::from_str(&record.to_json()).unwrap()
}

#[test]
fn examples_of_the_schema_are_records() {
    let schema = schema("logboek-record");
    for example in schema["examples"].as_array().unwrap() {
        assert_eq!(faults(&schema, example, ""), Vec::<String>::new());
        let record = LogRecord::from_json(&example.to_string()).unwrap();
        assert_eq!(&as_value(&record), example);
    }
}

#[test]
fn a_processing_about_several_people_has_a_record_for_each_under_one_for_the_whole() {
    let made = records(b"entry", &["a", "b", "c"]);
    assert_eq!(made.len(), 4);
    let (whole, each) = made.split_first().unwrap();
    assert_eq!(
        (whole.parent_span_id, &whole.attributes.subject),
        (None, &None)
    );
    for record in each {
        assert_eq!(record.trace_id, whole.trace_id);
        assert_eq!(record.parent_span_id, Some(whole.span_id));
        assert!(record.attributes.subject.is_some());
    }
    for people in [&[][..], &["a"]] {
        let made = records(b"entry", people);
        assert_eq!(made.len(), 1);
        assert_eq!(made[0].attributes.subject.is_some(), people.len() == 1);
    }
}

#[test]
fn the_same_processing_has_the_same_identifiers_and_another_one_others() {
    assert_eq!(records(b"one", &["a", "b"]), records(b"one", &["a", "b"]));
    let (one, two) = (records(b"one", &["a"]), records(b"two", &["a"]));
    assert_ne!(one[0].trace_id, two[0].trace_id);
    assert_ne!(one[0].span_id, two[0].span_id);
    assert_eq!(one[0].attributes.subject, two[0].attributes.subject);
    let other = Key::new([4; 32]);
    assert_ne!(
        other.pseudonym(&["case", "a"]),
        Key::new([3; 32]).pseudonym(&["case", "a"])
    );
    assert_ne!(other.pseudonym(&["ab", "c"]), other.pseudonym(&["a", "bc"]));
}

#[test]
fn what_is_no_record_of_the_standard_is_refused() {
    let good = as_value(&records(b"entry", &["a"])[0]);
    let with = |path: &str, value: Value| {
        let mut bad = good.clone();
        *bad.pointer_mut(path).unwrap() = value;
        LogRecord::from_json(&bad.to_string())
    };
    let zero = "0".repeat(32);
    for (path, value) in [
        ("/trace_id", json!(zero)),
        ("/trace_id", json!("4BF92F3577B34DA6A3CE929D0E0E4736")),
        ("/span_id", json!("00f067aa0ba902")),
        ("/status", json!("OK")),
        ("/start_time", json!("2026-11-22T10:00:00Z")),
        ("/end_time", json!(-1)),
        (
            "/attributes/dpl.core.processing_activity_id",
            json!("case-read"),
        ),
        ("/attributes/dpl.core.processing_activity_id", json!(14)),
        ("/attributes/dpl.core.data_subject_id", json!("123456782")),
        ("/attributes/dpl.core.data_subject_id_type", json!("")),
    ] {
        assert!(
            matches!(with(path, value.clone()), Err(Fault::Json { .. })),
            "{path} {value}"
        );
    }
    assert_eq!(with("/end_time", json!(1)), Err(Fault::Times));
    assert!(matches!(with("/name", json!("")), Err(Fault::Name { .. })));
    assert!(matches!(
        with("/name", json!("a\nb")),
        Err(Fault::Name { .. })
    ));
    for extra in [json!({"user": "j.jansen"}), json!({"dpl.extra": "x"})] {
        let mut bad = good.clone();
        let name = extra.as_object().unwrap().keys().next().unwrap().clone();
        bad["attributes"][&name] = extra[&name].clone();
        assert!(
            LogRecord::from_json(&bad.to_string()).is_err(),
            "{name} was let in"
        );
    }
    let mut half = good.clone();
    half["attributes"]
        .as_object_mut()
        .unwrap()
        .remove("dpl.core.data_subject_id_type");
    assert!(LogRecord::from_json(&half.to_string()).is_err());
    assert!(LogRecord::from_json("").is_err());
}

#[test]
fn an_activity_is_named_by_a_uri_of_its_version() {
    assert_eq!(
        activity().as_str(),
        "https://register.example.nl/case-read/2"
    );
    assert!(ActivityId::under("urn:x-samen", "report-read", 1).is_ok());
    for (base, code) in [
        ("register", "a"),
        ("https://", "a b"),
        ("https://x", "a/b"),
        ("https://x", ""),
        ("https://x y", "a"),
    ] {
        assert!(ActivityId::under(base, code, 1).is_err(), "{base} {code}");
    }
}

proptest! {
    #[test]
    fn every_record_keeps_the_schema_and_comes_back_the_same(
        unique in proptest::collection::vec(any::<u8>(), 1..40),
        people in proptest::collection::btree_set("[a-z0-9-]{1,36}", 0..5),
        name in "[\\PC]{1,200}",
        start in 0u64..4_000_000_000_000,
        length in 0u64..100_000,
        status in prop_oneof![Just(Status::Unset), Just(Status::Ok), Just(Status::Error)],
    ) {
        let schema = schema("logboek-record");
        let subjects: Vec<DataSubject> =
            people.iter().map(|id| scribe().subject(&[id], &kind())).collect();
        let processing = Processing {
            unique: &unique, activity: &activity(), name: &name,
            start_ms: start, end_ms: start + length, status, subjects: &subjects,
        };
        let Ok(made) = scribe().records(&processing) else {
            // Only a name can be refused here, and only for a sign that ends lines.
            prop_assert!(name.chars().any(char::is_control));
            return Ok(());
        };
        for record in &made {
            let value = as_value(record);
            prop_assert_eq!(faults(&schema, &value, ""), Vec::<String>::new());
            prop_assert_eq!(&LogRecord::from_json(&record.to_json()).unwrap(), record);
        }
        let ids: std::collections::BTreeSet<_> = made.iter().map(|r| (r.trace_id, r.span_id)).collect();
        prop_assert_eq!(ids.len(), made.len());
    }
}
