//! Private links to an update: made by the office, or by a holder who lets a colleague write; taken back.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::plan::{self, UpdateView};

use super::rounds::{crumbs, words};
use super::update::{address, id};
use crate::form::{Filled, Form, FormBody};
use crate::page::frame::WorkFrame;
use crate::page::mail;
use crate::page::ui::Crumb;
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::Say;
use crate::work::form_page::{Ask, FormPage, How, refused, safe_text};
use crate::work::{Work, WorkForm};

fn link_page(
    work: &Work,
    view: &UpdateView,
    f: Filled,
    delegate: bool,
) -> Result<FormPage, Problem> {
    let t = work.say();
    let (title, know, what) = match delegate {
        true => ("updates-delegate", "updates-delegate-know", "delegate"),
        false => ("updates-link", "updates-link-know", "link"),
    };
    Ok(FormPage {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&t),
        title: t.say(title).into_owned(),
        know: vec![
            t.say(know).into_owned(),
            t.say("updates-link-once").into_owned(),
        ],
        action: format!("{}/{what}", address(view.update.id)),
        hidden: Vec::new(),
        asks: vec![
            Ask::new(How::Line, "whom", t.say("updates-link-whom"))
                .hint(t.say("updates-link-whom-hint")),
        ],
        button: t.say("updates-link-button").into_owned(),
        cancel: address(view.update.id),
        t,
    })
}

async fn ask_link(work: Work, text: &str, delegate: bool) -> Result<Response, Problem> {
    let view = plan::read_update(&work.app.desk, &work.actor, work.now, id(text)?).await?;
    html(&link_page(&work, &view, Filled::blank(), delegate)?)
}

#[derive(Template)]
#[template(path = "work/plan/link.html")]
struct MadePage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    link: String,
    whole: bool,
    mail: String,
    back: String,
}

/// Draws the link. It is shown once, on this answer, which no browser keeps.
async fn draw(work: Work, text: &str, body: FormBody, delegate: bool) -> Result<Response, Problem> {
    let id = id(text)?;
    let desk = &work.app.desk;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let whom = safe_text(&mut form, "whom", 200).required();
    let f = match form.finish(|| whom) {
        Err(filled) => filled,
        Ok(whom) => match plan::make_link(desk, &work.actor, work.now, id, whom).await {
            Ok(secret) => {
                let t = work.say();
                let site = work.app.shell.settings.address.as_deref();
                let link = format!("{}/update/{}", site.unwrap_or_default(), secret.as_str());
                let text = t.say("updates-link-mail-text");
                let subject = t.say("updates-link-mail-subject");
                return html(&MadePage {
                    frame: work.frame()?,
                    crumbs: crumbs(&t),
                    mail: mail::begun(&subject, [link.as_str(), &text]),
                    whole: site.is_some(),
                    link,
                    back: address(id),
                    t,
                });
            }
            Err(error) => refused(typed, error, &["whom"], words)?,
        },
    };
    let view = plan::read_update(desk, &work.actor, work.now, id).await?;
    html_as(
        StatusCode::UNPROCESSABLE_ENTITY,
        &link_page(&work, &view, f, delegate)?,
    )
}

/// Asks for whom a link is made.
pub async fn show_link(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    ask_link(work, &text, false).await
}

/// Makes it.
pub async fn link(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    draw(work, &text, body, false).await
}

/// Asks which colleague writes.
pub async fn show_delegate(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    ask_link(work, &text, true).await
}

/// Gives the writing to a colleague.
pub async fn delegate(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    draw(work, &text, body, true).await
}

/// Takes all links to this update back.
pub async fn links_back(
    work: Work,
    Path(text): Path<String>,
    WorkForm(_): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    plan::take_links_back(&work.app.desk, &work.actor, work.now, id).await?;
    Ok(Redirect::to(&format!("{}?done=links", address(id))).into_response())
}
