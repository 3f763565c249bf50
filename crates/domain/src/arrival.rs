//! How a matter came to care from outside, and what care said: taken on, or sent back with a reason.

use crate::{answer::By, code::OrgKind, ids::DisclosureId, text::SafeText};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "via", rename_all = "snake_case", deny_unknown_fields)]
pub enum Via {
    /// A report that the signal desk routed.
    Report,
    /// A person whom an investigating service hands over, with consent.
    Handover {
        /// The kind of service.
        service: OrgKind,
    },
}

/// What care said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum ArrivalState {
    /// Nothing yet.
    Waiting,
    /// Taken on.
    Accepted {
        /// Who and when.
        by: By,
    },
    /// Sent back.
    SentBack {
        /// Who and when.
        by: By,
        /// Why.
        reason: SafeText,
    },
}

/// An arrival.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrival {
    /// The disclosure that brought it; later news of the sender names it.
    pub disclosure: DisclosureId,
    /// What came.
    pub via: Via,
    /// Who sent it; none: a rule of law by itself.
    pub sent_by: Option<By>,
    /// When it came.
    pub at: Timestamp,
    /// When the sender expects word.
    pub answer_due: Timestamp,
    state: ArrivalState,
}

/// Why an answer was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ArrivalError {
    /// It was answered before.
    #[error("this was answered already")]
    Answered,
    /// A person is not sent back like a paper.
    #[error(
        "a person who was handed over is not sent back: take the case on, and close it with a warm handover when another organisation goes on"
    )]
    PersonStays,
}

impl Arrival {
    /// Something that came and waits for an answer.
    #[must_use]
    pub fn waiting(
        disclosure: DisclosureId,
        via: Via,
        sent_by: Option<By>,
        at: Timestamp,
        answer_due: Timestamp,
    ) -> Self {
        Self {
            disclosure,
            via,
            sent_by,
            at,
            answer_due,
            state: ArrivalState::Waiting,
        }
    }

    /// What care said.
    #[must_use]
    pub fn state(&self) -> &ArrivalState {
        &self.state
    }

    /// Still to be answered?
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.state == ArrivalState::Waiting
    }

    /// Taken on?
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        matches!(self.state, ArrivalState::Accepted { .. })
    }

    /// When it was taken on, if it was.
    #[must_use]
    pub fn accepted_at(&self) -> Option<Timestamp> {
        match &self.state {
            ArrivalState::Accepted { by } => Some(by.at),
            ArrivalState::Waiting | ArrivalState::SentBack { .. } => None,
        }
    }

    /// Takes it on.
    pub fn accept(self, by: By) -> Result<Self, ArrivalError> {
        self.answered(ArrivalState::Accepted { by })
    }

    /// Sends a report back, with the reason.
    pub fn send_back(self, by: By, reason: SafeText) -> Result<Self, ArrivalError> {
        if matches!(self.via, Via::Handover { .. }) {
            return Err(ArrivalError::PersonStays);
        }
        self.answered(ArrivalState::SentBack { by, reason })
    }

    fn answered(self, state: ArrivalState) -> Result<Self, ArrivalError> {
        if self.is_waiting() {
            Ok(Self { state, ..self })
        } else {
            Err(ArrivalError::Answered)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{OrgId, UserId};
    use uuid::Uuid;

    fn by() -> By {
        By {
            user: UserId::new(Uuid::from_u128(1)),
            org: OrgId::new(Uuid::from_u128(2)),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    fn waiting(via: Via) -> Arrival {
        let id = DisclosureId::new(Uuid::from_u128(3));
        Arrival::waiting(id, via, None, Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn an_arrival_is_answered_once() {
        let accepted = waiting(Via::Report).accept(by()).unwrap();
        assert!(accepted.is_accepted());
        let reason = SafeText::new("reason", "other region", 100).unwrap();
        assert_eq!(
            accepted.send_back(by(), reason).unwrap_err(),
            ArrivalError::Answered
        );
    }

    #[test]
    fn a_person_is_not_sent_back() {
        let service = OrgKind::literal("POL");
        let reason = SafeText::new("reason", "full", 100).unwrap();
        let refused = waiting(Via::Handover { service }).send_back(by(), reason);
        assert_eq!(refused.unwrap_err(), ArrivalError::PersonStays);
    }
}
