//! How long the hidden number takes, and what the limits come to when nothing is left to chance.
//!
//! `cargo bench -p hidden` prints a line a figure for each published table that lies beside the project; `HIDDEN=converged` also
//! draws 200,000 tables each, to see where the limits settle.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints and may stop at a fault"
)]

use std::path::PathBuf;
use std::time::Instant;

use hidden::{Lists, Method, Outcome, Settings, estimate, estimate_only};

fn main() {
    let tables = [
        "NewOrl_5_n185",
        "Western",
        "UKdat_5",
        "Rcapture_HIV",
        "UKdat",
        "NewOrl_n185",
    ];
    for name in tables {
        line(name, Method::Stepwise, 1000);
        line(name, Method::Best, 1000);
        if !matches!(name, "UKdat" | "NewOrl_n185") {
            line(name, Method::Bic, 1000);
        }
        if std::env::var("HIDDEN").is_ok_and(|chosen| chosen == "converged") {
            line(name, Method::Stepwise, 200_000);
            line(name, Method::Best, 200_000);
        }
    }
}

fn line(name: &str, method: Method, resamples: u32) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/mse");
    let Ok(text) = std::fs::read(folder.join(format!("{name}.csv"))) else {
        println!("{name}: the published table does not lie beside the project");
        return;
    };
    let lists = Lists::read(&text).unwrap();
    let settings = Settings {
        method,
        resamples,
        seed: 1,
    };
    let (outcome, alone) = timed(|| estimate_only(&lists, &settings));
    let (_, checked) = timed(|| estimate(&lists, &settings));
    let words = match outcome {
        Outcome::Estimate(found) => {
            let [low, high] = found.interval95.unwrap();
            format!("{:.2} ({low:.1} to {high:.1})", found.estimate)
        }
        Outcome::Refused(refusal) => refusal.to_string(),
    };
    println!(
        "{name}, {method}, {resamples} resamples: {words}; {alone}; with all checks {checked}"
    );
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, String) {
    let (wall, before) = (Instant::now(), processor());
    let result = run();
    let (wall, used) = (wall.elapsed().as_secs_f64(), processor() - before);
    (result, format!("{wall:.3} s, {used:.2} s of processor"))
}

/// Seconds of processor time of this process, where the system tells.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<&str> = after.split_whitespace().collect();
    let ticks = |at: usize| -> f64 { fields.get(at).and_then(|n| n.parse().ok()).unwrap_or(0.0) };
    (ticks(11) + ticks(12)) / 100.0
}
