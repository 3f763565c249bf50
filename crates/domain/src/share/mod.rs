//! A share: exactly the permitted part of a person's file, offered to one organisation for one purpose and a term. It is looked at
//! as a preview without personal data, accepted or refused with a reason, and ends; what ends is confirmed by who received it.
//!
//! The sender's side and the receiver's side are two machines in two stores; each knows only what it was told.

mod portion;
pub mod received;
pub mod sent;

pub use portion::{Entitlement, Languages, Origin, Outline, Portion, SafetyShared, Source};
pub use received::{Kept, Received, ReceivedState};
pub use sent::{Confirmation, Share, ShareError, ShareState, ShareTerms};

use serde::{Deserialize, Serialize};

/// Why a share ended, or why what was offered will not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// Its term is over.
    Expired,
    /// The sender took it back.
    Recalled,
    /// The consent that it rested on was withdrawn (art. 7 lid 3 AVG).
    ConsentWithdrawn,
    /// When it was accepted the law no longer allowed it.
    NoLongerAllowed,
    /// The person asked to erase it, and that was granted (art. 17 and 19 AVG).
    Erased,
}

impl EndReason {
    /// All of them.
    pub const ALL: [EndReason; 5] = [
        EndReason::Expired,
        EndReason::Recalled,
        EndReason::ConsentWithdrawn,
        EndReason::NoLongerAllowed,
        EndReason::Erased,
    ];

    /// Stable code, as in files and text keys.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            EndReason::Expired => "expired",
            EndReason::Recalled => "recalled",
            EndReason::ConsentWithdrawn => "consent_withdrawn",
            EndReason::NoLongerAllowed => "no_longer_allowed",
            EndReason::Erased => "erased",
        }
    }
}
