//! The cells that are made from the policy files: each act as it should be, and one thing wrong at a time.

use std::collections::{BTreeMap, BTreeSet};

use law::{Expected, Files, Verdict};

use crate::law;

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

/// The grounds of each act as its file has them: law and article.
fn grounds_in_files() -> BTreeMap<String, Vec<(String, String)>> {
    let files = Files::built_in();
    let acts = files.iter().filter(|(name, _)| name.starts_with("acts/"));
    acts.map(|(_, text)| {
        let act: toml::Table = text.parse().unwrap();
        let word = |table: &toml::Value, member: &str| table[member].as_str().unwrap().to_owned();
        let grounds = act.get("ground").and_then(toml::Value::as_array);
        let grounds = grounds.into_iter().flatten();
        let named = grounds.map(|g| (word(g, "law"), word(g, "article")));
        (act["id"].as_str().unwrap().to_owned(), named.collect())
    })
    .collect()
}

#[test]
fn an_answer_names_every_ground_of_its_acts_once() {
    let (law, files) = (law(), grounds_in_files());
    let mut shared = 0;
    for cell in law.cells() {
        let question = law
            .read_question(cell.question.to_string().as_bytes())
            .unwrap();
        let answer = law.decide(&question);
        let once: BTreeSet<_> = (answer.grounds.iter())
            .map(|g| (&g.law.nl, &g.article, g.row))
            .collect();
        assert_eq!(once.len(), answer.grounds.len(), "{}: twice", cell.name);
        let mut rest = 0;
        for key in &answer.acts {
            let known = files.keys().filter(|id| key.starts_with(id.as_str()));
            let id = known.max_by_key(|id| id.len()).unwrap();
            rest += files[id].len();
            for (_, article) in &files[id] {
                let named = answer.grounds.iter().any(|g| g.article == *article);
                assert!(named, "{}: {id} without art. {article}", cell.name);
            }
        }
        shared += usize::from(rest > answer.grounds.len());
    }
    assert!(shared > 0, "no two acts of an answer rest on one ground");
}
