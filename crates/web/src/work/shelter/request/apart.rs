//! Keeping the persons of two requests apart.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::DeskError;
use desk::placement;
use domain::ids::ShelterRequestId;

use crate::form::{Filled, Form};
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::Say;
use crate::work::shelter::{field_said, id, refused, safe, words};
use crate::work::{Work, WorkForm};

#[derive(Template)]
#[template(path = "work/shelter/apart.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    id: String,
    seen: String,
    others: Vec<Choice>,
}

async fn page(work: &Work, id: ShelterRequestId, f: Filled) -> Result<Page, Problem> {
    let desk = &work.app.desk;
    let dossier = placement::read(desk, &work.actor, work.now, id)
        .await
        .map_err(refused)?;
    let t = work.say();
    let own = id.to_string();
    let others = placement::running(desk, &work.actor)
        .await
        .map_err(refused)?
        .into_iter()
        .filter(|row| row.id != own)
        .map(|row| {
            let urgency = t.key(words::urgency(row.seen.urgency));
            let hint = format!("{urgency}, {}", t.moment(row.seen.requested));
            Choice::new(
                row.id.clone(),
                format!("{} ({hint})", words::reference(&row.id)),
            )
        })
        .collect();
    Ok(Page {
        frame: work.frame()?,
        crumbs: vec![
            Crumb::new(t.say("nav-shelter"), "/work/shelter"),
            Crumb::new(words::reference(id), format!("/work/shelter/{id}")),
        ],
        seen: match f.value("seen") {
            "" => dossier.version.to_string(),
            seen => seen.to_owned(),
        },
        f,
        id: own,
        others,
        t,
    })
}

/// Asks from whom, and why.
pub async fn apart(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    html(&page(&work, id(&text)?, Filled::blank()).await?)
}

/// Keeps them apart from now on.
pub async fn keep_apart(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: ShelterRequestId = id(&text)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let seen = form.whole("seen").required();
    let from = form
        .parsed("from", |text| text.parse::<ShelterRequestId>().ok())
        .required();
    let because = form.parsed("because", safe).max(2_000).required();
    let filled = match form.finish(|| Ok((seen?, from?, because?))) {
        Err(filled) => filled,
        Ok((seen, from, because)) => {
            let desk = &work.app.desk;
            match placement::keep_apart(desk, &work.actor, work.now, id, seen, from, because).await
            {
                Ok(()) => {
                    let page = format!("/work/shelter/{id}?done=apart");
                    return Ok(Redirect::to(&page).into_response());
                }
                Err(DeskError::Invalid(faults)) => {
                    (faults.into_iter()).fold(Filled::new(typed, Vec::new()), |filled, fault| {
                        let field = if fault.field == "because" {
                            "because"
                        } else {
                            "from"
                        };
                        filled.refused(field, field_said(&fault.key))
                    })
                }
                Err(error) => return Err(refused(error)),
            }
        }
    };
    let page = page(&work, id, filled).await?;
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
