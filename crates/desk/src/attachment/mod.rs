//! Files that belong to a report (K1), an intake (K5), a case (K3) or an update of the plan (K7).
//!
//! A file is sealed part by part while it comes in, under a record that belongs to nothing yet. The change that keeps the
//! report, or adds to the case, makes it belong: all files of one sending at once, or none. What was begun and never
//! belonged to anything is destroyed: at once when its sending fails, else by a clock within three hours.
//!
//! What may be kept of a file is decided by the `files` crate; nothing here or above looks into it. A file is given out as it
//! is kept, to be saved and never shown in a page.

mod arrive;
mod bring;
mod clock;
mod keep;

pub(crate) use arrive::too_many;
pub use arrive::{Arrived, Arriving};
pub(crate) use bring::{Brought, bring};
pub use clock::clock;
pub use keep::{Content, Listed};
pub(crate) use keep::{keep_all, list, listed, open};

use domain::By;
use domain::SafeText;
use domain::attachment::FileKind;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Clear, Kind, Store, Stored};

/// A file as stored, beside its parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum StoredAttachment {
    /// It is still coming in and belongs to nothing.
    Arriving,
    /// It is kept.
    Kept(Attachment),
}

/// A file that is kept. Its name is not among what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// What it is, by its content.
    pub kind: FileKind,
    /// Its size in bytes, as kept.
    pub bytes: u64,
    /// In how many sealed parts.
    pub parts: i64,
    /// SHA-256 of what is kept (hexadecimal), by which a repetition of a sending is known.
    pub digest: String,
    /// Who added it.
    pub origin: Origin,
    /// What a colleague calls it.
    pub title: Option<SafeText>,
    /// When; of a file from a reporter the start of the hour.
    pub at: Timestamp,
}

/// Who added a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case", deny_unknown_fields)]
pub enum Origin {
    /// The reporter, with the report or later.
    Reporter,
    /// It came along with a report that the signal desk passed on.
    PassedOn,
    /// Somebody who works on the matter.
    Colleague {
        /// Who and when.
        by: By,
        /// As colleagues know her.
        name: String,
    },
}

/// A file that was removed from a case: that it was there, and why it went. The file itself is destroyed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removed {
    /// What it was.
    pub kind: FileKind,
    /// Its size in bytes.
    pub bytes: u64,
    /// Why it went.
    pub reason: SafeText,
    /// Who removed it, and when.
    pub by: By,
    /// As colleagues know her.
    pub name: String,
}

const ARRIVING: &str = "arriving";
pub(crate) const KEPT: &str = "kept";

impl Stored for StoredAttachment {
    const KIND: Kind = Kind {
        name: "attachment",
        // Every compartment keeps its own; see `Draft::in_store`.
        store: Store::K1,
        schema: 1,
        clear: &[Clear::State, Clear::Parent],
        terms: &[],
    };
}

impl Stored for Removed {
    const KIND: Kind = Kind {
        name: "attachment_removed",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::Parent],
        terms: &[],
    };
}
