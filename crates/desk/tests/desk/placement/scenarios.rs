//! Two stories with everything that must not happen.

use std::collections::BTreeSet;

use super::*;

/// Blessing, 23, in the reflection period; her exploiter works in Zwolle.
#[tokio::test(flavor = "multi_thread")]
async fn s2_cosm_is_full_and_the_shortage_is_counted() {
    let world = World::new().await;
    let desk = &world.desk;
    let officer = officer(&world);
    let (_, zwolle) = rooms(
        &world,
        world.shelter_a,
        location(ShelterKind::Cosm, "GM0193"),
        RoomKind::Stay,
        1,
    )
    .await;
    let (_, amsterdam) = rooms(
        &world,
        world.shelter_a,
        location(ShelterKind::Cosm, "GM0363"),
        RoomKind::Stay,
        1,
    )
    .await;
    let mut wmo = location(ShelterKind::VoVerblijf, "GM0080");
    wmo.admits.entitlements = vec![Entitlement::Wmo];
    rooms(&world, world.shelter_b, wmo, RoomKind::Stay, 4).await;
    let (_, other) = asked(&world, single()).await;
    let taken = placement::hold(desk, &officer, start(), other, 1, take(amsterdam))
        .await
        .unwrap();

    let blessing = NewRequest {
        persons: vec![person(23, Sex::Female)],
        avoid: vec![AvoidPlace {
            municipality: gm("GM0193"),
            radius_km: 10,
            why: "offender".to_owned(),
        }],
        urgency: 5,
        facts: PlacingFacts {
            in_reflection: true,
            acute_out_of_hours: true,
            ..facts(Residence::Dublin)
        },
        ..single()
    };
    let (_, id) = asked(&world, blessing).await;
    let seen = placement::read(desk, &officer, start(), id).await.unwrap();
    let placing = &seen.stored.placing;
    assert_eq!(placing.routes[0].kinds, vec![ShelterKind::Cosm]);
    assert!(placing.routes[0].exclusive);
    assert!(
        placing
            .routes
            .iter()
            .any(|r| r.kinds == vec![ShelterKind::Noodbed]),
        "the police emergency bed is named"
    );
    let why = seen.found.as_ref().unwrap().why_not.clone();
    assert_eq!(
        (
            why.fit,
            why.first_failed["avoid"],
            why.first_failed["places"],
            why.first_failed["entitlement"]
        ),
        (0, 1, 1, 1)
    );
    assert_eq!(seen.stored.shortage.as_ref().unwrap().reason, "vol");
    assert_eq!(seen.position, Some(1), "the most urgent comes first");
    let counted = placement::shortages(desk, &officer).await.unwrap();
    assert_eq!((counted.now_without, counted.by_reason["vol"]), (1, 1));
    assert!(counted.by_rule.contains_key("places"));

    // Not in the city where the exploiter works, free or not.
    let refused = placement::hold(desk, &officer, start(), id, seen.version, take(zwolle)).await;
    assert_eq!(key(refused), "shelter.room_fails");

    // The hour's clock looks again; when the room is free, the mark is resolved and it can be held.
    world.settle(hours(1)).await;
    assert_eq!(
        version(desk, id).await,
        seen.version,
        "nothing changed, so nothing was written"
    );
    placement::withdraw(
        desk,
        &officer,
        hours(1),
        taken,
        1,
        ReasonInput::of("niet_meer_nodig"),
    )
    .await
    .unwrap();
    world.settle(hours(2)).await;
    let seen = placement::read(desk, &officer, hours(2), id).await.unwrap();
    assert_eq!(
        seen.stored.shortage.as_ref().unwrap().resolved,
        Some(hours(2))
    );
    placement::hold(desk, &officer, hours(2), id, seen.version, take(amsterdam))
        .await
        .unwrap();
    let counted = placement::shortages(desk, &officer).await.unwrap();
    assert_eq!((counted.ever_without, counted.now_without), (1, 0));
}

/// Ewa, 31, two children, a wheelchair, addiction care; her former partner lives in the Utrecht region.
#[tokio::test(flavor = "multi_thread")]
async fn s9_five_constraints_two_candidates_and_no_address_anywhere() {
    let world = World::new().await;
    let desk = &world.desk;
    let (shelter_a, shelter_b) = (
        staff(&world, world.shelter_a),
        staff(&world, world.shelter_b),
    );
    let placed_by = officer(&world);
    let addiction = |mut input: LocationInput| {
        input.admits.care.push(CareNeed::Addiction);
        input
    };
    let (near, utrecht) = rooms(
        &world,
        world.shelter_a,
        addiction(location(ShelterKind::Omm, "GM0344")),
        RoomKind::Family,
        4,
    )
    .await;
    let (_, amersfoort) = rooms(
        &world,
        world.shelter_a,
        addiction(location(ShelterKind::Omm, "GM0307")),
        RoomKind::Family,
        4,
    )
    .await;
    let mut stairs = addiction(location(ShelterKind::Omm, "GM0014"));
    stairs.admits.wheelchair = false;
    rooms(&world, world.shelter_a, stairs, RoomKind::Family, 4).await;
    rooms(
        &world,
        world.shelter_a,
        addiction(location(ShelterKind::Omm, "GM0106")),
        RoomKind::Stay,
        4,
    )
    .await;
    let (far, zwolle) = rooms(
        &world,
        world.shelter_b,
        addiction(location(ShelterKind::Omm, "GM0193")),
        RoomKind::Family,
        3,
    )
    .await;
    let (there, leeuwarden) = rooms(
        &world,
        world.shelter_a,
        location(ShelterKind::VoVerblijf, "GM0080"),
        RoomKind::Crisis,
        3,
    )
    .await;
    for (location, staff) in [(near, &shelter_a), (there, &shelter_a), (far, &shelter_b)] {
        placement::keep_address(desk, staff, start(), location, secret(None))
            .await
            .unwrap();
    }
    // Zwolle is full for two more days.
    let family = NewRequest {
        persons: vec![
            person(30, Sex::Female),
            person(5, Sex::Male),
            person(7, Sex::Female),
        ],
        facts: PlacingFacts {
            multiple_problems: true,
            ..facts(Residence::Eu)
        },
        ..single()
    };
    let (_, earlier) = asked(&world, family).await;
    let occupied = placement::hold(desk, &placed_by, start(), earlier, 1, take(zwolle))
        .await
        .unwrap();

    let ewa = NewRequest {
        persons: vec![
            person(31, Sex::Female),
            person(4, Sex::Male),
            person(9, Sex::Female),
        ],
        wheelchair: true,
        care: vec![CareNeed::Addiction],
        avoid: vec![AvoidPlace {
            municipality: gm("GM0344"),
            radius_km: 40,
            why: "offender".to_owned(),
        }],
        urgency: 4,
        facts: PlacingFacts {
            multiple_problems: true,
            registered_in: Some(gm("GM0344")),
            found_in: Some(gm("GM0518")),
            ..facts(Residence::Eu)
        },
        ..single()
    };
    let (case, id) = asked(&world, ewa).await;
    let mut told = Vec::new();
    let seen = placement::read(desk, &placed_by, start(), id)
        .await
        .unwrap();
    told.push(format!("{seen:?}"));
    let found = seen.found.clone().unwrap();
    told.push(serde_json::to_string(&found).unwrap());
    assert_eq!(found.why_not.fit, 0);
    assert_eq!(
        found.why_not.first_failed["avoid"], 2,
        "Utrecht and what lies within 40 km"
    );
    assert_eq!(found.why_not.first_failed["wheelchair"], 1);
    assert_eq!(found.why_not.first_failed["room_kind"], 1);
    let candidate_rooms: BTreeSet<RoomId> = found.offers.iter().map(|o| o.room).collect();
    assert_eq!(
        candidate_rooms,
        BTreeSet::from([zwolle, leeuwarden]),
        "{:?}",
        found.offers
    );

    // Registered and found differ: both are shown, a person chooses and says why.
    let responsible = &seen.stored.placing.responsible;
    assert!(responsible.to_be_decided);
    let other = placement::choose_payer(
        desk,
        &placed_by,
        start(),
        id,
        seen.version,
        gm("GM0363"),
        text("zomaar"),
    )
    .await;
    assert!(matches!(other, Err(DeskError::Invalid(_))));
    placement::choose_payer(
        desk,
        &placed_by,
        start(),
        id,
        seen.version,
        gm("GM0518"),
        text("daar gevonden; inschrijving is onveilig"),
    )
    .await
    .unwrap();
    let v = version(desk, id).await;
    assert_eq!(v, seen.version + 1);

    for (room, refusal) in [
        (utrecht, "shelter.room_fails"),
        (amersfoort, "shelter.room_fails"),
        (zwolle, "shelter.room_full"),
        (leeuwarden, "shelter.relax_reason"),
    ] {
        assert_eq!(
            key(placement::hold(desk, &placed_by, start(), id, v, take(room)).await),
            refusal
        );
    }
    // Now, without addiction care, until there is a place that has it: a named person's reasoned decision.
    let temporary = HoldInput {
        room: leeuwarden,
        because: Some(text("nu veilig")),
        relax_because: Some(text("tijdelijk, zorg komt aan huis")),
        proposal: None,
    };
    let held = placement::hold(desk, &placed_by, start(), id, v, temporary.clone())
        .await
        .unwrap();
    let seen = placement::read_hold(desk, &shelter_a, minutes(1), held)
        .await
        .unwrap();
    assert_eq!(seen.relaxed, ["care"]);
    told.push(format!("{seen:?}"));
    placement::accept(desk, &shelter_a, minutes(2), held, seen.version)
        .await
        .unwrap();
    placement::client_answers(
        desk,
        &world.coordinator(),
        minutes(3),
        held,
        2,
        ClientAnswer::Accepts,
    )
    .await
    .unwrap();
    let shown = placement::reveal_address(desk, &placed_by, minutes(4), held)
        .await
        .unwrap();
    assert!(matches!(shown, Revealed::Address { .. }));
    assert!(
        placement::address_for_person(desk, minutes(5), case)
            .await
            .unwrap()
            .is_some()
    );
    placement::client_answers(
        desk,
        &world.coordinator(),
        minutes(5),
        held,
        3,
        ClientAnswer::Travels,
    )
    .await
    .unwrap();
    placement::arrive(desk, &shelter_a, hours(3), held, 4)
        .await
        .unwrap();

    // Two days later Zwolle is free: the move is planned without telling the story again.
    let next = placement::follow_up(desk, &world.coordinator(), hours(4), id)
        .await
        .unwrap();
    world.settle(hours(48)).await;
    assert_eq!(state(desk, occupied).await, "expired");
    let seen = placement::read(desk, &placed_by, hours(48), next)
        .await
        .unwrap();
    told.push(format!("{seen:?}"));
    assert_eq!(seen.stored.request.needs.care, vec![CareNeed::Addiction]);
    let found = seen.found.unwrap();
    assert_eq!(
        found.offers.iter().map(|o| o.room).collect::<Vec<_>>(),
        vec![zwolle]
    );
    let moved = placement::hold(
        desk,
        &placed_by,
        hours(48),
        next,
        seen.version,
        take(zwolle),
    )
    .await
    .unwrap();
    let refused = ReasonInput {
        code: "kinderen".to_owned(),
        note: None,
    };
    placement::refuse(desk, &shelter_b, hours(49), moved, 1, refused)
        .await
        .unwrap();
    let counted = placement::shortages(desk, &placed_by).await.unwrap();
    assert_eq!(counted.refused["kinderen"], 1);
    told.push(format!("{counted:?}"));

    // Everything that anybody but the two saw, every list, and every journal, without the address.
    for actor in [&placed_by, &world.coordinator()] {
        told.push(format!(
            "{:?}",
            placement::list(desk, actor, None, None).await.unwrap()
        ));
        told.push(format!(
            "{:?}",
            placement::waiting(desk, actor).await.unwrap()
        ));
    }
    for actor in [&shelter_a, &shelter_b] {
        told.push(format!(
            "{:?}",
            placement::list_holds(desk, actor, None, None)
                .await
                .unwrap()
        ));
        told.push(format!(
            "{:?}",
            placement::list_rooms(desk, actor, hours(50)).await.unwrap()
        ));
    }
    told.push(format!(
        "{:?}",
        placement::steps_of_case(desk, &world.coordinator(), start(), case)
            .await
            .unwrap()
    ));
    told.push(format!(
        "{:?}",
        placement::reveal_address(desk, &placed_by, hours(1), moved).await
    ));
    told.push(format!("{:?} {:?}", secret(None), shown));
    for store in Store::ALL {
        told.push(journal(&world, store).await);
    }
    let all = told.join("\n");
    for word in [STREET, POSTCODE, "9876ZX", TOWN, "Geheimlaan", "achterom"] {
        assert!(!all.contains(word), "{word} was told");
    }
    let searched: String = told[..2].join("\n");
    for word in ["GM0193", "GM0080", "Opvang A", "Huis Linde", "distance"] {
        assert!(!searched.contains(word), "{word} was told to who searches");
    }
    assert!(
        told.iter().any(|t| t.contains("address.open")),
        "the journal of the address store was read"
    );
}
