//! Protected figures at the programme (K7).

use vault::Change;

use crate::Desk;
use crate::disclosure::*;
use crate::error::{DeskError, Result};

/// Receives a disclosure.
pub async fn receive(
    _desk: &Desk,
    _change: Change,
    _disclosure: &Disclosure,
    _data: &ProtectedFigures,
) -> Result<()> {
    Err(DeskError::Setup("not received yet".to_owned()))
}
