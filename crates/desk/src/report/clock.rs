//! Clocks of reports. A deadline that passes changes nothing about the report: it stays first in the list and is marked as
//! missed once, in the journal, so that missed deadlines can be counted.

use jiff::Timestamp;
use vault::{Change, DueTimer, Store};

use super::{FIRST_ANSWER, OUTCOME};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// A due clock of a report.
pub async fn clock(desk: &Desk, now: Timestamp, due: &DueTimer) -> Result<()> {
    match due.timer.kind.as_str() {
        FIRST_ANSWER | OUTCOME => {
            let permit = permit(&Actor::System, UseCase::ReportClock)?;
            let mut context = permit.context(now);
            context.act = format!("{}.missed", due.timer.kind);
            desk.vault
                .apply(Store::K1, Change::new(context).fire(&due.timer))
                .await?;
            Ok(())
        }
        other => Err(DeskError::Setup(format!("no effect for the clock {other}"))),
    }
}
