//! The journal for the auditor: who did what, in which role, why, on which ground, with which records and fields. Never
//! content, and reading it is itself written down.

pub(in crate::work) mod acts;
mod ask;
pub(in crate::work) mod line;

use ::desk::kept::{Head, SignedHead, Store};
use askama::Template;
use axum::response::Response;
use desk::UseCase;
use desk::journal;

use self::ask::Asked;
use self::line::Line;
use super::stores;
use crate::form::Filled;
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::Choice;
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::routes::Routes;
use crate::texts::Say;
use crate::work::Work;

/// The routes of this subject.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/work/journal", UseCase::ReadJournal, show)
}

struct HeadLine {
    store: String,
    head: Head,
}

#[derive(Template)]
#[template(path = "work/journal/journal.html")]
struct JournalPage {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    stores: Vec<Choice>,
    acts: Vec<Choice>,
    store: String,
    narrowed: bool,
    lines: Vec<Line>,
    next: Option<String>,
    heads: Vec<HeadLine>,
    signed: SignedHead,
}

/// Shows a page of a store's journal.
pub async fn show(work: Work) -> Result<Response, Problem> {
    let asked = Asked::read(&work);
    let shown = journal::read(&work.app.desk, &work.actor, work.now, &asked.ask)
        .await
        .map_err(refuse)?;
    let (t, today) = (work.say(), work.today());
    let directory = work.app.desk.directory();
    let called = line::Called {
        work: &work,
        t: &t,
        people: &shown.people,
        directory: &directory,
        asked: &asked,
    };
    let lines = shown
        .entries
        .iter()
        .map(|entry| called.line(entry))
        .collect();
    let name = |store| stores::name(&work.app, store, today, &t);
    let heads = shown.head.heads.iter().map(|head| HeadLine {
        store: name(head.store),
        head: head.clone(),
    });
    html(&JournalPage {
        frame: work.frame()?,
        stores: Store::ALL
            .into_iter()
            .map(|store| Choice::new(store.name(), name(store)))
            .collect(),
        acts: acts_of(asked.ask.store, &t),
        store: name(asked.ask.store),
        narrowed: asked.is_narrowed(),
        lines,
        next: shown.next.map(|after| asked.address(Some(after))),
        heads: heads.collect(),
        signed: shown.head.clone(),
        f: asked.filled,
        t,
    })
}

fn acts_of(store: Store, t: &Say) -> Vec<Choice> {
    let mut out: Vec<Choice> = journal::acts_of(store)
        .map(|act| Choice::new(act, acts::name(act, t)))
        .collect();
    out.sort_by_cached_key(|choice| choice.label.to_lowercase());
    out
}
