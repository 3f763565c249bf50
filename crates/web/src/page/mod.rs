//! From a template to an answer: frames (the surroundings of a page), components' data, and the last step.

pub mod confirm;
pub mod frame;
pub mod mail;
pub mod ui;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use crate::problem::Problem;

/// Renders a page with status 200.
pub fn html(page: &impl Template) -> Result<Response, Problem> {
    html_as(StatusCode::OK, page)
}

/// Renders a page with another status: 422 for a form that is shown again with its faults.
pub fn html_as(status: StatusCode, page: &impl Template) -> Result<Response, Problem> {
    match page.render() {
        Ok(html) => Ok((status, Html(html)).into_response()),
        Err(error) => {
            // An askama error names the template's fault, never a value on the page.
            tracing::error!(%error, "a page could not be rendered");
            Err(Problem::internal())
        }
    }
}
