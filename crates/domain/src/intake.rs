//! The dossier of an investigating service (K5) that begins with a report disclosed by the signal desk.
//!
//! It knows the disclosure, not the report or the care case: those are in other compartments.

use crate::{
    answer::By,
    code::{FormCode, OrgKind},
    ids::{DisclosureId, IntakeId},
    text::SafeText,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A yes or no with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Yes or no.
    pub yes: bool,
    /// Why.
    pub reason: SafeText,
}

/// What the service found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// The slightest indication that somebody is a victim (Vc B8/3)?
    pub slightest_indication: Finding,
    /// Enough leads for an investigation?
    pub enough_leads: Finding,
    /// Forms as the service sees them.
    pub forms: Vec<FormCode>,
    /// Is the possible victim treated as a minor?
    pub minor: bool,
    /// Does the possible victim need a permit to stay? `None`: not known.
    pub third_country: Option<bool>,
    /// Who found it, and when.
    pub by: By,
}

/// How the dossier ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntakeOutcome {
    /// Under investigation, led by the prosecutor; goes on outside the platform.
    Investigation,
    /// Not enough leads.
    NotEnoughLeads,
    /// Joined to a running investigation.
    Joined,
    /// Passed to another investigating service.
    PassedOn,
    /// Not trafficking.
    NotTrafficking,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum IntakeState {
    /// In; an assessment is owed.
    Received,
    /// Somebody assesses it.
    Assessing {
        /// Who, and since when.
        by: By,
    },
    /// Assessed; the outcome is owed.
    Assessed {
        /// What was found.
        assessment: Assessment,
    },
    /// Closed.
    Closed {
        /// What was found.
        assessment: Assessment,
        /// How it ended.
        outcome: IntakeOutcome,
        /// Why.
        reason: SafeText,
        /// Who and when.
        by: By,
    },
}

/// A dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intake {
    /// Identity.
    pub id: IntakeId,
    /// The disclosure that brought it.
    pub from: DisclosureId,
    /// Kind of the service: police, KMar or NLA.
    pub service: OrgKind,
    /// When it came in.
    pub received_at: Timestamp,
    /// When the desk expects word.
    pub answer_due: Timestamp,
    state: IntakeState,
}

/// What the service owes after its assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obligation {
    /// Tell the desk the outcome, so that the reporter can be told something.
    AnswerDesk,
    /// Offer the reflection period (Vc B8/3).
    OfferReflection,
    /// Decide whether the reflection period applies: the residence is not known or other conditions hold.
    DecideReflection,
    /// Register the possible victim at CoMensha (art. 4:2 Bpg; NLA: Besluit politiegegevens BOD art. 2).
    Register,
    /// Inform the possible victim of rights and help (art. 51a–51ac Sv).
    InformVictim,
    /// Decide with the prosecutor on an investigation (Aanwijzing mensenhandel).
    ConsultProsecutor,
    /// Report the signal to the expertise centre (EMM).
    ReportToEmm,
    /// A minor with forced offences: tell the youth prosecutor of the non-punishment question (art. 8 Directive 2011/36/EU);
    /// no diversion to Halt by routine.
    NonPunishmentQuestion,
    /// A minor: Veilig Thuis or the Child Protection Board.
    ChildProtection,
}

/// Why a step was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IntakeError {
    /// Only investigating services have such a dossier.
    #[error("{0} has no investigation dossier: only police, KMar and NLA have")]
    NotAService(OrgKind),
    /// Not possible in this state.
    #[error("cannot {step} a dossier that is {state}")]
    WrongState {
        /// What was tried.
        step: &'static str,
        /// The state.
        state: &'static str,
    },
    /// The outcome contradicts what was found.
    #[error("outcome {outcome:?} contradicts the assessment: {because}")]
    Contradiction {
        /// Outcome given.
        outcome: IntakeOutcome,
        /// What contradicts.
        because: &'static str,
    },
}

/// The names of the states, as in the picture.
pub const STATES: &[&str] = &["received", "assessing", "assessed", "closed"];
/// The moves between them.
pub const MOVES: &[(&str, &str)] = &[
    ("received", "assessing"),
    ("assessing", "assessed"),
    ("assessed", "assessing"),
    ("assessed", "closed"),
];

impl Intake {
    /// Begins a dossier from a disclosed report.
    pub fn receive(
        id: IntakeId,
        from: DisclosureId,
        service: OrgKind,
        received_at: Timestamp,
        answer_due: Timestamp,
    ) -> Result<Self, IntakeError> {
        if !service.is_investigating_service() {
            return Err(IntakeError::NotAService(service));
        }
        Ok(Self {
            id,
            from,
            service,
            received_at,
            answer_due,
            state: IntakeState::Received,
        })
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self) -> &IntakeState {
        &self.state
    }

    /// Name of the state.
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            IntakeState::Received => "received",
            IntakeState::Assessing { .. } => "assessing",
            IntakeState::Assessed { .. } => "assessed",
            IntakeState::Closed { .. } => "closed",
        }
    }

    /// Somebody takes it up; also to assess it anew.
    pub fn take_up(self, by: By) -> Result<Self, IntakeError> {
        match self.state {
            IntakeState::Received | IntakeState::Assessed { .. } => Ok(Self {
                state: IntakeState::Assessing { by },
                ..self
            }),
            _ => Err(self.wrong("take up")),
        }
    }

    /// Records what was found, and says what is owed.
    pub fn assess(self, assessment: Assessment) -> Result<(Self, Vec<Obligation>), IntakeError> {
        if !matches!(self.state, IntakeState::Assessing { .. }) {
            return Err(self.wrong("assess"));
        }
        let owed = obligations(&assessment);
        Ok((
            Self {
                state: IntakeState::Assessed { assessment },
                ..self
            },
            owed,
        ))
    }

    /// Closes it.
    pub fn close(
        self,
        outcome: IntakeOutcome,
        reason: SafeText,
        by: By,
    ) -> Result<Self, IntakeError> {
        let IntakeState::Assessed { assessment } = self.state else {
            return Err(self.wrong("close"));
        };
        let contradiction = match outcome {
            IntakeOutcome::NotTrafficking if assessment.slightest_indication.yes => {
                Some("the slightest indication was found; assess anew first")
            }
            IntakeOutcome::NotEnoughLeads if assessment.enough_leads.yes => {
                Some("enough leads were found; assess anew first")
            }
            _ => None,
        };
        if let Some(because) = contradiction {
            return Err(IntakeError::Contradiction { outcome, because });
        }
        Ok(Self {
            state: IntakeState::Closed {
                assessment,
                outcome,
                reason,
                by,
            },
            ..self
        })
    }

    fn wrong(&self, step: &'static str) -> IntakeError {
        IntakeError::WrongState {
            step,
            state: self.state_name(),
        }
    }
}

/// What the service owes, in a fixed order without repeats.
#[must_use]
pub fn obligations(found: &Assessment) -> Vec<Obligation> {
    let indication = found.slightest_indication.yes;
    let crime = found.forms.iter().any(|f| f.head() == "CU");
    [
        (true, Obligation::AnswerDesk),
        (
            indication && found.third_country == Some(true),
            Obligation::OfferReflection,
        ),
        (
            indication && found.third_country != Some(true),
            Obligation::DecideReflection,
        ),
        (indication, Obligation::Register),
        (indication, Obligation::InformVictim),
        (found.enough_leads.yes, Obligation::ConsultProsecutor),
        (
            indication || found.enough_leads.yes,
            Obligation::ReportToEmm,
        ),
        (
            indication && found.minor && crime,
            Obligation::NonPunishmentQuestion,
        ),
        (indication && found.minor, Obligation::ChildProtection),
    ]
    .into_iter()
    .filter_map(|(owed, obligation)| owed.then_some(obligation))
    .collect()
}
