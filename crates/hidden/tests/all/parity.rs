//! The published tables: point estimates as the reference packages give them, and intervals beside the published ones.

use std::path::PathBuf;

use hidden::{Estimate, Lists, Method, Outcome, Settings, estimate};

/// Relative: the reference itself stops iterating at about 1e-8.
const CLOSE: f64 = 1e-7;

/// A table of the published data, when they lie beside the project.
pub fn data(name: &str) -> Option<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/mse");
    let read = std::fs::read(folder.join(format!("{name}.csv"))).ok();
    if read.is_none() {
        eprintln!("not asked: the published table {name} does not lie beside the project");
    }
    read
}

fn method(name: &str) -> Method {
    match name {
        "main" => Method::Main,
        "stepwise" => Method::Stepwise,
        "bic" => Method::Bic,
        other => panic!("no method {other}"),
    }
}

pub fn estimated(lists: &Lists, method: Method, resamples: u32) -> Estimate {
    let settings = Settings {
        method,
        resamples,
        seed: 1,
    };
    match estimate(lists, &settings) {
        Outcome::Estimate(estimate) => *estimate,
        Outcome::Refused(refusal) => panic!("refused: {refusal}"),
    }
}

#[test]
fn every_published_point_estimate_comes_out() {
    let Some(table) = data("estimates") else {
        return;
    };
    let mut rows = 0;
    for row in String::from_utf8(table).unwrap().lines().skip(1) {
        let [name, way, expected] = row.split(',').collect::<Vec<_>>()[..] else {
            panic!("{row}")
        };
        let lists = Lists::read(&data(name).unwrap()).unwrap();
        let expected: f64 = expected.parse().unwrap();
        let found = estimated(&lists, method(way), 0).estimate;
        let off = (found / expected - 1.0).abs();
        println!("{name} {way}: {found:.6}, expected {expected:.6}, relative {off:.1e}");
        assert!(off < CLOSE, "{name} {way}: {found} for {expected}");
        rows += 1;
    }
    assert_eq!(rows, 15);
}

/// How many hierarchical models pass the checks of existence and rank: whole numbers, so nothing may differ.
#[test]
fn exactly_as_many_models_have_an_estimate_as_published() {
    for (name, models) in [
        ("UKdat_5", 6084),
        ("NewOrl_5_n185", 5925),
        ("Western", 3354),
        ("Rcapture_HIV", 111),
    ] {
        let Some(table) = data(name) else {
            return;
        };
        let found = estimated(&Lists::read(&table).unwrap(), Method::Bic, 0);
        let expected = format!("{models} hierarchical models have an estimate on this table");
        let told = found.checks.iter().any(|check| check.found == expected);
        assert!(told, "{name}: {:?}", found.checks);
    }
}

#[test]
fn chosen_models_are_named_in_the_names_of_the_file() {
    let Some(table) = data("UKdat_5") else {
        return;
    };
    let found = estimated(&Lists::read(&table).unwrap(), Method::Bic, 0);
    // [123,25,34] of Silverman, Chan and Vincent 2024, table 6
    let expected = [
        "LA",
        "NG",
        "PFNCA",
        "GO",
        "GP",
        "LA:NG",
        "LA:PFNCA",
        "NG:PFNCA",
        "NG:GP",
        "PFNCA:GO",
        "LA:NG:PFNCA",
    ];
    assert_eq!(found.model, expected);
}
