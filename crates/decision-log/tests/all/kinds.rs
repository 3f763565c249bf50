//! Only kinds get into a record.

use decision_log::{Evaluation, Fact, Fault};
use proptest::prelude::*;
use serde_json::{Value, json};

fn with(place: &str, value: Value) -> Result<Evaluation, Fault> {
    let mut asked = json!({
        "subject": {"type": "organisation", "id": "POL"},
        "action": {"name": "share", "properties": {"purpose": "registration"}},
        "resource": {"type": "personal-data", "properties": {"age": 29}},
        "context": {"day": "2026-11-22"},
    });
    asked[place]["more"] = value;
    Evaluation::read(&asked)
}

#[test]
fn codes_days_numbers_and_yes_or_no_are_kinds() {
    for value in [
        json!(true),
        json!(17),
        json!("EB"),
        json!("org:POL"),
        json!("2026-02-28"),
        json!(["a", "b"]),
        json!({"giver": "self", "given": "2026-01-01"}),
    ] {
        assert!(with("context", value.clone()).is_ok(), "{value}");
    }
}

#[test]
fn text_names_and_numbers_of_people_are_not() {
    let deep = json!([[[[[[[[1]]]]]]]]);
    for value in [
        json!("Blessing O."),
        json!("J. Jansen"),
        json!("een lang verhaal"),
        json!("0612345678"),
        json!("+31612345678"),
        json!("bsn-123456782"),
        json!("019b45bc-c208-7003-8dbd-9b69ab2b9f52"),
        json!("Vogelstraat 12"),
        json!("iemand@example.nl"),
        json!(""),
        json!(null),
        json!(1.5),
        json!("a".repeat(101)),
        json!({"een naam": 1}),
        deep,
    ] {
        for place in ["subject", "action", "resource", "context"] {
            assert!(with(place, value.clone()).is_err(), "{place}: {value}");
        }
    }
}

#[test]
fn a_fault_names_the_place_and_repeats_nothing() {
    let error = with("resource", json!({"who": "Blessing O."}))
        .unwrap_err()
        .to_string();
    assert!(error.contains("resource.more.who"), "{error}");
    assert!(!error.contains("Blessing"));
}

#[test]
fn a_question_is_whole() {
    for missing in ["subject", "action", "resource"] {
        let mut asked = json!({"subject": {}, "action": {}, "resource": {}});
        asked.as_object_mut().unwrap().remove(missing);
        assert!(Evaluation::read(&asked).is_err(), "{missing}");
    }
    assert!(
        Evaluation::read(&json!({"subject": {}, "action": {}, "resource": {}, "user": {}}))
            .is_err()
    );
    assert!(Evaluation::read(&json!([])).is_err());
}

proptest! {
    #[test]
    fn no_row_of_six_digits_ever_gets_in(before in "[a-z]{1,5}", digits in "[0-9]{6,12}", after in "[a-z-]{0,5}") {
        let code = format!("{before}{digits}{after}");
        prop_assert!(Fact::code(&code).is_err());
    }

    #[test]
    fn nothing_with_a_space_ever_gets_in(text in "[A-Za-z]{1,10} [A-Za-z]{1,10}") {
        prop_assert!(Fact::code(&text).is_err());
        prop_assert!(with("context", json!(text)).is_err());
    }
}
