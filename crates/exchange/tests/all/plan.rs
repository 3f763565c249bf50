//! The plan's actions.

use exchange::plan::{ActionRow, COLUMNS, read_actions, write_actions_csv, write_actions_xlsx};
use exchange::{Codes, FileError, Import, Limits};
use jiff::civil::date;
use proptest::prelude::*;

fn codes() -> Codes {
    Codes {
        organisations: Codes::set(["JENV", "VWS", "COM", "VNG"]),
        lines: Codes::set(["1", "2", "3"]),
        ages: Codes::set(["minor", "adult"]),
        indicators: Codes::set(["I1", "I2"]),
        ..Codes::common()
    }
}

fn try_read(bytes: &[u8]) -> Result<Import<ActionRow>, FileError> {
    read_actions(
        "plan.csv",
        bytes,
        &codes(),
        date(2026, 11, 21),
        &Limits::default(),
    )
}

fn read(text: &str) -> Import<ActionRow> {
    try_read(text.as_bytes()).expect("readable")
}

fn full(line: &str) -> Import<ActionRow> {
    read(&format!("{}\n{line}\n", COLUMNS.join(",")))
}

const SOUND: &str = "3.b,3,Passende opvang,\"Eén manier, voor allen\",bescherming,VWS,COM;VNG,SU;AU,adult,Ieder een plek,2026-01-01,31-12-2026,loopt,2026-11-01,250000,I1,https://example.nl/a";

#[test]
fn a_sound_action_is_read_whole() {
    let import = full(SOUND);
    assert_eq!(import.refused, []);
    let action = &import.accepted[0].value;
    assert_eq!(action.involved, ["COM", "VNG"]);
    assert_eq!(action.end, Some(date(2026, 12, 31)));
    assert_eq!(action.budget_eur, Some(250_000));
    assert_eq!(action.description, "Eén manier, voor allen");
}

#[test]
fn every_fault_of_a_row_is_named() {
    let import = full(
        "3.b,9,,x,y,JENV;VWS,COM;XYZ,SU;ZZ,oud,r,2026-06-01,2026-05-01,bezig,2027-01-01,1.5 mln,I9,javascript:alert(1)",
    );
    let found: Vec<_> = import
        .refused
        .iter()
        .map(|r| (r.field.as_str(), r.expected.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("line", "one of 1, 2, 3"),
            ("title", "a value; this field is required"),
            (
                "holder",
                "exactly one organisation; put the others under `involved`"
            ),
            (
                "status",
                "one of afgerond, loopt, niet_gestart, structureel_geborgd, vertraagd, vervallen"
            ),
            ("end", "a day on or after `start`"),
            ("status_date", "a day up to 2026-11-21"),
            ("budget_eur", "whole euros, digits only"),
            ("involved", "for `XYZ`: one of COM, JENV, VNG, VWS"),
            (
                "forms",
                "for `ZZ`: one of AU, BE, CU, DI, DM, EB, GH, IA, NW, ON, OR, SU"
            ),
            ("ages", "for `oud`: one of adult, minor"),
            ("indicators", "for `I9`: one of I1, I2"),
            ("links", "web addresses that begin with https:// or http://"),
        ]
    );
    assert!(
        import
            .refused
            .iter()
            .all(|r| r.line == 2 && r.file == "plan.csv")
    );
    assert_eq!(import.accepted.len(), 0);
}

#[test]
fn totals_must_add_up_and_ids_are_unique() {
    let head = "id,line,title,holder,status,budget_eur";
    let rows = "1.a,1,A,VWS,loopt,100\n1.b,1,B,VWS,loopt,50\nSubtotaal,1,,,,150\n2.a,2,C,VWS,loopt,25\n2.a,2,D,VWS,loopt,5\nTotaal,,,,,175";
    let import = read(&format!("{head}\n{rows}\n"));
    let found: Vec<_> = import
        .refused
        .iter()
        .map(|r| (r.line, r.field.as_str(), r.expected.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (6, "id", "an id of its own; line 5 has the same"),
            (7, "budget_eur", "180, the sum of the rows above"),
        ]
    );
    assert_eq!(import.accepted.len(), 3);
}

#[test]
fn missing_columns_are_named() {
    let error = try_read(b"id,line,title\n1.a,1,x\n").unwrap_err();
    assert_eq!(error.to_string(), "missing columns: holder, status");
    let import = read("id,line,title,holder,status,kleur\n1.a,1,x,VWS,loopt,rood\n");
    let notes: Vec<_> = import.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(
        notes[0],
        "column 6 is no column of ACTIONS and was not read"
    );
    assert!(
        notes[1].starts_with("columns not in the file, left empty: description, goal, involved")
    );
}

fn word() -> impl Strategy<Value = String> {
    // Text that spreadsheets and CSV trip over, without outer spaces, which readers take off.
    "[=+@'\"a-zé;,€-]{0,6}[a-z]".prop_filter("outer spaces", |text| text.trim() == text)
}

fn action(n: usize) -> impl Strategy<Value = ActionRow> {
    let text = (word(), word(), word(), word());
    let lists = (
        prop::sample::subsequence(vec!["COM", "VNG"], 0..=2),
        prop::sample::subsequence(vec!["SU", "CU"], 0..=2),
    );
    let days = prop::option::of(0..300_i32);
    (text, lists, days, prop::option::of(0..10_000_000_u64)).prop_map(
        move |(text, lists, days, budget_eur)| ActionRow {
            id: format!("{n}.a"),
            line: "2".into(),
            title: text.0,
            description: text.1,
            goal: text.2,
            holder: "VWS".into(),
            involved: lists.0.into_iter().map(str::to_owned).collect(),
            forms: lists.1.into_iter().map(str::to_owned).collect(),
            ages: vec![],
            result: text.3,
            start: days.map(|n| {
                date(2026, 1, 1)
                    .checked_add(jiff::Span::new().days(n))
                    .unwrap()
            }),
            end: None,
            status: "vertraagd".into(),
            status_date: None,
            budget_eur,
            indicators: vec!["I2".into()],
            milestones: vec!["2026-03-01 profiel klaar | bereikt 2026-04-02".into()],
            money: vec![
                "2026 begroot 100".into(),
                "2026 besteed 20 | jaarverslag".into(),
            ],
            policy: "vast beleid".into(),
            ..ActionRow::default()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_is_written_is_read_again_the_same(actions in (1..4_usize).prop_flat_map(|n| (0..n).map(action).collect::<Vec<_>>())) {
        let mut csv = vec![];
        write_actions_csv(&mut csv, &actions).unwrap();
        for bytes in [csv, write_actions_xlsx(&actions).unwrap()] {
            let import = try_read(&bytes).unwrap();
            prop_assert_eq!(&import.refused, &vec![]);
            let read: Vec<_> = import.accepted.into_iter().map(|row| row.value).collect();
            prop_assert_eq!(&read, &actions);
        }
    }
}

#[test]
fn nothing_that_is_written_starts_a_formula() {
    let mut action = full(SOUND).accepted[0].value.clone();
    action.title = "=1+1".into();
    let mut out = vec![];
    write_actions_csv(&mut out, &[action]).unwrap();
    assert!(String::from_utf8(out).unwrap().contains(",'=1+1,"));
}
