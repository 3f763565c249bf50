//! A report at the signal desk (K1): received, the acute question answered, accepted with a deadline, routed, closed
//! with an outcome and a reason.

mod content;
mod links;
mod state;

pub use content::*;
pub use links::*;
pub use state::*;

use crate::{
    answer::{Answer, By},
    ids::{DisclosureId, ReportId},
    text::SafeText,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Identity.
    pub id: ReportId,
    /// When it came in.
    pub received_at: Timestamp,
    /// What it holds.
    pub content: ReportContent,
    /// Reports that say the same and were closed as duplicates of this one.
    pub duplicates: Vec<ReportId>,
    /// What was found of it and others that name the same thing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<Link>,
    /// Earlier closings, when the report was opened again; oldest first.
    earlier: Vec<ReportState>,
    state: ReportState,
}

/// What must follow from a step; the desk makes it happen in the same transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Consequence {
    /// Acute danger: call now (112, and Veilig Thuis for a child), before anything else.
    CallNow,
    /// Not known whether there is danger: the desk looks first at this one.
    LookFirst,
    /// An outcome is due at this moment.
    OutcomeClock(Timestamp),
}

/// Why a step was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// The content is not in order.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The first question has not been answered.
    #[error("first answer whether there is acute danger, then {step}")]
    AcuteNotAnswered {
        /// What was tried.
        step: &'static str,
    },
    /// Not possible in this state.
    #[error("cannot {step} a report that is {state}")]
    WrongState {
        /// What was tried.
        step: &'static str,
        /// The state.
        state: &'static str,
    },
    /// The deadline is not after the acceptance.
    #[error("the outcome is due at {due}, which is not after the acceptance at {accepted}")]
    DueNotAfterAcceptance {
        /// Moment of acceptance.
        accepted: Timestamp,
        /// Deadline given.
        due: Timestamp,
    },
    /// Nothing to route.
    #[error("name at least one receiver to pass the report on")]
    NoDecision,
    /// There is no such decision, or it was answered already.
    #[error("there is no unanswered decision with disclosure {0}")]
    NoSuchDecision(DisclosureId),
    /// The outcome says that another body has it, but it went nowhere.
    #[error("outcome `{0}` needs a receiver: pass the report on first, or choose another outcome")]
    OutcomeWithoutRoute(&'static str),
    /// Acute danger without a call.
    #[error("there is acute danger and no call is recorded: call, record it, then {step}")]
    DangerWithoutCall {
        /// What was tried.
        step: &'static str,
    },
    /// A report cannot be its own duplicate.
    #[error("a report cannot be a duplicate of itself")]
    DuplicateOfItself,
    /// A report is always the same as itself.
    #[error("a report cannot be linked to itself: name another one")]
    LinkToItself,
    /// This stands already.
    #[error("this was found of these two reports before, and it still stands")]
    LinkStandsSo,
    /// More than are kept.
    #[error("at most {max} are kept of one report")]
    TooManyLinks {
        /// How many.
        max: usize,
    },
}

/// The names of the states, as in the picture.
pub const STATES: &[&str] = &["received", "in_triage", "accepted", "routed", "closed"];
/// The moves between them.
pub const MOVES: &[(&str, &str)] = &[
    ("received", "in_triage"),
    ("in_triage", "accepted"),
    ("in_triage", "closed"),
    ("accepted", "routed"),
    ("accepted", "closed"),
    ("routed", "closed"),
    ("closed", "in_triage"),
];

impl Report {
    /// Takes a report in, if its content is in order.
    pub fn receive(
        id: ReportId,
        received_at: Timestamp,
        content: ReportContent,
    ) -> Result<(Self, Vec<Consequence>), ReportError> {
        content.check()?;
        let follows = match content.acute {
            Answer::Yes => vec![Consequence::CallNow],
            Answer::Unknown => vec![Consequence::LookFirst],
            Answer::No => Vec::new(),
        };
        Ok((
            Self {
                id,
                received_at,
                content,
                duplicates: Vec::new(),
                links: Vec::new(),
                earlier: Vec::new(),
                state: ReportState::Received,
            },
            follows,
        ))
    }

    /// Adds files that the reporter sent later, in whatever state it is.
    pub fn attach(mut self, files: Vec<Attachment>) -> Result<Self, ReportError> {
        self.content.attachments.extend(files);
        self.content.check()?;
        Ok(self)
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self) -> &ReportState {
        &self.state
    }

    /// Name of the state.
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            ReportState::Received => "received",
            ReportState::InTriage { .. } => "in_triage",
            ReportState::Accepted { .. } => "accepted",
            ReportState::Routed { .. } => "routed",
            ReportState::Closed { .. } => "closed",
        }
    }

    /// The desk's answer to the acute question, once given.
    #[must_use]
    pub fn acute(&self) -> Option<&AcuteFinding> {
        match &self.state {
            ReportState::Received => None,
            ReportState::InTriage { acute }
            | ReportState::Accepted { acute, .. }
            | ReportState::Routed { acute, .. }
            | ReportState::Closed { acute, .. } => Some(acute),
        }
    }

    /// When the outcome is due, while it is owed.
    #[must_use]
    pub fn outcome_due(&self) -> Option<Timestamp> {
        match &self.state {
            ReportState::Accepted { acceptance, .. } | ReportState::Routed { acceptance, .. } => {
                Some(acceptance.outcome_due)
            }
            _ => None,
        }
    }

    /// To whom it went.
    #[must_use]
    pub fn decisions(&self) -> &[RouteDecision] {
        match &self.state {
            ReportState::Routed { decisions, .. } | ReportState::Closed { decisions, .. } => {
                decisions
            }
            _ => &[],
        }
    }

    /// Answers the first question, or answers it anew when the danger has changed.
    pub fn answer_acute(
        self,
        finding: AcuteFinding,
    ) -> Result<(Self, Vec<Consequence>), ReportError> {
        let follows = match (finding.answer, &finding.call) {
            (Answer::Yes, None) => vec![Consequence::CallNow],
            _ => Vec::new(),
        };
        let state = match self.state {
            ReportState::Received | ReportState::InTriage { .. } => {
                ReportState::InTriage { acute: finding }
            }
            ReportState::Accepted { acceptance, .. } => ReportState::Accepted {
                acute: finding,
                acceptance,
            },
            ReportState::Routed {
                acceptance,
                decisions,
                ..
            } => ReportState::Routed {
                acute: finding,
                acceptance,
                decisions,
            },
            ReportState::Closed { .. } => return Err(self.wrong("answer the acute question of")),
        };
        Ok((Self { state, ..self }, follows))
    }

    /// Records the call that was made because of danger.
    pub fn record_call(self, call: EmergencyCall) -> Result<Self, ReportError> {
        let Some(acute) = self.acute().cloned() else {
            return Err(ReportError::AcuteNotAnswered {
                step: "record the call",
            });
        };
        Ok(self
            .answer_acute(AcuteFinding {
                call: Some(call),
                ..acute
            })?
            .0)
    }

    /// Accepts it: from here an outcome is owed.
    pub fn accept(
        self,
        by: By,
        outcome_due: Timestamp,
    ) -> Result<(Self, Vec<Consequence>), ReportError> {
        let acute = match self.state {
            ReportState::InTriage { acute } => acute,
            ReportState::Received => {
                return Err(ReportError::AcuteNotAnswered {
                    step: "accept the report",
                });
            }
            _ => return Err(self.wrong("accept")),
        };
        if outcome_due <= by.at {
            return Err(ReportError::DueNotAfterAcceptance {
                accepted: by.at,
                due: outcome_due,
            });
        }
        let state = ReportState::Accepted {
            acute,
            acceptance: Acceptance { by, outcome_due },
        };
        Ok((
            Self { state, ..self },
            vec![Consequence::OutcomeClock(outcome_due)],
        ))
    }

    /// Passes it on; more receivers may follow later.
    pub fn route(self, decisions: Vec<RouteDecision>) -> Result<Self, ReportError> {
        if decisions.is_empty() {
            return Err(ReportError::NoDecision);
        }
        let state = match self.state {
            ReportState::Accepted { acute, acceptance } => ReportState::Routed {
                acute,
                acceptance,
                decisions,
            },
            ReportState::Routed {
                acute,
                acceptance,
                decisions: mut all,
            } => {
                all.extend(decisions);
                ReportState::Routed {
                    acute,
                    acceptance,
                    decisions: all,
                }
            }
            ReportState::Received => {
                return Err(ReportError::AcuteNotAnswered {
                    step: "pass the report on",
                });
            }
            _ => return Err(self.wrong("pass on")),
        };
        Ok(Self { state, ..self })
    }

    /// Records what a receiver said.
    pub fn answer_route(
        mut self,
        disclosure: DisclosureId,
        answer: RouteAnswer,
    ) -> Result<Self, ReportError> {
        let decisions = match &mut self.state {
            ReportState::Routed { decisions, .. } | ReportState::Closed { decisions, .. } => {
                decisions
            }
            _ => return Err(ReportError::NoSuchDecision(disclosure)),
        };
        let open = decisions
            .iter_mut()
            .find(|d| d.disclosure == disclosure && d.answer == RouteAnswer::Awaited);
        match open {
            Some(decision) => decision.answer = answer,
            None => return Err(ReportError::NoSuchDecision(disclosure)),
        }
        Ok(self)
    }

    /// Records what came of it at a receiver. It decides nothing about the report: the desk closes it, in its own words.
    pub fn hear_outcome(
        mut self,
        disclosure: DisclosureId,
        outcome: Outcome,
    ) -> Result<Self, ReportError> {
        let decisions = match &mut self.state {
            ReportState::Routed { decisions, .. } | ReportState::Closed { decisions, .. } => {
                decisions
            }
            _ => return Err(ReportError::NoSuchDecision(disclosure)),
        };
        match decisions.iter_mut().find(|d| d.disclosure == disclosure) {
            Some(decision) => decision.outcome = Some(outcome),
            None => return Err(ReportError::NoSuchDecision(disclosure)),
        }
        Ok(self)
    }

    /// Closes it with an outcome and a reason.
    pub fn close(self, outcome: Outcome, reason: SafeText, by: By) -> Result<Self, ReportError> {
        if outcome == (Outcome::Duplicate { of: self.id }) {
            return Err(ReportError::DuplicateOfItself);
        }
        let Some(acute) = self.acute() else {
            return Err(ReportError::AcuteNotAnswered {
                step: "close the report",
            });
        };
        if acute.answer.is_yes() && acute.call.is_none() {
            return Err(ReportError::DangerWithoutCall {
                step: "close the report",
            });
        }
        if outcome.needs_route() && self.decisions().is_empty() {
            return Err(ReportError::OutcomeWithoutRoute(outcome.code()));
        }
        let closing = ReportClosing {
            outcome,
            reason,
            by,
        };
        let state = match self.state {
            ReportState::InTriage { acute } => ReportState::Closed {
                acute,
                acceptance: None,
                decisions: Vec::new(),
                closing,
            },
            ReportState::Accepted { acute, acceptance } => ReportState::Closed {
                acute,
                acceptance: Some(acceptance),
                decisions: Vec::new(),
                closing,
            },
            ReportState::Routed {
                acute,
                acceptance,
                decisions,
            } => ReportState::Closed {
                acute,
                acceptance: Some(acceptance),
                decisions,
                closing,
            },
            ReportState::Received | ReportState::Closed { .. } => return Err(self.wrong("close")),
        };
        Ok(Self { state, ..self })
    }

    /// Opens a closed report again; the acute question is answered anew. What was decided before is kept in
    /// [`Report::earlier`].
    pub fn reopen(
        mut self,
        finding: AcuteFinding,
    ) -> Result<(Self, Vec<Consequence>), ReportError> {
        if !matches!(self.state, ReportState::Closed { .. }) {
            return Err(self.wrong("reopen"));
        }
        self.earlier.push(self.state);
        Self {
            state: ReportState::Received,
            ..self
        }
        .answer_acute(finding)
    }

    /// The closed states from before it was opened again, oldest first.
    #[must_use]
    pub fn earlier(&self) -> &[ReportState] {
        &self.earlier
    }

    /// Notes on the first report that another one told the same.
    #[must_use]
    pub fn with_duplicate(mut self, other: ReportId) -> Self {
        if other != self.id && !self.duplicates.contains(&other) {
            self.duplicates.push(other);
        }
        self
    }

    /// What the reporter sees: never where it went or what was found.
    #[must_use]
    pub fn public_status(&self) -> PublicStatus {
        match self.state {
            ReportState::Received => PublicStatus::Received,
            ReportState::InTriage { .. } | ReportState::Accepted { .. } => PublicStatus::BeingRead,
            ReportState::Routed { .. } => PublicStatus::PassedOn,
            ReportState::Closed { .. } => PublicStatus::Closed,
        }
    }

    fn wrong(&self, step: &'static str) -> ReportError {
        ReportError::WrongState {
            step,
            state: self.state_name(),
        }
    }
}
