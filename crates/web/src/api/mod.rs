//! The interface for programs, under `/api/v1`: nouns, JSON, problem details (NL API Design Rules).

pub mod capacity;
pub mod decide;
pub mod mailbox;
pub mod openapi;
pub mod ready;
pub mod reports;
pub mod sessions;

use axum::Json;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use desk::UseCase;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::problem::Problem;
use crate::routes::Routes;
use crate::texts::{Key, Message};

/// The version of the interface, in every answer (rule `/core/version-header`).
pub const VERSION: &str = "1.1.0";

/// The routes for programs.
pub fn routes(routes: Routes) -> Routes {
    routes
        .post("/api/v1/reports", UseCase::SubmitReport, reports::create)
        .get("/api/v1/mailbox", UseCase::ReadMailbox, mailbox::show)
        .post("/api/v1/sessions", UseCase::SignIn, sessions::create)
        .post("/api/v1/decide", UseCase::AskSharing, decide::create)
        .post(
            "/access/v1/evaluation",
            UseCase::AskSharing,
            decide::evaluate,
        )
        .get("/api/v1/rooms", UseCase::KeepCapacity, capacity::list)
        .get(
            "/api/v1/rooms/{id}/capacity",
            UseCase::KeepCapacity,
            capacity::show,
        )
        .put(
            "/api/v1/rooms/{id}/capacity",
            UseCase::KeepCapacity,
            capacity::put,
        )
        .get("/api/v1/openapi.json", UseCase::SubmitReport, openapi::show)
        .get("/readyz", UseCase::SubmitReport, ready::show)
}

/// A JSON answer with the version of the interface.
fn answer(status: StatusCode, body: &impl Serialize) -> Response {
    let mut response = (status, Json(body)).into_response();
    response
        .headers_mut()
        .insert("api-version", HeaderValue::from_static(VERSION));
    response
}

/// Reads a JSON body: another kind of content is 415; unreadable JSON and an unknown or missing member are 400 with the place.
fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &Bytes) -> Result<T, Problem> {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Problem::media_type());
    }
    if !is_object(body) {
        return Err(
            Problem::bad_request().because(detail("the body must be a JSON object".to_owned()))
        );
    }
    serde_json::from_slice(body).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        let what = match error.classify() {
            serde_json::error::Category::Data => return shape(&error, body, &place),
            serde_json::error::Category::Eof => "the JSON ends too early",
            _ => "this is not JSON",
        };
        Problem::bad_request().because(detail(format!("{place}: {what}")))
    })
}

/// Serde reads a struct from an array too; an object is the only form that we publish.
fn is_object(body: &[u8]) -> bool {
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
    // An empty body goes on to the reader, which says that it ends too early.
    first.is_none_or(|byte| *byte == b'{')
}

/// A member is unknown, missing or of another type. Serde's words name members and types; a value is cut off, since it may be
/// a person's words.
fn shape(error: &serde_json::Error, body: &[u8], place: &str) -> Problem {
    let words = error.to_string();
    let words = match words.split_once(" at line ") {
        Some((words, _)) => words,
        None => &words,
    };
    let safe = words.starts_with("unknown field")
        || words.starts_with("missing field")
        || words.starts_with("duplicate field");
    let words = match (safe, member_before(error, body)) {
        (true, _) => words.to_owned(),
        (false, Some(member)) => format!("`{member}` has a value of another type than expected"),
        (false, None) => "a member has a value of another type than expected".to_owned(),
    };
    Problem::unprocessable().because(detail(format!("{place}: {words}")))
}

/// The last name followed by a colon before the place of the error. Only names of small letters and `_`, so that no
/// value is taken for one.
fn member_before(error: &serde_json::Error, body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let line_start: usize = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let before = text.get(..(line_start + error.column()).min(text.len()))?;
    let (head, _) = before
        .rsplit_once("\":")
        .or_else(|| before.rsplit_once("\" :"))?;
    let name = head.rsplit('"').next()?;
    let plain = !name.is_empty()
        && name.len() <= 40
        && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    plain.then(|| name.to_owned())
}

fn detail(text: String) -> Message {
    Message::new(Key::new("refuse-detail")).with("detail", text)
}
