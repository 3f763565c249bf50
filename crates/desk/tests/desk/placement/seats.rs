//! No seat is ever used twice.

use std::collections::BTreeSet;

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_at_once_on_a_room_of_two_places() {
    let world = World::new().await;
    let (_, room) = rooms(
        &world,
        world.shelter_a,
        location(ShelterKind::Cosm, "GM0193"),
        RoomKind::Stay,
        2,
    )
    .await;
    let mut requests = Vec::new();
    for _ in 0..50 {
        requests.push(asked(&world, single()).await.1);
    }
    let officer = officer(&world);
    let mut tasks = tokio::task::JoinSet::new();
    for id in requests {
        let (desk, officer) = (world.desk.clone(), officer.clone());
        tasks.spawn(
            async move { placement::hold(&desk, &officer, start(), id, 1, take(room)).await },
        );
    }
    let mut held: Vec<PlacementId> = Vec::new();
    let mut full = 0;
    while let Some(done) = tasks.join_next().await {
        match done.unwrap() {
            Ok(id) => held.push(id),
            Err(DeskError::Rule { key, .. }) if key == "shelter.room_full" => full += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((held.len(), full), (2, 48));
    let seen = placement::read_room(&world.desk, &staff(&world, world.shelter_a), start(), room)
        .await
        .unwrap();
    assert_eq!((seen.free, seen.held), (0, 2));
    let inside: BTreeSet<_> = seen.placements.into_iter().collect();
    assert_eq!(inside, held.into_iter().collect());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn answers_holds_and_expiries_at_once_never_use_a_seat_twice() {
    let world = World::new().await;
    let (_, room) = rooms(
        &world,
        world.shelter_a,
        location(ShelterKind::Cosm, "GM0193"),
        RoomKind::Stay,
        2,
    )
    .await;
    let officer = officer(&world);
    let mut requests = Vec::new();
    for _ in 0..12 {
        requests.push(asked(&world, single()).await.1);
    }
    // Each task holds if it can, and gives back what it holds; a clock runs through it all.
    let mut tasks = tokio::task::JoinSet::new();
    for (n, id) in requests.into_iter().enumerate() {
        let (desk, officer) = (world.desk.clone(), officer.clone());
        tasks.spawn(async move {
            for round in 0..6i64 {
                let now = hours(3 * round);
                let v = version(&desk, id).await;
                let Ok(held) = placement::hold(&desk, &officer, now, id, v, take(room)).await
                else {
                    continue;
                };
                if n % 2 == 0 {
                    let v = version(&desk, held).await;
                    let back = ReasonInput::of("vergissing");
                    let _ = placement::withdraw(&desk, &officer, now, held, v, back).await;
                } else {
                    let _ = desk::tick::tick(&desk, now + SignedDuration::from_hours(2)).await;
                }
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    world.settle(hours(100)).await;
    assert_eq!(
        free(&world, world.shelter_a, room, hours(100)).await,
        (2, 0, 0)
    );
    world.desk.vault.verify(&mut |_, _| {}).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_ends_by_its_clock_exactly_once() {
    let world = World::new().await;
    let desk = &world.desk;
    let officer = officer(&world);
    let (_, room) = rooms(
        &world,
        world.shelter_a,
        location(ShelterKind::Cosm, "GM0193"),
        RoomKind::Stay,
        1,
    )
    .await;
    let (_, first) = asked(&world, single()).await;
    let (_, second) = asked(&world, single()).await;
    let held = placement::hold(desk, &officer, start(), first, 1, take(room))
        .await
        .unwrap();
    let busy = placement::hold(desk, &officer, minutes(119), second, 1, take(room)).await;
    assert_eq!(key(busy), "shelter.room_full");

    world.settle(minutes(119)).await;
    assert_eq!(state(desk, held).await, "held");
    // Two processes wake at once.
    let (a, b) = tokio::join!(
        desk::tick::tick(desk, minutes(120)),
        desk::tick::tick(desk, minutes(120))
    );
    let fired = a.unwrap().fired + b.unwrap().fired;
    assert!(fired >= 1);
    world.settle(minutes(120)).await;
    assert_eq!(state(desk, held).await, "expired");
    assert_eq!(state(desk, first).await, "open");
    assert_eq!(
        free(&world, world.shelter_a, room, minutes(120)).await,
        (1, 0, 0)
    );

    let late = placement::accept(
        desk,
        &staff(&world, world.shelter_a),
        minutes(121),
        held,
        version(desk, held).await,
    )
    .await;
    assert_eq!(key(late), "shelter.state");
    let v = version(desk, second).await;
    placement::hold(desk, &officer, minutes(121), second, v, take(room))
        .await
        .unwrap();
    world.settle(hours(1)).await;
    assert_eq!(
        free(&world, world.shelter_a, room, minutes(122)).await,
        (0, 1, 0)
    );
    assert_eq!(
        placement::shortages(desk, &officer).await.unwrap().expired,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_hold_is_over_even_before_its_clock_ran() {
    let world = World::new().await;
    let desk = &world.desk;
    let officer = officer(&world);
    let (_, room) = rooms(
        &world,
        world.shelter_a,
        location(ShelterKind::Cosm, "GM0193"),
        RoomKind::Stay,
        1,
    )
    .await;
    let (_, first) = asked(&world, single()).await;
    let (_, second) = asked(&world, single()).await;
    let old = placement::hold(desk, &officer, start(), first, 1, take(room))
        .await
        .unwrap();
    let v = version(desk, second).await;
    let new = placement::hold(desk, &officer, minutes(121), second, v, take(room))
        .await
        .unwrap();
    let late = placement::accept(desk, &staff(&world, world.shelter_a), minutes(121), old, 1).await;
    assert_eq!(key(late), "shelter.hold_over");
    world.settle(minutes(122)).await;
    let seen = placement::read_room(desk, &staff(&world, world.shelter_a), minutes(122), room)
        .await
        .unwrap();
    assert_eq!(
        seen.placements,
        vec![new],
        "the old hold's clock must not free the new one's seat"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_yes_of_the_shelter_leaves_the_client_a_day() {
    let world = World::new().await;
    let desk = &world.desk;
    let officer = officer(&world);
    let shelter = staff(&world, world.shelter_a);
    let (_, room) = rooms(
        &world,
        world.shelter_a,
        location(ShelterKind::Cosm, "GM0193"),
        RoomKind::Stay,
        2,
    )
    .await;
    let (_, first) = asked(&world, single()).await;
    let (_, second) = asked(&world, single()).await;
    let mut held = Vec::new();
    for request in [first, second] {
        let id = placement::hold(desk, &officer, start(), request, 1, take(room))
            .await
            .unwrap();
        placement::accept(desk, &shelter, minutes(119), id, 1)
            .await
            .unwrap();
        held.push(id);
    }

    // The end of the first hold frees nothing: the clock is the client's now.
    world.settle(minutes(121)).await;
    assert_eq!(
        free(&world, world.shelter_a, room, minutes(121)).await,
        (0, 2, 0)
    );
    assert_eq!(state(desk, held[0]).await, "accepted_by_shelter");
    let answer = ClientAnswer::Accepts;
    placement::client_answers(desk, &world.coordinator(), hours(20), held[0], 2, answer)
        .await
        .unwrap();

    // Who does not answer loses the room after her own time, and only then.
    world.settle(minutes(119 + 24 * 60 - 1)).await;
    assert_eq!(state(desk, held[1]).await, "accepted_by_shelter");
    world.settle(minutes(119 + 24 * 60)).await;
    assert_eq!(state(desk, held[1]).await, "expired");
    assert_eq!(state(desk, second).await, "open");
    assert_eq!(
        free(&world, world.shelter_a, room, hours(27)).await,
        (1, 0, 1)
    );
}
