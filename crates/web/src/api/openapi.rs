//! `GET /api/v1/openapi.json`: the description of the interface, open to everybody.

use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

const DOCUMENT: &str = include_str!("../../../../schemas/openapi.json");

/// The description as published in `schemas/`.
pub async fn show() -> Response {
    let mut response = (StatusCode::OK, DOCUMENT).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert("api-version", HeaderValue::from_static(super::VERSION));
    response
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_description_names_every_route_for_programs() {
        let document: serde_json::Value = serde_json::from_str(super::DOCUMENT).unwrap();
        for (path, method) in [
            ("/reports", "post"),
            ("/mailbox", "get"),
            ("/sessions", "post"),
            ("/decide", "post"),
            ("/openapi.json", "get"),
        ] {
            assert!(
                document["paths"][path][method].is_object(),
                "{method} {path}"
            );
        }
    }
}
