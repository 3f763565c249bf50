//! Looking at a letter and taking it along: in a page, as PDF, as Markdown.

use askama::Template;
use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use desk::letter::{self, Format, Rendered, Which};
use domain::ids::EditionId;

use super::page::crumbs;
use super::{address, id, texts};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::Say;
use crate::work::Work;
use crate::work::form_page::refused_page;

#[derive(Template)]
#[template(path = "work/letters/preview.html")]
struct PreviewPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    id: String,
    name: String,
    /// Made by the letter itself: every text in it is escaped there.
    article: String,
}

async fn render(work: &Work, id: EditionId, format: Format) -> Result<Rendered, Problem> {
    let which = match work.query("as") {
        "frozen" => Which::AsFrozen,
        _ => Which::Corrected,
    };
    letter::render(&work.app.desk, &work.actor, work.now, id, format, which)
        .await
        .map_err(|error| refused_page(error, texts::refusal))
}

/// Shows the letter in a page, with the fixed phrases in the reader's language.
pub async fn preview(work: Work, Path(path): Path<String>) -> Result<Response, Problem> {
    let id = id(&path)?;
    let view = letter::read(&work.app.desk, &work.actor, work.now, id).await?;
    let rendered = render(&work, id, Format::Article(texts::phrases(work.lang))).await?;
    let t = work.say();
    let mut above = crumbs(&t);
    let name = view.edition.name.to_string();
    above.push(Crumb::new(name.clone(), address(id)));
    html(&PreviewPage {
        frame: work.frame()?,
        crumbs: above,
        id: id.to_string(),
        name,
        article: String::from_utf8(rendered.bytes).map_err(|_| Problem::internal())?,
        t,
    })
}

/// The letter's own looks.
pub async fn style() -> Response {
    let kind = HeaderValue::from_static("text/css; charset=utf-8");
    ([(CONTENT_TYPE, kind)], letter::stylesheet()).into_response()
}

/// The letter as PDF; `?as=frozen` gives the bytes as they were frozen.
pub async fn pdf(work: Work, Path(path): Path<String>) -> Result<Response, Problem> {
    file(render(&work, id(&path)?, Format::Pdf).await?)
}

/// The letter for Word and LibreOffice.
pub async fn docx(work: Work, Path(path): Path<String>) -> Result<Response, Problem> {
    file(render(&work, id(&path)?, Format::Docx).await?)
}

/// The files of a frozen edition with their check values and signature, as JSON.
pub async fn signature(work: Work, Path(path): Path<String>) -> Result<Response, Problem> {
    let id = id(&path)?;
    let manifest = letter::manifest(&work.app.desk, &work.actor, work.now, id).await?;
    Ok(axum::Json(manifest).into_response())
}

/// The letter as Markdown.
pub async fn markdown(work: Work, Path(path): Path<String>) -> Result<Response, Problem> {
    file(render(&work, id(&path)?, Format::Markdown).await?)
}

/// A file to keep, under a neutral name.
fn file(rendered: Rendered) -> Result<Response, Problem> {
    let disposition = format!("attachment; filename=\"{}\"", rendered.file_name);
    let disposition = HeaderValue::from_str(&disposition).map_err(|_| Problem::internal())?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(rendered.media_type)),
        (CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, rendered.bytes).into_response())
}
