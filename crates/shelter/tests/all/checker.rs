//! The hard rules read again from the contract, on the file itself, for one request and one room. Under a hundred lines.

use shelter::{InstanceFile, LocationFile, RequestFile, RoomFile, RoomKind};

/// Which rules this placement breaks, by code, if the others stay where they are.
pub fn broken(
    file: &InstanceFile,
    request: &RequestFile,
    location: &LocationFile,
    room: &RoomFile,
) -> Vec<&'static str> {
    if request.current_room.as_deref() == Some(&room.id) {
        return vec![];
    }
    let mut broken = vec![];
    let children_only = request.persons.iter().all(|p| p.age < 12);
    for person in &request.persons {
        if (person.age >= 12 || children_only)
            && !location.sex.contains(&person.sex)
            && !broken.contains(&"sex")
        {
            broken.push("sex");
        }
    }
    let age = request.persons[0].age;
    if age < location.min_age.unwrap_or(0) || age > location.max_age.unwrap_or(999) {
        broken.push("age");
    }
    if !location.forms.contains(&request.form) {
        broken.push("form");
    }
    if !location.entitlements.contains(&request.entitlement) {
        broken.push("entitlement");
    }
    for need in &request.care {
        if !location.care.contains(need) && !broken.contains(&"care") {
            broken.push("care");
        }
    }
    if request.wheelchair && !location.wheelchair {
        broken.push("wheelchair");
    }
    if request.pets && !location.pets {
        broken.push("pets");
    }
    if request.security > location.security {
        broken.push("security");
    }
    let inside = request.avoid.iter().any(|circle| {
        let (dx, dy) = (circle.x_km - location.x_km, circle.y_km - location.y_km);
        dx.hypot(dy) < circle.radius_km + 1e-6 // the border belongs to the circle
    });
    if inside {
        broken.push("avoid");
    }
    let fits = match (request.persons.len(), room.kind) {
        (1, kind) => kind != RoomKind::Family,
        (_, kind) => kind != RoomKind::Stay,
    };
    if !fits {
        broken.push("room_kind");
    }
    if request.persons.len() as i64 > room.free {
        broken.push("places");
    }
    let rival = |other: &&RequestFile| {
        other.id != request.id && other.apart.is_some() && other.apart == request.apart
    };
    let lives_here = |other: &RequestFile| {
        location
            .rooms
            .iter()
            .any(|r| other.current_room.as_ref() == Some(&r.id))
    };
    if file.requests.iter().filter(rival).any(lives_here) {
        broken.push("apart");
    }
    if request.not_in.contains(&location.id) {
        broken.push("refused_before");
    }
    if !request.kinds.is_empty() && !request.kinds.contains(&location.kind) {
        broken.push("route");
    }
    broken
}
