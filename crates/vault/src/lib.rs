//! The vault: sealed records in seven compartments, their journal, clocks and disclosures, on SQLite or PostgreSQL.
//!
//! It knows records, seals and reasons, not what a victim is. One use case is one [`Change`] to one [`Store`];
//! the change and its journal entry are one transaction. Two stores are never joined: what goes from one to
//! another is a disclosure, a record itself.

mod apply;
mod backup;
mod chance;
mod change;
mod counts;
mod db;
mod error;
mod export;
mod frames;
mod health;
mod journal;
mod journal_index;
mod journal_pages;
mod journal_search;
mod keys;
mod ledger;
mod lists;
mod marks;
mod mirror;
mod open;
mod outline;
mod parts;
mod prepare;
mod record;
mod restore;
mod schema;
mod seal;
mod sessions;
mod store;
mod tally;
mod transact;
mod vault;
mod verify;
mod writer;

pub use backup::BackupReport;
pub use chance::{Chance, OsChance, new_id};
pub use change::{Applied, Change, Timer};
pub use error::{Result, VaultError};
pub use export::{JournalReport, verify_journal_file};
pub use health::StoreHealth;
pub use journal::{ChainCheck, Context, Entry, Head, How, SignedHead, Touched};
pub use journal_pages::{JournalFilter, JournalPage};
pub use keys::{KeyDir, Keyring};
pub use lists::{Counts, Cursor, Filter, ListRow, Order, Page, RegionCounts};
pub use mirror::{Mirror, Seen};
pub use open::{Settings, Where};
pub use outline::Outline;
pub use parts::PART_BYTES;
pub use record::{Clear, ClearData, Draft, Kind, Opened, Raw, Stored, Term};
pub use restore::{RestoreTarget, restore};
pub use sessions::Session;
pub use store::Store;
pub use vault::{DueTimer, Undelivered, Vault};
pub use verify::VerifyReport;
