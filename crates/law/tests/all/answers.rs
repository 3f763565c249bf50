//! Whole answers, word for word: the questions that people ask and a sample of all cells, in `tests/answers.txt`.
//!
//! `UPDATE_ANSWERS=1 cargo nextest run -p law -E 'test(answers)'` writes the file anew; read the difference before keeping it.

use std::fmt::Write as _;

use domain::vocabulary::Lang;
use serde_json::{Value, json};

use crate::{With, ask, law, question};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/answers.txt");

/// Questions that show each part of an answer: whole and partly yes, no by silence and by prohibition, unclear, before the table, consents that count and
/// that do not and why, minors with and without a suspected parent, duties, and ways that would be allowed.
fn asked() -> Vec<Value> {
    let care = || question("ZCO", "POL", "investigation", &["identity", "observations"]);
    let register = |data: &[&str]| question("ZCO", "COM", "registration", data);
    vec![
        question("POL", "COM", "registration", &["sector", "age", "sex"]),
        question(
            "POL",
            "COM",
            "registration",
            &["sector", "identity", "statement"],
        ),
        question("POL", "SUSPECTED", "care", &["identity", "age"]),
        question("IND", "ZCO", "residence", &["status"]),
        question("ZCO", "MAYOR", "barriers", &["company", "medical"]),
        care(),
        care().so(&["acute_danger"]),
        care().consent(&["self"], true),
        care().aged(16, true).so(&["parent_suspected"]),
        care().on("2017-01-01"),
        register(&["sector", "age"]),
        register(&["sector", "age"]).consent(&["self"], false),
        register(&["sector", "age", "medical"]).consent(&["self"], true),
        register(&["sector", "age"])
            .aged(15, true)
            .consent(&["self"], true),
        register(&["sector", "age"])
            .aged(15, true)
            .consent(&["parents"], true),
        register(&["sector", "age"])
            .aged(15, true)
            .so(&["parent_suspected"])
            .consent(&["parents", "guardian"], true),
        register(&["sector", "age"])
            .aged(17, false)
            .consent(&["self", "one_parent"], true),
        withdrawn(register(&["sector", "age"]).consent(&["self"], true)),
        other_purpose(register(&["sector", "age"]).consent(&["self"], true)),
        question(
            "JZ",
            "VT",
            "child_protection",
            &["identity", "observations"],
        )
        .aged(9, true),
        question("JZ", "POL", "investigation", &["identity", "observations"]).aged(16, true),
        question(
            "NLA",
            "COM",
            "registration",
            &["sector", "period", "reporter"],
        ),
        question("POL", "ZVH", "cooperation", &["identity", "safety"]).so(&["inside_cooperation"]),
        question("OM", "VICTIM", "inform_victim", &["dates", "status"]).so(&["victim_opted_in"]),
        question(
            "COM",
            "RESEARCH",
            "research",
            &["sector", "age", "identity"],
        ),
    ]
}

fn withdrawn(mut question: Value) -> Value {
    question["consent"][0]["withdrawn"] = question["date"].clone();
    question
}

fn other_purpose(mut question: Value) -> Value {
    question["consent"][0]["purpose"] = json!("care");
    question["consent"][0]["recipients"] = json!(["ZCO"]);
    question
}

fn told() -> String {
    let mut out = String::new();
    let cells = law().cells();
    let cells = cells.iter().step_by(37).map(|cell| cell.question.clone());
    for question in asked().into_iter().chain(cells) {
        let answer = ask(&question);
        let mut nl = serde_json::to_value(answer.spoken(Lang::Nl)).unwrap();
        let en = serde_json::to_value(answer.spoken(Lang::En)).unwrap();
        // The digest changes with every file; what it says is tested by the signatures.
        nl["policy_version"] = json!("…");
        let _ = writeln!(out, "? {question}");
        let (headline, engine) = (&answer.headline, answer.engine_failed);
        let _ = writeln!(out, "  {} / {} failed={engine}", headline.nl, headline.en);
        for (name, value) in nl.as_object().unwrap() {
            let _ = writeln!(out, "  {name}: {value}");
        }
        let _ = writeln!(out, "  en: {} | {}\n", en["explanation"], en["instead"]);
    }
    out
}

#[test]
fn every_answer_reads_as_it_was_reviewed() {
    let told = told();
    if std::env::var_os("UPDATE_ANSWERS").is_some() {
        std::fs::write(FILE, &told).unwrap();
    }
    let reviewed = std::fs::read_to_string(FILE).unwrap_or_default();
    let differs = told
        .lines()
        .zip(reviewed.lines())
        .find(|(now, then)| now != then);
    if let Some((now, then)) = differs {
        panic!("reviewed: {then}\nnow:      {now}");
    }
    assert_eq!(told.lines().count(), reviewed.lines().count());
}

#[test]
fn the_facts_of_a_decision_tell_what_goes_and_what_stays() {
    let law = law();
    let asked =
        question("ZCO", "POL", "acute_danger", &["safety", "care_needs"]).so(&["acute_danger"]);
    let read = law.read_question(asked.to_string().as_bytes()).unwrap();
    let facts = law.facts(&read, &law.decide(&read));
    let said = |fact: &str| facts.iter().any(|one| one == fact);
    assert!(said("goes:safety") && said("stays:care_needs"), "{facts:?}");
    assert!(
        !said("stays:safety") && !said("goes:care_needs"),
        "{facts:?}"
    );
    assert!(said("age:adult") && !said("parent_suspected"), "{facts:?}");
}
