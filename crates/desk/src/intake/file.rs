//! What is kept of an intake: the file itself, each person, each reflection period, each consent.

use domain::SafeText;
use domain::code::{DataCode, FormCode, MunicipalityCode};
use domain::consent::Consent;
use domain::ids::{ConsentId, DisclosureId, IntakeId, OrgId, PersonId, RegistrationId, UserId};
use domain::intake::{Intake, IntakeState, Obligation};
use domain::person::PossibleVictim;
use domain::reflection::{Reflection, ReminderKind};
use domain::report::{MinorsInvolved, RouteAnswer};
use domain::vital::Vital;
use domain::{Answer, By};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vault::{Clear, Kind, Store, Stored};

use crate::disclosure::RoutedReport;
use crate::need::Lead;

/// How an intake began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "came", rename_all = "snake_case", deny_unknown_fields)]
pub enum Source {
    /// With a report that the signal desk routed.
    Report {
        /// What was told. The reporter's identity and contact are not in it.
        told: Box<RoutedReport>,
    },
    /// The service came upon it itself.
    Own {
        /// What was found.
        story: SafeText,
        /// Where.
        municipality: Option<MunicipalityCode>,
        /// Forms suspected.
        forms: Vec<FormCode>,
        /// On which day.
        found: Date,
    },
}

/// What happened to a file, for its timeline. Names of colleagues, never of people in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: StepKind,
    /// Who, as colleagues know it; none: it happened by itself.
    pub who: Option<String>,
    /// Why, or what was noted.
    pub note: Option<SafeText>,
}

/// Kinds of step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Came from the desk.
    Received,
    /// Opened by the service itself.
    Opened,
    /// Taken on.
    TakenOn,
    /// Sent back to the desk.
    SentBack,
    /// A person was added.
    PersonAdded,
    /// What is known of a person was changed.
    PersonChanged,
    /// Assessed.
    Assessed,
    /// Somebody said that an obligation was met.
    Marked,
    /// A person was registered.
    Registered,
    /// The reflection period was offered.
    Offered,
    /// It was accepted.
    Accepted,
    /// It was declined.
    Declined,
    /// The question for an EU citizen was decided.
    EuDecided,
    /// It began.
    Started,
    /// It ended.
    Ended,
    /// A person was handed over to care.
    HandedOver,
    /// A person was handed over for a vital interest, without her consent.
    HandedOverVital,
    /// The consent to that was withdrawn.
    ConsentWithdrawn,
    /// Closed although obligations were open, with the reason.
    LeftOpen,
    /// Closed.
    Closed,
}

/// Somebody said that an obligation was met, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Which.
    pub obligation: Obligation,
    /// For whom, when it is owed for each person.
    pub person: Option<PersonId>,
    /// How it was met.
    pub note: SafeText,
    /// Who and when.
    pub by: By,
}

/// An intake file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntakeFile {
    /// How far it is.
    pub intake: Intake,
    /// The service that has it.
    pub org: OrgId,
    /// How it began.
    pub source: Source,
    /// Who leads it: whoever took it up, or took it over since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<Lead>,
    /// What the desk was told.
    pub answer: Option<RouteAnswer>,
    /// Obligations that somebody said were met.
    pub marks: Vec<Mark>,
    /// What happened, oldest first.
    pub history: Vec<Step>,
}

impl IntakeFile {
    /// Who leads it. In a file from before leads were written down, whoever worked on it last does.
    pub fn led_by(&self) -> Option<UserId> {
        let last = match self.intake.state() {
            IntakeState::Received | IntakeState::SentBack { .. } => None,
            IntakeState::Assessing { by } | IntakeState::Closed { by, .. } => Some(by.user),
            IntakeState::Assessed { assessment } => Some(assessment.by.user),
        };
        self.lead.as_ref().map(|lead| lead.user).or(last)
    }

    /// Forms suspected at the beginning.
    pub fn first_forms(&self) -> &[FormCode] {
        match &self.source {
            Source::Report { told } => &told.content.forms,
            Source::Own { forms, .. } => forms,
        }
    }

    /// The municipality of the report or of the finding.
    pub fn municipality(&self) -> Option<&MunicipalityCode> {
        match &self.source {
            Source::Report { told } => told.content.municipality.as_ref(),
            Source::Own { municipality, .. } => municipality.as_ref(),
        }
    }
}

impl Stored for IntakeFile {
    const KIND: Kind = Kind {
        name: "intake",
        store: Store::K5,
        schema: 1,
        clear: &[
            Clear::State,
            Clear::Org,
            Clear::Region,
            Clear::Assignee,
            Clear::Due,
        ],
        terms: &["disclosure"],
    };
}

/// A possible victim in an intake.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntakePerson {
    /// In which intake.
    pub intake: IntakeId,
    /// What is known.
    pub person: PossibleVictim,
    /// The day on which the service first saw this possible victim.
    pub detected: Date,
    /// The registration, once made.
    pub registration: Option<RegistrationFact>,
    /// The handover to care, once made.
    pub handover: Option<HandoverFact>,
}

impl Stored for IntakePerson {
    const KIND: Kind = Kind {
        name: "intake_person",
        store: Store::K5,
        schema: 1,
        clear: &[Clear::Parent],
        terms: &[],
    };
}

/// That somebody was registered, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegistrationFact {
    /// Under which identity at the registrar.
    pub registration: RegistrationId,
    /// On which day.
    pub on: Date,
    /// Days from detection.
    pub days: i32,
    /// On which article.
    pub article: String,
    /// Who.
    pub by: By,
}

/// That somebody was handed over to care.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandoverFact {
    /// The disclosure; later news names it.
    pub disclosure: DisclosureId,
    /// To whom.
    pub to: OrgId,
    /// On which consent; none: for a vital interest, and she has not consented since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentId>,
    /// Which data went along.
    pub data: Vec<DataCode>,
    /// Why more than care needs to reach the person, when it was more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why_more: Option<SafeText>,
    /// The decision to hand over without her consent, when it went so at first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vital: Option<Box<Vital>>,
    /// Who and when.
    pub by: By,
}

impl HandoverFact {
    /// She could not consent, and what was left behind may still follow with her consent.
    pub fn lacks_consent(&self) -> bool {
        self.vital.is_some() && self.consent.is_none()
    }
}

/// A consent to sharing onward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredConsent(pub Consent);

impl Stored for StoredConsent {
    const KIND: Kind = Kind {
        name: "intake_consent",
        store: Store::K5,
        schema: 1,
        clear: &[Clear::State, Clear::Parent],
        terms: &[],
    };
}

/// A reflection period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredReflection {
    /// In which intake.
    pub intake: IntakeId,
    /// For whom.
    pub person: PersonId,
    /// The period.
    pub reflection: Reflection,
    /// Reminders whose day has come, earliest first.
    pub reminded: Vec<ReminderKind>,
}

impl Stored for StoredReflection {
    const KIND: Kind = Kind {
        name: "reflection",
        store: Store::K5,
        schema: 1,
        clear: &[Clear::State, Clear::Org, Clear::Parent, Clear::Due],
        terms: &[],
    };
}

/// What a work list shows of an intake: nothing about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntakeSummary {
    /// Who leads it, as colleagues know her.
    #[serde(default)]
    pub lead: Option<String>,
    /// It came from the desk.
    pub from_desk: bool,
    /// Danger, as the reporter said.
    pub acute: Answer,
    /// Forms suspected or found.
    pub forms: Vec<FormCode>,
    /// Whether a minor may be involved.
    pub minors: MinorsInvolved,
    /// People in it.
    pub people: usize,
    /// Registrations that are owed.
    pub unregistered: usize,
    /// Other obligations that are open.
    pub owed: usize,
    /// Reflection periods, the one that ends first in front.
    pub reflections: Vec<ReflectionMarker>,
}

/// What a list shows of a reflection period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReflectionMarker {
    /// State as `domain::reflection` names it.
    pub state: String,
    /// Police or IND still have to decide whether it applies to an EU citizen.
    pub to_decide: bool,
    /// Last day, while it runs.
    pub until: Option<Date>,
    /// The latest reminder.
    pub reminder: Option<ReminderKind>,
}
