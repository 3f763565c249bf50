//! What one compartment answers to a request.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Done, RequestError};
use crate::code::DataCode;
use crate::text::SafeText;

/// How far the answer goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// What was asked is done or given.
    Given,
    /// In part, with the reason for the rest.
    Partly,
    /// Not, with the reason.
    Refused,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Outcome; 3] = [Outcome::Given, Outcome::Partly, Outcome::Refused];

    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Given => "given",
            Outcome::Partly => "partly",
            Outcome::Refused => "refused",
        }
    }
}

/// Why not (all): the reason in plain words and the article (AVG 12(4); UAVG 41; Wpg 27).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// The reason; the person reads it.
    pub reason: SafeText,
    /// The ground in law.
    pub ground: SafeText,
}

/// Who looked at her data, taken together: a function and an organisation, never a name of an employee.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Looked {
    /// Function, a code of the vocabulary.
    pub role: String,
    /// Kind of organisation, a code of the vocabulary; none: nobody knows any more.
    pub kind: Option<String>,
    /// Name of the organisation, where it does not say where she is.
    pub org: Option<String>,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// On how many days.
    pub days: u32,
}

/// An answer. Third parties are not in it: it is made of categories and of words that somebody wrote for her.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartAnswer {
    /// How far it goes.
    pub outcome: Outcome,
    /// Categories of data that are held about her.
    pub data: BTreeSet<DataCode>,
    /// What she reads.
    pub words: Option<SafeText>,
    /// Why not (all).
    pub refusal: Option<Refusal>,
    /// Who looked, when she asked to see her data.
    pub looked: Vec<Looked>,
    /// On which day it was made.
    pub on: Date,
    /// What was done after it, for a right that is carried out; none: nothing yet, or nothing was to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Done>,
}

impl PartAnswer {
    /// An answer that says what it has to say: something, and a reason and a ground for all that is refused.
    pub fn new(
        outcome: Outcome,
        data: BTreeSet<DataCode>,
        words: Option<SafeText>,
        refusal: Option<Refusal>,
        on: Date,
    ) -> Result<PartAnswer, RequestError> {
        if (outcome == Outcome::Given) != refusal.is_none() {
            return Err(RequestError::Refusal);
        }
        if outcome != Outcome::Refused && words.is_none() && data.is_empty() {
            return Err(RequestError::Empty);
        }
        Ok(PartAnswer {
            data: match outcome {
                Outcome::Refused => BTreeSet::new(),
                _ => data,
            },
            outcome,
            words,
            refusal,
            looked: Vec::new(),
            on,
            done: None,
        })
    }

    /// With who looked; a refusal tells nothing of it.
    #[must_use]
    pub fn with_looked(mut self, looked: Vec<Looked>) -> PartAnswer {
        if self.outcome != Outcome::Refused {
            self.looked = looked;
        }
        self
    }
}
