//! Why each category stays, what each consent is worth and what would be allowed instead, for every act of the law: all data are asked at once,
//! and then with one thing wrong. In `tests/reasons.txt`, by code and in the words that a professional reads.
//!
//! `UPDATE_REASONS=1 cargo nextest run -p law -E 'test(reasons)'` writes the file anew; read the difference before keeping it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use domain::vocabulary::Lang;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::consent::codes;
use crate::{With, ask, law};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reasons.txt");

/// The question of each act as it is carried, with every category of data.
fn of_every_act() -> Vec<(String, Value)> {
    let mut seen = BTreeSet::new();
    let mut cells = law().cells();
    cells.retain(|cell| seen.insert(cell.act.clone()));
    let all = codes("data_categories");
    let whole = |cell: law::Cell| (cell.act, cell.question.with("data", json!(all)));
    cells.into_iter().map(whole).collect()
}

/// The same with one thing wrong: the purpose, the day, nothing consented, another giver, consent by word of mouth, consent to less or to others, and
/// somebody young whose parent is suspected.
fn with_one_thing_wrong(act: &str, asked: &Value) -> Vec<(&'static str, Value)> {
    let consents = |change: &dyn Fn(&mut Value)| -> Value {
        let mut list = asked["consent"].clone();
        list.as_array_mut().into_iter().flatten().for_each(change);
        asked.clone().with("consent", list)
    };
    let mut out = vec![
        ("as it is", asked.clone()),
        ("for care", asked.clone().with("purpose", json!("care"))),
        (
            "for figures",
            asked.clone().with("purpose", json!("registration")),
        ),
        (
            "too early",
            asked
                .clone()
                .on(&day_before(act))
                .with("consent", json!([])),
        ),
        ("no circumstance", asked.clone().so(&[])),
        (
            "a child of nine, parent suspected",
            asked.clone().aged(9, true).so(&["parent_suspected"]),
        ),
    ];
    if asked["consent"]
        .as_array()
        .is_some_and(|list| !list.is_empty())
    {
        out.extend([
            ("no consent", asked.clone().with("consent", json!([]))),
            (
                "of one parent",
                consents(&|one| one["giver"] = json!("one_parent")),
            ),
            (
                "by word of mouth",
                consents(&|one| one["written"] = json!(false)),
            ),
            (
                "for something else",
                consents(&|one| one["purpose"] = json!("research")),
            ),
            (
                "for somebody else",
                consents(&|one| one["recipients"] = json!(["RESEARCH"])),
            ),
            (
                "to other data",
                consents(&|one| one["data"] = json!(["language"])).with("data", but_language()),
            ),
            (
                "of the parents of a child of nine, one suspected",
                consents(&|one| one["giver"] = json!("parents"))
                    .aged(9, true)
                    .so(&["parent_suspected"]),
            ),
            (
                "taken back",
                consents(&|one| one["withdrawn"] = asked["date"].clone()),
            ),
        ]);
    }
    out
}

fn but_language() -> Value {
    let mut data = codes("data_categories");
    data.retain(|code| code != "language");
    json!(data)
}

/// The last day before the act held: its name ends in its first day.
fn day_before(act: &str) -> String {
    let first = act
        .rsplit('@')
        .next()
        .and_then(|day| day.parse::<Date>().ok());
    let first = first.unwrap_or(date(2018, 5, 25));
    first.yesterday().unwrap().to_string()
}

fn told() -> String {
    let mut told = String::new();
    for (act, asked) in of_every_act() {
        let mut as_it_is = String::new();
        for (wrong, question) in with_one_thing_wrong(&act, &asked) {
            let _ = write!(told, "{act}, {wrong}: ");
            let said = said(&question);
            if said == as_it_is {
                told.push_str("the same as it is\n");
                continue;
            }
            told.push_str(&said);
            if as_it_is.is_empty() {
                as_it_is = said;
            }
        }
    }
    told
}

fn said(question: &Value) -> String {
    let mut out = String::new();
    let answer = ask(question).spoken(Lang::Nl);
    let spoken = serde_json::to_value(&answer).unwrap();
    let _ = writeln!(out, "{}", text(&spoken["explanation"]));
    let _ = writeln!(out, "  goes: {}", words(&spoken["data"]));
    let mut stays: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in spoken["withheld"].as_array().unwrap() {
        let why = format!("{}: {}", text(&one["code"]), text(&one["why"]));
        stays.entry(why).or_default().push(text(&one["data"]));
    }
    for (why, data) in stays {
        let _ = writeln!(out, "  stays, {why} ({})", data.join(" "));
    }
    for one in spoken["consents"].as_array().unwrap() {
        let _ = writeln!(
            out,
            "  consent, {}: {}",
            text(&one["code"]),
            text(&one["why"])
        );
    }
    let _ = writeln!(out, "  instead: {}", words(&spoken["instead"]));
    let _ = writeln!(out, "  owed: {}", words(&spoken["obligations"]));
    out
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn words(list: &Value) -> String {
    let words: Vec<String> = list.as_array().into_iter().flatten().map(text).collect();
    words.join(" ")
}

#[test]
fn every_reason_reads_as_it_was_reviewed() {
    let told = told();
    if std::env::var_os("UPDATE_REASONS").is_some() {
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

/// Each reason that the texts have is given to somebody: a reason that no question can get is a mistake in the rules or a text too many.
#[test]
fn no_reason_is_never_given() {
    let told = told();
    for code in [
        "why_not_needed",
        "why_purpose",
        "why_date",
        "why_only",
        "why_excluded",
        "why_forbidden",
        "why_unclear",
        "why_withdrawn",
        "why_no_ground",
        "consent_counts",
        "consent_other_purpose",
        "consent_other_recipient",
        "consent_other_data",
        "consent_withdrawn",
        "consent_giver",
        "consent_oral",
        "consent_parent_suspected",
    ] {
        assert!(told.contains(code), "{code} is never given");
    }
}
