//! Clocks of files. A deadline that passes changes nothing: the file stays first in the list, and the journal says once
//! that it was missed, so that it can be counted.

use jiff::Timestamp;
use vault::{Change, DueTimer, Store};

use super::{ANSWER, REGISTRATION, TELL};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// A due clock of a file.
pub async fn clock(desk: &Desk, now: Timestamp, due: &DueTimer) -> Result<()> {
    match due.timer.kind.as_str() {
        ANSWER | REGISTRATION | TELL => {
            let permit = permit(&Actor::System, UseCase::IntakeClock)?;
            let mut context = permit.context(now);
            context.act = format!("{}.missed", due.timer.kind);
            let change = Change::new(context).fire(&due.timer);
            desk.vault.apply(Store::K5, change).await?;
            Ok(())
        }
        other => Err(DeskError::Setup(format!("no effect for the clock {other}"))),
    }
}
