//! A made-up year of arrivals, declines, stays and departures, lived by several ways of placing side by side. Every policy
//! meets the same people on the same days; nobody in it exists.
//!
//! It is a model, not a forecast: what it can show is the order of policies, not days that somebody will wait.
//! `docs/placement.md` lists what is drawn and how.

mod policies;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::forecast::Series;
use crate::generate::Size;

pub use policies::Policy;
use world::World;

/// Days before anything is counted.
pub const WARM_UP: u32 = 120;

/// A year, policy by policy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Year {
    /// Nobody in this file exists.
    pub made_up: bool,
    /// The seed.
    pub seed: u64,
    /// Days counted.
    pub days: u32,
    /// What came of each policy.
    pub policies: Vec<Outcome>,
}

/// What came of a policy. Waits are in days; who still waits at the end counts with the days so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The policy.
    pub policy: Policy,
    /// Requests that came in the counted days.
    pub requests: usize,
    /// Mean wait.
    pub mean_wait: f64,
    /// Nine in ten wait at most this.
    pub p90_wait: i64,
    /// Share placed within a day.
    pub within_a_day: f64,
    /// Mean wait of the urgent (urgency 3 and more).
    pub urgent_mean_wait: f64,
    /// Share of the urgent placed within a day.
    pub urgent_within_a_day: f64,
    /// How many waited more than thirty days.
    pub over_30_days: usize,
    /// Placements inside a circle to stay out of.
    pub inside_circle: usize,
    /// Placements that break another hard rule.
    pub other_rule_broken: usize,
    /// Moves from a crisis room to a place for longer.
    pub moved_on: usize,
}

/// A country whose nights are counted, for judging forecasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nights {
    /// The country.
    pub size: Size,
    /// Requests a day, at least and at most.
    pub arrivals: (i64, i64),
    /// Of a thousand who wait, how many are gone the next day without a place.
    pub gives_up_per_mille: usize,
}

impl Nights {
    /// About as many requests as the Dutch chain has in a year (944 persons in 2024, Nationaal Rapporteur).
    pub const NETHERLANDS: Self = Self {
        size: Size {
            locations: 60,
            ..Size::NORMAL
        },
        arrivals: (1, 4),
        gives_up_per_mille: 15,
    };
    /// The country of the simulated years: a generous upper bound.
    pub const LARGE: Self = Self {
        size: Size::NORMAL,
        arrivals: world::ARRIVALS,
        gives_up_per_mille: 15,
    };
}

/// Persons without a place at the end of each day, by segment (legal title and for whom), placed from a live list with the most
/// urgent first.
pub fn nights(seed: u64, days: u32, setting: &Nights) -> Vec<Series> {
    let world = World::of(seed, Policy::UrgentFirst, setting.size, setting.arrivals);
    let counted: Vec<BTreeMap<String, u32>> = world.count(days, setting);
    let names: BTreeSet<&String> = counted.iter().flat_map(BTreeMap::keys).collect();
    (names.into_iter())
        .map(|name| Series {
            segment: name.clone(),
            nights: (counted.iter())
                .map(|night| night.get(name).copied().unwrap_or(0))
                .collect(),
        })
        .collect()
}

/// A year under every policy.
pub fn simulate(seed: u64, days: u32) -> Year {
    simulate_some(seed, days, &Policy::ALL)
}

/// A year under some policies.
pub fn simulate_some(seed: u64, days: u32, policies: &[Policy]) -> Year {
    Year {
        made_up: true,
        seed,
        days,
        policies: (policies.iter())
            .map(|policy| World::new(seed, *policy).live(days))
            .collect(),
    }
}

impl Year {
    /// The table for a person to read.
    pub fn table(&self) -> Vec<String> {
        let mut lines = vec![format!(
            "{:<22} {:>6} {:>5} {:>7} {:>7} {:>7} {:>6} {:>7} {:>6} {:>6}",
            "policy",
            "mean",
            "p90",
            "in a day",
            "urgent",
            "in a day",
            ">30 d",
            "circle",
            "other",
            "moved"
        )];
        lines.extend(self.policies.iter().map(|one| {
            format!(
                "{:<22} {:>6.1} {:>5} {:>7.0}% {:>7.1} {:>7.0}% {:>6} {:>7} {:>6} {:>6}",
                one.policy.code(),
                one.mean_wait,
                one.p90_wait,
                one.within_a_day * 100.0,
                one.urgent_mean_wait,
                one.urgent_within_a_day * 100.0,
                one.over_30_days,
                one.inside_circle,
                one.other_rule_broken,
                one.moved_on
            )
        }));
        lines
    }
}
