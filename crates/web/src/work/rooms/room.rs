//! The form of a room, and taking it out of service.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::DeskError;
use desk::placement::{RoomInput, add_room, change_room, read_location, read_room};
use domain::ids::{LocationId, RoomId};
use domain::room::RoomKind;

use crate::form::{Filled, Form, FormBody, Typed};
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::Say;
use crate::work::shelter::{by_code, field_said, id, refused, safe, words};
use crate::work::{Work, WorkForm};

#[derive(Template)]
#[template(path = "work/rooms/room.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    action: String,
    id: String,
    is_new: bool,
    kinds: Vec<Choice>,
    seen: String,
}

fn page(work: &Work, action: String, room: Option<RoomId>, f: Filled) -> Result<Page, Problem> {
    let t = work.say();
    let kinds = [RoomKind::Stay, RoomKind::Family, RoomKind::Crisis]
        .iter()
        .map(|kind| Choice::new(words::code_of(kind), t.key(words::room_kind(*kind))))
        .collect();
    Ok(Page {
        frame: work.frame()?,
        seen: f.value("seen").to_owned(),
        f,
        crumbs: vec![Crumb::new(t.say("nav-rooms"), "/work/rooms")],
        action,
        id: room.map_or_else(String::new, |id| id.to_string()),
        is_new: room.is_none(),
        kinds,
        t,
    })
}

fn read(body: FormBody) -> Result<(Option<i64>, RoomInput), Filled> {
    let mut form = Form::new(body);
    let seen = form.whole("seen").optional();
    let label = form.parsed("label", safe).max(80).required();
    let kind = form.parsed("kind", by_code::<RoomKind>).required();
    let places = form.whole("places").within(1, 200);
    let stay = form.whole("max_stay_days").maybe_within(1, 3_650);
    let foreign = form.parsed("foreign", safe).max(100).optional();
    form.finish(|| {
        let input = RoomInput {
            label: label?,
            kind: kind?,
            places: u16::try_from(places?).unwrap_or(1),
            max_stay_days: stay?.and_then(|n| u16::try_from(n).ok()),
            foreign: foreign?,
        };
        Ok((seen?, input))
    })
}

/// An empty form in a location.
pub async fn new(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let location: LocationId = id(&text)?;
    read_location(&work.app.desk, &work.actor, work.now, location)
        .await
        .map_err(refused)?;
    let blank = Filled::with(&[("kind", "stay"), ("places", "1")]);
    html(&page(&work, new_at(location), None, blank)?)
}

fn new_at(location: LocationId) -> String {
    format!("/work/rooms/locations/{location}/room")
}

/// Adds a room.
pub async fn add(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let location: LocationId = id(&text)?;
    let typed = body.0.clone();
    let (_, input) = match read(body) {
        Ok(input) => input,
        Err(filled) => return again(&work, new_at(location), None, filled),
    };
    match add_room(&work.app.desk, &work.actor, work.now, location, input).await {
        Ok(_) => Ok(Redirect::to("/work/rooms?done=room").into_response()),
        Err(error) => faults(&work, new_at(location), None, typed, error),
    }
}

/// The form with what is kept.
pub async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id: RoomId = id(&text)?;
    let own = read_room(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refused)?;
    let room = &own.stored.room;
    let filled = Filled::with(&[
        ("seen", &own.version.to_string()),
        ("label", own.stored.label.as_str()),
        ("kind", &words::code_of(&room.kind)),
        ("places", &room.places.to_string()),
        (
            "foreign",
            own.stored.foreign.as_ref().map_or("", |text| text.as_str()),
        ),
        (
            "max_stay_days",
            &room
                .max_stay_days
                .map_or_else(String::new, |n| n.to_string()),
        ),
    ]);
    html(&page(&work, format!("/work/rooms/{id}"), Some(id), filled)?)
}

/// Changes a room.
pub async fn change(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: RoomId = id(&text)?;
    let at = format!("/work/rooms/{id}");
    let typed = body.0.clone();
    let (seen, input) = match read(body) {
        Ok(input) => input,
        Err(filled) => return again(&work, at, Some(id), filled),
    };
    let seen = seen.ok_or_else(Problem::bad_request)?;
    match change_room(&work.app.desk, &work.actor, work.now, id, seen, input).await {
        Ok(()) => Ok(Redirect::to("/work/rooms?done=room").into_response()),
        Err(error) => faults(&work, at, Some(id), typed, error),
    }
}

fn again(
    work: &Work,
    action: String,
    room: Option<RoomId>,
    filled: Filled,
) -> Result<Response, Problem> {
    html_as(
        StatusCode::UNPROCESSABLE_ENTITY,
        &page(work, action, room, filled)?,
    )
}

fn faults(
    work: &Work,
    action: String,
    room: Option<RoomId>,
    typed: Typed,
    error: DeskError,
) -> Result<Response, Problem> {
    let DeskError::Invalid(faults) = error else {
        return Err(refused(error));
    };
    let filled = faults
        .into_iter()
        .fold(Filled::new(typed, Vec::new()), |filled, fault| {
            let field = match fault.field.as_str() {
                "places" => "places",
                "foreign" => "foreign",
                _ => "label",
            };
            filled.refused(field, field_said(&fault.key))
        });
    again(work, action, room, filled)
}
