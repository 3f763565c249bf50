//! How each store is doing: numbers for whoever keeps the system running, and nothing of any content.

use jiff::Timestamp;

use crate::journal::Head;
use crate::vault::at_millis;
use crate::{Result, Store, Vault, VaultError, db};

/// A disclosure that failed this often is no longer tried by itself.
pub(crate) const MOST_ATTEMPTS: i64 = 20;

/// How one store is doing.
#[derive(Debug, Clone)]
pub struct StoreHealth {
    /// The store.
    pub store: Store,
    /// Why it cannot read or accept writes now; `None` when it can.
    pub fault: Option<VaultError>,
    /// End of its journal.
    pub head: Option<Head>,
    /// Disclosures on their way from here to another store.
    pub open_deliveries: i64,
    /// Of those, how many failed so often that nobody tries them any more.
    pub stuck_deliveries: i64,
    /// When the oldest of them was sent.
    pub oldest_delivery: Option<Timestamp>,
    /// Clocks that are due and have not had their effect.
    pub due_clocks: i64,
    /// Clocks that run.
    pub running_clocks: i64,
    /// When the first clock is due.
    pub next_clock: Option<Timestamp>,
}

impl Vault {
    /// How a store is doing now. A store that cannot be read is told as a fault, not as an error: the others are
    /// still worth seeing.
    pub async fn store_health(&self, store: Store, now: Timestamp) -> StoreHealth {
        let mut health = StoreHealth {
            store,
            fault: self.is_store_ready(store).await.err(),
            head: None,
            open_deliveries: 0,
            stuck_deliveries: 0,
            oldest_delivery: None,
            due_clocks: 0,
            running_clocks: 0,
            next_clock: None,
        };
        if let Err(error) = self.measure(&mut health, now).await {
            health.fault.get_or_insert(error);
        }
        health
    }

    async fn measure(&self, health: &mut StoreHealth, now: Timestamp) -> Result<()> {
        let store = health.store;
        health.head = Some(self.head(store).await?);
        let outbox = "SELECT count(*), count(CASE WHEN attempts >= $1 THEN 1 END), min(created_at) FROM outbox WHERE delivered_at IS NULL";
        let deliveries = self.three(store, outbox, MOST_ATTEMPTS).await?;
        health.open_deliveries = deliveries.0.unwrap_or_default();
        health.stuck_deliveries = deliveries.1.unwrap_or_default();
        health.oldest_delivery = deliveries.2.map(at_millis);
        let timers =
            "SELECT count(*), count(CASE WHEN due_at <= $1 THEN 1 END), min(due_at) FROM timers";
        let clocks = self.three(store, timers, now.as_millisecond()).await?;
        health.running_clocks = clocks.0.unwrap_or_default();
        health.due_clocks = clocks.1.unwrap_or_default();
        health.next_clock = clocks.2.map(at_millis);
        Ok(())
    }

    async fn three(
        &self,
        store: Store,
        sql: &str,
        arg: i64,
    ) -> Result<(Option<i64>, Option<i64>, Option<i64>)> {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let rows = self
            .pool(store)
            .rows(sql, vec![arg.into()])
            .await
            .map_err(fail)?;
        let Some(row) = rows.first() else {
            return Ok((None, None, None));
        };
        let number = |at: usize| row.int_opt(at).map_err(fail);
        Ok((number(0)?, number(1)?, number(2)?))
    }
}
