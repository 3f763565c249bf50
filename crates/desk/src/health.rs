//! How the system is doing, for whoever keeps it running: numbers, and nothing of any content.

use jiff::Timestamp;
use vault::{SignedHead, Store, StoreHealth};

use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;

/// How the system is doing.
#[derive(Debug, Clone)]
pub struct Health {
    /// Each store, in the order of [`Store::ALL`].
    pub stores: Vec<StoreHealth>,
    /// The ends of all journals under one signature; absent when a store cannot be read.
    pub head: Option<SignedHead>,
}

impl Health {
    /// Whether every store can read and accepts writes, and nothing is stuck.
    pub fn is_well(&self) -> bool {
        let well = |store: &StoreHealth| store.fault.is_none() && store.stuck_deliveries == 0;
        self.stores.iter().all(well)
    }
}

/// Looks at every store.
pub async fn read(desk: &Desk, actor: &Actor, now: Timestamp) -> Result<Health> {
    permit(actor, UseCase::ReadHealth)?;
    let mut stores = Vec::with_capacity(Store::ALL.len());
    for store in Store::ALL {
        stores.push(desk.vault.store_health(store, now).await);
    }
    Ok(Health {
        stores,
        head: desk.vault.signed_head(now).await.ok(),
    })
}
