//! Dates of law are civil dates in Europe/Amsterdam.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// The rule that has held in the Netherlands since 1996 (Directive 2000/84/EC), written out so that no time-zone file
/// is needed; moments before 1996 do not occur here (birth dates are civil dates).
const AMSTERDAM: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

/// The time zone Europe/Amsterdam.
#[must_use]
pub fn amsterdam() -> TimeZone {
    // The string is a constant and a test holds it to the real offsets, so the fallback is never taken.
    TimeZone::posix(AMSTERDAM).unwrap_or(TimeZone::UTC)
}

/// The civil date in the Netherlands at a moment.
#[must_use]
pub fn dutch_date(at: Timestamp) -> Date {
    at.to_zoned(amsterdam()).date()
}

/// A date that is known within bounds: "spring 2025" is 1 March up to and including 31 May.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approx {
    /// The earliest day it may have been.
    pub earliest: Date,
    /// The latest day it may have been, inclusive.
    pub latest: Date,
}

impl Approx {
    /// A day that is known exactly.
    #[must_use]
    pub fn day(date: Date) -> Self {
        Self {
            earliest: date,
            latest: date,
        }
    }

    /// A day between two others; `None` when they are the wrong way round.
    #[must_use]
    pub fn between(earliest: Date, latest: Date) -> Option<Self> {
        (earliest <= latest).then_some(Self { earliest, latest })
    }
}

/// A calendar month, for counts that carry no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearMonth {
    /// Year, four digits.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: i8,
}

impl YearMonth {
    /// The month in which a date lies.
    #[must_use]
    pub fn of(date: Date) -> Self {
        Self {
            year: date.year(),
            month: date.month(),
        }
    }
}
