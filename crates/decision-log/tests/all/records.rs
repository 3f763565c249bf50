//! The record against its schema, and the replay.

use decision_log::{
    Answer, DRAFT, Evaluation, Fact, Fault, Ground, Group, Ids, Policies, Record, Replay, Verdict,
    Withheld, replay,
};
use logboek::{Key, Scribe, SpanId, SubjectType, TraceId};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::schema::{faults, schema};

fn ids(n: u8) -> Ids {
    Ids {
        trace_id: TraceId::new([n; 16]).unwrap(),
        span_id: SpanId::new([n; 8]).unwrap(),
        parent_span_id: None,
    }
}

fn policies(version: &str) -> Policies {
    Policies::new("sharing", version, "5557c29e").unwrap()
}

fn asked(age: i64) -> Evaluation {
    Evaluation {
        subject: Group::of([
            ("type", Fact::code("organisation").unwrap()),
            ("id", Fact::code("POL").unwrap()),
        ])
        .unwrap(),
        action: Group::of([("name", Fact::code("share").unwrap())]).unwrap(),
        resource: Group::of([
            ("age", Fact::Number(age)),
            ("data", Fact::codes(["age", "identity"]).unwrap()),
        ])
        .unwrap(),
        context: Group::of([("day", Fact::day("2026-11-22").unwrap())]).unwrap(),
    }
}

/// A law of one rule, in two versions: from 2026-2 the age of consent is 18.
fn law(policies: &Policies, asked: &Evaluation, _at: u64) -> Result<Answer, String> {
    let from = match policies.version.as_str() {
        "2026-1" => 16,
        "2026-2" => 18,
        _ => return Err("this version is not at hand".to_owned()),
    };
    let Some(Fact::Number(age)) = asked.resource.get("age") else {
        return Err("no age".to_owned());
    };
    let verdict = if *age >= from {
        Verdict::Yes
    } else {
        Verdict::No
    };
    Ok(Answer {
        grounds: vec![Ground {
            act: "consent".to_owned(),
            article: "AVG 6(1)(a)".to_owned(),
        }],
        ..Answer::new(verdict)
    })
}

fn decided(version: &str, age: i64) -> Record {
    let policies = policies(version);
    let answer = law(&policies, &asked(age), 0).unwrap();
    Record::decided(ids(1), 1_795_000_000_000, &policies, asked(age), answer).unwrap()
}

#[test]
fn examples_of_the_schema_are_records() {
    let schema = schema("decision-record");
    for example in schema["examples"].as_array().unwrap() {
        assert_eq!(faults(&schema, example, ""), Vec::<String>::new());
        let record = Record::from_json(&example.to_string()).unwrap();
        assert_eq!(
            &serde_json::from_str::<Value>(&record.to_json()).unwrap(),
            example
        );
    }
}

#[test]
fn a_stored_decision_is_decided_again_by_the_law_of_its_day() {
    for (version, age) in [
        ("2026-1", 15),
        ("2026-1", 17),
        ("2026-2", 17),
        ("2026-2", 18),
    ] {
        let line = decided(version, age).to_json();
        let record = Record::from_json(&line).unwrap();
        assert_eq!(replay(&record, &law), Replay::Same, "{version} {age}");
    }
    // Under the law of today the same question would have another answer: the replay asks the law of then.
    assert_ne!(
        decided("2026-1", 17).body.response,
        decided("2026-2", 17).body.response
    );
}

#[test]
fn an_altered_record_or_policy_shows_in_the_replay() {
    let mut record = decided("2026-1", 15);
    record.body.response = Some(Answer::new(Verdict::Yes));
    assert!(
        matches!(replay(&record, &law), Replay::Different { now } if now.verdict == Verdict::No)
    );
    let mut other_ground = decided("2026-1", 15);
    other_ground.body.response.as_mut().unwrap().grounds.clear();
    assert!(matches!(
        replay(&other_ground, &law),
        Replay::Different { .. }
    ));
    let gone = Record::decided(
        ids(1),
        1,
        &policies("2019-1"),
        asked(20),
        Answer::new(Verdict::No),
    )
    .unwrap();
    assert_eq!(
        replay(&gone, &law),
        Replay::NotPossible {
            why: "this version is not at hand".to_owned()
        }
    );
    let failed = Record::failed(ids(1), 1, &policies("2026-1"), asked(20));
    assert_eq!(failed.status, logboek::Status::Error);
    assert!(matches!(replay(&failed, &law), Replay::NotPossible { .. }));
}

#[test]
fn a_no_is_a_decision_and_a_failure_is_none() {
    let no = decided("2026-1", 3);
    assert_eq!(no.status, logboek::Status::Unset);
    let mut wrong = no.clone();
    wrong.status = logboek::Status::Error;
    assert_eq!(wrong.check(), Err(Fault::Status));
    let mut wrong = no.clone();
    wrong.body.response = None;
    assert_eq!(wrong.check(), Err(Fault::Status));
    let mut whole = no;
    whole.body.response.as_mut().unwrap().whole = true;
    assert_eq!(whole.check(), Err(Fault::Status), "a no that shares all");
}

#[test]
fn a_record_of_another_draft_is_refused() {
    let mut record = decided("2026-1", 3);
    record
        .resource
        .insert("draft".to_owned(), "adl-1.0.0".to_owned());
    assert_eq!(
        Record::from_json(&record.to_json()),
        Err(Fault::Draft { expected: DRAFT })
    );
    record.resource.remove("draft");
    assert!(record.check().is_err());
    let mut other = decided("2026-1", 3);
    other.event_name = "adl.search_subject".to_owned();
    assert!(other.check().is_err());
}

#[test]
fn the_person_of_a_case_stands_under_the_pseudonym_of_the_logboek() {
    let scribe = Scribe::new(Key::new([9; 32]), [("service.name", "x")]).unwrap();
    let kind = SubjectType::new("https://register.example.nl/subjects/record").unwrap();
    let record = decided("2026-1", 3)
        .about(scribe.subject(&["case", "0199-4711"], &kind))
        .by_engine("cedar", "4.14.1");
    record.check().unwrap();
    let line = record.to_json();
    assert!(!line.contains("4711"));
    let schema = schema("decision-record");
    assert_eq!(
        faults(&schema, &serde_json::from_str(&line).unwrap(), ""),
        Vec::<String>::new()
    );
    let mut half = record;
    half.attributes.data_subject_id_type = None;
    assert!(half.check().is_err());
}

#[test]
fn an_unknown_member_is_refused() {
    let good: Value = serde_json::from_str(&decided("2026-1", 3).to_json()).unwrap();
    for path in [
        "",
        "/attributes",
        "/body",
        "/body/adl.core.request",
        "/body/adl.core.response",
        "/body/adl.core.response/context",
    ] {
        let mut bad = good.clone();
        bad.pointer_mut(path).unwrap()["user"] = json!("anna");
        assert!(Record::from_json(&bad.to_string()).is_err(), "{path}");
    }
}

fn code() -> impl Strategy<Value = String> {
    "[a-z][a-z_]{0,12}"
}

fn answers() -> impl Strategy<Value = Answer> {
    let verdict = prop_oneof![
        Just(Verdict::Yes),
        Just(Verdict::No),
        Just(Verdict::Unclear)
    ];
    let codes = || proptest::collection::vec(code(), 0..4);
    (verdict, any::<bool>(), codes(), codes(), codes(), codes()).prop_map(
        |(verdict, whole, acts, data, held, conditions)| Answer {
            verdict,
            whole: whole && verdict == Verdict::Yes,
            grounds: acts
                .into_iter()
                .map(|act| Ground {
                    act,
                    article: "AVG 6(1)(e)".to_owned(),
                })
                .collect(),
            data,
            withheld: held
                .into_iter()
                .map(|data| Withheld {
                    data,
                    why: "not_needed".to_owned(),
                })
                .collect(),
            conditions,
            activities: vec!["handover:1".to_owned()],
        },
    )
}

proptest! {
    #[test]
    fn every_record_keeps_the_schema_and_comes_back_the_same(answer in answers(), age in 0i64..120, at in 0u64..4_000_000_000_000) {
        let record = Record::decided(ids(7), at, &policies("2026-1"), asked(age), answer.clone()).unwrap();
        let value: Value = serde_json::from_str(&record.to_json()).unwrap();
        prop_assert_eq!(faults(&schema("decision-record"), &value, ""), Vec::<String>::new());
        let read = Record::from_json(&record.to_json()).unwrap();
        prop_assert_eq!(&read, &record);
        let same = |_: &Policies, _: &Evaluation, _: u64| Ok::<_, String>(answer.clone());
        prop_assert_eq!(replay(&read, &same), Replay::Same);
    }
}
