//! Which matter it is that opens by assignment: the record at its head, and of what kind.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::{CaseId, IdError, IntakeId, OpinionId};

/// Kinds of matter that belong to an organisation and open by assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatterKind {
    /// A case at care (K3).
    Case,
    /// An intake of an investigating service (K5).
    Intake,
    /// A request for an opinion at the panel (K4).
    Opinion,
    /// What another organisation shared with one's own, at care (K3).
    Share,
    /// What care shared with an investigating service (K5).
    ServiceShare,
}

impl MatterKind {
    /// Every kind.
    pub const ALL: [MatterKind; 5] = [
        Self::Case,
        Self::Intake,
        Self::Opinion,
        Self::Share,
        Self::ServiceShare,
    ];

    /// Stable name.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Intake => "intake",
            Self::Opinion => "opinion",
            Self::Share => "share",
            Self::ServiceShare => "service_share",
        }
    }
}

/// One matter. As text it is `kind/record`; a case is written as its bare record, as it was when only cases opened by assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MatterId {
    /// Of what kind.
    pub kind: MatterKind,
    record: Uuid,
}

impl MatterId {
    /// What was shared with one's own organisation at care, by the identity of its record here.
    #[must_use]
    pub const fn share(record: Uuid) -> Self {
        Self {
            kind: MatterKind::Share,
            record,
        }
    }

    /// What care shared with one's own investigating service, by the identity of its record here.
    #[must_use]
    pub const fn service_share(record: Uuid) -> Self {
        Self {
            kind: MatterKind::ServiceShare,
            record,
        }
    }

    /// The identity of the record at its head.
    #[must_use]
    pub const fn record(self) -> Uuid {
        self.record
    }
}

impl fmt::Display for MatterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            MatterKind::Case => self.record.fmt(f),
            kind => write!(f, "{}/{}", kind.code(), self.record),
        }
    }
}

impl FromStr for MatterId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let wrong = || IdError {
            kind: "MatterId",
            given: text.chars().take(60).collect(),
        };
        let (kind, record) = text.split_once('/').unwrap_or(("case", text));
        let kind = MatterKind::ALL.into_iter().find(|k| k.code() == kind);
        Ok(Self {
            kind: kind.ok_or_else(wrong)?,
            record: Uuid::parse_str(record).map_err(|_| wrong())?,
        })
    }
}

impl TryFrom<String> for MatterId {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        text.parse()
    }
}

impl From<MatterId> for String {
    fn from(id: MatterId) -> String {
        id.to_string()
    }
}

impl From<CaseId> for MatterId {
    fn from(id: CaseId) -> Self {
        Self {
            kind: MatterKind::Case,
            record: id.uuid(),
        }
    }
}

impl From<IntakeId> for MatterId {
    fn from(id: IntakeId) -> Self {
        Self {
            kind: MatterKind::Intake,
            record: id.uuid(),
        }
    }
}

impl From<OpinionId> for MatterId {
    fn from(id: OpinionId) -> Self {
        Self {
            kind: MatterKind::Opinion,
            record: id.uuid(),
        }
    }
}
