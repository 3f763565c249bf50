//! The barriers of the own organisation, and one of them.

use domain::barrier::Barrier;
use domain::ids::BarrierId;
use jiff::Timestamp;
use vault::{Change, Filter, Order, Store, Stored};

use super::{BarrierSummary, StoredBarrier, own};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// Rows that are asked for at once.
const PAGE: usize = 200;

/// A barrier in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarrierRow {
    /// Record.
    pub id: String,
    /// State.
    pub state: String,
    /// Codes and days.
    pub summary: BarrierSummary,
}

/// All barriers of the own organisation, what has to be raised first comes first. They are kept five years and one organisation has some
/// hundreds, so they are read whole: the steps are counted beside the states from the same rows.
pub async fn list(desk: &Desk, actor: &Actor) -> Result<Vec<BarrierRow>> {
    let permit = permit(actor, UseCase::ListBarriers)?;
    let filter = Filter {
        orgs: vec![permit.actor.person()?.org.to_string()],
        ..Filter::default()
    };
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let kind = &StoredBarrier::KIND;
        let page = desk
            .vault
            .list(kind, &filter, Order::Due, after.as_ref(), PAGE)
            .await?;
        for row in page.rows {
            let summary = serde_json::from_value(row.summary);
            rows.push(BarrierRow {
                summary: summary.map_err(|e| DeskError::Setup(format!("a barrier: {e}")))?,
                id: row.id,
                state: row.clear.state,
            });
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(rows),
        }
    }
}

/// A barrier as it is read.
#[derive(Debug, Clone)]
pub struct BarrierView {
    /// The barrier.
    pub barrier: Barrier,
    /// Version to name when taking a step.
    pub version: i64,
}

/// Reads one of the own organisation's.
pub async fn read(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: BarrierId,
) -> Result<BarrierView> {
    let permit = permit(actor, UseCase::ReadBarrier)?;
    let found = own(desk, &permit, id).await?;
    let change = Change::new(permit.context(now)).read(id.to_string(), &["all"]);
    desk.vault.apply(Store::K6, change).await?;
    Ok(BarrierView {
        barrier: found.body.0,
        version: found.version,
    })
}
