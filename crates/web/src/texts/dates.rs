//! Dates and times as people read them, always in Europe/Amsterdam: legal terms run in that zone.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::{Arg, Say};

/// The zone of all civil dates here. A machine without a time zone database gets the same rule written out.
pub fn amsterdam() -> TimeZone {
    TimeZone::get("Europe/Amsterdam")
        .or_else(|_| TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3"))
        .unwrap_or(TimeZone::UTC)
}

impl Say {
    /// `22 november 2026`, `22 November 2026`.
    pub fn date(&self, date: Date) -> String {
        let month = self.say_with("date-month", "month", i64::from(date.month()));
        self.say_args(
            "date-long",
            &[
                ("day", Arg::Text(date.day().to_string())),
                ("month", Arg::Text(month)),
                ("year", Arg::Text(date.year().to_string())),
            ],
        )
    }

    /// The civil date in Amsterdam of a moment.
    pub fn date_of(&self, at: Timestamp) -> String {
        self.date(at.to_zoned(amsterdam()).date())
    }

    /// `22 november 2026, 14:03`.
    pub fn moment(&self, at: Timestamp) -> String {
        let local = at.to_zoned(amsterdam());
        let clock = format!("{:02}:{:02}", local.hour(), local.minute());
        self.say_args(
            "date-moment",
            &[
                ("date", Arg::Text(self.date(local.date()))),
                ("time", Arg::Text(clock)),
            ],
        )
    }

    /// How far a day is: `vandaag`, `morgen`, `over 3 dagen`, `2 dagen geleden`.
    pub fn days_from(&self, today: Date, day: Date) -> String {
        match days_between(today, day) {
            0 => self.say("date-today").into_owned(),
            1 => self.say("date-tomorrow").into_owned(),
            -1 => self.say("date-yesterday").into_owned(),
            ahead @ 2.. => self.say_n("date-in-days", ahead),
            ago => self.say_n("date-days-ago", -ago),
        }
    }
}

/// Whole days from one civil date to another; negative when `day` lies before `today`.
pub fn days_between(today: Date, day: Date) -> i64 {
    // Two civil dates are always a finite number of days apart.
    today
        .until((jiff::Unit::Day, day))
        .unwrap_or_else(|_| 0.days())
        .get_days()
        .into()
}
