//! Registrations for statistics (K2).

use vault::Change;

use crate::Desk;
use crate::disclosure::*;
use crate::error::{DeskError, Result};

/// Receives a disclosure.
pub async fn receive(
    _desk: &Desk,
    _change: Change,
    _disclosure: &Disclosure,
    _data: &domain::registration::Registration,
) -> Result<()> {
    Err(DeskError::Setup("not received yet".to_owned()))
}

/// Receives a disclosure.
pub async fn receive_count(
    _desk: &Desk,
    _change: Change,
    _disclosure: &Disclosure,
    _data: &domain::registration::AnonymousCount,
) -> Result<()> {
    Err(DeskError::Setup("not received yet".to_owned()))
}
