//! The receiver's side of a share: a preview without personal data first, the content only after accepting, and an end that is
//! confirmed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{EndReason, Outline, ShareError};
use crate::answer::By;
use crate::code::PurposeCode;
use crate::ids::{DisclosureId, OrgId};
use crate::text::SafeText;

/// What a receiver has to keep after the end, under which law of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// Law and article, such as `art. 7:454 lid 3 BW`.
    pub ground: SafeText,
    /// What is kept, in words without anything about the person.
    pub what: SafeText,
}

/// Where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum ReceivedState {
    /// Waits for an answer.
    Offered,
    /// Refused.
    Refused {
        /// Who and when.
        by: By,
        /// Why.
        reason: SafeText,
    },
    /// Accepted; the content is under way.
    Accepted {
        /// Who and when.
        by: By,
    },
    /// The content is here.
    Held {
        /// Who accepted it.
        by: By,
    },
    /// It ended before the content came.
    Gone {
        /// Why.
        why: EndReason,
    },
    /// It ended: the content is no longer shown, and somebody confirms that it is gone from here.
    Ended {
        /// When.
        on: Date,
        /// Why.
        why: EndReason,
    },
    /// Confirmed.
    Confirmed {
        /// Why it ended.
        why: EndReason,
        /// Who confirmed, and when.
        by: By,
        /// What had to be kept.
        kept: Option<Kept>,
    },
}

/// A share as its receiver keeps it; the content is a record of its own, so that it can be destroyed by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Received {
    /// Identity, known to both sides.
    pub id: DisclosureId,
    /// The sending organisation.
    pub from: OrgId,
    /// The receiving organisation.
    pub to: OrgId,
    /// For what.
    pub purpose: PurposeCode,
    /// Legal grounds, as text.
    pub grounds: Vec<String>,
    /// Why the sender thinks that it is needed here.
    pub why: SafeText,
    /// Which categories.
    pub outline: Outline,
    /// Last day, inclusive.
    pub until: Date,
    state: ReceivedState,
}

/// The names of the states, as in the picture.
pub const STATES: &[&str] = &[
    "offered",
    "refused",
    "accepted",
    "held",
    "gone",
    "ended",
    "confirmed",
];
/// The moves between them.
pub const MOVES: &[(&str, &str)] = &[
    ("offered", "refused"),
    ("offered", "accepted"),
    ("offered", "gone"),
    ("accepted", "held"),
    ("accepted", "gone"),
    ("held", "ended"),
    ("ended", "confirmed"),
];

impl Received {
    /// An offer that came.
    #[allow(
        clippy::too_many_arguments,
        reason = "each has its own type and its own meaning"
    )]
    #[must_use]
    pub fn offered(
        id: DisclosureId,
        from: OrgId,
        to: OrgId,
        purpose: PurposeCode,
        grounds: Vec<String>,
        why: SafeText,
        outline: Outline,
        until: Date,
    ) -> Received {
        Received {
            id,
            from,
            to,
            purpose,
            grounds,
            why,
            outline,
            until,
            state: ReceivedState::Offered,
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> &ReceivedState {
        &self.state
    }

    /// Name of the state.
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            ReceivedState::Offered => "offered",
            ReceivedState::Refused { .. } => "refused",
            ReceivedState::Accepted { .. } => "accepted",
            ReceivedState::Held { .. } => "held",
            ReceivedState::Gone { .. } => "gone",
            ReceivedState::Ended { .. } => "ended",
            ReceivedState::Confirmed { .. } => "confirmed",
        }
    }

    /// Whether the content may be shown.
    #[must_use]
    pub fn shows_content(&self) -> bool {
        matches!(self.state, ReceivedState::Held { .. })
    }

    fn with(self, state: ReceivedState) -> Received {
        Received { state, ..self }
    }

    fn not_now(&self) -> ShareError {
        ShareError::NotNow(self.state_name())
    }

    /// Accepts: the sender is told and sends the content.
    pub fn accept(self, by: By) -> Result<Received, ShareError> {
        match self.state {
            ReceivedState::Offered => Ok(self.with(ReceivedState::Accepted { by })),
            _ => Err(self.not_now()),
        }
    }

    /// Refuses, with a reason for the sender.
    pub fn refuse(self, by: By, reason: SafeText) -> Result<Received, ShareError> {
        match self.state {
            ReceivedState::Offered => Ok(self.with(ReceivedState::Refused { by, reason })),
            _ => Err(self.not_now()),
        }
    }

    /// The content came.
    pub fn arrived(self) -> Result<Received, ShareError> {
        match self.state {
            ReceivedState::Accepted { by } => Ok(self.with(ReceivedState::Held { by })),
            _ => Err(self.not_now()),
        }
    }

    /// The sender says that it ended.
    pub fn end(self, on: Date, why: EndReason) -> Result<Received, ShareError> {
        match self.state {
            ReceivedState::Offered | ReceivedState::Accepted { .. } => {
                Ok(self.with(ReceivedState::Gone { why }))
            }
            ReceivedState::Held { .. } => Ok(self.with(ReceivedState::Ended { on, why })),
            _ => Err(self.not_now()),
        }
    }

    /// Somebody confirms what is gone and what had to be kept.
    pub fn confirm(self, by: By, kept: Option<Kept>) -> Result<Received, ShareError> {
        match self.state {
            ReceivedState::Ended { why, .. } => {
                Ok(self.with(ReceivedState::Confirmed { why, by, kept }))
            }
            _ => Err(self.not_now()),
        }
    }
}
