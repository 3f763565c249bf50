//! How often an interval holds the truth, on made-up populations of which the truth is known.
//!
//! `cargo run --release -p hidden --example coverage -- FOLDER [POPULATIONS] [RESAMPLES] [WORD]` reads the published tables of FOLDER
//! (CSV, a column for each list and `count`), fits models to them, draws populations from each model, and estimates every one.
//! WORD takes only truths with that word in their name.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a measurement prints and may stop at a fault"
)]

use std::path::Path;
use std::sync::Mutex;

use hidden::{Lists, MadeUp, Method, Outcome, Settings, estimate_only};

type Make = fn(&Lists) -> Option<MadeUp>;

const TRUTHS: [(&str, &str, Make); 11] = [
    ("UKdat_5", "stepwise", MadeUp::stepwise),
    ("UKdat_5", "independent", MadeUp::independent),
    ("UKdat_5", "best by BIC", |lists| MadeUp::by_bic(lists, 0)),
    ("UKdat_5", "third by BIC", |lists| MadeUp::by_bic(lists, 2)),
    ("Western", "stepwise", MadeUp::stepwise),
    ("Western", "independent", MadeUp::independent),
    ("NewOrl_5_n185", "independent", MadeUp::independent),
    ("Rcapture_HIV", "independent", MadeUp::independent),
    ("Rcapture_HIV", "second by BIC", |lists| {
        MadeUp::by_bic(lists, 1)
    }),
    ("UKdat", "stepwise", MadeUp::stepwise),
    ("NewOrl_n185", "stepwise", MadeUp::stepwise),
];

const METHODS: [Method; 2] = [Method::Stepwise, Method::Best];

fn main() {
    let mut words = std::env::args().skip(1);
    let folder = words.next().unwrap_or_else(|| ".".into());
    let mut number = |default: u64| words.next().map_or(default, |word| word.parse().unwrap());
    let (populations, resamples) = (number(200), number(400));
    let only = words.next().unwrap_or_default();
    for (data, name, make) in TRUTHS {
        let title = format!("{data}, {name}");
        if !title.contains(&only) {
            continue;
        }
        let file = Path::new(&folder).join(format!("{data}.csv"));
        let lists = Lists::read(&std::fs::read(file).unwrap()).unwrap();
        let truth = make(&lists).unwrap();
        println!(
            "{title}: {:.0} people, {populations} populations",
            truth.people()
        );
        for method in METHODS {
            println!(
                "  {method}: {}",
                measured(&truth, method, populations, resamples)
            );
        }
    }
}

/// What was counted over populations.
#[derive(Default)]
struct Count {
    held: [u64; 2],
    below: u64,
    above: u64,
    refused: u64,
    widths: Vec<f64>,
    errors: Vec<f64>,
}

fn measured(truth: &MadeUp, method: Method, populations: u64, resamples: u64) -> String {
    let (next, count) = (Mutex::new(1..=populations), Mutex::new(Count::default()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let Some(seed) = next.lock().unwrap().next() else {
                        return;
                    };
                    let settings = Settings {
                        method,
                        resamples: u32::try_from(resamples).unwrap(),
                        seed,
                    };
                    let outcome = estimate_only(&truth.seen(seed).unwrap(), &settings);
                    count.lock().unwrap().add(&outcome, truth.people());
                }
            });
        }
    });
    count.into_inner().unwrap().words(populations)
}

impl Count {
    fn add(&mut self, outcome: &Outcome, truth: f64) {
        let Outcome::Estimate(found) = outcome else {
            self.refused += 1;
            return;
        };
        let [low, high] = found.interval95.unwrap();
        let [inner_low, inner_high] = found.interval80.unwrap();
        self.held[0] += u64::from((low..=high).contains(&truth));
        self.held[1] += u64::from((inner_low..=inner_high).contains(&truth));
        self.below += u64::from(truth < low);
        self.above += u64::from(truth > high);
        self.widths.push((high - low) / truth);
        self.errors.push((found.estimate / truth).ln());
    }

    fn words(mut self, populations: u64) -> String {
        let share = |held: u64| 100.0 * held as f64 / populations as f64;
        self.widths.sort_by(f64::total_cmp);
        self.errors.sort_by(f64::total_cmp);
        let middle = |of: &[f64]| of.get(of.len() / 2).copied().unwrap_or(f64::NAN);
        let square = self.errors.iter().map(|error| error * error).sum::<f64>();
        format!(
            "95 % held {:.1} % (truth below {}, above {}), 80 % held {:.1} %, refused {}; median width {:.2} of the truth, median error {:+.1} %, root mean square of the logarithm {:.3}",
            share(self.held[0]),
            self.below,
            self.above,
            share(self.held[1]),
            self.refused,
            middle(&self.widths),
            100.0 * middle(&self.errors).exp_m1(),
            (square / self.errors.len() as f64).sqrt(),
        )
    }
}
