//! What Samen does by itself: deliveries, due clocks, and clearing away what is over.
//!
//! Several processes may tick on one store: each effect is a change that names its clock or disclosure, so that the
//! second to try is refused and nothing happens twice.

use jiff::{SignedDuration, Timestamp};
use vault::{DueTimer, Store};

use crate::Desk;
use crate::error::{DeskError, Result};

/// At most this many clocks a round and store.
const ROUND: i64 = 200;

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ticked {
    /// Disclosures that arrived.
    pub delivered: usize,
    /// Clocks that had their effect.
    pub fired: usize,
}

impl Ticked {
    /// Whether there was nothing to do.
    pub fn is_idle(&self) -> bool {
        self.delivered + self.fired == 0
    }
}

/// One round. Call it about every second, and again at once while it is not idle.
pub async fn tick(desk: &Desk, now: Timestamp) -> Result<Ticked> {
    Ok(Ticked {
        delivered: crate::deliver::run(desk, now).await?,
        fired: fire_due(desk, now).await?,
    })
}

/// Clears away what is over: sessions, answers under idempotency keys; reads the organisations again. Call it about every
/// minute.
pub async fn tidy(desk: &Desk, now: Timestamp) -> Result<()> {
    desk.refresh_directory().await?;
    desk.vault.end_sessions(None, now).await?;
    desk.vault.forget_receipts(Store::K1, now).await?;
    Ok(())
}

async fn fire_due(desk: &Desk, now: Timestamp) -> Result<usize> {
    let mut fired = 0;
    for store in Store::ALL {
        for due in desk.vault.due(store, now, ROUND).await? {
            match fire(desk, now, &due).await {
                Ok(()) => fired += 1,
                // Another process was first, or the record changed in this very moment: the next round sees.
                Err(DeskError::Conflict | DeskError::AlreadyDone) => {}
                Err(error) => {
                    tracing::error!(%store, clock = %due.timer.kind, %error, "a clock could not have its effect");
                    let minutes = 1i64 << due.attempts.clamp(0, 10);
                    let until = now
                        .saturating_add(SignedDuration::from_mins(minutes))
                        .unwrap_or(Timestamp::MAX);
                    desk.vault.put_off(&due, until).await?;
                }
            }
        }
    }
    Ok(fired)
}

/// The clock's name begins with its subject: `report.outcome`, `placement.hold`, `reflection.end`, …
async fn fire(desk: &Desk, now: Timestamp, due: &DueTimer) -> Result<()> {
    let subject = due.timer.kind.split('.').next().unwrap_or_default();
    match subject {
        "report" => crate::report::clock(desk, now, due).await,
        "intake" => crate::intake::clock(desk, now, due).await,
        "reflection" => crate::reflection::clock(desk, now, due).await,
        "case" => crate::case::clock(desk, now, due).await,
        "placement" => crate::placement::clock(desk, now, due).await,
        "opinion" => crate::opinion::clock(desk, now, due).await,
        "attachment" => crate::attachment::clock(desk, now, due).await,
        _ => Err(DeskError::Setup(format!(
            "no subject knows the clock {}",
            due.timer.kind
        ))),
    }
}
