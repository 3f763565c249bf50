//! Who signs for a minor, and whether parents may be asked or told.

use crate::age::{Age, MAJORITY};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Who has authority over a minor, as far as known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authority {
    /// Not known.
    #[default]
    Unknown,
    /// The parents.
    Parents,
    /// A certified institution has guardianship.
    GuardianGi,
    /// Nidos has guardianship (unaccompanied minor).
    GuardianNidos,
    /// Another guardian.
    GuardianOther,
}

impl Authority {
    /// A guardian that is an institution (GI or Nidos): never the suspected parent.
    #[must_use]
    pub fn is_institution(self) -> bool {
        matches!(self, Self::GuardianGi | Self::GuardianNidos)
    }
}

/// Who gave or may give a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Giver {
    /// The person.
    #[serde(rename = "self")]
    Person,
    /// Both parents with authority.
    Parents,
    /// One parent.
    OneParent,
    /// A guardian.
    Guardian,
}

/// Why nobody can sign now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NobodySigns {
    /// A parent is suspected and no guardian has been appointed yet.
    ParentSuspectedNoGuardian,
    /// It is not known who has authority.
    AuthorityUnknown,
}

/// Whose signature is needed for registration by a body without a legal duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "signs", rename_all = "snake_case")]
pub enum Signer {
    /// The person alone.
    Person,
    /// The parents with authority.
    Parents,
    /// The guardian: GI, Nidos or another.
    Guardian,
    /// Nobody for now.
    Nobody {
        /// Why.
        why: NobodySigns,
    },
}

/// What decides who signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignerFacts {
    /// Age as known.
    pub age: Age,
    /// Who has authority.
    pub authority: Authority,
    /// A parent (or guardian) is suspected of the exploitation.
    pub parent_suspected: bool,
}

/// Who signs for registration on a day: from sixteen alone (CoMensha, registration practice), below that the parents or
/// the guardian, a suspected parent never.
///
/// A person whose age is in doubt counts as under sixteen unless surely sixteen: doubt means minor.
#[must_use]
pub fn who_signs(facts: &SignerFacts, on: Date) -> Signer {
    if facts.age.surely_at_least(16, on) {
        return Signer::Person;
    }
    match facts.authority {
        Authority::GuardianGi | Authority::GuardianNidos => Signer::Guardian,
        _ if facts.parent_suspected => Signer::Nobody {
            why: NobodySigns::ParentSuspectedNoGuardian,
        },
        Authority::GuardianOther => Signer::Guardian,
        Authority::Parents => Signer::Parents,
        Authority::Unknown => Signer::Nobody {
            why: NobodySigns::AuthorityUnknown,
        },
    }
}

impl Signer {
    /// Is a signature by `giver` the one that is needed?
    #[must_use]
    pub fn accepts(self, giver: Giver) -> bool {
        matches!(
            (self, giver),
            (Self::Person, Giver::Person)
                | (Self::Parents, Giver::Parents)
                | (Self::Guardian, Giver::Guardian)
        )
    }
}

/// What parents may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParentsRole {
    /// The person is of age: parents have no role.
    None,
    /// No consent, no access, no notification, no letter home: a parent is suspected.
    Excluded,
    /// From sixteen: only with the child's consent (art. 7:457 BW, art. 7.3.11 Jeugdwet).
    OnlyWithChildsConsent,
    /// Under sixteen: informed, unless that is unsafe.
    InformedUnlessUnsafe,
}

/// What parents may do on a day.
#[must_use]
pub fn parents_role(facts: &SignerFacts, on: Date) -> ParentsRole {
    if facts.parent_suspected && !facts.age.surely_at_least(MAJORITY, on) {
        ParentsRole::Excluded
    } else if facts.age.surely_at_least(MAJORITY, on) {
        ParentsRole::None
    } else if facts.age.surely_at_least(16, on) {
        ParentsRole::OnlyWithChildsConsent
    } else {
        ParentsRole::InformedUnlessUnsafe
    }
}

/// Why a consent by this giver is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GiverError {
    /// A suspected parent consents to nothing.
    #[error(
        "a parent or guardian is suspected: no parental consent is asked or taken; an institution with guardianship (GI, Nidos) can consent"
    )]
    ParentExcluded,
    /// Nobody has guardianship.
    #[error("no guardian is known: record first who has authority over the minor")]
    NoGuardian,
    /// The person is of age.
    #[error("the person is of age and consents alone")]
    OfAge,
}

/// May consent by this giver be recorded on a day? A suspected parent is kept out of everything, whatever it is for.
pub fn may_consent(giver: Giver, facts: &SignerFacts, on: Date) -> Result<(), GiverError> {
    let excluded = parents_role(facts, on) == ParentsRole::Excluded;
    match giver {
        Giver::Person => Ok(()),
        _ if facts.age.surely_at_least(MAJORITY, on) => Err(GiverError::OfAge),
        Giver::Parents | Giver::OneParent if excluded => Err(GiverError::ParentExcluded),
        Giver::Parents | Giver::OneParent => Ok(()),
        Giver::Guardian if facts.authority.is_institution() => Ok(()),
        Giver::Guardian if excluded => Err(GiverError::ParentExcluded),
        Giver::Guardian if facts.authority == Authority::GuardianOther => Ok(()),
        Giver::Guardian => Err(GiverError::NoGuardian),
    }
}

/// A birthday on which rights move, with the day half a year ahead on which the work for it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeTransition {
    /// 12, 16 or 18.
    pub age: u8,
    /// The birthday.
    pub on: Date,
    /// Six months before.
    pub prepare_from: Date,
}

/// The transitions at 12, 16 and 18 that still lie ahead, when the date of birth is known.
#[must_use]
pub fn transitions(age: &Age, today: Date) -> Vec<AgeTransition> {
    use jiff::ToSpan;
    [12, 16, 18]
        .into_iter()
        .filter_map(|years| age.birthday(years).map(|on| (years, on)))
        .filter(|(_, on)| *on > today)
        .map(|(age, on)| AgeTransition {
            age,
            on,
            prepare_from: on.saturating_sub(6.months()),
        })
        .collect()
}
