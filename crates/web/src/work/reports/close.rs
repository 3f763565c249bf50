//! The end of a report.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::report::{close, read};
use domain::ids::ReportId;
use domain::report::Outcome;

use super::{crumbs, done, id_of, refusal};
use crate::form::{Filled, Form};
use crate::page::html_as;
use crate::problem::Problem;
use crate::texts::Key;
use crate::work::form_page::{Ask, FormPage, How, refused, safe_text, seen as seen_of};
use crate::work::vocabulary::choices;
use crate::work::{Work, WorkForm};

const LONGEST: usize = 4_000;
const DUPLICATE: &str = "dubbel";

/// Asks for the outcome.
pub async fn show(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    page(&work, id_of(&id)?, Filled::blank(), StatusCode::OK).await
}

async fn page(
    work: &Work,
    id: ReportId,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let say = work.say();
    let dossier = read(&work.app.desk, &work.actor, work.now, id).await?;
    let outcomes = &work.app.desk.vocabulary.report_outcomes;
    let mut know = vec![say.say("reports-close-lead").into_owned()];
    let links = dossier.links.iter();
    let waiting = links.filter(|linked| linked.judged.is_none()).count();
    if waiting > 0 {
        know.push(say.say_n("reports-close-links", waiting));
    }
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&say, id),
        title: say.say("reports-close-title").into_owned(),
        know,
        action: format!("/work/reports/{id}/close"),
        hidden: vec![("seen", dossier.version.to_string())],
        asks: vec![
            Ask::new(How::Radios, "outcome", say.say("reports-close-outcome")).of(choices(
                outcomes,
                work.today(),
                &say,
            )),
            Ask::new(How::Line, "of", say.say("reports-close-of"))
                .hint(say.say("reports-close-of-hint"))
                .optional(),
            Ask::new(How::Text, "reason", say.say("reports-close-reason")),
        ],
        button: say.say("reports-close-button").into_owned(),
        cancel: format!("/work/reports/{id}"),
        t: say,
    };
    html_as(status, &page)
}

/// Closes the report.
pub async fn take(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let seen = seen_of(&mut form);
    let same = form
        .parsed("of", |text| text.parse::<ReportId>().ok())
        .else_say(Key::new("reports-close-of-wrong"))
        .optional();
    let code = form
        .parsed("outcome", |text| {
            let all = [
                Outcome::TakenUp,
                Outcome::NotEnoughLeads,
                Outcome::PassedOn,
                Outcome::NotTrafficking,
                Outcome::HelpStarted,
            ];
            let found = all.into_iter().find(|o| o.code() == text);
            (found.is_some() || text == DUPLICATE).then_some(found)
        })
        .or_say(Key::new("reports-close-outcome-missing"))
        .required();
    let reason = safe_text(&mut form, "reason", LONGEST)
        .or_say(Key::new("reports-close-reason-missing"))
        .required();
    if let (Ok(None), Ok(None)) = (&code, &same) {
        form.note("of", Key::new("reports-close-of-missing"));
    }
    let input = form.finish(|| {
        let outcome = match (code?, same?) {
            (Some(outcome), _) => Some(outcome),
            (None, Some(of)) => Some(Outcome::Duplicate { of }),
            (None, None) => None,
        };
        Ok((seen?, outcome, reason?))
    });
    let (seen, outcome, reason) = match input {
        Ok((seen, Some(outcome), reason)) => (seen, outcome, reason),
        // The missing report was noted above, so this cannot be without a fault.
        Ok(_) => return Err(Problem::bad_request()),
        Err(f) => return page(&work, id, f, StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    match close(
        &work.app.desk,
        &work.actor,
        work.now,
        id,
        seen,
        outcome,
        reason,
    )
    .await
    {
        Ok(()) => Ok(done(id, "closed")),
        Err(error) => {
            let f = refused(typed, error, &["outcome", "of", "reason"], refusal)?;
            page(&work, id, f, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}
