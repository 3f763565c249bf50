//! Words of shelter: types of place and who places, security, care, entitlement, why a place was refused, left, taken back, or cannot be used.

use serde::Serialize;

use super::code::Code;
use super::entry::{Entry, Facts, OnlyWords};
use super::organisations::OrganisationKindCode;
use super::row::Row;

/// A type of shelter place.
pub type ShelterType = Entry<ShelterTypeFacts>;
/// The code of a [`ShelterType`].
pub type ShelterTypeCode = Code<ShelterTypeFacts>;
/// How well a place is protected.
pub type SecurityLevel = Entry<SecurityLevelFacts>;
/// The code of a [`SecurityLevel`].
pub type SecurityLevelCode = Code<SecurityLevelFacts>;
/// A kind of care that a place offers or a person needs.
pub type CareKind = Entry<CareKindFacts>;
/// The code of a [`CareKind`].
pub type CareKindCode = Code<CareKindFacts>;
/// The ground on which somebody may be sheltered.
pub type Entitlement = Entry<EntitlementFacts>;
/// The code of an [`Entitlement`].
pub type EntitlementCode = Code<EntitlementFacts>;
/// Why a place was refused.
pub type RefusalReason = Entry<RefusalReasonFacts>;
/// The code of a [`RefusalReason`].
pub type RefusalReasonCode = Code<RefusalReasonFacts>;

/// Why somebody left a place.
pub type LeavingReason = Entry<LeavingReasonFacts>;
/// Why a request or a placement was taken back.
pub type WithdrawalReason = Entry<WithdrawalReasonFacts>;
/// Why a room cannot be used for now.
pub type OutOfServiceReason = Entry<OutOfServiceReasonFacts>;

/// A list of reasons, some of which say too little without words.
pub trait Reasons: Facts {
    /// Whether the reason must be explained in words as well.
    fn explanation_required(&self) -> bool;
}

/// What is known about a type of shelter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShelterTypeFacts {
    /// The kinds of party that decide who gets a place of this type.
    pub placing_authorities: Vec<OrganisationKindCode>,
    /// Whether that authority is the only one: CoMensha for COSM.
    pub exclusive: bool,
    /// Whether it is for people under 18.
    pub for_minors: bool,
    /// Whether somebody lives there; false for help at home.
    pub residential: bool,
    /// The entitlements it is for; empty means any.
    pub entitlements: Vec<EntitlementCode>,
}

impl Facts for ShelterTypeFacts {
    const LIST: &'static str = "shelter_types";

    fn read(row: &mut Row<'_>) -> Self {
        let facts = Self {
            placing_authorities: row.references("placing_authorities"),
            exclusive: row.yes("exclusive"),
            for_minors: row.yes("for_minors"),
            residential: row.yes_or("residential", true),
            entitlements: row.references("entitlements"),
        };
        if facts.placing_authorities.is_empty() {
            row.inconsistent("somebody must decide who gets the place; add `placing_authorities`");
        }
        facts
    }
}

/// What is known about a level of security.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecurityLevelFacts {
    /// Its rank: a place suits a request when its rank is at least that asked for.
    pub rank: u16,
}

impl Facts for SecurityLevelFacts {
    const LIST: &'static str = "security_levels";

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            rank: row.number("rank"),
        }
    }
}

/// Kinds of care have only words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CareKindFacts {}

impl OnlyWords for CareKindFacts {
    const NAME: &'static str = "care_kinds";
}

/// Entitlements have only words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct EntitlementFacts {}

impl OnlyWords for EntitlementFacts {
    const NAME: &'static str = "entitlements";
}

// The lists of reasons know the same of each: whether words are needed.
macro_rules! reasons {
    ($(#[$what:meta])* $name:ident, $list:literal) => {
        $(#[$what])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        pub struct $name {
            /// Whether the reason must be explained in words as well.
            pub explanation_required: bool,
        }

        impl Facts for $name {
            const LIST: &'static str = $list;

            fn read(row: &mut Row<'_>) -> Self {
                Self {
                    explanation_required: row.yes("explanation_required"),
                }
            }
        }

        impl Reasons for $name {
            fn explanation_required(&self) -> bool {
                self.explanation_required
            }
        }
    };
}

reasons!(
    /// What is known about a reason of refusal.
    RefusalReasonFacts,
    "refusal_reasons"
);
reasons!(
    /// What is known about a reason for leaving.
    LeavingReasonFacts,
    "leaving_reasons"
);
reasons!(
    /// What is known about a reason for taking a request or a placement back.
    WithdrawalReasonFacts,
    "withdrawal_reasons"
);
reasons!(
    /// What is known about a reason why a room cannot be used.
    OutOfServiceReasonFacts,
    "out_of_service_reasons"
);
