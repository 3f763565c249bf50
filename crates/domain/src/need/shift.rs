//! The roster: who is on duty for an organisation, and who is away.

use super::Asker;
use crate::answer::By;
use crate::ids::{OrgId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a line of the roster says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShiftKind {
    /// On duty: works on every matter of the organisation that cannot wait.
    Duty,
    /// Away: her matters can be taken over without asking her.
    Absent,
}

impl ShiftKind {
    /// Stable name.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Duty => "duty",
            Self::Absent => "absent",
        }
    }
}

/// A line of the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// Who.
    pub user: UserId,
    /// For which organisation.
    pub org: OrgId,
    /// What.
    pub kind: ShiftKind,
    /// From this moment.
    pub from: Timestamp,
    /// Until this moment, which is no longer part of it.
    pub until: Timestamp,
    /// Who set it.
    pub set: By,
}

/// Why a line was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShiftError {
    /// It ends before it begins.
    #[error("the end lies before the beginning")]
    EndsBeforeStart,
    /// It is over already: a roster explains nothing afterwards.
    #[error("the end lies in the past: a roster is set beforehand")]
    Past,
    /// A duty that never ends is a job title.
    #[error("a duty has an end at most {longest} after its beginning: set the next one apart")]
    TooLong {
        /// The last moment allowed.
        longest: Timestamp,
    },
    /// Nobody puts herself on duty.
    #[error("nobody puts herself on duty: ask another administrator")]
    OwnDuty,
}

impl Shift {
    /// Checks a line. `longest` is the last moment at which a duty that begins then may end.
    pub fn check(&self, longest: Timestamp) -> Result<(), ShiftError> {
        if self.until <= self.from {
            return Err(ShiftError::EndsBeforeStart);
        }
        if self.until <= self.set.at {
            return Err(ShiftError::Past);
        }
        match self.kind {
            ShiftKind::Absent => Ok(()),
            ShiftKind::Duty if self.set.user == self.user => Err(ShiftError::OwnDuty),
            ShiftKind::Duty if self.until > longest => Err(ShiftError::TooLong { longest }),
            ShiftKind::Duty => Ok(()),
        }
    }

    /// Does it hold at this moment?
    #[must_use]
    pub fn holds(&self, now: Timestamp) -> bool {
        self.from <= now && now < self.until
    }

    /// Is it of this person, for this organisation?
    #[must_use]
    pub fn is_of(&self, asker: Asker) -> bool {
        self.user == asker.user && self.org == asker.org
    }
}
