//! The signal desk at work: the list with danger first, the report with only the steps that are possible now.

mod close;
mod enter;
mod links;
mod list;
mod page;
mod passing_on;
mod triage;
pub(crate) mod words;

use axum::response::{IntoResponse, Redirect, Response};
use desk::UseCase;
use domain::ids::ReportId;

use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::routes::Routes;
use crate::texts::{Key, Say};
use crate::words::reference;

/// The routes of the signal desk.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/work/reports", UseCase::ListReports, list::show)
        .get("/work/reports/new", UseCase::EnterReport, enter::show)
        .post("/work/reports/new", UseCase::EnterReport, enter::take)
        .get("/work/reports/{id}", UseCase::ReadReport, page::show)
        .get(
            "/work/reports/{id}/attachments/{file}",
            UseCase::OpenReportAttachment,
            page::save,
        )
        .get(
            "/work/reports/{id}/acute",
            UseCase::AnswerAcute,
            triage::show_acute,
        )
        .post(
            "/work/reports/{id}/acute",
            UseCase::AnswerAcute,
            triage::acute,
        )
        .get(
            "/work/reports/{id}/call",
            UseCase::AnswerAcute,
            triage::show_call,
        )
        .post(
            "/work/reports/{id}/call",
            UseCase::AnswerAcute,
            triage::call,
        )
        .post(
            "/work/reports/{id}/accept",
            UseCase::AcceptReport,
            triage::accept,
        )
        .get(
            "/work/reports/{id}/route",
            UseCase::RouteReport,
            passing_on::show,
        )
        .post(
            "/work/reports/{id}/route",
            UseCase::RouteReport,
            passing_on::take,
        )
        .post(
            "/work/reports/{id}/message",
            UseCase::MessageReporter,
            page::message,
        )
        .get(
            "/work/reports/{id}/links/new",
            UseCase::LinkReports,
            links::ask,
        )
        .post(
            "/work/reports/{id}/links/new",
            UseCase::LinkReports,
            links::choose,
        )
        .get(
            "/work/reports/{id}/links/{other}",
            UseCase::LinkReports,
            links::show,
        )
        .post(
            "/work/reports/{id}/links/{other}",
            UseCase::LinkReports,
            links::take,
        )
        .get(
            "/work/reports/{id}/close",
            UseCase::CloseReport,
            close::show,
        )
        .post(
            "/work/reports/{id}/close",
            UseCase::CloseReport,
            close::take,
        )
}

/// The report that an address names.
fn id_of(text: &str) -> Result<ReportId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// Back to the report, saying what was done.
fn done(id: ReportId, what: &str) -> Response {
    Redirect::to(&format!("/work/reports/{id}?done={what}")).into_response()
}

fn crumbs(say: &Say, id: ReportId) -> Vec<Crumb> {
    vec![
        Crumb::new(say.say("nav-reports"), "/work/reports"),
        Crumb::new(
            say.say_with("reports-title", "ref", reference(id)),
            format!("/work/reports/{id}"),
        ),
    ]
}

/// What the desk refuses, in words.
fn refusal(key: &str) -> Option<Key> {
    Some(match key {
        "required" => Key::new("reports-fault-because"),
        "content" => Key::new("reports-fault-content"),
        "report-acute-first" => Key::new("reports-refused-acute-first"),
        "report-wrong-state" => Key::new("reports-refused-wrong-state"),
        "report-no-receiver" => Key::new("reports-refused-no-receiver"),
        "report-outcome-without-route" => Key::new("reports-refused-outcome-without-route"),
        "report-danger-without-call" => Key::new("reports-refused-danger-without-call"),
        "report-link-itself" => Key::new("reports-refused-link-itself"),
        "report-link-stands" => Key::new("reports-refused-link-stands"),
        "report-links-full" => Key::new("reports-refused-links-full"),
        "report-own-duplicate" => Key::new("reports-refused-own-duplicate"),
        "route-not-proposed" => Key::new("reports-refused-not-proposed"),
        "mailbox" => Key::new("reports-refused-mailbox"),
        _ => return None,
    })
}
