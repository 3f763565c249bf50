//! What is kept of a restriction, in the compartment that granted it.

use domain::restriction::Restriction;
use serde::{Deserialize, Serialize};
use vault::{Clear, ClearData, Draft, Kind, Store, Stored};

use crate::error::Result;

/// Where she asked for it: she reads there that it ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "asked", content = "id", rename_all = "snake_case")]
pub enum AskedBy {
    /// Care's own record of her request.
    Request(String),
    /// The part of a compartment.
    Part(String),
}

/// A restriction, under the record that it is about: when that goes, it goes too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredRestriction {
    /// The restriction.
    pub restriction: Restriction,
    /// The record of this compartment that it is about.
    pub about: String,
    /// Where she asked for it.
    pub asked: AskedBy,
}

impl Stored for StoredRestriction {
    const KIND: Kind = Kind {
        name: "restriction",
        // Every compartment keeps its own; see `Draft::in_store`.
        store: Store::K1,
        schema: 1,
        clear: &[Clear::State, Clear::Parent],
        terms: &[],
    };
}

impl StoredRestriction {
    pub(crate) fn draft(&self, store: Store, id: &str, fields: &[&str]) -> Result<Draft> {
        let clear = ClearData {
            state: self.restriction.state_name().to_owned(),
            parent: Some(self.about.clone()),
            ..ClearData::default()
        };
        Ok(Draft::new(id, self, clear)?
            .in_store(store)
            .changing(fields))
    }
}
