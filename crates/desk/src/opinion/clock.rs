//! The clock of an opinion: the day on which it may no longer be relied on is noted once, in the journal.

use jiff::Timestamp;
use vault::{Change, DueTimer, Store};

use super::VALIDITY;
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// A due clock of an opinion.
pub async fn clock(desk: &Desk, now: Timestamp, due: &DueTimer) -> Result<()> {
    match due.timer.kind.as_str() {
        VALIDITY => {
            let permit = permit(&Actor::System, UseCase::OpinionClock)?;
            let mut context = permit.context(now);
            context.act = format!("{VALIDITY}.ended");
            let change = Change::new(context).fire(&due.timer);
            desk.vault.apply(Store::K4, change).await?;
            Ok(())
        }
        other => Err(DeskError::Setup(format!("no effect for the clock {other}"))),
    }
}
