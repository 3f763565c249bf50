//! `/work`: leads to the first list of whoever is signed in.

use axum::response::{IntoResponse, Redirect, Response};

use crate::problem::Problem;
use crate::work::{Work, nav};

/// Shows where the work is.
pub async fn show(work: Work) -> Result<Response, Problem> {
    Ok(Redirect::to(nav::first(&work.actor)).into_response())
}
