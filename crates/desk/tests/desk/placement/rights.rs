//! What does not concern somebody does not exist for him.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn others_do_not_exist_for_whom_it_does_not_concern() {
    let world = World::new().await;
    let desk = &world.desk;
    let (place, room) = rooms(
        &world,
        world.shelter_a,
        location(ShelterKind::Cosm, "GM0193"),
        RoomKind::Stay,
        1,
    )
    .await;
    let (case, id) = asked(&world, single()).await;
    let held = placement::hold(desk, &officer(&world), start(), id, 1, take(room))
        .await
        .unwrap();

    let other_staff = staff(&world, world.shelter_b);
    let other_care = world.actor(world.care_ijsselland, &[Role::CareCoordinator]);
    let gone =
        |r: Result<(), DeskError>| assert!(matches!(r, Err(DeskError::NotFound { .. })), "{r:?}");
    gone(
        placement::read_hold(desk, &other_staff, start(), held)
            .await
            .map(|_| ()),
    );
    gone(placement::accept(desk, &other_staff, start(), held, 1).await);
    gone(
        placement::read_room(desk, &other_staff, start(), room)
            .await
            .map(|_| ()),
    );
    gone(placement::keep_address(desk, &other_staff, start(), place, secret(None)).await);
    gone(
        placement::read(desk, &other_care, start(), id)
            .await
            .map(|_| ()),
    );
    gone(
        placement::client_answers(desk, &other_care, start(), held, 1, ClientAnswer::Accepts).await,
    );
    gone(
        placement::ask(desk, &other_care, start(), case, single())
            .await
            .map(|_| ()),
    );
    gone(
        placement::steps_of_case(desk, &other_care, start(), case)
            .await
            .map(|_| ()),
    );
    assert!(
        placement::waiting(desk, &other_care)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        placement::list(desk, &other_care, None, None)
            .await
            .unwrap()
            .0
            .rows
            .is_empty()
    );
    for wrong in [
        world.signal_desk(),
        world.investigator(),
        world.coordinator(),
    ] {
        let refused = placement::reveal_address(desk, &wrong, start(), held).await;
        assert!(matches!(refused, Err(DeskError::Forbidden { .. })));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_authority_places_in_protected_reception() {
    let world = World::new().await;
    let mut amv = location(ShelterKind::BoAmv, "GM0193");
    amv.admits.min_age = None;
    amv.admits.entitlements = vec![Entitlement::UnaccompaniedMinor];
    let (_, room) = rooms(&world, world.shelter_a, amv, RoomKind::Stay, 2).await;
    let minh = NewRequest {
        persons: vec![person(16, Sex::Male)],
        facts: PlacingFacts {
            unaccompanied: true,
            ..facts(Residence::Unknown)
        },
        ..single()
    };
    let (_, id) = asked(&world, minh).await;
    let seen = placement::read(&world.desk, &officer(&world), start(), id)
        .await
        .unwrap();
    assert_eq!(
        seen.stored.request.needs.entitlement,
        Entitlement::UnaccompaniedMinor
    );
    assert_eq!(seen.found.unwrap().why_not.one_away["authority"], 1);
    let refused = placement::hold(
        &world.desk,
        &officer(&world),
        start(),
        id,
        seen.version,
        take(room),
    )
    .await;
    assert_eq!(key(refused), "shelter.room_fails");
}
