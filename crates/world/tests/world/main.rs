//! The made-up country, seen from outside.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests stand outside the test functions"
)]

mod calibration;
mod country;
mod files;
mod scenarios;
mod stories;
mod words;

use jiff::civil::date;
use world::{Settings, World};

/// A world that starts on 1 January 2026.
fn world(seed: u64, reports: u64) -> World {
    World::new(Settings::new(seed, reports, date(2026, 1, 1))).expect("settings are sound")
}
