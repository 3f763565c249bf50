//! Writing a breach down, deciding about the authority, ending it.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::registers::{self, Decision, NewBreach, Search};
use domain::breach::WORDS_MAX;
use domain::ids::BreachId;
use domain::time::amsterdam;
use jiff::Timestamp;

use super::STORES;
use super::breach::{breach_crumbs, id_of, search_asks};
use crate::form::{Filled, Form, Read};
use crate::page::html_as;
use crate::page::ui::Choice;
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Key, Say};
use crate::work::deed::{Said, deed};
use crate::work::form_page::{Ask, FormPage, How, safe_text, seen};
use crate::work::{Work, WorkForm};

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const FIELDS: &[&str] = &["known", "what", "account", "record", "until", "late"];

fn words(key: &str) -> Option<Key> {
    Some(match key {
        "breach-ahead" => Key::new("breaches-rule-ahead"),
        "breach-late" => Key::new("breaches-rule-late"),
        "breach-not-now" => Key::new("requests-rule-not-now"),
        "unknown" => Key::new("breaches-search-missing"),
        _ => return None,
    })
}

const SAID: Said = Said {
    fields: FIELDS,
    words,
};

#[allow(
    clippy::too_many_arguments,
    reason = "what stands on a form page, in its order"
)]
fn page(
    work: &Work,
    f: Filled,
    status: StatusCode,
    title: Key,
    know: Key,
    action: String,
    hidden: Vec<(&'static str, String)>,
    asks: Vec<Ask>,
) -> Result<Response, Problem> {
    let t = work.say();
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: breach_crumbs(&t),
        title: t.key(title).into_owned(),
        know: vec![t.key(know).into_owned()],
        cancel: "/work/breaches".to_owned(),
        button: t.key(title).into_owned(),
        action,
        hidden,
        asks,
        t,
    };
    html_as(status, &page)
}

fn new_page(work: &Work, f: Filled, status: StatusCode) -> Result<Response, Problem> {
    let t = work.say();
    let mut asks = vec![
        Ask::new(How::Line, "known", t.say("breaches-known-at")).hint(t.say("breaches-known-hint")),
        Ask::new(How::Text, "what", t.say("breaches-what")).hint(t.say("breaches-what-hint")),
        Ask::new(How::Heading, "", t.say("breaches-scope")).hint(t.say("breaches-scope-hint")),
    ];
    asks.extend(search_asks(work, &t));
    page(
        work,
        f,
        status,
        Key::new("breaches-new"),
        Key::new("breaches-new-lead"),
        "/work/breaches/new".to_owned(),
        Vec::new(),
        asks,
    )
}

/// Asks what happened.
pub(super) async fn ask_new(work: Work) -> Result<Response, Problem> {
    let local = work.now.to_zoned(amsterdam());
    let known = local.strftime("%Y-%m-%d %H:%M").to_string();
    new_page(&work, Filled::with(&[("known", &known)]), StatusCode::OK)
}

/// A moment as people write it: `2026-11-23 09:15`, in the Netherlands.
fn moment(text: &str) -> Option<Timestamp> {
    let local: jiff::civil::DateTime = text.trim().replacen(' ', "T", 1).parse().ok()?;
    Some(local.to_zoned(amsterdam()).ok()?.timestamp())
}

fn new_of(form: &mut Form) -> Read<NewBreach> {
    let stores: Vec<(&str, ::desk::kept::Store)> =
        STORES.iter().map(|store| (store.name(), *store)).collect();
    let known = form
        .parsed("known", moment)
        .else_say(Key::new("breaches-known-wrong"))
        .required();
    let what = safe_text(form, "what", WORDS_MAX).required();
    let store = form.one_of("store", &stores).optional();
    let account = form.line("account").optional();
    let record = form.line("record").optional();
    let from = form.date("from").optional();
    let until = form.date("until").optional();
    let (store, from, until) = (store?, from?, until?);
    let search = match (store, from, until) {
        (None, None, None) => None,
        (Some(store), Some(from), Some(until)) => Some(Search {
            store,
            account: account?,
            record: record?,
            from,
            until,
        }),
        _ => return Err(form.note("store", Key::new("breaches-scope-whole"))),
    };
    Ok(NewBreach {
        known: known?,
        what: what?,
        search,
    })
}

/// Writes it down.
pub(super) async fn make(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let (desk, actor, now) = (&work.app.desk, &work.actor, work.now);
    let act = |new| registers::record(desk, actor, now, new);
    match deed(body, SAID, new_of, act).await? {
        Ok(id) => Ok(done(id, "made")),
        Err(f) => new_page(&work, f, WRONG),
    }
}

fn done(id: BreachId, code: &str) -> Response {
    Redirect::to(&format!("/work/breaches/{id}?done={code}")).into_response()
}

async fn seen_version(work: &Work, id: BreachId, f: &Filled) -> Result<String, Problem> {
    if !f.value("seen").is_empty() {
        return Ok(f.value("seen").to_owned());
    }
    let view = registers::read_breach(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refuse)?;
    Ok(view.version.to_string())
}

fn choices(t: &Say, all: &[(&'static str, Key)]) -> Vec<Choice> {
    all.iter()
        .map(|(code, key)| Choice::new(*code, t.key(*key)))
        .collect()
}

async fn decide_page(
    work: &Work,
    id: BreachId,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let seen = seen_version(work, id, &f).await?;
    let t = work.say();
    let ways = [
        ("notified", Key::new("breaches-notified")),
        ("not_needed", Key::new("breaches-not-needed")),
    ];
    let asks = vec![
        Ask::new(How::Radios, "decided", t.say("breaches-authority")).of(choices(&t, &ways)),
        Ask::new(How::Text, "late", t.say("breaches-why"))
            .hint(t.say("breaches-why-hint"))
            .optional(),
    ];
    page(
        work,
        f,
        status,
        Key::new("breaches-decide"),
        Key::new("breaches-decide-lead"),
        format!("/work/breaches/{id}/decide"),
        vec![("seen", seen)],
        asks,
    )
}

/// Asks what was decided about the authority.
pub(super) async fn ask_decide(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    decide_page(&work, id_of(&id)?, Filled::blank(), StatusCode::OK).await
}

fn decision_of(form: &mut Form) -> Read<(i64, Decision)> {
    let seen = seen(form);
    let told = form
        .one_of("decided", &[("notified", true), ("not_needed", false)])
        .required();
    let why = safe_text(form, "late", WORDS_MAX).optional();
    let decision = match (told?, why?) {
        (true, late) => Decision::Notified(late),
        (false, Some(reason)) => Decision::NotNeeded(reason),
        (false, None) => return Err(form.note("late", Key::new("form-error-required"))),
    };
    Ok((seen?, decision))
}

/// Decides about the authority.
pub(super) async fn decide(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let (desk, actor, now) = (&work.app.desk, &work.actor, work.now);
    let act = |(seen, decision)| registers::decide(desk, actor, now, id, seen, decision);
    match deed(body, SAID, decision_of, act).await? {
        Ok(()) => Ok(done(id, "decided")),
        Err(f) => decide_page(&work, id, f, WRONG).await,
    }
}

async fn close_page(
    work: &Work,
    id: BreachId,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let seen = seen_version(work, id, &f).await?;
    let t = work.say();
    let ways = [
        ("yes", Key::new("breaches-people-told")),
        ("no", Key::new("breaches-people-not-told")),
    ];
    let asks = vec![
        Ask::new(How::Radios, "told", t.say("breaches-people")).of(choices(&t, &ways)),
        Ask::new(How::Text, "people", t.say("breaches-people-why")),
        Ask::new(How::Text, "measures", t.say("breaches-measures")),
    ];
    page(
        work,
        f,
        status,
        Key::new("breaches-close"),
        Key::new("breaches-close-lead"),
        format!("/work/breaches/{id}/close"),
        vec![("seen", seen)],
        asks,
    )
}

/// Asks what was done about the people concerned.
pub(super) async fn ask_close(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    close_page(&work, id_of(&id)?, Filled::blank(), StatusCode::OK).await
}

/// Ends it.
pub(super) async fn close(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let (desk, actor, now) = (&work.app.desk, &work.actor, work.now);
    let read = |form: &mut Form| {
        let seen = seen(form);
        let told = form
            .one_of("told", &[("yes", true), ("no", false)])
            .required();
        let people = safe_text(form, "people", WORDS_MAX).required();
        let measures = safe_text(form, "measures", WORDS_MAX).required();
        Ok((seen?, told?, people?, measures?))
    };
    let act = |(seen, told, people, measures)| {
        registers::close(desk, actor, now, id, seen, told, people, measures)
    };
    match deed(body, SAID, read, act).await? {
        Ok(()) => Ok(done(id, "closed")),
        Err(f) => close_page(&work, id, f, WRONG).await,
    }
}
