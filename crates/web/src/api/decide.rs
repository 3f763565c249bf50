//! `POST /api/v1/decide` and `POST /access/v1/evaluation`: may I share this? For signed-in professionals and their programs.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::Response;
use desk::DeskError;
use desk::may_share::{self, LONGEST};

use super::{answer, detail};
use crate::app::App;
use crate::problem::Problem;
use crate::routes::Signed;
use crate::texts::Lang;
use crate::words::language;

/// How a caller of AuthZEN names its request; the answer repeats it.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Longest of those in bytes.
const LONGEST_ID: usize = 200;

/// Answers a question.
pub async fn create(
    State(app): State<Arc<App>>,
    Extension(signed): Extension<Signed>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    is_json(&headers, &body)?;
    let question = may_share::read(&app.desk, &body).map_err(unreadable)?;
    let decision = may_share::decide(&app.desk, &signed.actor, app.now(), &question, None).await?;
    let mut spoken = decision.answer.spoken(language(wanted(&headers)));
    spoken.duty_phone = decision.duty_phone;
    Ok(answer(StatusCode::OK, &spoken))
}

/// Answers the same in the shape of AuthZEN (the Dutch government profile, a draft).
pub async fn evaluate(
    State(app): State<Arc<App>>,
    Extension(signed): Extension<Signed>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    is_json(&headers, &body)?;
    let evaluation = may_share::read_evaluation(&app.desk, &body, app.now())?
        .map_err(|error| Problem::bad_request().because(detail(error.to_string())))?;
    let (question, trace) = (&evaluation.question, evaluation.traceparent.as_deref());
    let decision = may_share::decide(&app.desk, &signed.actor, app.now(), question, trace).await?;
    let body = may_share::evaluation(&decision, trace);
    let mut response = answer(StatusCode::OK, &body);
    let id = headers.get(&REQUEST_ID);
    if let Some(id) = id.filter(|id| id.len() <= LONGEST_ID) {
        response.headers_mut().insert(REQUEST_ID, id.clone());
    }
    Ok(response)
}

fn is_json(headers: &HeaderMap, body: &Bytes) -> Result<(), Problem> {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Problem::media_type());
    }
    if body.len() > LONGEST {
        return Err(Problem::too_large());
    }
    Ok(())
}

/// What cannot be read is 400, whether it is no JSON or a member that cannot be; every fault is named at once.
fn unreadable(error: DeskError) -> Problem {
    match error {
        DeskError::Invalid(faults) if faults.iter().any(|fault| fault.field.is_empty()) => {
            let words: Vec<&str> = faults.iter().map(|fault| fault.detail.as_str()).collect();
            Problem::bad_request().because(detail(words.join("; ")))
        }
        other => other.into(),
    }
}

fn wanted(headers: &HeaderMap) -> Lang {
    headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .and_then(Lang::of_accept_language)
        .unwrap_or(Lang::DUTCH)
}
