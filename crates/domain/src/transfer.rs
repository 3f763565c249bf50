//! Handing a case over to another coordinating organisation, because the person moves or another one fits her better.
//!
//! The case itself goes, whole and once: she tells nothing a second time. Until it is accepted the old organisation answers for it; from
//! that moment the new one does, and the old one keeps only how it ended. Ground: Wmo 2015 art. 2.3.1, with her consent (art. 7 AVG).

use serde::{Deserialize, Serialize};

use crate::answer::By;
use crate::ids::{CaseId, ConsentId, OrgId, TransferId};
use crate::text::SafeText;

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum TransferState {
    /// Waits for an answer; the old organisation answers for the case.
    Offered,
    /// The new organisation answers for the case.
    Accepted {
        /// Who and when.
        by: By,
    },
    /// Refused; the case stayed where it was.
    Refused {
        /// Who and when.
        by: By,
        /// Why.
        reason: SafeText,
    },
    /// Taken back before an answer.
    TakenBack {
        /// Who and when.
        by: By,
    },
}

/// One offer of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// Identity.
    pub id: TransferId,
    /// Which case.
    pub case: CaseId,
    /// Who offers it, of which organisation, and when.
    pub offered: By,
    /// To which organisation.
    pub to: OrgId,
    /// Why it goes there, in words without anything about the person: the receiver reads it before it answers.
    pub why: SafeText,
    /// The consent that it rests on.
    pub consent: ConsentId,
    state: TransferState,
}

/// Names of the states.
pub const STATES: &[&str] = &["offered", "accepted", "refused", "taken_back"];
/// Moves between them.
pub const MOVES: &[(&str, &str)] = &[
    ("offered", "accepted"),
    ("offered", "refused"),
    ("offered", "taken_back"),
];

/// Why a step was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransferError {
    /// To one's own organisation nothing is handed over.
    #[error("choose another organisation: within your own a colleague takes the case over")]
    OwnOrganisation,
    /// It was answered or taken back.
    #[error("this offer was answered or taken back before")]
    Over,
    /// Only the receiver answers, only the sender takes back.
    #[error("the receiving organisation answers an offer, the offering one takes it back")]
    WrongOrganisation,
}

impl Transfer {
    /// Offers a case.
    pub fn offer(
        id: TransferId,
        case: CaseId,
        offered: By,
        to: OrgId,
        why: SafeText,
        consent: ConsentId,
    ) -> Result<Self, TransferError> {
        if offered.org == to {
            return Err(TransferError::OwnOrganisation);
        }
        Ok(Self {
            id,
            case,
            offered,
            to,
            why,
            consent,
            state: TransferState::Offered,
        })
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self) -> &TransferState {
        &self.state
    }

    /// Name of the state.
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            TransferState::Offered => "offered",
            TransferState::Accepted { .. } => "accepted",
            TransferState::Refused { .. } => "refused",
            TransferState::TakenBack { .. } => "taken_back",
        }
    }

    fn step(self, by: By, whose: OrgId, state: TransferState) -> Result<Self, TransferError> {
        match self.state {
            TransferState::Offered if by.org == whose => Ok(Self { state, ..self }),
            TransferState::Offered => Err(TransferError::WrongOrganisation),
            _ => Err(TransferError::Over),
        }
    }

    /// The receiver accepts: from this moment the case is its own.
    pub fn accept(self, by: By) -> Result<Self, TransferError> {
        let to = self.to;
        self.step(by, to, TransferState::Accepted { by })
    }

    /// The receiver refuses, with the reason.
    pub fn refuse(self, by: By, reason: SafeText) -> Result<Self, TransferError> {
        let to = self.to;
        self.step(by, to, TransferState::Refused { by, reason })
    }

    /// The sender takes it back.
    pub fn take_back(self, by: By) -> Result<Self, TransferError> {
        let from = self.offered.org;
        self.step(by, from, TransferState::TakenBack { by })
    }
}
