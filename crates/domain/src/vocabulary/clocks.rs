//! Clocks: how long something may take, from which event, and what that makes the deadline.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::Serialize;

use super::calendar;
use super::code::Code;
use super::entry::{Entry, Facts, Label};
use super::row::Row;

/// A clock that the chain runs by.
pub type Clock = Entry<ClockFacts>;
/// The code of a [`Clock`], such as `reflection_period`.
pub type ClockCode = Code<ClockFacts>;

/// How long a clock runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockLength {
    /// Elapsed hours, to the second; summer and winter time make no difference.
    Hours(u16),
    /// Days of the calendar in Amsterdam.
    Days(u16),
    /// Days from Monday to Friday that are no holiday (article 3 Algemene termijnenwet).
    WorkingDays(u16),
    /// Weeks of seven calendar days.
    Weeks(u16),
    /// Calendar months: to the same date, or to the last day of a month that lacks it.
    Months(u16),
    /// Calendar years: to the same date, or 28 February for 29 February.
    Years(u16),
    /// No length at all: a date fixed by law.
    OnDate(Date),
    /// No length that the field knows: no law or agreement was found, and who is responsible has to set one. Until then it
    /// never runs out.
    HostDecides,
}

/// Which way a clock runs from its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To a deadline after the event.
    After,
    /// Back to a moment of warning before the event, such as a birthday.
    Before,
}

/// What is known about a clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClockFacts {
    /// How long it runs.
    pub length: ClockLength,
    /// Which way.
    pub direction: Direction,
    /// The event it starts from.
    pub starts: Label,
    /// Whether a last day that is a Saturday, Sunday or holiday moves to the next working day, as for terms in law
    /// (article 1 Algemene termijnenwet; article 3(4) Regulation 1182/71).
    pub moves_to_working_day: bool,
}

impl ClockFacts {
    /// Whether somebody has said how long it runs.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        self.length != ClockLength::HostDecides
    }

    /// The last day of the clock that starts at this moment; for a clock that runs back, the day of warning.
    ///
    /// LAW: article 3 of Regulation (EEC, Euratom) 1182/71. The day of the event does not count; a term in months ends
    /// on the same date, and on the last day of the month when that date does not exist: from 30 November, three
    /// months end on 28 February, or 29 February in a leap year.
    #[must_use]
    pub fn last_day(&self, start: Timestamp) -> Date {
        if let ClockLength::Hours(_) = self.length {
            return calendar::day_in_amsterdam(self.deadline(start));
        }
        let day = self.day_reached(calendar::day_in_amsterdam(start));
        match self.direction {
            Direction::After if self.moves_to_working_day => calendar::working_day_from(day),
            _ => day,
        }
    }

    /// The moment at which the clock that starts at `start` runs out.
    ///
    /// Hours count exactly. Every other length runs to the end of its last day in Amsterdam (23:59:59), so nobody
    /// loses part of a day; a clock that runs back falls due at the beginning of its day. Beyond the year 9999 the
    /// answer is the last moment that can be written.
    #[must_use]
    pub fn deadline(&self, start: Timestamp) -> Timestamp {
        match (self.length, self.direction) {
            (ClockLength::Hours(hours), Direction::After) => start
                .checked_add(SignedDuration::from_hours(i64::from(hours)))
                .unwrap_or(Timestamp::MAX),
            (ClockLength::Hours(hours), Direction::Before) => start
                .checked_sub(SignedDuration::from_hours(i64::from(hours)))
                .unwrap_or(Timestamp::MIN),
            (_, Direction::After) => calendar::end_of_day(self.last_day(start)),
            (_, Direction::Before) => calendar::start_of_day(self.last_day(start)),
        }
    }

    fn day_reached(&self, day: Date) -> Date {
        let span = match self.length {
            ClockLength::OnDate(fixed) => return fixed,
            ClockLength::WorkingDays(count) => {
                return match self.direction {
                    Direction::After => calendar::working_days_after(day, count),
                    Direction::Before => calendar::working_days_before(day, count),
                };
            }
            ClockLength::HostDecides => {
                return match self.direction {
                    Direction::After => Date::MAX,
                    Direction::Before => Date::MIN,
                };
            }
            ClockLength::Hours(_) => return day,
            ClockLength::Days(count) => i64::from(count).days(),
            ClockLength::Weeks(count) => i64::from(count).weeks(),
            ClockLength::Months(count) => i64::from(count).months(),
            ClockLength::Years(count) => i64::from(count.min(9_999)).years(),
        };
        match self.direction {
            Direction::After => day.saturating_add(span),
            Direction::Before => day.saturating_sub(span),
        }
    }
}

impl Clock {
    /// The moment at which this clock runs out: see [`ClockFacts::deadline`].
    #[must_use]
    pub fn deadline(&self, start: Timestamp) -> Timestamp {
        self.facts.deadline(start)
    }

    /// The last day of this clock: see [`ClockFacts::last_day`].
    #[must_use]
    pub fn last_day(&self, start: Timestamp) -> Date {
        self.facts.last_day(start)
    }
}

impl Facts for ClockFacts {
    const LIST: &'static str = "clocks";

    fn read(row: &mut Row<'_>) -> Self {
        const DIRECTIONS: &[(&str, Direction)] =
            &[("after", Direction::After), ("before", Direction::Before)];
        Self {
            length: read_length(row),
            direction: row
                .choice_or_none("direction", DIRECTIONS)
                .unwrap_or(Direction::After),
            starts: row.label_named("starts"),
            moves_to_working_day: row.yes("moves_to_working_day"),
        }
    }
}

type Counted = (&'static str, fn(u16) -> ClockLength);

fn read_length(row: &mut Row<'_>) -> ClockLength {
    const COUNTED: [Counted; 6] = [
        ("hours", ClockLength::Hours),
        ("days", ClockLength::Days),
        ("working_days", ClockLength::WorkingDays),
        ("weeks", ClockLength::Weeks),
        ("months", ClockLength::Months),
        ("years", ClockLength::Years),
    ];
    let mut lengths: Vec<ClockLength> = COUNTED
        .into_iter()
        .filter_map(|(unit, length)| Some(length(row.number_or_none(unit)?)))
        .collect();
    lengths.extend(row.date_or_none("on_date").map(ClockLength::OnDate));
    lengths.extend(row.yes("host_decides").then_some(ClockLength::HostDecides));
    if let [length] = lengths.as_slice() {
        *length
    } else {
        row.inconsistent(
            "a clock has exactly one length; give one of `hours`, `days`, `working_days`, `weeks`, `months`, `years`, `on_date`, `host_decides`",
        );
        ClockLength::Hours(0)
    }
}
