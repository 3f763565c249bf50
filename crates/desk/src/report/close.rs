//! The end of a report, and what the receivers of it say.

use domain::SafeText;
use domain::ids::ReportId;
use domain::report::Outcome;
use jiff::Timestamp;
use vault::{Change, Store};

use super::{load, redraft, refused};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::disclosure::{Disclosure, RouteAnswered};
use crate::error::{DeskError, Result};

/// Closes a report with its outcome and the reason.
pub async fn close(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ReportId,
    seen: i64,
    outcome: Outcome,
    reason: SafeText,
) -> Result<()> {
    let permit = permit(actor, UseCase::CloseReport)?;
    let found = load(desk, id).await?;
    let report = found
        .body
        .0
        .clone()
        .close(outcome, reason, actor.by(now)?)
        .map_err(refused)?;
    let change = Change::new(permit.context(now))
        .update(
            redraft(desk, &found, &report, None, &["closing"]).await?,
            seen,
        )
        .clear_timers(id.to_string());
    desk.vault.apply(Store::K1, change).await?;
    Ok(())
}

/// Receives what the receiver of a routed report did with it. The answer names the disclosure by which the report went;
/// the desk's own record of that disclosure leads back to the report.
pub async fn receive_answer(
    desk: &Desk,
    change: Change,
    disclosure: &Disclosure,
    data: &RouteAnswered,
) -> Result<()> {
    let thread = disclosure
        .thread
        .ok_or_else(|| DeskError::Setup("an answer that belongs to no disclosure".to_owned()))?;
    let id = super::read::report_of(desk, thread).await?;
    let found = load(desk, id).await?;
    let report = match found
        .body
        .0
        .clone()
        .answer_route(thread, data.answer.clone())
    {
        Ok(report) => report,
        // A later word about a decision that is answered already: noted in the journal, the first answer stands,
        // and the outcome is kept beside it.
        Err(domain::report::ReportError::NoSuchDecision(_)) => found.body.0.clone(),
        Err(error) => return Err(refused(error)),
    };
    let report = match &data.outcome {
        Some(outcome) => report
            .hear_outcome(thread, outcome.clone())
            .map_err(refused)?,
        None => report,
    };
    let change = change.update(
        redraft(
            desk,
            &found,
            &report,
            found.clear.due,
            &["decisions.answer"],
        )
        .await?,
        found.version,
    );
    desk.vault.apply(Store::K1, change).await?;
    Ok(())
}
