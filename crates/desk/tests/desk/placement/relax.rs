//! Asking less strictly: only a named person's decision, with its reason, and only less.

use desk::placement::{LessStrict, relax};
use domain::shelter_request::Relaxing;

use super::*;

async fn zwolle(world: &World) -> (ShelterRequestId, RoomId) {
    let input = location(ShelterKind::Cosm, "GM0193");
    let (_, room) = rooms(world, world.shelter_a, input, RoomKind::Stay, 1).await;
    let new = NewRequest {
        avoid: vec![AvoidPlace {
            // Deventer lies some 28 km from Zwolle.
            municipality: gm("GM0150"),
            radius_km: 30,
            why: "network".to_owned(),
        }],
        ..single()
    };
    (asked(world, new).await.1, room)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_smaller_circle_opens_the_room_at_once_and_says_who_decided_why() {
    let world = World::new().await;
    let desk = &world.desk;
    let (id, room) = zwolle(&world).await;
    let closed = placement::hold(desk, &officer(&world), start(), id, 1, take(room)).await;
    assert_eq!(key(closed), "shelter.room_fails");
    let smaller = LessStrict::Avoid {
        index: 0,
        radius_km: 15,
    };
    let because = text("Politie: het netwerk is uit Deventer weg; mevrouw wil het zelf.");
    relax(
        desk,
        &world.coordinator(),
        start(),
        id,
        1,
        smaller,
        because.clone(),
    )
    .await
    .unwrap();
    let seen = placement::read(desk, &officer(&world), start(), id)
        .await
        .unwrap();
    assert_eq!(seen.found.as_ref().unwrap().why_not.fit, 1);
    let decision = &seen.stored.request.relaxed[0];
    assert_eq!(decision.because, because);
    assert_eq!(decision.by.user, world.coordinator().person().unwrap().user);
    assert_eq!(
        decision.what,
        Relaxing::Circle {
            index: 0,
            from_km: 35,
            to_km: 20
        },
        "the margin stays on top"
    );
    assert_eq!(seen.stored.avoid[0].radius_km, 15);
    placement::hold(
        desk,
        &officer(&world),
        start(),
        id,
        seen.version,
        take(room),
    )
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_never_more_never_the_officers_and_never_without_the_version_that_was_seen() {
    let world = World::new().await;
    let desk = &world.desk;
    let (id, _) = zwolle(&world).await;
    let larger = LessStrict::Avoid {
        index: 0,
        radius_km: 40,
    };
    let who = world.coordinator();
    let why = || text("Overlegd met politie en mevrouw.");
    let refused = relax(desk, &who, start(), id, 1, larger, why()).await;
    assert_eq!(key(refused), "shelter.request");
    let guarded = LessStrict::Security(Security::Guarded);
    let refused = relax(desk, &who, start(), id, 1, guarded, why()).await;
    assert_eq!(key(refused), "shelter.request");
    let open = LessStrict::Security(Security::Open);
    let refused = relax(desk, &officer(&world), start(), id, 1, open, why()).await;
    assert!(
        matches!(refused, Err(DeskError::Forbidden { .. })),
        "{refused:?}"
    );
    let refused = relax(desk, &who, start(), id, 7, open, why()).await;
    assert!(matches!(refused, Err(DeskError::Conflict)));
    let nowhere = LessStrict::Avoid {
        index: 3,
        radius_km: 5,
    };
    let refused = relax(desk, &who, start(), id, 1, nowhere, why()).await;
    assert!(matches!(refused, Err(DeskError::Invalid(_))), "{refused:?}");
    let address = relax(
        desk,
        &who,
        start(),
        id,
        1,
        open,
        text("Geheimlaan 17 is veilig"),
    )
    .await;
    assert!(matches!(address, Err(DeskError::Invalid(_))), "{address:?}");
    assert_eq!(version(desk, id).await, 1, "nothing was written");
}
