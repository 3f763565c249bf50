//! Who turns eighteen while a place is sought is placed from that day on by the ways and the right of a grown-up.

use desk::placement::fits_no_more;
use domain::age::Age;
use domain::placing::Uncertain;
use domain::room::ShelterKind::{JeugdGespecialiseerd, VoCrisis};
use jiff::civil::date;

use super::fit::{accept, answer};
use super::*;

/// A house for who is under eighteen.
pub(super) fn youth() -> LocationInput {
    LocationInput {
        admits: Admits {
            min_age: None,
            max_age: Some(17),
            entitlements: vec![Entitlement::Youth],
            ..admits()
        },
        ..location(JeugdGespecialiseerd, "GM0193")
    }
}

/// A place is asked for a Dutch girl who turns eighteen on 24 November 2026.
pub(super) async fn seventeen(
    world: &World,
    entitlement: Option<Entitlement>,
) -> (CaseId, ShelterRequestId) {
    let born = date(2008, 11, 24);
    aged(world, Age::Certain { born }, entitlement).await
}

async fn aged(
    world: &World,
    age: Age,
    entitlement: Option<Entitlement>,
) -> (CaseId, ShelterRequestId) {
    let coordinator = world.coordinator();
    let new = desk::case::NewCase {
        age,
        ..NewCase::default()
    };
    let case = (desk::case::open(&world.desk, &coordinator, start(), new).await).unwrap();
    let girl = NewRequest {
        persons: vec![person(17, Sex::Female)],
        facts: facts(Residence::Dutch),
        entitlement,
        ..single()
    };
    let request = placement::ask(&world.desk, &coordinator, start(), case, girl).await;
    (case, request.unwrap())
}

fn evening() -> Timestamp {
    "2026-11-23T23:30:00+01:00".parse().unwrap()
}

fn night() -> Timestamp {
    "2026-11-24T00:30:00+01:00".parse().unwrap()
}

/// A house for girls and one for women, each with two rooms' worth of places.
async fn two_houses(world: &World) -> [RoomId; 2] {
    let women = location(VoCrisis, "GM0193");
    let (_, girls) = rooms(world, world.shelter_a, youth(), RoomKind::Stay, 2).await;
    let (_, women) = rooms(world, world.shelter_a, women, RoomKind::Crisis, 2).await;
    [girls, women]
}

async fn offered(world: &World, id: ShelterRequestId, now: Timestamp) -> Vec<RoomId> {
    let seen = placement::read(&world.desk, &officer(world), now, id).await;
    let offers = seen.unwrap().found.unwrap().offers;
    let fitting = offers.iter().filter(|offer| offer.fails.is_empty());
    fitting.map(|offer| offer.room).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn on_her_birthday_she_is_placed_as_a_grown_up() {
    let world = World::new().await;
    let desk = &world.desk;
    let [girls, women] = two_houses(&world).await;
    let (_, request) = seventeen(&world, None).await;
    assert_eq!(offered(&world, request, evening()).await, [girls]);
    assert_eq!(offered(&world, request, night()).await, [women]);

    for who in [officer(&world), world.coordinator()] {
        let before = (placement::read(desk, &who, evening(), request).await).unwrap();
        assert_eq!(before.stored.asked_as, None);
        assert_eq!(before.stored.request.needs.entitlement, Entitlement::Youth);
        let after = (placement::read(desk, &who, night(), request).await).unwrap();
        assert_eq!(after.stored.asked_as, Some(Entitlement::Youth));
        assert_eq!(after.stored.request.needs.entitlement, Entitlement::Wmo);
        let first = &after.stored.placing.routes[0];
        assert!(first.kinds.contains(&VoCrisis), "{first:?}");
    }

    let no = placement::hold(desk, &officer(&world), night(), request, 1, take(girls)).await;
    assert_eq!(key(no), "shelter.room_fails");
    let id = placement::hold(desk, &officer(&world), night(), request, 1, take(women))
        .await
        .unwrap();
    assert_eq!(
        fits_no_more(desk, &officer(&world), night())
            .await
            .unwrap()
            .len(),
        0
    );
    // What was settled when the room was held stays on the page.
    let held = placement::read(desk, &officer(&world), night(), request)
        .await
        .unwrap();
    assert_eq!(held.stored.asked_as, Some(Entitlement::Youth));
    accept(&world, id, night()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_held_on_the_evening_before_stays_hers_by_the_ways_of_that_evening() {
    let world = World::new().await;
    let desk = &world.desk;
    let [girls, _] = two_houses(&world).await;
    let (_, request) = seventeen(&world, None).await;
    placement::hold(desk, &officer(&world), evening(), request, 1, take(girls))
        .await
        .unwrap();
    let told = fits_no_more(desk, &officer(&world), night()).await.unwrap();
    assert_eq!(told.len(), 1);
    // The limit of the house, which a person may set aside; not the right, which nobody may.
    assert_eq!(told[0].misfit.rules, ["age"]);
    assert!(told[0].misfit.decidable);
    let seen = placement::read(desk, &officer(&world), night(), request)
        .await
        .unwrap();
    assert_eq!(seen.stored.asked_as, None);
    assert_eq!(seen.stored.request.needs.entitlement, Entitlement::Youth);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_somebody_chose_is_not_changed_by_a_birthday() {
    let world = World::new().await;
    let desk = &world.desk;
    let chosen = Entitlement::Uncertain;
    let (_, request) = seventeen(&world, Some(chosen)).await;
    let seen = placement::read(desk, &officer(&world), night(), request)
        .await
        .unwrap();
    assert_eq!(seen.stored.request.needs.entitlement, chosen);
    assert_eq!(seen.stored.asked_as, Some(chosen));
    assert!(seen.stored.placing.routes[0].kinds.contains(&VoCrisis));
    assert!(
        !seen
            .stored
            .placing
            .uncertain
            .contains(&Uncertain::RightToShelter)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_place_of_who_turned_eighteen_in_this_one_is_asked_as_a_grown_up() {
    let world = World::new().await;
    let desk = &world.desk;
    let [girls, women] = two_houses(&world).await;
    let (_, request) = seventeen(&world, None).await;
    let id = placement::hold(desk, &officer(&world), start(), request, 1, take(girls))
        .await
        .unwrap();
    accept(&world, id, start()).await.unwrap();
    for step in [ClientAnswer::Accepts, ClientAnswer::Travels] {
        answer(&world, id, start(), step).await.unwrap();
    }
    let seen = version(desk, id).await;
    let shelter = staff(&world, world.shelter_a);
    (placement::arrive(desk, &shelter, start(), id, seen).await).unwrap();
    let next = placement::follow_up(desk, &world.coordinator(), night(), request)
        .await
        .unwrap();
    let seen = placement::read(desk, &officer(&world), night(), next)
        .await
        .unwrap();
    assert_eq!(seen.stored.asked_as, None);
    assert_eq!(seen.stored.request.needs.entitlement, Entitlement::Wmo);
    assert_eq!(offered(&world, next, night()).await, [women]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_of_birth_that_is_learned_while_a_room_is_held_does_not_change_the_right_to_it() {
    let world = World::new().await;
    let desk = &world.desk;
    let [girls, _] = two_houses(&world).await;
    // Nobody knows how old she is, so she is placed as a girl of seventeen.
    let (case, request) = aged(&world, Age::Unknown, None).await;
    placement::hold(desk, &officer(&world), start(), request, 1, take(girls))
        .await
        .unwrap();
    let born = date(2001, 5, 4);
    let known = crate::case::core(Age::Certain { born });
    desk::case::change_person(
        desk,
        &world.coordinator(),
        minutes(1),
        case,
        1,
        known,
        false,
    )
    .await
    .unwrap();
    let told = fits_no_more(desk, &officer(&world), minutes(2))
        .await
        .unwrap();
    assert_eq!(told[0].misfit.rules, ["age"]);
    assert!(
        told[0].misfit.decidable,
        "a person decides whether she may stay"
    );
}
