//! How far a report can be, with what must be known in each state.

use crate::{
    answer::{Answer, By, Compartment},
    code::OrgKind,
    ids::{DisclosureId, OrgId, ReportId},
    text::SafeText,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A call that was made because of acute danger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmergencyCall {
    /// Whom: 112, Veilig Thuis, a police control room.
    pub to: SafeText,
    /// What came of it.
    pub result: SafeText,
    /// Who called, and when.
    pub by: By,
}

/// The desk's answer to the first question: is there acute danger now?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcuteFinding {
    /// The answer; "unknown" is an answer too, once somebody has looked.
    pub answer: Answer,
    /// On what it rests.
    pub because: SafeText,
    /// Who answered, and when.
    pub by: By,
    /// The call that was made, when there is danger.
    pub call: Option<EmergencyCall>,
}

/// Acceptance: from here the desk owes an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    /// Who and when.
    pub by: By,
    /// When the outcome is due.
    pub outcome_due: Timestamp,
}

/// What the receiver said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case", deny_unknown_fields)]
pub enum RouteAnswer {
    /// Not yet.
    Awaited,
    /// Taken up.
    Accepted {
        /// When.
        at: Timestamp,
    },
    /// Refused, with the reason.
    Refused {
        /// When.
        at: Timestamp,
        /// Why.
        reason: SafeText,
    },
}

/// A decision to pass the report on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteDecision {
    /// The disclosure that carries it.
    pub disclosure: DisclosureId,
    /// To which compartment.
    pub compartment: Compartment,
    /// To which kind of organisation.
    pub org_kind: OrgKind,
    /// To which organisation.
    pub org: OrgId,
    /// Which rule proposed it; none: by hand.
    pub rule: Option<String>,
    /// Why, when decided by hand or on a conflict of duties.
    pub because: Option<SafeText>,
    /// Who decided, and when.
    pub by: By,
    /// What the receiver said.
    pub answer: RouteAnswer,
    /// What came of it there, once the receiver told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// How many files of the report went along.
    #[serde(default, skip_serializing_if = "is_none")]
    pub files: usize,
}

fn is_none(files: &usize) -> bool {
    *files == 0
}

/// What became of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    /// Taken up (`opgepakt`).
    #[serde(rename = "opgepakt")]
    TakenUp,
    /// Not enough leads (`onvoldoende_aanknopingspunten`).
    #[serde(rename = "onvoldoende_aanknopingspunten")]
    NotEnoughLeads,
    /// Passed on (`doorgezet`).
    #[serde(rename = "doorgezet")]
    PassedOn,
    /// Told before (`dubbel`).
    #[serde(rename = "dubbel")]
    Duplicate {
        /// The report that says the same.
        of: ReportId,
    },
    /// Not trafficking (`geen_mensenhandel`): a valid outcome, kept for a while.
    #[serde(rename = "geen_mensenhandel")]
    NotTrafficking,
    /// Help was started (`hulp_gestart`).
    #[serde(rename = "hulp_gestart")]
    HelpStarted,
}

impl Outcome {
    /// Short stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TakenUp => "opgepakt",
            Self::NotEnoughLeads => "onvoldoende_aanknopingspunten",
            Self::PassedOn => "doorgezet",
            Self::Duplicate { .. } => "dubbel",
            Self::NotTrafficking => "geen_mensenhandel",
            Self::HelpStarted => "hulp_gestart",
        }
    }

    /// Says that somebody else took it over, so there must be somebody.
    pub(super) fn needs_route(&self) -> bool {
        matches!(self, Self::TakenUp | Self::PassedOn | Self::HelpStarted)
    }
}

/// The end of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportClosing {
    /// What became of it.
    pub outcome: Outcome,
    /// Why.
    pub reason: SafeText,
    /// Who and when.
    pub by: By,
}

/// How far a report is; each state carries what must be known in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum ReportState {
    /// In, not looked at.
    Received,
    /// The acute question is answered.
    InTriage {
        /// The answer.
        acute: AcuteFinding,
    },
    /// Accepted; an outcome is owed.
    Accepted {
        /// The answer to the acute question.
        acute: AcuteFinding,
        /// Who accepted, and the deadline.
        acceptance: Acceptance,
    },
    /// Passed on.
    Routed {
        /// The answer to the acute question.
        acute: AcuteFinding,
        /// Who accepted, and the deadline.
        acceptance: Acceptance,
        /// To whom.
        decisions: Vec<RouteDecision>,
    },
    /// Closed.
    Closed {
        /// The answer to the acute question.
        acute: AcuteFinding,
        /// Who accepted; none if closed in triage.
        acceptance: Option<Acceptance>,
        /// To whom it went.
        decisions: Vec<RouteDecision>,
        /// Outcome and reason.
        closing: ReportClosing,
    },
}

/// What the reporter sees in the mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicStatus {
    /// In.
    Received,
    /// Somebody is reading it.
    BeingRead,
    /// Passed on.
    PassedOn,
    /// Done.
    Closed,
}
