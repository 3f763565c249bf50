use axum::body::Body;
use axum::http::{Request, StatusCode};
use web::headers::CONTENT_SECURITY;
use web::shell::Settings;

use crate::{site_with, the_site};

#[tokio::test]
async fn every_answer_keeps_the_secret() {
    let site = the_site();
    let style = style_of(&site.get("/").await.body);
    for path in [
        "/",
        "/en/",
        "/start",
        "/messages",
        "/nowhere",
        "/api/v1/nowhere",
        "/livez",
        "/leave",
        "/work/panic",
        &style,
    ] {
        let answer = site.get(path).await;
        assert_eq!(
            answer.header("content-security-policy"),
            CONTENT_SECURITY,
            "{path}"
        );
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            "same-origin",
            "{path}"
        );
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            "same-origin",
            "{path}"
        );
        assert!(
            answer
                .header("permissions-policy")
                .contains("geolocation=()"),
            "{path}"
        );
        assert!(
            answer
                .header("strict-transport-security")
                .contains("max-age="),
            "{path}"
        );
        assert_eq!(answer.header("set-cookie"), "", "{path}");
        let kept = answer.header("cache-control").contains("immutable");
        assert_eq!(
            kept,
            path == style,
            "{path}: {}",
            answer.header("cache-control")
        );
        if !kept {
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        }
    }
}

#[tokio::test]
async fn without_tls_there_is_no_promise_of_tls() {
    let site = site_with(Settings {
        tls: false,
        ..Settings::default()
    });
    assert_eq!(site.get("/").await.header("strict-transport-security"), "");
}

#[tokio::test]
async fn leaving_clears_and_goes_to_a_neutral_site() {
    let site = site_with(Settings {
        leave_to: "https://weather.example/today".to_owned(),
        ..Settings::default()
    });
    let link = site.get("/leave").await;
    assert_eq!(link.status, StatusCode::SEE_OTHER);
    assert_eq!(link.header("location"), "https://weather.example/today");
    assert_eq!(
        link.header("clear-site-data"),
        "\"cache\", \"cookies\", \"storage\""
    );
    let button = site.post("/leave", &[]).await;
    assert_eq!(
        button.header("refresh"),
        "0; url=https://weather.example/today"
    );
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let site = the_site();
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
    ] {
        let request = Request::post("/start")
            .header("host", "samen.example")
            .header("content-type", "application/x-www-form-urlencoded")
            .header(name, value)
            .body(Body::from("go=begin"))
            .unwrap();
        assert_eq!(
            site.send(request).await.status,
            StatusCode::FORBIDDEN,
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_professional_s_language_stays_and_leads_nowhere_else() {
    let site = the_site();
    let answer = site
        .post("/language", &[("language", "en"), ("back", "/work/cases")])
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/work/cases");
    let cookie = answer.header("set-cookie").to_owned();
    assert!(
        cookie.starts_with("__Host-samen-language=en; Path=/; HttpOnly; SameSite=Strict; Secure"),
        "{cookie}"
    );
    let away = site
        .post(
            "/language",
            &[("language", "en"), ("back", "//evil.example")],
        )
        .await;
    assert_eq!(away.header("location"), "/");
    assert_eq!(
        site.post("/language", &[("language", "xx")]).await.status,
        StatusCode::BAD_REQUEST
    );
}

pub(crate) fn style_of(page: &str) -> String {
    let rest = page.split("rel=\"stylesheet\" href=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}
