//! The forecast: a band that holds what it says, and no figure where there is nothing to go by.

use shelter::Chance;
use shelter::forecast::measure::{Measured, measure, with_total, yardstick};
use shelter::forecast::{AHEAD, Method, NEEDED, NoForecast, Series, forecast};
use shelter::simulate::{Nights, nights};

fn series(segment: &str, nights: impl IntoIterator<Item = u32>) -> Series {
    Series {
        segment: segment.to_owned(),
        nights: nights.into_iter().collect(),
    }
}

/// A count that goes up and down by chance.
fn wandering(segment: &str, seed: u64, nights: usize) -> Series {
    let mut chance = Chance::new(seed);
    let mut now = 6_i64;
    series(
        segment,
        (0..nights).map(|_| {
            now = (now + chance.from_to(-1, 1)).clamp(0, 20);
            u32::try_from(now).unwrap()
        }),
    )
}

#[test]
fn eight_in_ten_nights_lie_in_the_band_on_made_up_years() {
    let setting = Nights::NETHERLANDS;
    let mut ours = Measured::default();
    let mut naive = Measured::default();
    for seed in [201, 202] {
        let series = with_total(&nights(seed, 330, &setting));
        ours = ours.and(measure(Method::Between, &series, 27));
        naive = naive.and(yardstick(&series, 27, 0.0));
    }
    let coverage = ours.coverage();
    assert!(ours.nights > 3_000, "{} nights", ours.nights);
    assert!((0.75..=0.85).contains(&coverage), "{coverage}");
    assert!(ours.loss() < 0.85 * naive.loss(), "{ours:?} {naive:?}");
}

#[test]
fn with_too_few_nights_it_says_how_many_are_needed() {
    let refused = forecast(&[wandering("a", 1, NEEDED - 3)]).unwrap_err();
    let few = NoForecast::TooShort {
        counted: NEEDED - 3,
        needed: NEEDED,
    };
    assert_eq!(refused, few);
    assert!(refused.to_string().ends_with("wait 3 more"), "{refused}");
    assert_eq!(
        forecast(&[]).unwrap_err(),
        NoForecast::TooShort {
            counted: 0,
            needed: NEEDED
        }
    );
    assert!(forecast(&[wandering("a", 1, NEEDED)]).is_ok());
}

#[test]
fn nobody_ever_and_unequal_lengths_are_no_forecast() {
    let never = series("a", vec![0; NEEDED]);
    assert_eq!(forecast(&[never]).unwrap_err(), NoForecast::Nobody);
    let unequal = [wandering("a", 1, NEEDED), wandering("b", 2, NEEDED + 1)];
    assert_eq!(forecast(&unequal).unwrap_err(), NoForecast::Unequal);
}

#[test]
fn a_distribution_is_in_order_and_widens_with_the_nights() {
    let history = [wandering("a", 3, 300), wandering("b", 4, 300)];
    let outlooks = forecast(&history).unwrap();
    assert_eq!(
        outlooks,
        forecast(&history).unwrap(),
        "the same on every run"
    );
    for outlook in &outlooks {
        assert_eq!(outlook.nights.len(), AHEAD);
        for night in &outlook.nights {
            let (low, high) = night.band();
            assert!(low <= night.median() && night.median() <= high);
            let chances: Vec<f64> = (0..40).map(|n| night.more_than(n)).collect();
            assert!(chances.is_sorted_by(|a, b| a >= b), "{chances:?}");
            assert!(chances[0] <= 1.0 && chances[39] == 0.0, "{chances:?}");
        }
        let width = |n: usize| {
            let night = &outlook.nights[n];
            night.quantile(0.9) - night.quantile(0.1)
        };
        assert!(
            width(AHEAD - 1) > width(0),
            "{} {}",
            width(0),
            width(AHEAD - 1)
        );
    }
}

#[test]
fn what_never_changes_is_expected_to_stay() {
    let outlooks = forecast(&[series("a", vec![3; 200]), wandering("b", 5, 200)]).unwrap();
    let last = &outlooks[0].nights[AHEAD - 1];
    assert_eq!(last.median(), 3);
    assert!(
        last.band().0 >= 1 && last.band().1 <= 6,
        "{:?}",
        last.band()
    );
}
