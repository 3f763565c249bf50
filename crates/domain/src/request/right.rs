//! What is asked, by whom, and how it was settled that it is she.

use serde::{Deserialize, Serialize};

use crate::answer::By;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// To see the data (AVG 15; Wpg 25).
    Access,
    /// To have them corrected (AVG 16; Wpg 28).
    Correction,
    /// To have them erased (AVG 17; Wpg 28).
    Erasure,
    /// To object to the processing (AVG 21).
    Objection,
    /// To have the processing restricted (AVG 18; Wpg 28).
    Restriction,
    /// To take along what she gave (AVG 20).
    Portability,
}

impl Right {
    /// All of them.
    pub const ALL: [Right; 6] = [
        Right::Access,
        Right::Correction,
        Right::Erasure,
        Right::Objection,
        Right::Restriction,
        Right::Portability,
    ];

    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Right::Access => "access",
            Right::Correction => "correction",
            Right::Erasure => "erasure",
            Right::Objection => "objection",
            Right::Restriction => "restriction",
            Right::Portability => "portability",
        }
    }

    /// The right with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Right> {
        Right::ALL.into_iter().find(|right| right.code() == code)
    }

    /// Whether others need her words to answer: what is wrong, why she objects, why it may only be kept. Else they stay where she wrote them.
    #[must_use]
    pub fn needs_words(self) -> bool {
        matches!(
            self,
            Right::Correction | Right::Objection | Right::Restriction
        )
    }

    /// Whether other compartments get a part. Nothing that they hold can be taken along (AVG 20(3); the Wpg knows no such right), so that
    /// their sections say so for everybody, whether they hold something or not.
    #[must_use]
    pub fn goes_to_others(self) -> bool {
        self != Right::Portability
    }
}

/// Who put the request down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case", deny_unknown_fields)]
pub enum Asked {
    /// The person, on her own page.
    Herself,
    /// A care coordinator, to whom she said it.
    Aloud {
        /// Who, and when.
        by: By,
    },
}

/// How it was settled that it is she who asks (AVG 12(6)). No copy of a document is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityBy {
    /// A worker who knows her spoke with her, alone.
    InPerson,
    /// With her own code, and the code word or channel that was agreed with her.
    OwnCode,
    /// She showed a document.
    Document,
}

impl IdentityBy {
    /// All of them.
    pub const ALL: [IdentityBy; 3] = [
        IdentityBy::InPerson,
        IdentityBy::OwnCode,
        IdentityBy::Document,
    ];

    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            IdentityBy::InPerson => "in_person",
            IdentityBy::OwnCode => "own_code",
            IdentityBy::Document => "document",
        }
    }
}
