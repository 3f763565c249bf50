//! The shell from outside: pages, headers, errors, limits and the report, over HTTP without a network.

#![allow(clippy::unwrap_used, clippy::panic)]

mod api_rules;
mod dcat;
mod desk;
mod doors;
mod errors;
mod guesses;
mod headers;
mod matters;
mod may_share;
mod need;
mod open_figures;
mod oversight;
mod own_data;
mod pages;
mod plan_evidence;
mod plan_file;
mod plan_round;
mod real;
mod relations;
mod report;
mod rights;
mod rooms;
mod slow;
mod supervision;
mod warned;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::routing::{get, post};
use http_body_util::BodyExt;
use tower::ServiceExt;
use web::chance::Chance;
use web::clock::Clock;
use web::form::FormBody;
use web::public::desk::PublicDesk;
use web::public::places::{Municipality, Places};
use web::shell::{Settings, Shell, site};
use web::theme::Theme;

use crate::desk::Memory;

pub(crate) struct Site {
    pub(crate) router: Router,
    pub(crate) desk: Arc<Memory>,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The value of a hidden field.
    pub(crate) fn hidden(&self, name: &str) -> Option<String> {
        let mark = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
        let rest = self.body.split(&mark).nth(1)?;
        Some(rest.split('"').next()?.to_owned())
    }
}

pub(crate) fn place(code: &str, name: &str) -> Municipality {
    Municipality {
        code: code.to_owned(),
        name: name.to_owned(),
    }
}

pub(crate) fn shell(settings: Settings) -> Arc<Shell> {
    let clock = Clock::of(|| "2026-11-22T13:03:00Z".parse().unwrap());
    let chance = Chance::of(|bytes| {
        bytes.fill(0xab);
        true
    });
    Shell::new(settings, Theme::own(), clock, chance).unwrap()
}

pub(crate) fn site_with(settings: Settings) -> Site {
    let shell = shell(settings);
    let desk = Arc::new(Memory::default());
    let dynamic: Arc<dyn PublicDesk> = desk.clone();
    let places = Places::new([
        place("GM1783", "Westland"),
        place("GM0373", "Bergen (NH)"),
        place("GM0893", "Bergen (L)"),
    ]);
    let extra = Router::new()
        .route("/api/v1/echo", post(|_: FormBody| async { "ok" }))
        .route("/api/v1/slow", get(std::future::pending::<()>))
        .route("/work/panic", get(stumble));
    let routes = web::public::routes(&shell, &dynamic, &places).merge(extra);
    Site {
        router: site(&shell, routes),
        desk,
    }
}

async fn stumble() -> &'static str {
    panic!("secret words of a person")
}

pub(crate) fn the_site() -> Site {
    site_with(Settings::default())
}

impl Site {
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            // A file given out may be no text.
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    pub(crate) async fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.join("&")))
            .unwrap();
        self.send(request).await
    }
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => char::from(b).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}
