//! The made-up country, seen from outside.

mod calibration;
mod country;
mod files;
mod scenarios;
mod stories;

use jiff::civil::date;
use world::{Settings, World};

/// A world that starts on 1 January 2026.
fn world(seed: u64, reports: u64) -> World {
    World::new(Settings::new(seed, reports, date(2026, 1, 1))).expect("settings are sound")
}
