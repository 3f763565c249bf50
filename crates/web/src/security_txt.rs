//! `/.well-known/security.txt` (RFC 9116), from the host's settings.

use std::fmt::Write;
use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use crate::problem::Problem;
use crate::shell::Shell;

/// What a finder of a weakness needs to know.
#[derive(Clone, Debug)]
pub struct SecurityTxt {
    /// Addresses, best first: `mailto:…`, `https://…`, `tel:…`.
    pub contacts: Vec<String>,
    /// After this moment the file is not to be trusted; RFC 9116 advises less than a year ahead.
    pub expires: Timestamp,
    /// Address of the policy for reporting weaknesses.
    pub policy: Option<String>,
}

/// Answers the file, or "not found" when the host set none.
pub async fn show(State(shell): State<Arc<Shell>>) -> Result<Response, Problem> {
    let said = shell
        .settings
        .security_txt
        .as_ref()
        .ok_or_else(Problem::not_found)?;
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], text(said)).into_response())
}

fn text(said: &SecurityTxt) -> String {
    let mut out = String::new();
    for contact in &said.contacts {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "Contact: {contact}");
    }
    let _ = writeln!(out, "Expires: {}", said.expires);
    let _ = writeln!(out, "Preferred-Languages: nl, en");
    if let Some(policy) = &said.policy {
        let _ = writeln!(out, "Policy: {policy}");
    }
    out
}
