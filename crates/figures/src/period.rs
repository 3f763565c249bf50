//! Counts by period, closed periods only: a figure that is refreshed while its period runs gives away the newest person.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

/// How long a period is. All begin on the first day of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// Half a calendar year, the reporting cycle of the programme.
    HalfYear,
    /// A calendar year.
    Year,
}

impl Length {
    fn months(self) -> i8 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::HalfYear => 6,
            Self::Year => 12,
        }
    }
}

/// A period with what was counted in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Period {
    /// First day.
    pub first: Date,
    /// Last day, which belongs to it.
    pub last: Date,
    /// `2026-03`, `2026-Q1`, `2026-1` (half a year) or `2026`.
    pub label: String,
    /// Exact count; not for publication as it is.
    pub count: u64,
}

/// The label of the period in which a day falls.
pub fn label(day: Date, length: Length) -> String {
    let (year, part) = (day.year(), (day.month() - 1) / length.months() + 1);
    match length {
        Length::Month => format!("{year}-{part:02}"),
        Length::Quarter => format!("{year}-Q{part}"),
        Length::HalfYear => format!("{year}-{part}"),
        Length::Year => format!("{year}"),
    }
}

/// Counts days into periods, from the period in which `from` falls up to the last one that had ended before `as_of`.
/// Periods without a day are there with 0. Days outside are left out.
pub fn count_closed(
    days: impl IntoIterator<Item = Date>,
    length: Length,
    from: Date,
    as_of: Date,
) -> Vec<Period> {
    let mut periods = closed(length, from, as_of);
    for day in days {
        let after = periods.partition_point(|period| period.first <= day);
        if let Some(period) = after.checked_sub(1).and_then(|n| periods.get_mut(n))
            && day <= period.last
        {
            period.count += 1;
        }
    }
    periods
}

fn closed(length: Length, from: Date, as_of: Date) -> Vec<Period> {
    let mut periods = Vec::new();
    let mut first = start(from, length);
    // A date has an end (the year 9999); whoever asks beyond it gets the periods up to it.
    while let Ok(next) = first.checked_add(i32::from(length.months()).months()) {
        if next > as_of {
            break;
        }
        let last = next.yesterday().unwrap_or(next);
        periods.push(Period {
            first,
            last,
            label: label(first, length),
            count: 0,
        });
        first = next;
    }
    periods
}

fn start(day: Date, length: Length) -> Date {
    let month = (day.month() - 1) / length.months() * length.months() + 1;
    Date::new(day.year(), month, 1).unwrap_or(day)
}
