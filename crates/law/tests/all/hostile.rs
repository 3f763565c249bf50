//! Questions that are meant to break something: errors, never a permit, never a panic.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{With, law, question, refused};

fn whole() -> Value {
    question("POL", "COM", "registration", &["sector", "age"]).consent(&["self"], true)
}

#[test]
fn every_truncation_is_an_error() {
    let law = law();
    let text = whole().to_string();
    for end in 0..text.len() {
        assert!(law.read_question(&text.as_bytes()[..end]).is_err(), "{end}");
    }
}

#[test]
fn a_huge_question_is_an_error() {
    let law = law();
    let spaces = format!("{}{}", whole(), " ".repeat(law::LONGEST));
    assert!(law.read_question(spaces.as_bytes()).is_err());
    let many: Vec<&str> = vec!["sector"; 5_000];
    assert!(refused(&whole().with("data", json!(many))).starts_with("data"));
    let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
    assert!(law.read_question(deep.as_bytes()).is_err());
    let deep = format!(r#"{{"date": {deep}}}"#);
    assert!(law.read_question(deep.as_bytes()).is_err());
}

/// A name of a member can hold the name of a person; it is repeated only as a plain word.
#[test]
fn an_unknown_member_that_is_no_plain_word_is_not_repeated() {
    let plain = "a".repeat(40);
    let long = "a".repeat(41);
    for (name, said) in [
        (plain.as_str(), plain.as_str()),
        ("since_2", "since_2"),
        (long.as_str(), "…"),
        ("Anna", "…"),
        ("anna visser", "…"),
        ("anna-visser", "…"),
        ("ana\u{ef}s", "…"),
        ("", "…"),
    ] {
        let mut asked = whole();
        asked[name] = json!(1);
        let words = refused(&asked);
        assert!(words.starts_with(&format!("{said}: is unknown")), "{words}");
    }
}

#[test]
fn unknown_members_are_named() {
    assert!(refused(&whole().with("consnt", json!([]))).starts_with("consnt: is unknown"));
    let mut inner = whole();
    inner["subject"]["name"] = json!("x");
    assert!(refused(&inner).starts_with("subject.name: is unknown"));
    let mut inner = whole();
    inner["consent"][0]["withdrawn_on"] = json!(null);
    assert!(refused(&inner).starts_with("consent[0].withdrawn_on: is unknown"));
}

#[test]
fn a_member_that_stands_twice_is_an_error() {
    let law = law();
    for twice in [
        r#"{"date":"2026-11-21","date":"2026-11-21","from":"POL","to":"COM","purpose":"registration","data":["sector"]}"#,
        r#"{"date":"2026-11-21","from":"POL","to":"SUSPECTED","to":"COM","purpose":"registration","data":["sector"]}"#,
        r#"{"date":"2026-11-21","from":"POL","to":"COM","purpose":"registration","data":["sector"],"subject":{"parent_suspected":true,"parent_suspected":false}}"#,
    ] {
        let error = law.read_question(twice.as_bytes()).unwrap_err().to_string();
        assert!(error.contains("stands twice"), "{error}");
    }
}

#[test]
fn wrong_kinds_of_value_are_named_and_not_repeated() {
    for (member, value) in [
        ("date", json!(20261121)),
        ("date", json!("2026-02-29")),
        ("date", json!("21-11-2026")),
        ("date", json!("2026-11-21T00:00:00Z")),
        ("date", json!("+002026-11-21")),
        ("from", json!(["POL"])),
        ("from", json!("pol")),
        ("from", json!("Jan Jansen")),
        ("to", json!(null)),
        ("purpose", json!("curiosity")),
        ("data", json!("sector")),
        ("data", json!([])),
        ("data", json!([1])),
        ("circumstances", json!(["court_measure", "bribed"])),
        ("circumstances", json!({})),
        ("subject", json!("29")),
        ("consent", json!({})),
        ("consent", json!([[]])),
    ] {
        let error = refused(&whole().with(member, value.clone()));
        assert!(error.starts_with(member), "{member} {value}: {error}");
        assert!(
            !error.contains("Jansen") && !error.contains("curiosity"),
            "{error}"
        );
    }
    for age in [
        json!(-1),
        json!(121),
        json!(1.5),
        json!("29"),
        json!(1e300),
        json!(true),
    ] {
        let mut question = whole();
        question["subject"]["age"] = age;
        assert!(refused(&question).starts_with("subject.age"));
    }
    let mut kind = whole();
    kind["subject"]["kind"] = json!("criminal");
    assert!(refused(&kind).starts_with("subject.kind"));
}

#[test]
fn codes_count_only_on_their_days() {
    // The ministry of asylum and migration exists since 2 July 2024.
    let before = question("AenM", "RESEARCH", "research", &["sector"]).on("2020-01-01");
    assert!(refused(&before).starts_with("from"));
    let after = question("AenM", "RESEARCH", "research", &["sector"]);
    assert!(law().read_question(after.to_string().as_bytes()).is_ok());
}

#[test]
fn every_fault_is_told_at_once() {
    let question =
        json!({"date": "2026-11-21", "from": "X", "purpose": "y", "data": ["z"], "extra": 1});
    let error = refused(&question);
    for member in ["from", "to", "purpose", "data[0]", "extra"] {
        assert!(error.contains(&format!("{member}: ")), "{member}: {error}");
    }
}

#[test]
fn bytes_that_are_no_text_are_an_error() {
    let law = law();
    for bytes in [
        &b"\xff\xfe"[..],
        b"\0",
        b"",
        b"null",
        b"\"x\"",
        b"{\"date\": \"\\ud800\"}",
    ] {
        assert!(law.read_question(bytes).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = law().read_question(&bytes);
    }

    #[test]
    fn a_changed_byte_never_opens_what_was_closed(at in 0usize..400, byte in any::<u8>()) {
        let law = law();
        let text = question("GEM-WMO", "GEM-OOV", "barriers", &["identity"]).to_string();
        let mut bytes = text.into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(question) = law.read_question(&bytes) {
            // Another receiver or purpose may be lawful; between these two, nothing is.
            let answer = law.decide(&question);
            let same = String::from_utf8_lossy(&bytes);
            if same.contains("GEM-WMO") && same.contains("GEM-OOV") {
                prop_assert!(answer.data.is_empty());
            }
        }
    }
}

#[test]
fn an_unknown_code_is_one_fault_and_an_empty_list_another() {
    let unknown = refused(&whole().with("data", json!(["geheim"])));
    assert!(unknown.starts_with("data[0]"), "{unknown}");
    assert!(!unknown.contains("at least one"), "{unknown}");
    let empty = refused(&whole().with("data", json!([])));
    assert!(empty.starts_with("data: name at least one"), "{empty}");
}

#[test]
fn a_question_has_exactly_so_many_bytes_at_most() {
    let text = whole().to_string();
    let full = format!("{text}{}", " ".repeat(law::LONGEST - text.len()));
    assert!(law().read_question(full.as_bytes()).is_ok());
    let error = law().read_question(format!("{full} ").as_bytes());
    let error = error.unwrap_err();
    assert_eq!(error.faults().len(), 1);
    assert_eq!(
        error.to_string(),
        format!("a question has at most {} bytes", law::LONGEST)
    );
}

#[test]
fn what_is_no_json_is_told_with_its_place_and_why() {
    let told = |text: &str| {
        law()
            .read_question(text.as_bytes())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        told("{\"date\":"),
        "line 1, column 8: the JSON ends too early"
    );
    assert_eq!(told("{\n\"date\" 1}"), "line 2, column 8: this is not JSON");
    assert_eq!(
        told("{\"to\": \"COM\", \"to\": \"COM\"}"),
        "line 1, column 26: a member stands twice; leave one"
    );
}

#[test]
fn a_category_that_is_asked_twice_is_answered_once() {
    let twice = whole().with("data", json!(["sector", "age", "sector"]));
    let answer = crate::ask(&twice);
    let spoken = serde_json::to_value(answer.spoken(domain::vocabulary::Lang::Nl)).unwrap();
    assert_eq!(spoken["data"], json!(["sector", "age"]));
}
