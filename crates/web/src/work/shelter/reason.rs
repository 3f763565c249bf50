//! A page that asks a reason: a code of a list, and words.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use desk::DeskError;
use desk::placement::ReasonInput;

use super::{safe, words_of};
use crate::form::{Filled, Form, FormBody, Read};
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::Work;
use crate::work::deed::{Said, deed};

/// What is asked, and what follows.
pub struct Asked {
    /// The heading.
    pub title: Key,
    /// What follows from it.
    pub lead: Key,
    /// The deed itself.
    pub button: Key,
    /// The reasons.
    pub choices: Vec<Choice>,
    /// Where it is posted, and where "no" goes.
    pub action: String,
    /// Back.
    pub back: String,
    /// Name of the thing: the first characters of its id.
    pub reference: String,
}

#[derive(Template)]
#[template(path = "work/shelter/reason.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    asked: Asked,
    seen: String,
    crumbs: Vec<Crumb>,
    title: String,
    lead: String,
    button: String,
}

/// What was filled in.
pub struct Given {
    /// The version that was seen.
    pub seen: i64,
    /// The reason.
    pub reason: ReasonInput,
}

fn page(work: &Work, asked: Asked, seen: String, f: Filled) -> Result<Page, Problem> {
    let t = work.say();
    Ok(Page {
        title: t.key(asked.title).into_owned(),
        lead: t.key(asked.lead).into_owned(),
        button: t.key(asked.button).into_owned(),
        t,
        frame: work.frame()?,
        f,
        crumbs: vec![Crumb::new(asked.reference.clone(), asked.back.clone())],
        asked,
        seen,
    })
}

/// Shows the page.
pub fn show(work: &Work, asked: Asked) -> Result<Response, Problem> {
    let seen = work.query("seen").to_owned();
    html(&page(work, asked, seen, Filled::blank())?)
}

fn read(form: &mut Form) -> Read<Given> {
    let seen = form.whole("seen").required();
    let code = form.line("reason").max(60).required();
    let note = form.parsed("note", safe).max(2_000).optional();
    let reason = ReasonInput {
        code: code?,
        note: note?,
    };
    Ok(Given {
        seen: seen?,
        reason,
    })
}

/// Reads the page and does the deed; gives the page again when something is wrong with it. `asked` is made only then.
pub async fn take<F>(
    work: &Work,
    body: FormBody,
    asked: impl Future<Output = Result<Asked, Problem>>,
    act: impl FnOnce(Given) -> F,
) -> Result<Option<Response>, Problem>
where
    F: Future<Output = Result<(), DeskError>>,
{
    let said = Said {
        fields: &["reason", "note"],
        words: words_of,
    };
    let Err(filled) = deed(body, said, read, act).await? else {
        return Ok(None);
    };
    let seen = filled.value("seen").to_owned();
    let page = page(work, asked.await?, seen, filled)?;
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &page).map(Some)
}
