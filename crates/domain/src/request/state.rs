//! Where a request stands, its moments, and the moves between its states.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{IdentityBy, Owner, PartAnswer};
use crate::answer::By;
use crate::share::Portion;
use crate::text::SafeText;

/// The moments of a request, worked out from the vocabulary when it comes in and when it is extended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Last moment at law of the compartments under the AVG (art. 12(3)).
    pub due: Timestamp,
    /// When the sections under the AVG open, whoever answered before.
    pub release: Timestamp,
    /// When the section of investigation opens: its last moment at law (Wpg).
    pub police: Timestamp,
}

/// The one extension (AVG 12(3)): by two further months, with the reason told within the first month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// Who, and when.
    pub by: By,
    /// Why; the person reads it.
    pub reason: SafeText,
}

/// Where a request stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum RequestState {
    /// Came in; nobody has settled yet that it is she who asks.
    Received,
    /// It could not be settled.
    NotSettled {
        /// Who, and when.
        by: By,
        /// Why; the person reads it.
        reason: SafeText,
    },
    /// It is she.
    Settled {
        /// Who, and when.
        by: By,
        /// How.
        how: IdentityBy,
    },
    /// It is she, and the term was extended.
    Extended {
        /// Who settled it, and when.
        by: By,
        /// How.
        how: IdentityBy,
        /// The extension.
        extension: Extension,
    },
    /// Care has answered; what others answer can still come.
    Answered {
        /// Who answered, and when.
        by: By,
        /// How it was settled that it is she.
        how: IdentityBy,
        /// The extension, if there was one.
        extension: Option<Extension>,
        /// The answer of care.
        answer: PartAnswer,
    },
    /// Care has granted it; it has still to be carried out.
    Granted {
        /// Who answered, and when.
        by: By,
        /// How it was settled that it is she.
        how: IdentityBy,
        /// The extension, if there was one.
        extension: Option<Extension>,
        /// The answer of care.
        answer: PartAnswer,
        /// Who carries it out; none: whoever coordinates the case now.
        owner: Option<Owner>,
        /// What stood in the categories that are to be corrected, so that Samen can see that they were changed.
        before: Option<Box<Portion>>,
    },
    /// Care has granted it and carried it out.
    CarriedOut {
        /// Who carried it out, and when.
        by: By,
        /// How it was settled that it is she.
        how: IdentityBy,
        /// The extension, if there was one.
        extension: Option<Extension>,
        /// The answer of care, with what was done.
        answer: PartAnswer,
    },
    /// She took it back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
}

/// The names of the states, as in the picture.
pub const STATES: &[&str] = &[
    "received",
    "not_settled",
    "settled",
    "extended",
    "answered",
    "granted",
    "carried_out",
    "withdrawn",
];
/// The moves between them.
pub const MOVES: &[(&str, &str)] = &[
    ("received", "not_settled"),
    ("received", "settled"),
    ("received", "withdrawn"),
    ("settled", "extended"),
    ("settled", "answered"),
    ("settled", "granted"),
    ("settled", "withdrawn"),
    ("extended", "answered"),
    ("extended", "granted"),
    ("extended", "withdrawn"),
    ("granted", "carried_out"),
    ("granted", "withdrawn"),
];
