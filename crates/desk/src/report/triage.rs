//! The desk's first steps: the question of danger, and acceptance with its outcome clock.

use domain::ids::ReportId;
use domain::report::{AcuteFinding, EmergencyCall};
use domain::{Answer, SafeText};
use jiff::Timestamp;
use vault::{Change, Store, Timer};

use super::{OUTCOME, load, redraft, refused};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;

/// The desk's answer to the question of acute danger.
#[derive(Debug, Clone)]
pub struct AcuteInput {
    /// Yes, no, or still unknown.
    pub answer: Answer,
    /// Why.
    pub because: SafeText,
    /// The call that was made, when there is danger: to whom and with what result.
    pub call: Option<(SafeText, SafeText)>,
}

/// Answers the question of acute danger. `seen` is the version on which the answer is based.
pub async fn answer_acute(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ReportId,
    seen: i64,
    input: AcuteInput,
) -> Result<()> {
    let permit = permit(actor, UseCase::AnswerAcute)?;
    let by = actor.by(now)?;
    let found = load(desk, id).await?;
    let finding = AcuteFinding {
        answer: input.answer,
        because: input.because,
        call: input
            .call
            .map(|(to, result)| EmergencyCall { to, result, by }),
        by,
    };
    let (report, _) = found
        .body
        .0
        .clone()
        .answer_acute(finding)
        .map_err(refused)?;
    let change = Change::new(permit.context(now)).update(
        redraft(desk, &found, &report, found.clear.due, &["acute"]).await?,
        seen,
    );
    desk.vault.apply(Store::K1, change).await?;
    Ok(())
}

/// Records the call that was made because of danger.
pub async fn record_call(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ReportId,
    seen: i64,
    to: SafeText,
    result: SafeText,
) -> Result<()> {
    let permit = permit(actor, UseCase::AnswerAcute)?;
    let found = load(desk, id).await?;
    let call = EmergencyCall {
        to,
        result,
        by: actor.by(now)?,
    };
    let report = found.body.0.clone().record_call(call).map_err(refused)?;
    let change = Change::new(permit.context(now)).update(
        redraft(desk, &found, &report, found.clear.due, &["acute.call"]).await?,
        seen,
    );
    desk.vault.apply(Store::K1, change).await?;
    Ok(())
}

/// Accepts a report: from here an outcome is owed, and a clock runs.
pub async fn accept(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ReportId,
    seen: i64,
) -> Result<()> {
    let permit = permit(actor, UseCase::AcceptReport)?;
    let found = load(desk, id).await?;
    let due = desk.deadline("report_outcome", now)?;
    let (report, _) = found
        .body
        .0
        .clone()
        .accept(actor.by(now)?, due)
        .map_err(refused)?;
    let change = Change::new(permit.context(now))
        .update(
            redraft(desk, &found, &report, Some(due), &["acceptance"]).await?,
            seen,
        )
        .clear_timers(id.to_string())
        .timer(Timer {
            id: format!("{OUTCOME}/{id}"),
            due,
            kind: OUTCOME.to_owned(),
            record: id.to_string(),
        });
    desk.vault.apply(Store::K1, change).await?;
    Ok(())
}
