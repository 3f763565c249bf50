//! A shelter's own rooms by day, and "this is still so" in one click.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use desk::placement::{LocationGrid, RoomGrid, confirm, grid, list_rooms};
use domain::capacity::{DayFigure, Source};
use domain::ids::LocationId;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::form::Form;
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::problem::Problem;
use crate::texts::{Arg, Key, Say};
use crate::work::shelter::{id, refused, words};
use crate::work::{Work, WorkForm};

/// Days on one page.
const DAYS: u16 = 14;
/// Nobody plans a room further ahead than this.
const FURTHEST: i64 = 366;

struct Head {
    /// What a phone says: "today", or the day.
    name: String,
    short: String,
    long: String,
    weekend: bool,
}

struct Cell {
    href: String,
    day: Date,
    free: u16,
    /// What else there is to say, a line each.
    notes: Vec<String>,
    /// How it looks: `full`, `out`, `short` or nothing.
    tone: &'static str,
    weekend: bool,
}

/// Days one after the other on which a room is the same, for a narrow screen.
struct Run {
    href: String,
    days: String,
    free: u16,
    notes: Vec<String>,
    tone: &'static str,
}

struct Row {
    href: String,
    label: String,
    kind: String,
    places: String,
    said: String,
    stale: bool,
    cells: Vec<Cell>,
    /// Until when it stays as on the first day, or from when it is different.
    gist: String,
    /// The days after the first ones that are the same.
    runs: Vec<Run>,
    placements: Vec<(String, String)>,
}

struct House {
    id: String,
    label: String,
    about: String,
    has_address: bool,
    number: u64,
    stale: bool,
    rooms: Vec<Row>,
}

#[derive(Template)]
#[template(path = "work/rooms/grid.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    totals: Vec<(String, i64)>,
    heads: Vec<Head>,
    houses: Vec<House>,
    earlier: Option<String>,
    later: Option<String>,
    period: String,
}

/// The grid.
pub async fn show(work: Work) -> Result<Response, Problem> {
    let today = work.today();
    let asked: Option<Date> = work.query("from").parse().ok();
    let last = add(today, FURTHEST);
    let from = asked.unwrap_or(today).clamp(today, last);
    let (desk, actor) = (&work.app.desk, &work.actor);
    let found = grid(desk, actor, work.now, from, DAYS)
        .await
        .map_err(refused)?;
    let own = list_rooms(desk, actor, work.now).await.map_err(refused)?;
    let t = work.say();
    let with_address = |id: LocationId| {
        let found = own.iter().find(|one| one.stored.location.id == id);
        found.is_some_and(|one| one.has_address)
    };
    let houses = found
        .iter()
        .map(|one| house(&work, one, with_address(one.stored.location.id)));
    let mut houses: Vec<House> = houses.collect();
    houses.sort_by(|a, b| a.label.cmp(&b.label));
    let page_at = |day: Date| format!("/work/rooms?from={day}");
    let until = add(from, i64::from(DAYS) - 1);
    html(&Page {
        frame: work.frame_after(&[
            ("location", Key::new("rooms-done-location")),
            ("room", Key::new("rooms-done-room")),
            ("address", Key::new("rooms-done-address")),
            ("confirmed", Key::new("rooms-done-confirmed")),
        ])?,
        totals: totals(&t, own.iter().flat_map(|one| &one.rooms).map(|r| r.today)),
        heads: (0..i64::from(DAYS))
            .map(|n| head(&t, add(from, n), today))
            .collect(),
        houses,
        earlier: (from > today).then(|| page_at(add(from, -i64::from(DAYS)).max(today))),
        later: (from < last).then(|| page_at(add(from, i64::from(DAYS)))),
        period: format!("{} – {}", t.date(from), t.date(until)),
        t,
    })
}

fn add(day: Date, days: i64) -> Date {
    day.saturating_add(days.days())
}

fn totals(t: &Say, days: impl Iterator<Item = DayFigure>) -> Vec<(String, i64)> {
    let mut sums = [0i64; 5];
    for day in days {
        let parts = [
            day.places,
            day.free,
            day.held,
            day.taken + day.other,
            day.out,
        ];
        for (sum, part) in sums.iter_mut().zip(parts) {
            *sum += i64::from(part);
        }
    }
    let names = [
        Key::new("rooms-places"),
        Key::new("rooms-free"),
        Key::new("rooms-held"),
        Key::new("rooms-taken"),
        Key::new("rooms-closed"),
    ];
    let names = names.iter().map(|key| t.key(*key).into_owned());
    names.zip(sums).collect()
}

fn head(t: &Say, day: Date, today: Date) -> Head {
    let name = match day == today {
        true => t.say("rooms-today").into_owned(),
        false => short_day(t, day),
    };
    Head {
        name,
        short: short_day(t, day),
        long: long_day(t, day),
        weekend: is_weekend(day),
    }
}

/// Saturday or Sunday.
fn is_weekend(day: Date) -> bool {
    day.weekday().to_monday_one_offset() > 5
}

fn short_day(t: &Say, day: Date) -> String {
    let weekday = i64::from(day.weekday().to_monday_one_offset());
    t.say_args(
        "rooms-day-short",
        &[
            (
                "weekday",
                Arg::Text(t.say_with("rooms-weekday", "n", weekday)),
            ),
            ("day", Arg::Text(day.day().to_string())),
            ("month", Arg::Text(day.month().to_string())),
        ],
    )
}

/// A day with its weekday, in full.
pub(super) fn long_day(t: &Say, day: Date) -> String {
    let weekday = i64::from(day.weekday().to_monday_one_offset());
    let weekday = t.say_with("rooms-weekday-long", "n", weekday);
    format!("{weekday} {}", t.date(day))
}

fn house(work: &Work, own: &LocationGrid, has_address: bool) -> House {
    let t = work.say();
    let location = &own.stored.location;
    let security = words::word(
        work,
        &work.app.desk.vocabulary.security_levels,
        &words::code_of(&location.security),
    );
    let kind = words::shelter_kind(work, location.kind);
    let mut rooms: Vec<Row> = (own.rooms.iter()).map(|room| row(work, &t, room)).collect();
    rooms.sort_by(|a, b| a.label.cmp(&b.label));
    House {
        id: location.id.to_string(),
        label: own.stored.label.as_str().to_owned(),
        about: format!("{kind} · {security}"),
        has_address,
        number: own.number,
        stale: own.stale,
        rooms,
    }
}

fn row(work: &Work, t: &Say, own: &RoomGrid) -> Row {
    let room = &own.stored.room;
    let places = t.say_n("rooms-n-places", i64::from(room.places));
    let cells = own.days.iter().map(|(day, reason)| {
        let reason = (reason.as_ref()).map(|code| words::out_of_service(work, code.as_str()));
        cell(t, room.id.to_string().as_str(), day, reason)
    });
    let cells: Vec<Cell> = cells.collect();
    let (gist, runs) = runs(t, &cells);
    Row {
        gist,
        runs,
        href: format!("/work/rooms/{}", room.id),
        label: own.stored.label.as_str().to_owned(),
        kind: t.key(words::room_kind(room.kind)).into_owned(),
        places,
        said: said(t, own),
        stale: own.stale,
        cells,
        placements: own
            .stays
            .iter()
            .map(|stay| {
                let href = format!("/work/rooms/{}/stay/{}", room.id, stay.placement);
                (href, words::reference(stay.placement))
            })
            .collect(),
    }
}

/// The days as one tells them: "stays so until", or "different from" with what follows. A phone shows these instead of fourteen cells.
fn runs(t: &Say, cells: &[Cell]) -> (String, Vec<Run>) {
    let same = |a: &Cell, b: &Cell| a.free == b.free && a.tone == b.tone && a.notes == b.notes;
    let mut parts = cells.chunk_by(same);
    let first = parts.next().and_then(<[Cell]>::last);
    let runs: Vec<Run> = parts
        .filter_map(|part| {
            let (from, until) = (part.first()?, part.last()?);
            let days = match from.day == until.day {
                true => short_day(t, from.day),
                false => t.say_args(
                    "rooms-run",
                    &[
                        ("from", Arg::Text(short_day(t, from.day))),
                        ("until", Arg::Text(short_day(t, until.day))),
                    ],
                ),
            };
            Some(Run {
                href: from.href.clone(),
                days,
                free: from.free,
                notes: from.notes.clone(),
                tone: from.tone,
            })
        })
        .collect();
    let Some(last) = first else {
        return (String::new(), runs);
    };
    let gist = match runs.is_empty() {
        true => t.say_with("rooms-same-until", "day", short_day(t, last.day)),
        false => {
            let next = last.day.saturating_add(1.days());
            t.say_with("rooms-different-from", "day", short_day(t, next))
        }
    };
    (gist, runs)
}

/// Who told the figure, how, and when.
pub(super) fn said(t: &Say, own: &RoomGrid) -> String {
    let Some(told) = &own.said else {
        return t.say("rooms-said-never").into_owned();
    };
    let who = match told.said.source {
        Source::Screen if !told.name.is_empty() => told.name.clone(),
        Source::Screen => t.say("rooms-said-somebody").into_owned(),
        Source::File => t.say("rooms-said-file").into_owned(),
        Source::Program => t.say("rooms-said-program").into_owned(),
        Source::Feed => t.say("rooms-said-feed").into_owned(),
    };
    format!("{who}, {}", t.moment(told.said.as_of))
}

fn cell(t: &Say, room: &str, day: &DayFigure, reason: Option<String>) -> Cell {
    let mut notes = Vec::new();
    let mut note = |key: &str, n: u16| {
        if n > 0 {
            notes.push(t.say_n(key, i64::from(n)));
        }
    };
    note("rooms-cell-taken", day.taken + day.other);
    note("rooms-cell-held", day.held);
    note("rooms-cell-leaving", day.leaving);
    note("rooms-cell-overdue", day.overdue);
    note("rooms-cell-out", day.out);
    note("rooms-cell-short", day.short);
    notes.extend(reason);
    let tone = match day {
        DayFigure { short: 1.., .. } => "short",
        DayFigure {
            out: 1.., free: 0, ..
        } => "out",
        DayFigure { free: 0, .. } => "full",
        _ => "free",
    };
    Cell {
        href: format!("/work/rooms/{room}/day?day={}", day.day),
        day: day.day,
        free: day.free,
        notes,
        tone,
        weekend: is_weekend(day.day),
    }
}

/// Everything told about a location is still so.
pub async fn confirmed(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: LocationId = id(&text)?;
    let mut form = Form::new(body);
    let seen = form.whole("seen").required();
    let seen = form.finish(|| seen).map_err(|_| Problem::bad_request())?;
    let seen = u64::try_from(seen).map_err(|_| Problem::bad_request())?;
    confirm(&work.app.desk, &work.actor, work.now, id, seen)
        .await
        .map_err(refused)?;
    Ok(Redirect::to("/work/rooms?done=confirmed").into_response())
}
