use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use web::limits::Limits;
use web::problem::Problem;
use web::shell::Settings;

use crate::{site_with, the_site};

#[tokio::test]
async fn people_get_a_page_and_programs_a_problem_document() {
    let site = the_site();
    let page = site.get("/en/nowhere").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.body.contains("This page does not exist"));
    let document = site.get("/api/v1/nowhere").await;
    assert_eq!(document.status, StatusCode::NOT_FOUND);
    assert_eq!(document.header("content-type"), "application/problem+json");
    insta::assert_snapshot!(document.body, @r#"{"type":"about:blank","title":"Deze pagina is er niet","status":404,"detail":"Het adres klopt niet, of de pagina bestaat niet meer.","advice":"Controleer het adres, of begin bij de startpagina.","code":"problem-not-found-reason"}"#);
}

#[tokio::test]
async fn a_panic_tells_nothing() {
    let answer = the_site().get("/work/panic").await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.body.contains("Er ging iets mis bij ons"));
    assert!(!answer.body.contains("secret"));
}

#[tokio::test]
async fn wrong_methods_kinds_and_sizes_are_named() {
    let site = site_with(Settings {
        limits: Limits {
            body: 1_000,
            largest_body: 5_000,
            ..Limits::default()
        },
        ..Settings::default()
    });
    let method = site
        .send(
            Request::delete("/start")
                .header("sec-fetch-site", "same-origin")
                .body(Body::empty())
                .unwrap(),
        )
        .await;
    assert_eq!(method.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(method.header("allow").contains("POST"));
    assert!(method.body.contains("Dit kan niet op deze manier"));
    let kinds = [
        "application/json",
        "application/x-www-form-urlencoded; charset=utf-16",
        "text/plain",
    ];
    for kind in kinds {
        let request = Request::post("/api/v1/echo")
            .header("content-type", kind)
            .body(Body::from("a=b"))
            .unwrap();
        let answer = site.send(request).await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    for size in [1_500, 9_000] {
        let answer = site.post("/start", &[("story", &"x".repeat(size))]).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{size}");
        assert!(answer.body.contains("Dit is te groot"), "{size}");
    }
}

#[tokio::test]
async fn unreadable_forms_are_refused_and_never_a_500() {
    let site = the_site();
    for body in [
        "story=%ff%fe",
        "story=%00",
        "story=%4",
        "%=1",
        "go=change-nothing",
        "unknown=1",
        "id=../..&go=begin",
    ] {
        let request = Request::post("/start")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        let answer = site.send(request).await;
        let fresh_id = body.starts_with("id=");
        let expected = if fresh_id {
            StatusCode::OK
        } else {
            StatusCode::BAD_REQUEST
        };
        assert_eq!(answer.status, expected, "{body}");
    }
}

#[tokio::test]
async fn slow_work_ends_and_a_full_house_says_busy() {
    let site = site_with(Settings {
        limits: Limits {
            request: Duration::from_millis(60),
            at_once: 1,
            wait: Duration::from_millis(5),
            ..Limits::default()
        },
        ..Settings::default()
    });
    let (slow, refused, health) =
        tokio::join!(site.get("/api/v1/slow"), site.get("/"), site.get("/livez"));
    assert_eq!(slow.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.header("retry-after"), "10");
    assert_eq!(health.status, StatusCode::OK);
}

#[test]
fn each_problem_has_its_status() {
    let statuses: Vec<u16> = [
        Problem::bad_request(),
        Problem::sign_in(),
        Problem::forbidden(),
        Problem::not_found(),
        Problem::method(),
        Problem::conflict(),
        Problem::too_large(),
        Problem::media_type(),
        Problem::unprocessable(),
        Problem::too_many(5),
        Problem::internal(),
        Problem::busy(),
        Problem::full(),
    ]
    .iter()
    .map(|problem| problem.status().as_u16())
    .collect();
    assert_eq!(
        statuses,
        [
            400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503, 507
        ]
    );
}
