//! The sender's side of a share. The sender always sees where it stands, never what the receiver does with it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{EndReason, Kept, Portion};
use crate::answer::By;
use crate::code::{DataCode, OrgKind, PurposeCode};
use crate::ids::{CaseId, ConsentId, DecisionId, DisclosureId, OrgId};
use crate::text::SafeText;

/// Under what a share was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShareTerms {
    /// The receiving organisation.
    pub to: OrgId,
    /// Its kind on that day.
    pub kind: OrgKind,
    /// For what.
    pub purpose: PurposeCode,
    /// The categories asked.
    pub data: BTreeSet<DataCode>,
    /// The circumstances that the answer was asked under (contract: `circumstances`).
    pub circumstances: BTreeSet<String>,
    /// Legal grounds that the answer named, as text.
    pub grounds: Vec<String>,
    /// The consents that it rests on.
    pub consents: Vec<ConsentId>,
    /// Version of the law that answered.
    pub policy: String,
    /// The decision in the log, to be decided again; none before there was a log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionId>,
    /// Conditions that the sender confirmed, by code.
    pub confirmed: BTreeSet<String>,
    /// Last day, inclusive.
    pub until: Date,
    /// Why the receiver needs it; the receiver reads this before it accepts.
    pub why: SafeText,
}

/// What the receiver confirmed after the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    /// On which day.
    pub on: Date,
    /// What the receiver had to keep under its own law; none: nothing.
    pub kept: Option<Kept>,
}

/// Where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum ShareState {
    /// Waits for the receiver.
    Offered,
    /// The receiver does not want it.
    Refused {
        /// When.
        on: Date,
        /// Why.
        reason: SafeText,
    },
    /// It ended before anything was sent.
    Gone {
        /// When.
        on: Date,
        /// Why.
        why: EndReason,
    },
    /// Accepted, and the content was sent.
    Held {
        /// Since when.
        since: Date,
    },
    /// It ended; the receiver has still to confirm.
    Ending {
        /// When.
        on: Date,
        /// Why.
        why: EndReason,
    },
    /// It ended and the receiver confirmed.
    Ended {
        /// Why.
        why: EndReason,
        /// What the receiver said.
        confirmation: Confirmation,
    },
}

/// A share as its sender keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Identity, known to both sides.
    pub id: DisclosureId,
    /// From which case.
    pub case: CaseId,
    /// Who decided, and when.
    pub by: By,
    /// Under what.
    pub terms: ShareTerms,
    /// What goes: fixed when it is offered, so that what was previewed is what is sent.
    pub portion: Portion,
    state: ShareState,
}

/// Why a step was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// Nothing to share.
    #[error("nothing would be shared: choose at least one category that this file holds")]
    Empty,
    /// The term is no term.
    #[error("the share would end on {until}: choose a day from {from} up to one year later")]
    Term {
        /// First possible day.
        from: Date,
        /// The day given.
        until: Date,
    },
    /// Not in this state.
    #[error("this share is {0}: the step is not possible now")]
    NotNow(&'static str),
}

/// Longest term in days: whoever needs it longer is asked again.
pub const LONGEST_DAYS: i32 = 366;

/// The names of the states, as in the picture.
pub const STATES: &[&str] = &["offered", "refused", "gone", "held", "ending", "ended"];
/// The moves between them.
pub const MOVES: &[(&str, &str)] = &[
    ("offered", "refused"),
    ("offered", "gone"),
    ("offered", "held"),
    ("held", "ending"),
    ("ending", "ended"),
];

impl Share {
    /// Offers a part of a file. `today` is the civil day in the Netherlands.
    pub fn offer(
        id: DisclosureId,
        case: CaseId,
        by: By,
        terms: ShareTerms,
        portion: Portion,
        today: Date,
    ) -> Result<Share, ShareError> {
        if portion.is_empty() {
            return Err(ShareError::Empty);
        }
        let days = today.until(terms.until).map_or(-1, |span| span.get_days());
        if !(0..=LONGEST_DAYS).contains(&days) {
            return Err(ShareError::Term {
                from: today,
                until: terms.until,
            });
        }
        Ok(Share {
            id,
            case,
            by,
            terms,
            portion,
            state: ShareState::Offered,
        })
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> &ShareState {
        &self.state
    }

    /// Name of the state.
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            ShareState::Offered => "offered",
            ShareState::Refused { .. } => "refused",
            ShareState::Gone { .. } => "gone",
            ShareState::Held { .. } => "held",
            ShareState::Ending { .. } => "ending",
            ShareState::Ended { .. } => "ended",
        }
    }

    /// Whether the receiver may have the content now or get it.
    #[must_use]
    pub fn runs(&self) -> bool {
        matches!(self.state, ShareState::Offered | ShareState::Held { .. })
    }

    fn with(self, state: ShareState) -> Share {
        Share { state, ..self }
    }

    fn not_now(&self) -> ShareError {
        ShareError::NotNow(self.state_name())
    }

    /// The receiver refused.
    pub fn refused(self, on: Date, reason: SafeText) -> Result<Share, ShareError> {
        match self.state {
            ShareState::Offered => Ok(self.with(ShareState::Refused { on, reason })),
            _ => Err(self.not_now()),
        }
    }

    /// The receiver accepted and the content goes.
    pub fn delivered(self, since: Date) -> Result<Share, ShareError> {
        match self.state {
            ShareState::Offered => Ok(self.with(ShareState::Held { since })),
            _ => Err(self.not_now()),
        }
    }

    /// What goes was corrected in the file (art. 19 AVG): the same categories, as they are now. Only while it runs.
    pub fn corrected(self, portion: Portion) -> Result<Share, ShareError> {
        match self.runs() {
            true => Ok(Share { portion, ..self }),
            false => Err(self.not_now()),
        }
    }

    /// It ends: an offer is gone, content that was sent has to be confirmed.
    pub fn end(self, on: Date, why: EndReason) -> Result<Share, ShareError> {
        match self.state {
            ShareState::Offered => Ok(self.with(ShareState::Gone { on, why })),
            ShareState::Held { .. } => Ok(self.with(ShareState::Ending { on, why })),
            _ => Err(self.not_now()),
        }
    }

    /// The receiver confirmed.
    pub fn confirmed(self, confirmation: Confirmation) -> Result<Share, ShareError> {
        match self.state {
            ShareState::Ending { why, .. } => {
                Ok(self.with(ShareState::Ended { why, confirmation }))
            }
            _ => Err(self.not_now()),
        }
    }
}
