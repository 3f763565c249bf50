//! Tests of this subject through its public face.

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

use super::super::calendar::{
    amsterdam, day_in_amsterdam, end_of_day, is_working_day, start_of_day,
};
use super::super::*;
use super::{AFTER, builtin};

fn clock(length: ClockLength) -> ClockFacts {
    ClockFacts {
        length,
        direction: Direction::After,
        starts: Label {
            nl: "begin".to_owned(),
            en: "start".to_owned(),
        },
        moves_to_working_day: false,
    }
}

/// A moment in Amsterdam.
fn at(day: Date, hour: i8, minute: i8) -> Timestamp {
    day.at(hour, minute, 0, 0)
        .to_zoned(amsterdam())
        .unwrap()
        .timestamp()
}

fn deadline_of(code: &'static str, start: Timestamp) -> String {
    let clock = builtin().clock(&ClockCode::literal(code), AFTER).unwrap();
    clock
        .deadline(start)
        .to_zoned(amsterdam())
        .datetime()
        .to_string()
}

#[test]
fn the_reflection_period_is_three_calendar_months() {
    let deadline = |day| deadline_of("reflection_period", at(day, 10, 30));
    assert_eq!(deadline(date(2026, 1, 15)), "2026-04-15T23:59:59");
    assert_eq!(
        deadline(date(2026, 11, 30)),
        "2027-02-28T23:59:59",
        "a date that does not exist becomes the last day"
    );
    assert_eq!(
        deadline(date(2027, 11, 30)),
        "2028-02-29T23:59:59",
        "a leap year has one day more"
    );
    assert_eq!(deadline(date(2026, 12, 31)), "2027-03-31T23:59:59");
    assert_eq!(deadline(date(2028, 2, 29)), "2028-05-29T23:59:59");
    assert_eq!(deadline(date(2026, 8, 31)), "2026-11-30T23:59:59");
}

#[test]
fn a_moment_late_at_night_counts_as_the_day_in_amsterdam() {
    let just_after_midnight: Timestamp = "2026-06-30T22:30:00Z".parse().unwrap();
    assert_eq!(
        deadline_of("reflection_period", just_after_midnight),
        "2026-10-01T23:59:59"
    );
}

#[test]
fn years_from_a_leap_day_end_on_28_february() {
    assert_eq!(
        deadline_of("permit_to_lasting", at(date(2028, 2, 29), 9, 0)),
        "2031-02-28T23:59:59"
    );
}

#[test]
fn seventy_two_hours_are_elapsed_hours_on_both_nights_the_clock_changes() {
    // Spring 2026: 29 March, 02:00 becomes 03:00. Autumn: 25 October, 03:00 becomes 02:00.
    assert_eq!(
        deadline_of("breach_notice", at(date(2026, 3, 27), 12, 0)),
        "2026-03-30T13:00:00"
    );
    assert_eq!(
        deadline_of("breach_notice", at(date(2026, 10, 23), 12, 0)),
        "2026-10-26T11:00:00"
    );
}

#[test]
fn days_end_at_midnight_on_both_nights_the_clock_changes() {
    assert_eq!(
        deadline_of("first_answer", at(date(2026, 3, 27), 16, 0)),
        "2026-03-30T23:59:59"
    );
    assert_eq!(
        deadline_of("reflection_period", at(date(2026, 7, 25), 2, 30)),
        "2026-10-25T23:59:59"
    );
    assert_eq!(
        deadline_of("reflection_period", at(date(2025, 12, 29), 2, 30)),
        "2026-03-29T23:59:59"
    );
    let autumn = end_of_day(date(2026, 10, 25)).duration_since(start_of_day(date(2026, 10, 25)));
    assert_eq!(autumn.as_secs(), 25 * 3600 - 1);
}

#[test]
fn a_term_of_law_moves_past_free_days_and_a_norm_does_not() {
    // One month after 5 March 2026 is Easter Sunday; Easter Monday is free as well.
    assert_eq!(
        deadline_of("data_subject_request", at(date(2026, 3, 5), 9, 0)),
        "2026-04-07T23:59:59"
    );
    assert_eq!(
        deadline_of("cosm_stay", at(date(2026, 1, 5), 9, 0)),
        "2026-04-05T23:59:59"
    );
}

#[test]
fn a_warning_falls_due_at_the_beginning_of_its_day() {
    let birthday = at(date(2027, 8, 31), 0, 0);
    assert_eq!(
        deadline_of("turns_18_notice", birthday),
        "2027-02-28T00:00:00"
    );
}

#[test]
fn a_date_fixed_by_law_ignores_its_start() {
    assert_eq!(
        deadline_of("eu_transposition", at(date(2020, 1, 1), 0, 0)),
        "2026-07-15T23:59:59"
    );
}

#[test]
fn acute_means_at_once() {
    let now = at(date(2026, 10, 25), 2, 30);
    assert_eq!(
        builtin()
            .clock(&ClockCode::literal("first_answer_acute"), AFTER)
            .unwrap()
            .deadline(now),
        now
    );
}

#[test]
fn the_end_of_time_is_an_answer_and_no_panic() {
    let lengths = [
        ClockLength::Hours(u16::MAX),
        ClockLength::Days(u16::MAX),
        ClockLength::WorkingDays(400),
        ClockLength::Weeks(u16::MAX),
        ClockLength::Months(u16::MAX),
        ClockLength::Years(u16::MAX),
        ClockLength::OnDate(Date::MAX),
        ClockLength::OnDate(Date::MIN),
    ];
    for length in lengths {
        for direction in [Direction::After, Direction::Before] {
            for moves_to_working_day in [false, true] {
                let clock = ClockFacts {
                    direction,
                    moves_to_working_day,
                    ..clock(length)
                };
                for start in [Timestamp::MIN, Timestamp::MAX] {
                    let _ = (clock.deadline(start), clock.last_day(start));
                }
            }
        }
    }
}

fn any_moment() -> impl Strategy<Value = Timestamp> {
    // 1996 to 2090.
    (820_000_000_i64..3_786_000_000).prop_map(|second| Timestamp::from_second(second).unwrap())
}

fn counted_length() -> impl Strategy<Value = ClockLength> {
    prop_oneof![
        (0_u16..200).prop_map(ClockLength::Days),
        (0_u16..60).prop_map(ClockLength::WorkingDays),
        (0_u16..30).prop_map(ClockLength::Weeks),
        (0_u16..40).prop_map(ClockLength::Months),
        (0_u16..20).prop_map(ClockLength::Years),
    ]
}

proptest! {
    #[test]
    fn a_deadline_is_never_before_its_start_nor_before_an_earlier_start_s(
        start in any_moment(), later in 0_i64..10_000_000, length in counted_length(), moves in any::<bool>(),
    ) {
        let clock = ClockFacts { moves_to_working_day: moves, ..clock(length) };
        let deadline = clock.deadline(start);
        prop_assert!(deadline.as_second() >= start.as_second());
        prop_assert!(clock.deadline(start + SignedDuration::from_secs(later)) >= deadline);
    }

    #[test]
    fn a_deadline_is_the_last_second_of_its_last_day(start in any_moment(), length in counted_length()) {
        let clock = clock(length);
        let last = clock.deadline(start);
        prop_assert_eq!(day_in_amsterdam(last), clock.last_day(start));
        prop_assert_eq!(day_in_amsterdam(last + 1.second()), clock.last_day(start).tomorrow().unwrap());
    }

    #[test]
    fn every_moment_of_a_day_has_the_same_deadline(start in any_moment(), length in counted_length()) {
        let clock = clock(length);
        let day = day_in_amsterdam(start);
        prop_assert_eq!(clock.deadline(start_of_day(day)), clock.deadline(start));
        prop_assert_eq!(clock.deadline(end_of_day(day)), clock.deadline(start));
    }

    #[test]
    fn months_keep_the_date_or_take_the_last_day(start in any_moment(), months in 0_u16..60) {
        let last = clock(ClockLength::Months(months)).last_day(start);
        let day = day_in_amsterdam(start);
        let passed = i32::from(last.year()) * 12 + i32::from(last.month())
            - i32::from(day.year()) * 12 - i32::from(day.month());
        prop_assert_eq!(passed, i32::from(months));
        prop_assert!(last.day() == day.day() || (last.day() < day.day() && last == last.last_of_month()));
    }

    #[test]
    fn working_days_end_on_a_working_day_with_that_many_between(start in any_moment(), count in 1_u16..60) {
        let day = day_in_amsterdam(start);
        let last = clock(ClockLength::WorkingDays(count)).last_day(start);
        prop_assert!(is_working_day(last));
        let mut between = 0;
        let mut walk = day;
        while walk < last {
            walk = walk.tomorrow().unwrap();
            between += u16::from(is_working_day(walk));
        }
        prop_assert_eq!(between, count);
    }

    #[test]
    fn hours_are_exact(start in any_moment(), hours in any::<u16>()) {
        let deadline = clock(ClockLength::Hours(hours)).deadline(start);
        prop_assert_eq!(deadline.as_second() - start.as_second(), i64::from(hours) * 3600);
    }

    #[test]
    fn a_term_that_moves_ends_on_a_working_day(start in any_moment(), length in counted_length()) {
        let clock = ClockFacts { moves_to_working_day: true, ..clock(length) };
        prop_assert!(is_working_day(clock.last_day(start)));
    }
}
