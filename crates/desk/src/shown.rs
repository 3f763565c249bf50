//! A record is shown in the transaction that writes down that it was: there is no other way to it.

use vault::{Change, Opened, Stored};

use crate::Desk;
use crate::error::{DeskError, Result};

/// Applies a change that reads this record first, and gives the record. `what` it is stands in the error when it is not there.
pub(crate) async fn first<T: Stored>(
    desk: &Desk,
    change: Change,
    what: &'static str,
) -> Result<Opened<T>> {
    let applied = desk
        .vault
        .apply(T::KIND.store, change)
        .await
        .map_err(|e| DeskError::from(e).what(what))?;
    let found = applied.reads.into_iter().next();
    found
        .ok_or(DeskError::NotFound { what })?
        .typed::<T>()
        .map_err(|e| DeskError::from(e).what(what))
}
