//! One room on one day: what it is made of, what cannot be used, what others use, who is expected to leave.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::DeskError;
use desk::placement::{
    OutInput, ReasonInput, RoomGrid, end_out, plan_departure, room_by_day, say_other_use, say_out,
};
use domain::capacity::{DayFigure, Out};
use domain::ids::{PlacementId, RoomId};
use jiff::civil::Date;

use super::grid::{long_day, said};
use crate::form::{FieldError, Filled, Form, Typed};
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::{Key, Message, Say};
use crate::work::form_page::{Ask, FormPage, How};
use crate::work::shelter::{field_said, id, refused, safe, words};
use crate::work::{Work, WorkForm};

struct Told {
    days: String,
    what: String,
    why: String,
    who: String,
}

#[derive(Template)]
#[template(path = "work/rooms/day.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    id: String,
    label: String,
    title: String,
    day: String,
    seen: String,
    facts: Vec<(String, String)>,
    said: String,
    stale: bool,
    short: String,
    is_out: bool,
    reasons: Vec<Choice>,
    stays: Vec<(String, String, String)>,
    history: Vec<Told>,
}

fn day_of(work: &Work, text: &str) -> Date {
    let asked: Option<Date> = text.parse().ok();
    asked.unwrap_or(work.today()).max(work.today())
}

async fn room_on(work: &Work, id: RoomId, day: Date) -> Result<RoomGrid, Problem> {
    room_by_day(&work.app.desk, &work.actor, work.now, id, day, 1)
        .await
        .map_err(refused)
}

async fn page(work: &Work, id: RoomId, day: Date, f: Option<Filled>) -> Result<Page, Problem> {
    let own = room_on(work, id, day).await?;
    let t = work.say();
    let Some(figure) = first(&own) else {
        return Err(Problem::not_found());
    };
    let f = f.unwrap_or_else(|| {
        let other = figure.other.to_string();
        Filled::with(&[("from", &day.to_string()), ("other", &other)])
    });
    Ok(Page {
        frame: work.frame_after(&[
            ("in", Key::new("rooms-done-in")),
            ("out", Key::new("rooms-done-out")),
            ("others", Key::new("rooms-done-others")),
            ("stay", Key::new("rooms-done-stay")),
        ])?,
        crumbs: crumbs(&t),
        id: id.to_string(),
        label: own.stored.label.as_str().to_owned(),
        title: long_day(&t, day),
        day: day.to_string(),
        seen: own.number.to_string(),
        facts: facts(&t, &figure),
        said: said(&t, &own),
        stale: own.stale,
        short: match figure.short {
            0 => String::new(),
            n => t.say_n("rooms-short", i64::from(n)),
        },
        is_out: own.stored.room.out_of_service.on(day).is_some(),
        reasons: words::choices(work, &work.app.desk.vocabulary.out_of_service_reasons),
        stays: stays(&t, id, &own),
        history: history(work, &t, &own),
        f,
        t,
    })
}

fn crumbs(t: &Say) -> Vec<Crumb> {
    vec![Crumb::new(t.say("nav-rooms"), "/work/rooms")]
}

/// The figure of the first day.
fn first(own: &RoomGrid) -> Option<DayFigure> {
    own.days.first().map(|(figure, _)| *figure)
}

fn facts(t: &Say, day: &DayFigure) -> Vec<(String, String)> {
    let line = |key: &str, n: u16| (t.say(key).into_owned(), n.to_string());
    let mut out = vec![
        line("rooms-places", day.places),
        line("rooms-free", day.free),
        line("rooms-taken", day.taken),
        line("rooms-others", day.other),
        line("rooms-held", day.held),
        line("rooms-closed", day.out),
        line("rooms-leaving", day.leaving),
    ];
    if day.overdue > 0 {
        out.push(line("rooms-overdue", day.overdue));
    }
    out
}

fn stays(t: &Say, id: RoomId, own: &RoomGrid) -> Vec<(String, String, String)> {
    let all = own.stays.iter().map(|stay| {
        let day = stay.departure.map_or_else(
            || t.say("rooms-leaves-unknown").into_owned(),
            |departure| t.date(departure.day),
        );
        let href = format!("/work/rooms/{id}/stay/{}", stay.placement);
        (href, words::reference(stay.placement), day)
    });
    all.collect()
}

fn history(work: &Work, t: &Say, own: &RoomGrid) -> Vec<Told> {
    let all = own.stored.room.out_of_service.history().iter().rev();
    let all = all.map(|said| Told {
        days: match said.until {
            Some(until) => format!("{} – {}", t.date(said.from), t.date(until)),
            None => t.say_with("rooms-out-from", "day", t.date(said.from)),
        },
        what: match &said.out {
            Out::All { .. } => t.say("rooms-out-all").into_owned(),
            Out::Places { number, .. } => t.say_n("rooms-out-n", i64::from(*number)),
            Out::Nothing => t.say("rooms-out-nothing").into_owned(),
        },
        why: said.out.reason().map_or_else(String::new, |reason| {
            let word = words::out_of_service(work, reason.code.as_str());
            match &reason.note {
                Some(note) => format!("{word}: {}", note.as_str()),
                None => word,
            }
        }),
        who: t.moment(said.by.at),
    });
    all.collect()
}

/// The room on a day.
pub async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let day = day_of(&work, work.query("day"));
    html(&page(&work, id(&text)?, day, None).await?)
}

fn number(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

/// Takes it out of service, in whole or in part.
pub async fn out(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: RoomId = id(&text)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    // What the other forms of the page hold goes along, so that a refusal shows the page as it was.
    for along in ["day", "other"] {
        form.raw(along);
    }
    let seen = form.whole("seen").required();
    let from = form.date("from").required();
    let until = form.date("until").optional();
    let places = form.whole("places").maybe_within(1, 200);
    let code = form.line("reason").max(60).required();
    let note = form.parsed("note", safe).max(2_000).optional();
    let read = form.finish(|| {
        let input = OutInput {
            from: from?,
            until: until?,
            places: places?.and_then(|n| u16::try_from(n).ok()),
            reason: ReasonInput {
                code: code?,
                note: note?,
            },
        };
        Ok((number(seen?), input))
    });
    let (seen, input) = match read {
        Ok(read) => read,
        Err(filled) => return again(&work, id, filled).await,
    };
    let from = input.from;
    let done = say_out(&work.app.desk, &work.actor, work.now, id, seen, input).await;
    finish(&work, id, from, "out", typed, done).await
}

/// Puts it back in service from a day on.
pub async fn back(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: RoomId = id(&text)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let (seen, day) = (form.whole("seen").required(), form.date("day").required());
    let read = form.finish(|| Ok((number(seen?), day?)));
    let (seen, day) = read.map_err(|_| Problem::bad_request())?;
    let done = end_out(&work.app.desk, &work.actor, work.now, id, seen, day).await;
    finish(&work, id, day, "in", typed, done).await
}

/// How many places others use.
pub async fn others(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: RoomId = id(&text)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    for along in ["day", "from"] {
        form.raw(along);
    }
    let seen = form.whole("seen").required();
    let other = form.whole("other").within(0, 200);
    let read = form.finish(|| Ok((number(seen?), u16::try_from(other?).unwrap_or(0))));
    let (seen, other) = match read {
        Ok(read) => read,
        Err(filled) => return again(&work, id, filled).await,
    };
    let done = say_other_use(&work.app.desk, &work.actor, work.now, id, seen, other).await;
    finish(&work, id, work.today(), "others", typed, done).await
}

async fn again(work: &Work, id: RoomId, filled: Filled) -> Result<Response, Problem> {
    let day = day_of(work, filled.value("day"));
    let page = page(work, id, day, Some(filled)).await?;
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn finish(
    work: &Work,
    id: RoomId,
    day: Date,
    what: &str,
    typed: Typed,
    done: desk::Result<()>,
) -> Result<Response, Problem> {
    let faults = match done {
        Ok(()) => {
            let day = day.max(work.today());
            let to = format!("/work/rooms/{id}/day?day={day}&done={what}");
            return Ok(Redirect::to(&to).into_response());
        }
        Err(DeskError::Invalid(faults)) => faults,
        Err(error) => return Err(refused(error)),
    };
    let own = room_on(work, id, day.max(work.today())).await?;
    let figure = first(&own);
    let wrong = faults.iter().map(|fault| {
        let field = FIELDS.iter().find(|name| **name == fault.field);
        FieldError::new(field.copied().unwrap_or("reason"), why(&fault.key, figure))
    });
    let filled = Filled::new(typed, wrong.collect());
    again(work, id, filled).await
}

const FIELDS: &[&str] = &["places", "other", "until", "from", "reason", "note"];

/// A refusal in words, with how many are in the way.
fn why(key: &str, day: Option<DayFigure>) -> Message {
    match (key, day) {
        ("in_the_way" | "too_much_other_use", Some(day)) => {
            let most = match key {
                "in_the_way" => day.free + day.out,
                _ => day.free + day.other,
            };
            Message::new(match key {
                "in_the_way" => Key::new("rooms-error-in-the-way"),
                _ => Key::new("rooms-error-others"),
            })
            .with("most", most.to_string())
            .with("taken", (day.taken + day.other).to_string())
            .with("held", day.held.to_string())
        }
        ("past", _) => Key::new("rooms-error-past").into(),
        ("no_places", _) => Key::new("rooms-error-no-places").into(),
        ("more_than_room", _) => Key::new("rooms-error-more").into(),
        ("nothing_out", _) => Key::new("rooms-error-nothing-out").into(),
        _ => field_said(key).into(),
    }
}

fn stay_page(
    work: &Work,
    own: &RoomGrid,
    id: RoomId,
    stay: PlacementId,
    f: Filled,
) -> Result<FormPage, Problem> {
    let t = work.say();
    let room = format!("/work/rooms/{id}/day");
    let label = own.stored.label.as_str();
    Ok(FormPage {
        frame: work.frame()?,
        f,
        crumbs: vec![
            Crumb::new(t.say("nav-rooms"), "/work/rooms"),
            Crumb::new(label, room.clone()),
        ],
        title: t.say("rooms-leaves-title").into_owned(),
        know: vec![t.say("rooms-leaves-lead").into_owned()],
        action: format!("/work/rooms/{id}/stay/{stay}"),
        hidden: vec![("seen", own.number.to_string())],
        asks: vec![Ask::new(How::Day, "day", t.say("rooms-leaves")).optional()],
        button: t.say("rooms-save").into_owned(),
        cancel: room,
        t,
    })
}

/// Asks when a stay is expected to end.
pub async fn stay(
    work: Work,
    Path((room, placement)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (room, placement): (RoomId, PlacementId) = (id(&room)?, id(&placement)?);
    let own = room_on(&work, room, work.today()).await?;
    let found = own.stays.iter().find(|stay| stay.placement == placement);
    let found = found.ok_or_else(Problem::not_found)?;
    let day = found
        .departure
        .map_or_else(String::new, |d| d.day.to_string());
    let filled = Filled::with(&[("day", &day)]);
    html(&stay_page(&work, &own, room, placement, filled)?)
}

/// Keeps it.
pub async fn leaves(
    work: Work,
    Path((room, placement)): Path<(String, String)>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let (room, placement): (RoomId, PlacementId) = (id(&room)?, id(&placement)?);
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let (seen, day) = (form.whole("seen").required(), form.date("day").optional());
    let read = form.finish(|| Ok((number(seen?), day?)));
    let filled = match read {
        Err(filled) => filled,
        Ok((seen, day)) => {
            let (desk, actor) = (&work.app.desk, &work.actor);
            let done = plan_departure(desk, actor, work.now, room, seen, placement, day).await;
            match done {
                Ok(()) => {
                    let to = format!("/work/rooms/{room}/day?done=stay");
                    return Ok(Redirect::to(&to).into_response());
                }
                Err(DeskError::Invalid(_)) => {
                    Filled::new(typed, Vec::new()).refused("day", Key::new("rooms-error-past"))
                }
                Err(error) => return Err(refused(error)),
            }
        }
    };
    let own = room_on(&work, room, work.today()).await?;
    let page = stay_page(&work, &own, room, placement, filled)?;
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
