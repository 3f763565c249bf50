//! The request itself, as care keeps it: what can be read of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Asked, Done, Extension, Heard, Owner, PartAnswer, RequestError, RequestState, Right, Terms,
};
use crate::ids::{CaseId, RequestId};
use crate::text::SafeText;

/// A request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataRequest {
    /// Identity.
    pub id: RequestId,
    /// The case of the person.
    pub case: CaseId,
    /// What is asked.
    pub right: Right,
    /// In her own words.
    pub words: Option<SafeText>,
    /// Who put it down.
    pub asked: Asked,
    /// When it came in: the terms run from here.
    pub received: Timestamp,
    /// Its moments.
    pub terms: Terms,
    pub(super) state: RequestState,
    pub(super) heard: Vec<Heard>,
}

impl DataRequest {
    /// A request that comes in.
    #[must_use]
    pub fn receive(
        id: RequestId,
        case: CaseId,
        right: Right,
        words: Option<SafeText>,
        asked: Asked,
        received: Timestamp,
        terms: Terms,
    ) -> DataRequest {
        DataRequest {
            id,
            case,
            right,
            words,
            asked,
            received,
            terms,
            state: RequestState::Received,
            heard: Vec::new(),
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> &RequestState {
        &self.state
    }

    /// Name of the state.
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            RequestState::Received => "received",
            RequestState::NotSettled { .. } => "not_settled",
            RequestState::Settled { .. } => "settled",
            RequestState::Extended { .. } => "extended",
            RequestState::Answered { .. } => "answered",
            RequestState::Granted { .. } => "granted",
            RequestState::CarriedOut { .. } => "carried_out",
            RequestState::Withdrawn { .. } => "withdrawn",
        }
    }

    /// What others answered, in the order in which it came.
    #[must_use]
    pub fn heard(&self) -> &[Heard] {
        &self.heard
    }

    /// Why the term was extended, if it was.
    #[must_use]
    pub fn extension(&self) -> Option<&Extension> {
        match &self.state {
            RequestState::Extended { extension, .. } => Some(extension),
            RequestState::Answered { extension, .. }
            | RequestState::Granted { extension, .. }
            | RequestState::CarriedOut { extension, .. } => extension.as_ref(),
            _ => None,
        }
    }

    /// What care answered, once it did.
    #[must_use]
    pub fn own_answer(&self) -> Option<&PartAnswer> {
        match &self.state {
            RequestState::Answered { answer, .. }
            | RequestState::Granted { answer, .. }
            | RequestState::CarriedOut { answer, .. } => Some(answer),
            _ => None,
        }
    }

    /// Who carries it out, as long as it waits for that.
    #[must_use]
    pub fn owner(&self) -> Option<&Owner> {
        match &self.state {
            RequestState::Granted { owner, .. } => owner.as_ref(),
            _ => None,
        }
    }

    /// Everything that care kept is gone, and the case with it.
    #[must_use]
    pub fn left_nothing(&self) -> bool {
        let done = self.own_answer().and_then(|answer| answer.done.as_ref());
        done.is_some_and(Done::left_nothing)
    }

    /// What is owed next by care: an answer, or to carry out what was granted; nothing once that was done, or when nothing is owed.
    #[must_use]
    pub fn owed(&self) -> Option<Timestamp> {
        match self.state {
            RequestState::Received
            | RequestState::Settled { .. }
            | RequestState::Extended { .. }
            | RequestState::Granted { .. } => Some(self.terms.due),
            _ => None,
        }
    }

    /// Whether it is she, as far as was settled: only then others are asked and sections open.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        matches!(
            self.state,
            RequestState::Settled { .. }
                | RequestState::Extended { .. }
                | RequestState::Answered { .. }
                | RequestState::Granted { .. }
                | RequestState::CarriedOut { .. }
        )
    }

    /// Whether care is late: its section is open and it has not answered.
    #[must_use]
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.owed().is_some() && self.own_answer().is_none() && now >= self.terms.release
    }

    pub(super) fn not_now(&self) -> RequestError {
        RequestError::NotNow(self.state_name())
    }
}
