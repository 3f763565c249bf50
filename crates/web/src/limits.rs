//! How much one request, and all requests together, may take.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;
use tower_http::limit::RequestBodyLimitLayer;

use crate::problem::Problem;
use crate::upload;

/// Limits on all routes. Forms with files have limits of their own, within `largest_body`.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of a form or JSON body.
    pub body: usize,
    /// Bytes of the largest body on any route; one that says it is larger is refused unread.
    pub largest_body: usize,
    /// Bytes of a form with files. What comes above it is read and dropped up to `largest_body`, so that the refusal is heard.
    pub upload_body: usize,
    /// From the first byte to the answer.
    pub request: Duration,
    /// The same for a form with files, which a telephone with a poor connection sends slowly.
    pub upload: Duration,
    /// How long nothing may come of a form with files before it is given up.
    pub silence: Duration,
    /// Forms with files that are taken in at one time.
    pub uploads: usize,
    /// Requests worked on at one time.
    pub at_once: usize,
    /// How long a request may wait for its turn before it hears "busy".
    pub wait: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            body: 256 * 1024,
            largest_body: 128 * 1024 * 1024,
            // Five files of ten MiB, and what is typed.
            upload_body: 51 * 1024 * 1024,
            request: Duration::from_secs(30),
            upload: Duration::from_secs(600),
            silence: Duration::from_secs(30),
            uploads: 16,
            at_once: 512,
            wait: Duration::from_secs(5),
        }
    }
}

/// Lays the limits around routes.
pub fn around(routes: Router, limits: &Limits) -> Router {
    let turns = Turns {
        free: Arc::new(Semaphore::new(limits.at_once)),
        wait: limits.wait,
    };
    routes
        .layer(DefaultBodyLimit::max(limits.body))
        .layer(RequestBodyLimitLayer::new(limits.largest_body))
        .layer(axum::middleware::from_fn_with_state(
            limits.clone(),
            in_time,
        ))
        .layer(axum::middleware::from_fn_with_state(turns, in_turn))
}

/// Addresses at which forms with files arrive, by their ends.
const WITH_FILES: [&str; 3] = ["/start", "/messages", "/attachments"];

async fn in_time(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let with_files =
        upload::is_upload(&request) && WITH_FILES.iter().any(|end| path.ends_with(end));
    let term = if with_files {
        limits.upload
    } else {
        limits.request
    };
    match tokio::time::timeout(term, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

#[derive(Clone)]
struct Turns {
    free: Arc<Semaphore>,
    wait: Duration,
}

async fn in_turn(State(turns): State<Turns>, request: Request, next: Next) -> Response {
    // Health must answer when everything else is full, or the machine is restarted in its busiest minute.
    if request.uri().path() == "/livez" {
        return next.run(request).await;
    }
    match tokio::time::timeout(turns.wait, turns.free.acquire_owned()).await {
        Ok(Ok(_turn)) => next.run(request).await,
        _ => Problem::busy().into_response(),
    }
}
