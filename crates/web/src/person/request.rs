//! Asking on one's own page: to see, correct or erase the data, or to object; and taking it back. No account, no cookie: the code goes
//! along in the form.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use desk::{DeskError, request};
use domain::request::{Right, WORDS_MAX};

use super::{code_of, entry, shown_after};
use crate::app::App;
use crate::form::{Filled, Form, FormBody};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::steady::steady;
use crate::texts::{Key, Lang};
use crate::work::form_page::safe_text;

const RIGHTS: [(&str, Right); 6] = [
    ("access", Right::Access),
    ("correction", Right::Correction),
    ("erasure", Right::Erasure),
    ("objection", Right::Objection),
    ("restriction", Right::Restriction),
    ("portability", Right::Portability),
];

/// She asks.
pub(super) async fn ask(
    State(app): State<Arc<App>>,
    uri: Uri,
    body: FormBody,
) -> Result<Response, Problem> {
    steady(ask_by(&app, Lang::of_path(uri.path()), body)).await
}

async fn ask_by(app: &App, lang: Lang, body: FormBody) -> Result<Response, Problem> {
    let mut form = Form::new(body);
    let Some(code) = code_of(&mut form) else {
        let missing = Filled::blank().refused("code", Key::new("my-code-missing"));
        return entry(app, lang, StatusCode::UNPROCESSABLE_ENTITY, missing);
    };
    let right = form
        .one_of("right", &RIGHTS)
        .or_say(Key::new("my-request-which"))
        .required();
    let words = safe_text(&mut form, "words", WORDS_MAX).optional();
    let input = form.finish(|| Ok((right?, words?)));
    let (right, words) = match input {
        Ok(input) => input,
        Err(filled) => return shown_after(app, lang, &code, filled, None).await,
    };
    match request::ask(&app.desk, app.now(), &code, right, words.clone()).await {
        Ok(_) => {
            let done = Some(Key::new("my-request-done"));
            shown_after(app, lang, &code, Filled::blank(), done).await
        }
        Err(DeskError::NotFound { .. }) => {
            let unknown = Filled::blank().refused("code", Key::new("my-code-unknown"));
            entry(app, lang, StatusCode::NOT_FOUND, unknown)
        }
        Err(DeskError::Invalid(_)) => {
            let filled = Filled::with(&[("right", right.code())]);
            let filled = filled.refused("words", Key::new("my-request-words-missing"));
            shown_after(app, lang, &code, filled, None).await
        }
        Err(DeskError::Rule { .. }) => {
            let text = words.as_ref().map_or("", |words| words.as_str());
            let filled = Filled::with(&[("right", right.code()), ("words", text)]);
            let filled = filled.refused("right", Key::new("my-request-twice"));
            shown_after(app, lang, &code, filled, None).await
        }
        Err(error) => Err(refuse(error)),
    }
}

/// She takes a request back.
pub(super) async fn take_back(
    State(app): State<Arc<App>>,
    uri: Uri,
    body: FormBody,
) -> Result<Response, Problem> {
    steady(take_back_by(&app, Lang::of_path(uri.path()), body)).await
}

async fn take_back_by(app: &App, lang: Lang, body: FormBody) -> Result<Response, Problem> {
    let mut form = Form::new(body);
    let code = code_of(&mut form).ok_or_else(Problem::not_found)?;
    let id = form.parsed("request", |text| text.parse().ok()).required();
    let id = form.finish(|| id).map_err(|_| Problem::bad_request())?;
    match request::withdraw(&app.desk, app.now(), &code, id).await {
        Ok(()) => {
            let done = Some(Key::new("my-request-taken-back"));
            shown_after(app, lang, &code, Filled::blank(), done).await
        }
        Err(error) => Err(refuse(error)),
    }
}
