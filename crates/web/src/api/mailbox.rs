//! `GET /api/v1/mailbox` with `Authorization: Code 4711081512345678`.
//!
//! A code that is unreadable, wrong or unknown gets the same answer after the same search.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use desk::report::read_mailbox;
use domain::mailbox::{ReturnCode, Sender};
use serde::Serialize;

use super::answer;
use crate::app::App;
use crate::problem::Problem;
use crate::steady::steady;

#[derive(Serialize)]
struct Mailbox {
    status: domain::report::PublicStatus,
    messages: Vec<Message>,
}

#[derive(Serialize)]
struct Message {
    from: &'static str,
    at: jiff::Timestamp,
    text: String,
}

/// Shows status and messages.
pub async fn show(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    steady(show_by(&app, &headers)).await
}

async fn show_by(app: &App, headers: &HeaderMap) -> Result<Response, Problem> {
    let shown = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Code "))
        .and_then(|code| ReturnCode::parse(code).ok());
    // An unreadable code is searched for like any other, so that the time tells nothing.
    let code = shown.unwrap_or_else(|| ReturnCode::from_digits([0; 16]));
    let post = read_mailbox(&app.desk, app.now(), &code).await?;
    let messages = post
        .messages
        .iter()
        .map(|message| Message {
            from: match message.sender {
                Sender::Reporter { .. } => "reporter",
                Sender::Desk { .. } => "desk",
            },
            at: message.sender.at(),
            text: message.text.as_str().to_owned(),
        })
        .collect();
    let mailbox = Mailbox {
        status: post.status,
        messages,
    };
    Ok(answer(StatusCode::OK, &mailbox))
}
