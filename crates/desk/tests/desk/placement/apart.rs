//! Three members of one network and two houses: they never meet.

use desk::placement::keep_apart;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn three_of_one_network_and_two_houses() {
    let world = World::new().await;
    let desk = &world.desk;
    let by = officer(&world);
    let mut all = Vec::new();
    for town in ["GM0193", "GM0363"] {
        let (house, first) = rooms(
            &world,
            world.shelter_a,
            location(ShelterKind::Cosm, town),
            RoomKind::Stay,
            2,
        )
        .await;
        let input = RoomInput {
            label: text("Kamer 2"),
            kind: RoomKind::Stay,
            places: 2,
            max_stay_days: Some(90),
            foreign: None,
        };
        let staff = staff(&world, world.shelter_a);
        let second = placement::add_room(desk, &staff, start(), house, input)
            .await
            .unwrap();
        all.push((first, second));
    }
    let [(zwolle, zwolle_too), (amsterdam, _)] = all[..] else {
        panic!("two houses")
    };
    let mut three = Vec::new();
    for _ in 0..3 {
        three.push(asked(&world, single()).await.1);
    }
    let why = || text("Getuigen tegen elkaar.");
    keep_apart(desk, &by, start(), three[0], 1, three[1], why())
        .await
        .unwrap();
    keep_apart(desk, &by, start(), three[2], 1, three[1], why())
        .await
        .unwrap();
    let again = keep_apart(desk, &by, start(), three[0], 2, three[0], why()).await;
    assert!(matches!(again, Err(DeskError::Invalid(_))));
    let asker = keep_apart(
        desk,
        &world.coordinator(),
        start(),
        three[0],
        2,
        three[1],
        why(),
    )
    .await;
    assert!(matches!(asker, Err(DeskError::Forbidden { .. })));

    let hold = |request: ShelterRequestId, room: RoomId| {
        let by = by.clone();
        async move {
            let seen = version(desk, request).await;
            placement::hold(desk, &by, start(), request, seen, take(room)).await
        }
    };
    hold(three[0], zwolle).await.unwrap();
    // Another room of the same house is no better.
    assert_eq!(key(hold(three[1], zwolle_too).await), "shelter.room_fails");
    hold(three[1], amsterdam).await.unwrap();
    let seen = placement::read(desk, &by, start(), three[2]).await.unwrap();
    let found = seen.found.unwrap();
    assert_eq!((found.why_not.fit, found.why_not.one_away["apart"]), (0, 4));
    assert_eq!(found.why_not.reason(), Some("veiligheid"));
}
