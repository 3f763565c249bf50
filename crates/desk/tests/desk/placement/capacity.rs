//! What is told about a room counts in the very next search; nothing impossible is taken; nobody is put out.

use std::collections::BTreeMap;

use super::*;
use desk::placement::{OutInput, StoredPlacement};
use domain::room::Seat;
use jiff::civil::{Date, date};

fn today() -> Date {
    date(2026, 11, 23)
}

fn out(places: Option<u16>, from: Date, until: Option<Date>) -> OutInput {
    OutInput {
        from,
        until,
        places,
        reason: ReasonInput::of("onderhoud"),
    }
}

fn fault(result: Result<(), DeskError>) -> (String, String) {
    match result {
        Err(DeskError::Invalid(faults)) => (faults[0].key.clone(), faults[0].detail.clone()),
        other => panic!("expected a fault, got {other:?}"),
    }
}

async fn offered(world: &World, id: ShelterRequestId, now: Timestamp) -> Vec<(RoomId, u16)> {
    let seen = placement::read(&world.desk, &officer(world), now, id).await;
    let found = seen.unwrap().found.unwrap();
    let fitting = found.offers.into_iter().filter(|o| o.fails.is_empty());
    fitting.map(|offer| (offer.room, offer.free)).collect()
}

async fn lives_there(world: &World, room: RoomId) -> PlacementId {
    let (_, id) = asked(world, single()).await;
    let desk = &world.desk;
    let held = placement::hold(desk, &officer(world), start(), id, 1, take(room))
        .await
        .unwrap();
    let shelter = staff(world, world.shelter_a);
    placement::accept(desk, &shelter, start(), held, 1)
        .await
        .unwrap();
    let yes = ClientAnswer::Accepts;
    let v = version(desk, held).await;
    placement::client_answers(desk, &world.coordinator(), start(), held, v, yes)
        .await
        .unwrap();
    held
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_that_is_out_today_is_not_offered_and_is_again_the_moment_it_is_back() {
    let world = World::new().await;
    let desk = &world.desk;
    let shelter = staff(&world, world.shelter_a);
    let cosm = location(ShelterKind::Cosm, "GM0193");
    let (_, room) = rooms(&world, world.shelter_a, cosm, RoomKind::Stay, 2).await;
    let (_, id) = asked(&world, single()).await;
    assert_eq!(offered(&world, id, start()).await, [(room, 2)]);

    placement::say_out(
        desk,
        &shelter,
        start(),
        room,
        1,
        out(Some(1), today(), None),
    )
    .await
    .unwrap();
    assert_eq!(offered(&world, id, start()).await, [(room, 1)]);
    let until = Some(today());
    placement::say_out(desk, &shelter, start(), room, 2, out(None, today(), until))
        .await
        .unwrap();
    assert_eq!(offered(&world, id, start()).await, []);
    let held = placement::hold(desk, &officer(&world), start(), id, 1, take(room)).await;
    assert_eq!(key(held), "shelter.room_fails");
    assert_eq!(
        offered(&world, id, hours(15)).await,
        [(room, 1)],
        "the next day"
    );

    placement::end_out(desk, &shelter, start(), room, 3, today())
        .await
        .unwrap();
    placement::say_other_use(desk, &shelter, start(), room, 4, 1)
        .await
        .unwrap();
    assert_eq!(offered(&world, id, start()).await, [(room, 1)]);
    let seen = placement::room_by_day(desk, &shelter, start(), room, today(), 3)
        .await
        .unwrap();
    assert_eq!(
        seen.stored.room.out_of_service.history().len(),
        3,
        "nothing told is lost"
    );
    assert_eq!(seen.number, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_out_of_service_than_nobody_uses_is_refused_with_who_is_in_the_way() {
    let world = World::new().await;
    let desk = &world.desk;
    let shelter = staff(&world, world.shelter_a);
    let cosm = location(ShelterKind::Cosm, "GM0193");
    let (_, room) = rooms(&world, world.shelter_a, cosm, RoomKind::Stay, 3).await;
    let stay = lives_there(&world, room).await;
    let (_, id) = asked(&world, single()).await;
    placement::hold(desk, &officer(&world), start(), id, 1, take(room))
        .await
        .unwrap();
    let tell = |n, input| placement::say_out(desk, &shelter, start(), room, n, input);

    let (key, why) = fault(tell(1, out(Some(2), today(), None)).await);
    assert_eq!(key, "in_the_way");
    assert_eq!(
        why,
        "on 2026-11-23 1 of 3 places can be out of service at most: 1 taken, 1 held, 0 used by others"
    );
    assert_eq!(
        fault(tell(1, out(Some(9), today(), None)).await).0,
        "more_than_room"
    );
    assert_eq!(
        fault(tell(1, out(Some(0), today(), None)).await).0,
        "no_places"
    );
    let yesterday = date(2026, 11, 22);
    assert_eq!(
        fault(tell(1, out(None, yesterday, Some(yesterday))).await).0,
        "past"
    );

    // Who leaves on the 30th is in the way up to and including that day.
    let leaves = date(2026, 11, 30);
    placement::plan_departure(desk, &shelter, start(), room, 1, stay, Some(leaves))
        .await
        .unwrap();
    assert_eq!(
        fault(tell(2, out(Some(2), leaves, None)).await).0,
        "in_the_way"
    );
    tell(2, out(Some(2), date(2026, 12, 1), None))
        .await
        .unwrap();
    let seen = placement::room_by_day(desk, &shelter, start(), room, today(), 9)
        .await
        .unwrap();
    let free: Vec<u16> = seen.days.iter().map(|(day, _)| day.free).collect();
    assert_eq!(free, [1, 1, 1, 1, 1, 1, 1, 1, 0]);
    assert_eq!(seen.days[7].0.leaving, 1);

    // Nobody leaves by a plan: the seat is free when the departure is recorded, and the plan goes with it.
    let later = start() + SignedDuration::from_hours(24 * 10);
    let seen = placement::room_by_day(desk, &shelter, later, room, today(), 1).await;
    assert_eq!(seen.unwrap().days[0].0.overdue, 1);
    let v = version(desk, stay).await;
    let travels = ClientAnswer::Travels;
    placement::client_answers(desk, &world.coordinator(), start(), stay, v, travels)
        .await
        .unwrap();
    placement::arrive(desk, &shelter, start(), stay, v + 1)
        .await
        .unwrap();
    let gone = ReasonInput::of("doorgeplaatst");
    placement::leave(desk, &shelter, later, stay, v + 2, gone)
        .await
        .unwrap();
    let seen = placement::room_by_day(desk, &shelter, later, room, today(), 1)
        .await
        .unwrap();
    assert_eq!(
        (seen.stays.len(), seen.stored.told.departures.len()),
        (0, 0)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_location_is_confirmed_in_one_go_unless_somebody_told_something_else() {
    let world = World::new().await;
    let desk = &world.desk;
    let shelter = staff(&world, world.shelter_a);
    let cosm = location(ShelterKind::Cosm, "GM0193");
    let (house, room) = rooms(&world, world.shelter_a, cosm, RoomKind::Stay, 2).await;
    let grid = |now| placement::grid(desk, &shelter, now, today(), 14);
    let fresh = grid(hours(23)).await.unwrap();
    assert!(!fresh[0].stale && fresh[0].number == 1);
    assert!(grid(hours(24)).await.unwrap()[0].stale);

    // A hold meanwhile is not told by the provider and stands in nobody's way.
    let (_, id) = asked(&world, single()).await;
    placement::hold(desk, &officer(&world), hours(24), id, 1, take(room))
        .await
        .unwrap();
    placement::confirm(desk, &shelter, hours(24), house, 1)
        .await
        .unwrap();
    let after = grid(hours(24)).await.unwrap();
    assert!(!after[0].stale && after[0].number == 2);
    assert_eq!(after[0].rooms[0].days[0].0.held, 1);

    placement::say_other_use(desk, &shelter, hours(25), room, 2, 1)
        .await
        .unwrap();
    let late = placement::confirm(desk, &shelter, hours(26), house, 2).await;
    assert!(matches!(late, Err(DeskError::Conflict)));
    let stranger = staff(&world, world.shelter_b);
    for refused in [
        placement::confirm(desk, &stranger, hours(26), house, 3).await,
        placement::say_other_use(desk, &stranger, hours(26), room, 3, 0).await,
        placement::say_out(
            desk,
            &stranger,
            hours(26),
            room,
            3,
            out(None, today(), None),
        )
        .await,
    ] {
        assert!(
            matches!(refused, Err(DeskError::NotFound { .. })),
            "{refused:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_over_the_night_the_clock_goes_back_lasts_exactly_its_time() {
    let world = World::new().await;
    let desk = &world.desk;
    let cosm = location(ShelterKind::Cosm, "GM0193");
    let (_, room) = rooms(&world, world.shelter_a, cosm, RoomKind::Stay, 1).await;
    let (_, first) = asked(&world, single()).await;
    let (_, second) = asked(&world, single()).await;
    // On 31 October 2027 half past two comes twice; two hours later the dial says half past three.
    let at: Timestamp = "2027-10-31T02:30:00+02:00".parse().unwrap();
    let after = |minutes| at + SignedDuration::from_mins(minutes);
    let held = placement::hold(desk, &officer(&world), at, first, 1, take(room))
        .await
        .unwrap();
    world.settle(after(119)).await;
    assert_eq!(state(desk, held).await, "held");
    let busy = placement::hold(desk, &officer(&world), after(60), second, 1, take(room)).await;
    assert_eq!(key(busy), "shelter.room_full");
    world.settle(after(120)).await;
    assert_eq!(state(desk, held).await, "expired");
    let half_past_three: Timestamp = "2027-10-31T03:30:00+01:00".parse().unwrap();
    assert_eq!(after(120), half_past_three);
    let v = version(desk, second).await;
    placement::hold(desk, &officer(&world), after(120), second, v, take(room))
        .await
        .unwrap();
}

/// Counts again, from the placements alone, who uses each room; the room's own seats are not asked.
async fn independent_count(desk: &Desk, rooms: &[RoomId]) -> BTreeMap<RoomId, u16> {
    let mut out: BTreeMap<RoomId, u16> = rooms.iter().map(|room| (*room, 0)).collect();
    let mut after = None;
    loop {
        let kind = <StoredPlacement as vault::Stored>::KIND;
        let page = desk
            .vault
            .list(
                &kind,
                &vault::Filter::default(),
                vault::Order::Newest,
                after.as_ref(),
                100,
            )
            .await
            .unwrap();
        for row in &page.rows {
            let found = desk.vault.load::<StoredPlacement>(&row.id).await.unwrap();
            let placement = &found.body.placement;
            if !placement.state().is_over() {
                *out.entry(placement.room).or_default() += placement.seats();
            }
        }
        after = page.next;
        if after.is_none() {
            return out;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_at_once_on_ten_rooms_that_are_being_closed_use_no_seat_twice() {
    let world = World::new().await;
    let desk = &world.desk;
    let mut all = Vec::new();
    for _ in 0..10 {
        let cosm = location(ShelterKind::Cosm, "GM0193");
        all.push(
            rooms(&world, world.shelter_a, cosm, RoomKind::Stay, 3)
                .await
                .1,
        );
    }
    let mut requests = Vec::new();
    for _ in 0..200 {
        requests.push(asked(&world, single()).await.1);
    }
    let mut tasks = tokio::task::JoinSet::new();
    let officer = officer(&world);
    for (n, id) in requests.into_iter().enumerate() {
        let (desk, officer, room) = (desk.clone(), officer.clone(), all[n % 10]);
        tasks.spawn(async move {
            match placement::hold(&desk, &officer, start(), id, 1, take(room)).await {
                Ok(_) => 1,
                Err(DeskError::Rule { key, .. }) if key.starts_with("shelter.room_") => 0,
                other => panic!("{other:?}"),
            }
        });
    }
    // Meanwhile the shelter closes one place of each room, if it still can.
    let mut closing = tokio::task::JoinSet::new();
    for room in all.clone() {
        let (desk, shelter) = (desk.clone(), staff(&world, world.shelter_a));
        closing.spawn(async move {
            let input = out(Some(1), today(), None);
            match placement::say_out(&desk, &shelter, start(), room, 1, input).await {
                Ok(()) => Some(room),
                Err(DeskError::Invalid(faults)) if faults[0].key == "in_the_way" => None,
                other => panic!("{other:?}"),
            }
        });
    }
    let mut held = 0u16;
    while let Some(done) = tasks.join_next().await {
        held += done.unwrap();
    }
    let mut closed = Vec::new();
    while let Some(done) = closing.join_next().await {
        closed.extend(done.unwrap());
    }
    let counted = independent_count(desk, &all).await;
    assert_eq!(counted.values().sum::<u16>(), held);
    for room in &all {
        let seen = placement::room_by_day(
            desk,
            &staff(&world, world.shelter_a),
            start(),
            *room,
            today(),
            1,
        )
        .await
        .unwrap();
        let used = seen
            .stored
            .occupancy
            .seats()
            .iter()
            .filter(|s| **s != Seat::Free)
            .count();
        let day = seen.days[0].0;
        assert_eq!(
            used,
            usize::from(counted[room]),
            "seats and placements agree"
        );
        assert_eq!(day.out, u16::from(closed.contains(room)));
        assert_eq!(
            (day.held, day.free, day.short),
            (3 - day.out, 0, 0),
            "full, and not more"
        );
    }
    desk.vault.verify(&mut |_, _| {}).await.unwrap();
}
