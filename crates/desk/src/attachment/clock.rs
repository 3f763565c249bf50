//! The clock that destroys a file which was begun and never belonged to anything: its sender went away, or the program stopped.

use jiff::Timestamp;
use vault::{Change, DueTimer};

use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// Runs from the first part of a file until it belongs to something.
pub(super) const ARRIVING_CLOCK: &str = "attachment.arriving";

/// A due clock of a file.
pub async fn clock(desk: &Desk, now: Timestamp, due: &DueTimer) -> Result<()> {
    match due.timer.kind.as_str() {
        ARRIVING_CLOCK => {
            let permit = permit(&Actor::System, UseCase::AttachmentClock)?;
            // The change that keeps a file stops its clock, so that one of the two is refused.
            let change = Change::new(permit.context(now))
                .fire(&due.timer)
                .erase(due.timer.record.clone());
            desk.vault.apply(due.store, change).await?;
            Ok(())
        }
        other => Err(DeskError::Setup(format!("no effect for the clock {other}"))),
    }
}
