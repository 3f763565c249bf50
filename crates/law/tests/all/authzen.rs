//! AuthZEN on the same engine.

use jiff::Timestamp;
use law::authzen::{PROFILE, decision};
use serde_json::{Value, json};

use crate::law;

fn now() -> Timestamp {
    "2026-11-21T12:00:00+01:00".parse().unwrap()
}

fn evaluation() -> Value {
    json!({
        "subject": {"type": "organisation", "id": "POL"},
        "action": {"name": "share", "properties": {"purpose": "registration", "to": "COM"}},
        "resource": {"type": "personal-data", "id": "possible_victim",
            "properties": {"data": ["sector", "age"], "age": 29, "age_certain": true}},
        "context": {"time": "2026-11-21T11:00:00Z", "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"},
    })
}

fn evaluate(evaluation: &Value) -> Result<Value, String> {
    let law = law();
    let read = law
        .read_evaluation(evaluation.to_string().as_bytes(), now())
        .map_err(|error| error.to_string())?;
    let answer = law.decide(&read.question);
    Ok(decision(&answer, read.traceparent.as_deref()))
}

#[test]
fn what_may_go_is_a_true_with_its_reasons() {
    let out = evaluate(&evaluation()).unwrap();
    assert_eq!(out["decision"], true);
    assert_eq!(out["context"]["profile"], PROFILE);
    assert_eq!(out["context"]["answer"]["answer"], "yes");
    assert!(
        out["context"]["traceparent"]
            .as_str()
            .unwrap()
            .starts_with("00-4bf9")
    );
    assert!(
        out["context"]["reason_user"]["en"]
            .as_str()
            .unwrap()
            .starts_with("Yes")
    );
    assert_eq!(
        out["context"]["processing_activity_id"][0],
        "registration-by-duty:1"
    );
}

#[test]
fn a_part_is_not_the_whole() {
    let mut asked = evaluation();
    asked["resource"]["properties"]["data"] = json!(["sector", "identity"]);
    let out = evaluate(&asked).unwrap();
    assert_eq!(
        out["decision"], false,
        "whoever reads only the boolean may not share the rest"
    );
    assert_eq!(out["context"]["answer"]["data"], json!(["sector"]));
}

#[test]
fn what_is_uncertain_is_false() {
    let mut asked = evaluation();
    asked["subject"]["id"] = json!("IND");
    asked["action"]["properties"] = json!({"purpose": "residence", "to": "ZCO"});
    asked["resource"]["properties"]["data"] = json!(["status"]);
    let out = evaluate(&asked).unwrap();
    assert_eq!(out["decision"], false);
    assert_eq!(out["context"]["answer"]["answer"], "unclear");
}

#[test]
fn an_evaluation_that_is_none_is_an_error_that_names_the_member() {
    type Break = fn(&mut Value);
    let cases: [(&str, Break); 12] = [
        ("subject", |e| {
            e.as_object_mut().unwrap().remove("subject");
        }),
        ("subject.type", |e| e["subject"]["type"] = json!("user")),
        ("action.name", |e| e["action"]["name"] = json!("delete")),
        ("action.properties", |e| {
            e["action"]["properties"]["purpse"] = json!("x")
        }),
        ("resource.properties", |e| {
            e["resource"]["properties"]["parent_suspectd"] = json!(true)
        }),
        ("context.time", |e| {
            e["context"]["time"] = json!("yesterday")
        }),
        ("context.traceparent", |e| {
            e["context"]["traceparent"] = json!("00-xyz")
        }),
        ("context.traceparent", |e| {
            // Of the right lengths, with a letter that is no digit.
            e["context"]["traceparent"] =
                json!("00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01")
        }),
        ("context.traceparent", |e| {
            e["context"]["traceparent"] =
                json!("00-4bf92f3577b34da6a3ce929d0e0e4736-00F067AA0BA902B7-01")
        }),
        ("context.traceparent", |e| {
            // Digits, and a part that is too short.
            e["context"]["traceparent"] =
                json!("0-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        }),
        ("context.traceparent", |e| {
            e["context"]["traceparent"] =
                json!("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1")
        }),
        ("a member is unknown", |e| e["options"] = json!({})),
    ];
    for (expected, change) in cases {
        let mut asked = evaluation();
        change(&mut asked);
        let error = evaluate(&asked).unwrap_err();
        assert!(error.starts_with(expected), "{expected}: {error}");
    }
}

#[test]
fn without_a_time_the_day_is_today_in_amsterdam() {
    let law = law();
    let mut asked = evaluation();
    asked["context"] = json!({});
    asked["action"]["properties"] = json!({"purpose": "cooperation", "to": "RIEC"});
    asked["subject"]["id"] = json!("GEM-OOV");
    asked["resource"]["properties"]["data"] = json!(["company"]);
    asked["context"]["circumstances"] = json!(["inside_cooperation"]);
    let at = |now: &str| {
        let now: Timestamp = now.parse().unwrap();
        let read = law
            .read_evaluation(asked.to_string().as_bytes(), now)
            .unwrap();
        decision(&law.decide(&read.question), None)["decision"].clone()
    };
    assert_eq!(at("2025-02-28T22:59:59Z"), false);
    assert_eq!(
        at("2025-02-28T23:00:00Z"),
        true,
        "1 March has begun in Amsterdam"
    );
}

#[test]
fn the_longest_evaluation_is_read_and_one_byte_more_is_not() {
    let base = evaluation().to_string();
    let padded = |length: usize| format!("{base}{}", " ".repeat(length - base.len()));
    let law = law();
    let longest = padded(law::LONGEST);
    assert!(law.read_evaluation(longest.as_bytes(), now()).is_ok());
    let longer = padded(law::LONGEST + 1);
    let error = law.read_evaluation(longer.as_bytes(), now()).err().unwrap();
    assert_eq!(error.to_string(), "an evaluation has at most 65536 bytes");
}

#[test]
fn what_is_no_object_is_named_by_its_place() {
    let law = law();
    let said = |json: &Value| {
        let read = law.read_evaluation(json.to_string().as_bytes(), now());
        read.err().unwrap().to_string()
    };
    assert_eq!(said(&json!([])), "an evaluation is a JSON object");
    for (place, wrong) in [
        ("subject", json!("POL")),
        ("action", json!(1)),
        ("resource", json!([])),
        ("context", json!("now")),
    ] {
        let mut asked = evaluation();
        asked[place] = wrong;
        assert_eq!(said(&asked), format!("{place}: expected an object"));
    }
}
