//! Capacity of Open Referral.

use exchange::Limits;
use exchange::hsds::{
    BED, Capacity, Unit, read_capacity, read_units, write_capacity_csv, write_units_csv,
};

const HEADER: &str = "id,service_id,unit_id,available,maximum,description,updated";
const UPDATED: &str = "2026-11-22T10:00:00+01:00";

fn now() -> jiff::Timestamp {
    "2026-11-22T12:00:00+01:00".parse().unwrap()
}

fn units() -> Vec<Unit> {
    let unit = |id: &str, name: &str, code: Option<&str>| Unit {
        id: id.to_owned(),
        name: name.to_owned(),
        identifier: code.map(str::to_owned),
    };
    vec![
        unit("u1", "Bed", None),
        unit("u2", "Kilogram", Some("kgm")),
        unit("u3", "Slaapplek", Some("BED")),
    ]
}

/// The faults of a file of one row: field and expectation.
fn faults(row: &str, known: Option<&[Unit]>) -> Vec<(String, String)> {
    let text = format!("{HEADER}\r\n{row}\r\n");
    let read = read_capacity("f.csv", text.as_bytes(), known, now(), &Limits::default());
    let read = read.expect("readable");
    assert_eq!(read.accepted.len(), usize::from(read.refused.is_empty()));
    let faults = read.refused.into_iter();
    faults.map(|one| (one.field, one.expected)).collect()
}

fn fields(row: &str) -> Vec<String> {
    let units = units();
    faults(row, Some(&units))
        .into_iter()
        .map(|(field, _)| field)
        .collect()
}

#[test]
fn a_sound_row_is_taken_and_a_unit_that_is_no_place_is_not() {
    assert_eq!(
        fields(&format!("a,s1,u1,3,10,,{UPDATED}")),
        Vec::<String>::new()
    );
    assert_eq!(
        fields(&format!("a,s1,u3,0,,,{UPDATED}")),
        Vec::<String>::new()
    );
    assert_eq!(fields(&format!("a,s1,u2,3,10,,{UPDATED}")), ["unit_id"]);
    assert_eq!(fields(&format!("a,s1,u9,3,10,,{UPDATED}")), ["unit_id"]);
}

#[test]
fn every_fault_of_a_row_is_told_at_once() {
    assert_eq!(
        fields("a,,u9,12,10,,2026-11-23T10:00:00Z"),
        ["service_id", "unit_id", "available", "updated"]
    );
    assert_eq!(fields("a,s1,u1,,10,,yesterday"), ["available", "updated"]);
    assert_eq!(fields(&format!("a,s1,u1,-1,10,,{UPDATED}")), ["available"]);
    assert_eq!(fields(&format!("a,s1,u1,2.5,10,,{UPDATED}")), ["available"]);
}

#[test]
fn without_a_file_of_units_only_our_own_unit_is_known() {
    assert!(faults(&format!("a,s1,{BED},3,10,,{UPDATED}"), None).is_empty());
    let refused = faults(&format!("a,s1,u1,3,10,,{UPDATED}"), None);
    assert_eq!(refused[0].1, "a unit that is known; name the file of units");
}

#[test]
fn what_is_written_is_read_again() {
    let row = Capacity {
        id: "=1+1".to_owned(),
        service_id: "s".to_owned(),
        available: 2,
        maximum: Some(4),
        description: None,
        updated: now(),
    };
    let mut file = Vec::new();
    write_capacity_csv(&mut file, std::slice::from_ref(&row)).unwrap();
    let mut known = Vec::new();
    write_units_csv(&mut known).unwrap();
    let known = read_units("u.csv", &known, &Limits::default()).unwrap();
    let known: Vec<Unit> = known.accepted.into_iter().map(|row| row.value).collect();
    let read = read_capacity("f.csv", &file, Some(&known), now(), &Limits::default()).unwrap();
    assert_eq!(read.refused, []);
    assert_eq!(read.accepted[0].value, row);
}

/// The example that the standard publishes has two faults; both are caught.
#[test]
fn the_published_example_is_refused_for_both_its_faults() {
    let given = std::env::var("SAMEN_SHARED_DATA").into_iter();
    let here = ["../../..", "../../../.."]
        .map(|up| format!("{}/{up}/shared/data", env!("CARGO_MANIFEST_DIR")));
    let read =
        |folder: &str, name: &str| std::fs::read(format!("{folder}/openreferral-hsds/{name}"));
    let found = given.chain(here).find_map(|folder| {
        let capacity = read(&folder, "service_capacity.csv").ok()?;
        Some((capacity, read(&folder, "units.csv").ok()?))
    });
    let Some((capacity, units)) = found else {
        eprintln!("skipped: the published example is not here; SAMEN_SHARED_DATA names its folder");
        return;
    };
    let units = read_units("units.csv", &units, &Limits::default()).unwrap();
    let units: Vec<Unit> = units.accepted.into_iter().map(|row| row.value).collect();
    let read = read_capacity("c.csv", &capacity, Some(&units), now(), &Limits::default()).unwrap();
    let refused: Vec<_> = read
        .refused
        .iter()
        .map(|r| (r.field.as_str(), r.value.as_str()))
        .collect();
    assert_eq!(
        refused,
        [
            ("unit_id", "187a37a2-7b40-11ef-9790-dbf7623d4407"),
            ("available", "12")
        ]
    );
    assert_eq!(read.accepted, []);
    assert!(
        read.refused[1]
            .expected
            .contains("12 available of 10 is impossible")
    );
}
