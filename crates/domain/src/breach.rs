//! A breach of personal data: what happened, the 72 hours, and what was decided (AVG 33 and 34). Every breach is written down, also one
//! that need not be notified (AVG 33(5)).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::answer::By;
use crate::ids::BreachId;
use crate::text::SafeText;

/// Longest text about a breach, in characters.
pub const WORDS_MAX: usize = 4_000;

/// What was decided about the authority (AVG 33(1)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decided", rename_all = "snake_case", deny_unknown_fields)]
pub enum Notice {
    /// The authority was told.
    Notified {
        /// Who, and when.
        by: By,
        /// Why not within 72 hours; none: it was in time.
        late: Option<SafeText>,
    },
    /// It need not be told: no risk for the people concerned is likely.
    NotNeeded {
        /// Who, and when.
        by: By,
        /// Why.
        reason: SafeText,
    },
}

/// What was done about the people concerned (AVG 34), and what is done so that it does not happen again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// Who, and when.
    pub by: By,
    /// Whether they were told.
    pub people_told: bool,
    /// How, or why not.
    pub people_why: SafeText,
    /// What is done.
    pub measures: SafeText,
}

/// Where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum BreachState {
    /// Known; the authority waits for a decision.
    Open,
    /// Decided about the authority.
    Decided {
        /// What.
        notice: Notice,
    },
    /// Over.
    Closed {
        /// What was decided about the authority.
        notice: Notice,
        /// The rest.
        ending: Ending,
    },
}

/// What the journal told when the breach was written down: numbers and names of fields, never a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// In which store it was looked for.
    pub store: String,
    /// Narrowed to this account.
    pub account: Option<String>,
    /// Narrowed to this record.
    pub record: Option<String>,
    /// First day.
    pub from: Option<jiff::civil::Date>,
    /// Last day, inclusive.
    pub until: Option<jiff::civil::Date>,
    /// Matters concerned.
    pub matters: usize,
    /// Names of the fields that were seen.
    pub fields: Vec<String>,
}

/// A breach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breach {
    /// Identity.
    pub id: BreachId,
    /// When it became known: the 72 hours run from here.
    pub known: Timestamp,
    /// When they are over.
    pub due: Timestamp,
    /// Who wrote it down, and when.
    pub by: By,
    /// What happened.
    pub what: SafeText,
    /// What the journal told.
    pub scope: Scope,
    state: BreachState,
}

/// Why a step was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BreachError {
    /// Known in the future.
    #[error("the breach became known on {0}, which is still to come")]
    Ahead(Timestamp),
    /// Not in this state.
    #[error("this breach is {0}: the step is not possible now")]
    NotNow(&'static str),
    /// Later than 72 hours without the reason.
    #[error("the 72 hours were over on {0}: say why it is later (AVG 33(1))")]
    LateWithoutReason(Timestamp),
}

/// The names of the states, as in the picture.
pub const STATES: &[&str] = &["open", "decided", "closed"];
/// The moves between them.
pub const MOVES: &[(&str, &str)] = &[("open", "decided"), ("decided", "closed")];

impl Breach {
    /// Writes a breach down. `due` is the end of the 72 hours after `known`.
    pub fn found(
        id: BreachId,
        by: By,
        known: Timestamp,
        due: Timestamp,
        what: SafeText,
        scope: Scope,
    ) -> Result<Breach, BreachError> {
        if known > by.at {
            return Err(BreachError::Ahead(known));
        }
        Ok(Breach {
            id,
            known,
            due,
            by,
            what,
            scope,
            state: BreachState::Open,
        })
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> &BreachState {
        &self.state
    }

    /// Name of the state.
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            BreachState::Open => "open",
            BreachState::Decided { .. } => "decided",
            BreachState::Closed { .. } => "closed",
        }
    }

    /// What was decided about the authority.
    #[must_use]
    pub fn notice(&self) -> Option<&Notice> {
        match &self.state {
            BreachState::Open => None,
            BreachState::Decided { notice } | BreachState::Closed { notice, .. } => Some(notice),
        }
    }

    /// Until when the authority has to be told, while nothing was decided.
    #[must_use]
    pub fn owed(&self) -> Option<Timestamp> {
        matches!(self.state, BreachState::Open).then_some(self.due)
    }

    /// Decides about the authority. After 72 hours a notice needs its reason.
    pub fn decide(self, notice: Notice) -> Result<Breach, BreachError> {
        let BreachState::Open = self.state else {
            return Err(BreachError::NotNow(self.state_name()));
        };
        if let Notice::Notified { by, late: None } = &notice
            && by.at > self.due
        {
            return Err(BreachError::LateWithoutReason(self.due));
        }
        Ok(Breach {
            state: BreachState::Decided { notice },
            ..self
        })
    }

    /// Ends it, with what was done about the people concerned.
    pub fn close(self, ending: Ending) -> Result<Breach, BreachError> {
        match self.state {
            BreachState::Decided { notice } => Ok(Breach {
                state: BreachState::Closed { notice, ending },
                ..self
            }),
            _ => Err(BreachError::NotNow(self.state_name())),
        }
    }
}
