//! Requests, answers, stays and their order.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn from_request_to_departure() {
    let world = World::new().await;
    let desk = &world.desk;
    let officer = officer(&world);
    let coordinator = world.coordinator();
    let shelter = staff(&world, world.shelter_a);
    let (place, room) = rooms(
        &world,
        world.shelter_a,
        location(ShelterKind::Cosm, "GM0193"),
        RoomKind::Stay,
        1,
    )
    .await;
    placement::keep_address(desk, &shelter, start(), place, secret(None))
        .await
        .unwrap();
    let (case, id) = asked(&world, single()).await;

    let seen = placement::read(desk, &officer, start(), id).await.unwrap();
    let found = seen.found.expect("the officer sees rooms");
    assert_eq!(found.offers.len(), 1);
    assert_eq!(found.offers[0].room, room);
    assert_eq!(
        found.offers[0].place,
        Shown::Elsewhere,
        "one location is no region"
    );
    assert_eq!(found.offers[0].languages.len(), 1);
    assert!(
        placement::read(desk, &coordinator, start(), id)
            .await
            .unwrap()
            .found
            .is_none()
    );

    let held = placement::hold(desk, &officer, start(), id, seen.version, take(room))
        .await
        .unwrap();
    assert_eq!(
        free(&world, world.shelter_a, room, start()).await,
        (0, 1, 0)
    );
    assert_eq!(state(desk, id).await, "offered");

    let arriving = placement::read_hold(desk, &shelter, minutes(5), held)
        .await
        .unwrap();
    assert_eq!(
        arriving.arriving.persons,
        vec![(AgeInYears::Exactly { age: 24 }, Sex::Female)]
    );
    placement::accept(desk, &shelter, minutes(10), held, arriving.version)
        .await
        .unwrap();
    let v = version(desk, held).await;
    placement::client_answers(
        desk,
        &coordinator,
        minutes(20),
        held,
        v,
        ClientAnswer::Accepts,
    )
    .await
    .unwrap();
    assert_eq!(
        free(&world, world.shelter_a, room, minutes(20)).await,
        (0, 0, 1)
    );
    // A seat in use is not freed when the hold would have ended.
    world.settle(hours(5)).await;
    assert_eq!(
        free(&world, world.shelter_a, room, hours(5)).await,
        (0, 0, 1)
    );
    let v = version(desk, held).await;
    placement::client_answers(desk, &coordinator, hours(5), held, v, ClientAnswer::Travels)
        .await
        .unwrap();
    placement::arrive(desk, &shelter, hours(6), held, v + 1)
        .await
        .unwrap();
    assert_eq!(state(desk, id).await, "fulfilled");
    let early = placement::arrive(desk, &shelter, hours(7), held, v + 2).await;
    assert_eq!(key(early), "shelter.state");

    let steps = placement::steps_of_case(desk, &coordinator, start(), case)
        .await
        .unwrap();
    let names: Vec<&str> = steps[0].placements[0]
        .3
        .steps
        .iter()
        .map(|s| s.0.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "proposed",
            "held",
            "accepted_by_shelter",
            "accepted_by_client",
            "travelling",
            "arrived"
        ]
    );

    // Each end has reasons of its own, and some say too little without words.
    for (code, fault) in [("vol", "unknown"), ("anders", "required")] {
        let reason = ReasonInput::of(code);
        match placement::leave(desk, &shelter, hours(50), held, v + 2, reason).await {
            Err(DeskError::Invalid(faults)) => assert_eq!(faults[0].key, fault, "{code}"),
            other => panic!("{code}: {other:?}"),
        }
    }
    placement::leave(
        desk,
        &shelter,
        hours(50),
        held,
        v + 2,
        ReasonInput::of("uitgestroomd"),
    )
    .await
    .unwrap();
    assert_eq!(
        free(&world, world.shelter_a, room, hours(50)).await,
        (1, 0, 0)
    );
    assert_eq!(
        placement::shortages(desk, &officer).await.unwrap().arrived,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_carry_their_reason_and_are_counted() {
    let world = World::new().await;
    let desk = &world.desk;
    let officer = officer(&world);
    let shelter = staff(&world, world.shelter_a);
    let (_, room) = rooms(
        &world,
        world.shelter_a,
        location(ShelterKind::Cosm, "GM0193"),
        RoomKind::Stay,
        1,
    )
    .await;
    let (_, id) = asked(&world, single()).await;
    let held = placement::hold(desk, &officer, start(), id, 1, take(room))
        .await
        .unwrap();

    let refuse = |reason| placement::refuse(desk, &shelter, minutes(1), held, 1, reason);
    assert!(matches!(
        refuse(ReasonInput::of("zomaar")).await,
        Err(DeskError::Invalid(_))
    ));
    assert!(
        matches!(
            refuse(ReasonInput::of("veiligheid")).await,
            Err(DeskError::Invalid(_))
        ),
        "this reason must be explained"
    );
    let address = ReasonInput {
        code: "veiligheid".to_owned(),
        note: Some(text("staat voor de deur, Kerkstraat 12")),
    };
    assert!(
        matches!(refuse(address).await, Err(DeskError::Invalid(_))),
        "a note is no place for an address"
    );
    let good = ReasonInput {
        code: "veiligheid".to_owned(),
        note: Some(text("bekende van de dader woont hier")),
    };
    refuse(good.clone()).await.unwrap();
    assert!(
        matches!(refuse(good).await, Err(DeskError::Conflict)),
        "the second to answer is told"
    );

    assert_eq!(state(desk, id).await, "open");
    assert_eq!(
        free(&world, world.shelter_a, room, minutes(1)).await,
        (1, 0, 0)
    );
    world.settle(minutes(2)).await;
    let counted = placement::shortages(desk, &officer).await.unwrap();
    assert_eq!(counted.refused["veiligheid"], 1);
    assert_eq!(
        counted.now_without, 1,
        "the location that refused is not proposed again"
    );
    let seen = placement::read(desk, &officer, minutes(3), id)
        .await
        .unwrap();
    let found = seen.found.unwrap();
    assert_eq!(found.why_not.first_failed["refused_before"], 1);
    let again = placement::hold(desk, &officer, minutes(3), id, seen.version, take(room)).await;
    assert_eq!(key(again), "shelter.room_fails");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_taken_back_frees_its_seats() {
    let world = World::new().await;
    let desk = &world.desk;
    let (_, room) = rooms(
        &world,
        world.shelter_a,
        location(ShelterKind::Cosm, "GM0193"),
        RoomKind::Stay,
        1,
    )
    .await;
    let (_, id) = asked(&world, single()).await;
    let held = placement::hold(desk, &officer(&world), start(), id, 1, take(room))
        .await
        .unwrap();
    let stale = placement::withdraw_request(
        desk,
        &world.coordinator(),
        start(),
        id,
        1,
        ReasonInput::of("niet_meer_nodig"),
    )
    .await;
    assert!(matches!(stale, Err(DeskError::Conflict)));
    placement::withdraw_request(
        desk,
        &world.coordinator(),
        start(),
        id,
        2,
        ReasonInput::of("niet_meer_nodig"),
    )
    .await
    .unwrap();
    assert_eq!(
        (state(desk, id).await, state(desk, held).await),
        ("withdrawn".to_owned(), "withdrawn".to_owned())
    );
    assert_eq!(
        free(&world, world.shelter_a, room, start()).await,
        (1, 0, 0)
    );
    world.settle(hours(3)).await;
    let seen = placement::read(desk, &officer(&world), hours(3), id)
        .await
        .unwrap();
    assert!(matches!(
        seen.placements[0].stored.placement.state(),
        PlacementState::Withdrawn { .. }
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_is_ordered_by_urgency_then_waiting() {
    let world = World::new().await;
    let mut ids = Vec::new();
    for (n, urgency) in [2, 5, 2, 4].into_iter().enumerate() {
        let case = case(&world, world.care_haaglanden).await;
        let at = minutes(i64::try_from(n).unwrap());
        let new = NewRequest {
            urgency,
            ..single()
        };
        ids.push(
            placement::ask(&world.desk, &world.coordinator(), at, case, new)
                .await
                .unwrap(),
        );
    }
    let rows = placement::waiting(&world.desk, &officer(&world))
        .await
        .unwrap();
    let order: Vec<String> = rows.into_iter().map(|r| r.id).collect();
    let expected: Vec<String> = [1, 3, 0, 2]
        .into_iter()
        .map(|n: usize| ids[n].to_string())
        .collect();
    assert_eq!(order, expected);
}
