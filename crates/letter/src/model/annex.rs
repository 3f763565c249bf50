//! Annex 1: the state of all actions.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The table of actions at the cut-off day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annex {
    /// The day the states were frozen.
    pub as_of: Date,
    /// The actions that run, are late or are finished.
    pub actions: Vec<Action>,
    /// Actions whose holder sent nothing for this edition; the letter says so.
    pub overdue: Vec<Overdue>,
}

/// One action of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Number of its line.
    pub line: u8,
    /// Its number, for example `3.b`.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The one organisation that answers for it.
    pub holder: String,
    /// The others that work on it.
    pub involved: Vec<String>,
    /// The forms of exploitation it aims at, in words.
    pub forms: Vec<String>,
    /// Where it stands.
    pub status: Status,
    /// Since when or at what day.
    pub status_date: Date,
    /// What it is to yield.
    pub intended_result: String,
    /// Planned or real end; none when not set.
    pub end: Option<Date>,
}

/// An action without fresh news.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overdue {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The last time its holder sent something; none when never.
    pub last_update: Option<Date>,
    /// On which day its holder sent something for this letter that was not taken over yet; none when nothing was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<Date>,
}

/// Where an action can stand in the register. Annex 1 takes only running, late and finished ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not begun.
    NietGestart,
    /// Running.
    Loopt,
    /// Running, but late.
    Vertraagd,
    /// Finished.
    Afgerond,
    /// Dropped.
    Vervallen,
    /// Taken over into standing policy.
    StructureelGeborgd,
}

/// A status code that the register does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no status; use niet_gestart, loopt, vertraagd, afgerond, vervallen or structureel_geborgd"
)]
pub struct UnknownStatus(pub String);

impl Status {
    /// All of them, in the order of an action's life.
    pub const ALL: [Self; 6] = [
        Self::NietGestart,
        Self::Loopt,
        Self::Vertraagd,
        Self::Afgerond,
        Self::Vervallen,
        Self::StructureelGeborgd,
    ];

    /// Its code in files and records.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NietGestart => "niet_gestart",
            Self::Loopt => "loopt",
            Self::Vertraagd => "vertraagd",
            Self::Afgerond => "afgerond",
            Self::Vervallen => "vervallen",
            Self::StructureelGeborgd => "structureel_geborgd",
        }
    }

    /// True for the three that annex 1 reports (Kamerstuk 28 638, nrs. 257 and 259: actions finished or running).
    #[must_use]
    pub fn is_reported(self) -> bool {
        matches!(self, Self::Loopt | Self::Vertraagd | Self::Afgerond)
    }
}

impl std::str::FromStr for Status {
    type Err = UnknownStatus;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|status| status.code() == code)
            .ok_or_else(|| UnknownStatus(code.to_owned()))
    }
}
