//! What care does with a request: puts it down, turns away, extends, answers.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::request::{self, AnswerInput};
use domain::code::DataCode;
use domain::ids::{CaseId, RequestId};
use domain::request::{Outcome, Right, WORDS_MAX};
use domain::share::Portion;

use super::{crumbs, id_of, words};
use crate::form::{Filled, Form, FormBody, Read};
use crate::page::html_as;
use crate::page::ui::Choice;
use crate::person::own;
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Key, Say};
use crate::words::label;
use crate::work::deed::{Said, deed};
use crate::work::form_page::{Ask, FormPage, How, looked, safe_text, seen};
use crate::work::{Work, WorkForm};

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

const RIGHTS: [(&str, Right); 4] = [
    ("access", Right::Access),
    ("correction", Right::Correction),
    ("erasure", Right::Erasure),
    ("objection", Right::Objection),
];

const OUTCOMES: [(&str, Outcome); 3] = [
    ("given", Outcome::Given),
    ("partly", Outcome::Partly),
    ("refused", Outcome::Refused),
];

fn said(fields: &'static [&'static str]) -> Said {
    Said { fields, words }
}

fn done(id: RequestId, code: &str) -> Response {
    Redirect::to(&format!("/work/requests/{id}?done={code}")).into_response()
}

/// A page that asks one thing about a request.
struct One {
    path: &'static str,
    title: Key,
    know: Key,
    asks: Vec<Ask>,
    button: Key,
}

async fn one(
    work: &Work,
    id: RequestId,
    f: Filled,
    status: StatusCode,
    make: impl FnOnce(&Say) -> One,
) -> Result<Response, Problem> {
    let view = request::read(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refuse)?;
    let t = work.say();
    let one = make(&t);
    let seen = match f.value("seen") {
        "" => view.version.to_string(),
        typed => typed.to_owned(),
    };
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&t),
        title: t.key(one.title).into_owned(),
        know: vec![t.key(one.know).into_owned()],
        action: format!("/work/requests/{id}/{}", one.path),
        hidden: vec![("seen", seen)],
        asks: one.asks,
        button: t.key(one.button).into_owned(),
        cancel: format!("/work/requests/{id}"),
        t,
    };
    html_as(status, &page.guarded())
}

fn reason(t: &Say) -> Vec<Ask> {
    let ask = Ask::new(How::Text, "reason", t.say("requests-reason"));
    vec![ask.hint(t.say("requests-she-reads"))]
}

async fn turn_away_page(
    work: &Work,
    id: RequestId,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    one(work, id, f, status, |t| One {
        path: "turn-away",
        title: Key::new("requests-turn-away"),
        know: Key::new("requests-turn-away-lead"),
        asks: reason(t),
        button: Key::new("requests-turn-away"),
    })
    .await
}

/// Asks why it cannot be settled.
pub(super) async fn ask_turn_away(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    turn_away_page(&work, id_of(&id)?, Filled::blank(), StatusCode::OK).await
}

fn reason_of(form: &mut Form) -> Read<(i64, domain::SafeText, bool)> {
    let seen = seen(form);
    let reason = safe_text(form, "reason", WORDS_MAX).required();
    let looked = looked(form);
    Ok((seen?, reason?, looked?))
}

/// It cannot be settled.
pub(super) async fn turn_away(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let (desk, actor, now) = (&work.app.desk, &work.actor, work.now);
    let act =
        |(seen, reason, looked)| request::turn_away(desk, actor, now, id, seen, reason, looked);
    match deed(body, said(&["reason"]), reason_of, act).await? {
        Ok(()) => Ok(done(id, "turned-away")),
        Err(f) => turn_away_page(&work, id, f, WRONG).await,
    }
}

async fn extend_page(
    work: &Work,
    id: RequestId,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    one(work, id, f, status, |t| One {
        path: "extend",
        title: Key::new("requests-extend"),
        know: Key::new("requests-extend-lead"),
        asks: reason(t),
        button: Key::new("requests-extend"),
    })
    .await
}

/// Asks why it takes longer.
pub(super) async fn ask_extend(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    extend_page(&work, id_of(&id)?, Filled::blank(), StatusCode::OK).await
}

/// Extends the term.
pub(super) async fn extend(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let (desk, actor, now) = (&work.app.desk, &work.actor, work.now);
    let act = |(seen, reason, looked)| request::extend(desk, actor, now, id, seen, reason, looked);
    match deed(body, said(&["reason"]), reason_of, act).await? {
        Ok(()) => Ok(done(id, "extended")),
        Err(f) => extend_page(&work, id, f, WRONG).await,
    }
}

/// The questions of an answer; `held` are the categories that can be given.
pub(super) fn answer_asks(work: &Work, t: &Say, held: &[&str]) -> Vec<Ask> {
    let outcomes = OUTCOMES
        .iter()
        .map(|(code, one)| Choice::new(*code, t.key(own::outcome(*one))))
        .collect();
    let list = &work.app.desk.vocabulary.data_categories;
    let data = held
        .iter()
        .map(|code| Choice::new(*code, label(list, code, work.today(), t.lang())))
        .collect();
    vec![
        Ask::new(How::Radios, "outcome", t.say("requests-outcome")).of(outcomes),
        Ask::new(How::Checks, "data", t.say("requests-data"))
            .of(data)
            .hint(t.say("requests-data-hint"))
            .optional(),
        Ask::new(How::Text, "words", t.say("requests-her-words"))
            .hint(t.say("requests-her-words-hint"))
            .optional(),
        Ask::new(How::Text, "reason", t.say("requests-why-not"))
            .hint(t.say("requests-she-reads"))
            .optional(),
        Ask::new(How::Line, "ground", t.say("requests-ground"))
            .hint(t.say("requests-ground-hint"))
            .optional(),
    ]
}

/// The fields of an answer at which the desk can find a fault.
pub(super) const ANSWER_FIELDS: &[&str] = &["outcome", "data", "words", "reason", "ground"];

/// Reads an answer with the version that was seen.
pub(super) fn answer_of(form: &mut Form, held: &[&'static str]) -> Read<(i64, AnswerInput)> {
    let options: Vec<(&str, &'static str)> = held.iter().map(|code| (*code, *code)).collect();
    let seen = seen(form);
    let outcome = form.one_of("outcome", &OUTCOMES).required();
    let data = form.many_of("data", &options).any();
    let words = safe_text(form, "words", WORDS_MAX).optional();
    let reason = safe_text(form, "reason", WORDS_MAX).optional();
    let ground = safe_text(form, "ground", 200).optional();
    let looked = looked(form);
    let input = AnswerInput {
        outcome: outcome?,
        data: data?.into_iter().map(DataCode::literal).collect(),
        words: words?,
        reason: reason?,
        ground: ground?,
        looked: looked?,
    };
    Ok((seen?, input))
}

async fn answer_page(
    work: &Work,
    id: RequestId,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    one(work, id, f, status, |t| One {
        path: "answer",
        title: Key::new("requests-answer"),
        know: Key::new("requests-answer-lead"),
        asks: answer_asks(work, t, &Portion::HELD),
        button: Key::new("requests-answer"),
    })
    .await
}

/// Asks the answer of care.
pub(super) async fn ask_answer(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    answer_page(&work, id_of(&id)?, Filled::blank(), StatusCode::OK).await
}

/// Answers for care.
pub(super) async fn answer(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let (desk, actor, now) = (&work.app.desk, &work.actor, work.now);
    let read = |form: &mut Form| answer_of(form, &Portion::HELD);
    let act = |(seen, input)| request::answer(desk, actor, now, id, seen, input);
    match deed(body, said(ANSWER_FIELDS), read, act).await? {
        Ok(()) => Ok(done(id, "answered")),
        Err(f) => answer_page(&work, id, f, WRONG).await,
    }
}

fn case_of(text: &str) -> Result<CaseId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

async fn enter_page(
    work: &Work,
    id: CaseId,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    // Whether it is a case of one's own organisation, before anything is asked.
    request::of_case(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refuse)?;
    let t = work.say();
    let rights = RIGHTS
        .iter()
        .map(|(code, right)| Choice::new(*code, t.key(own::right(*right))))
        .collect();
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&t),
        title: t.say("requests-enter").into_owned(),
        know: vec![t.say("requests-enter-lead").into_owned()],
        action: format!("/work/cases/{id}/own-data"),
        hidden: Vec::new(),
        asks: vec![
            Ask::new(How::Radios, "right", t.say("requests-right")).of(rights),
            Ask::new(How::Text, "words", t.say("requests-words"))
                .hint(t.say("requests-words-hint"))
                .optional(),
        ],
        button: t.say("requests-enter").into_owned(),
        cancel: format!("/work/cases/{id}"),
        t,
    };
    html_as(status, &page.guarded())
}

/// Asks what she said.
pub(super) async fn ask_enter(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    enter_page(&work, case_of(&id)?, Filled::blank(), StatusCode::OK).await
}

/// Puts it down.
pub(super) async fn enter(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_of(&id)?;
    let (desk, actor, now) = (&work.app.desk, &work.actor, work.now);
    let act = |(right, said, looked)| request::enter(desk, actor, now, id, right, said, looked);
    match entered(body, act).await? {
        Ok(request) => Ok(done(request, "entered")),
        Err(f) => enter_page(&work, id, f, WRONG).await,
    }
}

async fn entered<F>(
    body: FormBody,
    act: impl FnOnce((Right, Option<domain::SafeText>, bool)) -> F,
) -> Result<Result<RequestId, Filled>, Problem>
where
    F: Future<Output = Result<RequestId, desk::DeskError>>,
{
    let read = |form: &mut Form| {
        let right = form.one_of("right", &RIGHTS).required();
        let said = safe_text(form, "words", WORDS_MAX).optional();
        let looked = looked(form);
        Ok((right?, said?, looked?))
    };
    deed(body, said(&["right", "words"]), read, act).await
}
