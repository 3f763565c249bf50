//! The administrator of people: organisations and accounts. No content of any compartment.

mod account;
mod add;
mod list;
mod organisations;
mod roster;

use axum::response::{IntoResponse, Redirect, Response};
use desk::sign_in::require_fresh;
use desk::{FieldError as Fault, UseCase};
use domain::ids::UserId;

use crate::form::FieldError;
use crate::problem::Problem;
use crate::routes::Routes;
use crate::texts::Key;
use crate::work::Work;

/// The routes of this subject.
pub fn routes(routes: Routes) -> Routes {
    let case = UseCase::KeepPeople;
    routes
        .get("/work/people", case, list::show)
        .get("/work/people/new", case, add::show)
        .post("/work/people/new", case, add::make)
        .get("/work/people/organisations", case, organisations::list)
        .get("/work/people/organisations/new", case, organisations::show)
        .post("/work/people/organisations/new", case, organisations::make)
        .get("/work/people/roster", UseCase::KeepRoster, roster::show)
        .post("/work/people/roster", UseCase::KeepRoster, roster::set)
        .post(
            "/work/people/roster/{id}/end",
            UseCase::KeepRoster,
            roster::end,
        )
        .get("/work/people/{id}", case, account::show)
        .get("/work/people/{id}/block", case, account::confirm)
        .post("/work/people/{id}/block", case, account::block)
}

/// What was just done.
const DONE: &[(&str, Key)] = &[
    ("blocked", Key::new("people-done-blocked")),
    ("organisation", Key::new("people-done-organisation")),
    ("fresh", Key::new("account-done-fresh")),
    ("shift", Key::new("roster-done-set")),
    ("shift-ended", Key::new("roster-done-ended")),
];

/// Where to show the second factor first, if that is needed before this page's step.
fn factor_first(work: &Work, back: &str) -> Option<Response> {
    let to = format!("/work/fresh-factor?back={back}");
    require_fresh(&work.actor, work.now)
        .is_err()
        .then(|| Redirect::to(&to).into_response())
}

/// An identifier in an address; what is none is not found.
fn user(id: &str) -> Result<UserId, Problem> {
    id.parse().map_err(|_| Problem::not_found())
}

/// The desk's faults at the fields of a form.
fn faults(
    faults: &[Fault],
    known: &[(&str, &'static str, Key)],
    otherwise: &'static str,
) -> Vec<FieldError> {
    let at_field = |fault: &Fault| {
        let found = known
            .iter()
            .find(|(name, _, _)| *name == fault.field)
            .map(|(_, field, key)| FieldError::new(field, *key));
        found.unwrap_or_else(|| FieldError::new(otherwise, Key::new("form-error-choice")))
    };
    faults.iter().map(at_field).collect()
}
