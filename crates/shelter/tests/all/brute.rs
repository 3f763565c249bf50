//! Small crowded questions, and the best plan found by trying everything. Shares no line with the engine.

use shelter::{
    AvoidFile, Chance, InstanceFile, LocationFile, NearFile, PersonFile, RequestFile, RoomFile,
    RoomKind,
};

fn codes(list: &[&str]) -> Vec<String> {
    list.iter().map(|code| (*code).to_owned()).collect()
}

/// A location that admits everybody, at a point.
pub fn open_location(id: &str, x_km: f64, y_km: f64, rooms: Vec<RoomFile>) -> LocationFile {
    LocationFile {
        id: id.into(),
        provider: "O1".into(),
        kind: "COSM".into(),
        municipality: "GM0363".into(),
        x_km,
        y_km,
        security: 2,
        sex: codes(&["F", "M", "X"]),
        min_age: None,
        max_age: None,
        forms: codes(&["SU"]),
        entitlements: codes(&["wmo"]),
        care: codes(&["medical"]),
        wheelchair: true,
        pets: true,
        languages: codes(&["nl"]),
        rooms,
    }
}

/// A room with places, all free.
pub fn free_room(id: &str, kind: RoomKind, free: i64) -> RoomFile {
    RoomFile {
        id: id.into(),
        kind,
        places: free,
        free,
        max_stay_days: None,
    }
}

/// A request of so many adults.
pub fn household(id: &str, persons: usize) -> RequestFile {
    RequestFile {
        id: id.into(),
        persons: (0..persons)
            .map(|k| PersonFile {
                id: format!("{id}-{k}"),
                age: 30,
                sex: "F".into(),
            })
            .collect(),
        form: "SU".into(),
        entitlement: "wmo".into(),
        security: 1,
        care: vec![],
        wheelchair: false,
        pets: false,
        languages: codes(&["nl"]),
        urgency: 1,
        waiting_days: 0,
        avoid: vec![],
        near: None,
        current_room: None,
        apart: None,
        kinds: vec![],
        not_in: vec![],
    }
}

pub fn question(locations: Vec<LocationFile>, requests: Vec<RequestFile>) -> InstanceFile {
    InstanceFile {
        as_of: jiff::civil::date(2026, 11, 21),
        locations,
        requests,
    }
}

/// Few rooms and many who fit in them, so that places, families, groups and movers decide.
pub fn crowded(seed: u64, singles_only: bool) -> InstanceFile {
    let mut chance = Chance::new(seed);
    let kinds = [RoomKind::Stay, RoomKind::Crisis, RoomKind::Family];
    let mut locations = Vec::new();
    for l in 0..3 {
        let rooms = (0..1 + chance.below(2))
            .map(|r| {
                let mut room = free_room(
                    &format!("L{l}-{r}"),
                    *chance.pick(&kinds),
                    chance.from_to(0, 4),
                );
                room.places += 3;
                room.max_stay_days = *chance.pick(&[None, Some(90)]);
                room
            })
            .collect();
        let mut location = open_location(
            &format!("L{l}"),
            chance.from_to(0, 90) as f64,
            chance.from_to(0, 90) as f64,
            rooms,
        );
        location.security = chance.from_to(1, 3);
        location.kind = (*chance.pick(&["COSM", "MO"])).to_owned();
        locations.push(location);
    }
    let rooms: Vec<String> = locations
        .iter()
        .flat_map(|l| &l.rooms)
        .map(|room| room.id.clone())
        .collect();
    let requests = (0..5)
        .map(|n| {
            let size = if singles_only {
                1
            } else {
                1 + chance.by_share(&[5, 3, 2])
            };
            let mut request = household(&format!("R{n}"), size);
            request.security = *chance.pick(&[1, 1, 2, 3]);
            request.urgency = chance.from_to(1, 4);
            request.waiting_days = chance.from_to(0, 120);
            if chance.per_mille(500) {
                request.languages.clear();
            }
            if chance.per_mille(500) {
                request.near = Some(NearFile {
                    x_km: chance.from_to(0, 90) as f64,
                    y_km: chance.from_to(0, 90) as f64,
                    weight: 1.5,
                });
            }
            if chance.per_mille(200) {
                request.avoid.push(AvoidFile {
                    x_km: chance.from_to(0, 90) as f64,
                    y_km: chance.from_to(0, 90) as f64,
                    radius_km: 30.0,
                    reason: "offender".into(),
                });
            }
            if chance.per_mille(350) {
                request.current_room = Some(chance.pick(&rooms).clone());
            }
            if !singles_only && chance.per_mille(400) {
                request.apart = Some((*chance.pick(&["a", "b"])).to_owned());
            }
            if chance.per_mille(250) {
                request.kinds = codes(&[*chance.pick(&["COSM", "MO"])]);
            }
            if chance.per_mille(150) {
                request.not_in = codes(&[*chance.pick(&["L0", "L1", "nowhere"])]);
            }
            request
        })
        .collect();
    question(locations, requests)
}

/// The least that any plan costs, by trying every plan.
pub fn least(file: &InstanceFile) -> i64 {
    let rooms: Vec<(&LocationFile, &RoomFile)> = file
        .locations
        .iter()
        .flat_map(|l| l.rooms.iter().map(move |r| (l, r)))
        .collect();
    let mut best = i64::MAX;
    let mut at = vec![None; file.requests.len()];
    every(file, &rooms, 0, 0, &mut at, &mut best);
    best
}

fn every(
    file: &InstanceFile,
    rooms: &[(&LocationFile, &RoomFile)],
    n: usize,
    cost: i64,
    at: &mut Vec<Option<usize>>,
    best: &mut i64,
) {
    if cost >= *best {
        return;
    }
    let Some(request) = file.requests.get(n) else {
        if sound(file, rooms, at) {
            *best = cost;
        }
        return;
    };
    for (k, (location, room)) in rooms.iter().enumerate() {
        let stays = request.current_room.as_ref() == Some(&room.id);
        if stays || fits(request, location, room) {
            at[n] = Some(k);
            let more = if stays {
                350
            } else {
                soft(file, request, location, room)
            };
            every(file, rooms, n + 1, cost + more, at, best);
        }
    }
    // Nobody who has a room is put out of it.
    if request.current_room.is_none() {
        at[n] = None;
        let each = 20_000 + 6000 * (request.urgency - 1) + 40 * request.waiting_days.min(100);
        every(
            file,
            rooms,
            n + 1,
            cost + each * request.persons.len() as i64,
            at,
            best,
        );
    }
}

fn sound(file: &InstanceFile, rooms: &[(&LocationFile, &RoomFile)], at: &[Option<usize>]) -> bool {
    let stays = |n: usize| {
        at[n].is_some_and(|k| file.requests[n].current_room.as_ref() == Some(&rooms[k].1.id))
    };
    for (k, (_, room)) in rooms.iter().enumerate() {
        let mut free = room.free;
        for (n, request) in file.requests.iter().enumerate() {
            let seats = request.persons.len() as i64;
            let was = request.current_room.as_ref() == Some(&room.id);
            free += if was && !stays(n) { seats } else { 0 };
            free -= if at[n] == Some(k) && !stays(n) {
                seats
            } else {
                0
            };
        }
        if free < 0 {
            return false;
        }
    }
    for (a, one) in file.requests.iter().enumerate() {
        for (b, other) in file.requests.iter().enumerate().skip(a + 1) {
            let (Some(i), Some(j)) = (at[a], at[b]) else {
                continue;
            };
            let group = one.apart.is_some() && one.apart == other.apart;
            if group && rooms[i].0.id == rooms[j].0.id && !(stays(a) && stays(b)) {
                return false;
            }
        }
    }
    true
}

fn fits(request: &RequestFile, location: &LocationFile, room: &RoomFile) -> bool {
    let circle = request.avoid.iter().any(|circle| {
        (circle.x_km - location.x_km).hypot(circle.y_km - location.y_km) <= circle.radius_km
    });
    let kind = match room.kind {
        RoomKind::Stay => request.persons.len() == 1,
        RoomKind::Family => request.persons.len() > 1,
        RoomKind::Crisis => true,
    };
    let way = request.kinds.is_empty() || request.kinds.contains(&location.kind);
    let again = request.not_in.contains(&location.id);
    kind && !circle && way && !again && location.security >= request.security
}

fn soft(
    file: &InstanceFile,
    request: &RequestFile,
    location: &LocationFile,
    room: &RoomFile,
) -> i64 {
    let span = |of: fn(&LocationFile) -> f64| {
        let all = file.locations.iter().map(of);
        all.clone().fold(f64::MIN, f64::max) - all.fold(f64::MAX, f64::min)
    };
    let diagonal = span(|l| l.x_km).hypot(span(|l| l.y_km));
    let mut cost = 0.0;
    if let Some(near) = &request.near
        && diagonal > 0.0
    {
        let far = (near.x_km - location.x_km).hypot(near.y_km - location.y_km);
        cost += 150.0 * near.weight * far / diagonal;
    }
    if !request
        .languages
        .iter()
        .any(|l| location.languages.contains(l))
    {
        cost += 160.0;
    }
    cost += 60.0 * (location.security - request.security) as f64;
    if room.kind == RoomKind::Crisis {
        cost += 220.0;
    }
    if room.max_stay_days.is_some_and(|days| days < 180) {
        cost += 60.0;
    }
    cost.round().min(1000.0) as i64
}
