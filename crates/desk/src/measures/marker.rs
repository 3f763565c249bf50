//! What a compartment told of a period, kept in the compartment itself: two processes that count at one time cannot both send.

use serde::{Deserialize, Serialize};
use vault::{Change, ClearData, Draft, Kind, Store, Stored, VaultError};

use super::Period;
use crate::Desk;
use crate::error::Result;

/// The measures that a compartment sent of one period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredMarker {
    codes: Vec<String>,
}

impl Stored for StoredMarker {
    const KIND: Kind = Kind {
        name: "figures_told",
        // Every compartment has its own; see `Draft::in_store`.
        store: Store::K1,
        schema: 1,
        clear: &[],
        terms: &[],
    };
}

pub(super) struct Marker {
    id: String,
    store: Store,
    version: Option<i64>,
    body: StoredMarker,
    is_new: bool,
}

impl Marker {
    pub(super) async fn of(desk: &Desk, store: Store, period: &Period) -> Result<Self> {
        // Of two reporting cycles a name can mean two periods; with the last day it is one.
        let id = format!("told-{}-{}-{}", store.name(), period.name, period.last);
        let (version, body) = match desk.vault.load_in::<StoredMarker>(store, &id).await {
            Ok(found) => (Some(found.version), found.body),
            Err(VaultError::NotFound { .. }) => (None, StoredMarker::default()),
            Err(error) => return Err(error.into()),
        };
        Ok(Self {
            id,
            store,
            version,
            body,
            is_new: false,
        })
    }

    pub(super) fn codes(&self) -> impl Iterator<Item = &str> {
        self.body.codes.iter().map(String::as_str)
    }

    pub(super) fn add(&mut self, code: &str) {
        self.body.codes.push(code.to_owned());
        self.is_new = true;
    }

    /// Writes what was added in the change that sends it. Whoever counted at the same time is refused with `Conflict`.
    pub(super) fn keep(self, change: Change) -> Result<Change> {
        if !self.is_new {
            return Ok(change);
        }
        let draft = Draft::new(self.id, &self.body, ClearData::default())?.in_store(self.store);
        Ok(match self.version {
            None => change.create(draft),
            Some(version) => change.update(draft.changing(&["codes"]), version),
        })
    }
}
