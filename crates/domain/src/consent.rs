//! Consent as an object: who gave what to whom for what, in which language, until when, and its withdrawal.

use crate::{
    answer::By,
    code::{DataCode, LanguageCode, OrgKind, PurposeCode},
    ids::{ConsentId, OrgId, PersonId},
    minors::Giver,
    text::SafeText,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A receiver that the consent names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case", deny_unknown_fields)]
pub enum Recipient {
    /// One organisation.
    Org {
        /// Which.
        org: OrgId,
    },
    /// Every organisation of a kind, such as CoMensha (`COM`).
    Kind {
        /// Which kind.
        kind: OrgKind,
    },
}

/// In which form it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentForm {
    /// Signed.
    Written,
    /// Spoken, and recorded who heard it.
    OralRecorded,
}

/// What was agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentTerms {
    /// For what.
    pub purpose: PurposeCode,
    /// To whom.
    pub recipients: Vec<Recipient>,
    /// Which data.
    pub data: Vec<DataCode>,
    /// First day.
    pub given: Date,
    /// Last day, inclusive; none: until withdrawn.
    pub until: Option<Date>,
}

/// How it came about: without this it was not informed consent (art. 4 and 7 AVG).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explained {
    /// In which language.
    pub language: LanguageCode,
    /// With an interpreter?
    pub interpreter: bool,
    /// How it was explained.
    pub how: SafeText,
    /// That help does not depend on it (art. 11 lid 3 Directive 2011/36/EU).
    pub help_does_not_depend: bool,
}

/// In force or withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum ConsentState {
    /// Given.
    Given,
    /// Withdrawn; what was done before stays lawful, nothing more may follow (art. 7 lid 3 AVG).
    Withdrawn {
        /// Who recorded it, and when.
        by: By,
        /// The day from which it no longer holds.
        from: Date,
    },
}

/// One consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Identity.
    pub id: ConsentId,
    /// Whose data.
    pub person: PersonId,
    /// Who gave it.
    pub giver: Giver,
    /// What was agreed to.
    pub terms: ConsentTerms,
    /// How it was explained.
    pub explained: Explained,
    /// Written or spoken.
    pub form: ConsentForm,
    /// Who recorded it, and when.
    pub recorded: By,
    state: ConsentState,
}

/// Consent that was asked and refused; a refusal has no consequence for help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentRefusal {
    /// Whose data.
    pub person: PersonId,
    /// For what it was asked.
    pub purpose: PurposeCode,
    /// Who recorded it, and when.
    pub recorded: By,
    /// Why, if the person wished to say.
    pub reason: Option<SafeText>,
}

/// Why a consent could not be recorded or withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConsentError {
    /// Nobody is named as receiver.
    #[error("consent names no receiver: name at least one")]
    NoRecipient,
    /// No data are named.
    #[error("consent names no data: name at least one category")]
    NoData,
    /// The last day is before the first.
    #[error("consent ends on {until}, before it was given on {given}")]
    EndsBeforeStart {
        /// First day.
        given: Date,
        /// Last day.
        until: Date,
    },
    /// Help may not depend on consent.
    #[error("consent is not free: explain that help does not depend on it, and record that")]
    NotFree,
    /// Already withdrawn.
    #[error("consent {0} was already withdrawn")]
    AlreadyWithdrawn(ConsentId),
}

/// What has to happen when consent is withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawalFollows {
    /// Who has to be told to stop.
    pub tell: Vec<Recipient>,
    /// For which purpose sharing stops.
    pub purpose: PurposeCode,
}

/// The names of the states, as in the picture.
pub const STATES: &[&str] = &["given", "withdrawn"];
/// The moves between them.
pub const MOVES: &[(&str, &str)] = &[("given", "withdrawn")];

impl Consent {
    /// Records a consent.
    pub fn give(
        id: ConsentId,
        person: PersonId,
        giver: Giver,
        terms: ConsentTerms,
        explained: Explained,
        form: ConsentForm,
        recorded: By,
    ) -> Result<Self, ConsentError> {
        if terms.recipients.is_empty() {
            return Err(ConsentError::NoRecipient);
        }
        if terms.data.is_empty() {
            return Err(ConsentError::NoData);
        }
        if let Some(until) = terms.until.filter(|until| *until < terms.given) {
            return Err(ConsentError::EndsBeforeStart {
                given: terms.given,
                until,
            });
        }
        if !explained.help_does_not_depend {
            return Err(ConsentError::NotFree);
        }
        Ok(Self {
            id,
            person,
            giver,
            terms,
            explained,
            form,
            recorded,
            state: ConsentState::Given,
        })
    }

    /// Given or withdrawn.
    #[must_use]
    pub fn state(&self) -> &ConsentState {
        &self.state
    }

    /// Name of the state.
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            ConsentState::Given => "given",
            ConsentState::Withdrawn { .. } => "withdrawn",
        }
    }

    /// Does it hold on a day?
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        let begun = self.terms.given <= day;
        let not_over = self.terms.until.is_none_or(|until| day <= until);
        let not_withdrawn = match self.state {
            ConsentState::Given => true,
            ConsentState::Withdrawn { from, .. } => day < from,
        };
        begun && not_over && not_withdrawn
    }

    /// Does it name this receiver for this purpose and these data, on a day?
    #[must_use]
    pub fn covers(
        &self,
        purpose: &PurposeCode,
        org: Option<OrgId>,
        kind: &OrgKind,
        data: &[DataCode],
        day: Date,
    ) -> bool {
        let named = self.terms.recipients.iter().any(|r| match r {
            Recipient::Org { org: named } => Some(*named) == org,
            Recipient::Kind { kind: named } => named == kind,
        });
        self.holds_on(day)
            && self.terms.purpose == *purpose
            && named
            && data.iter().all(|d| self.terms.data.contains(d))
    }

    /// Withdraws it from a day on, and says what has to follow.
    pub fn withdraw(self, by: By, from: Date) -> Result<(Self, WithdrawalFollows), ConsentError> {
        match self.state {
            ConsentState::Withdrawn { .. } => Err(ConsentError::AlreadyWithdrawn(self.id)),
            ConsentState::Given => {
                let follows = WithdrawalFollows {
                    tell: self.terms.recipients.clone(),
                    purpose: self.terms.purpose.clone(),
                };
                Ok((
                    Self {
                        state: ConsentState::Withdrawn { by, from },
                        ..self
                    },
                    follows,
                ))
            }
        }
    }
}
