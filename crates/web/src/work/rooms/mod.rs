//! A shelter's own locations, rooms and addresses.

mod address;
mod location;
mod room;

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use desk::UseCase;
use desk::placement::{OwnLocation, OwnRoom, list_rooms};

use super::shelter::{refused, words};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::problem::Problem;
use crate::routes::Routes;
use crate::texts::{Key, Say};
use crate::work::Work;

/// The pages of this subject.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/work/rooms", UseCase::KeepRooms, list)
        .get(
            "/work/rooms/locations/new",
            UseCase::KeepRooms,
            location::new,
        )
        .post(
            "/work/rooms/locations/new",
            UseCase::KeepRooms,
            location::add,
        )
        .get(
            "/work/rooms/locations/{id}",
            UseCase::KeepRooms,
            location::show,
        )
        .post(
            "/work/rooms/locations/{id}",
            UseCase::KeepRooms,
            location::change,
        )
        .get(
            "/work/rooms/locations/{id}/room",
            UseCase::KeepRooms,
            room::new,
        )
        .post(
            "/work/rooms/locations/{id}/room",
            UseCase::KeepRooms,
            room::add,
        )
        .get(
            "/work/rooms/locations/{id}/address",
            UseCase::KeepAddress,
            address::show,
        )
        .post(
            "/work/rooms/locations/{id}/address",
            UseCase::KeepAddress,
            address::keep,
        )
        .get("/work/rooms/{id}", UseCase::KeepRooms, room::show)
        .post("/work/rooms/{id}", UseCase::KeepRooms, room::change)
        .get("/work/rooms/{id}/out", UseCase::KeepRooms, room::out_form)
        .post("/work/rooms/{id}/out", UseCase::KeepRooms, room::out)
        .post("/work/rooms/{id}/in", UseCase::KeepRooms, room::back)
}

struct RoomRow {
    href: String,
    label: String,
    kind: String,
    places: i64,
    free: i64,
    held: i64,
    taken: i64,
    out: String,
    placements: Vec<(String, String)>,
    updated: String,
}

struct LocationCard {
    id: String,
    label: String,
    kind: String,
    security: String,
    has_address: bool,
    free: i64,
    places: i64,
    rooms: Vec<RoomRow>,
}

#[derive(Template)]
#[template(path = "work/rooms/list.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    locations: Vec<LocationCard>,
    totals: Vec<(String, i64)>,
}

async fn list(work: Work) -> Result<Response, Problem> {
    let found = list_rooms(&work.app.desk, &work.actor, work.now)
        .await
        .map_err(refused)?;
    let t = work.say();
    let locations: Vec<LocationCard> = found.iter().map(|one| card(&work, one)).collect();
    let mut totals: BTreeMap<&str, i64> = BTreeMap::new();
    for room in locations.iter().flat_map(|l| &l.rooms) {
        *totals.entry("1").or_default() += room.places;
        *totals.entry("2").or_default() += room.free;
        *totals.entry("3").or_default() += room.held;
        *totals.entry("4").or_default() += room.taken;
    }
    let names = [
        ("1", Key::new("rooms-places")),
        ("2", Key::new("rooms-free")),
        ("3", Key::new("rooms-held")),
        ("4", Key::new("rooms-taken")),
    ];
    html(&Page {
        frame: work.frame_after(&[
            ("location", Key::new("rooms-done-location")),
            ("room", Key::new("rooms-done-room")),
            ("address", Key::new("rooms-done-address")),
        ])?,
        totals: names
            .iter()
            .map(|(name, key)| {
                (
                    t.key(*key).into_owned(),
                    totals.get(name).copied().unwrap_or(0),
                )
            })
            .collect(),
        locations,
        t,
    })
}

fn card(work: &Work, own: &OwnLocation) -> LocationCard {
    let v = &work.app.desk.vocabulary;
    let location = &own.stored.location;
    let rooms: Vec<RoomRow> = own.rooms.iter().map(|room| row(work, room)).collect();
    LocationCard {
        id: location.id.to_string(),
        label: own.stored.label.as_str().to_owned(),
        kind: words::shelter_kind(work, location.kind),
        security: words::word(
            work,
            &v.security_levels,
            &words::code_of(&location.security),
        ),
        has_address: own.has_address,
        free: rooms.iter().map(|r| r.free).sum(),
        places: rooms.iter().map(|r| r.places).sum(),
        rooms,
    }
}

fn row(work: &Work, own: &OwnRoom) -> RoomRow {
    let t = work.say();
    let room = &own.stored.room;
    let in_service = room.in_service_on(work.today());
    let out = match &room.out_of_service {
        Some(out) => {
            let until = out.until.map_or_else(
                || t.say("rooms-out-open").into_owned(),
                |until| t.date(until),
            );
            format!(
                "{} {} – {until}",
                words::out_of_service(work, out.reason.as_str()),
                t.date(out.since)
            )
        }
        None => String::new(),
    };
    RoomRow {
        href: format!("/work/rooms/{}", room.id),
        label: own.stored.label.as_str().to_owned(),
        kind: t.key(words::room_kind(room.kind)).into_owned(),
        places: i64::from(room.places),
        free: if in_service { i64::from(own.free) } else { 0 },
        held: i64::from(own.held),
        taken: i64::from(own.taken),
        out,
        placements: own
            .placements
            .iter()
            .map(|id| (format!("/work/holds/{id}"), words::reference(id)))
            .collect(),
        updated: t.moment(own.updated),
    }
}
