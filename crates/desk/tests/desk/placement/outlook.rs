//! The country's view: from which records its figures come, and who may see it.

use desk::placement::outlook::{NoForecast, Waits, country_view, what_would_help};

use super::*;

fn silent() -> desk::placement::outlook::Told {
    std::sync::Arc::new(|_, _| ())
}

#[tokio::test(flavor = "multi_thread")]
async fn times_run_from_the_request_and_who_still_waits_counts_as_at_least_so_long() {
    let world = World::new().await;
    let desk = &world.desk;
    let by = officer(&world);
    let shelter = world.shelter_a;
    let house = location(ShelterKind::Cosm, "GM0193");
    let (_, room) = rooms(&world, shelter, house, RoomKind::Stay, 1).await;
    let (_, placed) = asked(&world, single()).await;
    let (_, waits) = asked(&world, single()).await;
    let hold = placement::hold(desk, &by, minutes(30), placed, 1, take(room))
        .await
        .unwrap();
    placement::accept(desk, &staff(&world, shelter), minutes(60), hold, 1)
        .await
        .unwrap();

    let seen = country_view(desk, &by, hours(5)).await.unwrap();
    assert_eq!((seen.rests.requests, seen.rests.placements), (2, 1));
    assert_eq!(seen.rests.since, Some(start()));
    let offer = Waits {
        requests: 2,
        happened: 1,
        open: 1,
        median: Some(30),
        ninety: None,
    };
    assert_eq!(
        seen.to_offer, offer,
        "half of two after half an hour, nine in ten not yet"
    );
    assert_eq!(
        seen.to_acceptance.happened, 0,
        "the person has not answered"
    );
    assert_eq!(seen.to_arrival.median, None);
    assert!(state(desk, waits).await == "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_stand_by_kind_and_reason() {
    let world = World::new().await;
    let desk = &world.desk;
    let by = officer(&world);
    let shelter = world.shelter_a;
    let house = location(ShelterKind::Cosm, "GM0193");
    let (_, room) = rooms(&world, shelter, house, RoomKind::Stay, 1).await;
    let (_, request) = asked(&world, single()).await;
    let hold = placement::hold(desk, &by, start(), request, 1, take(room))
        .await
        .unwrap();
    placement::refuse(
        desk,
        &staff(&world, shelter),
        minutes(5),
        hold,
        1,
        ReasonInput::of("vol"),
    )
    .await
    .unwrap();
    let seen = country_view(desk, &by, hours(1)).await.unwrap();
    let one = &seen.refusals[0];
    assert_eq!((one.kind.as_str(), one.reason.as_str()), ("COSM", "vol"));
    assert_eq!(
        (one.by_shelter, one.by_client, seen.refusals.len()),
        (1, 0, 1)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_night_counts_whoever_nothing_fits_at_two_o_clock_also_after_they_got_a_place() {
    let world = World::new().await;
    let desk = &world.desk;
    let by = officer(&world);
    let (_, request) = asked(&world, single()).await;
    // Two nights without; then a house opens, and a room is held.
    let house = location(ShelterKind::Cosm, "GM0193");
    let (_, room) = rooms(&world, world.shelter_a, house, RoomKind::Stay, 1).await;
    let before = country_view(desk, &by, hours(47)).await.unwrap();
    placement::hold(desk, &by, hours(48), request, 1, take(room))
        .await
        .unwrap();
    let after = country_view(desk, &by, hours(96)).await.unwrap();
    let nights = &after.nights;
    assert_eq!(before.nights.people, [1, 1]);
    assert_eq!(nights.people, [1, 1, 0, 0]);
    assert_eq!(nights.by_kind["COSM"], 2);
    assert_eq!(nights.by_group["women"], 2);
    assert_eq!(nights.by_region.values().sum::<u32>(), 2);
    // Four nights say nothing about the next month.
    let Err(NoForecast::TooShort { counted, needed }) = nights.expected.clone() else {
        panic!("a forecast from four nights");
    };
    assert!(counted == 4 && needed > 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_help_is_worked_out_over_the_question_of_today() {
    let world = World::new().await;
    let desk = &world.desk;
    let by = officer(&world);
    let mut house = location(ShelterKind::Cosm, "GM0193");
    house.admits.wheelchair = false;
    rooms(&world, world.shelter_a, house, RoomKind::Stay, 1).await;
    let chair = NewRequest {
        wheelchair: true,
        ..single()
    };
    asked(&world, chair).await;
    let helps = what_would_help(desk, &by, hours(1), silent())
        .await
        .unwrap();
    assert_eq!((helps.requests, helps.rooms), (1, 1));
    assert_eq!(helps.found.now.people, 1);
    let first = &helps.found.rules[0];
    assert_eq!(
        (first.rule.code(), first.one_away, first.gained),
        ("wheelchair", 1, 1)
    );
    assert!(
        helps.found.more.iter().all(|one| one.gained == 0),
        "ten places without a lift"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_placing_officer_has_the_country_s_view() {
    let world = World::new().await;
    let desk = &world.desk;
    for other in [world.coordinator(), staff(&world, world.shelter_a)] {
        let view = country_view(desk, &other, start()).await;
        assert!(matches!(view, Err(DeskError::Forbidden { .. })));
        let helps = what_would_help(desk, &other, start(), silent()).await;
        assert!(matches!(helps, Err(DeskError::Forbidden { .. })));
    }
}
