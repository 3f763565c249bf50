//! How long placing takes: best five rooms at 3,000 and 40,000 places, plans for one country, several and Europe.
//!
//! `cargo bench -p shelter` prints a line a figure; `PLACE=best,normal-flow,normal-full,mid-full,eu-flow,eu-full,what-if` chooses. Wall time
//! and, where the system tells, processor time: on a shared machine the second is the one to compare.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints and may stop at a fault"
)]

use std::time::{Duration, Instant};

use shelter::generate::{Size, generate};
use shelter::what_if::what_if;
use shelter::{Compiled, Instance, Weights, best_of, plan};

fn main() {
    let chosen = std::env::var("PLACE").unwrap_or_default();
    let wanted = |name: &str| chosen.is_empty() || chosen.split(',').any(|one| one == name);
    if wanted("best") {
        best("best five, the Netherlands", &Size::NORMAL);
        best("best five, Europe", &Size::EU);
        let single = Size {
            places_a_room: 1,
            locations: 20_000,
            ..Size::EU
        };
        best("best five, Europe, every place a room of its own", &single);
    }
    let limit = Duration::from_secs(60);
    if wanted("normal-flow") {
        plans("normal, flow", &Size::NORMAL.unit(), 1..=30, limit);
    }
    if wanted("normal-full") {
        plans("normal, full", &Size::NORMAL, 1..=30, limit);
    }
    if wanted("mid-full") {
        plans("mid, full", &Size::MID, 1..=1, limit);
    }
    if wanted("eu-flow") {
        plans("eu, flow", &Size::EU.unit(), 1..=3, limit);
    }
    if wanted("what-if") {
        help("what would help, the Netherlands", 1..=5);
    }
    #[cfg(feature = "highs")]
    for (name, size) in [("mid-highs", Size::MID), ("eu-highs", Size::EU)] {
        if chosen.split(',').any(|one| one == name) {
            second_opinion(name, &size, limit);
        }
    }
    if wanted("eu-full") {
        plans("eu, full", &Size::EU, 1..=1, limit);
    }
}

/// The same by HiGHS; only by name, with the feature `highs`.
#[cfg(feature = "highs")]
fn second_opinion(name: &str, size: &Size, limit: Duration) {
    let instance = Instance::check(generate(size, 1)).unwrap();
    let (start, before) = (Instant::now(), processor());
    let found = shelter::mip::plan(&instance, &Weights::default(), limit);
    let said = match found {
        Ok(plan) => format!("objective {}, bound {}", plan.objective, plan.bound),
        Err(error) => error.to_string(),
    };
    println!(
        "{name}: {said}, {:.1} s ({:.1} s of processor), peak {} MB",
        start.elapsed().as_secs_f64(),
        processor() - before,
        peak_mb()
    );
}

/// What the country's view asks: the plan as it is, with ten more places of each kind, and without each rule.
fn help(name: &str, seeds: std::ops::RangeInclusive<u64>) {
    for seed in seeds {
        let file = generate(&Size::NORMAL, seed);
        let (start, before) = (Instant::now(), processor());
        let plans = std::cell::Cell::new(0);
        let longest = std::cell::Cell::new((start, 0.0_f64));
        let told = |_: usize, of: usize| {
            let (last, most) = longest.get();
            longest.set((Instant::now(), most.max(last.elapsed().as_secs_f64())));
            plans.set(of);
        };
        what_if(&file, &Weights::default(), 3_000, &told).unwrap();
        println!(
            "{name}, seed {seed}: {} plans, {:.3} s ({:.2} s of processor), the longest step {:.3} s",
            plans.get(),
            start.elapsed().as_secs_f64(),
            processor() - before,
            longest.get().1
        );
    }
}

fn best(name: &str, size: &Size) {
    let instance = Instance::check(generate(size, 1)).unwrap();
    let places: i64 = generate(size, 1)
        .locations
        .iter()
        .flat_map(|l| &l.rooms)
        .map(|room| room.places)
        .sum();
    let compiled = Compiled::new(&instance, &Weights::default());
    let mut times: Vec<f64> = (instance.requests().iter().cycle().take(2000))
        .map(|request| {
            let start = Instant::now();
            let offers = best_of(&compiled, &request.id, 5).unwrap();
            assert!(!offers.offers.is_empty());
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!(
        "{name} ({} rooms, {places} places): median {:.0} µs, p99 {:.0} µs",
        instance.rooms().len(),
        times[times.len() / 2],
        times[times.len() * 99 / 100]
    );
}

fn plans(name: &str, size: &Size, seeds: std::ops::RangeInclusive<u64>, limit: Duration) {
    let mut walls = Vec::new();
    for seed in seeds {
        let instance = Instance::check(generate(size, seed)).unwrap();
        let (start, before) = (Instant::now(), processor());
        let plan = plan(&instance, &Weights::default(), &|| start.elapsed() >= limit);
        let wall = start.elapsed().as_secs_f64();
        walls.push(wall);
        #[expect(clippy::cast_precision_loss, reason = "a share to print")]
        let gap = (plan.objective - plan.bound) as f64 / plan.objective.max(1) as f64 * 100.0;
        println!(
            "{name}, seed {seed}: {} requests, {} unplaced, objective {}, gap {gap:.4} %, {wall:.3} s ({:.2} s of processor), peak {} MB",
            instance.requests().len(),
            plan.unplaced.len(),
            plan.objective,
            processor() - before,
            peak_mb()
        );
    }
    walls.sort_by(f64::total_cmp);
    println!(
        "{name}: median {:.3} s, p95 {:.3} s",
        walls[walls.len() / 2],
        walls[walls.len() * 95 / 100]
    );
}

/// Seconds of processor used so far; 0 where the system does not tell.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = |n: usize| stat.split(' ').nth(n).and_then(|t| t.parse::<f64>().ok());
    (ticks(13).unwrap_or(0.0) + ticks(14).unwrap_or(0.0)) / 100.0
}

/// The most memory that was ever used.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    let kb = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kb.unwrap_or(0) / 1024
}
