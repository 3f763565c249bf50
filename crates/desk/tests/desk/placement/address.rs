//! The secret address.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn the_address_opens_rarely_to_two_people_and_to_nobody_else() {
    let world = World::new().await;
    let desk = &world.desk;
    let placed_by = officer(&world);
    let shelter = staff(&world, world.shelter_a);
    let (place, room) = rooms(
        &world,
        world.shelter_a,
        location(ShelterKind::Cosm, "GM0193"),
        RoomKind::Stay,
        1,
    )
    .await;
    let (case, id) = asked(&world, single()).await;
    let held = placement::hold(desk, &placed_by, start(), id, 1, take(room))
        .await
        .unwrap();

    assert_eq!(
        key(placement::reveal_address(desk, &placed_by, start(), held).await),
        "address.not_accepted"
    );
    assert!(
        placement::address_for_person(desk, start(), case)
            .await
            .unwrap()
            .is_none()
    );
    placement::accept(desk, &shelter, minutes(1), held, 1)
        .await
        .unwrap();
    assert_eq!(
        key(placement::reveal_address(desk, &placed_by, minutes(1), held).await),
        "address.none"
    );
    placement::keep_address(desk, &shelter, minutes(1), place, secret(None))
        .await
        .unwrap();

    let stale = placement::reveal_address(desk, &placed_by, minutes(11), held).await;
    assert!(matches!(stale, Err(DeskError::FreshFactorNeeded)));
    assert_eq!(
        key(placement::reveal_address(desk, &officer(&world), minutes(2), held).await),
        "address.not_yours"
    );
    let shown = placement::reveal_address(desk, &placed_by, minutes(2), held)
        .await
        .unwrap();
    assert!(matches!(&shown, Revealed::Address { street, .. } if street.as_str() == STREET));
    assert_eq!(format!("{shown:?}"), "Address");

    // Not twice in ten minutes, not six times a day.
    let mut person = placed_by.person().unwrap().clone();
    let fresh_at = |person: &mut desk::Person, at| {
        person.strong_at = at;
        Actor::Person(Box::new(person.clone()))
    };
    let soon =
        placement::reveal_address(desk, &fresh_at(&mut person, minutes(11)), minutes(11), held)
            .await;
    assert!(
        matches!(soon, Err(DeskError::TooManyAttempts { seconds: 60 })),
        "{soon:?}"
    );
    let v = version(desk, held).await;
    placement::client_answers(
        desk,
        &world.coordinator(),
        minutes(11),
        held,
        v,
        ClientAnswer::Accepts,
    )
    .await
    .unwrap();
    for n in 1..5 {
        let at = minutes(2 + 10 * n);
        placement::reveal_address(desk, &fresh_at(&mut person, at), at, held)
            .await
            .unwrap();
    }
    let sixth =
        placement::reveal_address(desk, &fresh_at(&mut person, hours(2)), hours(2), held).await;
    assert!(
        matches!(sixth, Err(DeskError::TooManyAttempts { seconds }) if seconds > 20 * 3600),
        "{sixth:?}"
    );
    placement::reveal_address(desk, &fresh_at(&mut person, hours(25)), hours(25), held)
        .await
        .unwrap();

    // The person herself, and the meeting point before the address.
    assert!(matches!(
        placement::address_for_person(desk, hours(3), case)
            .await
            .unwrap(),
        Some(Revealed::Address { .. })
    ));
    placement::keep_address(
        desk,
        &shelter,
        hours(3),
        place,
        secret(Some("station, bij de bloemenwinkel")),
    )
    .await
    .unwrap();
    assert!(matches!(
        placement::address_for_person(desk, hours(3), case)
            .await
            .unwrap(),
        Some(Revealed::MeetingPoint(_))
    ));

    let v = version(desk, held).await;
    placement::withdraw(
        desk,
        &placed_by,
        hours(26),
        held,
        v,
        ReasonInput::of("veiligheid"),
    )
    .await
    .unwrap();
    assert!(
        placement::address_for_person(desk, hours(26), case)
            .await
            .unwrap()
            .is_none()
    );
    let over =
        placement::reveal_address(desk, &fresh_at(&mut person, hours(26)), hours(26), held).await;
    assert_eq!(key(over), "address.over");
    assert_eq!(
        journal(&world, Store::Addresses)
            .await
            .matches("address.open")
            .count(),
        8
    );
}
