//! "Leave this page": to a neutral site at once, and this site's traces in the browser cleared as far as a site can.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{HeaderName, LOCATION, REFRESH};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};

use crate::problem::Problem;
use crate::shell::Shell;

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");
const CLEARED: HeaderValue = HeaderValue::from_static("\"cache\", \"cookies\", \"storage\"");

/// `GET /leave`: the link. A redirect leaves no entry of its own in the history.
pub async fn by_link(State(shell): State<Arc<Shell>>) -> Result<Response, Problem> {
    let to = HeaderValue::from_str(&shell.settings.leave_to).map_err(|_| Problem::internal())?;
    Ok((
        StatusCode::SEE_OTHER,
        [(LOCATION, to), (CLEAR_SITE_DATA, CLEARED)],
    )
        .into_response())
}

/// `POST /leave`: a button. Browsers hold a form's redirect to `form-action 'self'`, so an empty page moves on by itself.
pub async fn by_button(State(shell): State<Arc<Shell>>) -> Result<Response, Problem> {
    let to = HeaderValue::from_str(&format!("0; url={}", shell.settings.leave_to))
        .map_err(|_| Problem::internal())?;
    let empty = Html("<!doctype html><title>.</title>");
    Ok(([(REFRESH, to), (CLEAR_SITE_DATA, CLEARED)], empty).into_response())
}
