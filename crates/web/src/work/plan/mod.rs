//! The register of the plan's actions (K7): by line, with filters; one action with its history; keeping it and telling how
//! it stands.

mod by_link;
mod coverage;
mod details;
mod evidence;
pub mod file;
mod file_why;
mod keep;
mod link;
mod list;
mod page;
mod pledges;
mod rounds;
mod tell;
pub mod texts;
mod update;
mod versions;

use desk::UseCase;
use domain::ids::ActionId;

use crate::problem::Problem;
use crate::routes::Routes;

/// The routes of this subject.
pub fn routes(routes: Routes) -> Routes {
    let keep = UseCase::KeepActions;
    let update = UseCase::UpdateAction;
    let routes = routes
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
        .post("/work/plan/{id}/decline", keep, tell::decline);
    pledge_routes(round_routes(routes))
        .get("/work/plan-versions", UseCase::ReadVersions, versions::list)
        .get(
            "/work/plan-versions/{id}",
            UseCase::ReadVersions,
            versions::show,
        )
        .get("/work/plan-file", keep, file::show)
        .post("/work/plan-file", keep, file::preview)
        .post("/work/plan-file/take", keep, file::take)
        .get("/work/coverage", UseCase::ReadCoverage, coverage::show)
        .get(
            "/work/coverage/choice",
            UseCase::ReadCoverage,
            coverage::choose,
        )
}

fn pledge_routes(routes: Routes) -> Routes {
    let (read, keep) = (UseCase::ReadPledges, UseCase::KeepPledges);
    routes
        .get("/work/pledges", read, pledges::list)
        .get("/work/pledges/new", keep, pledges::show_new)
        .post("/work/pledges/new", keep, pledges::make)
        .get("/work/pledges/{id}", read, pledges::show)
        .get("/work/pledges/{id}/edit", keep, pledges::show_edit)
        .post("/work/pledges/{id}/edit", keep, pledges::edit)
        .get("/work/pledges/{id}/close", keep, pledges::show_close)
        .post("/work/pledges/{id}/close", keep, pledges::close)
        .get("/work/pledges/{id}/reopen", keep, pledges::show_reopen)
        .post("/work/pledges/{id}/reopen", keep, pledges::reopen)
}

fn round_routes(routes: Routes) -> Routes {
    let (read, open) = (UseCase::ReadRounds, UseCase::OpenRound);
    let (tell, review) = (UseCase::TellInRound, UseCase::ReviewRound);
    routes
        .get("/work/rounds", read, rounds::list)
        .get("/work/rounds/new", open, rounds::show_new)
        .post("/work/rounds/new", open, rounds::make)
        .get("/work/rounds/{id}", read, rounds::show)
        .post("/work/rounds/{id}/remind", open, rounds::remind)
        .get("/work/updates/{id}", read, update::show)
        .post("/work/updates/{id}", tell, update::tell)
        .post("/work/updates/{id}/send", tell, update::send)
        .get(
            "/work/updates/{id}/files/{file}",
            UseCase::OpenEvidence,
            evidence::save,
        )
        .get("/work/evidence", UseCase::ListEvidence, evidence::list)
        .get("/work/updates/{id}/delegate", tell, link::show_delegate)
        .post("/work/updates/{id}/delegate", tell, link::delegate)
        .get("/work/updates/{id}/link", open, link::show_link)
        .post("/work/updates/{id}/link", open, link::link)
        .post("/work/updates/{id}/links-back", read, link::links_back)
        .post("/work/updates/{id}/accept", review, update::accept)
        .get("/work/updates/{id}/back", review, update::show_back)
        .post("/work/updates/{id}/back", review, update::back)
        .get("/update/{secret}", UseCase::TellByLink, by_link::arrive)
        .post("/update", UseCase::TellByLink, by_link::by_link)
        .post("/update/send", UseCase::TellByLink, by_link::send)
        .post("/update/file", UseCase::TellByLink, by_link::file)
}

/// An identifier in an address; what is none is not found.
fn id(text: &str) -> Result<ActionId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// The page of an action.
fn address(id: ActionId) -> String {
    format!("/work/plan/{id}")
}
