//! Telling how an action stands; confirming or declining what a holder proposes.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::plan::{self, ActionView, Tell};
use domain::action::{DESCRIPTION_MAX, MOVES};

use super::page::crumbs;
use super::{address, id, texts};
use crate::form::{Filled, Form};
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::Key;
use crate::work::form_page::{Ask, FormPage, How, refused, refused_page, safe_text, seen};
use crate::work::{Work, WorkForm};

fn page(work: &Work, view: &ActionView, f: Filled) -> Result<FormPage, Problem> {
    let t = work.say();
    let action = &view.action;
    let now = action.status();
    // Only where the action can go from here, and where it is: results can be told without a new status.
    let can = |to: &str| to == now.code() || MOVES.contains(&(now.code(), to));
    let statuses: Vec<Choice> = texts::STATUSES
        .into_iter()
        .filter(|(code, _)| can(code))
        .map(|(code, status)| Choice::new(code, t.key(texts::status(status))))
        .collect();
    let mut above = crumbs(&t);
    above.push(Crumb::new(action.plan.number.clone(), address(action.id)));
    let seen = match f.value("seen") {
        "" => view.version.to_string(),
        typed => typed.to_owned(),
    };
    let know = match view.keeps {
        true => t.say("plan-tell-office"),
        false => t.say("plan-tell-holder"),
    };
    Ok(FormPage {
        frame: work.frame()?,
        f,
        crumbs: above,
        title: t.say_with("plan-tell-title", "number", &action.plan.number),
        know: vec![know.into_owned(), t.say("plan-tell-public").into_owned()],
        action: format!("{}/update", address(action.id)),
        hidden: vec![("seen", seen)],
        asks: vec![
            Ask::new(How::Radios, "status", t.say("plan-status")).of(statuses),
            Ask::new(How::Text, "results", t.say("plan-results"))
                .hint(t.say("plan-results-hint"))
                .optional(),
            Ask::new(How::Text, "why", t.say("plan-why"))
                .hint(t.say("plan-why-hint"))
                .optional(),
        ],
        button: match view.keeps {
            true => t.say("plan-tell-button").into_owned(),
            false => t.say("plan-propose-button").into_owned(),
        },
        cancel: address(action.id),
        t,
    })
}

/// Asks how it stands.
pub async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let view = plan::read(&work.app.desk, &work.actor, work.now, id(&text)?).await?;
    let filled = Filled::with(&[("status", view.action.status().code())]);
    html(&page(&work, &view, filled)?)
}

/// Takes it down.
pub async fn tell(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    let desk = &work.app.desk;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let seen = seen(&mut form);
    let status = form.one_of("status", &texts::STATUSES).required();
    let results = safe_text(&mut form, "results", DESCRIPTION_MAX).optional();
    let why = safe_text(&mut form, "why", 2_000).optional();
    let input = form.finish(|| {
        let tell = Tell {
            status: status?,
            results: results?,
            why: why?,
        };
        Ok((seen?, tell))
    });
    let view = plan::read(desk, &work.actor, work.now, id).await?;
    let filled = match input {
        Err(filled) => filled,
        Ok((seen, input)) => {
            let waits = !view.keeps && input.status != view.action.status();
            match plan::tell(desk, &work.actor, work.now, id, seen, input).await {
                Ok(()) => return Ok(back(id, if waits { "proposed" } else { "told" })),
                Err(error) => refused(typed, error, &["why"], texts::refusal)?,
            }
        }
    };
    html_as(
        StatusCode::UNPROCESSABLE_ENTITY,
        &page(&work, &view, filled)?,
    )
}

fn back(id: domain::ids::ActionId, done: &str) -> Response {
    Redirect::to(&format!("{}?done={done}", address(id))).into_response()
}

/// Takes a proposal over.
pub async fn confirm(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    let mut form = Form::new(body);
    let seen = seen(&mut form);
    let seen = form.finish(|| seen).map_err(|_| Problem::bad_request())?;
    plan::confirm(&work.app.desk, &work.actor, work.now, id, seen)
        .await
        .map_err(|error| refused_page(error, texts::refusal))?;
    Ok(back(id, "confirmed"))
}

fn decline_page(work: &Work, view: &ActionView, f: Filled) -> Result<FormPage, Problem> {
    let t = work.say();
    let action = &view.action;
    let mut above = crumbs(&t);
    above.push(Crumb::new(action.plan.number.clone(), address(action.id)));
    let seen = match f.value("seen") {
        "" => view.version.to_string(),
        typed => typed.to_owned(),
    };
    Ok(FormPage {
        frame: work.frame()?,
        f,
        crumbs: above,
        title: t.say("plan-decline-title").into_owned(),
        know: vec![t.say("plan-decline-know").into_owned()],
        action: format!("{}/decline", address(action.id)),
        hidden: vec![("seen", seen)],
        asks: vec![Ask::new(How::Text, "why", t.say("plan-decline-why"))],
        button: t.say("plan-decline").into_owned(),
        cancel: address(action.id),
        t,
    })
}

/// Asks why it is not taken over.
pub async fn show_decline(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let view = plan::read(&work.app.desk, &work.actor, work.now, id(&text)?).await?;
    html(&decline_page(&work, &view, Filled::blank())?)
}

/// Does not take it over.
pub async fn decline(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    let desk = &work.app.desk;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let seen = seen(&mut form);
    let why = safe_text(&mut form, "why", 2_000)
        .or_say(Key::new("plan-no-reason"))
        .required();
    let filled = match form.finish(|| Ok((seen?, why?))) {
        Err(filled) => filled,
        Ok((seen, why)) => match plan::decline(desk, &work.actor, work.now, id, seen, why).await {
            Ok(()) => return Ok(back(id, "declined")),
            Err(error) => refused(typed, error, &["why"], texts::refusal)?,
        },
    };
    let view = plan::read(desk, &work.actor, work.now, id).await?;
    html_as(
        StatusCode::UNPROCESSABLE_ENTITY,
        &decline_page(&work, &view, filled)?,
    )
}
