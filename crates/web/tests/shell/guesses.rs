//! Doors that open with a code: a wrong one tells nothing, and nobody can try many.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ::desk::Role;
use ::desk::guesses::MOST;
use axum::http::{Method, StatusCode};
use domain::ids::CaseId;
use tokio::task::JoinSet;
use web::steady::LEAST;

use crate::Answer;
use crate::real::Real;

/// A code of her own page, of the case that every real site has.
async fn own_code(real: &Real) -> String {
    let care = real.actor(Role::CareCoordinator).await;
    let case: CaseId = real.known[2].parse().unwrap();
    let desk = &real.app.desk;
    let given = ::desk::case::give_code(desk, &care, real.now(), case, 1).await;
    given.unwrap().secret()
}

async fn tried(real: &Real, path: &str, code: &str) -> (Answer, Duration) {
    let began = Instant::now();
    let pairs = [("code", code)];
    let answer = real.ask(&Method::POST, path, None, false, &pairs).await;
    (answer, began.elapsed())
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_wrong_with_a_code_the_answer_and_its_time_are_the_same() {
    let real = Real::new().await;
    let replaced = own_code(&real).await;
    let code = own_code(&real).await;
    for (path, status) in [
        ("/my", StatusCode::NOT_FOUND),
        ("/my/place", StatusCode::NOT_FOUND),
        ("/en/my", StatusCode::NOT_FOUND),
        ("/messages", StatusCode::NOT_FOUND),
    ] {
        let mut bodies = Vec::new();
        for wrong in [replaced.as_str(), "1234567812345678", "12", "geen code"] {
            let (answer, time) = tried(&real, path, wrong).await;
            assert_eq!(answer.status, status, "{path} {wrong}");
            assert!(time >= LEAST, "{path} refused after {time:?}");
            assert!(
                wrong.len() < 16 || !answer.body.contains(wrong),
                "what was typed comes back"
            );
            bodies.push(answer.body);
        }
        bodies.dedup();
        assert_eq!(bodies.len(), 1, "{path} answers differently");
    }
    assert_eq!(tried(&real, "/my", &code).await.0.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_too_many_wrong_codes_a_right_one_waits_like_any_other() {
    let real = Arc::new(Real::new().await);
    let code = own_code(&real).await;
    let mut all = JoinSet::new();
    for number in 0..MOST + 20 {
        let real = real.clone();
        let path = if number % 2 == 0 { "/my" } else { "/my/place" };
        all.spawn(async move { tried(&real, path, &format!("{number:016}")).await.0.status });
    }
    let statuses = all.join_all().await;
    let refused = |status: StatusCode| statuses.iter().filter(|s| **s == status).count();
    let known = [StatusCode::NOT_FOUND, StatusCode::TOO_MANY_REQUESTS];
    let odd: Vec<_> = statuses.iter().filter(|s| !known.contains(s)).collect();
    assert!(odd.is_empty(), "{odd:?}");
    assert_eq!(
        refused(StatusCode::NOT_FOUND),
        usize::try_from(MOST).unwrap()
    );
    assert_eq!(refused(StatusCode::TOO_MANY_REQUESTS), 20);
    let (right, _) = tried(&real, "/my", &code).await;
    let (wrong, _) = tried(&real, "/my", "8888888888888888").await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        right.body, wrong.body,
        "else the limit tells which code is right"
    );
    assert_eq!(right.header("retry-after"), wrong.header("retry-after"));
    // The other door has a limit of its own, and time opens this one again.
    let (other, _) = tried(&real, "/messages", "8888888888888888").await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    real.pass(1);
    let (right, _) = tried(&real, "/my", &code).await;
    assert_eq!(right.status, StatusCode::OK);
}
