//! Tasks in a case: what somebody still has to do, until when.

use crate::{answer::By, ids::TaskId, text::SafeText};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a task is about, when a rule makes or asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Anything.
    General,
    /// Follow-up of a person who left with unknown destination (`MOB`).
    MissingFollowUp,
    /// Legal aid where the right to shelter is uncertain.
    LegalAid,
    /// Preparing a birthday on which rights move (12, 16, 18).
    AgeTransition,
    /// An aftercare moment.
    Aftercare,
    /// The next place, before the norm for the stay ends.
    NextPlace,
    /// Reason wanted for a stay over the norm.
    StayOverNorm,
    /// Asking the consent of somebody who was handed over while she could not give it.
    AskConsent,
}

/// How far a task is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum TaskState {
    /// To be done.
    Open,
    /// Done.
    Done {
        /// Who and when.
        by: By,
    },
    /// Not done and no longer needed.
    Dropped {
        /// Who and when.
        by: By,
        /// Why.
        reason: SafeText,
    },
}

/// One task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Identity.
    pub id: TaskId,
    /// What it is about.
    pub kind: TaskKind,
    /// What has to be done.
    pub title: SafeText,
    /// Until when.
    pub due: Option<Date>,
    /// How far.
    pub state: TaskState,
}

/// A task that is already finished or dropped cannot be finished again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("task {0} is no longer open")]
pub struct TaskClosed(pub TaskId);

impl Task {
    /// A task to be done.
    #[must_use]
    pub fn new(id: TaskId, kind: TaskKind, title: SafeText, due: Option<Date>) -> Self {
        Self {
            id,
            kind,
            title,
            due,
            state: TaskState::Open,
        }
    }

    /// Still to be done?
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state == TaskState::Open
    }

    /// Open and past its day?
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        self.is_open() && self.due.is_some_and(|due| due < today)
    }

    /// Marks it done.
    pub fn done(self, by: By) -> Result<Self, TaskClosed> {
        self.end(TaskState::Done { by })
    }

    /// Drops it, with the reason.
    pub fn dropped(self, by: By, reason: SafeText) -> Result<Self, TaskClosed> {
        self.end(TaskState::Dropped { by, reason })
    }

    fn end(self, state: TaskState) -> Result<Self, TaskClosed> {
        if self.is_open() {
            Ok(Self { state, ..self })
        } else {
            Err(TaskClosed(self.id))
        }
    }
}
