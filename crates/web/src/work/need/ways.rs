//! The ways to a matter that is not open: taking it over, asking to join its team, breaking its glass. Their forms ask nothing of the
//! matter itself: whoever fills them in may not open it yet.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::DeskError;
use desk::glass;
use desk::need;
use desk::sign_in::{actor_of, refresh_factor, require_fresh};
use domain::ids::BreakGlassId;
use domain::need::{MatterId, REASON_MAX};

use super::{back, list_crumb, list_of, page_of, title};
use crate::form::{Filled, Form, FormBody};
use crate::page::html_as;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::Key;
use crate::work::Work;
use crate::work::cases::texts;
use crate::work::deed::{Said, deed, pressed};
use crate::work::form_page::{
    Ask, FormPage, How, looked, refused, refused_page, safe_text, seen as seen_of,
};

pub(super) const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
pub(super) const SAID: Said = Said {
    fields: &["reason", "user"],
    words,
};

/// What the desk refuses around a matter, in words.
pub(super) fn words(key: &str) -> Option<Key> {
    Some(match key {
        "looks_like_address" => Key::new("cases-looks-like-address"),
        "required" => Key::new("need-reason-missing"),
        "share-not-accepted" => Key::new("need-rule-share-not-accepted"),
        "intake-sent-back" => Key::new("intakes-refused-sent-back"),
        other => return texts::rule(other),
    })
}

/// What one form says and asks.
pub(super) struct Sheet {
    pub(super) path: String,
    pub(super) title: Key,
    pub(super) know: Vec<String>,
    pub(super) asks: Vec<Ask>,
    pub(super) button: String,
    pub(super) seen: Option<i64>,
}

/// A form around a matter, as it is or with what was typed.
pub(super) fn show(
    work: &Work,
    id: MatterId,
    sheet: Sheet,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let t = work.say();
    let mut crumbs = list_crumb(&t, id.kind);
    crumbs.push(Crumb::new(title(&t, id), page_of(id)));
    let typed = f.value("seen").to_owned();
    let seen = match (typed.is_empty(), sheet.seen) {
        (false, _) => Some(typed),
        (true, seen) => seen.map(|seen| seen.to_string()),
    };
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs,
        title: t.key(sheet.title).into_owned(),
        know: sheet.know,
        action: format!("{}/{}", page_of(id), sheet.path),
        hidden: seen.map(|seen| ("seen", seen)).into_iter().collect(),
        asks: sheet.asks,
        button: sheet.button,
        cancel: page_of(id),
        t,
    };
    html_as(status, &page.guarded())
}

pub(super) fn reason(work: &Work, hint: Key) -> Ask {
    let t = work.say();
    Ask::new(How::Text, "reason", t.say("need-reason")).hint(t.key(hint))
}

async fn version(work: &Work, id: MatterId) -> Result<i64, Problem> {
    Ok(need::version(&work.app.desk, &work.actor, id).await?)
}

fn take_over_sheet(work: &Work, seen: Option<i64>) -> Sheet {
    let t = work.say();
    Sheet {
        path: "take-over".to_owned(),
        title: Key::new("need-take-over"),
        know: vec![t.say("need-take-over-lead").into_owned()],
        asks: vec![reason(work, Key::new("need-take-over-hint")).optional()],
        button: t.say("need-take-over-button").into_owned(),
        seen,
    }
}

/// Asks why it is taken over.
pub(super) async fn ask_take_over(work: Work, id: MatterId) -> Result<Response, Problem> {
    let seen = version(&work, id).await?;
    let sheet = take_over_sheet(&work, Some(seen));
    show(&work, id, sheet, Filled::blank(), StatusCode::OK)
}

/// Takes it over.
pub(super) async fn take_over(
    work: Work,
    id: MatterId,
    body: FormBody,
) -> Result<Response, Problem> {
    let read = |form: &mut Form| {
        let seen = seen_of(form);
        let reason = safe_text(form, "reason", REASON_MAX).optional();
        let looked = looked(form);
        Ok((seen?, reason?, looked?))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act =
        |(seen, reason, looked)| need::take_over(desk, &work.actor, now, id, seen, reason, looked);
    match deed(body, SAID, read, act).await? {
        Ok(()) => Ok(back(id, "taken-over")),
        Err(f) => show(&work, id, take_over_sheet(&work, None), f, WRONG),
    }
}

fn join_sheet(work: &Work) -> Sheet {
    let t = work.say();
    Sheet {
        path: "ask".to_owned(),
        title: Key::new("need-ask"),
        know: vec![t.say("need-ask-text").into_owned()],
        asks: vec![reason(work, Key::new("need-reason-hint"))],
        button: t.say("need-ask-button").into_owned(),
        seen: None,
    }
}

/// Asks why somebody wants to join.
pub(super) async fn ask_join(work: Work, id: MatterId) -> Result<Response, Problem> {
    version(&work, id).await?;
    show(
        &work,
        id,
        join_sheet(&work),
        Filled::blank(),
        StatusCode::OK,
    )
}

/// Tells whoever leads it that a colleague asks to join.
pub(super) async fn join(work: Work, id: MatterId, body: FormBody) -> Result<Response, Problem> {
    let read = |form: &mut Form| {
        let reason = safe_text(form, "reason", REASON_MAX).required();
        let looked = looked(form);
        Ok((reason?, looked?))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(reason, looked)| need::ask_to_join(desk, &work.actor, now, id, reason, looked);
    match deed(body, SAID, read, act).await? {
        Ok(()) => Ok(back(id, "asked")),
        Err(f) => show(&work, id, join_sheet(&work), f, WRONG),
    }
}

fn glass_sheet(work: &Work) -> Result<Sheet, Problem> {
    let t = work.say();
    let minutes = glass::minutes(&work.app.desk, work.now)?;
    let mut asks = vec![reason(work, Key::new("need-glass-hint"))];
    if require_fresh(&work.actor, work.now).is_err() {
        let code = Ask::new(How::Short, "totp", t.say("sign-in-code"));
        asks.push(code.hint(t.say("sign-in-code-hint")));
    }
    Ok(Sheet {
        path: "break-glass".to_owned(),
        title: Key::new("need-glass"),
        know: vec![
            t.say_n("need-glass-lead", minutes),
            t.say("need-glass-after").into_owned(),
        ],
        asks,
        button: t.say_n("need-glass-button", minutes),
        seen: None,
    })
}

/// Asks why the glass is broken; and for the second factor, when it was not shown just now.
pub(super) async fn ask_glass(work: Work, id: MatterId) -> Result<Response, Problem> {
    version(&work, id).await?;
    let sheet = glass_sheet(&work)?;
    show(&work, id, sheet, Filled::blank(), StatusCode::OK)
}

/// Breaks the glass.
pub(super) async fn break_glass(
    work: Work,
    id: MatterId,
    body: FormBody,
) -> Result<Response, Problem> {
    let mut kept = body.0.clone();
    kept.remove("totp");
    let again = |f: Filled| show(&work, id, glass_sheet(&work)?, f, WRONG);
    let mut form = Form::new(body);
    let looked = looked(&mut form);
    let code = form.line("totp").max(12).optional();
    let reason = safe_text(&mut form, "reason", REASON_MAX).required();
    let (reason, looked, code) = match form.finish(|| Ok((reason?, looked?, code?))) {
        Ok(read) => read,
        Err(filled) => return again(filled),
    };
    let app = Arc::clone(&work.app);
    let mut actor = work.actor.clone();
    if let Some(code) = code {
        match refresh_factor(&app.desk, work.now, work.session(), &code).await {
            Ok(()) => {}
            Err(DeskError::SignInRefused) => {
                let typed = Filled::new(kept, Vec::new());
                return again(typed.refused("totp", Key::new("sign-in-code-refused")));
            }
            Err(error) => return Err(refused_page(error, words)),
        }
        actor = actor_of(&app.desk, work.now, work.session())
            .await?
            .ok_or_else(Problem::sign_in)?;
    }
    match glass::break_glass(&app.desk, &actor, work.now, id, reason, looked).await {
        Ok(_) => Ok(back(id, "glass-broken")),
        Err(DeskError::FreshFactorNeeded) => {
            let typed = Filled::new(kept, Vec::new());
            again(typed.refused("totp", Key::new("need-glass-factor")))
        }
        Err(error) => again(refused(kept, error, SAID.fields, SAID.words)?),
    }
}

/// Whoever looks has seen enough.
pub(super) async fn end_glass(
    work: Work,
    id: MatterId,
    which: String,
    body: FormBody,
) -> Result<Response, Problem> {
    let which: BreakGlassId = which.parse().map_err(|_| Problem::not_found())?;
    let seen = pressed(body)?;
    glass::end(&work.app.desk, &work.actor, work.now, id.kind, which, seen)
        .await
        .map_err(|error| refused_page(error, words))?;
    let list = list_of(id.kind);
    Ok(Redirect::to(&format!("{list}?done=glass-ended")).into_response())
}
