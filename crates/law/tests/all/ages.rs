//! The age rules: who consents, who may see, who is told.

use crate::{With, ask, law, question, says};

fn who(rule: &str, age: Option<u8>, certain: bool, suspected: bool) -> Vec<String> {
    let says = law().age_rule(rule, age, certain, suspected).unwrap();
    says.who.iter().map(|givers| givers.join("+")).collect()
}

#[test]
fn the_table_of_consent_to_help() {
    for (age, expected) in [
        (0, vec!["parents", "guardian"]),
        (11, vec!["parents", "guardian"]),
        (12, vec!["self+parents", "self+guardian"]),
        (15, vec!["self+parents", "self+guardian"]),
        (16, vec!["self"]),
        (17, vec!["self"]),
        (18, vec!["self"]),
        (120, vec!["self"]),
    ] {
        assert_eq!(who("care", Some(age), true, false), expected, "{age}");
    }
    assert_eq!(
        who("care", Some(29), false, false),
        ["self+parents", "self+guardian"]
    );
    assert_eq!(
        who("care", None, true, false),
        ["self+parents", "self+guardian"]
    );
}

#[test]
fn the_table_of_consent_to_registration() {
    for (age, expected) in [
        (11, vec!["parents", "guardian"]),
        (12, vec!["parents", "guardian"]),
        (15, vec!["parents", "guardian"]),
        (16, vec!["self"]),
        (29, vec!["self"]),
    ] {
        assert_eq!(
            who("registration", Some(age), true, false),
            expected,
            "{age}"
        );
    }
    assert_eq!(
        who("registration", Some(29), false, false),
        ["parents", "guardian"]
    );
}

#[test]
fn the_tables_of_access_and_notice() {
    assert_eq!(
        who("own_file", Some(9), true, false),
        ["parents", "guardian"]
    );
    assert_eq!(
        who("own_file", Some(13), true, false),
        ["self", "parents", "guardian"]
    );
    assert_eq!(who("own_file", Some(16), true, false), ["self"]);
    assert_eq!(who("file_to_others", Some(13), true, false), ["self"]);
    assert_eq!(who("notice", Some(9), true, false), ["parents", "guardian"]);
    assert_eq!(who("notice", Some(17), true, false), ["self"]);
}

#[test]
fn a_suspected_parent_drops_out_of_consent_access_and_notice() {
    for rule in [
        "care",
        "registration",
        "own_file",
        "file_to_others",
        "notice",
    ] {
        for age in [Some(3), Some(13), Some(17), Some(40), None] {
            for certain in [true, false] {
                let left = who(rule, age, certain, true);
                assert!(
                    !left.iter().any(|who| who.contains("parent")),
                    "{rule} {age:?}: {left:?}"
                );
            }
        }
    }
    assert_eq!(who("care", Some(9), true, true), ["guardian"]);
    assert_eq!(who("care", Some(14), true, true), ["self+guardian"]);
}

#[test]
fn doubt_means_minor() {
    let law = law();
    assert!(law.age_rule("care", Some(40), false, false).unwrap().minor);
    assert!(law.age_rule("care", None, true, false).unwrap().minor);
    assert!(!law.age_rule("care", Some(18), true, false).unwrap().minor);
    assert!(law.age_rule("care", Some(17), true, false).unwrap().minor);
    let register = question("ZCO", "COM", "registration", &["sector"]);
    let alone = |age, certain| {
        says(&ask(&register
            .clone()
            .aged(age, certain)
            .consent(&["self"], true)))
    };
    assert_eq!(alone(29, true), "yes");
    assert_eq!(alone(29, false), "unclear");
    assert_eq!(alone(16, true), "yes");
    assert_eq!(alone(16, false), "unclear");
}

#[test]
fn a_child_registered_by_care_needs_parents_or_guardian_and_never_a_suspected_parent() {
    let register = question("ZCO", "COM", "registration", &["sector", "age"]).aged(14, true);
    assert_eq!(
        says(&ask(&register.clone().consent(&["parents"], true))),
        "yes"
    );
    assert_eq!(
        says(&ask(&register.clone().consent(&["one_parent"], true))),
        "unclear"
    );
    assert_eq!(
        says(&ask(&register.clone().consent(&["guardian"], true))),
        "yes"
    );
    let mut suspected = register.consent(&["parents"], true);
    suspected["subject"]["parent_suspected"] = true.into();
    assert_eq!(says(&ask(&suspected)), "unclear");
    let by_circumstance = question("ZCO", "COM", "registration", &["sector"])
        .aged(14, true)
        .consent(&["parents"], true)
        .so(&["parent_suspected"]);
    assert_eq!(says(&ask(&by_circumstance)), "unclear");
    let answer = ask(&suspected);
    assert_eq!(answer.consents[0].why.code, "consent_parent_suspected");
    let guardian = suspected.consent(&["guardian"], true);
    assert_eq!(says(&ask(&guardian)), "yes");
}

#[test]
fn the_checklist_tells_the_parents_or_keeps_them_out() {
    let board = question("JZ", "RVDK", "child_protection", &["observations"]);
    let codes = |question| -> Vec<String> {
        ask(&question)
            .conditions
            .into_iter()
            .map(|c| c.code)
            .collect()
    };
    let small = codes(board.clone().aged(9, true));
    assert!(small.contains(&"inform_parents".to_owned()));
    let older = codes(board.clone().aged(17, true));
    assert!(!older.contains(&"inform_parents".to_owned()));
    let mut suspected = board.aged(9, true);
    suspected["subject"]["parent_suspected"] = true.into();
    let suspected = codes(suspected);
    assert_eq!(suspected[0], "parents_excluded");
    assert!(!suspected.contains(&"inform_parents".to_owned()));
}

#[test]
fn an_age_that_is_not_known_is_null_or_left_out_and_counts_as_a_minors() {
    let mut null = question("COM", "COSM", "shelter", &["safety"]);
    null["subject"]["age"] = serde_json::Value::Null;
    let mut absent = null.clone();
    absent["subject"].as_object_mut().unwrap().remove("age");
    for asked in [null, absent] {
        let read = law().read_question(asked.to_string().as_bytes()).unwrap();
        let facts = law().facts(&read, &law().decide(&read));
        assert!(
            facts.iter().any(|fact| fact == "age:uncertain"),
            "{facts:?}"
        );
    }
}
