//! Disclosures (verstrekkingen): the only way from one compartment to another.
//!
//! A disclosure is a record of the sending store, written in the same transaction as the decision to send. It is
//! delivered at least once and applied once; see [`crate::deliver`]. What it carries is a projection made
//! for the receiver, never a pointer into the sender's records.

use domain::By;
use domain::SafeText;
use domain::code::OrgKind;
use domain::ids::{ConsentId, DisclosureId, OrgId};
use domain::opinion::{Ground, PanelOpinion, Released};
use domain::person::PossibleVictim;
use domain::reflection::EndReason;
use domain::registration::{AnonymousCount, Registration};
use domain::report::{Outcome, ReportContent, RouteAnswer};
use domain::vital::VitalTold;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vault::{Change, Clear, ClearData, Draft, Kind, Store, Stored};

use crate::error::Result;

/// What goes from one compartment to another, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclosure {
    /// Its identity; the receiver knows the matter by it.
    pub id: DisclosureId,
    /// Sending compartment.
    pub from: Store,
    /// Receiving compartment.
    pub to: Store,
    /// Receiving organisation, where it is one.
    pub org: Option<OrgId>,
    /// Who decided; `None` when a rule of law sends it by itself.
    pub by: Option<By>,
    /// When.
    pub at: Timestamp,
    /// Purpose, a vocabulary code.
    pub purpose: String,
    /// Legal ground.
    pub ground: String,
    /// The consent it rests on, if it does.
    pub consent: Option<ConsentId>,
    /// The earlier disclosure that it answers or follows.
    pub thread: Option<DisclosureId>,
    /// The sender's own record that it is about, for answers; not part of what the receiver keeps.
    pub subject: Option<String>,
    /// What is carried.
    pub payload: Payload,
}

/// What a disclosure can carry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", content = "data", rename_all = "snake_case")]
pub enum Payload {
    /// A report for whoever must act on it (K1 → K5, K3).
    RoutedReport(Box<RoutedReport>),
    /// What the receiver of a routed report did with it (K5, K3 → K1).
    RouteAnswer(RouteAnswered),
    /// A possible victim, with what registration asks and nothing else (K5, K3 → K2).
    Registration(Box<Registration>),
    /// One possible victim more, without identity (K5, K3 → K2).
    Count(AnonymousCount),
    /// Consent to a registration was withdrawn: of the person only a count remains (K3 → K2).
    WithdrawRegistration(domain::ids::RegistrationId),
    /// A person handed over to care with her consent (K5 → K3).
    ToCare(Box<HandedOver>),
    /// Where the reflection period stands (K5 → K3).
    ReflectionStatus(ReflectionStatus),
    /// A request for an opinion with what the person releases (K3 → K4).
    OpinionRequest(Box<OpinionRequested>),
    /// What the person changed about a request for an opinion (K3 → K4).
    OpinionChange(OpinionChanged),
    /// Where a request for an opinion stands (K4 → K3).
    OpinionStatus(OpinionStatus),
    /// A protected table (K2, K3 → K7).
    Figures(Box<ProtectedFigures>),
    /// What the two sides of a share tell each other (K3).
    Share(Box<crate::share::ShareMessage>),
    /// A person's request about her own data, the part that the receiver answers (K3, K1 → each).
    RequestPart(Box<crate::request::PartAsked>),
    /// What a compartment answers to it (each → K3).
    RequestAnswer(Box<crate::request::PartAnswered>),
}

/// A routed report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoutedReport {
    /// What was told. The reporter's identity and contact are not in it.
    pub content: ReportContent,
    /// When the report came in, to the hour.
    pub received_at: Timestamp,
    /// The rule that sent it, if it was a rule.
    pub rule: Option<String>,
    /// When the desk expects word.
    pub answer_due: Timestamp,
    /// Parents and guardians are kept out of it.
    pub parents_excluded: bool,
}

/// The receiver's answer to a routed report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteAnswered {
    /// Taken on, or sent back with a reason.
    pub answer: RouteAnswer,
    /// The outcome, once there is one.
    pub outcome: Option<Outcome>,
}

/// A person handed over to care.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandedOver {
    /// What care needs to know: safety, care, family, language, entitlement (sharing act 3).
    pub person: PossibleVictim,
    /// Where the reflection period stands, if one was offered.
    pub reflection: Option<ReflectionStatus>,
    /// The service that hands over.
    pub service: OrgKind,
    /// She could not consent: why, and which danger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vital: Option<VitalTold>,
}

/// Where a reflection period stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReflectionStatus {
    /// State as `domain::reflection` names it.
    pub state: String,
    /// First day, once it began.
    #[serde(default)]
    pub start: Option<Date>,
    /// Last day on which the person may not be removed.
    pub no_removal_until: Option<Date>,
    /// Why it ended, if it did.
    pub ended: Option<EndReason>,
}

/// A request for an opinion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpinionRequested {
    /// What the person chose to release, each item by itself.
    pub released: Vec<Released>,
    /// What the admission rule looks at.
    pub ground: Ground,
}

/// Where a request for an opinion stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpinionStatus {
    /// State as `domain::opinion` names it.
    pub state: String,
    /// The opinion itself, for the person who asked it; she decides who gets it.
    pub outcome: Option<PanelOpinion>,
    /// Why the request was not admitted, for the person.
    #[serde(default)]
    pub reason: Option<SafeText>,
}

/// What the person changed about a request for an opinion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case", deny_unknown_fields)]
pub enum OpinionChanged {
    /// Releases more.
    Release {
        /// What.
        items: Vec<Released>,
    },
    /// Takes an item back.
    TakeBack {
        /// Its number.
        number: u32,
    },
    /// Takes the whole request back.
    Withdraw,
}

/// A protected table on its way to the programme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProtectedFigures {
    /// The figure as the programme keeps it.
    pub figure: domain::figure::Figure,
    /// Labels of the cells that are hidden: small, or next to a small one. They are not among the figure's cells.
    #[serde(default)]
    pub hidden: Vec<Vec<String>>,
    /// How it stands beside what was told before.
    #[serde(default, skip_serializing_if = "Standing::is_alone")]
    pub told: Standing,
}

/// How a figure stands beside earlier figures about the same records.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// Labels of the cells that say what an earlier release said, because they changed too little to be told again.
    pub kept: Vec<Vec<String>>,
    /// The earlier releases that counted as known.
    pub beside: Vec<Beside>,
    /// The number of this revision of its period, from 1; 0 for the first count.
    pub revision: u16,
}

/// An earlier release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    /// First day that it counted.
    pub from: jiff::civil::Date,
    /// Last day that it counted.
    pub until: jiff::civil::Date,
    /// The day on which it was made.
    pub on: jiff::civil::Date,
}

impl Standing {
    /// Whether nothing was told before.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        *self == Self::default()
    }
}

impl Stored for Disclosure {
    const KIND: Kind = Kind {
        name: "disclosure",
        // Every compartment keeps its own; see `Draft::in_store`.
        store: Store::K1,
        schema: 1,
        // Its parent is the sender's own record that it is about: who erases that, erases the copy of what was sent too.
        clear: &[Clear::State, Clear::Org, Clear::Parent],
        terms: &[],
    };
}

impl Disclosure {
    /// Adds the disclosure to the change that decided it: record and outbox in the same transaction.
    pub fn send(&self, change: Change) -> Result<Change> {
        let id = self.id.to_string();
        Ok(change.create(self.draft()?).send(id, self.to))
    }

    /// The record of it in the sending store.
    pub(crate) fn draft(&self) -> Result<Draft> {
        let id = self.id.to_string();
        let clear = ClearData {
            state: self.payload.name().to_owned(),
            org: self.org.map(|org| org.to_string()),
            parent: self.subject.clone(),
            ..ClearData::default()
        };
        let summary = crate::registers::DisclosureSummary::of(self);
        Ok(Draft::new(id, self, clear)?
            .with_summary(&summary)?
            .in_store(self.from))
    }
}

impl Payload {
    /// Stable name.
    pub fn name(&self) -> &'static str {
        match self {
            Payload::RoutedReport(_) => "routed_report",
            Payload::RouteAnswer(_) => "route_answer",
            Payload::Registration(_) => "registration",
            Payload::Count(_) => "count",
            Payload::WithdrawRegistration(_) => "withdraw_registration",
            Payload::ToCare(_) => "to_care",
            Payload::ReflectionStatus(_) => "reflection_status",
            Payload::OpinionRequest(_) => "opinion_request",
            Payload::OpinionChange(_) => "opinion_change",
            Payload::OpinionStatus(_) => "opinion_status",
            Payload::Figures(_) => "figures",
            Payload::Share(_) => "share",
            Payload::RequestPart(_) => "request_part",
            Payload::RequestAnswer(_) => "request_answer",
        }
    }
}
