//! The nine stores: seven purpose compartments, the shelter addresses and the system's own accounts.
//!
//! A store is a database file of its own (SQLite) or a schema with its own login role (PostgreSQL), so that
//! no query can join what the law keeps apart.

use serde::{Deserialize, Serialize};

/// One of the separate stores. The seven compartments follow the purposes for which data may be processed
/// (purpose limitation, art. 5(1)(b) AVG); the last two are kept apart for safety.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Store {
    /// Signal desk: reports and their routing.
    K1,
    /// Registration for statistics.
    K2,
    /// Care and shelter.
    K3,
    /// Opinion on victimhood.
    K4,
    /// Criminal investigation and prosecution.
    K5,
    /// Cooperation and barriers.
    K6,
    /// Programme and public figures.
    K7,
    /// Shelter addresses: no index, no digest, one reading route.
    Addresses,
    /// Organisations, people and sessions.
    System,
}

impl Store {
    /// All stores in their fixed order (the order of state hashes and signed heads).
    pub const ALL: [Store; 9] = [
        Store::K1,
        Store::K2,
        Store::K3,
        Store::K4,
        Store::K5,
        Store::K6,
        Store::K7,
        Store::Addresses,
        Store::System,
    ];

    /// Short stable name: file name, schema name and journal label.
    pub fn name(self) -> &'static str {
        match self {
            Store::K1 => "k1",
            Store::K2 => "k2",
            Store::K3 => "k3",
            Store::K4 => "k4",
            Store::K5 => "k5",
            Store::K6 => "k6",
            Store::K7 => "k7",
            Store::Addresses => "addresses",
            Store::System => "system",
        }
    }

    /// The store with this name, if there is one.
    pub fn from_name(name: &str) -> Option<Store> {
        Store::ALL.into_iter().find(|store| store.name() == name)
    }

    /// Position in [`Store::ALL`].
    pub(crate) fn index(self) -> usize {
        self as usize
    }
}

impl std::fmt::Display for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
