//! A page that asks a reason: a code of a list, and words.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use desk::DeskError;
use desk::placement::ReasonInput;

use super::{field_said, refused, safe};
use crate::form::{Filled, Form, FormBody};
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::Work;

/// What is asked, and what follows.
pub struct Asked {
    /// The heading.
    pub title: Key,
    /// What follows from it.
    pub lead: Key,
    /// The deed itself.
    pub button: Key,
    /// The reasons.
    pub choices: Vec<Choice>,
    /// Where it is posted, and where "no" goes.
    pub action: String,
    /// Back.
    pub back: String,
    /// Name of the thing: the first characters of its id.
    pub reference: String,
}

#[derive(Template)]
#[template(path = "work/shelter/reason.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    asked: Asked,
    seen: String,
    crumbs: Vec<Crumb>,
    title: String,
    lead: String,
    button: String,
}

/// What was filled in.
pub struct Given {
    /// The version that was seen.
    pub seen: i64,
    /// The reason.
    pub reason: ReasonInput,
}

fn page(work: &Work, asked: Asked, seen: String, f: Filled) -> Result<Page, Problem> {
    let t = work.say();
    Ok(Page {
        title: t.key(asked.title).into_owned(),
        lead: t.key(asked.lead).into_owned(),
        button: t.key(asked.button).into_owned(),
        t,
        frame: work.frame()?,
        f,
        crumbs: vec![Crumb::new(asked.reference.clone(), asked.back.clone())],
        asked,
        seen,
    })
}

/// Shows the page.
pub fn show(work: &Work, asked: Asked) -> Result<Response, Problem> {
    let seen = work.query("seen").to_owned();
    html(&page(work, asked, seen, Filled::blank())?)
}

/// Reads the page; with faults it is shown again.
pub fn read(body: FormBody) -> Result<Given, Filled> {
    let mut form = Form::new(body);
    let seen = form.whole("seen").required();
    let code = form.line("reason").max(60).required();
    let note = form.parsed("note", safe).max(2_000).optional();
    form.finish(|| {
        Ok(Given {
            seen: seen?,
            reason: ReasonInput {
                code: code?,
                note: note?,
            },
        })
    })
}

/// Shows the page again with its faults.
pub fn again(work: &Work, asked: Asked, filled: Filled) -> Result<Response, Problem> {
    let seen = filled.value("seen").to_owned();
    html_as(
        StatusCode::UNPROCESSABLE_ENTITY,
        &page(work, asked, seen, filled)?,
    )
}

/// What the desk refused: at its field when it names one of the page's own, else as a problem.
pub fn refused_at(
    work: &Work,
    asked: Asked,
    given: (i64, ReasonInput),
    error: DeskError,
) -> Result<Response, Problem> {
    let DeskError::Invalid(faults) = error else {
        return Err(refused(error));
    };
    let (seen, reason) = given;
    let note = reason.note.as_ref().map_or("", |note| note.as_str());
    let mut filled = Filled::with(&[
        ("seen", &seen.to_string()),
        ("reason", &reason.code),
        ("note", note),
    ]);
    for fault in faults {
        let field = if fault.field == "note" {
            "note"
        } else {
            "reason"
        };
        filled = filled.refused(field, field_said(&fault.key));
    }
    again(work, asked, filled)
}
