//! The preview: the law's answer, exactly what would go, and the decision to offer it.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::DeskError;
use desk::may_share::Verdict;
use desk::share::{self, Offering, Preview, ShareInput};
use domain::ids::CaseId;
use jiff::ToSpan;

use super::ask::{self, carried};
use super::portion::{Part, parts};
use super::texts;
use crate::form::{Filled, Form, Read, Typed};
use crate::page::frame::WorkFrame;
use crate::page::html_as;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::words;
use crate::work::cases::{back, case_crumbs, case_id, words_of};
use crate::work::form_page::{LOOKED, refused, safe_text};
use crate::work::may_share::answer::{View, trial_note};
use crate::work::{Work, WorkForm};

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const FIELDS: &[&str] = &["to", "purpose", "data", "so", "confirmed", "until", "why"];
/// Longest reason, in characters.
const LONGEST: usize = 1_000;
/// What is proposed as term, in days: a quarter, as professionals plan.
const TERM_DAYS: i64 = 91;

#[derive(Template)]
#[template(path = "work/shares/preview.html")]
struct PreviewPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    f: Filled,
    v: View,
    to: String,
    purpose: String,
    parts: Vec<Part>,
    may: bool,
    conditions: Vec<Condition>,
    mark: String,
    question: Vec<(&'static str, String)>,
    base: String,
    trial: String,
    ask_looked: bool,
}

/// A condition to confirm.
struct Condition {
    code: String,
    words: String,
    confirmed: bool,
}

/// A preview's form as it begins: with a term that can be changed.
pub(super) fn begin(work: &Work, typed: &Typed) -> Result<Filled, Problem> {
    let until = work.today().checked_add(TERM_DAYS.days());
    let until = until.map_err(|_| Problem::internal())?;
    let mut typed = typed.clone();
    if typed.first("until").is_empty() {
        typed.add("until", &until.to_string());
    }
    Ok(Filled::new(typed, Vec::new()))
}

pub(super) fn page(
    work: &Work,
    id: CaseId,
    input: &ShareInput,
    seen: &Preview,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let t = work.say();
    let lang = words::language(work.lang);
    let conditions = seen.answer.conditions.iter();
    let conditions = conditions
        .map(|one| Condition {
            code: one.code.clone(),
            words: desk::may_share::words(&one.words, lang).to_owned(),
            confirmed: f.has("confirmed", &one.code),
        })
        .collect();
    let warned = |f: &Filled| {
        let looks = Key::new("cases-looks-like-address");
        f.errors().iter().any(|e| e.message().key() == looks)
    };
    let labels = vec![
        ("confirmed", t.say("shares-confirm").into_owned()),
        ("until", t.say("shares-until").into_owned()),
        ("why", t.say("shares-why").into_owned()),
    ];
    let w = words_of(work, &t);
    html_as(
        status,
        &PreviewPage {
            frame: work.frame()?,
            crumbs: case_crumbs(&t, id),
            v: View::of(&seen.answer, work, &t),
            to: work.app.desk.directory().name(input.to).to_owned(),
            purpose: texts::purpose(work, &t, input.purpose.as_str()),
            parts: parts(&w, &seen.portion),
            may: seen.answer.verdict == Verdict::Yes && !seen.portion.is_empty(),
            conditions,
            mark: seen.mark()?,
            question: carried(f.typed()),
            base: format!("/work/cases/{id}"),
            trial: trial_note(work)?,
            ask_looked: warned(&f) || !f.value(LOOKED).is_empty(),
            f: f.labelled(labels),
            t: t.clone(),
        },
    )
}

/// Offers what was looked at.
pub(super) async fn offer(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let question = ask::question(&work, &mut form);
    let asked = question.is_ok();
    let offering = match offering(&mut form, &typed, question) {
        Ok(offering) => form.finish(|| Ok(offering)),
        Err(noted) => form.finish(|| Err(noted)),
    };
    match offering {
        Ok(offering) => give(&work, id, typed, offering).await,
        // The question itself can only be forged here; it is asked again on its own page.
        Err(filled) if !asked => ask::page(&work, id, filled, WRONG),
        Err(filled) => again(&work, id, filled).await,
    }
}

fn offering(form: &mut Form, typed: &Typed, question: Read<ShareInput>) -> Read<Offering> {
    form.raw("confirmed");
    let mark = form.raw("mark").to_owned();
    let until = form.date("until").required();
    let why = safe_text(form, "why", LONGEST).required();
    let looked = form.flag(LOOKED).read();
    Ok(Offering {
        input: question?,
        mark,
        confirmed: BTreeSet::from_iter(typed.all("confirmed").iter().cloned()),
        until: until?,
        why: why?,
        looked: looked?,
    })
}

async fn give(
    work: &Work,
    id: CaseId,
    mut typed: Typed,
    offering: Offering,
) -> Result<Response, Problem> {
    let (desk, actor) = (&work.app.desk, &work.actor);
    match share::offer(desk, actor, work.now, id, offering).await {
        Ok(_) => Ok(back(id, "share-offered")),
        Err(error) => {
            if matches!(&error, DeskError::Rule { key, .. } if key == "share-changed") {
                // What was confirmed was confirmed of something else.
                typed.remove("confirmed");
            }
            let filled = refused(typed, error, FIELDS, texts::fault)?;
            again(work, id, filled).await
        }
    }
}

/// The preview once more, as the file and the law are now, with what was typed and what is wrong with it.
async fn again(work: &Work, id: CaseId, filled: Filled) -> Result<Response, Problem> {
    let body = crate::form::FormBody(only_question(filled.typed()));
    let input = match ask::read(work, body) {
        Ok(input) => input,
        Err(filled) => return ask::page(work, id, filled, WRONG),
    };
    let (desk, actor) = (&work.app.desk, &work.actor);
    let seen = share::preview(desk, actor, work.now, id, &input).await?;
    page(work, id, &input, &seen, filled, WRONG)
}

fn only_question(typed: &Typed) -> Typed {
    let mut only = Typed::default();
    for (name, value) in carried(typed) {
        only.add(name, &value);
    }
    only
}
