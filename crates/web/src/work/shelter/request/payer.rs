//! Which municipality pays: a choice of a person, with the reason.

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
use crate::public::door;
use crate::texts::{Key, Say};
use crate::work::shelter::ask::municipality;
use crate::work::shelter::{field_said, id, refused, safe, words};
use crate::work::{Work, WorkForm};

#[derive(Template)]
#[template(path = "work/shelter/payer.html")]
struct PayerPage {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    id: String,
    seen: String,
    choices: Vec<Choice>,
}

async fn payer_page(work: &Work, id: ShelterRequestId, f: Filled) -> Result<PayerPage, Problem> {
    let dossier = placement::read(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refused)?;
    let t = work.say();
    let responsible = &dossier.stored.placing.responsible;
    let municipalities = &work.app.desk.vocabulary.municipalities;
    let mut choices: Vec<Choice> = Vec::new();
    let known = [
        (
            responsible.registered_in.as_ref(),
            Key::new("shelter-registered-in"),
        ),
        (responsible.found_in.as_ref(), Key::new("shelter-found-in")),
    ];
    for (code, key) in known {
        let Some(code) = code else { continue };
        if let Some(same) = choices
            .iter_mut()
            .find(|choice| choice.value == code.as_str())
        {
            same.hint = format!("{}, {}", same.hint, t.key(key));
            continue;
        }
        choices.push(
            Choice::new(
                code.as_str(),
                words::word(work, municipalities, code.as_str()),
            )
            .hint(t.key(key)),
        );
    }
    Ok(PayerPage {
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
        choices,
        t,
    })
}

/// Asks which municipality pays.
pub async fn payer(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    html(&payer_page(&work, id(&text)?, Filled::blank()).await?)
}

/// Records which municipality pays.
pub async fn choose_payer(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: ShelterRequestId = id(&text)?;
    let places = door::places(&work.app);
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let seen = form.whole("seen").required();
    let place = form
        .parsed("payer", |text| municipality(&places, text))
        .else_say(Key::new("shelter-error-municipality"))
        .required();
    let because = form.parsed("because", safe).max(2_000).required();
    let filled = match form.finish(|| Ok((seen?, place?, because?))) {
        Err(filled) => filled,
        Ok((seen, place, because)) => {
            match placement::choose_payer(
                &work.app.desk,
                &work.actor,
                work.now,
                id,
                seen,
                place,
                because,
            )
            .await
            {
                Ok(()) => {
                    return Ok(
                        Redirect::to(&format!("/work/shelter/{id}?done=payer")).into_response()
                    );
                }
                Err(DeskError::Invalid(faults)) => {
                    faults
                        .into_iter()
                        .fold(Filled::new(typed, Vec::new()), |filled, fault| {
                            let field = if fault.field == "because" {
                                "because"
                            } else {
                                "payer"
                            };
                            filled.refused(field, field_said(&fault.key))
                        })
                }
                Err(error) => return Err(refused(error)),
            }
        }
    };
    html_as(
        StatusCode::UNPROCESSABLE_ENTITY,
        &payer_page(&work, id, filled).await?,
    )
}
