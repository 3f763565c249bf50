//! What goes wrong, said so that a person or program can act on it: a plain page, or `application/problem+json` (RFC 9457) under `/api`.
//!
//! A handler returns a [`Problem`]; the layer [`readable`] turns it, and every bare error of the framework, into words in the reader's language.
//! Never a word about the inside.

use std::any::Any;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, ALLOW, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::form::FieldError;
use crate::language;
use crate::page::frame::PublicFrame;
use crate::shell::Shell;
use crate::texts::{Key, Lang, Message, Say};

/// An answer that is not what was asked for: status, what happened, what to do.
#[derive(Clone, Debug)]
pub struct Problem(Box<Said>);

#[derive(Clone, Debug)]
struct Said {
    status: StatusCode,
    title: Key,
    reason: Message,
    advice: Message,
    retry_after: Option<u32>,
    fields: Vec<FieldError>,
}

impl Problem {
    /// A problem of a page's own making; texts are keys.
    pub fn new(
        status: StatusCode,
        title: Key,
        reason: impl Into<Message>,
        advice: impl Into<Message>,
    ) -> Problem {
        Problem(Box::new(Said {
            status,
            title,
            reason: reason.into(),
            advice: advice.into(),
            retry_after: None,
            fields: Vec::new(),
        }))
    }

    /// The same problem with another reason.
    #[must_use]
    pub fn because(mut self, reason: impl Into<Message>) -> Problem {
        self.0.reason = reason.into();
        self
    }

    /// The same problem with other advice.
    #[must_use]
    pub fn advise(mut self, advice: impl Into<Message>) -> Problem {
        self.0.advice = advice.into();
        self
    }

    /// The same problem, naming the fields that are wrong.
    #[must_use]
    pub fn fields(mut self, fields: Vec<FieldError>) -> Problem {
        self.0.fields = fields;
        self
    }

    /// Its status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// What happened and what to do, in one text, for a page that shows it among its own content.
    pub fn words(&self, t: &Say) -> String {
        format!(
            "{} {}",
            t.message(&self.0.reason),
            t.message(&self.0.advice)
        )
    }

    /// 400: the request cannot be read.
    pub fn bad_request() -> Problem {
        Problem::new(
            StatusCode::BAD_REQUEST,
            Key::new("problem-bad-request-title"),
            Key::new("problem-bad-request-reason"),
            Key::new("problem-bad-request-advice"),
        )
    }

    /// 401: nobody is signed in, or no longer.
    pub fn sign_in() -> Problem {
        Problem::new(
            StatusCode::UNAUTHORIZED,
            Key::new("problem-sign-in-title"),
            Key::new("problem-sign-in-reason"),
            Key::new("problem-sign-in-advice"),
        )
    }

    /// 403: signed in, but not for this person's role.
    pub fn forbidden() -> Problem {
        Problem::new(
            StatusCode::FORBIDDEN,
            Key::new("problem-forbidden-title"),
            Key::new("problem-forbidden-reason"),
            Key::new("problem-forbidden-advice"),
        )
    }

    /// 403: a form that does not come from our own page.
    pub fn cross_site() -> Problem {
        Problem::new(
            StatusCode::FORBIDDEN,
            Key::new("problem-cross-site-title"),
            Key::new("problem-cross-site-reason"),
            Key::new("problem-cross-site-advice"),
        )
    }

    /// 404: nothing here, or nothing that this person may know of; the two look the same.
    pub fn not_found() -> Problem {
        Problem::new(
            StatusCode::NOT_FOUND,
            Key::new("problem-not-found-title"),
            Key::new("problem-not-found-reason"),
            Key::new("problem-not-found-advice"),
        )
    }

    /// 405: the address exists, the method does not.
    pub fn method() -> Problem {
        Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            Key::new("problem-method-title"),
            Key::new("problem-method-reason"),
            Key::new("problem-method-advice"),
        )
    }

    /// 409: somebody else changed it first, or the same key came with another body.
    pub fn conflict() -> Problem {
        Problem::new(
            StatusCode::CONFLICT,
            Key::new("problem-conflict-title"),
            Key::new("problem-conflict-reason"),
            Key::new("problem-conflict-advice"),
        )
    }

    /// 413: more than the limit; nothing was kept.
    pub fn too_large() -> Problem {
        Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            Key::new("problem-too-large-title"),
            Key::new("problem-too-large-reason"),
            Key::new("problem-too-large-advice"),
        )
    }

    /// 415: not a kind of content that this route reads.
    pub fn media_type() -> Problem {
        Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Key::new("problem-media-type-title"),
            Key::new("problem-media-type-reason"),
            Key::new("problem-media-type-advice"),
        )
    }

    /// 422: readable, but what it says cannot be accepted.
    pub fn unprocessable() -> Problem {
        Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            Key::new("problem-unprocessable-title"),
            Key::new("problem-unprocessable-reason"),
            Key::new("problem-unprocessable-advice"),
        )
    }

    /// 429: too often; try again after so many seconds.
    pub fn too_many(seconds: u32) -> Problem {
        let mut problem = Problem::new(
            StatusCode::TOO_MANY_REQUESTS,
            Key::new("problem-too-many-title"),
            Key::new("problem-too-many-reason"),
            Message::new(Key::new("problem-too-many-advice")).with("n", seconds),
        );
        problem.0.retry_after = Some(seconds);
        problem
    }

    /// 500: our fault. What happened stands in the log of the place that noticed it, not here.
    pub fn internal() -> Problem {
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            Key::new("problem-internal-title"),
            Key::new("problem-internal-reason"),
            Key::new("problem-internal-advice"),
        )
    }

    /// 503: too much at once; nothing was accepted.
    pub fn busy() -> Problem {
        let mut problem = Problem::unavailable();
        problem.0.reason = Key::new("problem-busy-reason").into();
        problem.0.retry_after = Some(10);
        problem
    }

    /// 503: not able to work now; nothing was accepted.
    pub fn unavailable() -> Problem {
        let mut problem = Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            Key::new("problem-unavailable-title"),
            Key::new("problem-unavailable-reason"),
            Key::new("problem-unavailable-advice"),
        );
        problem.0.retry_after = Some(60);
        problem
    }

    /// 507: the disk is full; nothing was accepted.
    pub fn full() -> Problem {
        Problem::new(
            StatusCode::INSUFFICIENT_STORAGE,
            Key::new("problem-full-title"),
            Key::new("problem-full-reason"),
            Key::new("problem-full-advice"),
        )
    }

    /// The problem that a bare status of the framework stands for.
    pub(crate) fn of_status(status: StatusCode) -> Problem {
        match status {
            StatusCode::UNAUTHORIZED => Problem::sign_in(),
            StatusCode::FORBIDDEN => Problem::forbidden(),
            StatusCode::NOT_FOUND => Problem::not_found(),
            StatusCode::METHOD_NOT_ALLOWED => Problem::method(),
            StatusCode::CONFLICT => Problem::conflict(),
            StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::media_type(),
            StatusCode::UNPROCESSABLE_ENTITY => Problem::unprocessable(),
            StatusCode::TOO_MANY_REQUESTS => Problem::too_many(60),
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => Problem::unavailable(),
            StatusCode::INSUFFICIENT_STORAGE => Problem::full(),
            status if status.is_client_error() => Problem::bad_request(),
            _ => Problem::internal(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What the browser hears after a panic: a fixed text.
pub fn after_panic(_payload: Box<dyn Any + Send>) -> Response {
    tracing::error!("a request ended in a panic");
    Problem::internal().into_response()
}

/// Replaces the process's panic message, which could hold a person's words, by the place in the code. The binary calls it once at start.
pub fn quiet_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}

/// Layer: turns problems and bare error answers into a page or problem document. A page that a handler made itself stays as it is.
pub async fn readable(State(shell): State<Arc<Shell>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let headers = request.headers().clone();
    let response = next.run(request).await;
    if response.status().as_u16() < 400 || is_written(&response) {
        return response;
    }
    let problem = response
        .extensions()
        .get::<Problem>()
        .cloned()
        .unwrap_or_else(|| Problem::of_status(response.status()));
    let allow = response.headers().get(ALLOW).cloned();
    let for_programs = path.starts_with("/api/") || path == "/api" || path.starts_with("/access/");
    let mut response = if for_programs {
        document(&shell.say(api_language(&headers)), &problem)
    } else {
        page(&shell, page_language(&shell, &path, &headers), &problem)
    };
    if let Some(allow) = allow {
        response.headers_mut().insert(ALLOW, allow);
    }
    if let Some(seconds) = problem.0.retry_after {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn is_written(response: &Response) -> bool {
    response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("text/html") || kind.starts_with("application/"))
}

fn api_language(headers: &HeaderMap) -> Lang {
    headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .and_then(Lang::of_accept_language)
        .unwrap_or(Lang::DUTCH)
}

fn page_language(shell: &Shell, path: &str, headers: &HeaderMap) -> Lang {
    if path == "/work" || path.starts_with("/work/") {
        language::of_headers(shell.settings.tls, headers)
    } else {
        Lang::of_path(path)
    }
}

/// Every answer of the interface names its version (NL API Design Rules, `/core/version-header`).
const API_VERSION: HeaderName = HeaderName::from_static("api-version");

#[derive(Serialize)]
struct Document<'a> {
    r#type: &'static str,
    title: &'a str,
    status: u16,
    detail: String,
    /// What to do now.
    advice: String,
    /// The same in every language, for programs.
    code: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Field>,
}

#[derive(Serialize)]
struct Field {
    field: &'static str,
    detail: String,
    code: &'static str,
}

/// On a page, input that cannot be accepted is 422; the interface answers 400, as the NL API Design Rules ask
/// (`/core/error-handling/invalid-input`).
fn interface_status(status: StatusCode) -> StatusCode {
    match status {
        StatusCode::UNPROCESSABLE_ENTITY => StatusCode::BAD_REQUEST,
        status => status,
    }
}

fn document(t: &Say, problem: &Problem) -> Response {
    let status = interface_status(problem.0.status);
    let body = Document {
        r#type: "about:blank",
        title: &t.key(problem.0.title),
        status: status.as_u16(),
        detail: t.message(&problem.0.reason),
        advice: t.message(&problem.0.advice),
        code: problem.0.reason.key().as_str(),
        errors: problem
            .0
            .fields
            .iter()
            .map(|error| Field {
                field: error.field(),
                detail: t.message(error.message()),
                code: error.message().key().as_str(),
            })
            .collect(),
    };
    match serde_json::to_vec(&body) {
        Ok(body) => (
            status,
            [
                (CONTENT_TYPE, "application/problem+json"),
                (API_VERSION, crate::api::VERSION),
            ],
            body,
        )
            .into_response(),
        Err(_) => status.into_response(),
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    t: Say,
    frame: PublicFrame,
    title: String,
    reason: String,
    advice: String,
    errors: Vec<String>,
}

fn page(shell: &Shell, lang: Lang, problem: &Problem) -> Response {
    let t = shell.say(lang);
    let page = ProblemPage {
        frame: shell.public_frame(lang, "/"),
        title: t.key(problem.0.title).into_owned(),
        reason: t.message(&problem.0.reason),
        advice: t.message(&problem.0.advice),
        errors: problem
            .0
            .fields
            .iter()
            .map(|error| t.message(error.message()))
            .collect(),
        t,
    };
    match page.render() {
        Ok(html) => (problem.0.status, axum::response::Html(html)).into_response(),
        Err(_) => problem.0.status.into_response(),
    }
}
