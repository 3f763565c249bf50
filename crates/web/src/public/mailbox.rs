//! "My messages": the return code by form, the answer on the same page, never a code in an address.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::Public;
use super::desk::{FormId, Mailbox, ReturnCode};
use crate::form::{Filled, Form, FormBody};
use crate::page;
use crate::page::frame::PublicFrame;
use crate::problem::Problem;
use crate::texts::{Key, Say};

#[derive(Template)]
#[template(path = "public/mailbox_enter.html")]
struct Enter {
    t: Say,
    frame: PublicFrame,
    f: Filled,
}

#[derive(Template)]
#[template(path = "public/mailbox.html")]
struct Opened {
    t: Say,
    frame: PublicFrame,
    f: Filled,
    code: String,
    id: String,
    mailbox: Mailbox,
    just_sent: bool,
}

/// `GET /messages`: asks for the code.
pub(super) async fn enter(State(public): State<Public>) -> Result<Response, Problem> {
    entry(&public, StatusCode::OK, Filled::blank())
}

fn entry(public: &Public, status: StatusCode, f: Filled) -> Result<Response, Problem> {
    page::html_as(
        status,
        &Enter {
            t: public.shell.say(public.lang),
            frame: public.shell.public_frame(public.lang, "/messages"),
            f,
        },
    )
}

/// `POST /messages`: opens the mailbox, or adds a message to it (`go=write`).
pub(super) async fn open(
    State(public): State<Public>,
    body: FormBody,
) -> Result<Response, Problem> {
    let mut form = Form::new(body);
    let writing = form.raw("go") == "write";
    let id = FormId::parse(form.raw("id"));
    let code = form
        .parsed("code", ReturnCode::parse)
        .max(200)
        .or_say(Key::new("mailbox-code-missing"))
        .else_say(Key::new("mailbox-code-unknown"))
        .required();
    let text = form.text("text").max(10_000);
    let text = if writing {
        text.or_say(Key::new("mailbox-text-missing"))
            .required()
            .map(Some)
    } else {
        text.optional()
    };
    let Ok(code) = code else {
        return entry(
            &public,
            StatusCode::UNPROCESSABLE_ENTITY,
            form.into_filled(),
        );
    };
    let (mailbox, filled) = match (writing, text, id) {
        (true, Ok(Some(text)), Some(id)) => {
            (public.desk.write(code.clone(), id, text).await?, None)
        }
        (true, Err(_), _) => (
            public.desk.open(code.clone()).await?,
            Some(form.into_filled()),
        ),
        _ => (public.desk.open(code.clone()).await?, None),
    };
    let Some(mailbox) = mailbox else {
        let unknown = Filled::blank().refused("code", Key::new("mailbox-code-unknown"));
        return entry(&public, StatusCode::NOT_FOUND, unknown);
    };
    let wrong = filled.as_ref().is_some_and(Filled::is_wrong);
    page::html_as(
        if wrong {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        },
        &Opened {
            t: public.shell.say(public.lang),
            frame: public.shell.public_frame(public.lang, "/messages"),
            f: filled.unwrap_or_default(),
            code: code.secret().to_owned(),
            id: public.shell.chance.id()?,
            mailbox,
            just_sent: writing && !wrong,
        },
    )
}
