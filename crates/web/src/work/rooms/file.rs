//! A shelter's rooms as a spreadsheet: given out, and read back after its people changed it. What would change is shown first;
//! nothing is kept between that page and the next, the rows go with the form. Refused rows are given back as a file.

use askama::Template;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use desk::error::FieldError as Fault;
use desk::placement::{
    Named, OutPart, OutSays, ReasonInput, RoomGrid, RoomSays, RowOutcome, RowResult, grid,
    preview_rows, take_rows,
};
use domain::SafeText;
use domain::capacity::{Out as Closed, Source};
use exchange::capacity::{Out, RoomLine, RoomRow, read_rooms, write_rooms_csv, write_rooms_xlsx};
use exchange::{Limits, Refused, write_refused_csv};
use serde::{Deserialize, Serialize};

use crate::form::{FieldError, Filled, Form};
use crate::headers::Sandboxed;
use crate::page::frame::WorkFrame;
use crate::page::ui::Crumb;
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::{Key, Lang, Say};
use crate::upload::FILE;
use crate::work::shelter::refused;
use crate::work::{Work, WorkForm, one_file};

/// Bytes of a file of rooms.
const FILE_MAX: usize = 1 << 20;
/// Rows of a file of rooms: they go with the form of the next page.
const ROWS_MAX: usize = 250;

/// A row that can be taken, as it goes with the form.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ready {
    line: u64,
    seen: u32,
    row: RoomRow,
}

/// A refused row as the page shows it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Back {
    line: u64,
    column: String,
    field: String,
    value: String,
    why: String,
}

struct Change {
    line: u64,
    label: String,
    what: Vec<String>,
}

#[derive(Template)]
#[template(path = "work/rooms/file.html")]
struct Ask {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
}

#[derive(Template)]
#[template(path = "work/rooms/file_preview.html")]
struct Preview {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    /// Taken already: this is the end.
    done: bool,
    changes: Vec<Change>,
    same: i64,
    back: Vec<Back>,
    rows: String,
    refused: String,
}

fn crumbs(t: &Say) -> Vec<Crumb> {
    vec![Crumb::new(t.say("nav-rooms"), "/work/rooms")]
}

fn ask(work: &Work, f: Filled) -> Result<Ask, Problem> {
    let t = work.say();
    Ok(Ask {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&t),
        t,
    })
}

/// Asks for a file, and offers one to begin with.
pub async fn show(work: Work) -> Result<Response, Problem> {
    html(&ask(&work, Filled::blank())?)
}

/// One's own rooms as CSV.
pub async fn csv(work: Work) -> Result<Response, Problem> {
    let lines = lines(&work).await?;
    let mut bytes = Vec::new();
    write_rooms_csv(&mut bytes, &lines, work.lang == Lang::DUTCH)
        .map_err(|_| Problem::internal())?;
    given("rooms.csv", "text/csv; charset=utf-8", bytes)
}

/// One's own rooms as a spreadsheet.
pub async fn xlsx(work: Work) -> Result<Response, Problem> {
    const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let lines = lines(&work).await?;
    let bytes = write_rooms_xlsx(&lines, work.lang == Lang::DUTCH);
    given("rooms.xlsx", KIND, bytes.map_err(|_| Problem::internal())?)
}

fn given(name: &str, kind: &'static str, bytes: Vec<u8>) -> Result<Response, Problem> {
    let name = format!("attachment; filename=\"{name}\"");
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    let name = HeaderValue::from_str(&name).map_err(|_| Problem::internal())?;
    headers.insert(CONTENT_DISPOSITION, name);
    response.extensions_mut().insert(Sandboxed);
    Ok(response)
}

async fn lines(work: &Work) -> Result<Vec<RoomLine>, Problem> {
    let found = grid(&work.app.desk, &work.actor, work.now, work.today(), 1)
        .await
        .map_err(refused)?;
    let lines = found.iter().flat_map(|house| {
        let location = house.stored.label.as_str();
        house
            .rooms
            .iter()
            .map(move |room| line(work, location, room))
    });
    Ok(lines.collect())
}

fn line(work: &Work, location: &str, own: &RoomGrid) -> RoomLine {
    let figure = own.days.first().map(|(figure, _)| *figure);
    let said = own.stored.room.out_of_service.on(work.today());
    let reason = said.and_then(|said| said.out.reason());
    let count = |of: fn(&domain::capacity::DayFigure) -> u16| figure.as_ref().map(of);
    RoomLine {
        row: RoomRow {
            room_id: Some(own.stored.room.id.to_string()),
            location: Some(location.to_owned()),
            room: Some(own.stored.label.as_str().to_owned()),
            places: Some(own.stored.room.places),
            out: Some(match said.map(|said| &said.out) {
                Some(Closed::All { .. }) => Out::All,
                Some(Closed::Places { number, .. }) => Out::Places(*number),
                Some(Closed::Nothing) | None => Out::Nothing,
            }),
            out_from: said.map(|said| said.from),
            out_until: said.and_then(|said| said.until),
            reason: reason.map(|reason| reason.code.to_string()),
            note: reason
                .and_then(|r| r.note.as_ref())
                .map(|note| note.as_str().to_owned()),
            used_by_others: count(|day| day.other),
            // What is free follows from the rest; whoever fills it in says that the others use what is left.
            free: None,
        },
        taken: count(|day| day.taken).unwrap_or(0),
        held: count(|day| day.held).unwrap_or(0),
        leaving: count(|day| day.leaving).unwrap_or(0),
        as_of: own
            .said
            .as_ref()
            .map_or_else(String::new, |said| said.said.as_of.to_string()),
        stale: own.stale,
    }
}

/// Reads a file and shows what would change.
pub async fn preview(work: Work, request: Request) -> Result<Response, Problem> {
    let bytes = match one_file::read(&work, request, FILE_MAX).await? {
        Ok(bytes) => bytes,
        Err(trouble) => return again(&work, vec![FieldError::new(FILE, trouble.message())]),
    };
    let limits = Limits {
        file_bytes: FILE_MAX as u64,
        rows: 5_000,
        ..Limits::default()
    };
    let read = match read_rooms("rooms", &bytes, &limits) {
        Ok(read) if bytes.is_empty() || read.accepted.len() > ROWS_MAX => {
            return again(
                &work,
                vec![FieldError::new(FILE, Key::new("rooms-file-many"))],
            );
        }
        Ok(read) => read,
        Err(_) => {
            return again(
                &work,
                vec![FieldError::new(FILE, Key::new("rooms-file-unreadable"))],
            );
        }
    };
    let t = work.say();
    let mut back: Vec<Back> = read.refused.iter().map(|one| told(&t, one)).collect();
    let rows: Vec<(u64, RoomRow)> = read
        .accepted
        .into_iter()
        .map(|row| (row.line, row.value))
        .collect();
    let says = rows.iter().map(|(line, row)| says(*line, row, None));
    let says: Vec<RoomSays> = says.collect();
    let found = preview_rows(&work.app.desk, &work.actor, work.now, &says, Source::File)
        .await
        .map_err(refused)?;
    let ready = found.iter().zip(rows).filter_map(|(result, (line, row))| {
        let taken = !matches!(result.outcome, RowOutcome::Refused(_));
        taken.then_some(Ready {
            line,
            seen: result.number,
            row,
        })
    });
    let rows =
        serde_json::to_string(&ready.collect::<Vec<_>>()).map_err(|_| Problem::internal())?;
    back.extend(found.iter().flat_map(|one| refusals(&t, one)));
    result(&work, false, &found, back, rows)
}

fn again(work: &Work, wrong: Vec<FieldError>) -> Result<Response, Problem> {
    let f = Filled::new(crate::form::Typed::default(), wrong);
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &ask(work, f)?)
}

fn result(
    work: &Work,
    done: bool,
    found: &[RowResult],
    mut back: Vec<Back>,
    rows: String,
) -> Result<Response, Problem> {
    let t = work.say();
    back.sort_by_key(|one| one.line);
    let changes = found.iter().filter_map(|one| match &one.outcome {
        RowOutcome::Changes(changes) => Some(Change {
            line: one.line,
            label: one.label.clone(),
            what: changes
                .iter()
                .map(|c| format!("{}: {} → {}", t.key(field(c.field)), c.from, c.to))
                .collect(),
        }),
        _ => None,
    });
    let changes: Vec<Change> = changes.collect();
    let is_same = |one: &&RowResult| matches!(one.outcome, RowOutcome::Same | RowOutcome::Before);
    html(&Preview {
        frame: work.frame()?,
        crumbs: crumbs(&t),
        done,
        changes,
        same: i64::try_from(found.iter().filter(is_same).count()).unwrap_or(0),
        refused: serde_json::to_string(&back).map_err(|_| Problem::internal())?,
        back,
        rows,
        t,
    })
}

/// A field of a row in words.
fn field(name: &str) -> Key {
    match name {
        "places" => Key::new("rooms-places"),
        "out_of_service" | "out_from" | "out_until" => Key::new("rooms-closed"),
        "other" | "used_by_others" => Key::new("rooms-others"),
        "free" => Key::new("rooms-free"),
        "reason" | "note" => Key::new("shelter-reason"),
        _ => Key::new("rooms-room"),
    }
}

/// What a reader of files refused, in words.
fn told(t: &Say, one: &Refused) -> Back {
    let why = match one.field.as_str() {
        "room_id" => Key::new("rooms-file-why-room"),
        "places" => Key::new("rooms-file-why-places"),
        "out_of_service" | "used_by_others" | "free" => Key::new("rooms-file-why-number"),
        "out_from" | "out_until" => Key::new("rooms-file-why-day"),
        "reason" => Key::new("rooms-file-why-reason"),
        _ => Key::new("rooms-file-why-row"),
    };
    Back {
        line: one.line,
        column: one.column.clone(),
        field: t.key(field(&one.field)).into_owned(),
        value: one.value.clone(),
        why: t.key(why).into_owned(),
    }
}

/// What the desk refused, in words.
fn refusals(t: &Say, one: &RowResult) -> Vec<Back> {
    let RowOutcome::Refused(faults) = &one.outcome else {
        return Vec::new();
    };
    let faults = faults.iter().map(|fault| Back {
        line: one.line,
        column: String::new(),
        field: t.key(field(&fault.field)).into_owned(),
        value: String::new(),
        why: t.key(why(fault)).into_owned(),
    });
    faults.collect()
}

fn why(fault: &Fault) -> Key {
    match fault.key.as_str() {
        "unknown" if fault.field == "room" => Key::new("rooms-file-why-unknown"),
        "ambiguous" => Key::new("rooms-file-why-ambiguous"),
        "double" => Key::new("rooms-file-why-double"),
        "changed" => Key::new("rooms-file-why-changed"),
        "in_the_way" | "too_small" => Key::new("rooms-file-why-in-the-way"),
        "too_free" | "too_much_other_use" | "unequal" => Key::new("rooms-file-why-too-free"),
        "more_than_room" => Key::new("rooms-error-more"),
        "past" | "reversed" => Key::new("rooms-file-why-day"),
        "range" => Key::new("rooms-file-why-places"),
        "required" | "unknown" => Key::new("rooms-file-why-reason"),
        "address" => Key::new("shelter-error-address"),
        _ => Key::new("rooms-file-why-row"),
    }
}

fn says(line: u64, row: &RoomRow, seen: Option<u32>) -> RoomSays {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let out = row.out.map(|out| OutPart {
        out: match out {
            Out::Nothing => OutSays::Nothing,
            Out::All => OutSays::All,
            Out::Places(number) => OutSays::Places(number),
        },
        from: row.out_from,
        until: row.out_until,
        reason: row.reason.clone().map(|code| ReasonInput {
            code,
            note: SafeText::new("note", &text(&row.note), 2_000).ok(),
        }),
    });
    RoomSays {
        line,
        named: match &row.room_id {
            Some(number) => Named::Number(number.clone()),
            None => Named::Labels {
                location: text(&row.location),
                room: text(&row.room),
            },
        },
        places: row.places,
        out,
        other: row.used_by_others,
        free: row.free,
        as_of: None,
        seen,
    }
}

/// Takes the rows that were shown. Whoever told something else about a room meanwhile is not overwritten.
pub async fn take(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let mut form = Form::new(body);
    let ready: Vec<Ready> =
        serde_json::from_str(form.raw("rows")).map_err(|_| Problem::bad_request())?;
    let mut back: Vec<Back> =
        serde_json::from_str(form.raw("refused")).map_err(|_| Problem::bad_request())?;
    if ready.len() > ROWS_MAX {
        return Err(Problem::bad_request());
    }
    let says = ready
        .iter()
        .map(|one| says(one.line, &one.row, Some(one.seen)));
    let says: Vec<RoomSays> = says.collect();
    let found = take_rows(&work.app.desk, &work.actor, work.now, &says, Source::File)
        .await
        .map_err(refused)?;
    let t = work.say();
    back.extend(found.iter().flat_map(|one| refusals(&t, one)));
    result(&work, true, &found, back, String::new())
}

/// The refused rows as a file.
pub async fn give_back(WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let mut form = Form::new(body);
    let back: Vec<Back> =
        serde_json::from_str(form.raw("refused")).map_err(|_| Problem::bad_request())?;
    let refused = back.into_iter().map(|one| Refused {
        file: String::new(),
        line: one.line,
        column: one.column,
        field: one.field,
        value: one.value,
        reason: exchange::Expected::Words(one.why.clone()),
        expected: one.why,
    });
    let refused: Vec<Refused> = refused.collect();
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    write_refused_csv(&mut bytes, &refused).map_err(|_| Problem::internal())?;
    given("refused.csv", "text/csv; charset=utf-8", bytes)
}
