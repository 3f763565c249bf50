//! The end of a file.

use domain::SafeText;
use domain::ids::IntakeId;
use domain::intake::{IntakeOutcome, Obligation};
use domain::report::RouteAnswer;
use domain::time::dutch_date;
use jiff::Timestamp;
use vault::{Change, Store};

use super::answer::to_desk;
use super::file::StepKind;
use super::owed::Progress;
use super::{Whole, checklist, fresh, refused};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::case::guard;
use crate::error::{DeskError, Result};

/// The end of a file.
#[derive(Debug, Clone)]
pub struct CloseInput {
    /// How it ends.
    pub outcome: IntakeOutcome,
    /// Why.
    pub reason: SafeText,
    /// Why it is closed although obligations are open; whoever gives it has seen which. Not kept when none are.
    pub left_open: Option<SafeText>,
    /// Somebody looked at the texts: no address of a shelter stands in them.
    pub looked: bool,
}

/// Closes a file with its outcome and the reason; the desk hears the outcome, never the reason, so that the reporter can
/// be told something. What is still owed stays owed, and reflection periods run on.
/// That somebody closed it knowing so is a step of its own, with her reason.
pub async fn close(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
    seen: i64,
    input: CloseInput,
) -> Result<()> {
    let permit = permit(actor, UseCase::CloseIntake)?;
    let texts = [
        ("reason", Some(&input.reason)),
        ("left_open_why", input.left_open.as_ref()),
    ];
    guard(&texts, input.looked)?;
    let mut whole = Whole::worked(desk, actor, now, id).await?;
    fresh(&whole.file, seen)?;
    let (outcome, reason) = (input.outcome, input.reason);
    let open = open_after(&whole, now);
    let file = &mut whole.file.body;
    file.intake = file
        .intake
        .clone()
        .close(outcome, reason.clone(), actor.by(now)?)
        .map_err(refused)?;
    if open > 0 && input.left_open.is_none() {
        return Err(DeskError::field(
            "close_anyway",
            "left-open",
            format!(
                "{open} obligations are open: meet them, or say why the file is closed all the same"
            ),
        ));
    }
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
    if let (Some(why), true) = (input.left_open, open > 0) {
        whole.note(actor, now, StepKind::LeftOpen, Some(why));
    }
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

/// How many obligations stay open when the file is closed; the word to the desk goes with the closing itself.
fn open_after(whole: &Whole, now: Timestamp) -> usize {
    let owed = checklist(
        &whole.file.body,
        whole.people.iter().map(|p| &p.body),
        whole.periods.iter().map(|p| &p.body),
        dutch_date(now),
    );
    let open = owed.iter().filter(|o| {
        matches!(o.progress, Progress::Open { .. }) && o.obligation != Obligation::AnswerDesk
    });
    open.count()
}
