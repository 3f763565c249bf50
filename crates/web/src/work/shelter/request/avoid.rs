//! An area to stay away from that became known later.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::placement::{self, AVOID_MARGIN_KM, AvoidPlace};
use domain::ids::ShelterRequestId;

use crate::form::{Filled, Form, Read};
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::public::door;
use crate::texts::{Key, Say};
use crate::work::deed::{Said, deed};
use crate::work::shelter::{ask, id, refused, safe, words, words_of};
use crate::work::{Work, WorkForm};

#[derive(Template)]
#[template(path = "work/shelter/avoid.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    id: String,
    seen: String,
    held: bool,
    margin: i64,
    whys: Vec<Choice>,
    municipalities: Vec<String>,
}

async fn page(work: &Work, id: ShelterRequestId, f: Filled) -> Result<Page, Problem> {
    let dossier = placement::read(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refused)?;
    let t = work.say();
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
        id: id.to_string(),
        held: dossier.stored.request.state_name() == "offered",
        margin: i64::from(AVOID_MARGIN_KM),
        whys: ask::whys(&t),
        municipalities: ask::municipalities(work),
        t,
    })
}

/// Asks which area, and what became known.
pub async fn avoid(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    html(&page(&work, id(&text)?, Filled::blank()).await?)
}

/// Adds the area.
pub async fn avoid_more(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: ShelterRequestId = id(&text)?;
    let places = door::places(&work.app);
    let read = |form: &mut Form| -> Read<_> {
        let seen = form.whole("seen").required();
        let municipality = form
            .parsed("avoid", |text| ask::municipality(&places, text))
            .else_say(Key::new("shelter-error-municipality"))
            .required();
        let radius = form.whole("km").within(1, 300);
        let why = form.parsed("why", ask::known_why).required();
        let because = form.parsed("because", safe).max(2_000).required();
        let place = AvoidPlace {
            municipality: municipality?,
            radius_km: u16::try_from(radius?).unwrap_or(300),
            why: why?,
        };
        Ok((seen?, place, because?))
    };
    let said = Said {
        fields: &["avoid", "km", "why", "because"],
        words: words_of,
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, place, because)| {
        placement::avoid_more(desk, &work.actor, now, id, seen, place, because)
    };
    let Err(filled) = deed(body, said, read, act).await? else {
        let page = format!("/work/shelter/{id}?done=avoid");
        return Ok(Redirect::to(&page).into_response());
    };
    let page = page(&work, id, filled).await?;
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
