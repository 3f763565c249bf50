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
use tower_http::timeout::TimeoutLayer;

use crate::problem::Problem;

/// Limits on all routes. A route that takes attachments raises its own body limit with `DefaultBodyLimit` within `largest_body`.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of a form or JSON body.
    pub body: usize,
    /// Bytes of the largest body on any route.
    pub largest_body: usize,
    /// From the first byte to the answer.
    pub request: Duration,
    /// Requests worked on at one time.
    pub at_once: usize,
    /// How long a request may wait for its turn before it hears "busy".
    pub wait: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            body: 256 * 1024,
            largest_body: 16 * 1024 * 1024,
            request: Duration::from_secs(30),
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
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            limits.request,
        ))
        .layer(axum::middleware::from_fn_with_state(turns, in_turn))
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
