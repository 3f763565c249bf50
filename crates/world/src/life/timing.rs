//! When reports come in.
//!
//! Reports follow each other evenly through the year and through the hours in which people report, so that report `i` knows its moment
//! without knowing the others.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

/// First minute of the day at which ordinary reports come in.
const FIRST_MINUTE: u64 = 7 * 60;
/// Minutes of the day in which ordinary reports come in: until 23:30.
const MINUTES: u64 = 990;

/// Local day of receipt of report `index` when `per_year` reports fill 365 days.
pub(crate) fn day(start: Date, per_year: u64, index: u64) -> Date {
    let days = u128::from(index) * 365 / u128::from(per_year.max(1));
    start.saturating_add((days.min(3_000_000) as i64).days())
}

/// Moment of receipt of report `index`.
pub(crate) fn moment(start: Date, per_year: u64, index: u64) -> Timestamp {
    let per_year = u128::from(per_year.max(1));
    let within = (u128::from(index) * 365) % per_year;
    let second = u128::from(FIRST_MINUTE * 60) + within * u128::from(MINUTES * 60) / per_year;
    at_second(day(start, per_year as u64, index), second as u32)
}

/// The moment of this clock time in Amsterdam.
pub(crate) fn at(day: Date, hour: u32, minute: u32) -> Timestamp {
    at_second(day, (hour * 60 + minute) * 60)
}

fn at_second(day: Date, second: u32) -> Timestamp {
    let local = DateTime::from(day).saturating_add(i64::from(second).seconds());
    amsterdam(day)
        .to_timestamp(local)
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Offset of Amsterdam on this day: summer time from the last Sunday of March to the last Sunday of October (Directive 2000/84/EC).
///
/// Written out so that a world doesn't depend on the time zone files of the machine. Reports come in after seven, when a day's change is done.
fn amsterdam(day: Date) -> Offset {
    let summer = match day.month() {
        4..=9 => true,
        3 => day >= last_sunday(day),
        10 => day < last_sunday(day),
        _ => false,
    };
    Offset::constant(if summer { 2 } else { 1 })
}

fn last_sunday(day: Date) -> Date {
    day.nth_weekday_of_month(-1, Weekday::Sunday)
        .unwrap_or(day.last_of_month())
}

/// The story's day `offset` as a calendar day.
pub(crate) fn plus(day: Date, offset: i32) -> Date {
    day.saturating_add(i64::from(offset).days())
}
