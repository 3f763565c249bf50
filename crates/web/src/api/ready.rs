//! `GET /readyz`: 200 only when migrated and able to write.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::app::App;
use crate::problem::Problem;

/// Whether this process can do its work now.
pub async fn show(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    match app.desk.vault.is_ready().await {
        Ok(()) => Ok(Json(json!({ "status": "ready" })).into_response()),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            Err(Problem::unavailable())
        }
    }
}
