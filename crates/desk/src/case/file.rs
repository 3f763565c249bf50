//! What is kept of a case: the file itself, the person, the consents, and the private code of the person's page.

use domain::By;
use domain::arrival::{Arrival, ArrivalState, Via};
use domain::case::{Case, CaseState};
use domain::checklist::Ticks;
use domain::consent::{Consent, ConsentRefusal, ConsentState};
use domain::ids::{CaseId, ConsentId, DisclosureId, RegistrationId};
use domain::opinion::Verdict;
use domain::person::PossibleVictim;
use domain::registration::{AnonymousCount, CountWhy};
use domain::report::PoliceWish;
use domain::vital::VitalTold;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vault::{Clear, ClearData, Draft, Kind, Store, Stored, Term};

use super::day_start;
use crate::disclosure::{OpinionStatus, ReflectionStatus, RoutedReport};
use crate::error::Result;

/// A case with everything that belongs to it but the person and the consents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// The case.
    pub case: Case,
    /// How it came from outside; none: the organisation opened it itself.
    pub arrival: Option<Arrival>,
    /// The person was handed over while she could not consent: why, and which danger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vital: Option<VitalTold>,
    /// The report as it was routed, when one brought the case.
    pub told: Option<Box<RoutedReport>>,
    /// The day on which the person was first seen as a possible victim.
    pub detected: Date,
    /// What the person said about the police.
    pub police: PoliceWish,
    /// Name of the coordinator, as colleagues know it.
    pub coordinator_name: Option<String>,
    /// Indicators that were ticked.
    pub ticks: Ticks,
    /// What the investigating service told of the reflection period, oldest first.
    pub reflection: Vec<ReflectionNews>,
    /// What the panel told of requests for an opinion, oldest first.
    pub opinions: Vec<OpinionNews>,
    /// Whether the person counts in the national figures.
    pub registered: Done,
    /// Where the person was placed, in the little that this file needs to know.
    pub placement: Option<PlacementFact>,
}

/// Word about a reflection period: its state and dates, never a statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReflectionNews {
    /// When it came.
    pub at: Timestamp,
    /// What it says.
    pub status: ReflectionStatus,
}

/// Word about a request for an opinion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpinionNews {
    /// When it came.
    pub at: Timestamp,
    /// The disclosure with which the opinion was asked.
    pub request: DisclosureId,
    /// What it says.
    pub status: OpinionStatus,
}

impl OpinionNews {
    /// What the panel found, once it did.
    pub fn verdict(&self) -> Option<Verdict> {
        self.status.outcome.as_ref().map(|o| o.verdict)
    }
}

/// A fact about a placement, handed in by the subject of placements. Never where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlacementFact {
    /// Name of the state, as `domain::placement` has it.
    pub state: String,
    /// Since when.
    pub since: Timestamp,
}

/// Whether the person counts in the national figures, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "done", rename_all = "snake_case", deny_unknown_fields)]
pub enum Done {
    /// Not yet.
    #[default]
    Nothing,
    /// Counted without identity.
    Counted {
        /// When.
        on: Date,
        /// Why no more than that.
        why: CountWhy,
        /// What was counted, so that a later registration replaces it.
        count: AnonymousCount,
    },
    /// Registered with consent.
    Registered {
        /// When.
        on: Date,
        /// Under which identity at the registrar.
        registration: RegistrationId,
        /// On which consent.
        consent: ConsentId,
        /// What remains as a count when the consent is withdrawn.
        count: AnonymousCount,
    },
    /// Was registered; the consent was withdrawn and only a count remains.
    Withdrawn {
        /// From which day.
        on: Date,
        /// What remains.
        count: AnonymousCount,
    },
}

/// How a case came, as the list shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    /// Opened here.
    Own,
    /// With a routed report.
    Report,
    /// With a person handed over.
    Handover,
}

/// What a work list shows of a case: nothing about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseSummary {
    /// How it came.
    pub came: Came,
    /// Name of the coordinator.
    pub coordinator: Option<String>,
    /// Tasks to be done.
    pub open_tasks: usize,
    /// The sender waits for an answer.
    pub awaits_answer: bool,
}

/// State of a case that waits for an answer, in lists.
pub const WAITING: &str = "waiting";
/// State of a report that was sent back, in lists.
pub const SENT_BACK: &str = "sent_back";

impl Stored for CaseFile {
    const KIND: Kind = Kind {
        name: "case",
        store: Store::K3,
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

impl CaseFile {
    /// A file around a case.
    pub(crate) fn new(case: Case, detected: Date) -> CaseFile {
        CaseFile {
            case,
            arrival: None,
            vital: None,
            told: None,
            detected,
            police: PoliceWish::default(),
            coordinator_name: None,
            ticks: Ticks::default(),
            reflection: Vec::new(),
            opinions: Vec::new(),
            registered: Done::default(),
            placement: None,
        }
    }

    /// The state as lists show it: waiting, sent back, or the phase.
    pub fn state(&self) -> &'static str {
        match self.arrival.as_ref().map(|a| a.state()) {
            Some(ArrivalState::Waiting) => WAITING,
            Some(ArrivalState::SentBack { .. }) => SENT_BACK,
            Some(ArrivalState::Accepted { .. }) | None => self.case.phase().code(),
        }
    }

    /// What is owed next: the answer, the first open task, the next aftercare moment.
    pub fn due(&self) -> Option<Timestamp> {
        let arrival = self.arrival.as_ref();
        if let Some(waiting) = arrival.filter(|a| a.is_waiting()) {
            return Some(waiting.answer_due);
        }
        let tasks = self.case.tasks().iter();
        let open = tasks.filter(|t| t.is_open()).filter_map(|t| t.due);
        let aftercare = self.case.aftercare().and_then(|p| p.next()).map(|m| m.on);
        open.chain(aftercare).min().map(day_start)
    }

    fn summary(&self) -> CaseSummary {
        let arrival = self.arrival.as_ref();
        CaseSummary {
            came: match arrival.map(|a| &a.via) {
                None => Came::Own,
                Some(Via::Report) => Came::Report,
                Some(Via::Handover { .. }) => Came::Handover,
            },
            coordinator: self.coordinator_name.clone(),
            open_tasks: self.case.tasks().iter().filter(|t| t.is_open()).count(),
            awaits_answer: arrival.is_some_and(|a| a.is_waiting()),
        }
    }

    /// Is the case open?
    pub fn is_open(&self) -> bool {
        matches!(self.case.state(), CaseState::Open { .. })
            && self.arrival.as_ref().is_none_or(|a| a.is_accepted())
    }

    /// The record, with the names of what changed.
    pub(crate) fn draft(&self, fields: &[&str]) -> Result<Draft> {
        let clear = ClearData {
            state: self.state().to_owned(),
            org: Some(self.case.owner.to_string()),
            region: self.case.region.as_ref().map(ToString::to_string),
            assignee: self.case.coordinator.map(|c| c.to_string()),
            due: self.due(),
            ..ClearData::default()
        };
        let came_by = self.arrival.as_ref().map(|a| a.disclosure.to_string());
        let terms = came_by.map(|d| Term::new("disclosure", d));
        Ok(Draft::new(self.case.id.to_string(), self, clear)?
            .with_terms(terms.into_iter().collect())?
            .with_summary(&self.summary())?
            .changing(fields))
    }
}

/// The person of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredPerson(pub PossibleVictim);

impl Stored for StoredPerson {
    const KIND: Kind = Kind {
        name: "person",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::Parent],
        terms: &[],
    };
}

impl StoredPerson {
    pub(crate) fn draft(&self, case: CaseId, fields: &[&str]) -> Result<Draft> {
        let clear = ClearData {
            parent: Some(case.to_string()),
            ..ClearData::default()
        };
        Ok(Draft::new(self.0.id.to_string(), self, clear)?.changing(fields))
    }
}

/// A consent that was asked: given (and perhaps withdrawn), or refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum StoredConsent {
    /// Given.
    Given(Box<Consent>),
    /// Refused; nothing follows from it.
    Refused(ConsentRefusal),
}

impl Stored for StoredConsent {
    const KIND: Kind = Kind {
        name: "consent",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::State, Clear::Parent],
        terms: &[],
    };
}

impl StoredConsent {
    /// The consent, if it was given.
    pub fn given(&self) -> Option<&Consent> {
        match self {
            StoredConsent::Given(consent) => Some(consent),
            StoredConsent::Refused(_) => None,
        }
    }

    pub(crate) fn draft(&self, id: impl Into<String>, case: CaseId) -> Result<Draft> {
        let state = match self {
            StoredConsent::Refused(_) => "refused",
            StoredConsent::Given(consent) => match consent.state() {
                ConsentState::Given => "given",
                ConsentState::Withdrawn { .. } => "withdrawn",
            },
        };
        let clear = ClearData {
            state: state.to_owned(),
            parent: Some(case.to_string()),
            ..ClearData::default()
        };
        Ok(Draft::new(id, self, clear)?)
    }
}

/// The private code of a person: only its digest leads here, and from here to the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredPersonCode {
    /// The case that the code opens.
    pub case: CaseId,
    /// Who gave it, and when.
    pub given: By,
}

impl Stored for StoredPersonCode {
    const KIND: Kind = Kind {
        name: "person_code",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::Parent],
        terms: &["code"],
    };
}
