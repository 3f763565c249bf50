//! The first word to the desk: taken on, or sent back with a reason.

use domain::SafeText;
use domain::ids::IntakeId;
use domain::intake::IntakeState;
use domain::report::{Outcome, RouteAnswer};
use jiff::Timestamp;
use vault::{Change, Store};

use super::file::{IntakeFile, StepKind};
use super::{Whole, fresh, refused};
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::case::guard;
use crate::disclosure::{Disclosure, Payload, RouteAnswered};
use crate::error::Result;

/// Takes an intake on, or takes an assessed one up again. The desk hears it the first time.
pub async fn take_on(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
    seen: i64,
) -> Result<()> {
    let permit = permit(actor, UseCase::AnswerIntake)?;
    let mut whole = Whole::worked(desk, actor, now, id).await?;
    fresh(&whole.file, seen)?;
    whole.taken_up_by(actor)?;
    let first = matches!(whole.file.body.intake.state(), IntakeState::Received);
    let file = &mut whole.file.body;
    file.intake = file
        .intake
        .clone()
        .take_up(actor.by(now)?)
        .map_err(refused)?;
    let mut word = None;
    if first {
        let answer = RouteAnswer::Accepted { at: now };
        file.answer = Some(answer.clone());
        word = to_desk(desk, &permit, actor, now, file, answer, None)?;
    }
    whole.note(actor, now, StepKind::TakenOn, None);
    let mut change = Change::new(permit.context(now))
        .update(whole.draft(desk, now, &["state", "answer"])?, seen)
        .clear_timers(id.to_string());
    if let Some(word) = word {
        change = word.send(change)?;
    }
    desk.vault.apply(Store::K5, change).await?;
    Ok(())
}

/// Sends an intake back to the desk, with the reason. `looked` says that somebody looked at it: no address of a shelter
/// stands in it.
pub async fn send_back(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
    seen: i64,
    reason: SafeText,
    looked: bool,
) -> Result<()> {
    let permit = permit(actor, UseCase::AnswerIntake)?;
    guard(&[("reason", Some(&reason))], looked)?;
    let mut whole = Whole::worked(desk, actor, now, id).await?;
    fresh(&whole.file, seen)?;
    let file = &mut whole.file.body;
    file.intake = file
        .intake
        .clone()
        .send_back(reason.clone(), actor.by(now)?)
        .map_err(refused)?;
    let answer = RouteAnswer::Refused {
        at: now,
        reason: reason.clone(),
    };
    file.answer = Some(answer.clone());
    let word = to_desk(desk, &permit, actor, now, file, answer, None)?;
    whole.note(actor, now, StepKind::SentBack, Some(reason));
    let mut change = Change::new(permit.context(now))
        .update(whole.draft(desk, now, &["state", "answer"])?, seen)
        .clear_timers(id.to_string());
    if let Some(word) = word {
        change = word.send(change)?;
    }
    desk.vault.apply(Store::K5, change).await?;
    Ok(())
}

/// Word to the desk, on the thread of the disclosure that brought the file; none for a file that the service opened
/// itself.
pub(super) fn to_desk(
    desk: &Desk,
    permit: &Permit,
    actor: &Actor,
    now: Timestamp,
    file: &IntakeFile,
    answer: RouteAnswer,
    outcome: Option<Outcome>,
) -> Result<Option<Disclosure>> {
    let Some(thread) = file.intake.from else {
        return Ok(None);
    };
    Ok(Some(Disclosure {
        id: domain::ids::DisclosureId::new(desk.vault.new_id(now)),
        from: Store::K5,
        to: Store::K1,
        org: None,
        by: Some(actor.by(now)?),
        at: now,
        purpose: "signal".to_owned(),
        ground: permit.rule.ground.to_owned(),
        consent: None,
        thread: Some(thread),
        subject: Some(file.intake.id.to_string()),
        payload: Payload::RouteAnswer(RouteAnswered { answer, outcome }),
    }))
}
