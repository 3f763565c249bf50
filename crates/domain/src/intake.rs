//! The dossier of an investigating service (K5) that begins with a report disclosed by the signal desk.
//!
//! It knows the disclosure, not the report or the care case: those are in other compartments. A service can also open
//! one itself, when it comes upon a possible victim.

use crate::{
    age::Age,
    answer::By,
    code::{FormCode, OrgKind},
    ids::{DisclosureId, IntakeId},
    minors::ParentsRole,
    person::{PossibleVictim, Residence},
    report::Outcome,
    text::SafeText,
};
use jiff::{Timestamp, civil::Date};
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

/// On what footing somebody stays, as far as it decides about the reflection period.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Stay {
    /// Dutch: the period has no meaning.
    Dutch,
    /// Citizen of the EU, EEA or Switzerland: other conditions, to be decided by police or IND (Vc B8/3).
    Eu,
    /// Needs a permit to stay.
    ThirdCountry,
    /// Not known.
    #[default]
    Unknown,
}

impl Stay {
    /// The footing of a residence status.
    #[must_use]
    pub fn of(residence: Residence) -> Self {
        match (residence, residence.is_third_country()) {
            (Residence::Dutch, _) => Self::Dutch,
            (_, Some(false)) => Self::Eu,
            (_, Some(true)) => Self::ThirdCountry,
            (_, None) => Self::Unknown,
        }
    }
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
    /// On what footing the possible victim stays.
    pub stay: Stay,
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

impl IntakeOutcome {
    /// What the desk hears of it, in the desk's own terms: enough to tell the reporter something, and no more.
    #[must_use]
    pub fn for_desk(self) -> Outcome {
        match self {
            Self::Investigation | Self::Joined => Outcome::TakenUp,
            Self::NotEnoughLeads => Outcome::NotEnoughLeads,
            Self::PassedOn => Outcome::PassedOn,
            Self::NotTrafficking => Outcome::NotTrafficking,
        }
    }
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum IntakeState {
    /// In; an assessment is owed.
    Received,
    /// Sent back to the desk; nothing more is done with it here.
    SentBack {
        /// Why.
        reason: SafeText,
        /// Who and when.
        by: By,
    },
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
    /// The disclosure that brought it; none: the service opened it itself.
    pub from: Option<DisclosureId>,
    /// Kind of the service: police, KMar or NLA.
    pub service: OrgKind,
    /// When it came in.
    pub received_at: Timestamp,
    /// When the desk expects word, if it sent it.
    pub answer_due: Option<Timestamp>,
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
    /// Tell somebody who was handed over for a vital interest, without her consent, what went where, as soon as that is safe.
    TellHandover,
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
pub const STATES: &[&str] = &["received", "assessing", "assessed", "closed", "sent_back"];
/// The moves between them.
pub const MOVES: &[(&str, &str)] = &[
    ("received", "assessing"),
    ("received", "sent_back"),
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
            from: Some(from),
            service,
            received_at,
            answer_due: Some(answer_due),
            state: IntakeState::Received,
        })
    }

    /// Begins a dossier without a report, because the service came upon it itself; whoever opens it assesses it.
    pub fn open(id: IntakeId, service: OrgKind, by: By) -> Result<Self, IntakeError> {
        if !service.is_investigating_service() {
            return Err(IntakeError::NotAService(service));
        }
        Ok(Self {
            id,
            from: None,
            service,
            received_at: by.at,
            answer_due: None,
            state: IntakeState::Assessing { by },
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
            IntakeState::SentBack { .. } => "sent_back",
            IntakeState::Assessing { .. } => "assessing",
            IntakeState::Assessed { .. } => "assessed",
            IntakeState::Closed { .. } => "closed",
        }
    }

    /// What was found, once it was.
    #[must_use]
    pub fn assessment(&self) -> Option<&Assessment> {
        match &self.state {
            IntakeState::Assessed { assessment } | IntakeState::Closed { assessment, .. } => {
                Some(assessment)
            }
            _ => None,
        }
    }

    /// Sends it back to the desk, with the reason: not for this service, or unusable.
    pub fn send_back(self, reason: SafeText, by: By) -> Result<Self, IntakeError> {
        match self.state {
            IntakeState::Received => Ok(Self {
                state: IntakeState::SentBack { reason, by },
                ..self
            }),
            _ => Err(self.wrong("send back")),
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
    let to_decide = matches!(found.stay, Stay::Eu | Stay::Unknown);
    [
        (true, Obligation::AnswerDesk),
        (
            indication && found.stay == Stay::ThirdCountry,
            Obligation::OfferReflection,
        ),
        (indication && to_decide, Obligation::DecideReflection),
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

/// What is owed for one person: the personal obligations, with what is known of this person in the place of what was
/// assessed for all.
#[must_use]
pub fn obligations_for(found: &Assessment, person: &PossibleVictim, on: Date) -> Vec<Obligation> {
    let forms = &person.exploitation.forms;
    let own = Assessment {
        forms: if forms.is_empty() {
            &found.forms
        } else {
            forms
        }
        .clone(),
        minor: person.is_minor_on(on).is_minor(),
        stay: Stay::of(person.residence),
        ..found.clone()
    };
    obligations(&own)
        .into_iter()
        .filter(|o| o.is_personal())
        .collect()
}

impl Obligation {
    /// Owed for each possible victim apart, not once for the dossier.
    #[must_use]
    pub fn is_personal(self) -> bool {
        !matches!(
            self,
            Self::AnswerDesk | Self::ConsultProsecutor | Self::ReportToEmm
        )
    }

    /// Done outside the platform, so that somebody has to say that it was done. The others are seen to be done.
    #[must_use]
    pub fn is_marked_by_hand(self) -> bool {
        !matches!(
            self,
            Self::AnswerDesk | Self::OfferReflection | Self::Register
        )
    }
}

/// What to keep in mind about one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// The age is in doubt: treated as a minor (art. 13 lid 2 Directive 2011/36/EU).
    AgeInDoubt,
    /// A minor: means such as force or deceit need not be shown (art. 273f lid 1 onder 2 Sr).
    MeansNotNeeded,
    /// A minor made to commit offences: no diversion to Halt by routine; the youth prosecutor weighs non-punishment first.
    NoHaltByRoutine,
    /// A parent or guardian is suspected: not asked, not told, no letter home.
    ParentsExcluded,
    /// Parents are told unless that is unsafe.
    ParentsInformedUnlessUnsafe,
    /// From sixteen: parents only with the young person's consent.
    ParentsOnlyWithConsent,
    /// Citizen of the EU: other conditions for the reflection period, to be decided by police or IND.
    EuOtherConditions,
    /// Dublin: a transfer is not carried out during the period; presence is asked of the prosecutor.
    DublinHeld,
}

/// What to keep in mind about a person on a day, in a fixed order.
#[must_use]
pub fn notices(person: &PossibleVictim, on: Date) -> Vec<Notice> {
    let minor = person.is_minor_on(on).is_minor();
    let doubt =
        minor && !matches!(person.age, Age::Certain { .. }) && !person.age.surely_under(18, on);
    let crime = person.exploitation.forms.iter().any(|f| f.head() == "CU");
    let parents = person.parents_role(on);
    [
        (doubt, Notice::AgeInDoubt),
        (minor, Notice::MeansNotNeeded),
        (minor && crime, Notice::NoHaltByRoutine),
        (parents == ParentsRole::Excluded, Notice::ParentsExcluded),
        (
            parents == ParentsRole::InformedUnlessUnsafe,
            Notice::ParentsInformedUnlessUnsafe,
        ),
        (
            parents == ParentsRole::OnlyWithChildsConsent,
            Notice::ParentsOnlyWithConsent,
        ),
        (
            Stay::of(person.residence) == Stay::Eu,
            Notice::EuOtherConditions,
        ),
        (person.residence == Residence::Dublin, Notice::DublinHeld),
    ]
    .into_iter()
    .filter_map(|(holds, notice)| holds.then_some(notice))
    .collect()
}
