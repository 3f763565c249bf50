//! The part of a request that one compartment answers, kept by that compartment.
//!
//! "We hold nothing" and "nothing may be told" (Wpg 27) both end in silence: nothing leaves the compartment, so that whoever waits
//! outside cannot tell one from the other. Inside, who decided so and why is kept, for the authority that checks it (Wpg 29).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Done, Owner, PartAnswer, Refusal, RequestError, Right};
use crate::answer::{By, Compartment};
use crate::ids::DisclosureId;
use crate::restriction::Ending;
use crate::text::SafeText;

/// Where a part stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum PartState {
    /// Waits for an answer.
    Open,
    /// Answered; the answer went to care.
    Answered {
        /// Who, and when.
        by: By,
        /// What was answered.
        answer: PartAnswer,
    },
    /// Granted and answered; it has still to be carried out.
    Granted {
        /// Who, and when.
        by: By,
        /// What was answered.
        answer: PartAnswer,
        /// Who carries it out.
        owner: Owner,
    },
    /// Granted, answered and carried out.
    CarriedOut {
        /// Who carried it out, and when.
        by: By,
        /// What was answered, with what was done.
        answer: PartAnswer,
    },
    /// Nothing about her is held here: nothing goes out.
    Nothing {
        /// Who, and when.
        by: By,
    },
    /// What is held may not be told (Wpg 27): nothing goes out.
    Withheld {
        /// Who, and when.
        by: By,
        /// Why, for the authority; never for outside.
        refusal: Refusal,
    },
}

/// A part of a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// In which compartment.
    pub of: Compartment,
    /// The disclosure with which care asked first: the answer names it.
    pub origin: DisclosureId,
    /// What is asked.
    pub right: Right,
    /// Her own words, when they are needed to answer.
    pub words: Option<SafeText>,
    /// When she asked.
    pub received: Timestamp,
    /// Before when this compartment must have answered.
    pub due: Timestamp,
    state: PartState,
}

/// The names of the states, as in the picture.
pub const PART_STATES: &[&str] = &[
    "open",
    "answered",
    "granted",
    "carried_out",
    "nothing",
    "withheld",
];
/// The moves between them.
pub const PART_MOVES: &[(&str, &str)] = &[
    ("open", "answered"),
    ("open", "granted"),
    ("granted", "carried_out"),
    ("open", "nothing"),
    ("open", "withheld"),
];

impl Part {
    /// A part that arrives.
    #[must_use]
    pub fn arrive(
        of: Compartment,
        origin: DisclosureId,
        right: Right,
        words: Option<SafeText>,
        received: Timestamp,
        due: Timestamp,
    ) -> Part {
        Part {
            of,
            origin,
            right,
            words,
            received,
            due,
            state: PartState::Open,
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> &PartState {
        &self.state
    }

    /// Name of the state.
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            PartState::Open => "open",
            PartState::Answered { .. } => "answered",
            PartState::Granted { .. } => "granted",
            PartState::CarriedOut { .. } => "carried_out",
            PartState::Nothing { .. } => "nothing",
            PartState::Withheld { .. } => "withheld",
        }
    }

    fn end(self, state: PartState) -> Result<Part, RequestError> {
        match self.state {
            PartState::Open => Ok(Part { state, ..self }),
            _ => Err(RequestError::NotNow(self.state_name())),
        }
    }

    /// Answers; the answer goes to care. What is granted and has to be carried out stays with `owner` until it is.
    pub fn answer(self, by: By, answer: PartAnswer, owner: Owner) -> Result<Part, RequestError> {
        let state = match answer.is_to_be_carried_out(self.right) {
            true => PartState::Granted { by, answer, owner },
            false => PartState::Answered { by, answer },
        };
        self.end(state)
    }

    /// It was carried out; that goes to care too. Her words are needed no longer.
    pub fn carry_out(self, by: By, done: Done) -> Result<Part, RequestError> {
        let PartState::Granted { answer, .. } = &self.state else {
            return Err(RequestError::NotNow(self.state_name()));
        };
        let answer = answer.clone().carried_out(self.right, done)?;
        Ok(Part {
            state: PartState::CarriedOut { by, answer },
            words: None,
            ..self
        })
    }

    /// What was restricted ends, or does not end after all; that goes to care too.
    pub fn restriction_ends(mut self, ending: Option<Ending>) -> Result<Part, RequestError> {
        let ended = match &mut self.state {
            PartState::CarriedOut { answer, .. } => answer.ending(ending),
            _ => false,
        };
        match ended {
            true => Ok(self),
            false => Err(RequestError::NotNow(self.state_name())),
        }
    }

    /// What is owed next: an answer, or to carry out what was granted.
    #[must_use]
    pub fn owed(&self) -> Option<Timestamp> {
        matches!(self.state, PartState::Open | PartState::Granted { .. }).then_some(self.due)
    }

    /// Who carries it out, as long as it waits for that.
    #[must_use]
    pub fn owner(&self) -> Option<&Owner> {
        match &self.state {
            PartState::Granted { owner, .. } => Some(owner),
            _ => None,
        }
    }

    /// Nothing about her is held here.
    pub fn nothing(self, by: By) -> Result<Part, RequestError> {
        self.end(PartState::Nothing { by })
    }

    /// Nothing may be told. Only for investigation.
    pub fn withhold(self, by: By, refusal: Refusal) -> Result<Part, RequestError> {
        if self.of != Compartment::K5 {
            return Err(RequestError::Silence);
        }
        self.end(PartState::Withheld { by, refusal })
    }

    /// What leaves the compartment: the answer, or nothing at all.
    #[must_use]
    pub fn goes_out(&self) -> Option<&PartAnswer> {
        match &self.state {
            PartState::Answered { answer, .. }
            | PartState::Granted { answer, .. }
            | PartState::CarriedOut { answer, .. } => Some(answer),
            _ => None,
        }
    }
}
