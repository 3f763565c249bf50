//! The cells that are made from the policy files: each act as it should be, and one thing wrong at a time.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::vocabulary::Vocabulary;
use law::{Expected, Files, Law, Verdict};

use crate::{law, question};

#[test]
fn every_cell_gives_what_its_act_says() {
    let law = law();
    let cells = law.cells();
    assert!(cells.len() > 1_000, "only {} cells", cells.len());
    let mut wrong = Vec::new();
    for cell in &cells {
        let question = law
            .read_question(cell.question.to_string().as_bytes())
            .unwrap_or_else(|error| panic!("{} {}: {error}", cell.act, cell.name));
        let carried = law.carried_by(&question).expect("the engine answers");
        let answer = law.decide(&question);
        let right = match cell.expected {
            Expected::Carried => {
                carried.contains(&cell.act)
                    && answer.verdict != Verdict::No
                    && answer
                        .withheld
                        .iter()
                        .all(|held| !answer.data.contains(&held.data))
            }
            Expected::NotByThisAct => !carried.contains(&cell.act),
            Expected::Never => answer.verdict == Verdict::No && answer.data.is_empty(),
        };
        if !right {
            wrong.push(format!("{} {}: {:?}", cell.act, cell.name, cell.expected));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_row_and_every_act_has_cells() {
    let law = law();
    let cells = law.cells();
    let rows: BTreeSet<u8> = law
        .matrix(None, domain::vocabulary::Lang::Nl)
        .iter()
        .inspect(|row| {
            let mine = cells.iter().filter(|cell| cell.act.starts_with(&row.act));
            assert!(mine.count() > 0, "{} has no cells", row.act);
        })
        .filter_map(|row| row.row)
        .collect();
    assert_eq!(rows, (1..=35).collect(), "a row of the matrix has no act");
}

/// Each purpose, sender and receiver that an act names is asked of it.
#[test]
fn every_cell_asks_what_its_name_says() {
    let law = law();
    let cells = law.cells();
    let asked = |act: &str, member: &str| -> BTreeSet<String> {
        (cells.iter())
            .filter(|cell| cell.act == act && cell.expected == Expected::Carried)
            .filter_map(|cell| cell.question[member].as_str().map(str::to_owned))
            .collect()
    };
    let mut several = 0;
    for cell in cells.iter().filter(|cell| cell.name.starts_with("for ")) {
        let purpose = cell.name.trim_start_matches("for ");
        assert_eq!(cell.question["purpose"], purpose, "{}", cell.act);
        several += usize::from(asked(&cell.act, "purpose").len() > 1);
    }
    assert!(several > 1, "no act with two purposes");
}

/// An act of its own for one category, on one article.
pub(crate) fn act(id: &str, data: &str, article: &str) -> String {
    format!(
        r#"
id = "{id}"
row = 9
title_nl = "De politie vertelt de GGD iets"
title_en = "The police tell the GGD something"
from = ["POL"]
to = ["GGD"]
purposes = ["care"]
data = ["{data}"]
valid_from = 2026-01-01
certainty = "B"
source = "an example"

[activity]
id = "{id}"
version = 1
dpv_purposes = ["dpv:ServiceProvision"]
dpv_legal_bases = ["eu-gdpr:A6-1-e"]

[[ground]]
law = "Wpg"
article = "{article}"
"#
    )
}

#[test]
fn an_answer_names_each_ground_of_its_acts_once() {
    let files = Files::built_in()
        .with("acts/97-example.toml", act("97-example", "language", "18"))
        .with("acts/98-example.toml", act("98-example", "safety", "18"))
        .with("acts/99-example.toml", act("99-example", "sex", "19"));
    let vocabulary = Arc::new(Vocabulary::builtin().unwrap().clone());
    let law = Law::open_unsigned(&files, &vocabulary).unwrap_or_else(|error| panic!("{error}"));
    let asked = question("POL", "GGD", "care", &["language", "safety", "sex"]);
    let read = law.read_question(asked.to_string().as_bytes()).unwrap();
    let answer = law.decide(&read);
    assert_eq!(answer.verdict, Verdict::Yes);
    assert_eq!((answer.acts.len(), answer.activities.len()), (3, 3));
    let mut articles: Vec<&str> = answer.grounds.iter().map(|g| g.article.as_str()).collect();
    articles.sort_unstable();
    assert_eq!(articles, ["18", "19"]);
    let letters: Vec<&str> = answer
        .grounds
        .iter()
        .map(|g| g.certainty.letter())
        .collect();
    assert_eq!(letters, ["B", "B"]);
}
