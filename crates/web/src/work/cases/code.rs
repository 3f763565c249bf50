//! The person's private code: made for her alone, shown once.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use desk::case;
use domain::ids::CaseId;

use super::sheet::{Ask, SEEN, Sheet, Values, refusal};
use super::{case_crumbs, case_id, read};
use crate::form::Form;
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::{Key, Message, Say};
use crate::work::{Work, WorkForm};

#[derive(Template)]
#[template(path = "work/cases/code.html")]
struct CodePage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    code: String,
    cancel: String,
}

fn sheet(work: &Work, id: CaseId) -> Result<Sheet, Problem> {
    let t = work.say();
    Ok(Sheet::new(
        work,
        Some(id),
        "/code",
        Key::new("cases-code-give"),
        Key::new("cases-code-button"),
    )?
    .lead(t.say("cases-code-lead"))
    .lead(t.say("cases-code-earlier"))
    .asks(vec![Ask::flag("herself", t.say("cases-code-herself"))]))
}

/// Says what a code is, and asks that only the person gets it.
pub(super) async fn ask(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let (id, dossier) = read(&work, &id).await?;
    let mut sheet = sheet(&work, id)?;
    if dossier.person.safety.device_watched.is_yes() {
        sheet = sheet.warn(work.say().say("cases-alert-device-text"));
    }
    sheet.show(Values::seen(dossier.version).filled())
}

/// Makes a code and shows it once.
pub(super) async fn give(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let mut form = Form::new(body);
    let seen = form.whole(SEEN).required();
    let herself = form
        .flag("herself")
        .must(Message::new(Key::new("cases-fault-herself")));
    let seen = match form.finish(|| {
        herself?;
        seen
    }) {
        Ok(seen) => seen,
        Err(filled) => return sheet(&work, id)?.show(filled),
    };
    let code = case::give_code(&work.app.desk, &work.actor, work.now, id, seen)
        .await
        .map_err(refusal)?;
    let t = work.say();
    html(&CodePage {
        frame: work.frame()?,
        crumbs: case_crumbs(&t, id),
        code: code.grouped(),
        cancel: format!("/work/cases/{id}"),
        t,
    })
}
