//! Intervals beside published ones, where resampling has settled.

use hidden::{Lists, Method};

use crate::parity::{data, estimated};

/// Limits of the stepwise method that were computed elsewhere with 100,000 to 200,000 resamples; a lower limit in a thin tail moves most.
#[test]
fn limits_settle_where_others_settled() {
    let settled = [
        ("Western", [1099.0, 3701.0], [0.03, 0.02]),
        ("UKdat_5", [9257.0, 15026.0], [0.02, 0.02]),
        ("NewOrl_5_n185", [445.0, 1578.0], [0.12, 0.03]),
    ];
    for (name, expected, within) in settled {
        let Some(table) = data(name) else {
            return;
        };
        let found = estimated(&Lists::read(&table).unwrap(), Method::Stepwise, 20_000);
        let limits = found.interval95.unwrap();
        for ((limit, expected), within) in limits.iter().zip(expected).zip(within) {
            let off = (limit / expected - 1.0).abs();
            assert!(off < within, "{name}: {limits:?}, expected {expected}");
        }
    }
}

/// The two British models that do nearly equally well say 11,300 and 25,300: the average holds both, a choice of one does not.
#[test]
fn the_average_holds_what_the_good_models_say() {
    let Some(table) = data("UKdat_5") else {
        return;
    };
    let lists = Lists::read(&table).unwrap();
    let [low, high] = estimated(&lists, Method::Best, 0).interval95.unwrap();
    assert!(low < 11_313.0 && 25_311.0 < high, "{low} to {high}");
    let [_, high] = estimated(&lists, Method::Stepwise, 2000)
        .interval95
        .unwrap();
    assert!(high < 25_311.0, "{high}");
}
