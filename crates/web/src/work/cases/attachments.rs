//! Files of a case: listed on the dossier, added, saved, removed with the reason.

use askama::Template;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::Response;
use desk::attachment::{Listed, Origin, Removed};
use desk::case::{self, Dossier};
use domain::attachment::FileKind;
use domain::ids::{AttachmentId, CaseId};

use super::sheet::{Ask, LOOKED, Sheet, at_fields, refusal, text};
use super::{back, case_crumbs, case_id, read};
use crate::form::{FieldError, Filled, Form, TOKEN};
use crate::page::frame::WorkFrame;
use crate::page::html_as;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::upload::{self, FILE, NotTaken, Trouble, Upload, described};
use crate::work::{Work, WorkForm};

/// Longest title of a file and longest reason for its removal, in characters.
const LONGEST: usize = 200;

/// A file as the dossier lists it.
pub(super) struct Row {
    /// What colleagues call it, or what it is.
    pub(super) title: String,
    /// What it is and how large; who added it and when.
    pub(super) about: String,
    /// Where it is saved from.
    pub(super) href: String,
    /// Where it is removed; empty: not now.
    pub(super) remove: String,
}

/// The files of a case.
pub(super) fn rows(t: &Say, dossier: &Dossier, base: &str, may_remove: bool) -> Vec<Row> {
    let row = |listed: &Listed| {
        let file = &listed.file;
        let what = described(t, file.kind, file.bytes);
        let from = match &file.origin {
            Origin::Reporter | Origin::PassedOn => t.say("cases-file-passed-on").into_owned(),
            Origin::Colleague { name, .. } => name.clone(),
        };
        let href = format!("{base}/attachments/{}", listed.id);
        Row {
            title: match &file.title {
                Some(title) => title.as_str().to_owned(),
                None => what.clone(),
            },
            about: format!("{what} · {from} · {}", t.moment(file.at)),
            remove: if may_remove {
                format!("{href}/remove")
            } else {
                String::new()
            },
            href,
        }
    };
    dossier.attachments.iter().map(row).collect()
}

/// What was removed, and why.
pub(super) fn removed(t: &Say, dossier: &Dossier) -> Vec<String> {
    let line = |note: &Removed| {
        let what = described(t, note.kind, note.bytes);
        let values = [
            ("file", what.into()),
            ("who", note.name.as_str().into()),
            ("when", t.moment(note.by.at).into()),
            ("reason", note.reason.as_str().into()),
        ];
        t.say_args("cases-file-removed", &values)
    };
    dossier.removed.iter().map(line).collect()
}

#[derive(Template)]
#[template(path = "work/cases/attachments.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    base: String,
    ask_looked: bool,
}

fn page(work: &Work, id: CaseId, f: Filled, status: StatusCode) -> Result<Response, Problem> {
    let t = work.say();
    let looks = Key::new("cases-looks-like-address");
    let warned = f.errors().iter().any(|e| e.message().key() == looks);
    html_as(
        status,
        &Page {
            frame: work.frame()?,
            ask_looked: warned || !f.value(LOOKED).is_empty(),
            f,
            crumbs: case_crumbs(&t, id),
            base: format!("/work/cases/{id}"),
            t,
        },
    )
}

/// Asks for files.
pub(super) async fn ask(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let (id, _) = read(&work, &id).await?;
    page(&work, id, Filled::blank(), StatusCode::OK)
}

/// Adds files.
pub(super) async fn add(
    work: Work,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    if !upload::is_upload(&request) {
        return Err(Problem::media_type());
    }
    let files = Upload::of(request, &work.app.shell)?;
    upload::to_the_end(add_all(work, id, files)).await
}

async fn add_all(work: Work, id: CaseId, mut files: Upload) -> Result<Response, Problem> {
    let (typed, came) = files.fields().await;
    let sound = work.app.tokens.check(work.session(), typed.first(TOKEN));
    let shown = Filled::new(typed.clone(), Vec::new());
    let mut form = Form::of(typed);
    let title = text(&mut form, "title", LONGEST).optional();
    let looked = form.flag(LOOKED).read();
    let read = form.finish(|| Ok((title?, looked?)));
    let (title, looked) = match (sound, came, read) {
        (Ok(()), Ok(()), Ok(read)) => read,
        (refused, came, read) => {
            files.read_on().await;
            refused?;
            return match (came, read) {
                (Err(trouble), _) => with_trouble(&work, id, &shown, trouble),
                (_, Err(f)) => page(&work, id, f, StatusCode::UNPROCESSABLE_ENTITY),
                (Ok(()), Ok(_)) => Err(Problem::bad_request()),
            };
        }
    };
    let (desk, actor) = (&work.app.desk, &work.actor);
    let arriving = match case::receive_files(desk, actor, work.now, id).await {
        Ok(arriving) => arriving,
        Err(error) => {
            files.read_on().await;
            return Err(refusal(error));
        }
    };
    let arriving = match files.pour(arriving).await {
        Ok(arriving) => arriving,
        Err(NotTaken::Trouble(trouble)) => return with_trouble(&work, id, &shown, trouble),
        Err(NotTaken::Desk(error)) => return Err(refusal(error)),
    };
    if arriving.whole().is_empty() {
        let wrong = vec![FieldError::new(FILE, Key::new("cases-file-none"))];
        let f = Filled::new(shown.typed().clone(), wrong);
        return page(&work, id, f, StatusCode::UNPROCESSABLE_ENTITY);
    }
    match case::add_attachments(desk, actor, work.now, id, title, looked, arriving).await {
        Ok(()) => Ok(back(id, "file-added")),
        Err(error) => match NotTaken::from(error) {
            NotTaken::Trouble(trouble) => with_trouble(&work, id, &shown, trouble),
            NotTaken::Desk(error) => {
                let f = at_fields(error, shown, &["title"])?;
                page(&work, id, f, StatusCode::UNPROCESSABLE_ENTITY)
            }
        },
    }
}

fn with_trouble(
    work: &Work,
    id: CaseId,
    shown: &Filled,
    trouble: Trouble,
) -> Result<Response, Problem> {
    let wrong = vec![FieldError::new(FILE, trouble.message())];
    let f = Filled::new(shown.typed().clone(), wrong);
    page(work, id, f, trouble.status())
}

fn file_id(text: &str) -> Result<AttachmentId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// Gives a file out, to be saved.
pub(super) async fn save(
    work: Work,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (id, file) = (case_id(&id)?, file_id(&file)?);
    let (desk, actor) = (&work.app.desk, &work.actor);
    let content = case::open_attachment(desk, actor, work.now, id, file).await?;
    upload::save(content)
}

fn removal(
    work: &Work,
    id: CaseId,
    file: AttachmentId,
    what: (FileKind, u64),
) -> Result<Sheet, Problem> {
    let t = work.say();
    Ok(Sheet::new(
        work,
        Some(id),
        &format!("/attachments/{file}/remove"),
        Key::new("cases-file-remove"),
        Key::new("cases-file-remove-button"),
    )?
    .lead(described(&t, what.0, what.1))
    .warn(t.say("cases-file-remove-warning"))
    .danger()
    .asks(vec![Ask::lines("reason", t.say("cases-reason"))]))
}

/// Asks why a file goes.
pub(super) async fn ask_removal(
    work: Work,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (id, file) = (case_id(&id)?, file_id(&file)?);
    let known = case::attachment(&work.app.desk, &work.actor, work.now, id, file)
        .await
        .map_err(refusal)?;
    removal(&work, id, file, (known.kind, known.bytes))?.show(Filled::blank())
}

/// Removes a file.
pub(super) async fn remove(
    work: Work,
    Path((id, file)): Path<(String, String)>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let (id, file) = (case_id(&id)?, file_id(&file)?);
    let typed = Filled::new(body.0.clone(), Vec::new());
    let (desk, actor) = (&work.app.desk, &work.actor);
    let known = case::attachment(desk, actor, work.now, id, file)
        .await
        .map_err(refusal)?;
    let sheet = || removal(&work, id, file, (known.kind, known.bytes));
    let mut form = Form::new(body);
    let reason = text(&mut form, "reason", LONGEST).required();
    let looked = form.flag(LOOKED).read();
    let (reason, looked) = match form.finish(|| Ok((reason?, looked?))) {
        Ok(read) => read,
        Err(f) => return sheet()?.show(f),
    };
    match case::remove_attachment(desk, actor, work.now, id, file, reason, looked).await {
        Ok(()) => Ok(back(id, "file-removed")),
        Err(error) => sheet()?.show(at_fields(error, typed, &["reason"])?),
    }
}
