//! What can go wrong in the vault, in words for whoever has to act.

use crate::Store;

/// Every way in which the vault refuses or fails. Nothing is half done when one of these is returned.
#[derive(Debug, Clone, thiserror::Error)]
pub enum VaultError {
    /// Somebody else changed the record first.
    #[error(
        "record {id} in {store} was changed by somebody else (you saw version {seen}); read it again and repeat your change"
    )]
    Conflict {
        /// Where the record is.
        store: Store,
        /// The record.
        id: String,
        /// The version on which the refused change was based.
        seen: i64,
    },
    /// No such record, or it was erased.
    #[error("there is no record {id} in {store}")]
    NotFound {
        /// Where it was sought.
        store: Store,
        /// What was sought.
        id: String,
    },
    /// The same idempotency key was used with other content.
    #[error("this idempotency key was used before with other content; take a new key")]
    KeyReused,
    /// A once-only effect had been applied already (a timer fired, a disclosure received).
    #[error("{what} was already done")]
    AlreadyDone {
        /// Which effect.
        what: String,
    },
    /// The disk is full: nothing was accepted.
    #[error(
        "the disk of store {store} is full; nothing was accepted, try again when there is space"
    )]
    DiskFull {
        /// Which store.
        store: Store,
    },
    /// The store stopped accepting writes after an I/O error and must be restarted.
    #[error(
        "store {store} refuses writes after a failed disk operation; check the disk, then restart"
    )]
    Poisoned {
        /// Which store.
        store: Store,
    },
    /// A seal did not open: the row was altered or the key is not the one it was sealed with.
    #[error("the seal of {what} in {store} does not open: the row was altered or the key is wrong")]
    BrokenSeal {
        /// Which store.
        store: Store,
        /// Which row.
        what: String,
    },
    /// The key directory does not belong to this data.
    #[error("{0}")]
    Keys(String),
    /// A record type was written with clear data or terms it did not declare.
    #[error("record type {kind}: {what}")]
    Undeclared {
        /// The record type.
        kind: &'static str,
        /// What was not declared.
        what: String,
    },
    /// A file (backup, journal export) is not sound.
    #[error("{file}: {what}")]
    File {
        /// The file.
        file: String,
        /// What is wrong, where.
        what: String,
    },
    /// The data behind a record cannot be read as the type asked for.
    #[error("record {id} in {store} is not a readable {kind}: {why}")]
    Shape {
        /// Which store.
        store: Store,
        /// The record.
        id: String,
        /// Expected type.
        kind: &'static str,
        /// The reader's words; never content.
        why: String,
    },
    /// The database said no for another reason.
    #[error("store {store}: {why}")]
    Database {
        /// Which store.
        store: Store,
        /// The database's words.
        why: String,
    },
    /// The vault is closing.
    #[error("the vault is closing; nothing was accepted")]
    Closed,
}

/// Result of a vault call.
pub type Result<T> = std::result::Result<T, VaultError>;
