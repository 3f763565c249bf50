//! The register of the plan's actions (K7): by line, with filters; one action with its history; keeping it and telling how
//! it stands.

mod keep;
mod list;
mod page;
mod tell;
pub mod texts;

use desk::UseCase;
use domain::ids::ActionId;

use crate::problem::Problem;
use crate::routes::Routes;

/// The routes of this subject.
pub fn routes(routes: Routes) -> Routes {
    let keep = UseCase::KeepActions;
    let update = UseCase::UpdateAction;
    routes
        .get("/work/plan", UseCase::ListActions, list::show)
        .get("/work/plan/new", keep, keep::show_new)
        .post("/work/plan/new", keep, keep::make)
        .get("/work/plan/{id}", UseCase::ReadAction, page::show)
        .get("/work/plan/{id}/edit", keep, keep::show)
        .post("/work/plan/{id}/edit", keep, keep::change)
        .get("/work/plan/{id}/update", update, tell::show)
        .post("/work/plan/{id}/update", update, tell::tell)
        .post("/work/plan/{id}/confirm", keep, tell::confirm)
        .get("/work/plan/{id}/decline", keep, tell::show_decline)
        .post("/work/plan/{id}/decline", keep, tell::decline)
}

/// An identifier in an address; what is none is not found.
fn id(text: &str) -> Result<ActionId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// The page of an action.
fn address(id: ActionId) -> String {
    format!("/work/plan/{id}")
}
