//! The end of an edition: freezing after a question, recording that it was sent, correcting beside the text.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use desk::letter::{self, Correction, EditionView};

use super::edit::{again, back, form_page, read};
use super::page::crumbs;
use super::{address, id, texts};
use crate::form::{Filled, Form};
use crate::page::confirm::ConfirmPage;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::Key;
use crate::work::form_page::{Ask, FormPage, How, refused, refused_page, safe_text, seen};
use crate::work::{Work, WorkForm};

/// Asks before freezing; a letter with faults goes back to its page, which lists them.
pub async fn ask_freeze(work: Work, Path(path): Path<String>) -> Result<Response, Problem> {
    let id = id(&path)?;
    let view = read(&work, id).await?;
    if !view.faults.is_empty() {
        return Ok(Redirect::to(&address(id)).into_response());
    }
    let t = work.say();
    let mut above = crumbs(&t);
    above.push(Crumb::new(view.edition.name.to_string(), address(id)));
    let late = i64::try_from(view.overdue.len()).unwrap_or(i64::MAX);
    let mut consequences = vec![
        t.say("letter-freeze-fixed").into_owned(),
        t.say("letter-freeze-errata").into_owned(),
    ];
    if late > 0 {
        consequences.push(t.say_n("letter-freeze-late", late));
    }
    html(&ConfirmPage {
        frame: work.frame()?,
        crumbs: above,
        title: t.say_with("letter-freeze-title", "name", view.edition.name.to_string()),
        consequences,
        action: format!("{}/freeze", address(id)),
        button: t.say("letter-freeze").into_owned(),
        danger: false,
        cancel: address(id),
        hidden: vec![("seen", view.version.to_string())],
        t,
    })
}

/// Freezes.
pub async fn freeze(
    work: Work,
    Path(path): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&path)?;
    let mut form = Form::new(body);
    let seen = seen(&mut form);
    let seen = form.finish(|| seen).map_err(|_| Problem::bad_request())?;
    letter::freeze(&work.app.desk, &work.actor, work.now, id, seen)
        .await
        .map_err(|error| refused_page(error, texts::refusal))?;
    Ok(back(id, "frozen"))
}

fn correct_page(work: &Work, view: &EditionView, f: Filled) -> Result<FormPage, Problem> {
    let mut page = form_page(work, view, f, Key::new("letter-correct"), "correct")?;
    let t = page.t.clone();
    page.know = vec![t.say("letter-correct-know").into_owned()];
    page.asks = vec![
        Ask::new(How::Line, "place", t.say("letter-correct-place"))
            .hint(t.say("letter-correct-place-hint")),
        Ask::new(How::Text, "wrong", t.say("letter-correct-wrong")),
        Ask::new(How::Text, "right", t.say("letter-correct-right")),
        Ask::new(How::Text, "reason", t.say("letter-correct-reason")),
    ];
    Ok(page)
}

/// Asks what is wrong.
pub async fn show_correct(work: Work, Path(path): Path<String>) -> Result<Response, Problem> {
    let view = read(&work, id(&path)?).await?;
    html(&correct_page(&work, &view, Filled::blank())?)
}

/// Corrects.
pub async fn correct(
    work: Work,
    Path(path): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&path)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let seen = seen(&mut form);
    let place = safe_text(&mut form, "place", 300).required();
    let wrong = safe_text(&mut form, "wrong", 2_000).required();
    let right = safe_text(&mut form, "right", 2_000).required();
    let reason = safe_text(&mut form, "reason", 2_000).required();
    let input = form.finish(|| {
        let correction = Correction {
            place: place?,
            wrong: wrong?,
            right: right?,
            reason: reason?,
        };
        Ok((seen?, correction))
    });
    let filled = match input {
        Err(filled) => filled,
        Ok((seen, input)) => {
            match letter::correct(&work.app.desk, &work.actor, work.now, id, seen, input).await {
                Ok(()) => return Ok(back(id, "corrected")),
                Err(error) => refused(typed, error, &[], texts::refusal)?,
            }
        }
    };
    let view = read(&work, id).await?;
    again(&correct_page(&work, &view, filled)?)
}

fn sent_page(work: &Work, view: &EditionView, f: Filled) -> Result<FormPage, Problem> {
    let mut page = form_page(work, view, f, Key::new("letter-sent"), "sent")?;
    let t = page.t.clone();
    page.asks = vec![
        Ask::new(How::Day, "on", t.say("letter-sent-on")),
        Ask::new(How::Short, "kamerstuk", t.say("letter-kamerstuk"))
            .hint(t.say("letter-previous-resolved-hint"))
            .optional(),
    ];
    Ok(page)
}

/// Asks when it was sent.
pub async fn show_sent(work: Work, Path(path): Path<String>) -> Result<Response, Problem> {
    let view = read(&work, id(&path)?).await?;
    html(&sent_page(&work, &view, Filled::blank())?)
}

/// Records that it was sent.
pub async fn sent(
    work: Work,
    Path(path): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&path)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let seen = seen(&mut form);
    let on = form.date("on").required();
    let number = form.line("kamerstuk").max(20).optional();
    let input = form.finish(|| Ok((seen?, on?, number?)));
    let filled = match input {
        Err(filled) => filled,
        Ok((seen, on, number)) => {
            let desk = &work.app.desk;
            match letter::sent(desk, &work.actor, work.now, id, seen, on, number).await {
                Ok(()) => return Ok(back(id, "sent")),
                Err(error) => refused(typed, error, &["kamerstuk"], texts::refusal)?,
            }
        }
    };
    let view = read(&work, id).await?;
    again(&sent_page(&work, &view, filled)?)
}
