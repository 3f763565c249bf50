//! What care does with a request: puts it down, turns away, extends, answers.

use std::collections::BTreeSet;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::request::{self, AnswerInput};
use domain::code::DataCode;
use domain::ids::{CaseId, RequestId};
use domain::request::{Outcome, Portable, Right, WORDS_MAX, WhyNot};
use domain::restriction::{Ground, Law};
use domain::share::Portion;

use super::{crumbs, data, id_of, words};
use crate::form::{Filled, Form, FormBody, Read};
use crate::page::html_as;
use crate::page::ui::Choice;
use crate::person::own;
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Arg, Key, Say};
use crate::words::label;
use crate::work::deed::{Said, deed};
use crate::work::form_page::{Ask, FormPage, How, looked, safe_text, seen};
use crate::work::{Work, WorkForm, restrictions};

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

const RIGHTS: [(&str, Right); 6] = [
    ("access", Right::Access),
    ("correction", Right::Correction),
    ("erasure", Right::Erasure),
    ("objection", Right::Objection),
    ("restriction", Right::Restriction),
    ("portability", Right::Portability),
];

/// The grounds of a restriction, by their codes.
pub(super) const GROUNDS: [(&str, Ground); 5] = [
    ("contested", Ground::Contested),
    ("unlawful", Ground::Unlawful),
    ("claim", Ground::Claim),
    ("objected", Ground::Objected),
    ("evidence", Ground::Evidence),
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
    more: Vec<String>,
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
        know: std::iter::once(t.key(one.know).into_owned())
            .chain(more)
            .collect(),
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
    one(work, id, f, status, Vec::new(), |t| One {
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
    one(work, id, f, status, Vec::new(), |t| One {
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

/// The questions of an answer to a request of this kind; `held` are the categories that can be given, `law` the law of the compartment.
pub(super) fn answer_asks(work: &Work, t: &Say, held: &[&str], right: Right, law: Law) -> Vec<Ask> {
    let outcomes = OUTCOMES
        .iter()
        .map(|(code, one)| Choice::new(*code, t.key(own::outcome(*one))))
        .collect();
    let list = &work.app.desk.vocabulary.data_categories;
    let data = held
        .iter()
        .map(|code| Choice::new(*code, label(list, code, work.today(), t.lang())))
        .collect();
    let mut asks = vec![Ask::new(How::Radios, "outcome", t.say("requests-outcome")).of(outcomes)];
    if right == Right::Restriction {
        let grounds = GROUNDS.iter().filter_map(|(code, ground)| {
            let words = t.key(restrictions::ground(*ground));
            let article = ground.article(law)?;
            Some(Choice::new(*code, format!("{words} ({article})")))
        });
        let ask = Ask::new(
            How::Radios,
            "restriction",
            t.say("restriction-answer-ground"),
        );
        let ask = ask.of(grounds.collect()).optional();
        asks.push(ask.hint(t.say("restriction-answer-hint")));
    }
    let hint = match right {
        Right::Portability => Key::new("requests-data-portable"),
        Right::Restriction => Key::new("requests-data-restricted"),
        _ => Key::new("requests-data-hint"),
    };
    if !held.is_empty() {
        let ask = Ask::new(How::Checks, "data", t.say("requests-data"));
        asks.push(ask.of(data).hint(t.key(hint)).optional());
    }
    asks.extend([
        Ask::new(How::Text, "words", t.say("requests-her-words"))
            .hint(t.say("requests-her-words-hint"))
            .optional(),
        Ask::new(How::Text, "reason", t.say("requests-why-not"))
            .hint(t.say("requests-she-reads"))
            .optional(),
        Ask::new(How::Line, "ground", t.say("requests-ground"))
            .hint(t.say("requests-ground-hint"))
            .optional(),
    ]);
    asks
}

/// The fields of an answer at which the desk can find a fault.
pub(super) const ANSWER_FIELDS: &[&str] = &[
    "outcome",
    "restriction",
    "data",
    "words",
    "reason",
    "ground",
];

/// Reads an answer with the version that was seen.
pub(super) fn answer_of(form: &mut Form, held: &[&'static str]) -> Read<(i64, AnswerInput)> {
    let options: Vec<(&str, &'static str)> = held.iter().map(|code| (*code, *code)).collect();
    let seen = seen(form);
    let outcome = form.one_of("outcome", &OUTCOMES).required();
    let restriction = form.one_of("restriction", &GROUNDS).optional();
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
        restriction: restriction?,
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
    let (desk, actor, now) = (&work.app.desk, &work.actor, work.now);
    let right = request::read(desk, actor, now, id)
        .await
        .map_err(refuse)?
        .request
        .right;
    let portable = match right {
        Right::Portability => {
            let view = request::portable_view(desk, actor, now, id).await;
            Some(view.map_err(refuse)?)
        }
        _ => None,
    };
    let held: Vec<&str> = match &portable {
        Some(portable) => portable.goes.iter().map(DataCode::as_str).collect(),
        None => Portion::HELD.to_vec(),
    };
    let more = portable
        .as_ref()
        .map_or_else(Vec::new, |portable| stays(work, &work.say(), portable));
    one(work, id, f, status, more, |t| One {
        path: "answer",
        title: Key::new("requests-answer"),
        know: Key::new("requests-answer-lead"),
        asks: answer_asks(work, t, &held, right, Law::Avg),
        button: Key::new("requests-answer"),
    })
    .await
}

/// What she cannot take along, each with the reason and the article.
fn stays(work: &Work, t: &Say, portable: &Portable) -> Vec<String> {
    let of = |why: WhyNot| {
        let codes = portable.stays.iter().filter(|(_, one)| **one == why);
        codes.map(|(code, _)| code.clone()).collect::<BTreeSet<_>>()
    };
    let mut lines = vec![t.say("requests-portable-lead").into_owned()];
    for (why, key) in [
        (WhyNot::Task, Key::new("requests-portable-task")),
        (WhyNot::NotFromHer, Key::new("requests-portable-others")),
    ] {
        let codes = of(why);
        if !codes.is_empty() {
            let values = [
                ("data", Arg::Text(data(work, t, &codes))),
                ("article", Arg::Text(why.article().to_owned())),
            ];
            lines.push(t.say_args(key.as_str(), &values));
        }
    }
    lines
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
