//! The end of a file.

use domain::SafeText;
use domain::ids::IntakeId;
use domain::intake::IntakeOutcome;
use domain::report::RouteAnswer;
use jiff::Timestamp;
use vault::{Change, Store};

use super::answer::to_desk;
use super::file::StepKind;
use super::{Whole, fresh, refused};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;

/// Closes a file with its outcome and the reason; the desk hears the outcome, never the reason, so that the reporter can
/// be told something. What is still owed stays owed, and reflection periods run on.
pub async fn close(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
    seen: i64,
    outcome: IntakeOutcome,
    reason: SafeText,
) -> Result<()> {
    let permit = permit(actor, UseCase::CloseIntake)?;
    let mut whole = Whole::own(desk, actor, id).await?;
    fresh(&whole.file, seen)?;
    let file = &mut whole.file.body;
    file.intake = file
        .intake
        .clone()
        .close(outcome, reason.clone(), actor.by(now)?)
        .map_err(refused)?;
    let answer = file
        .answer
        .clone()
        .unwrap_or(RouteAnswer::Accepted { at: now });
    let word = to_desk(
        desk,
        &permit,
        actor,
        now,
        file,
        answer,
        Some(outcome.for_desk()),
    )?;
    whole.note(actor, now, StepKind::Closed, Some(reason));
    let mut change = Change::new(permit.context(now))
        .update(whole.draft(desk, now, &["state"])?, seen)
        .clear_timers(id.to_string());
    if let Some(word) = word {
        change = word.send(change)?;
    }
    desk.vault.apply(Store::K5, change).await?;
    Ok(())
}
