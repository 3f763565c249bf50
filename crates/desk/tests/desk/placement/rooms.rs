//! Providers keep their own rooms.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn the_room_is_its_providers_business() {
    let world = World::new().await;
    let desk = &world.desk;
    let shelter = staff(&world, world.shelter_a);
    let mut wrong = location(ShelterKind::Cosm, "GM0193");
    wrong.label = text("Dorpsstraat 5");
    wrong.admits.sexes.clear();
    wrong.admits.max_age = Some(12);
    match placement::add_location(desk, &shelter, start(), wrong).await {
        Err(DeskError::Invalid(faults)) => assert_eq!(
            faults.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(),
            ["label", "sexes", "max_age"]
        ),
        other => panic!("{other:?}"),
    }
    let (_, room) = rooms(
        &world,
        world.shelter_a,
        location(ShelterKind::Cosm, "GM0193"),
        RoomKind::Stay,
        2,
    )
    .await;
    let (_, id) = asked(&world, single()).await;
    placement::hold(desk, &officer(&world), start(), id, 1, take(room))
        .await
        .unwrap();
    let smaller = |places| RoomInput {
        label: text("Kamer 2"),
        kind: RoomKind::Stay,
        places,
        max_stay_days: None,
        foreign: None,
    };
    let stale = placement::change_room(desk, &shelter, start(), room, 1, smaller(1)).await;
    assert!(matches!(stale, Err(DeskError::Conflict)));
    placement::change_room(desk, &shelter, start(), room, 2, smaller(1))
        .await
        .unwrap();
    assert_eq!(
        free(&world, world.shelter_a, room, start()).await,
        (0, 1, 0),
        "who is held keeps the seat"
    );
    placement::change_room(desk, &shelter, start(), room, 3, smaller(3))
        .await
        .unwrap();

    let out = |places| placement::OutInput {
        from: "2026-11-23".parse().unwrap(),
        until: None,
        places,
        reason: ReasonInput::of("onderhoud"),
    };
    placement::say_out(desk, &shelter, start(), room, 3, out(None))
        .await
        .unwrap();
    let (_, other) = asked(&world, single()).await;
    let refused = placement::hold(desk, &officer(&world), start(), other, 1, take(room)).await;
    assert_eq!(key(refused), "shelter.room_fails");
    let today = "2026-11-23".parse().unwrap();
    placement::end_out(desk, &shelter, start(), room, 4, today)
        .await
        .unwrap();
    placement::hold(desk, &officer(&world), start(), other, 1, take(room))
        .await
        .unwrap();
}
