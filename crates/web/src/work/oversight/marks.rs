//! What the watch must know: decoys, and who knows whom.

use ::desk::kept::Store;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::oversight::{self, MarkRow, NewMark, What};
use domain::ids::UserId;

use super::{DONE, compartment, compartments, crumbs, is_code, short};
use crate::form::{Filled, Form};
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Key, Say};
use crate::work::form_page::{refused, safe_text, seen};
use crate::work::{Work, WorkForm, stores};

struct Line {
    id: String,
    version: i64,
    what: String,
    store: String,
    record: String,
    href: String,
    user: String,
    reason: String,
    made: jiff::Timestamp,
}

#[derive(Template)]
#[template(path = "work/oversight/marks.html")]
struct MarksPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    f: Filled,
    stores: Vec<Choice>,
    kinds: Vec<Choice>,
    lines: Vec<Line>,
}

const LONGEST: usize = 500;
const FIELDS: [&str; 5] = ["what", "store", "record", "user", "reason"];

#[derive(Clone, Copy)]
enum Kind {
    Decoy,
    Relation,
}

const KINDS: [(&str, Kind); 2] = [("decoy", Kind::Decoy), ("relation", Kind::Relation)];

fn kind(code: &str) -> Key {
    match code {
        "relation" => Key::new("oversight-mark-relation"),
        _ => Key::new("oversight-mark-decoy"),
    }
}

/// Shows the marks in force and the form for a new one.
pub async fn show(work: Work) -> Result<Response, Problem> {
    html(&page(&work, Filled::blank()).await?)
}

async fn page(work: &Work, f: Filled) -> Result<MarksPage, Problem> {
    let t = work.say();
    let marks = oversight::marks(&work.app.desk, &work.actor, work.now).await;
    let marks = marks.map_err(refuse)?;
    let kinds = KINDS.map(|(code, _)| {
        let hint = match code {
            "relation" => t.say("oversight-mark-relation-hint"),
            _ => t.say("oversight-mark-decoy-hint"),
        };
        Choice::new(code, t.key(kind(code))).hint(hint)
    });
    Ok(MarksPage {
        frame: work.frame_after(DONE)?,
        crumbs: crumbs(work),
        f,
        stores: compartments(work),
        kinds: kinds.to_vec(),
        lines: marks.iter().map(|row| line(work, &t, row)).collect(),
        t,
    })
}

fn line(work: &Work, t: &Say, row: &MarkRow) -> Line {
    let mark = &row.mark;
    let (code, user) = match mark.what {
        What::Decoy => ("decoy", String::new()),
        What::Relation { user } => ("relation", short(user.to_string())),
    };
    Line {
        id: row.id.clone(),
        version: row.version,
        what: t.key(kind(code)).into_owned(),
        store: stores::name(&work.app, mark.store, work.today(), t),
        record: short(&mark.record),
        href: format!(
            "/work/oversight/who?store={}&record={}",
            mark.store.name(),
            mark.record
        ),
        user,
        reason: mark.reason.as_str().to_owned(),
        made: mark.made.at,
    }
}

fn words(key: &str) -> Option<Key> {
    match key {
        "unknown" => Some(Key::new("oversight-mark-unknown")),
        _ => None,
    }
}

/// Makes a mark.
pub async fn make(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let typed = body.0.clone();
    let new = match read(Form::new(body)) {
        Ok(new) => new,
        Err(filled) => {
            return html_as(
                StatusCode::UNPROCESSABLE_ENTITY,
                &page(&work, filled).await?,
            );
        }
    };
    match oversight::make_mark(&work.app.desk, &work.actor, work.now, new).await {
        Ok(_) => Ok(Redirect::to("/work/oversight/marks?done=marked").into_response()),
        Err(error) => {
            let filled = refused(typed, error, &FIELDS, words)?;
            html_as(
                StatusCode::UNPROCESSABLE_ENTITY,
                &page(&work, filled).await?,
            )
        }
    }
}

fn read(mut form: Form) -> Result<NewMark, Filled> {
    let kind = form.one_of("what", &KINDS).required();
    let store: Result<Store, _> = form.parsed("store", compartment).required();
    let code = |text: &str| is_code(text.trim()).then(|| text.trim().to_owned());
    let record = form
        .parsed("record", code)
        .max(100)
        .else_say(Key::new("journal-no-code"))
        .required();
    let user = form
        .parsed("user", |text| text.trim().parse::<UserId>().ok())
        .max(100)
        .else_say(Key::new("journal-no-code"))
        .optional();
    let reason = safe_text(&mut form, "reason", LONGEST).required();
    let what = match (kind, user) {
        (Ok(Kind::Decoy), Ok(_)) => Ok(What::Decoy),
        (Ok(Kind::Relation), Ok(Some(user))) => Ok(What::Relation { user }),
        (Ok(Kind::Relation), Ok(None)) => Err(form.note("user", Key::new("form-error-required"))),
        (Err(noted), _) | (_, Err(noted)) => Err(noted),
    };
    form.finish(|| {
        Ok(NewMark {
            what: what?,
            store: store?,
            record: record?,
            reason: reason?,
        })
    })
}

/// Ends a mark.
pub async fn end(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    if !is_code(&id) {
        return Err(Problem::not_found());
    }
    let mut form = Form::new(body);
    let version = seen(&mut form);
    let version = form
        .finish(|| version)
        .map_err(|_| Problem::unprocessable())?;
    oversight::end_mark(&work.app.desk, &work.actor, work.now, &id, version)
        .await
        .map_err(refuse)?;
    Ok(Redirect::to("/work/oversight/marks?done=ended").into_response())
}
