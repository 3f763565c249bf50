//! Opinions on victimhood (K4).

use jiff::Timestamp;
use vault::{Change, DueTimer};

use crate::Desk;
use crate::disclosure::*;
use crate::error::{DeskError, Result};

/// A due clock of this subject.
pub async fn clock(_desk: &Desk, _now: Timestamp, due: &DueTimer) -> Result<()> {
    Err(DeskError::Setup(format!(
        "no effect for the clock {}",
        due.timer.kind
    )))
}

/// Receives a disclosure.
pub async fn receive(
    _desk: &Desk,
    _change: Change,
    _disclosure: &Disclosure,
    _data: &OpinionRequested,
) -> Result<()> {
    Err(DeskError::Setup("not received yet".to_owned()))
}
