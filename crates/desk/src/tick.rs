//! What Samen does by itself: deliveries, due clocks, and clearing away what is over.
//!
//! Several processes may tick on one store: each effect is a change that names its clock or disclosure, so that the
//! second to try is refused and nothing happens twice.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;
use vault::{DueTimer, Store};

use crate::Desk;
use crate::error::{DeskError, Result};

/// At most this many clocks a round and store.
const ROUND: i64 = 200;

/// Records whose clocks have their effect at the same time, so that the vault can write several changes with one sync.
const SIDE_BY_SIDE: usize = 32;

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

/// Clears away what is over: sessions, answers under idempotency keys; reads the organisations again; sets the clocks of the reporting
/// cycle that are missing. Call it at the start and about every minute.
pub async fn tidy(desk: &Desk, now: Timestamp) -> Result<()> {
    desk.refresh_directory().await?;
    desk.vault.end_sessions(None, now).await?;
    desk.vault.forget_receipts(Store::K1, now).await?;
    crate::measures::arm(desk, now).await?;
    crate::plan::arm(desk, now).await
}

async fn fire_due(desk: &Desk, now: Timestamp) -> Result<usize> {
    let mut lines = Vec::new();
    for store in Store::ALL {
        lines.extend(in_lines(desk.vault.due(store, now, ROUND).await?));
    }
    let mut waiting = lines.into_iter();
    let mut going = JoinSet::new();
    let mut fired = 0;
    loop {
        while going.len() < SIDE_BY_SIDE
            && let Some(line) = waiting.next()
        {
            let desk = desk.clone();
            going.spawn(async move { along(&desk, now, line).await });
        }
        match going.join_next().await {
            Some(Ok(done)) => fired += done?,
            Some(Err(broken)) => {
                return Err(DeskError::Setup(format!("a clock broke off: {broken}")));
            }
            None => return Ok(fired),
        }
    }
}

/// The clocks of one record go one after the other, in the order in which they were due.
fn in_lines(due: Vec<DueTimer>) -> Vec<Vec<DueTimer>> {
    let mut lines: Vec<Vec<DueTimer>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for timer in due {
        let at = *places
            .entry(timer.timer.record.clone())
            .or_insert(lines.len());
        match lines.get_mut(at) {
            Some(line) => line.push(timer),
            None => lines.push(vec![timer]),
        }
    }
    lines
}

async fn along(desk: &Desk, now: Timestamp, line: Vec<DueTimer>) -> Result<usize> {
    let mut fired = 0;
    for due in line {
        match fire(desk, now, &due).await {
            Ok(()) => fired += 1,
            // Another process was first, or the record changed in this very moment: the next round sees.
            Err(DeskError::Conflict | DeskError::AlreadyDone) => {}
            Err(error) => put_off(desk, now, &due, &error).await?,
        }
    }
    Ok(fired)
}

async fn put_off(desk: &Desk, now: Timestamp, due: &DueTimer, error: &DeskError) -> Result<()> {
    tracing::error!(store = %due.store, clock = %due.timer.kind, %error, "a clock could not have its effect");
    let minutes = 1i64 << due.attempts.clamp(0, 10);
    let until = now
        .saturating_add(SignedDuration::from_mins(minutes))
        .unwrap_or(Timestamp::MAX);
    Ok(desk.vault.put_off(due, until).await?)
}

/// The clock's name begins with its subject: `report.outcome`, `placement.hold`, `reflection.end`, …
async fn fire(desk: &Desk, now: Timestamp, due: &DueTimer) -> Result<()> {
    let subject = due.timer.kind.split('.').next().unwrap_or_default();
    match subject {
        "report" => crate::report::clock(desk, now, due).await,
        "intake" => crate::intake::clock(desk, now, due).await,
        "reflection" => crate::reflection::clock(desk, now, due).await,
        "case" => crate::case::clock(desk, now, due).await,
        "glass" => crate::glass::clock(desk, now, due).await,
        "placement" => crate::placement::clock(desk, now, due).await,
        "opinion" => crate::opinion::clock(desk, now, due).await,
        "share" => crate::share::clock(desk, now, due).await,
        "plan" => crate::plan::clock(desk, now, due).await,
        "figures" => crate::measures::clock(desk, now, due).await,
        "attachment" => crate::attachment::clock(desk, now, due).await,
        _ => Err(DeskError::Setup(format!(
            "no subject knows the clock {}",
            due.timer.kind
        ))),
    }
}
