//! The Dutch calendar: local time in Amsterdam, free days, working days.
//!
//! LAW: free days are those of article 3, first and second paragraph, of the Algemene termijnenwet (general time limits
//! act). Days that a royal decree equates with them from year to year (third paragraph) are not computed here.

use std::sync::OnceLock;

use jiff::civil::{Date, Weekday};
use jiff::tz::{self, TimeZone};
use jiff::{Timestamp, ToSpan};

/// Local time in the European Netherlands, from the rule that has been in force since 1996 (now directive 2000/84/EC).
///
/// Written as a rule and not read from the machine's time zone files, so that every machine computes the same deadline.
#[must_use]
pub fn amsterdam() -> TimeZone {
    static ZONE: OnceLock<TimeZone> = OnceLock::new();
    // The rule is constant and tested; were it unreadable, winter time all year errs by an hour at most.
    ZONE.get_or_init(|| {
        TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3")
            .unwrap_or_else(|_| TimeZone::fixed(tz::offset(1)))
    })
    .clone()
}

/// The civil day in Amsterdam at this moment.
#[must_use]
pub fn day_in_amsterdam(moment: Timestamp) -> Date {
    amsterdam().to_datetime(moment).date()
}

/// A free day of article 3 Algemene termijnenwet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holiday {
    /// Nieuwjaarsdag, 1 January.
    NewYear,
    /// Goede Vrijdag, which the second paragraph puts on a par with a holiday.
    GoodFriday,
    /// Tweede paasdag.
    EasterMonday,
    /// Koningsdag: 27 April, or 26 April when the 27th is a Sunday. Until 2013 Koninginnedag, 30 April.
    KingsDay,
    /// Bevrijdingsdag, 5 May: a holiday in the act every year.
    LiberationDay,
    /// Hemelvaartsdag.
    AscensionDay,
    /// Tweede pinksterdag.
    WhitMonday,
    /// Eerste kerstdag, 25 December.
    ChristmasDay,
    /// Tweede kerstdag, 26 December.
    SecondChristmasDay,
}

/// The holiday that falls on this day, if any. Sundays are free days without being holidays.
#[must_use]
pub fn holiday(day: Date) -> Option<Holiday> {
    fixed_holiday(day).or_else(|| easter_holiday(day))
}

fn fixed_holiday(day: Date) -> Option<Holiday> {
    if is_kings_day(day) {
        return Some(Holiday::KingsDay);
    }
    match (day.month(), day.day()) {
        (1, 1) => Some(Holiday::NewYear),
        (5, 5) => Some(Holiday::LiberationDay),
        (12, 25) => Some(Holiday::ChristmasDay),
        (12, 26) => Some(Holiday::SecondChristmasDay),
        _ => None,
    }
}

fn is_kings_day(day: Date) -> bool {
    let birthday = if day.year() >= 2014 { 27 } else { 30 };
    if day.month() != 4 {
        return false;
    }
    let sunday = day.weekday() == Weekday::Sunday;
    let before_a_sunday = day.weekday() == Weekday::Saturday;
    (day.day() == birthday && !sunday) || (day.day() == birthday - 1 && before_a_sunday)
}

fn easter_holiday(day: Date) -> Option<Holiday> {
    let easter = easter_sunday(day.year())?;
    match (day - easter).get_days() {
        -2 => Some(Holiday::GoodFriday),
        1 => Some(Holiday::EasterMonday),
        39 => Some(Holiday::AscensionDay),
        50 => Some(Holiday::WhitMonday),
        _ => None,
    }
}

/// Easter Sunday in the Gregorian calendar (method of Meeus, Jones and Butcher, J. Br. Astron. Assoc. 1977).
/// None before 1583, when that calendar was not yet in force.
#[must_use]
pub fn easter_sunday(year: i16) -> Option<Date> {
    if year < 1583 {
        return None;
    }
    let y = i32::from(year);
    let (century, year_of_century) = (y / 100, y % 100);
    let golden = y % 19;
    let moon_correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon_correction + 15) % 30;
    let weekday =
        (32 + 2 * (century % 4) + 2 * (year_of_century / 4) - epact - year_of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    let month = i8::try_from(days / 31).ok()?;
    let day = i8::try_from(days % 31 + 1).ok()?;
    Date::new(year, month, day).ok()
}

/// Whether this is a day from Monday to Friday that is no holiday.
#[must_use]
pub fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && holiday(day).is_none()
}

/// This day when it is a working day, otherwise the next one that is.
#[must_use]
pub fn working_day_from(day: Date) -> Date {
    let mut day = day;
    while !is_working_day(day) && day < Date::MAX {
        day = day.saturating_add(1.day());
    }
    day
}

/// The n-th working day after this day; for n = 0 this day, or the first working day from it.
#[must_use]
pub fn working_days_after(day: Date, count: u16) -> Date {
    let mut day = if count == 0 {
        working_day_from(day)
    } else {
        day
    };
    for _ in 0..count {
        day = working_day_from(day.saturating_add(1.day()));
    }
    day
}

/// The n-th working day before this day; for n = 0 this day, or the last working day before it.
#[must_use]
pub fn working_days_before(day: Date, count: u16) -> Date {
    let mut day = if count == 0 {
        working_day_until(day)
    } else {
        day
    };
    for _ in 0..count {
        day = working_day_until(day.saturating_sub(1.day()));
    }
    day
}

fn working_day_until(day: Date) -> Date {
    let mut day = day;
    while !is_working_day(day) && day > Date::MIN {
        day = day.saturating_sub(1.day());
    }
    day
}

/// The last whole second of this day in Amsterdam.
#[must_use]
pub fn end_of_day(day: Date) -> Timestamp {
    moment(day, 23, 59, 59)
}

/// The first moment of this day in Amsterdam.
#[must_use]
pub fn start_of_day(day: Date) -> Timestamp {
    moment(day, 0, 0, 0)
}

fn moment(day: Date, hour: i8, minute: i8, second: i8) -> Timestamp {
    let beyond = if day.year() > 0 {
        Timestamp::MAX
    } else {
        Timestamp::MIN
    };
    day.at(hour, minute, second, 0)
        .to_zoned(amsterdam())
        .map_or(beyond, |zoned| zoned.timestamp())
}
