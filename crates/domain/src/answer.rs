//! Small words that every subject uses: yes/no/unknown, who-and-when, two languages, the compartments.

use crate::ids::{OrgId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who did something, for which organisation, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct By {
    /// The person at work.
    pub user: UserId,
    /// The organisation they worked for.
    pub org: OrgId,
    /// The moment.
    pub at: Timestamp,
}

/// An answer in which not knowing is an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not known or not asked.
    #[default]
    Unknown,
}

impl Answer {
    /// Certainly yes.
    #[must_use]
    pub fn is_yes(self) -> bool {
        self == Self::Yes
    }
}

/// A short text in Dutch and English that belongs to data (a rule's reason), not to a screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Dutch.
    pub nl: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// Both texts at once.
    pub fn new(nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            nl: nl.into(),
            en: en.into(),
        }
    }
}

/// The purpose compartments; nothing joins two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Compartment {
    /// Signal desk.
    K1,
    /// Registration for statistics.
    K2,
    /// Care and shelter.
    K3,
    /// Opinion on victimhood.
    K4,
    /// Criminal investigation.
    K5,
    /// Cooperation and barriers.
    K6,
    /// Programme and public figures.
    K7,
}
