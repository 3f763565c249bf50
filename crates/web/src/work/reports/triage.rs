//! The first question, the call, and acceptance.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::report::{AcuteInput, accept as accept_report, answer_acute, record_call};
use domain::ids::ReportId;

use super::{crumbs, done, id_of, refusal, words};
use crate::form::{Filled, Form};
use crate::page::html_as;
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::form_page::{
    Ask, FormPage, How, refused, refused_page, safe_text, seen as seen_of,
};
use crate::work::{Work, WorkForm};

/// Longest reason and longest word on a call, in characters.
const LONGEST: usize = 2_000;
const FIELDS: &[&str] = &["answer", "because", "call_to", "call_result"];

/// The questions of the first question.
pub(super) fn asks(say: &Say) -> Vec<Ask> {
    vec![
        Ask::new(How::Radios, "answer", say.say("reports-acute-answer")).of(words::answers(say)),
        Ask::new(How::Text, "because", say.say("reports-acute-because"))
            .hint(say.say("reports-acute-because-hint")),
        Ask::new(How::Line, "call_to", say.say("reports-call-to"))
            .hint(say.say("reports-call-to-hint"))
            .optional(),
        Ask::new(How::Line, "call_result", say.say("reports-call-result")).optional(),
    ]
}

/// Asks the first question again, because the danger may have changed.
pub async fn show_acute(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    acute_page(&work, id_of(&id)?, Filled::blank(), StatusCode::OK).await
}

async fn acute_page(
    work: &Work,
    id: ReportId,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let say = work.say();
    let version = version(work, id).await?;
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&say, id),
        title: say.say("reports-acute-title").into_owned(),
        know: vec![say.say("reports-acute-lead").into_owned()],
        action: format!("/work/reports/{id}/acute"),
        hidden: vec![("seen", version.to_string())],
        asks: asks(&say),
        button: say.say("reports-acute-button").into_owned(),
        cancel: format!("/work/reports/{id}"),
        t: say,
    };
    html_as(status, &page)
}

/// The version of a report, read as it is shown: a form without it could overwrite what somebody else did.
async fn version(work: &Work, id: ReportId) -> Result<i64, Problem> {
    let dossier = desk::report::read(&work.app.desk, &work.actor, work.now, id).await?;
    Ok(dossier.version)
}

/// Takes the answer to the first question.
pub async fn acute(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let seen = seen_of(&mut form);
    let answer = form
        .one_of("answer", words::ANSWERS)
        .or_say(Key::new("reports-acute-missing"))
        .required();
    let because = safe_text(&mut form, "because", LONGEST)
        .or_say(Key::new("reports-acute-because-missing"))
        .required();
    let to = safe_text(&mut form, "call_to", 200).optional();
    let result = safe_text(&mut form, "call_result", LONGEST).optional();
    // A call is recorded whole or not at all.
    let half = match (&to, &result) {
        (Ok(Some(_)), Ok(None)) => Some("call_result"),
        (Ok(None), Ok(Some(_))) => Some("call_to"),
        _ => None,
    };
    if let Some(field) = half {
        form.note(field, Key::new("reports-call-half"));
    }
    let input = form.finish(|| {
        let call = to?.zip(result?);
        Ok((
            seen?,
            AcuteInput {
                answer: answer?,
                because: because?,
                call,
            },
        ))
    });
    let again =
        async |f: Filled| match desk::report::read(&work.app.desk, &work.actor, work.now, id).await
        {
            Ok(d) if d.report.acute().is_some() => {
                acute_page(&work, id, f, StatusCode::UNPROCESSABLE_ENTITY).await
            }
            Ok(_) => super::page::with(&work, id, f, StatusCode::UNPROCESSABLE_ENTITY).await,
            Err(error) => Err(error.into()),
        };
    let (seen, input) = match input {
        Ok(input) => input,
        Err(f) => return again(f).await,
    };
    match answer_acute(&work.app.desk, &work.actor, work.now, id, seen, input).await {
        Ok(()) => Ok(done(id, "acute")),
        Err(error) => again(refused(typed, error, FIELDS, refusal)?).await,
    }
}

/// Asks what came of the call.
pub async fn show_call(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    call_page(&work, id_of(&id)?, Filled::blank(), StatusCode::OK).await
}

async fn call_page(
    work: &Work,
    id: ReportId,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let say = work.say();
    let version = version(work, id).await?;
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&say, id),
        title: say.say("reports-call-title").into_owned(),
        know: vec![say.say("reports-call-missing").into_owned()],
        action: format!("/work/reports/{id}/call"),
        hidden: vec![("seen", version.to_string())],
        asks: vec![
            Ask::new(How::Line, "call_to", say.say("reports-call-to"))
                .hint(say.say("reports-call-to-hint")),
            Ask::new(How::Line, "call_result", say.say("reports-call-result")),
        ],
        button: say.say("reports-call-button").into_owned(),
        cancel: format!("/work/reports/{id}"),
        t: say,
    };
    html_as(status, &page)
}

/// Takes what came of the call.
pub async fn call(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let seen = seen_of(&mut form);
    let to = safe_text(&mut form, "call_to", 200).required();
    let result = safe_text(&mut form, "call_result", LONGEST).required();
    let (seen, to, result) = match form.finish(|| Ok((seen?, to?, result?))) {
        Ok(input) => input,
        Err(f) => return call_page(&work, id, f, StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    match record_call(&work.app.desk, &work.actor, work.now, id, seen, to, result).await {
        Ok(()) => Ok(done(id, "call")),
        Err(error) => {
            let f = refused(typed, error, FIELDS, refusal)?;
            call_page(&work, id, f, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// Accepts a report.
pub async fn accept(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let mut form = Form::new(body);
    let seen = seen_of(&mut form);
    let seen = form.finish(|| seen).map_err(|_| Problem::bad_request())?;
    accept_report(&work.app.desk, &work.actor, work.now, id, seen)
        .await
        .map_err(|error| refused_page(error, refusal))?;
    Ok(done(id, "accepted"))
}
