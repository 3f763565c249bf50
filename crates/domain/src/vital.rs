//! Handing a person over to care for a vital interest, while she cannot consent.
//!
//! What the police know is police data, so the AVG carries nothing here: it goes by art. 19 Wpg, in a single case, by a decision of an authorised
//! officer that is recorded (row 10 of the sharing matrix). What care then does with it rests on art. 6(1)(d) and 9(2)(c) AVG. Which categories that is
//! decides the law's list; this module says when it may be thought of at all, and what is owed afterwards.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    age::Age, answer::By, code::DataCode, ids::DecisionId, person::PossibleVictim, text::SafeText,
};

/// From this age a person consents to help alone (art. 7:447 BW, art. 7.3.5 Jeugdwet).
const ALONE: u8 = 16;

/// What the law is asked with: there is acute serious danger, and it is a single case that an authorised officer decides.
pub const CIRCUMSTANCES: [&str; 2] = ["acute_danger", "incidental_wpg19"];

/// Without it the danger cannot be averted, so a handover that may not carry it is none.
pub const NEEDED: &str = "safety";

/// What is proposed: how to keep her safe, how to speak with her, how to reach her. The law decides.
pub const PROPOSED: [&str; 3] = ["safety", "language", "contact"];

/// What can be asked for; what else the file holds is never asked.
pub const ASKABLE: [&str; 11] = [
    "safety",
    "language",
    "contact",
    "identity",
    "age",
    "sex",
    "family",
    "care_needs",
    "entitlement",
    "form",
    "origin",
];

/// Why she cannot consent now. That she says no is not among them: whoever can consent and does not is not handed over this way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CannotConsent {
    /// She is unconscious.
    Unconscious,
    /// She is conscious, and too ill, hurt or confused to decide anything.
    NotCapable,
    /// A child in acute danger: whoever has to consent cannot be asked in time.
    ChildInDanger,
    /// A child, and nobody who may consent for it is safe to ask.
    NobodySafe,
}

impl CannotConsent {
    /// Every reason, in the order in which a form shows them.
    pub const ALL: [CannotConsent; 4] = [
        CannotConsent::Unconscious,
        CannotConsent::NotCapable,
        CannotConsent::ChildInDanger,
        CannotConsent::NobodySafe,
    ];

    /// Only for a child for whom others consent.
    #[must_use]
    pub fn is_for_children(self) -> bool {
        matches!(self, Self::ChildInDanger | Self::NobodySafe)
    }

    /// May this be said of somebody of this age? From sixteen one consents to help oneself; an age in doubt is a child's.
    pub fn fits(self, age: &Age, on: Date) -> Result<(), VitalError> {
        match self.is_for_children() && age.surely_at_least(ALONE, on) {
            true => Err(VitalError::ConsentsHerself),
            false => Ok(()),
        }
    }
}

/// Why nothing was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VitalError {
    /// The reason is one for a child.
    #[error("this reason is for a child under sixteen: from sixteen a person consents herself")]
    ConsentsHerself,
    /// What averts the danger would stay behind.
    #[error("what keeps the person safe does not go along, so this does not avert the danger")]
    NotSafety,
}

/// What goes must avert the danger.
pub fn averts(goes: &BTreeSet<DataCode>) -> Result<(), VitalError> {
    match goes.iter().any(|code| code.is(NEEDED)) {
        true => Ok(()),
        false => Err(VitalError::NotSafety),
    }
}

/// A decision to hand somebody over without her consent, as the sender keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vital {
    /// Why she could not consent.
    pub cannot: CannotConsent,
    /// What was seen of that.
    pub why: SafeText,
    /// Which danger.
    pub danger: SafeText,
    /// What was asked for and stays behind: the law's list leaves it out.
    pub withheld: BTreeSet<DataCode>,
    /// The articles that the law named.
    pub grounds: Vec<String>,
    /// The version of the law.
    pub policy: String,
    /// The law's answer, as it is kept.
    pub decision: DecisionId,
    /// The conditions of that answer, confirmed one by one.
    pub confirmed: BTreeSet<String>,
    /// Who decided, and when.
    pub by: By,
}

/// What care is told of it: enough to keep her safe, and to know when she can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VitalTold {
    /// Why she could not consent.
    pub cannot: CannotConsent,
    /// Which danger.
    pub danger: SafeText,
    /// Who decided, and when.
    pub by: By,
}

/// What of a person goes, under her own identity: for the decision to be looked at. Who receives it knows her by another.
#[must_use]
pub fn part_of(person: &PossibleVictim, goes: &BTreeSet<DataCode>) -> PossibleVictim {
    let goes: Vec<DataCode> = goes.iter().cloned().collect();
    crate::handover::part(person, person.id, &goes)
}
