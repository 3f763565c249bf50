//! Cases at care: the list, the dossier, and one page or button for each thing that can be done.

mod arrive;
mod attachments;
mod close;
mod code;
mod consents;
mod course;
mod dossier;
pub(crate) mod facts;
mod indicators;
mod list;
mod person;
mod register;
pub mod sheet;
pub mod texts;
mod transfer;

use axum::response::{IntoResponse, Redirect, Response};
use desk::UseCase as U;
use desk::case::Dossier;
use domain::ids::CaseId;

use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::routes::Routes;
use crate::texts::Say;
pub use crate::words::reference;
use crate::work::Work;

/// The routes of this subject.
pub fn routes(routes: Routes) -> Routes {
    let routes = routes
        .get("/work/cases", U::ListCases, list::show)
        .get("/work/cases/new", U::OpenCase, arrive::new)
        .post("/work/cases/new", U::OpenCase, arrive::open)
        .get("/work/cases/{id}", U::ReadCase, dossier::show)
        .post("/work/cases/{id}/accept", U::AnswerCase, arrive::accept)
        .get(
            "/work/cases/{id}/send-back",
            U::AnswerCase,
            arrive::ask_back,
        )
        .post(
            "/work/cases/{id}/send-back",
            U::AnswerCase,
            arrive::send_back,
        )
        .get(
            "/work/cases/{id}/person/{part}",
            U::ChangePerson,
            person::show,
        )
        .post(
            "/work/cases/{id}/person/{part}",
            U::ChangePerson,
            person::change,
        )
        .get(
            "/work/cases/{id}/statements",
            U::ChangePerson,
            course::ask_statement,
        )
        .post(
            "/work/cases/{id}/statements",
            U::ChangePerson,
            course::state,
        )
        .get(
            "/work/cases/{id}/indicators",
            U::TickIndicators,
            indicators::show,
        )
        .post(
            "/work/cases/{id}/indicators",
            U::TickIndicators,
            indicators::tick,
        );
    let routes = routes
        .get(
            "/work/cases/{id}/consents/new",
            U::RecordConsent,
            consents::ask,
        )
        .post(
            "/work/cases/{id}/consents/new",
            U::RecordConsent,
            consents::give,
        )
        .get(
            "/work/cases/{id}/consents/refused",
            U::RecordConsent,
            consents::ask_refusal,
        )
        .post(
            "/work/cases/{id}/consents/refused",
            U::RecordConsent,
            consents::refuse,
        )
        .get(
            "/work/cases/{id}/consents/{consent}",
            U::RecordConsent,
            consents::ask_withdrawal,
        )
        .post(
            "/work/cases/{id}/consents/{consent}",
            U::RecordConsent,
            consents::withdraw,
        )
        .get(
            "/work/cases/{id}/register",
            U::RegisterFromCase,
            register::show,
        )
        .post(
            "/work/cases/{id}/register",
            U::RegisterFromCase,
            register::register,
        );
    routes
        .get("/work/cases/{id}/transfer", U::OfferTransfer, transfer::ask)
        .post(
            "/work/cases/{id}/transfer",
            U::OfferTransfer,
            transfer::offer,
        )
        .get("/work/transfers", U::ReadTransfers, transfer::list)
        .post(
            "/work/transfers/{id}/accept",
            U::AnswerTransfer,
            transfer::accept,
        )
        .post(
            "/work/transfers/{id}/take-back",
            U::OfferTransfer,
            transfer::take_back,
        )
        .get(
            "/work/transfers/{id}/refuse",
            U::AnswerTransfer,
            transfer::ask_refusal,
        )
        .post(
            "/work/transfers/{id}/refuse",
            U::AnswerTransfer,
            transfer::refuse,
        )
        .post("/work/cases/{id}/phase", U::MoveCase, course::go_on)
        .get(
            "/work/cases/{id}/exploited",
            U::ChangePerson,
            course::ask_exploited,
        )
        .post(
            "/work/cases/{id}/exploited",
            U::ChangePerson,
            course::exploited,
        )
        .get("/work/cases/{id}/tasks", U::CaseTasks, course::ask_task)
        .post("/work/cases/{id}/tasks", U::CaseTasks, course::add_task)
        .post(
            "/work/cases/{id}/tasks/{task}/done",
            U::CaseTasks,
            course::done,
        )
        .get(
            "/work/cases/{id}/tasks/{task}/drop",
            U::CaseTasks,
            course::ask_drop,
        )
        .post(
            "/work/cases/{id}/tasks/{task}/drop",
            U::CaseTasks,
            course::drop_task,
        )
        .get("/work/cases/{id}/close", U::CloseCase, close::ask)
        .post("/work/cases/{id}/close", U::CloseCase, close::close)
        .get("/work/cases/{id}/reopen", U::MoveCase, close::ask_reopen)
        .post("/work/cases/{id}/reopen", U::MoveCase, close::reopen)
        .get(
            "/work/cases/{id}/aftercare/{number}",
            U::Aftercare,
            close::ask_moment,
        )
        .post(
            "/work/cases/{id}/aftercare/{number}",
            U::Aftercare,
            close::record,
        )
        .get(
            "/work/cases/{id}/attachments",
            U::KeepCaseAttachments,
            attachments::ask,
        )
        .post(
            "/work/cases/{id}/attachments",
            U::KeepCaseAttachments,
            attachments::add,
        )
        .get(
            "/work/cases/{id}/attachments/{file}",
            U::OpenCaseAttachment,
            attachments::save,
        )
        .get(
            "/work/cases/{id}/attachments/{file}/remove",
            U::KeepCaseAttachments,
            attachments::ask_removal,
        )
        .post(
            "/work/cases/{id}/attachments/{file}/remove",
            U::KeepCaseAttachments,
            attachments::remove,
        )
        .get("/work/cases/{id}/code", U::GivePersonCode, code::ask)
        .post("/work/cases/{id}/code", U::GivePersonCode, code::give)
}

/// The case in an address. Anything that is no identity is not found.
pub(crate) fn case_id(text: &str) -> Result<CaseId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// Back to the dossier, telling what was done.
pub(crate) fn back(id: CaseId, done: &str) -> Response {
    Redirect::to(&format!("/work/cases/{id}?done={done}")).into_response()
}

async fn read(work: &Work, id: &str) -> Result<(CaseId, Dossier), Problem> {
    let id = case_id(id)?;
    let dossier = desk::case::read(&work.app.desk, &work.actor, work.now, id).await?;
    Ok((id, dossier))
}

/// The vocabulary's words for the facts of a person, for the pages of the registrar as well.
pub(crate) fn words_of<'a>(work: &'a Work, t: &'a Say) -> facts::Words<'a> {
    facts::Words { work, t }
}

fn crumbs(t: &Say) -> Vec<Crumb> {
    vec![Crumb::new(t.say("cases-title"), "/work/cases")]
}

/// A case's state, as the list says it.
pub(crate) fn state_name(work: &Work, t: &Say, state: &str) -> String {
    list::state_name(work, t, state)
}

pub(crate) fn case_crumbs(t: &Say, id: CaseId) -> Vec<Crumb> {
    let mut crumbs = crumbs(t);
    let name = t.say_with("cases-case", "reference", reference(id));
    crumbs.push(Crumb::new(name, format!("/work/cases/{id}")));
    crumbs
}
