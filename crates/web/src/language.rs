//! The language of a professional's pages: chosen once, kept in a cookie. Public pages carry theirs in the address.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRequestParts, State};
use axum::http::header::{ACCEPT_LANGUAGE, SET_COOKIE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};

use crate::cookie;
use crate::form::{Form, FormBody};
use crate::problem::Problem;
use crate::shell::Shell;
use crate::texts::Lang;

const A_YEAR_IN_SECONDS: u32 = 365 * 24 * 3600;

/// The language of a work page: the cookie, else what the browser prefers, else Dutch.
#[derive(Clone, Copy, Debug)]
pub struct WorkLang(pub Lang);

impl FromRequestParts<Arc<Shell>> for WorkLang {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        shell: &Arc<Shell>,
    ) -> Result<WorkLang, Infallible> {
        Ok(WorkLang(of_headers(shell.settings.tls, &parts.headers)))
    }
}

/// As [`WorkLang`], from the headers.
pub fn of_headers(tls: bool, headers: &axum::http::HeaderMap) -> Lang {
    cookie::LANGUAGE
        .read(tls, headers)
        .and_then(Lang::from_code)
        .or_else(|| {
            headers
                .get(ACCEPT_LANGUAGE)
                .and_then(|value| value.to_str().ok())
                .and_then(Lang::of_accept_language)
        })
        .unwrap_or(Lang::DUTCH)
}

/// `POST /language`: keeps the choice and goes back to the page that it was made on.
pub async fn choose(State(shell): State<Arc<Shell>>, body: FormBody) -> Result<Response, Problem> {
    let mut form = Form::new(body);
    let lang = form.parsed("language", Lang::from_code).required();
    let back = form.line("back").max(500).optional();
    let (lang, back) = form
        .finish(|| Ok((lang?, back?)))
        .map_err(|_| Problem::bad_request())?;
    let back = back
        .filter(|path| is_own_path(path))
        .unwrap_or_else(|| "/".to_owned());
    let mut response = Redirect::to(&back).into_response();
    if let Some(set) =
        cookie::LANGUAGE.set(shell.settings.tls, lang.code(), Some(A_YEAR_IN_SECONDS))
    {
        response.headers_mut().append(SET_COOKIE, set);
    }
    Ok(response)
}

/// A path on this site, never an address elsewhere (`//evil.example`, `/\evil.example`).
fn is_own_path(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path
            .bytes()
            .all(|b| (0x21..0x7f).contains(&b) && b != b'\\')
}

#[cfg(test)]
mod tests {
    use super::is_own_path;

    #[test]
    fn back_goes_only_to_this_site() {
        assert!(is_own_path("/work/cases?page=2"));
        for bad in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\nb",
            "",
        ] {
            assert!(!is_own_path(bad), "{bad}");
        }
    }
}
