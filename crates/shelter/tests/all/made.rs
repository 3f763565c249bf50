//! Small random instances, and a checker of the hard rules that shares no line with the engine.

use jiff::civil::date;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use shelter::{
    AvoidFile, InstanceFile, LocationFile, NearFile, PersonFile, RequestFile, RoomFile, RoomKind,
};

fn some_of(codes: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    subsequence(codes, 0..=codes.len())
        .prop_map(|list| list.into_iter().map(str::to_owned).collect())
}

/// A grid of whole kilometres with three-four-five triangles in it, so that points on borders do occur.
fn place() -> impl Strategy<Value = (f64, f64)> {
    (0..8, 0..8).prop_map(|(x, y)| (100.1 + f64::from(x), 450.2 + f64::from(y)))
}

fn room(id: String) -> impl Strategy<Value = RoomFile> {
    let kind = select(vec![RoomKind::Stay, RoomKind::Family, RoomKind::Crisis]);
    (
        kind,
        0..4_i64,
        0..4_i64,
        option::of(select(vec![30_i64, 179, 180, 400])),
    )
        .prop_map(move |(kind, free, taken, days)| RoomFile {
            id: id.clone(),
            kind,
            places: free + taken,
            free,
            max_stay_days: days,
        })
}

fn location(n: usize) -> impl Strategy<Value = LocationFile> {
    let what = (
        some_of(&["F", "M", "X"]),
        some_of(&["SU", "AU"]),
        some_of(&["reflection_period", "wmo"]),
        some_of(&["medical", "addiction"]),
    );
    let limits = (
        option::of(0..20_i64),
        option::of(20..70_i64),
        1..=3_i64,
        any::<[bool; 2]>(),
    );
    let rooms = (room(format!("L{n}-a")), room(format!("L{n}-b")), 0..3_usize);
    (place(), what, limits, some_of(&["nl", "pl"]), rooms).prop_map(
        move |((x_km, y_km), what, limits, languages, rooms)| LocationFile {
            id: format!("L{n}"),
            provider: "O1".into(),
            kind: ["COSM", "MO", "OMM"][n % 3].into(),
            municipality: "GM0363".into(),
            x_km,
            y_km,
            security: limits.2,
            sex: what.0,
            min_age: limits.0,
            max_age: limits.1,
            forms: what.1,
            entitlements: what.2,
            care: what.3,
            wheelchair: limits.3[0],
            pets: limits.3[1],
            languages,
            rooms: [rooms.0, rooms.1].into_iter().take(rooms.2).collect(),
        },
    )
}

fn request(n: usize) -> impl Strategy<Value = RequestFile> {
    let person = (0..60_i64, select(vec!["F", "M", "X"]));
    let what = (
        select(vec!["SU", "AU"]),
        select(vec!["reflection_period", "wmo"]),
        1..=3_i64,
        some_of(&["medical", "addiction"]),
        any::<[bool; 2]>(),
    );
    let wait = (1..=4_i64, 0..130_i64, some_of(&["nl", "pl"]));
    let circle = (place(), select(vec![0.0, 1.0, 3.0, 5.0]));
    let near = option::of((place(), select(vec![0.0, 1.0, 2.5])));
    let ties = (
        option::of(0..6_usize),
        option::of(select(vec!["net-1", "net-2"])),
    );
    (vec(person, 1..4), what, wait, vec(circle, 0..3), near, ties).prop_map(
        move |(persons, what, wait, avoid, near, ties)| RequestFile {
            id: format!("R{n}"),
            persons: (persons.into_iter().enumerate())
                .map(|(k, (age, sex))| PersonFile {
                    id: format!("P{n}-{k}"),
                    age,
                    sex: sex.into(),
                })
                .collect(),
            form: what.0.into(),
            entitlement: what.1.into(),
            security: what.2,
            care: what.3,
            wheelchair: what.4[0],
            pets: what.4[1],
            languages: wait.2,
            urgency: wait.0,
            waiting_days: wait.1,
            avoid: (avoid.into_iter())
                .map(|((x_km, y_km), radius_km)| AvoidFile {
                    x_km,
                    y_km,
                    radius_km,
                    reason: "offender".into(),
                })
                .collect(),
            near: near.map(|((x_km, y_km), weight)| NearFile { x_km, y_km, weight }),
            current_room: ties.0.map(|room| format!("L{}-a", room)),
            apart: ties.1.map(str::to_owned),
            kinds: match wait.1 % 7 {
                0 => vec!["COSM".to_owned()],
                1 => vec!["MO".to_owned(), "OMM".to_owned()],
                _ => vec![],
            },
            not_in: match wait.1 % 11 {
                0 => vec!["L0".to_owned(), "L2".to_owned()],
                _ => vec![],
            },
        },
    )
}

/// Up to six locations and five requests; a current room that does not exist is dropped.
pub fn instances() -> impl Strategy<Value = InstanceFile> {
    let locations = (0..6_usize).map(location).collect::<Vec<_>>();
    let requests = (0..5_usize).map(request).collect::<Vec<_>>();
    (locations, requests).prop_map(|(locations, mut requests)| {
        for request in &mut requests {
            let exists = |id: &String| {
                locations
                    .iter()
                    .flat_map(|l| &l.rooms)
                    .any(|room| &room.id == id)
            };
            request.current_room = request.current_room.take().filter(exists);
        }
        InstanceFile {
            as_of: date(2026, 11, 21),
            locations,
            requests,
        }
    })
}
