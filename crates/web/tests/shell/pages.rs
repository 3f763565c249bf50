use axum::http::StatusCode;
use web::security_txt::SecurityTxt;
use web::shell::{Settings, ShellError};

use crate::headers::style_of;
use crate::{site_with, the_site};

const PAGES: &[&str] = &[
    "/",
    "/start",
    "/start/1",
    "/messages",
    "/tips",
    "/privacy",
    "/accessibility",
];

#[tokio::test]
async fn every_public_page_is_light_safe_and_in_two_languages() {
    let site = the_site();
    let style = site
        .get(&style_of(&site.get("/").await.body))
        .await
        .body
        .len();
    for path in PAGES {
        for (prefix, lang) in [("", "nl"), ("/en", "en")] {
            let path = format!("{prefix}{path}");
            let page = site.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(
                page.body
                    .contains(&format!("<html lang=\"{lang}\" dir=\"ltr\">")),
                "{path}"
            );
            check(&path, &page.body);
            let weight = page.body.len() + style;
            assert!(weight < 40_000, "{path}: {weight} bytes");
        }
    }
}

/// What holds for every public page.
pub(crate) fn check(path: &str, page: &str) {
    assert!(!page.contains('⟦'), "{path}: a text is missing");
    assert!(!page.contains("<script"), "{path}");
    assert!(!page.contains("style=\""), "{path}");
    for outside in ["src=\"http", "href=\"http", "action=\"http", "href=\"//"] {
        assert!(!page.contains(outside), "{path}: {outside}");
    }
    let body = page.split("<body").nth(1).unwrap_or_default();
    let first_link = body.split("<a ").nth(1).unwrap_or_default();
    assert!(
        first_link.contains("href=\"/leave\" rel=\"nofollow noreferrer\""),
        "{path}: the way out is not first"
    );
    assert_eq!(page.matches("<h1").count(), 1, "{path}");
    let title = page
        .split("<title>")
        .nth(1)
        .unwrap_or_default()
        .split('<')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    for telling in [
        "mensenhandel",
        "traffick",
        "slachtoffer",
        "victim",
        "uitbuiting",
        "melden",
        "report",
        "hulp",
    ] {
        assert!(!title.contains(telling), "{path}: title `{title}`");
    }
}

#[tokio::test]
async fn the_made_up_country_is_marked_on_every_page() {
    let site = site_with(Settings {
        demo: true,
        ..Settings::default()
    });
    for path in PAGES.iter().chain(&["/nowhere"]) {
        assert!(
            site.get(path).await.body.contains("zijn verzonnen"),
            "{path}"
        );
    }
    assert!(!the_site().get("/").await.body.contains("zijn verzonnen"));
}

#[tokio::test]
async fn small_files_are_there() {
    let with = site_with(Settings {
        security_txt: Some(SecurityTxt {
            contacts: vec!["mailto:security@host.example".to_owned()],
            expires: "2027-06-01T00:00:00Z".parse().unwrap(),
            policy: None,
        }),
        ..Settings::default()
    });
    insta::assert_snapshot!(with.get("/.well-known/security.txt").await.body, @r"
    Contact: mailto:security@host.example
    Expires: 2027-06-01T00:00:00Z
    Preferred-Languages: nl, en
    ");
    let site = the_site();
    assert_eq!(
        site.get("/.well-known/security.txt").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(site.get("/livez").await.body, r#"{"status":"ok"}"#);
    assert_eq!(site.get("/en").await.status, StatusCode::OK);
    assert_eq!(
        site.get("/favicon.ico").await.header("content-type"),
        "image/svg+xml"
    );
    assert!(site.get("/robots.txt").await.body.contains("Disallow: /"));
    assert_eq!(
        site.get("/static/samen.css").await.status,
        StatusCode::NOT_FOUND
    );
}

#[test]
fn an_address_to_leave_to_that_is_none_stops_the_start() {
    for bad in ["", "weather", "javascript:alert(1)", "/tips"] {
        let settings = Settings {
            leave_to: bad.to_owned(),
            ..Settings::default()
        };
        let made = web::shell::Shell::new(
            settings,
            web::theme::Theme::own(),
            web::clock::Clock::system(),
            web::chance::Chance::system(),
        );
        assert!(matches!(made, Err(ShellError::LeaveTo(_))), "{bad}");
    }
}

#[test]
fn an_address_of_the_site_that_is_none_stops_the_start() {
    let start = |address: &str| {
        let settings = Settings {
            address: Some(address.to_owned()),
            ..Settings::default()
        };
        let (theme, clock) = (web::theme::Theme::own(), web::clock::Clock::system());
        web::shell::Shell::new(settings, theme, clock, web::chance::Chance::system())
    };
    for bad in [
        "",
        "samen.example",
        "/samen",
        "javascript:alert(1)",
        "https://samen.example/",
        "https://samen.example/pad",
        "https://samen.example?x=1",
        "https://a@samen.example",
        "https://samen.example#x",
        "ftp://samen.example",
    ] {
        assert!(matches!(start(bad), Err(ShellError::Address(_))), "{bad}");
    }
    for good in ["https://samen.example", "http://127.0.0.1:8080"] {
        assert!(start(good).is_ok(), "{good}");
    }
}
