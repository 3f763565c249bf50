//! Taking the request back, and asking the next place for the same persons.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use desk::placement;
use domain::ids::ShelterRequestId;

use crate::form::Form;
use crate::problem::Problem;
use crate::texts::Key;
use crate::work::shelter::reason::{self, Asked, Given};
use crate::work::shelter::{id, refused, words};
use crate::work::{Work, WorkForm};

fn withdrawal(work: &Work, id: ShelterRequestId) -> Asked {
    Asked {
        title: Key::new("shelter-withdraw-request"),
        lead: Key::new("shelter-withdraw-request-lead"),
        button: Key::new("shelter-withdraw-request"),
        choices: words::choices(work, &work.app.desk.vocabulary.withdrawal_reasons),
        action: format!("/work/shelter/{id}/withdraw"),
        back: format!("/work/shelter/{id}"),
        reference: words::reference(id),
    }
}

/// Asks why the request is taken back.
pub async fn withdraw_form(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let asked = withdrawal(&work, id(&text)?);
    reason::show(&work, asked)
}

/// Takes the request back.
pub async fn withdraw(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: ShelterRequestId = id(&text)?;
    let (desk, now) = (&work.app.desk, work.now);
    let act = |given: Given| {
        placement::withdraw_request(desk, &work.actor, now, id, given.seen, given.reason)
    };
    let asked = async { Ok(withdrawal(&work, id)) };
    match reason::take(&work, body, asked, act).await? {
        Some(again) => Ok(again),
        None => Ok(Redirect::to("/work/shelter?done=withdrawn").into_response()),
    }
}

/// Asks the next place for the same persons.
pub async fn follow_up(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: ShelterRequestId = id(&text)?;
    Form::new(body)
        .finish(|| Ok(()))
        .map_err(|_| Problem::bad_request())?;
    let next = placement::follow_up(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refused)?;
    Ok(Redirect::to(&format!("/work/shelter/{next}?done=asked")).into_response())
}
