//! An update by its private link: without an account, the secret in forms only, and no word lost when the link ends.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use desk::DeskError;
use desk::plan::{self, UpdateView};

use super::update::{
    Came, Filling, Shown, answered, begun, came, filling, poured, shown, with_trouble,
};
use crate::app::App;
use crate::form::{Filled, Form, FormBody};
use crate::language;
use crate::page::frame::PublicFrame;
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::steady::steady;
use crate::texts::{Key, Lang, Say};
use crate::upload::{self, Upload};

#[derive(Template)]
#[template(path = "public/update.html")]
struct LinkPage {
    t: Say,
    frame: PublicFrame,
    f: Filled,
    link: String,
    s: Option<Shown>,
    /// What was typed when the link opened nothing any more.
    typed: String,
}

/// Where a private link arrives: a page with one button, the same for every link, so that a program that only looks at links opens
/// nothing, and the secret goes on in forms only.
pub async fn arrive(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(secret): Path<String>,
) -> Result<Response, Problem> {
    let lang = language::of_headers(app.shell.settings.tls, &headers);
    let known = secret.len() == 64 && secret.bytes().all(|b| b.is_ascii_hexdigit());
    html(&link_view(
        &app,
        lang,
        if known { secret } else { String::new() },
        Filled::blank(),
        None,
    ))
}

fn link_view(
    app: &App,
    lang: Lang,
    link: String,
    f: Filled,
    view: Option<(&UpdateView, Option<Key>)>,
) -> LinkPage {
    let t = app.shell.say(lang);
    let s = view.map(|(view, done)| Shown {
        done: done.map_or_else(String::new, |key| t.key(key).into_owned()),
        ..shown(app, &t, view, &f, true)
    });
    LinkPage {
        frame: app.shell.public_frame(lang, "/update"),
        f,
        link,
        s,
        typed: String::new(),
        t,
    }
}

/// Opens the update of a link or saves: always by a form. With files its time tells how large they are and nothing else.
pub async fn by_link(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    arrived(app, headers, request, false).await
}

/// Sends.
pub async fn send(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    arrived(app, headers, request, true).await
}

async fn arrived(
    app: Arc<App>,
    headers: HeaderMap,
    request: Request,
    send: bool,
) -> Result<Response, Problem> {
    let lang = language::of_headers(app.shell.settings.tls, &headers);
    if upload::is_upload(&request) {
        return upload::to_the_end(async move { by_form(&app, lang, request, send).await }).await;
    }
    steady(by_form(&app, lang, request, send)).await
}

async fn by_form(app: &App, lang: Lang, request: Request, send: bool) -> Result<Response, Problem> {
    let Came {
        typed,
        files,
        trouble,
    } = came(app, request).await?;
    let link = typed.first("link").to_owned();
    let open = || async {
        plan::read_by_link(&app.desk, app.now(), &link)
            .await
            .map_err(refuse)
    };
    if typed.first("deed") == "open" {
        let view = open().await?;
        let f = begun(&view);
        return html(&link_view(app, lang, link.clone(), f, Some((&view, None))));
    }
    let send = send || typed.first("deed") == "send";
    let (status, f) = match (trouble, filling(&typed, send)) {
        (None, Ok(filling)) => {
            match told(app, &link, &typed, filling, files).await {
                Ok(Ok(done)) => {
                    let view = open().await?;
                    let f = begun(&view);
                    let done = Key::new(done);
                    let page = link_view(app, lang, link.clone(), f, Some((&view, Some(done))));
                    return html(&page);
                }
                Ok(Err(wrong)) => wrong,
                // The link ended while somebody typed: what was typed is shown once more, to be copied.
                Err(Gone::Link) => {
                    let page = LinkPage {
                        typed: typed.first("results").to_owned(),
                        ..link_view(app, lang, String::new(), Filled::blank(), None)
                    };
                    return html_as(StatusCode::NOT_FOUND, &page);
                }
                Err(Gone::Problem(problem)) => return Err(problem),
            }
        }
        (trouble, filling) => {
            if let Some(files) = files {
                files.read_on().await;
            }
            match (trouble, filling) {
                (Some(trouble), _) => with_trouble(&typed, trouble),
                (None, Err(f)) => (StatusCode::UNPROCESSABLE_ENTITY, f),
                (None, Ok(_)) => return Err(Problem::bad_request()),
            }
        }
    };
    let view = open().await?;
    html_as(
        status,
        &link_view(app, lang, link.clone(), f, Some((&view, None))),
    )
}

/// Why nothing was told.
enum Gone {
    Link,
    Problem(Problem),
}

impl From<Problem> for Gone {
    fn from(problem: Problem) -> Gone {
        Gone::Problem(problem)
    }
}

impl From<DeskError> for Gone {
    fn from(error: DeskError) -> Gone {
        match error {
            DeskError::NotFound { .. } => Gone::Link,
            other => Gone::Problem(refuse(other)),
        }
    }
}

async fn told(
    app: &App,
    link: &str,
    typed: &crate::form::Typed,
    filling: Filling,
    files: Option<Upload>,
) -> Result<super::update::Answered, Gone> {
    let desk = &app.desk;
    let arriving = match plan::receive_evidence_by_link(desk, app.now(), link).await {
        Ok(arriving) => arriving,
        Err(error) => {
            if let Some(files) = files {
                files.read_on().await;
            }
            return Err(error.into());
        }
    };
    let evidence = match poured(typed, arriving, &filling, files).await? {
        Ok(evidence) => evidence,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let came = !evidence.files.whole().is_empty();
    let done = match filling.input.send {
        true => "updates-done-sent",
        false => "updates-done-saved",
    };
    let Filling { seen, input, .. } = filling;
    let told = plan::tell_by_link_with(desk, app.now(), link, seen, input, evidence).await;
    match told {
        Err(error @ DeskError::NotFound { .. }) => Err(error.into()),
        told => Ok(answered(typed, told, came, done)?),
    }
}

/// Gives a file of the update out, to be saved.
pub async fn file(State(app): State<Arc<App>>, body: FormBody) -> Result<Response, Problem> {
    steady(async {
        let mut form = Form::new(body);
        let link = form.raw("link").to_owned();
        let file = form.raw("file").parse();
        let file = file.map_err(|_| Problem::not_found())?;
        let content = plan::open_evidence_by_link(&app.desk, app.now(), &link, file).await;
        upload::save(content.map_err(refuse)?)
    })
    .await
}
