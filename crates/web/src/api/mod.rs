//! The interface for programs, under `/api/v1`: nouns, JSON, problem details (NL API Design Rules).

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
pub const VERSION: &str = "1.0.0";

/// The routes for programs.
pub fn routes(routes: Routes) -> Routes {
    routes
        .post("/api/v1/reports", UseCase::SubmitReport, reports::create)
        .get("/api/v1/mailbox", UseCase::ReadMailbox, mailbox::show)
        .post("/api/v1/sessions", UseCase::SignIn, sessions::create)
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

/// Reads a JSON body: another kind of content is 415, unreadable JSON 400 with the place, an unknown or missing member 422.
fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &Bytes) -> Result<T, Problem> {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Problem::media_type());
    }
    serde_json::from_slice(body).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        let what = match error.classify() {
            serde_json::error::Category::Data => return shape(&error, &place),
            serde_json::error::Category::Eof => "the JSON ends too early",
            _ => "this is not JSON",
        };
        Problem::bad_request().because(detail(format!("{place}: {what}")))
    })
}

/// A member is unknown, missing or of another type. Serde's words name members and types; a value is cut off, since it may be
/// a person's words.
fn shape(error: &serde_json::Error, place: &str) -> Problem {
    let words = error.to_string();
    let words = match words.split_once(" at line ") {
        Some((words, _)) => words,
        None => &words,
    };
    let safe = words.starts_with("unknown field")
        || words.starts_with("missing field")
        || words.starts_with("duplicate field");
    let words = if safe {
        words
    } else {
        "a member has a value of another type than expected"
    };
    Problem::unprocessable().because(detail(format!("{place}: {words}")))
}

fn detail(text: String) -> Message {
    Message::new(Key::new("refuse-detail")).with("detail", text)
}
