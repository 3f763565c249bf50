//! Seats: however people hold, take, release and let expire, no seat has two users.

use crate::samples::*;
use domain::{capacity::*, ids::*, placement::Placement, room::*};
use jiff::Timestamp;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn room(places: u16) -> Room {
    Room {
        id: RoomId::new(uuid(1)),
        location: LocationId::new(uuid(900)),
        kind: RoomKind::Crisis,
        places,
        max_stay_days: Some(90),
        out_of_service: OutOfService::default(),
    }
}

fn id(n: u128) -> PlacementId {
    PlacementId::new(uuid(n))
}

fn minute(n: i64) -> Timestamp {
    Timestamp::from_second(at(MORNING).as_second() + n * 60).unwrap()
}

#[test]
fn a_full_room_says_how_full() {
    let three = RoomOccupancy::empty(&room(4))
        .hold(id(1), 3, minute(60), minute(0))
        .unwrap();
    assert_eq!(three.free_at(minute(0)), 1);
    let refused = three.clone().hold(id(2), 2, minute(60), minute(1));
    assert_eq!(
        refused.unwrap_err(),
        SeatError::Full {
            room: RoomId::new(uuid(1)),
            free: 1,
            wanted: 2
        }
    );
    assert!(three.clone().hold(id(2), 1, minute(60), minute(1)).is_ok());
    assert_eq!(
        three.hold(id(1), 1, minute(60), minute(1)).unwrap_err(),
        SeatError::HasSeats(id(1))
    );
}

#[test]
fn a_hold_frees_its_seats_the_moment_it_ends() {
    let held = RoomOccupancy::empty(&room(1))
        .hold(id(1), 1, minute(60), minute(0))
        .unwrap();
    assert!(held.clone().hold(id(2), 1, minute(90), minute(59)).is_err());
    assert!(held.clone().take(id(1), minute(60)).is_err(), "too late");
    let other = held.clone().hold(id(2), 1, minute(90), minute(60)).unwrap();
    assert_eq!(other.used_by(id(1), minute(60)), 0);
    let (freed, whose) = held.expire(minute(60));
    assert_eq!((freed.free_at(minute(0)), whose), (1, vec![id(1)]));
}

#[test]
fn a_taken_seat_stays_taken_until_released() {
    let taken = RoomOccupancy::empty(&room(2))
        .hold(id(1), 2, minute(60), minute(0))
        .unwrap();
    let taken = taken.take(id(1), minute(30)).unwrap();
    assert_eq!(taken.free_at(minute(600)), 0);
    assert_eq!(taken.clone().release(id(1)).free_at(minute(600)), 2);
    assert!(taken.clone().resize(1, minute(600)).is_err());
    assert_eq!(
        taken.resize(3, minute(600)).unwrap().free_at(minute(600)),
        1
    );
}

#[test]
fn impossible_holds_are_refused() {
    let empty = RoomOccupancy::empty(&room(2));
    assert_eq!(
        empty
            .clone()
            .hold(id(1), 0, minute(60), minute(0))
            .unwrap_err(),
        SeatError::NoSeats
    );
    assert!(matches!(
        empty.clone().hold(id(1), 1, minute(0), minute(0)),
        Err(SeatError::HoldInPast { .. })
    ));
    assert_eq!(
        empty.take(id(1), minute(0)).unwrap_err(),
        SeatError::NoHold(id(1))
    );
}

fn held(n: u128, seats: u16) -> Placement {
    placement(n, 1, seats).hold(minute(60), morning()).unwrap()
}

#[test]
fn what_the_placements_say_together_is_checked() {
    let now = minute(1);
    let living = held(2, 1)
        .accept_by_shelter(minute(60), morning())
        .and_then(|p| p.accept_by_client(morning()))
        .unwrap();
    let gone = held(3, 4).refuse(reason("vol"), morning()).unwrap();
    let elsewhere = placement(4, 2, 4).hold(minute(60), morning()).unwrap();
    let all = [held(1, 2), living, gone, elsewhere, placement(5, 1, 4)];
    let told = RoomOccupancy::from_placements(&room(4), &all, now).unwrap();
    assert_eq!(told.free_at(now), 1);
    assert_eq!(
        RoomOccupancy::from_placements(&room(4), &all, minute(60))
            .unwrap()
            .free_at(minute(60)),
        3
    );
    assert!(matches!(
        RoomOccupancy::from_placements(&room(2), &all, now),
        Err(SeatError::Full { .. })
    ));
}

#[test]
fn rooms_fit_groups_by_their_kind_and_days_by_their_service() {
    assert!(RoomKind::Stay.fits_group(1) && !RoomKind::Stay.fits_group(2));
    assert!(!RoomKind::Family.fits_group(1) && RoomKind::Family.fits_group(3));
    assert!(
        RoomKind::Crisis.fits_group(1)
            && RoomKind::Crisis.fits_group(3)
            && !RoomKind::Crisis.fits_group(0)
    );
    let mut closed = room(1);
    let march = OutRevision {
        from: day("2026-03-01"),
        until: Some(day("2026-03-31")),
        out: Out::All {
            reason: reason("anders"),
        },
        by: morning(),
    };
    let history = OutOfService::default().say(march, day("2026-02-01"));
    closed.out_of_service = history.unwrap();
    assert!(closed.in_service_on(day("2026-02-28")) && closed.in_service_on(day("2026-04-01")));
    assert!(!closed.in_service_on(day("2026-03-01")) && !closed.in_service_on(day("2026-03-31")));
}

#[derive(Debug, Clone)]
enum Try {
    Hold(u128, u16, i64),
    Extend(u128, i64),
    Take(u128),
    Release(u128),
    Expire,
    Resize(u16),
}

fn any_try() -> impl Strategy<Value = (Try, i64)> {
    let who = 1u128..6;
    let step = prop_oneof![
        4 => (who.clone(), 0u16..4, 1i64..60).prop_map(|(n, s, m)| Try::Hold(n, s, m)),
        2 => (who.clone(), 0i64..90).prop_map(|(n, m)| Try::Extend(n, m)),
        2 => who.clone().prop_map(Try::Take),
        1 => who.prop_map(Try::Release),
        1 => Just(Try::Expire),
        1 => (0u16..8).prop_map(Try::Resize),
    ];
    (step, 0i64..15)
}

/// What a seat-less book-keeper would write: placement → seats and, while only held, until when.
type Book = BTreeMap<u128, (u16, Option<i64>)>;

fn live(book: &Book, now: i64) -> u16 {
    book.values()
        .filter(|(_, until)| until.is_none_or(|u| now < u))
        .map(|(s, _)| s)
        .sum()
}

proptest! {
    #[test]
    fn no_seat_ever_has_two_users(places in 1u16..7, steps in prop::collection::vec(any_try(), 0..60)) {
        let mut here = RoomOccupancy::empty(&room(places));
        let (mut places, mut clock, mut book) = (places, 0, Book::new());
        for (step, passed) in steps {
            clock += passed;
            let now = minute(clock);
            book.retain(|_, (_, until)| until.is_none_or(|u| clock < u));
            let before = here.clone();
            let tried = match &step {
                Try::Hold(n, seats, minutes) => here.hold(id(*n), *seats, minute(clock + minutes), now),
                Try::Extend(n, minutes) => here.extend(id(*n), minute(clock + minutes), now),
                Try::Take(n) => here.take(id(*n), now),
                Try::Release(n) => Ok(here.release(id(*n))),
                Try::Expire => Ok(here.expire(now).0),
                Try::Resize(to) => here.resize(*to, now),
            };
            // The book-keeper says beforehand whether it has to succeed.
            let free = places - live(&book, clock);
            let expected = match &step {
                Try::Hold(n, seats, _) => *seats > 0 && *seats <= free && !book.contains_key(n),
                Try::Extend(n, _) => book.get(n).is_some_and(|(_, until)| until.is_some()),
                Try::Take(n) => book.contains_key(n),
                Try::Release(_) | Try::Expire => true,
                Try::Resize(to) => *to >= places - free,
            };
            prop_assert_eq!(tried.is_ok(), expected, "{:?} on {:?}", step, before);
            here = tried.unwrap_or(before);
            match step {
                Try::Hold(n, seats, minutes) if expected => { book.insert(n, (seats, Some(clock + minutes))); }
                Try::Extend(n, minutes) if expected => {
                    book.entry(n).and_modify(|b| b.1 = b.1.max(Some(clock + minutes)));
                }
                Try::Take(n) if expected => { book.entry(n).and_modify(|b| b.1 = None); }
                Try::Release(n) => { book.remove(&n); }
                Try::Resize(to) if expected => places = to,
                _ => {}
            }
            prop_assert_eq!(here.seats().len(), usize::from(places));
            prop_assert_eq!(here.free_at(now), places - live(&book, clock));
            for n in 1..6 {
                let seats = book.get(&n).map_or(0, |b| b.0);
                prop_assert_eq!(here.used_by(id(n), now), seats);
            }
        }
    }
}
