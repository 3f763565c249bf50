//! Behaviour of the vocabulary through its public interface.

mod builtin;
mod calendar;
mod clocks;
mod codes;
mod faults;
mod indicators;

use jiff::civil::{Date, date};

use super::Vocabulary;

fn builtin() -> &'static Vocabulary {
    Vocabulary::builtin().unwrap_or_else(|error| panic!("{error}"))
}

/// A day before the law changes on 15 July 2026.
const BEFORE: Date = date(2026, 7, 14);
/// The first day of the changed law.
const AFTER: Date = date(2026, 7, 15);
