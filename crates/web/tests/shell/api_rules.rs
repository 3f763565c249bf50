//! What the NL API Design Rules 2.2 ask of a running interface and no description shows. The rules of the description itself are in `tests/api`.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use desk::Role;
use serde_json::Value;

use crate::Answer;
use crate::real::Real;

/// Paths and methods as the description has them, with the address of the interface before them.
fn described() -> Vec<(Method, String)> {
    let text = include_str!("../../../../schemas/openapi.json");
    let document: Value = serde_json::from_str(text).unwrap();
    let base = document["servers"][0]["url"].as_str().unwrap();
    let mut out = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let method = method.to_uppercase().parse().unwrap();
            out.push((method, format!("{base}{path}")));
        }
    }
    out
}

async fn send(real: &Real, method: &Method, path: &str, kind: &str, body: &str) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("content-type", kind)
        .body(Body::from(body.to_owned()))
        .unwrap();
    real.site.send(request).await
}

/// The same by somebody signed in; what anybody may ask does not look at it.
async fn send_signed(real: &Real, path: &str, kind: &str, body: &str) -> Answer {
    let session = real.session(Role::CareCoordinator).await;
    let request = Request::post(path)
        .header("authorization", format!("Bearer {session}"))
        .header("content-type", kind)
        .body(Body::from(body.to_owned()))
        .unwrap();
    real.site.send(request).await
}

fn problem(answer: &Answer) -> Value {
    assert_eq!(
        answer.header("content-type"),
        "application/problem+json",
        "{}",
        answer.body
    );
    let problem: Value = serde_json::from_str(&answer.body).unwrap();
    for member in ["status", "title", "detail"] {
        assert!(!problem[member].is_null(), "no {member}: {problem}");
    }
    assert_eq!(problem["status"], answer.status.as_u16());
    problem
}

#[tokio::test]
async fn every_answer_names_the_full_version_and_is_kept_by_nobody() {
    let real = Real::new().await;
    let asked = described().into_iter().chain([
        (Method::GET, "/api/v1/nowhere".to_owned()),
        (Method::DELETE, "/api/v1/reports".to_owned()),
    ]);
    for (method, path) in asked {
        let answer = send(&real, &method, &path, "application/json", "{}").await;
        // The version of the description, in full (/core/version-header, /core/semver).
        assert_eq!(
            answer.header("api-version"),
            web::api::VERSION,
            "{method} {path}"
        );
        // /core/transport/security-headers
        assert_eq!(
            answer.header("cache-control"),
            "no-store",
            "{method} {path}"
        );
        assert_eq!(
            answer.header("x-content-type-options"),
            "nosniff",
            "{method} {path}"
        );
        assert_eq!(answer.header("x-frame-options"), "DENY", "{method} {path}");
        assert!(
            answer
                .header("content-security-policy")
                .contains("frame-ancestors 'none'")
        );
        assert!(
            answer.header("content-type").contains("json"),
            "{method} {path}"
        );
        if answer.status.as_u16() >= 400 {
            problem(&answer);
        }
    }
}

#[tokio::test]
async fn a_slash_at_the_end_is_not_found_and_leads_nowhere() {
    let real = Real::new().await;
    for (method, path) in described() {
        let answer = send(
            &real,
            &method,
            &format!("{path}/"),
            "application/json",
            "{}",
        )
        .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {path}/");
        assert_eq!(answer.header("location"), "");
        problem(&answer);
    }
}

#[tokio::test]
async fn invalid_input_is_400_and_every_fault_is_named_at_once() {
    let real = Real::new().await;
    let posts = described()
        .into_iter()
        .filter(|(method, _)| *method == Method::POST);
    for (_, path) in posts {
        for body in ["", "{", "[]", "{\"unknown\": 1}", "{\"story\": 7}"] {
            let answer = send_signed(&real, &path, "application/json", body).await;
            assert_eq!(
                answer.status,
                StatusCode::BAD_REQUEST,
                "{path} {body}: {}",
                answer.body
            );
            problem(&answer);
        }
        let other = send_signed(&real, &path, "text/xml", "<a/>").await;
        assert_eq!(other.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{path}");
        problem(&other);
    }
    let several = r#"{"story": "", "language": "geen taal", "place": "Utrecht"}"#;
    let answer = send(
        &real,
        &Method::POST,
        "/api/v1/reports",
        "application/json",
        several,
    )
    .await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let detail = problem(&answer)["detail"].to_string();
    for member in ["story", "language", "place"] {
        assert!(detail.contains(member), "{member} is not named: {detail}");
    }
}

#[tokio::test]
async fn the_description_is_open_to_everybody_and_names_the_host() {
    let real = Real::new().await;
    let answer = real.site.get("/api/v1/openapi.json").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let document: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(document["info"]["version"], web::api::VERSION);
    assert!(
        !document["info"]["contact"]
            .to_string()
            .contains("samen.example"),
        "a made-up address"
    );
    let other = real.site.get("/api/v1/mailbox").await;
    assert_eq!(
        other.header("access-control-allow-origin"),
        "",
        "only the description is open to other sites"
    );
}

#[tokio::test]
async fn moments_are_told_in_utc() {
    let real = Real::new().await;
    let answer = send(
        &real,
        &Method::POST,
        "/api/v1/reports",
        "application/json",
        "{\"story\": \"iets gezien\"}",
    )
    .await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let given: Value = serde_json::from_str(&answer.body).unwrap();
    assert!(
        given["received_at"].as_str().unwrap().ends_with("00:00Z"),
        "{given}"
    );
}
