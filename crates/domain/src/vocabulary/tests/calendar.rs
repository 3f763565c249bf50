//! Tests of this subject through its public face.

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::super::calendar::*;

#[test]
fn our_rule_for_amsterdam_is_the_published_one() {
    let Ok(published) = TimeZone::get("Europe/Amsterdam") else {
        println!("skipped: this machine has no time zone data");
        return;
    };
    // The clocks of the Union change at 01:00 UTC, so a second before and at that moment tell every change.
    let mut moment: Timestamp = "1996-01-01T01:00:00Z".parse().unwrap();
    let end: Timestamp = "2037-12-31T00:00:00Z".parse().unwrap();
    while moment < end {
        for moment in [moment - 1.second(), moment] {
            let ours = amsterdam().to_datetime(moment);
            assert_eq!(ours, published.to_datetime(moment), "{moment}");
        }
        moment += 24.hours();
    }
}

#[test]
fn easter_falls_where_the_almanacs_say() {
    let known = [
        (1818, 3, 22),
        (1943, 4, 25),
        (1961, 4, 2),
        (2000, 4, 23),
        (2008, 3, 23),
        (2011, 4, 24),
        (2024, 3, 31),
        (2025, 4, 20),
        (2026, 4, 5),
        (2027, 3, 28),
        (2038, 4, 25),
        (2285, 3, 22),
    ];
    for (year, month, day) in known {
        assert_eq!(easter_sunday(year), Some(date(year, month, day)));
    }
    assert_eq!(easter_sunday(1582), None);
}

#[test]
fn easter_is_always_a_sunday_between_22_march_and_25_april() {
    for year in 1583..=9999 {
        let easter = easter_sunday(year).unwrap();
        assert_eq!(easter.weekday(), jiff::civil::Weekday::Sunday, "{easter}");
        assert!(
            easter >= date(year, 3, 22) && easter <= date(year, 4, 25),
            "{easter}"
        );
    }
}

#[test]
fn the_free_days_of_2026_and_2027() {
    let of_year = |year| -> Vec<String> {
        let mut day = date(year, 1, 1);
        let mut found = Vec::new();
        while day.year() == year {
            if let Some(holiday) = holiday(day) {
                found.push(format!("{day} {holiday:?}"));
            }
            day = day.tomorrow().unwrap();
        }
        found
    };
    insta::assert_snapshot!(of_year(2026).join("\n"), @r"
    2026-01-01 NewYear
    2026-04-03 GoodFriday
    2026-04-06 EasterMonday
    2026-04-27 KingsDay
    2026-05-05 LiberationDay
    2026-05-14 AscensionDay
    2026-05-25 WhitMonday
    2026-12-25 ChristmasDay
    2026-12-26 SecondChristmasDay
    ");
    assert_eq!(of_year(2027).len(), 9);
}

#[test]
fn kings_day_moves_from_sunday_to_saturday() {
    assert_eq!(holiday(date(2025, 4, 27)), None, "a Sunday in 2025");
    assert_eq!(holiday(date(2025, 4, 26)), Some(Holiday::KingsDay));
    assert_eq!(holiday(date(2026, 4, 26)), None);
    assert_eq!(
        holiday(date(2013, 4, 30)),
        Some(Holiday::KingsDay),
        "the last Queen's day"
    );
    assert_eq!(holiday(date(2013, 4, 27)), None);
}

#[test]
fn working_days_pass_over_weekends_and_free_days() {
    let thursday = date(2026, 4, 2);
    assert_eq!(
        working_days_after(thursday, 1),
        date(2026, 4, 7),
        "Good Friday to Easter Monday are free"
    );
    assert_eq!(working_days_after(thursday, 0), thursday);
    assert_eq!(working_days_after(date(2026, 4, 4), 0), date(2026, 4, 7));
    assert_eq!(working_days_before(date(2026, 4, 7), 1), thursday);
    assert_eq!(working_days_before(date(2026, 4, 6), 0), thursday);
}
