//! Organisations: the list, and a new one.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::directory::Organisation;
use desk::{DeskError, accounts};
use domain::code::{OrgKind, RegionCode};

use super::{DONE, factor_first, faults};
use crate::form::{Filled, Form, FormBody, Typed};
use crate::page::frame::WorkFrame;
use crate::page::ui::Choice;
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Key, Say};
use crate::words;
use crate::work::{Work, WorkForm};

struct Line {
    id: String,
    name: String,
    kind: String,
    region: String,
}

#[derive(Template)]
#[template(path = "work/people/organisations.html")]
struct ListPage {
    t: Say,
    frame: WorkFrame,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "work/people/organisation_new.html")]
struct NewPage {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    kinds: Vec<Choice>,
    regions: Vec<Choice>,
}

/// Shows the organisations.
pub async fn list(work: Work) -> Result<Response, Problem> {
    let directory = work.app.desk.directory();
    let (words_of, today) = (&work.app.desk.vocabulary, work.today());
    let mut lines: Vec<Line> = directory
        .all()
        .map(|(id, o)| Line {
            id: id.to_string(),
            name: o.name.clone(),
            kind: words::label(
                &words_of.organisation_kinds,
                o.kind.as_str(),
                today,
                work.lang,
            ),
            region: o.region.as_ref().map_or_else(
                || work.say().say("people-region-none").into_owned(),
                |region| words::label(&words_of.regions, region.as_str(), today, work.lang),
            ),
        })
        .collect();
    lines.sort_by_cached_key(|line| line.name.to_lowercase());
    html(&ListPage {
        t: work.say(),
        frame: work.frame_after(DONE)?,
        lines,
    })
}

/// Asks for a new organisation.
pub async fn show(work: Work) -> Result<Response, Problem> {
    if let Some(first) = factor_first(&work, "/work/people/organisations/new") {
        return Ok(first);
    }
    html(&page(&work, Filled::blank())?)
}

fn page(work: &Work, f: Filled) -> Result<NewPage, Problem> {
    let (words_of, today) = (&work.app.desk.vocabulary, work.today());
    Ok(NewPage {
        t: work.say(),
        frame: work.frame_after(DONE)?,
        f,
        kinds: words::sorted_choices(&words_of.organisation_kinds, today, work.lang),
        regions: words::sorted_choices(&words_of.regions, today, work.lang),
    })
}

fn read(work: &Work, typed: Typed) -> Result<Organisation, Filled> {
    let (words_of, today) = (&work.app.desk.vocabulary, work.today());
    let mut form = Form::new(FormBody(typed));
    let name = form.line("name").max(200).required();
    let kind = form
        .parsed("kind", |text| {
            let kind = OrgKind::new(text).ok()?;
            words_of.organisation_kind(&kind, today).ok()?;
            Some(kind)
        })
        .required();
    let region = form
        .parsed("region", |text| {
            let region = RegionCode::new(text).ok()?;
            words_of.region(&region, today).ok()?;
            Some(region)
        })
        .optional();
    form.finish(|| {
        Ok(Organisation {
            name: name?,
            kind: kind?,
            region: region?,
            municipality: None,
        })
    })
}

/// Makes an organisation.
pub async fn make(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let typed = body.0.clone();
    let organisation = match read(&work, body.0) {
        Ok(organisation) => organisation,
        Err(filled) => return again(&work, filled),
    };
    let made =
        accounts::add_organisation(&work.app.desk, &work.actor, work.now, &organisation).await;
    match made {
        Ok(_) => Ok(Redirect::to("/work/people/organisations?done=organisation").into_response()),
        Err(DeskError::Invalid(found)) => {
            let known = [("kind", "kind", Key::new("form-error-choice"))];
            again(&work, Filled::new(typed, faults(&found, &known, "name")))
        }
        Err(error) => Err(refuse(error)),
    }
}

fn again(work: &Work, f: Filled) -> Result<Response, Problem> {
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &page(work, f)?)
}
