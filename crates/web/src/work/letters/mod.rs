//! Editions of the progress letter (K7): composed, looked at, frozen, corrected, downloaded.

mod changes;
mod edit;
mod end;
mod list;
mod page;
mod parts;
mod texts;
mod view;

use desk::UseCase;
use domain::ids::EditionId;

use crate::problem::Problem;
use crate::routes::Routes;

/// The routes of this subject.
pub fn routes(routes: Routes) -> Routes {
    let case = UseCase::EditLetter;
    let freeze = UseCase::FreezeLetter;
    routes
        .get("/work/letters", case, list::show)
        .get("/work/letters/new", case, list::show_new)
        .post("/work/letters/new", case, list::begin)
        .get("/work/letters/style.css", case, view::style)
        .get("/work/letters/{id}", case, page::show)
        .get("/work/letters/{id}/head", case, edit::show_head)
        .post("/work/letters/{id}/head", case, edit::head)
        .get("/work/letters/{id}/texts", case, edit::show_texts)
        .post("/work/letters/{id}/texts", case, edit::texts)
        .get("/work/letters/{id}/line", case, parts::show_line)
        .post("/work/letters/{id}/pick", case, parts::pick)
        .post("/work/letters/{id}/drop", case, parts::drop_it)
        .post("/work/letters/{id}/up", case, parts::up)
        .get("/work/letters/{id}/words", case, parts::show_words)
        .post("/work/letters/{id}/words", case, parts::words)
        .get("/work/letters/{id}/figures", case, parts::show_figures)
        .post("/work/letters/{id}/figures", case, parts::figures)
        .get("/work/letters/{id}/commitment", case, edit::show_commitment)
        .post("/work/letters/{id}/commitment", case, edit::commitment)
        .post("/work/letters/{id}/uncommit", case, edit::uncommit)
        .get("/work/letters/{id}/preview", case, view::preview)
        .get("/work/letters/{id}/pdf", case, view::pdf)
        .get("/work/letters/{id}/docx", case, view::docx)
        .get("/work/letters/{id}/markdown", case, view::markdown)
        .get("/work/letters/{id}/signature", case, view::signature)
        .get("/work/letters/{id}/changes", case, changes::show)
        .get("/work/letters/{id}/freeze", freeze, end::ask_freeze)
        .post("/work/letters/{id}/freeze", freeze, end::freeze)
        .get("/work/letters/{id}/correct", freeze, end::show_correct)
        .post("/work/letters/{id}/correct", freeze, end::correct)
        .get("/work/letters/{id}/sent", freeze, end::show_sent)
        .post("/work/letters/{id}/sent", freeze, end::sent)
}

/// An identifier in an address; what is none is not found.
fn id(text: &str) -> Result<EditionId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// The page of an edition.
fn address(id: EditionId) -> String {
    format!("/work/letters/{id}")
}
