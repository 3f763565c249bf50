//! Cases at care (K3).

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
pub async fn receive_report(
    _desk: &Desk,
    _change: Change,
    _disclosure: &Disclosure,
    _data: &RoutedReport,
) -> Result<()> {
    Err(DeskError::Setup("not received yet".to_owned()))
}

/// Receives a disclosure.
pub async fn receive_person(
    _desk: &Desk,
    _change: Change,
    _disclosure: &Disclosure,
    _data: &HandedOver,
) -> Result<()> {
    Err(DeskError::Setup("not received yet".to_owned()))
}

/// Receives a disclosure.
pub async fn receive_reflection(
    _desk: &Desk,
    _change: Change,
    _disclosure: &Disclosure,
    _data: &ReflectionStatus,
) -> Result<()> {
    Err(DeskError::Setup("not received yet".to_owned()))
}

/// Receives a disclosure.
pub async fn receive_opinion_status(
    _desk: &Desk,
    _change: Change,
    _disclosure: &Disclosure,
    _data: &OpinionStatus,
) -> Result<()> {
    Err(DeskError::Setup("not received yet".to_owned()))
}
