//! The tables that are made from the files, word for word: the matrix, the register of processing activities, the ages, the duties and
//! the words of the codes, in `tests/tables.txt`.
//!
//! `UPDATE_TABLES=1 cargo nextest run -p law -E 'test(tables)'` writes the file anew; read the difference before keeping it.

use std::fmt::Write as _;

use domain::vocabulary::Lang;
use jiff::civil::date;
use law::{Key, MatrixRow};

use crate::{With, ask, law, question, refused};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tables.txt");

fn told() -> String {
    let law = law();
    let mut out = String::new();
    for lang in Lang::ALL {
        let _ = writeln!(out, "# The matrix, {lang:?}\n");
        out.push_str(&MatrixRow::text(&law.matrix(None, lang), lang));
        let _ = writeln!(out, "# The register on 22 November 2026, {lang:?}\n");
        for entry in law.register(date(2026, 11, 22), lang) {
            let members = serde_json::to_value(&entry).unwrap();
            for (name, value) in members.as_object().unwrap() {
                let _ = writeln!(out, "{name}: {value}");
            }
            out.push('\n');
        }
    }
    out.push_str("# Ages\n\n");
    for (code, kind, label) in law.age_rules() {
        let _ = writeln!(out, "{code} {kind:?}: {} / {}", label.nl, label.en);
    }
    for row in law.ages() {
        let _ = writeln!(out, "{row:?}");
    }
    out.push_str("\n# Duties\n\n");
    for duty in law.duties() {
        let _ = writeln!(out, "{duty:?}");
    }
    out.push_str("\n# Words of the codes\n\n");
    for (kind, codes) in law.cedar_words().as_object().unwrap() {
        for (code, label) in codes.as_object().unwrap() {
            let _ = writeln!(out, "{kind} {code}: {label}");
        }
    }
    out
}

#[test]
fn every_table_reads_as_it_was_reviewed() {
    let told = told();
    if std::env::var_os("UPDATE_TABLES").is_some() {
        std::fs::write(FILE, &told).unwrap();
    }
    let reviewed = std::fs::read_to_string(FILE).unwrap_or_default();
    let mut lines = told.lines().zip(reviewed.lines());
    if let Some((now, then)) = lines.find(|(now, then)| now != then) {
        panic!("reviewed: {then}\nnow:      {now}");
    }
    assert_eq!(told.lines().count(), reviewed.lines().count());
}

#[test]
fn a_question_has_a_route_and_a_day() {
    let asked = question("POL", "COM", "registration", &["sector"]).on("2026-03-04");
    let law = law();
    let read = law.read_question(asked.to_string().as_bytes()).unwrap();
    assert_eq!(law.route(&read), "POL-COM-registration");
    assert_eq!(law.day(&read), date(2026, 3, 4));
    assert!(format!("{law:?}").contains("Law"));
}

#[test]
fn the_parents_of_an_adult_are_told_nothing_and_those_of_a_child_are_part_of_the_checklist() {
    let codes = |age, certain| {
        let asked = question(
            "JZ",
            "VT",
            "child_protection",
            &["identity", "observations"],
        );
        let answer = ask(&asked.aged(age, certain));
        let all = answer.conditions.iter().map(|said| said.code.clone());
        all.collect::<Vec<_>>()
    };
    let (child, adult) = (codes(9, true), codes(30, true));
    let parents = |codes: &[String]| codes.iter().any(|code| code.contains("parents"));
    assert!(parents(&child), "{child:?}");
    assert!(!parents(&adult), "{adult:?}");
    // Notice has a rule of its own (Jeugdwet 7.3.2): who may have to sign is not who is told. In doubt the guardian is.
    let doubt = codes(17, false);
    assert!(!parents(&doubt), "{doubt:?}");
}

#[test]
fn a_duty_that_two_acts_name_stands_once_in_an_answer() {
    let answer = ask(&question(
        "POL",
        "COM",
        "registration",
        &["sector", "age", "sex"],
    ));
    let mut codes: Vec<_> = answer.obligations.iter().map(|said| &said.code).collect();
    assert!(
        codes.iter().any(|code| *code == "register_possible_victim"),
        "{codes:?}"
    );
    let all = codes.len();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), all);
}

#[test]
fn a_key_is_64_hexadecimal_digits() {
    let digits = "11".repeat(32);
    assert_eq!(
        Key::from_hex(&format!("{digits}\n")).unwrap().public(),
        Key::from_hex(&digits).unwrap().public()
    );
    for wrong in ["", "11", &digits[1..], "zz".repeat(32).as_str()] {
        assert!(Key::from_hex(wrong).is_none(), "{wrong}");
    }
}

#[test]
fn a_code_named_twice_in_a_question_counts_once() {
    let once = ask(&question("POL", "COM", "registration", &["sector", "age"]));
    let twice = ask(&question(
        "POL",
        "COM",
        "registration",
        &["sector", "age", "sector"],
    ));
    assert_eq!(
        serde_json::to_value(once.spoken(Lang::Nl)).unwrap(),
        serde_json::to_value(twice.spoken(Lang::Nl)).unwrap()
    );
}

#[test]
fn a_question_that_ends_too_early_says_so_and_every_fault_can_be_read() {
    let law = law();
    let cut = law.read_question(b"{\"date\": \"2026-11-21\"").unwrap_err();
    assert!(cut.to_string().contains("ends too early"), "{cut}");
    let twice = refused(&question("NOBODY", "NOWHERE", "registration", &["sector"]));
    let error = law
        .read_question(
            question("NOBODY", "NOWHERE", "registration", &["sector"])
                .to_string()
                .as_bytes(),
        )
        .unwrap_err();
    assert_eq!(error.faults().len(), 2, "{twice}");
}
