//! Signing in, out, and showing the second factor again.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use desk::DeskError;
use desk::sign_in::{Credentials, refresh_factor, sign_in, sign_out};

use crate::app::App;
use crate::form::{Filled, Form, FormBody};
use crate::page::frame::{PublicFrame, WorkFrame};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Key, Say};
use crate::work::{Work, WorkForm};
use crate::{cookie, language};

#[derive(Template)]
#[template(path = "work/sign-in.html")]
struct SignInPage {
    t: Say,
    frame: PublicFrame,
    f: Filled,
}

#[derive(Template)]
#[template(path = "work/fresh-factor.html")]
struct FactorPage {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    back: String,
}

fn page(app: &App, headers: &HeaderMap, f: Filled) -> SignInPage {
    let lang = language::of_headers(app.shell.settings.tls, headers);
    SignInPage {
        t: app.shell.say(lang),
        frame: app.shell.public_frame(lang, "/work/sign-in"),
        f,
    }
}

/// The sign-in page.
pub async fn show(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    html(&page(&app, &headers, Filled::default()))
}

/// Signs in.
pub async fn enter(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: FormBody,
) -> Result<Response, Problem> {
    let mut form = Form::new(body);
    let user = form.line("user").max(100).required();
    let password = form.line("password").max(200).required();
    let totp = form.line("totp").max(12).required();
    let shown = form.finish(|| {
        Ok(Credentials {
            user: user?,
            password: password?.into(),
            totp: totp?,
        })
    });
    let shown = match shown {
        Ok(shown) => shown,
        Err(filled) => {
            return html_as(
                StatusCode::UNPROCESSABLE_ENTITY,
                &page(&app, &headers, filled),
            );
        }
    };
    let user = shown.user.clone();
    match sign_in(&app.desk, app.now(), shown).await {
        Ok(token) => {
            let mut response = Redirect::to("/work").into_response();
            if let Some(value) = cookie::SESSION.set(app.shell.settings.tls, &token, None) {
                response.headers_mut().append(SET_COOKIE, value);
            }
            Ok(response)
        }
        Err(DeskError::SignInRefused) => {
            // The name stays in its field; the password does not come back.
            let filled =
                Filled::with(&[("user", &user)]).refused("user", Key::new("sign-in-refused"));
            html_as(
                StatusCode::UNPROCESSABLE_ENTITY,
                &page(&app, &headers, filled),
            )
        }
        Err(error) => Err(refuse(error)),
    }
}

/// Signs out.
pub async fn leave(work: Work, WorkForm(_): WorkForm) -> Result<Response, Problem> {
    sign_out(&work.app.desk, work.session()).await?;
    let mut response = Redirect::to("/work/sign-in").into_response();
    if let Some(value) = cookie::SESSION.remove(work.app.shell.settings.tls) {
        response.headers_mut().append(SET_COOKIE, value);
    }
    Ok(response)
}

/// Asks the second factor again; `?back=` says where it was needed.
pub async fn show_factor(work: Work) -> Result<Response, Problem> {
    html(&FactorPage {
        t: work.say(),
        frame: work.frame()?,
        f: Filled::default(),
        back: back(work.query("back")),
    })
}

/// A page of professionals on this site, never an address elsewhere; anything else leads to the first page of work.
fn back(path: &str) -> String {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'/' | b'-');
    let ours = path.starts_with("/work/") && path.len() <= 200 && path.bytes().all(plain);
    if ours { path } else { "/work" }.to_owned()
}

/// Takes the second factor and goes back to where it was asked.
pub async fn take_factor(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let mut form = Form::new(body);
    let back = back(form.raw("back"));
    let totp = form.line("totp").max(12).required();
    let totp = match form.finish(|| totp) {
        Ok(totp) => totp,
        Err(f) => return again(&work, f, back),
    };
    match refresh_factor(&work.app.desk, work.now, work.session(), &totp).await {
        Ok(()) => Ok(Redirect::to(&format!("{back}?done=fresh")).into_response()),
        Err(DeskError::SignInRefused) => again(
            &work,
            Filled::blank().refused("totp", Key::new("sign-in-code-refused")),
            back,
        ),
        Err(error) => Err(refuse(error)),
    }
}

fn again(work: &Work, f: Filled, back: String) -> Result<Response, Problem> {
    html_as(
        StatusCode::UNPROCESSABLE_ENTITY,
        &FactorPage {
            t: work.say(),
            frame: work.frame()?,
            f,
            back,
        },
    )
}
