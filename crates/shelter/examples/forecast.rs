//! How good the forecast is on made-up nights: `cargo run -p shelter --example forecast -- 101 102 103`. `large` takes the larger
//! country; `stay` lets nobody give up.
#![allow(clippy::print_stdout, reason = "an example prints")]

use shelter::forecast::Method;
use shelter::forecast::measure::{Measured, measure, with_total, yardstick};
use shelter::simulate::{Nights, nights};

const DAYS: u32 = 540;
const EVERY: usize = 14;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| words.iter().any(|one| one == word);
    let mut setting = match has("large") {
        true => Nights::LARGE,
        false => Nights::NETHERLANDS,
    };
    if has("stay") {
        setting.gives_up_per_mille = 0;
    }
    let methods = [
        Method::SeasonalNaive,
        Method::Last,
        Method::Drift,
        Method::Between,
    ];
    let mut sums = [Measured::default(); 7];
    for seed in words.iter().filter_map(|word| word.parse().ok()) {
        let series = with_total(&nights(seed, DAYS, &setting));
        let mut found = vec![
            yardstick(&series, EVERY, 0.0),
            yardstick(&series, EVERY, 1.0),
        ];
        found.extend(methods.map(|method| measure(method, &series, EVERY)));
        found.push(measure(Method::Between, &series[..1], EVERY));
        for (sum, one) in sums.iter_mut().zip(found) {
            *sum = sum.and(one);
        }
        let ours = measure(Method::Between, &series, EVERY);
        println!("seed {seed}: {:.1} % within", ours.coverage() * 100.0);
    }
    let names = [
        "seasonal naive, one number",
        "seasonal naive, normal error",
        "seasonal naive, calibrated",
        "last night, calibrated",
        "drift, calibrated",
        "between, calibrated: ours",
        "ours, the total on its own",
    ];
    for (name, sum) in names.into_iter().zip(&sums) {
        println!(
            "{name:<30} {:>7} nights, {:>5.1} % within, {:>5.1} % above, loss {:.3}",
            sum.nights,
            sum.coverage() * 100.0,
            sum.above_share() * 100.0,
            sum.loss()
        );
    }
}
