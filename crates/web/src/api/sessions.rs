//! `POST /api/v1/sessions`: sign-in for programs.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use desk::sign_in::{ABSOLUTE, Credentials, sign_in};
use serde::{Deserialize, Serialize};

use super::{answer, read};
use crate::app::App;
use crate::problem::Problem;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shown {
    user: String,
    password: String,
    totp: String,
}

#[derive(Serialize)]
struct Given {
    token: String,
    expires_at: jiff::Timestamp,
}

/// Signs a program in.
pub async fn create(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let shown: Shown = read(&headers, &body)?;
    let now = app.now();
    let credentials = Credentials {
        user: shown.user,
        password: shown.password.into(),
        totp: shown.totp,
    };
    let token = sign_in(&app.desk, now, credentials).await?;
    let given = Given {
        token: token.to_string(),
        expires_at: now.saturating_add(ABSOLUTE).unwrap_or(now),
    };
    Ok(answer(StatusCode::CREATED, &given))
}
