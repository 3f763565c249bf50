//! Is the process alive? Whether it can write is `readyz`, which the binary adds: only it knows the store.

use axum::Json;
use serde::Serialize;

/// The short body of a health route.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Health {
    /// `ok` when the answer is 200.
    pub status: &'static str,
}

/// `GET /livez`: the process answers.
pub async fn livez() -> Json<Health> {
    Json(Health { status: "ok" })
}
