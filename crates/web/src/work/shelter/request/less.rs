//! Asking less strictly when nothing fits: a decision of the coordinator with the person, with its reason.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::DeskError;
use desk::placement::{self, LessStrict, StoredRequest};
use domain::ids::ShelterRequestId;
use domain::shelter_request::Security;

use crate::form::{Filled, Form};
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::{Arg, Say};
use crate::work::shelter::{field_said, id, refused, safe, words};
use crate::work::{Work, WorkForm};

/// A person may go to an open place; nobody is asked to choose less than that.
const LEVELS: &[Security] = &[Security::Open, Security::SecretAddress];
/// Smaller distances, in kilometres as asked.
const STEPS_KM: &[u16] = &[0, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150];

#[derive(Template)]
#[template(path = "work/shelter/less.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    id: String,
    seen: String,
    choices: Vec<Choice>,
}

/// Whether anything could be asked less strictly.
pub(super) fn anything(stored: &StoredRequest) -> bool {
    !stored.avoid.is_empty() || stored.request.needs.security != Security::Open
}

fn choices(work: &Work, stored: &StoredRequest) -> Vec<Choice> {
    let t = work.say();
    let v = &work.app.desk.vocabulary;
    let mut out = Vec::new();
    for (index, place) in stored.avoid.iter().enumerate() {
        let name = words::word(work, &v.municipalities, place.municipality.as_str());
        for km in STEPS_KM.iter().rev().filter(|km| **km < place.radius_km) {
            let label = t.say_args(
                "shelter-less-avoid",
                &[
                    ("place", Arg::Text(name.clone())),
                    ("from", i64::from(place.radius_km).into()),
                    ("to", i64::from(*km).into()),
                ],
            );
            out.push(Choice::new(format!("avoid-{index}-{km}"), label));
        }
    }
    let asked = stored.request.needs.security;
    for level in LEVELS
        .iter()
        .rev()
        .filter(|level| level.level() < asked.level())
    {
        let word = words::word(work, &v.security_levels, &words::code_of(level));
        let label = t.say_with("shelter-less-security", "level", word);
        out.push(Choice::new(format!("security-{}", level.level()), label));
    }
    out
}

fn parsed(text: &str) -> Option<LessStrict> {
    let mut parts = text.split('-');
    match (parts.next()?, parts.next()?, parts.next()) {
        ("security", level, None) => {
            Security::from_level(level.parse().ok()?).map(LessStrict::Security)
        }
        ("avoid", index, Some(km)) => Some(LessStrict::Avoid {
            index: index.parse().ok()?,
            radius_km: km.parse().ok()?,
        }),
        _ => None,
    }
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
        choices: choices(work, &dossier.stored),
        t,
    })
}

/// Asks what may be less strict, and why.
pub async fn less(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    html(&page(&work, id(&text)?, Filled::blank()).await?)
}

/// Asks less strictly from now on.
pub async fn ask_less(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: ShelterRequestId = id(&text)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let seen = form.whole("seen").required();
    let what = form.parsed("what", parsed).required();
    let because = form.parsed("because", safe).max(2_000).required();
    let filled = match form.finish(|| Ok((seen?, what?, because?))) {
        Err(filled) => filled,
        Ok((seen, what, because)) => {
            let desk = &work.app.desk;
            match placement::relax(desk, &work.actor, work.now, id, seen, what, because).await {
                Ok(()) => {
                    let page = format!("/work/shelter/{id}?done=less");
                    return Ok(Redirect::to(&page).into_response());
                }
                Err(DeskError::Invalid(faults)) => {
                    (faults.into_iter()).fold(Filled::new(typed, Vec::new()), |filled, fault| {
                        let field = if fault.field == "because" {
                            "because"
                        } else {
                            "what"
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
