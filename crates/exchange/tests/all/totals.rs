//! Totals of a file against what its rows make.

use exchange::Limits;
use exchange::plan::{Totals, read_totals};
use std::path::PathBuf;

fn read(text: &str) -> Totals {
    read_totals(text.as_bytes(), &Limits::default()).unwrap()
}

const MILESTONES: &str = "Organisatie,Profiel vastgesteld?,Kosten\n\
    Gemeente A,Afgerond,\"1.200,50\"\n\
    Gemeente B,Loopt,800\n\
    Gemeente C,afgerond,99.50\n\
    Totaal:,3,2.100\n";

#[test]
fn a_total_that_its_rows_contradict_is_named_with_both_numbers() {
    let found = read(MILESTONES);
    assert_eq!((found.rows, found.checked), (3, 2));
    let [fault] = found.faults.as_slice() else {
        panic!("{:?}", found.faults);
    };
    assert_eq!((fault.line, fault.column.as_str()), (5, "2"));
    assert_eq!(
        (fault.says.as_str(), fault.makes.as_str(), fault.how),
        ("3", "2", "done")
    );
    assert_eq!(fault.name, "Profiel vastgesteld?");
}

#[test]
fn a_total_that_adds_up_is_sound() {
    let found = read(&MILESTONES.replace("Totaal:,3,", "Totaal:,2,"));
    assert_eq!(found.faults, []);
    assert_eq!(found.checked, 2);
}

#[test]
fn a_column_that_says_nothing_about_being_done_is_not_judged() {
    let found = read("naam,stand\nA,open\nB,open\nTotaal,2\n");
    assert_eq!((found.checked, found.faults.len()), (0, 0));
}

/// The published file says 13 where its rows make 10.
#[test]
fn the_published_action_plan_is_caught() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/gsa-federal-data-strategy/FDS-2020-Milestone-4-1.csv");
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!(
            "skipped: the published action plan is not here ({})",
            path.display()
        );
        return;
    };
    let found = read_totals(&bytes, &Limits::default()).unwrap();
    let [fault] = found.faults.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!((fault.says.as_str(), fault.makes.as_str()), ("13", "10"));
    assert_eq!(found.rows, 24);
}
