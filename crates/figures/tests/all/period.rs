//! Counts by period.

use figures::period::{Length, count_closed, label};
use jiff::civil::date;

#[test]
fn only_closed_periods_are_counted_and_empty_ones_are_there() {
    let days = [
        date(2025, 12, 31),
        date(2026, 1, 1),
        date(2026, 6, 30),
        date(2026, 7, 1),
        date(2026, 11, 2),
    ];
    let halves = count_closed(days, Length::HalfYear, date(2025, 9, 9), date(2026, 11, 21));
    let found: Vec<_> = halves.iter().map(|p| (p.label.as_str(), p.count)).collect();
    assert_eq!(found, [("2025-2", 1), ("2026-1", 2)]);
    assert_eq!(
        (halves[1].first, halves[1].last),
        (date(2026, 1, 1), date(2026, 6, 30))
    );

    let quarters = count_closed(days, Length::Quarter, date(2026, 1, 1), date(2026, 10, 1));
    let found: Vec<_> = quarters
        .iter()
        .map(|p| (p.label.as_str(), p.count))
        .collect();
    assert_eq!(found, [("2026-Q1", 1), ("2026-Q2", 1), ("2026-Q3", 1)]);
}

#[test]
fn a_period_is_closed_on_the_day_after_its_last() {
    let on = |as_of| count_closed([], Length::Month, date(2024, 2, 1), as_of).len();
    assert_eq!(on(date(2024, 2, 29)), 0);
    assert_eq!(on(date(2024, 3, 1)), 1);
}

#[test]
fn labels() {
    assert_eq!(label(date(2026, 7, 4), Length::HalfYear), "2026-2");
    assert_eq!(label(date(2026, 7, 4), Length::Month), "2026-07");
    assert_eq!(label(date(2026, 7, 4), Length::Year), "2026");
}
