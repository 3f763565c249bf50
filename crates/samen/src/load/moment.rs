//! Days of a story as moments: Europe/Amsterdam, plausible hours, the same for the same story.

use domain::time::amsterdam;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use world::story::Day;

/// The calendar of one story: day 0 is the day on which its report came in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar {
    first: Date,
    /// Spreads stories over the quarter after a full clock time, so that not everybody works on the same second.
    shift: i64,
}

impl Calendar {
    pub(super) fn new(first: Date, story: u64) -> Calendar {
        Calendar {
            first,
            shift: i64::try_from(story.wrapping_mul(7919) % 900).unwrap_or(0),
        }
    }

    /// The civil date of a day of the story.
    pub(super) fn date(&self, day: Day) -> Date {
        self.first.saturating_add(i64::from(day).days())
    }

    /// Some time in the quarter of an hour after this clock time.
    pub(super) fn at(&self, day: Day, hour: i8, minute: i8) -> Timestamp {
        later(clock(self.date(day), hour, minute), self.shift)
    }
}

/// A clock time in the Netherlands.
pub(super) fn clock(date: Date, hour: i8, minute: i8) -> Timestamp {
    date.at(hour, minute, 0, 0)
        .to_zoned(amsterdam())
        .map_or(Timestamp::UNIX_EPOCH, |moment| moment.timestamp())
}

/// So many seconds later.
pub(super) fn later(at: Timestamp, seconds: i64) -> Timestamp {
    at.saturating_add(SignedDuration::from_secs(seconds))
        .unwrap_or(at)
}

/// So many minutes later.
pub(super) fn minutes(at: Timestamp, minutes: i64) -> Timestamp {
    later(at, minutes.saturating_mul(60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_a_story_is_an_hour_of_the_dutch_clock() {
        let calendar = Calendar::new(jiff::civil::date(2026, 3, 28), 0);
        assert_eq!(
            calendar.at(0, 9, 30).to_string(),
            "2026-03-28T08:30:00Z",
            "winter time"
        );
        assert_eq!(
            calendar.at(1, 9, 30).to_string(),
            "2026-03-29T07:30:00Z",
            "summer time"
        );
        assert_eq!(calendar.date(-30), jiff::civil::date(2026, 2, 26));
    }
}
