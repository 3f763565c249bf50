//! `GET /api/v1/openapi.json`: the description of the interface, open to everybody.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::app::App;

const DOCUMENT: &str = include_str!("../../../../schemas/openapi.json");

/// The description as published in `schemas/`, with the host as the one to ask: the address in the file is nobody's.
pub async fn show(State(app): State<Arc<App>>) -> Response {
    let settings = &app.shell.settings;
    let text = with_contact(&settings.host_name, &settings.host_contact);
    let mut response = (StatusCode::OK, text).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert("api-version", HeaderValue::from_static(super::VERSION));
    response
}

fn with_contact(name: &str, contact: &str) -> String {
    let Ok(mut document) = serde_json::from_str::<Value>(DOCUMENT) else {
        return DOCUMENT.to_owned();
    };
    document["info"]["contact"] = match contact.contains('@') {
        true => json!({ "name": name, "email": contact }),
        false => json!({ "name": name }),
    };
    document.to_string()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_host_is_the_one_to_ask() {
        let contact = |text: &str| {
            let document: serde_json::Value =
                serde_json::from_str(&super::with_contact("Meldpunt", text)).unwrap();
            document["info"]["contact"].clone()
        };
        assert_eq!(
            contact("api@meldpunt.example")["email"],
            "api@meldpunt.example"
        );
        assert_eq!(
            contact("010 1234567"),
            serde_json::json!({ "name": "Meldpunt" })
        );
    }

    #[test]
    fn the_description_names_every_route_for_programs() {
        let document: serde_json::Value = serde_json::from_str(super::DOCUMENT).unwrap();
        for (path, method) in [
            ("/reports", "post"),
            ("/mailbox", "get"),
            ("/sessions", "post"),
            ("/decide", "post"),
            ("/rooms", "get"),
            ("/rooms/{id}/capacity", "get"),
            ("/rooms/{id}/capacity", "put"),
            ("/openapi.json", "get"),
        ] {
            assert!(
                document["paths"][path][method].is_object(),
                "{method} {path}"
            );
        }
    }
}
