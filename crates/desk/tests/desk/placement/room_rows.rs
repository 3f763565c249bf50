//! Rows of a file, a feed or a program: the sound ones are taken, the others come back with every reason.

use super::*;
use desk::placement::{Named, OutPart, OutSays, RoomSays, RowOutcome};
use domain::capacity::Source;

fn row(line: u64, named: Named) -> RoomSays {
    RoomSays {
        line,
        named,
        places: None,
        out: None,
        other: None,
        free: None,
        as_of: None,
        seen: None,
    }
}

fn number(room: RoomId) -> Named {
    Named::Number(room.to_string())
}

fn called(location: &str, room: &str) -> Named {
    Named::Labels {
        location: location.to_owned(),
        room: room.to_owned(),
    }
}

fn keys(outcome: &RowOutcome) -> Vec<&str> {
    match outcome {
        RowOutcome::Refused(faults) => faults.iter().map(|f| f.key.as_str()).collect(),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

fn closed(out: OutSays, reason: Option<&str>) -> Option<OutPart> {
    Some(OutPart {
        out,
        from: None,
        until: None,
        reason: reason.map(ReasonInput::of),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn half_of_the_rows_are_wrong_and_the_other_half_is_taken_as_shown_beforehand() {
    let world = World::new().await;
    let (desk, shelter) = (&world.desk, staff(&world, world.shelter_a));
    let cosm = || location(ShelterKind::Cosm, "GM0193");
    let (_, one) = rooms(&world, world.shelter_a, cosm(), RoomKind::Stay, 3).await;
    let mut second = cosm();
    second.label = text("Huis Es");
    let (_, two) = rooms(&world, world.shelter_a, second, RoomKind::Stay, 2).await;
    let omm = location(ShelterKind::Omm, "GM0193");
    let (_, others) = rooms(&world, world.shelter_b, omm, RoomKind::Stay, 2).await;

    let rows = [
        RoomSays {
            free: Some(1),
            out: closed(OutSays::Places(1), Some("personeel")),
            ..row(2, number(one))
        },
        RoomSays {
            free: Some(3),
            ..row(3, called("huis  es", "KAMER 1"))
        },
        row(4, number(others)),
        RoomSays {
            places: Some(0),
            out: closed(OutSays::All, None),
            ..row(5, called("Huis Es", "Kamer 1"))
        },
        row(6, called("Huis Beuk", "Kamer 1")),
    ];
    let source = Source::File;
    let shown = placement::preview_rows(desk, &shelter, start(), &rows, source)
        .await
        .unwrap();
    let taken = placement::take_rows(desk, &shelter, start(), &rows, source)
        .await
        .unwrap();
    for (shown, taken) in shown.iter().zip(&taken) {
        assert_eq!(shown.outcome, taken.outcome, "line {}", shown.line);
    }
    let RowOutcome::Changes(changes) = &taken[0].outcome else {
        panic!("{:?}", taken[0])
    };
    let fields: Vec<&str> = changes.iter().map(|c| c.field).collect();
    assert_eq!(fields, ["out_of_service", "other", "free"]);
    assert_eq!(keys(&taken[1].outcome), ["too_free"]);
    assert_eq!(
        keys(&taken[2].outcome),
        ["unknown"],
        "another's room is no room"
    );
    assert_eq!(keys(&taken[3].outcome), ["double"]);
    assert_eq!(keys(&taken[4].outcome), ["unknown"]);

    let room = |id| placement::room_by_day(desk, &shelter, start(), id, day(), 1);
    let first = room(one).await.unwrap();
    let figure = first.days[0].0;
    assert_eq!((figure.out, figure.other, figure.free), (1, 1, 1));
    assert_eq!(first.said.unwrap().said.source, Source::File);
    assert_eq!(
        room(two).await.unwrap().number,
        1,
        "what was refused changed nothing"
    );

    let again = [RoomSays {
        places: Some(0),
        out: closed(OutSays::All, None),
        ..row(2, number(two))
    }];
    let all = placement::preview_rows(desk, &shelter, start(), &again, source)
        .await
        .unwrap();
    assert_eq!(
        keys(&all[0].outcome),
        ["range", "required"],
        "every fault at once"
    );
}

fn day() -> jiff::civil::Date {
    jiff::civil::date(2026, 11, 23)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_names_rooms_by_the_number_of_its_own_system_and_never_goes_back_in_time() {
    let world = World::new().await;
    let (desk, shelter) = (&world.desk, staff(&world, world.shelter_a));
    let cosm = location(ShelterKind::Cosm, "GM0193");
    let (_, room) = rooms(&world, world.shelter_a, cosm, RoomKind::Stay, 3).await;
    let known = RoomInput {
        label: text("Kamer 1"),
        kind: RoomKind::Stay,
        places: 3,
        max_stay_days: None,
        foreign: Some(text("svc-77")),
    };
    placement::change_room(desk, &shelter, start(), room, 1, known)
        .await
        .unwrap();
    let feed = |minute: i64, free| {
        [RoomSays {
            free: Some(free),
            places: Some(4),
            as_of: Some(minutes(minute)),
            ..row(2, Named::Number("svc-77".to_owned()))
        }]
    };
    let take = |now: i64, minute, free| {
        let rows = feed(minute, free);
        let shelter = shelter.clone();
        async move {
            let done =
                placement::take_rows(desk, &shelter, minutes(now), &rows, Source::Feed).await;
            done.unwrap().remove(0).outcome
        }
    };
    assert!(matches!(take(60, 30, 2).await, RowOutcome::Changes(_)));
    assert_eq!(take(61, 30, 2).await, RowOutcome::Before);
    assert_eq!(keys(&take(62, 20, 1).await), ["older"]);
    assert_eq!(keys(&take(62, 63, 1).await), ["future"]);
    assert!(matches!(take(62, 61, 1).await, RowOutcome::Changes(_)));
    let seen = placement::room_by_day(desk, &shelter, minutes(62), room, day(), 1)
        .await
        .unwrap();
    let said = seen.said.unwrap().said;
    assert_eq!((seen.days[0].0.free, seen.days[0].0.places), (1, 4));
    assert_eq!((said.as_of, said.by.at), (minutes(61), minutes(62)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_repeats_itself_does_it_once() {
    let world = World::new().await;
    let (desk, shelter) = (&world.desk, staff(&world, world.shelter_a));
    let cosm = location(ShelterKind::Cosm, "GM0193");
    let (_, room) = rooms(&world, world.shelter_a, cosm, RoomKind::Stay, 3).await;
    let says = RoomSays {
        free: Some(1),
        seen: Some(1),
        ..row(0, number(room))
    };
    let put = |key| placement::put_room(desk, &shelter, start(), room, &says, key);
    let key = Some(("k1", b"body".as_slice()));
    put(key).await.unwrap();
    put(key).await.unwrap();
    let seen = placement::room_by_day(desk, &shelter, start(), room, day(), 1)
        .await
        .unwrap();
    assert_eq!((seen.number, seen.days[0].0.free), (2, 1));
    let other = put(Some(("k1", b"other".as_slice()))).await;
    assert!(matches!(other, Err(DeskError::KeyReused)), "{other:?}");
    assert!(matches!(put(None).await, Err(DeskError::Conflict)));
    assert!(matches!(
        put(Some(("k2", b"body".as_slice()))).await,
        Err(DeskError::Conflict)
    ));
}
