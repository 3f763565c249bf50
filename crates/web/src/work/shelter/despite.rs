//! A held room that no longer fits: what it does not meet in words, and the placing officer's decision to keep it all the same.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::placement::{self, Misfit, NoMore};
use domain::ids::{PlacementId, ShelterRequestId};

use super::{id, refused, safe, words, words_of};
use crate::form::{Filled, Form, Read};
use crate::page::frame::WorkFrame;
use crate::page::ui::Crumb;
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::Say;
use crate::work::deed::{Said, deed};
use crate::work::{Work, WorkForm};

/// What a room does not meet any more, one line a rule.
pub fn lines(t: &Say, misfit: Option<&Misfit>) -> Vec<String> {
    let rules = misfit.map(|one| one.rules.as_slice()).unwrap_or_default();
    (rules.iter())
        .map(|rule| t.key(words::rule(rule)).into_owned())
        .collect()
}

/// A line of a list: which one no longer fits, and why.
pub struct Line {
    /// Its page.
    pub href: String,
    /// Its reference.
    pub reference: String,
    /// Why, in words.
    pub why: String,
}

/// Those whose room no longer fits, as a list; `page` is the page of one.
pub fn listed(t: &Say, found: &[NoMore], page: impl Fn(&NoMore) -> (String, String)) -> Vec<Line> {
    (found.iter())
        .map(|one| {
            let (href, reference) = page(one);
            Line {
                href,
                reference,
                why: lines(t, Some(&one.misfit)).join(", "),
            }
        })
        .collect()
}

#[derive(Template)]
#[template(path = "work/shelter/despite.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    id: String,
    back: String,
    seen: String,
    lines: Vec<String>,
}

async fn page(work: &Work, id: PlacementId, f: Filled) -> Result<Page, Problem> {
    let back = super::placement::page_of(work, id).await?;
    let request: ShelterRequestId = (back.rsplit('/').next())
        .and_then(|text| text.parse().ok())
        .ok_or_else(Problem::not_found)?;
    let dossier = placement::read(&work.app.desk, &work.actor, work.now, request)
        .await
        .map_err(refused)?;
    let found = (dossier.placements.iter())
        .find(|one| one.stored.placement.id == id)
        .ok_or_else(Problem::not_found)?;
    let t = work.say();
    Ok(Page {
        frame: work.frame()?,
        crumbs: vec![
            Crumb::new(t.say("nav-shelter"), "/work/shelter"),
            Crumb::new(words::reference(request), back.clone()),
        ],
        seen: match f.value("seen") {
            "" => found.version.to_string(),
            seen => seen.to_owned(),
        },
        f,
        id: id.to_string(),
        back,
        lines: lines(&t, found.misfit.as_ref()),
        t,
    })
}

/// Asks why the room is kept all the same.
pub async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    html(&page(&work, id(&text)?, Filled::blank()).await?)
}

/// Keeps it.
pub async fn keep(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: PlacementId = id(&text)?;
    let said = Said {
        fields: &["because"],
        words: words_of,
    };
    let read = |form: &mut Form| -> Read<_> {
        let seen = form.whole("seen").required();
        let because = form.parsed("because", safe).max(2_000).required();
        Ok((seen?, because?))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, because)| placement::keep_despite(desk, &work.actor, now, id, seen, because);
    let Err(filled) = deed(body, said, read, act).await? else {
        let back = super::placement::page_of(&work, id).await?;
        return Ok(Redirect::to(&format!("{back}?done=kept")).into_response());
    };
    let page = page(&work, id, filled).await?;
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
