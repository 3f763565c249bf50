//! What changes while a room is held counts at once, for everybody who has to do with it: the room, the house, the person.

use jiff::civil::date;

use super::today::{seventeen, youth};
use super::*;
use desk::placement::{
    LocationInput, OutInput, SAFETY, TOLD_SINCE, avoid_more, fits_no_more, holds_that_fit_no_more,
    keep_apart, keep_despite,
};

fn gone(desk: &str) -> Vec<String> {
    vec![desk.to_owned()]
}

fn nothing() -> [Vec<String>; 3] {
    Default::default()
}

/// A room in a house of one's own kind, and a request for which it is held.
async fn held(world: &World, input: LocationInput) -> (LocationId, RoomId, CaseId, PlacementId) {
    let (house, room) = rooms(world, world.shelter_a, input, RoomKind::Stay, 2).await;
    let (case, request) = asked(world, single()).await;
    let id = placement::hold(
        &world.desk,
        &officer(world),
        start(),
        request,
        1,
        take(room),
    )
    .await
    .unwrap();
    (house, room, case, id)
}

fn zwolle() -> LocationInput {
    location(ShelterKind::Cosm, "GM0193")
}

/// What each of the three is told: the rules on the officer's, the coordinator's and the shelter's page.
async fn told(world: &World, case: CaseId, id: PlacementId, now: Timestamp) -> [Vec<String>; 3] {
    let desk = &world.desk;
    let request =
        (placement::steps_of_case(desk, &world.coordinator(), now, case).await).unwrap()[0].request;
    let mut out = Vec::new();
    for who in [officer(world), world.coordinator()] {
        let seen = placement::read(desk, &who, now, request).await.unwrap();
        let found = seen.placements.last().unwrap().misfit.clone();
        let on_page = found.map(|one| one.rules).unwrap_or_default();
        let lists = fits_no_more(desk, &who, now).await.unwrap();
        let in_list: Vec<String> = (lists.into_iter())
            .filter(|one| one.placement == id.to_string())
            .flat_map(|one| one.misfit.rules)
            .collect();
        assert_eq!(on_page, in_list, "page and list say the same");
        out.push(on_page);
    }
    let steps = placement::steps_of_case(desk, &world.coordinator(), now, case)
        .await
        .unwrap();
    let of_case = steps[0].misfit.clone().map(|one| one.rules);
    assert_eq!(of_case.unwrap_or_default(), out[1], "and so does the case");
    let shelter = staff(world, world.shelter_a);
    let page = placement::read_hold(desk, &shelter, now, id).await.unwrap();
    let page = page.misfit.map(|one| one.rules).unwrap_or_default();
    let list = holds_that_fit_no_more(desk, &shelter, now).await.unwrap();
    let list: Vec<String> = (list.into_iter())
        .filter(|one| one.placement == id.to_string())
        .flat_map(|one| one.misfit.rules)
        .collect();
    assert_eq!(page, list, "page and list of the shelter say the same");
    out.push(page);
    out.try_into().unwrap()
}

pub(super) async fn accept(
    world: &World,
    id: PlacementId,
    now: Timestamp,
) -> Result<(), DeskError> {
    let seen = version(&world.desk, id).await;
    placement::accept(&world.desk, &staff(world, world.shelter_a), now, id, seen).await
}

pub(super) async fn answer(
    world: &World,
    id: PlacementId,
    now: Timestamp,
    says: ClientAnswer,
) -> Result<(), DeskError> {
    let seen = version(&world.desk, id).await;
    placement::client_answers(&world.desk, &world.coordinator(), now, id, seen, says).await
}

async fn keep(world: &World, id: PlacementId, now: Timestamp) -> Result<(), DeskError> {
    let seen = version(&world.desk, id).await;
    let because = text("Gebeld met het huis: voor haar blijft de kamer open.");
    keep_despite(&world.desk, &officer(world), now, id, seen, because).await
}

async fn close(world: &World, room: RoomId) {
    let shelter = staff(world, world.shelter_a);
    let out = OutInput {
        from: date(2026, 11, 23),
        until: None,
        places: None,
        reason: ReasonInput::of("onderhoud"),
    };
    placement::say_out(&world.desk, &shelter, start(), room, 1, out)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_that_closes_is_told_to_all_three_and_goes_on_only_by_a_named_decision() {
    let world = World::new().await;
    let (_, room, case, id) = held(&world, zwolle()).await;
    assert_eq!(told(&world, case, id, start()).await, nothing());
    assert_eq!(key(keep(&world, id, start()).await), "shelter.fits");
    close(&world, room).await;
    let closed = gone("out_of_service");
    assert_eq!(
        told(&world, case, id, start()).await,
        [closed.clone(), closed.clone(), closed]
    );
    assert_eq!(
        key(accept(&world, id, start()).await),
        "shelter.fits_no_more"
    );
    assert_eq!(state(&world.desk, id).await, "held");
    let other = keep_despite(
        &world.desk,
        &world.coordinator(),
        start(),
        id,
        1,
        text("Toch graag."),
    )
    .await;
    assert!(matches!(other, Err(DeskError::Forbidden { .. })));
    keep(&world, id, start()).await.unwrap();
    assert_eq!(told(&world, case, id, start()).await, nothing());
    let page = placement::read_hold(&world.desk, &staff(&world, world.shelter_a), start(), id)
        .await
        .unwrap();
    let decision = &page.placement.despite[0];
    assert_eq!(decision.rules, gone("out_of_service"));
    assert_eq!(decision.by.org, world.coordination);
    accept(&world, id, start()).await.unwrap();
    answer(&world, id, start(), ClientAnswer::Accepts)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_house_that_no_longer_admits_her_stops_each_step_before_arrival_and_refusing_stays_possible()
 {
    let world = World::new().await;
    let (house, _, case, id) = held(&world, zwolle()).await;
    let men = LocationInput {
        admits: Admits {
            sexes: vec![Sex::Male],
            ..admits()
        },
        ..zwolle()
    };
    let shelter = staff(&world, world.shelter_a);
    let change = |input: LocationInput| async {
        let seen = version(&world.desk, house).await;
        placement::change_location(&world.desk, &shelter, start(), house, seen, input)
            .await
            .unwrap();
    };
    accept(&world, id, start()).await.unwrap();
    change(men.clone()).await;
    let sex = gone("sex");
    assert_eq!(
        told(&world, case, id, start()).await,
        [sex.clone(), sex.clone(), sex]
    );
    let no = answer(&world, id, start(), ClientAnswer::Accepts).await;
    assert_eq!(key(no), "shelter.fits_no_more");
    assert_eq!(
        key(keep(&world, id, start()).await),
        "shelter.protects",
        "what a house admits is not the placing officer's to set aside"
    );
    change(zwolle()).await;
    answer(&world, id, start(), ClientAnswer::Accepts)
        .await
        .unwrap();
    change(men).await;
    let no = answer(&world, id, start(), ClientAnswer::Travels).await;
    assert_eq!(key(no), "shelter.fits_no_more");
    let seen = version(&world.desk, id).await;
    let why = ReasonInput {
        note: Some(text("Zij wil daar niet meer heen.")),
        ..ReasonInput::of("regio")
    };
    let no = ClientAnswer::Declines(why);
    placement::client_answers(&world.desk, &world.coordinator(), start(), id, seen, no)
        .await
        .unwrap();
    assert_eq!(state(&world.desk, id).await, "declined");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_kept_apart_later_is_told_as_safety_and_the_officer_takes_one_back() {
    let world = World::new().await;
    let (_, room, case, id) = held(&world, zwolle()).await;
    let (_, other) = asked(&world, single()).await;
    let desk = &world.desk;
    let by = officer(&world);
    let second = placement::hold(desk, &by, start(), other, 1, take(room))
        .await
        .unwrap();
    let seen = version(desk, other).await;
    let first = placement::steps_of_case(desk, &by, start(), case)
        .await
        .unwrap()[0]
        .request;
    keep_apart(
        desk,
        &by,
        start(),
        other,
        seen,
        first,
        text("Getuigen tegen elkaar."),
    )
    .await
    .unwrap();
    let safety = gone(SAFETY);
    assert_eq!(
        told(&world, case, id, start()).await,
        [gone("apart"), safety.clone(), safety]
    );
    assert_eq!(
        key(accept(&world, id, start()).await),
        "shelter.fits_no_more"
    );
    assert_eq!(key(keep(&world, id, start()).await), "shelter.protects");
    let seen = version(desk, second).await;
    let why = ReasonInput::of("niet_meer_nodig");
    placement::withdraw(desk, &by, start(), second, seen, why)
        .await
        .unwrap();
    assert_eq!(told(&world, case, id, start()).await, nothing());
    accept(&world, id, start()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_turns_eighteen_on_the_way_is_told_that_day_and_a_person_decides_whether_she_may_stay()
{
    let world = World::new().await;
    let desk = &world.desk;
    let (_, room) = rooms(&world, world.shelter_a, youth(), RoomKind::Stay, 1).await;
    let (case, request) = seventeen(&world, None).await;
    let id = placement::hold(desk, &officer(&world), start(), request, 1, take(room))
        .await
        .unwrap();
    accept(&world, id, start()).await.unwrap();
    answer(&world, id, start(), ClientAnswer::Accepts)
        .await
        .unwrap();
    // Half past eleven in the evening she is seventeen; an hour later she is not.
    let evening = "2026-11-23T23:30:00+01:00".parse().unwrap();
    assert_eq!(told(&world, case, id, evening).await, nothing());
    let night = "2026-11-24T00:30:00+01:00".parse().unwrap();
    let age = gone("age");
    assert_eq!(
        told(&world, case, id, night).await,
        [age.clone(), age.clone(), age]
    );
    let on_her_way = answer(&world, id, night, ClientAnswer::Travels).await;
    assert_eq!(key(on_her_way), "shelter.fits_no_more");
    keep(&world, id, night).await.unwrap();
    answer(&world, id, night, ClientAnswer::Travels)
        .await
        .unwrap();
    assert_eq!(state(desk, id).await, "travelling");
}

fn around(municipality: &str, radius_km: u16) -> AvoidPlace {
    AvoidPlace {
        municipality: gm(municipality),
        radius_km,
        why: "network".to_owned(),
    }
}

async fn tell_area(world: &World, case: CaseId, place: AvoidPlace, now: Timestamp) {
    let steps = placement::steps_of_case(&world.desk, &world.coordinator(), now, case).await;
    let request = steps.unwrap()[0].request;
    let seen = version(&world.desk, request).await;
    let because = text("De politie zag het netwerk daar.");
    avoid_more(
        &world.desk,
        &world.coordinator(),
        now,
        request,
        seen,
        place,
        because,
    )
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_area_told_later_stops_the_offer_and_tells_nobody_but_the_officer_whether_the_house_lies_in_it()
 {
    let minute = minutes(1);
    let mut hers = Vec::new();
    for (house, in_it) in [("GM0193", true), ("GM0014", false)] {
        let world = World::new().await;
        let (_, _, case, id) = held(&world, location(ShelterKind::Cosm, house)).await;
        // Deventer lies some 28 km from Zwolle, and far from Groningen.
        tell_area(&world, case, around("GM0150", 40), minute).await;
        let [officer_sees, coordinator, shelter] = told(&world, case, id, minute).await;
        let both = vec!["avoid".to_owned(), TOLD_SINCE.to_owned()];
        match in_it {
            true => assert_eq!(officer_sees, both),
            false => assert_eq!(officer_sees, gone(TOLD_SINCE)),
        }
        let stopped = accept(&world, id, minute).await;
        let Err(DeskError::Rule { detail, .. }) = &stopped else {
            panic!("accepted: {stopped:?}")
        };
        hers.push((coordinator, shelter, format!("{detail:?}")));
        match in_it {
            true => assert_eq!(key(keep(&world, id, minutes(2)).await), "shelter.protects"),
            false => {
                keep(&world, id, minutes(2)).await.unwrap();
                assert!(told(&world, case, id, minutes(2)).await[0].is_empty());
                // Another area is another question.
                tell_area(&world, case, around("GM0935", 10), minutes(3)).await;
                assert_eq!(
                    told(&world, case, id, minutes(3)).await[0],
                    gone(TOLD_SINCE)
                );
            }
        }
    }
    assert_eq!(
        hers[0], hers[1],
        "she learns the same wherever the house is"
    );
    assert_eq!(hers[0].0, gone(SAFETY));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_area_told_while_a_place_is_sought_counts_in_the_next_search() {
    let world = World::new().await;
    let desk = &world.desk;
    let (_, room) = rooms(&world, world.shelter_a, zwolle(), RoomKind::Stay, 1).await;
    let (case, request) = asked(&world, single()).await;
    tell_area(&world, case, around("GM0150", 40), minutes(1)).await;
    let seen = version(desk, request).await;
    let no = placement::hold(
        desk,
        &officer(&world),
        minutes(1),
        request,
        seen,
        take(room),
    )
    .await;
    assert_eq!(key(no), "shelter.room_fails");
    let nowhere = avoid_more(
        desk,
        &world.coordinator(),
        minutes(1),
        request,
        seen,
        around("GM9999", 10),
        text("Onbekend."),
    )
    .await;
    assert!(matches!(nowhere, Err(DeskError::Invalid(_))), "{nowhere:?}");
    let stranger = world.actor(world.shelter_a, &[Role::CareCoordinator]);
    let no = avoid_more(
        desk,
        &stranger,
        minutes(1),
        request,
        seen,
        around("GM0150", 10),
        text("Iemand anders."),
    )
    .await;
    assert!(matches!(no, Err(DeskError::NotFound { .. })), "{no:?}");
}
