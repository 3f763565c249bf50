//! Reflection periods (K5).

use jiff::Timestamp;
use vault::DueTimer;

use crate::Desk;
use crate::error::{DeskError, Result};

/// A due clock of this subject.
pub async fn clock(_desk: &Desk, _now: Timestamp, due: &DueTimer) -> Result<()> {
    Err(DeskError::Setup(format!(
        "no effect for the clock {}",
        due.timer.kind
    )))
}
