//! `GET /api/v1/rooms`, `GET` and `PUT /api/v1/rooms/{id}/capacity`: a provider's own rooms, for its programs. No address, no
//! name of a location or a person: identifiers and numbers.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{ETAG, IF_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use desk::DeskError;
use desk::placement::{
    Named, OutPart, OutSays, ReasonInput, RoomGrid, RoomSays, grid, put_room, room_by_day,
};
use domain::SafeText;
use domain::capacity::{DayFigure, Out};
use domain::ids::RoomId;
use domain::room::RoomKind;
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::reports::idempotency_key;
use super::{answer, detail, read};
use crate::app::App;
use crate::problem::Problem;
use crate::routes::Signed;
use crate::texts::Key;

/// How much is out of service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Scope {
    All,
    Places,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OutJson {
    scope: Scope,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    places: Option<u16>,
    #[serde(default)]
    from: Option<Date>,
    #[serde(default)]
    until: Option<Date>,
    reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize)]
struct RoomJson {
    id: String,
    location: String,
    number: Option<String>,
    kind: RoomKind,
    places: u16,
    out_of_service: Option<OutJson>,
    closed: u16,
    used_by_others: u16,
    taken: u16,
    held: u16,
    leaving: u16,
    overdue: u16,
    free: u16,
    as_of: Option<Timestamp>,
    stale: bool,
    version: u32,
}

#[derive(Serialize)]
struct Rooms {
    day: Date,
    rooms: Vec<RoomJson>,
}

/// The whole of what a provider tells about a room; `null` or a number for each, so that nothing is changed by leaving it out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    places: u16,
    #[serde(deserialize_with = "stands_there")]
    out_of_service: Option<OutJson>,
    #[serde(default)]
    used_by_others: Option<u16>,
    #[serde(default)]
    free: Option<u16>,
    #[serde(default)]
    as_of: Option<Timestamp>,
}

/// An option that has to be written, if only as `null`.
fn stands_there<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<OutJson>, D::Error> {
    Option::deserialize(from)
}

fn json(own: &RoomGrid, day: &DayFigure) -> RoomJson {
    let room = &own.stored.room;
    let said = room.out_of_service.on(day.day);
    let out = said.and_then(|said| {
        let reason = said.out.reason()?;
        let (scope, places) = match said.out {
            Out::Places { number, .. } => (Scope::Places, Some(number)),
            _ => (Scope::All, None),
        };
        Some(OutJson {
            scope,
            places,
            from: Some(said.from),
            until: said.until,
            reason: reason.code.to_string(),
            note: reason.note.as_ref().map(|note| note.as_str().to_owned()),
        })
    });
    RoomJson {
        id: room.id.to_string(),
        location: room.location.to_string(),
        number: own.stored.foreign.as_ref().map(|n| n.as_str().to_owned()),
        kind: room.kind,
        places: day.places,
        out_of_service: out,
        closed: day.out,
        used_by_others: day.other,
        taken: day.taken,
        held: day.held,
        leaving: day.leaving,
        overdue: day.overdue,
        free: day.free,
        as_of: own.said.as_ref().map(|said| said.said.as_of),
        stale: own.stale,
        version: own.number,
    }
}

/// One's own rooms as they are today.
pub async fn list(
    State(app): State<Arc<App>>,
    Extension(signed): Extension<Signed>,
) -> Result<Response, Problem> {
    let (now, today) = (app.now(), dutch_date(app.now()));
    let found = grid(&app.desk, &signed.actor, now, today, 1).await?;
    let rooms = found.iter().flat_map(|house| &house.rooms);
    let rooms = rooms.filter_map(|own| own.days.first().map(|(day, _)| json(own, day)));
    let rooms = rooms.collect();
    Ok(answer(StatusCode::OK, &Rooms { day: today, rooms }))
}

async fn one(app: &App, signed: &Signed, id: RoomId) -> Result<Response, Problem> {
    let (now, today) = (app.now(), dutch_date(app.now()));
    let own = room_by_day(&app.desk, &signed.actor, now, id, today, 1).await?;
    let Some((day, _)) = own.days.first() else {
        return Err(Problem::not_found());
    };
    let mut response = answer(StatusCode::OK, &json(&own, day));
    let tag = HeaderValue::from_str(&format!("\"{}\"", own.number));
    if let Ok(tag) = tag {
        response.headers_mut().insert(ETAG, tag);
    }
    Ok(response)
}

fn id(text: &str) -> Result<RoomId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// One of one's own rooms as it is today, with its version as entity tag.
pub async fn show(
    State(app): State<Arc<App>>,
    Extension(signed): Extension<Signed>,
    Path(room): Path<String>,
) -> Result<Response, Problem> {
    one(&app, &signed, id(&room)?).await
}

/// Tells everything about one of one's own rooms, on the version that was read.
pub async fn put(
    State(app): State<Arc<App>>,
    Extension(signed): Extension<Signed>,
    Path(room): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let key = idempotency_key(&headers)?;
    let told: Told = read(&headers, &body)?;
    let id = id(&room)?;
    let says = says(id, told, version(&headers)?)?;
    // A key is its sender's own, and of one room.
    let user = signed.actor.person()?.user;
    let key = key.map(|key| format!("capacity/{user}/{id}/{key}"));
    let key = key.as_deref().map(|key| (key, body.as_ref()));
    match put_room(&app.desk, &signed.actor, app.now(), id, &says, key).await {
        Ok(()) => one(&app, &signed, id).await,
        Err(DeskError::Conflict) => Err(changed()),
        Err(error) => Err(error.into()),
    }
}

fn changed() -> Problem {
    Problem::new(
        StatusCode::PRECONDITION_FAILED,
        Key::new("rooms-api-changed-title"),
        Key::new("rooms-api-changed-reason"),
        Key::new("rooms-api-changed-advice"),
    )
}

/// The version that `If-Match` names; without it nobody knows what would be overwritten.
fn version(headers: &HeaderMap) -> Result<u32, Problem> {
    let Some(tag) = headers.get(IF_MATCH) else {
        return Err(Problem::new(
            StatusCode::PRECONDITION_REQUIRED,
            Key::new("rooms-api-needed-title"),
            Key::new("rooms-api-needed-reason"),
            Key::new("rooms-api-needed-advice"),
        ));
    };
    let tag = tag.to_str().unwrap_or_default().trim();
    let number = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
    let number = number.and_then(|number| number.parse().ok());
    number.ok_or_else(changed)
}

fn says(id: RoomId, told: Told, seen: u32) -> Result<RoomSays, Problem> {
    let wrong = |what: &str| Problem::bad_request().because(detail(what.to_owned()));
    if told.used_by_others.is_none() && told.free.is_none() {
        return Err(wrong("used_by_others, free: give one of them"));
    }
    let out = match told.out_of_service {
        None => OutPart {
            out: OutSays::Nothing,
            from: None,
            until: None,
            reason: None,
        },
        Some(out) => OutPart {
            out: match (out.scope, out.places) {
                (Scope::All, None) => OutSays::All,
                (Scope::Places, Some(number)) => OutSays::Places(number),
                _ => {
                    return Err(wrong(
                        "out_of_service.places: with the scope `places`, and only then",
                    ));
                }
            },
            from: out.from,
            until: out.until,
            reason: Some(ReasonInput {
                code: out.reason,
                note: match out.note {
                    None => None,
                    Some(note) => Some(
                        SafeText::new("out_of_service.note", &note, 2_000)
                            .map_err(|error| wrong(&error.to_string()))?,
                    ),
                },
            }),
        },
    };
    Ok(RoomSays {
        line: 0,
        named: Named::Number(id.to_string()),
        places: Some(told.places),
        out: Some(out),
        other: told.used_by_others,
        free: told.free,
        as_of: told.as_of,
        seen: Some(seen),
    })
}
