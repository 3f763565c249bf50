//! The roster: who is on duty for an organisation, and who is away.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::DeskError;
use desk::roster::{self, NewShift, ShiftView};
use domain::need::ShiftKind;
use domain::time::amsterdam;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{DONE, factor_first};
use crate::form::{Filled, Form};
use crate::page::frame::WorkFrame;
use crate::page::ui::Choice;
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Key, Say};
use crate::work::deed::pressed;
use crate::work::form_page::refused;
use crate::work::{Work, WorkForm};

struct Line {
    id: String,
    version: i64,
    name: String,
    organisation: String,
    what: String,
    from: Timestamp,
    until: Timestamp,
}

#[derive(Template)]
#[template(path = "work/people/roster.html")]
struct RosterPage {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    kinds: Vec<Choice>,
    lines: Vec<Line>,
}

const HERE: &str = "/work/people/roster";
const KINDS: [(&str, ShiftKind); 2] = [("duty", ShiftKind::Duty), ("absent", ShiftKind::Absent)];

fn what(kind: ShiftKind) -> Key {
    match kind {
        ShiftKind::Duty => Key::new("roster-duty"),
        ShiftKind::Absent => Key::new("roster-absent"),
    }
}

/// Shows the lines that hold now or later, and the form for a new one.
pub async fn show(work: Work) -> Result<Response, Problem> {
    if let Some(first) = factor_first(&work, HERE) {
        return Ok(first);
    }
    html(&page(&work, Filled::blank()).await?)
}

async fn page(work: &Work, f: Filled) -> Result<RosterPage, Problem> {
    let t = work.say();
    let found = roster::list(&work.app.desk, &work.actor, work.now).await;
    let lines = found.map_err(refuse)?;
    Ok(RosterPage {
        frame: work.frame_after(DONE)?,
        f,
        kinds: KINDS
            .map(|(code, kind)| Choice::new(code, t.key(what(kind))))
            .to_vec(),
        lines: lines.into_iter().map(|one| line(work, &t, one)).collect(),
        t,
    })
}

fn line(work: &Work, t: &Say, view: ShiftView) -> Line {
    let shift = view.seen.shift;
    Line {
        id: view.id,
        version: view.version,
        name: view.seen.name,
        organisation: work.app.desk.directory().name(shift.org).to_owned(),
        what: t.key(what(shift.kind)).into_owned(),
        from: shift.from,
        until: shift.until,
    }
}

/// A day and an hour in Amsterdam.
fn moment(day: Date, hour: i64) -> Option<Timestamp> {
    let hour = i8::try_from(hour).ok()?;
    let zoned = day.at(hour, 0, 0, 0).to_zoned(amsterdam());
    Some(zoned.ok()?.timestamp())
}

fn words(key: &str) -> Option<Key> {
    Some(match key {
        "unknown" => Key::new("roster-fault-unknown"),
        "own_duty" => Key::new("roster-fault-own"),
        "before_start" => Key::new("roster-fault-before-start"),
        "past" => Key::new("roster-fault-past"),
        "too_long" => Key::new("roster-fault-too-long"),
        _ => return None,
    })
}

/// Sets a line.
pub async fn set(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let user_name = form.line("user").max(100).required();
    let kind = form.one_of("kind", &KINDS).required();
    let from_day = form.date("from").required();
    let from_hour = form.whole("from_hour").within(0, 23);
    let until_day = form.date("until").required();
    let until_hour = form.whole("until_hour").within(0, 23);
    let read = form.finish(|| {
        Ok((
            user_name?,
            kind?,
            (from_day?, from_hour?),
            (until_day?, until_hour?),
        ))
    });
    let (user_name, kind, from, until) = match read {
        Ok(read) => read,
        Err(filled) => return again(&work, filled).await,
    };
    let moments = moment(from.0, from.1).zip(moment(until.0, until.1));
    let Some((from, until)) = moments else {
        return Err(Problem::bad_request());
    };
    match keep(&work, &user_name, kind, from, until).await {
        Ok(_) => Ok(Redirect::to("/work/people/roster?done=shift").into_response()),
        Err(error) => {
            let filled = refused(typed, error, &["user", "until"], words)?;
            again(&work, filled).await
        }
    }
}

async fn keep(
    work: &Work,
    user_name: &str,
    kind: ShiftKind,
    from: Timestamp,
    until: Timestamp,
) -> Result<String, DeskError> {
    let (desk, actor) = (&work.app.desk, &work.actor);
    let user = roster::user_of(desk, actor, user_name).await?;
    let new = NewShift {
        user,
        kind,
        from,
        until,
    };
    roster::set(desk, actor, work.now, new).await
}

async fn again(work: &Work, f: Filled) -> Result<Response, Problem> {
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &page(work, f).await?)
}

/// Ends a line.
pub async fn end(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = super::user(&id)?.to_string();
    let version = pressed(body)?;
    roster::end(&work.app.desk, &work.actor, work.now, &id, version)
        .await
        .map_err(refuse)?;
    Ok(Redirect::to("/work/people/roster?done=shift-ended").into_response())
}
