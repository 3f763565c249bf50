//! Refusals that take the same time, whatever was wrong: at the doors that open with a code, how fast the answer came must tell
//! nothing of how near a guess was.

use std::time::Duration;

use axum::response::Response;

use crate::problem::Problem;

/// No refusal comes sooner: longer than any search takes, shorter than people notice.
pub const LEAST: Duration = Duration::from_millis(250);

/// Does the work and holds a refusal back until [`LEAST`] has passed. What opens comes at once: its content says more than its time.
pub async fn steady(
    work: impl Future<Output = Result<Response, Problem>>,
) -> Result<Response, Problem> {
    let least = tokio::time::sleep(LEAST);
    let answer = work.await;
    let status = match &answer {
        Ok(response) => response.status(),
        Err(problem) => problem.status(),
    };
    if status.is_client_error() {
        least.await;
    }
    answer
}
