//! Broken glass and duty: never the address of a shelter.

use domain::need::Because;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn breaking_the_glass_never_shows_an_address() {
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
    placement::accept(desk, &shelter, minutes(1), held, 1)
        .await
        .unwrap();
    placement::keep_address(
        desk,
        &shelter,
        minutes(1),
        place,
        secret(Some("het station")),
    )
    .await
    .unwrap();

    // A colleague who could even place: her role opens no address, and neither does broken glass.
    let colleague = world.colleague();
    let closed = placement::read(desk, &colleague, minutes(2), id).await;
    assert!(
        matches!(closed, Err(DeskError::NeedToKnow { .. })),
        "{closed:?}"
    );
    let reason = text("zij belde in paniek, de coördinator neemt niet op");
    desk::glass::break_glass(desk, &colleague, minutes(2), case, reason, false)
        .await
        .unwrap();
    let dossier = desk::case::read(desk, &colleague, minutes(3), case)
        .await
        .unwrap();
    assert!(matches!(dossier.because, Because::BreakGlass { .. }));
    let request = placement::read(desk, &colleague, minutes(3), id)
        .await
        .unwrap();
    let steps = placement::steps_of_case(desk, &colleague, start(), case)
        .await
        .unwrap();
    let shown = format!(
        "{}{}{}",
        serde_json::to_string(&dossier.file).unwrap(),
        serde_json::to_string(&request.stored).unwrap(),
        format_args!("{:?}{:?}{steps:?}", dossier.person, request.placements),
    );
    for secret in [STREET, POSTCODE, TOWN, "achterom", "het station"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    let asked = placement::reveal_address(desk, &colleague, minutes(3), held).await;
    assert!(matches!(asked, Err(DeskError::Forbidden { .. })));
    let both = world.actor(
        world.care_haaglanden,
        &[Role::CareCoordinator, Role::PlacementOfficer],
    );
    let asked = placement::reveal_address(desk, &both, minutes(3), held).await;
    assert_eq!(key(asked), "address.not_yours");
    // Looking is no work: nothing is done for her from behind broken glass.
    let seen = version(desk, held).await;
    let answer = ClientAnswer::Accepts;
    let done = placement::client_answers(desk, &colleague, minutes(3), held, seen, answer).await;
    assert_eq!(key(done), "need-look-only");
    let opened = journal(&world, Store::Addresses).await;
    assert_eq!(opened.matches("address.open").count(), 0);
}
