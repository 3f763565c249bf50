//! The cells that are made from the policy files: each act as it should be, and one thing wrong at a time.

use law::{Expected, Verdict};

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
    let rows: std::collections::BTreeSet<u8> = law
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
