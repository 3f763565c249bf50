//! A room by day: what is told adds up, nothing told is lost, nothing is free that somebody uses.

use std::collections::BTreeMap;

use crate::samples::*;
use domain::{
    capacity::*,
    ids::*,
    room::*,
    vocabulary::{ClockCode, Vocabulary},
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use proptest::prelude::*;

const TODAY: &str = "2026-03-09";

fn room(places: u16) -> Room {
    Room {
        id: RoomId::new(uuid(1)),
        location: LocationId::new(uuid(900)),
        kind: RoomKind::Crisis,
        places,
        max_stay_days: None,
        out_of_service: OutOfService::default(),
    }
}

fn id(n: u128) -> PlacementId {
    PlacementId::new(uuid(n))
}

fn now() -> Timestamp {
    at(MORNING)
}

fn later(hours: i64) -> Timestamp {
    now() + SignedDuration::from_hours(hours)
}

/// A day after today.
fn on(days: i64) -> Date {
    day(TODAY) + days.days()
}

fn places(number: u16) -> Out {
    Out::Places {
        number,
        reason: reason("onderhoud"),
    }
}

fn revision(from: i64, until: Option<i64>, out: Out) -> OutRevision {
    OutRevision {
        from: on(from),
        until: until.map(on),
        out,
        by: morning(),
    }
}

fn told(room: &Room, revisions: Vec<OutRevision>) -> Room {
    let history = revisions
        .into_iter()
        .try_fold(room.out_of_service.clone(), |all, one| {
            all.say(one, day(TODAY))
        });
    Room {
        out_of_service: history.unwrap(),
        ..room.clone()
    }
}

/// Four places: one taken by placement 1, one held until eleven for placement 2.
fn lived_in() -> RoomOccupancy {
    RoomOccupancy::empty(&room(4))
        .hold(id(1), 1, later(2), now())
        .and_then(|seats| seats.take(id(1), now()))
        .and_then(|seats| seats.hold(id(2), 1, later(1), now()))
        .unwrap()
}

fn leaves(day: Date) -> Told {
    let departure = Departure { day, by: morning() };
    Told {
        departures: BTreeMap::from([(id(1), departure)]),
        ..Told::default()
    }
}

#[test]
fn the_parts_of_a_day_add_up() {
    let (room, seats) = (room(4), lived_in());
    let told = Told {
        other_use: 1,
        ..leaves(on(2))
    };
    let capacity = Capacity {
        room: &room,
        seats: &seats,
        told: &told,
    };
    let line = |days| {
        let f = capacity.on(on(days), now());
        (f.taken, f.held, f.other, f.leaving, f.free)
    };
    assert_eq!(line(0), (1, 1, 1, 0, 1));
    assert_eq!(
        line(2),
        (1, 1, 1, 1, 1),
        "the last day is a day of the stay"
    );
    assert_eq!(line(3), (0, 1, 1, 0, 2));
    let over = capacity.on(on(0), later(1));
    assert_eq!(
        (over.held, over.free),
        (0, 2),
        "an expired hold holds nothing"
    );
}

#[test]
fn who_was_to_leave_and_has_not_is_still_there() {
    let (room, seats, told) = (room(4), lived_in(), leaves(on(1)));
    let capacity = Capacity {
        room: &room,
        seats: &seats,
        told: &told,
    };
    let three_days_on = later(72);
    for days in 0..9 {
        let figure = capacity.on(on(days), three_days_on);
        assert_eq!((figure.taken, figure.overdue), (1, 1), "day {days}");
    }
}

#[test]
fn everything_out_frees_nothing_and_puts_nobody_out() {
    let seats = lived_in();
    let out = Out::All {
        reason: reason("besmetting"),
    };
    let room = told(&room(4), vec![revision(0, None, out)]);
    let told = leaves(on(1));
    let capacity = Capacity {
        room: &room,
        seats: &seats,
        told: &told,
    };
    let line = |days| {
        let f = capacity.on(on(days), now());
        (f.taken, f.held, f.out, f.free, f.short)
    };
    assert_eq!(line(0), (1, 1, 2, 0, 0));
    assert_eq!(line(2), (0, 1, 3, 0, 0), "who leaves makes no place free");
    assert!(!room.in_service_on(on(0)));
    assert!(capacity.check(on(0), now()).is_ok());
}

#[test]
fn more_out_than_nobody_uses_is_refused_with_who_is_in_the_way() {
    let seats = lived_in();
    let room = told(&room(4), vec![revision(0, Some(9), places(3))]);
    let (stays, gone) = (Told::default(), leaves(on(4)));
    let capacity = |told| Capacity {
        room: &room,
        seats: &seats,
        told,
    };
    let refused = capacity(&stays).check(on(0), now()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "on 2026-03-09 2 of 4 places can be out of service at most: 1 taken, 1 held, 0 used by others"
    );
    assert!(capacity(&gone).check(on(4), now()).is_err());
    assert!(capacity(&gone).check(on(5), now()).is_ok());
    let crowded = capacity(&stays).on(on(0), now());
    assert_eq!((crowded.out, crowded.free, crowded.short), (2, 0, 1));
}

#[test]
fn what_was_said_last_counts_for_its_days_and_takes_nothing_away() {
    let december = revision(30, Some(40), places(1));
    let now_out = revision(0, Some(2), places(2));
    let shorter = revision(1, Some(1), places(3));
    let room = told(&room(4), vec![december, now_out, shorter]);
    let out = |days| match room.out_of_service.on(on(days)).map(|r| &r.out) {
        Some(Out::Places { number, .. }) => *number,
        _ => 0,
    };
    assert_eq!([0, 1, 2, 3, 30, 40, 41].map(out), [2, 3, 2, 0, 1, 1, 0]);
    let ended = room.out_of_service.end(on(1), morning()).unwrap();
    assert_eq!(ended.history().len(), 4);
    assert!(ended.on(on(1)).is_none());
    assert!(
        ended.on(on(2)).is_some(),
        "only what counted on that day ends"
    );
    assert_eq!(
        ended.end(on(3), morning()).unwrap_err(),
        CapacityError::NothingOut(on(3))
    );
}

#[test]
fn days_the_wrong_way_round_or_past_are_refused() {
    let say = |from, until, out| {
        OutOfService::default()
            .say(revision(from, until, out), day(TODAY))
            .unwrap_err()
    };
    assert!(matches!(
        say(3, Some(2), places(1)),
        CapacityError::Reversed { .. }
    ));
    assert!(matches!(
        say(-3, Some(-1), places(1)),
        CapacityError::Past { .. }
    ));
    assert_eq!(say(0, None, places(0)), CapacityError::NoPlaces);
}

#[test]
fn a_room_as_it_was_kept_before_is_read() {
    let before = r#"{"id":"00000000-0000-0000-0000-000000000001","location":"00000000-0000-0000-0000-000000000384","kind":"crisis","places":4,"max_stay_days":null,
        "out_of_service":{"since":"2026-03-01","until":null,"reason":"schade","by":{"user":"00000000-0000-0000-0000-000000000001","org":"00000000-0000-0000-0000-000000000001","at":"2026-03-01T09:00:00Z"}}}"#;
    let room: Room = serde_json::from_str(before).unwrap();
    assert!(!room.in_service_on(on(0)) && room.in_service_on(day("2026-02-28")));
    let nothing = before.replace(&before[before.find("{\"since").unwrap()..], "null}");
    let room: Room = serde_json::from_str(&nothing).unwrap();
    assert_eq!(room.out_of_service.history(), []);
    let again: Room = serde_json::from_str(&serde_json::to_string(&room).unwrap()).unwrap();
    assert_eq!(again, room);
}

#[test]
fn a_figure_is_stale_after_the_hours_of_the_vocabulary_also_in_the_night_the_clock_goes_back() {
    let vocabulary = Vocabulary::builtin().unwrap();
    let clock = ClockCode::literal("capacity_fresh");
    let fresh = &vocabulary.clock(&clock, day(TODAY)).unwrap().facts;
    let said = at("2026-10-24T12:00:00+02:00");
    let by = by("2026-10-24T12:00:00+02:00");
    let told = Told::default().again(Said::now(by, Source::Screen));
    assert_eq!(told.number, 1);
    let hour = |n| said + SignedDuration::from_hours(n);
    assert!(!told.is_stale(fresh, hour(23)));
    assert!(
        told.is_stale(fresh, hour(24)),
        "elapsed hours, not the dial"
    );
    assert!(Told::default().is_stale(fresh, said), "nobody ever said it");
}

#[test]
fn a_hold_in_the_night_the_clock_goes_back_lasts_its_whole_time() {
    // Half past two comes twice on 25 October 2026.
    let first = at("2026-10-25T02:30:00+02:00");
    let until = first + SignedDuration::from_mins(120);
    assert_eq!(until, at("2026-10-25T03:30:00+01:00"));
    let held = RoomOccupancy::empty(&room(1))
        .hold(id(1), 1, until, first)
        .unwrap();
    let second = at("2026-10-25T02:30:00+01:00");
    assert_eq!(held.free_at(second), 0);
    assert_eq!(held.free_at(until), 1);
    let (one, told) = (room(1), Told::default());
    let capacity = Capacity {
        room: &one,
        seats: &held,
        told: &told,
    };
    assert_eq!(capacity.free_now(second), 0);
    assert_eq!(capacity.free_now(until), 1);
}

#[test]
fn impossible_figures_of_what_is_free_are_refused() {
    let (seats, nothing) = (lived_in(), Told::default());
    let room = told(&room(4), vec![revision(0, None, places(1))]);
    let capacity = Capacity {
        room: &room,
        seats: &seats,
        told: &nothing,
    };
    assert_eq!(capacity.other_use_when_free(1, now()), Ok(0));
    assert_eq!(capacity.other_use_when_free(0, now()), Ok(1));
    let refused = capacity.other_use_when_free(2, now()).unwrap_err();
    assert!(matches!(refused, CapacityError::TooFree { most: 1, .. }));
    let none_left = capacity.hold(id(3), 2, later(2), now());
    assert!(matches!(none_left, Err(SeatError::Full { free: 1, .. })));
}

#[derive(Debug, Clone)]
struct Case {
    places: u16,
    stays: Vec<(u16, bool, Option<i64>)>,
    other: u16,
    out: Vec<(i64, Option<i64>, Option<u16>)>,
}

fn any_case() -> impl Strategy<Value = Case> {
    let stay = (1u16..4, any::<bool>(), prop::option::of(-3i64..12));
    let days = (
        -5i64..12,
        prop::option::of(0i64..9),
        prop::option::of(0u16..9),
    );
    let out = days.prop_map(|(from, long, out)| (from, long.map(|n| (from + n).max(0)), out));
    (
        0u16..9,
        prop::collection::vec(stay, 0..5),
        0u16..9,
        prop::collection::vec(out, 0..6),
    )
        .prop_map(|(places, stays, other, out)| Case {
            places,
            stays,
            other,
            out,
        })
}

fn how_much(out: Option<u16>) -> Out {
    match out {
        None => Out::All {
            reason: reason("schade"),
        },
        Some(0) => Out::Nothing,
        Some(n) => places(n),
    }
}

fn build(case: &Case) -> (Room, RoomOccupancy, Told) {
    let mut seats = RoomOccupancy::empty(&room(case.places));
    let mut all = Told {
        other_use: case.other,
        ..Told::default()
    };
    for (n, (wanted, lives, day)) in (1u128..).zip(&case.stays) {
        let Ok(held) = seats.clone().hold(id(n), *wanted, later(1), now()) else {
            continue;
        };
        seats = match lives {
            true => held.take(id(n), now()).unwrap(),
            false => held,
        };
        if let (true, Some(day)) = (lives, day) {
            let departure = Departure {
                day: on(*day),
                by: morning(),
            };
            all.departures.insert(id(n), departure);
        }
    }
    let out = case.out.iter();
    let out = out.map(|(from, until, out)| revision(*from, *until, how_much(*out)));
    (told(&room(case.places), out.collect()), seats, all)
}

proptest! {
    #[test]
    fn free_is_never_more_than_there_is_and_the_parts_add_up(case in any_case(), hours in 0i64..3) {
        let (room, seats, told) = build(&case);
        let capacity = Capacity { room: &room, seats: &seats, told: &told };
        let now = later(hours);
        let mut taken_before = u16::MAX;
        for days in -2..20 {
            let f = capacity.on(on(days), now);
            prop_assert!(f.free <= room.places);
            prop_assert!(f.leaving <= f.taken && f.overdue <= f.taken);
            prop_assert!(f.taken <= taken_before, "people only leave");
            taken_before = f.taken;
            let sum = f.out + f.taken + f.held + f.other + f.free;
            let used = f.taken + f.held + f.other;
            match used <= room.places {
                true => prop_assert_eq!(sum, room.places),
                false => prop_assert!(f.free == 0 && f.out == 0 && f.short > 0),
            }
        }
        prop_assert!(capacity.free_now(now) <= seats.free_at(now));
    }

    #[test]
    fn splitting_a_revision_changes_nothing(case in any_case(), which in 0usize..6, at in 0i64..9) {
        let mut split = case.clone();
        let Some((from, until, out)) = case.out.get(which).copied() else { return Ok(()) };
        let cut = from + at;
        // Both halves must have a day that is not past.
        if cut < 0 || until.is_some_and(|until| until <= cut) { return Ok(()) }
        split.out.splice(which..=which, [(from, Some(cut), out), (cut + 1, until, out)]);
        let ((one, seats, told), (two, _, _)) = (build(&case), build(&split));
        for days in -2..25 {
            let figure = |room| Capacity { room, seats: &seats, told: &told }.on(on(days), now());
            prop_assert_eq!(figure(&one), figure(&two));
        }
    }
}
