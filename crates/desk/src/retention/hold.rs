//! Legal holds: somebody needs a record longer than its term, for a claim or a trial, and says why.
//!
//! A hold stands in the store of accounts and supervision and names the record by its id alone.

use domain::SafeText;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Change, Clear, ClearData, Draft, Kind, Store, Stored};

use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// A hold on a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalHold {
    /// Name of the store in which the record is.
    pub store: String,
    /// The record.
    pub record: String,
    /// Why it is needed.
    pub reason: SafeText,
    /// Since when.
    pub placed: Timestamp,
    /// When it ended, and why; none: it holds.
    pub released: Option<(Timestamp, SafeText)>,
}

const IN_FORCE: &str = "in_force";
const RELEASED: &str = "released";

impl Stored for LegalHold {
    const KIND: Kind = Kind {
        name: "legal_hold",
        store: Store::System,
        schema: 1,
        clear: &[Clear::State],
        terms: &[],
    };
}

impl LegalHold {
    fn draft(&self, id: &str) -> Result<Draft> {
        let state = match self.released {
            None => IN_FORCE,
            Some(_) => RELEASED,
        };
        let clear = ClearData {
            state: state.to_owned(),
            ..ClearData::default()
        };
        Ok(Draft::new(id, self, clear)?.changing(&["state"]))
    }
}

/// Places a hold on a record of a store. Everything that would go together with the record stays with it.
pub async fn hold(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    store: Store,
    record: &str,
    reason: SafeText,
) -> Result<String> {
    let permit = permit(actor, UseCase::KeepHolds)?;
    if desk.vault.clear_of(store, record).await?.is_none() {
        return Err(DeskError::NotFound { what: "record" });
    }
    let id = desk.vault.new_id(now).to_string();
    let hold = LegalHold {
        store: store.name().to_owned(),
        record: record.to_owned(),
        reason,
        placed: now,
        released: None,
    };
    let change = Change::new(permit.context(now)).create(hold.draft(&id)?);
    desk.vault.apply(Store::System, change).await?;
    Ok(id)
}

/// Ends a hold, with the reason. The term of the record counts again from where it began.
pub async fn release(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: &str,
    reason: SafeText,
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepHolds)?;
    let found = desk
        .vault
        .load::<LegalHold>(id)
        .await
        .map_err(|e| DeskError::from(e).what("hold"))?;
    if found.body.released.is_some() {
        return Err(DeskError::rule(
            "hold-released",
            "this hold was released before",
        ));
    }
    let hold = LegalHold {
        released: Some((now, reason)),
        ..found.body
    };
    let change = Change::new(permit.context(now)).update(hold.draft(id)?, found.version);
    desk.vault.apply(Store::System, change).await?;
    Ok(())
}

/// The holds in force, by their ids.
pub async fn holds(desk: &Desk, actor: &Actor) -> Result<Vec<(String, LegalHold)>> {
    permit(actor, UseCase::KeepHolds)?;
    let found = desk.vault.load_all::<LegalHold>(&[IN_FORCE]).await?;
    Ok(found.into_iter().map(|h| (h.id, h.body)).collect())
}

/// The holds that keep some of these records of a store.
pub async fn holds_on(desk: &Desk, store: Store, ids: &[String]) -> Result<Vec<LegalHold>> {
    let holds = desk.vault.load_all::<LegalHold>(&[IN_FORCE]).await?;
    let all = holds.into_iter().map(|found| found.body);
    let keeps = |h: &LegalHold| h.store == store.name() && ids.contains(&h.record);
    Ok(all.filter(keeps).collect())
}

/// The hold that keeps one of these records of a store, if there is one.
pub async fn hold_on(desk: &Desk, store: Store, ids: &[String]) -> Result<Option<String>> {
    let holds = desk.vault.load_all::<LegalHold>(&[IN_FORCE]).await?;
    let keeps = |h: &LegalHold| h.store == store.name() && ids.contains(&h.record);
    Ok(holds.into_iter().find(|h| keeps(&h.body)).map(|h| h.id))
}
