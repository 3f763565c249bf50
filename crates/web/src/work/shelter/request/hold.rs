//! Holding a room, with the reason why a rule may be set aside.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::DeskError;
use desk::placement::{self, HoldInput};
use domain::ids::{RoomId, ShelterRequestId};

use super::offers::{Offer, view};
use crate::form::{Filled, Form};
use crate::page::frame::WorkFrame;
use crate::page::ui::Crumb;
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::shelter::{field_said, id, refused, safe, words};
use crate::work::{Work, WorkForm};

#[derive(Template)]
#[template(path = "work/shelter/relax.html")]
struct RelaxPage {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    id: String,
    room: String,
    seen: String,
    offer: Option<Offer>,
}

async fn relax_page(
    work: &Work,
    id: ShelterRequestId,
    room: &str,
    f: Filled,
) -> Result<RelaxPage, Problem> {
    let dossier = placement::read(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refused)?;
    let t = work.say();
    let offer = dossier
        .found
        .iter()
        .flat_map(|found| &found.offers)
        .find(|offer| offer.room.to_string() == room)
        .map(|offer| view(work, offer));
    Ok(RelaxPage {
        frame: work.frame()?,
        f,
        crumbs: vec![
            Crumb::new(t.say("nav-shelter"), "/work/shelter"),
            Crumb::new(words::reference(id), format!("/work/shelter/{id}")),
        ],
        id: id.to_string(),
        room: room.to_owned(),
        seen: dossier.version.to_string(),
        offer,
        t,
    })
}

/// Asks why a rule may be set aside for this room.
pub async fn relax(
    work: Work,
    Path((text, room)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let id: ShelterRequestId = id(&text)?;
    let room: RoomId = super::super::id(&room)?;
    let page = relax_page(&work, id, &room.to_string(), Filled::blank()).await?;
    if page.offer.is_none() {
        return Err(Problem::not_found());
    }
    html(&page)
}

/// Holds a room.
pub async fn hold(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: ShelterRequestId = id(&text)?;
    let room_text = body.0.first("room").to_owned();
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let seen = form.whole("seen").required();
    let room = form
        .parsed("room", |text| text.parse::<RoomId>().ok())
        .required();
    let because = form.parsed("because", safe).max(2_000).optional();
    let relax_because = form.parsed("relax_because", safe).max(2_000).optional();
    let input = form.finish(|| {
        Ok((
            seen?,
            HoldInput {
                room: room?,
                because: because?,
                relax_because: relax_because?,
                proposal: None,
            },
        ))
    });
    let (seen, input) = match input {
        Ok(input) => input,
        Err(filled) => return again(&work, id, &room_text, filled).await,
    };
    match placement::hold(&work.app.desk, &work.actor, work.now, id, seen, input).await {
        Ok(_) => Ok(Redirect::to(&format!("/work/shelter/{id}?done=held")).into_response()),
        Err(DeskError::Rule { key, .. }) if key == "shelter.relax_reason" => {
            let filled = Filled::new(typed, Vec::new())
                .refused("relax_because", Key::new("form-error-required"));
            again(&work, id, &room_text, filled).await
        }
        Err(DeskError::Invalid(faults)) => {
            let mut filled = Filled::new(typed, Vec::new());
            for fault in faults {
                let field = if fault.field == "because" {
                    "because"
                } else {
                    "relax_because"
                };
                filled = filled.refused(field, field_said(&fault.key));
            }
            again(&work, id, &room_text, filled).await
        }
        Err(error) => Err(refused(error)),
    }
}

async fn again(
    work: &Work,
    id: ShelterRequestId,
    room: &str,
    filled: Filled,
) -> Result<Response, Problem> {
    let page = relax_page(work, id, room, filled).await?;
    if page.offer.is_none() {
        return Err(Problem::conflict());
    }
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
