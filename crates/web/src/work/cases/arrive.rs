//! What arrives is taken on or sent back; a case of one's own is opened.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use desk::case::{self, NewCase};
use domain::age::Age;
use domain::code::LanguageCode;
use domain::person::{NAME_MAX, NEED_MAX, REMARK_MAX, Sex};

use super::sheet::{Ask, LOOKED, Sheet, Values, at_fields, refusal, seen_and_looked, text};
use super::texts;
use super::{back, case_id, read};
use crate::form::{Filled, Form, Read};
use crate::page::ui::Choice;
use crate::problem::Problem;
use crate::texts::Key;
use crate::words;
use crate::work::deed::pressed;
use crate::work::{Work, WorkForm};

/// Takes a case on.
pub(super) async fn accept(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let seen = pressed(body)?;
    case::accept(&work.app.desk, &work.actor, work.now, id, seen)
        .await
        .map_err(refusal)?;
    Ok(back(id, "accepted"))
}

fn back_sheet(work: &Work, id: domain::ids::CaseId) -> Result<Sheet, Problem> {
    let t = work.say();
    let sheet = Sheet::new(
        work,
        Some(id),
        "/send-back",
        Key::new("cases-send-back"),
        Key::new("cases-send-back-button"),
    )?;
    Ok(sheet.lead(t.say("cases-send-back-lead")).asks(vec![
        Ask::lines("reason", t.say("cases-reason")).hint(t.say("cases-send-back-hint")),
    ]))
}

/// Asks why a report is sent back.
pub(super) async fn ask_back(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let (id, dossier) = read(&work, &id).await?;
    back_sheet(&work, id)?.show(Values::seen(dossier.version).filled())
}

/// Sends a report back.
pub(super) async fn send_back(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let typed = Filled::new(body.0.clone(), Vec::new());
    let mut form = Form::new(body);
    let (seen, looked) = seen_and_looked(&mut form);
    let reason = text(&mut form, "reason", REMARK_MAX).required();
    let read = form.finish(|| Ok((seen?, reason?, looked?)));
    let (seen, reason, looked) = match read {
        Ok(read) => read,
        Err(filled) => return back_sheet(&work, id)?.show(filled),
    };
    let (desk, actor) = (&work.app.desk, &work.actor);
    match case::send_back(desk, actor, work.now, id, seen, reason, looked).await {
        Ok(()) => Ok(back(id, "sent-back")),
        Err(error) => back_sheet(&work, id)?.show(at_fields(error, typed, &["reason"])?),
    }
}

fn new_sheet(work: &Work) -> Result<Sheet, Problem> {
    let t = work.say();
    let (words_of, today, lang) = (&work.app.desk.vocabulary, work.today(), work.lang);
    let police = texts::POLICE
        .iter()
        .map(|(code, wish)| Choice::new(*code, t.key(texts::police(*wish))))
        .collect();
    let sheet = Sheet::new(
        work,
        None,
        "/new",
        Key::new("cases-new"),
        Key::new("cases-new-button"),
    )?;
    Ok(sheet.lead(t.say("cases-new-lead")).asks(vec![
        Ask::line("alias", t.say("cases-alias"))
            .hint(t.say("cases-alias-hint"))
            .maybe(),
        Ask::radios("age", t.say("cases-age"), age_choices(work)),
        Ask::day("born", t.say("cases-born")).maybe(),
        Ask::number("low", t.say("cases-age-low")).maybe(),
        Ask::number("high", t.say("cases-age-high")).maybe(),
        Ask::radios(
            "sex",
            t.say("cases-sex"),
            words::choices(&words_of.sexes, today, lang),
        ),
        Ask::pick(
            "language",
            t.say("cases-language"),
            words::sorted_choices(&words_of.languages, today, lang),
        )
        .maybe(),
        Ask::lines("need", t.say("cases-need"))
            .hint(t.say("cases-need-hint"))
            .maybe(),
        Ask::radios("police", t.say("cases-police"), police),
        Ask::radios(
            "exploited",
            t.say("cases-exploited-ask"),
            texts::answers(&t),
        )
        .hint(t.say("cases-exploited-hint")),
    ]))
}

/// The three ways to know an age.
pub(super) fn age_choices(work: &Work) -> Vec<Choice> {
    let t = work.say();
    vec![
        Choice::new("certain", t.say("cases-age-certain")).hint(t.say("cases-age-certain-hint")),
        Choice::new("estimated", t.say("cases-age-estimated"))
            .hint(t.say("cases-age-estimated-hint")),
        Choice::new("unknown", t.say("cases-age-unknown")).hint(t.say("cases-age-unknown-hint")),
    ]
}

/// Reads an age: certain with a date, estimated with two numbers, or unknown.
pub(super) fn age(form: &mut Form, today: jiff::civil::Date) -> Read<Age> {
    let known = form
        .one_of(
            "age",
            &[("certain", 'c'), ("estimated", 'e'), ("unknown", 'u')],
        )
        .required();
    let born = form.date("born").optional();
    let low = form.whole("low").maybe_within(0, 120);
    let high = form.whole("high").maybe_within(0, 120);
    let years = |n: Option<i64>| n.and_then(|n| u8::try_from(n).ok());
    match known? {
        'c' => match born? {
            None => Err(form.note("born", Key::new("form-error-required"))),
            Some(born) => Age::certain(born, today)
                .map_err(|_| form.note("born", Key::new("cases-fault-born"))),
        },
        'e' => match (years(low?), years(high?)) {
            (Some(low), Some(high)) => Age::estimated(low, high, today)
                .map_err(|_| form.note("low", Key::new("cases-fault-estimate"))),
            _ => Err(form.note("low", Key::new("cases-fault-estimate"))),
        },
        _ => Ok(Age::Unknown),
    }
}

/// The sexes by their codes.
pub(super) const SEXES: &[(&str, Sex)] = &[
    ("F", Sex::Female),
    ("M", Sex::Male),
    ("X", Sex::Other),
    ("U", Sex::Unknown),
];

/// Asks what a new case begins with.
pub(super) async fn new(work: Work) -> Result<Response, Problem> {
    let start = Values::default()
        .with("age", "unknown")
        .with("sex", "U")
        .with("police", "not_asked")
        .with("exploited", "unknown");
    new_sheet(&work)?.show(start.filled())
}

/// Opens a case.
pub(super) async fn open(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let typed = Filled::new(body.0.clone(), Vec::new());
    let mut form = Form::new(body);
    let alias = text(&mut form, "alias", NAME_MAX).optional();
    let age = age(&mut form, work.today());
    let sex = form.one_of("sex", SEXES).required();
    let language = form
        .parsed("language", |code| LanguageCode::new(code).ok())
        .optional();
    let need = text(&mut form, "need", NEED_MAX).optional();
    let police = form.one_of("police", texts::POLICE).required();
    // A program that does not ask it yet leaves it unknown.
    let before = form.one_of("exploited", texts::ANSWERS).optional();
    let looked = form.flag(LOOKED).read();
    let new = match form.finish(|| {
        Ok(NewCase {
            alias: alias?,
            age: age?,
            sex: sex?,
            language: language?,
            need: need?,
            police: police?,
            before: before?.unwrap_or_default(),
            looked: looked?,
        })
    }) {
        Ok(new) => new,
        Err(filled) => return new_sheet(&work)?.show(filled),
    };
    match case::open(&work.app.desk, &work.actor, work.now, new).await {
        Ok(id) => {
            let to = format!("/work/cases/{id}?done=opened");
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => new_sheet(&work)?.show(at_fields(error, typed, &["alias", "need"])?),
    }
}
