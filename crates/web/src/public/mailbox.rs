//! "My messages": the return code by form, the answer on the same page, never a code in an address.

use askama::Template;
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::Public;
use super::desk::{FormId, Mailbox, MessageInput, PublicError, ReturnCode};
use super::start::described;
use crate::form::{FieldError, Filled, Form, FormBody, Read};
use crate::page;
use crate::page::frame::PublicFrame;
use crate::problem::Problem;
use crate::steady::steady;
use crate::texts::{Key, Say};
use crate::upload::{self, Trouble, Upload};

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
    files: Vec<String>,
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

/// `POST /messages`: opens the mailbox, or adds a message to it (`go=write`), with files or without.
pub(super) async fn open(
    State(public): State<Public>,
    request: Request,
) -> Result<Response, Problem> {
    steady(open_by(public, request)).await
}

async fn open_by(public: Public, request: Request) -> Result<Response, Problem> {
    if upload::is_upload(&request) {
        let files = Upload::of(request, &public.shell)?;
        return upload::to_the_end(write_with_files(public, files)).await;
    }
    let body = FormBody::from_request(request, &()).await?;
    let asked = Asked::read(Form::new(body));
    let Ok(code) = asked.code else {
        return entry(&public, StatusCode::UNPROCESSABLE_ENTITY, asked.filled);
    };
    let mailbox = match (asked.writing, asked.text, asked.id) {
        (true, Some(text), Some(id)) => public.desk.write(code.clone(), id, text).await?,
        (true, None, _) => {
            let f = asked
                .filled
                .refused("text", Key::new("mailbox-text-missing"));
            return shown_with(&public, code, f, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        _ => public.desk.open(code.clone()).await?,
    };
    shown(&public, code, mailbox, asked.writing)
}

/// A message with files: all of it is kept or nothing.
async fn write_with_files(public: Public, mut files: Upload) -> Result<Response, Problem> {
    let (typed, came) = files.fields().await;
    let asked = Asked::read(Form::of(typed));
    let (Ok(code), Some(id)) = (asked.code, asked.id) else {
        files.read_on().await;
        return entry(&public, StatusCode::UNPROCESSABLE_ENTITY, asked.filled);
    };
    if let Err(trouble) = came {
        files.read_on().await;
        let f = refused(asked.filled, trouble);
        return shown_with(&public, code, f, trouble.status()).await;
    }
    let message = MessageInput {
        code: code.clone(),
        id,
        text: asked.text,
        silent: public
            .shell
            .say(public.lang)
            .say("mailbox-files-silent")
            .into_owned(),
    };
    match public.desk.write_with(message, files).await {
        Ok(mailbox) => shown(&public, code, mailbox, true),
        Err(PublicError::Files(trouble)) => {
            let f = refused(asked.filled, trouble);
            shown_with(&public, code, f, trouble.status()).await
        }
        Err(PublicError::Nothing) => {
            let f = asked
                .filled
                .refused("text", Key::new("mailbox-text-missing"));
            shown_with(&public, code, f, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(error.into()),
    }
}

fn refused(filled: Filled, trouble: Trouble) -> Filled {
    let wrong = vec![FieldError::new(upload::FILE, trouble.message())];
    Filled::new(filled.typed().clone(), wrong)
}

/// What was asked of a mailbox.
struct Asked {
    writing: bool,
    id: Option<FormId>,
    code: Read<ReturnCode>,
    text: Option<String>,
    /// The faults of the code, and what was typed.
    filled: Filled,
}

impl Asked {
    fn read(mut form: Form) -> Asked {
        let writing = form.raw("go") == "write";
        let id = FormId::parse(form.raw("id"));
        let code = form
            .parsed("code", ReturnCode::parse)
            .max(200)
            .or_say(Key::new("mailbox-code-missing"))
            .else_say(Key::new("mailbox-code-unknown"))
            .required();
        let text = form.text("text").max(10_000).optional().unwrap_or_default();
        Asked {
            writing,
            id,
            code,
            text,
            filled: form.into_filled(),
        }
    }
}

/// The mailbox with a form on it as it was filled in.
async fn shown_with(
    public: &Public,
    code: ReturnCode,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    match public.desk.open(code.clone()).await? {
        Some(mailbox) => page_of(public, code, mailbox, f, status, false),
        None => unknown(public),
    }
}

fn shown(
    public: &Public,
    code: ReturnCode,
    mailbox: Option<Mailbox>,
    just_sent: bool,
) -> Result<Response, Problem> {
    match mailbox {
        Some(mailbox) => {
            let f = Filled::blank();
            page_of(public, code, mailbox, f, StatusCode::OK, just_sent)
        }
        None => unknown(public),
    }
}

fn unknown(public: &Public) -> Result<Response, Problem> {
    let unknown = Filled::blank().refused("code", Key::new("mailbox-code-unknown"));
    entry(public, StatusCode::NOT_FOUND, unknown)
}

fn page_of(
    public: &Public,
    code: ReturnCode,
    mailbox: Mailbox,
    f: Filled,
    status: StatusCode,
    just_sent: bool,
) -> Result<Response, Problem> {
    let t = public.shell.say(public.lang);
    page::html_as(
        status,
        &Opened {
            frame: public.shell.public_frame(public.lang, "/messages"),
            f,
            code: code.secret().to_owned(),
            id: public.shell.chance.id()?,
            files: described(&t, &mailbox.files),
            mailbox,
            just_sent,
            t,
        },
    )
}
