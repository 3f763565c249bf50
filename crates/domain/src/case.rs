//! A care case (K3): from signal to aftercare, with an owner, a coordinator and tasks.

mod exploited;
mod unfinished;

pub use exploited::{Exploited, Reopened, Victimhood};
pub use unfinished::{LeftOpen, Unfinished};

use crate::{
    aftercare::{AftercareError, AftercarePlan, MomentState},
    age::Age,
    answer::{Answer, By},
    code::{OrgKind, RegionCode},
    ids::{CaseId, OrgId, PersonId, TaskId, UserId},
    minors::{AgeTransition, transitions},
    task::{Task, TaskClosed, TaskKind},
    text::SafeText,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Where a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// A signal came in.
    Signaal,
    /// The first talks.
    Intake,
    /// Emergency shelter.
    AcuteOpvang,
    /// In the reflection period.
    Bedenktijd,
    /// Stabilising.
    Stabilisatie,
    /// Treatment.
    Behandeling,
    /// Moving on.
    Uitstroom,
    /// Aftercare.
    Nazorg,
    /// Closed.
    Gesloten,
}

impl Phase {
    /// All phases, in order.
    pub const ALL: [Self; 9] = [
        Self::Signaal,
        Self::Intake,
        Self::AcuteOpvang,
        Self::Bedenktijd,
        Self::Stabilisatie,
        Self::Behandeling,
        Self::Uitstroom,
        Self::Nazorg,
        Self::Gesloten,
    ];

    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Signaal => "signaal",
            Self::Intake => "intake",
            Self::AcuteOpvang => "acute_opvang",
            Self::Bedenktijd => "bedenktijd",
            Self::Stabilisatie => "stabilisatie",
            Self::Behandeling => "behandeling",
            Self::Uitstroom => "uitstroom",
            Self::Nazorg => "nazorg",
            Self::Gesloten => "gesloten",
        }
    }

    /// The phase with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.code() == code)
    }

    /// The phases to which a case may go from here; closing has its own step and is not among them.
    #[must_use]
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Signaal => &[Self::Intake, Self::AcuteOpvang],
            Self::Intake => &[Self::AcuteOpvang, Self::Bedenktijd, Self::Stabilisatie],
            Self::AcuteOpvang => &[Self::Bedenktijd, Self::Stabilisatie, Self::Uitstroom],
            Self::Bedenktijd => &[
                Self::AcuteOpvang,
                Self::Stabilisatie,
                Self::Behandeling,
                Self::Uitstroom,
            ],
            Self::Stabilisatie => &[
                Self::AcuteOpvang,
                Self::Bedenktijd,
                Self::Behandeling,
                Self::Uitstroom,
            ],
            Self::Behandeling => &[Self::AcuteOpvang, Self::Stabilisatie, Self::Uitstroom],
            Self::Uitstroom => &[Self::AcuteOpvang, Self::Stabilisatie, Self::Nazorg],
            Self::Nazorg => &[Self::AcuteOpvang, Self::Stabilisatie],
            Self::Gesloten => &[],
        }
    }
}

/// Word from police, KMar or NLA that the reflection period runs; care cannot start it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReflectionNotice {
    /// Kind of organisation that offered it.
    pub offered_by: OrgKind,
    /// First day.
    pub start: Date,
    /// Last day, inclusive.
    pub end: Date,
}

/// Why a case is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClosingReason {
    /// Help is no longer needed.
    #[serde(rename = "doelen_bereikt")]
    HelpDone,
    /// The person does not want (more) help.
    #[serde(rename = "eigen_wens")]
    OwnWish,
    /// Another coordinator or organisation goes on, with a warm handover.
    #[serde(rename = "overgedragen")]
    HandedOver {
        /// To whom.
        to: OrgId,
    },
    /// Returned to the country of origin or elsewhere, known where.
    #[serde(rename = "teruggekeerd")]
    Returned,
    /// Left with unknown destination (`met onbekende bestemming vertrokken`).
    Mob,
    /// No trafficking.
    #[serde(rename = "geen_mensenhandel")]
    NoTrafficking,
    /// Died.
    #[serde(rename = "overleden")]
    Deceased,
    /// Something else; the explanation says what.
    #[serde(rename = "anders")]
    Other,
    /// The same person has another case.
    #[serde(rename = "dubbel")]
    Duplicate {
        /// Which.
        of: CaseId,
    },
}

/// What happens after closing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "choice", rename_all = "snake_case", deny_unknown_fields)]
pub enum AftercareChoice {
    /// Moments that the person chose.
    Plan {
        /// The plan.
        plan: AftercarePlan,
    },
    /// The person wants none.
    Refused {
        /// In their words, or why it was understood so.
        note: SafeText,
    },
    /// The person cannot be asked; this task follows it up.
    CannotBeAsked {
        /// The follow-up task.
        follow_up: TaskId,
    },
    /// Does not arise: handed over, no trafficking, died, or another case goes on.
    DoesNotArise,
}

/// The end of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseClosing {
    /// Reason.
    pub reason: ClosingReason,
    /// In words.
    pub explanation: SafeText,
    /// What happens after.
    pub aftercare: AftercareChoice,
    /// What was still open, and why it was closed all the same; none: nothing was.
    pub left_open: Option<LeftOpen>,
    /// Who and when.
    pub by: By,
}

/// Where a case is, with what must be known there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum CaseState {
    /// Being worked on.
    Open {
        /// Where.
        phase: Phase,
    },
    /// Closed.
    Closed {
        /// How.
        closing: CaseClosing,
    },
}

/// A move that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhaseMove {
    /// From.
    pub from: Phase,
    /// To.
    pub to: Phase,
    /// Who and when.
    pub by: By,
    /// Why, where it needs a reason.
    pub why: Option<SafeText>,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Identity.
    pub id: CaseId,
    /// About whom.
    pub person: PersonId,
    /// Region of care.
    pub region: Option<RegionCode>,
    /// Who opened it, and when.
    pub opened: By,
    /// The organisation that answers for it.
    pub owner: OrgId,
    /// The coordinator; none: waits to be assigned.
    pub coordinator: Option<UserId>,
    /// The reflection period, as told by an investigating service.
    pub reflection: Option<ReflectionNotice>,
    state: CaseState,
    tasks: Vec<Task>,
    history: Vec<PhaseMove>,
    /// Closings from before the case was opened again, oldest first.
    earlier_closings: Vec<CaseClosing>,
    /// Was the person exploited before, in an earlier period than this case is about?
    #[serde(default)]
    exploited_before: Answer,
    /// Each time it was opened again, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    reopened: Vec<Reopened>,
}

/// Why a step was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaseError {
    /// The case is closed.
    #[error("the case is closed: open it again to {0}")]
    Closed(&'static str),
    /// The case is open.
    #[error("the case is open: there is nothing to open again")]
    NotClosed,
    /// No such move.
    #[error("a case cannot go from {} to {}", .from.code(), .to.code())]
    NoSuchMove {
        /// From.
        from: Phase,
        /// To.
        to: Phase,
    },
    /// Closing has its own step.
    #[error("close the case with a reason and an aftercare choice")]
    CloseInstead,
    /// Care cannot start the reflection period.
    #[error("no reflection period is known: only police, KMar and NLA can offer one (Vc B8/3)")]
    NoReflection,
    /// The notice does not come from an investigating service, or its days are the wrong way round.
    #[error(
        "the reflection period was not offered by police, KMar or NLA, or ends before it starts"
    )]
    NotAReflection,
    /// Aftercare has to be chosen.
    #[error("closing needs an aftercare plan, or the person's refusal of it on record")]
    AftercareMissing,
    /// Something is still open, and nobody said why it is left.
    #[error("tasks are still open: finish them, or say why the case is closed all the same")]
    LeftOpen,
    /// A person who left with unknown destination needs a follow-up task.
    #[error("a case of somebody who left with unknown destination needs an open follow-up task")]
    MobWithoutFollowUp,
    /// No such task.
    #[error("the case has no task {0}")]
    NoSuchTask(TaskId),
    /// The task is there already.
    #[error("the case has a task {0} already")]
    TaskTwice(TaskId),
    /// The task is finished already.
    #[error(transparent)]
    TaskClosed(#[from] TaskClosed),
    /// There is no plan to record on.
    #[error("the case has no aftercare plan")]
    NoAftercarePlan,
    /// The plan has no such moment.
    #[error(transparent)]
    Aftercare(#[from] AftercareError),
    /// A case cannot be its own duplicate.
    #[error("a case cannot be a duplicate of itself")]
    DuplicateOfItself,
}

impl Case {
    /// Opens a case, in the phase `signaal`.
    #[must_use]
    pub fn open(id: CaseId, person: PersonId, region: Option<RegionCode>, opened: By) -> Self {
        Self {
            id,
            person,
            region,
            opened,
            owner: opened.org,
            coordinator: None,
            reflection: None,
            state: CaseState::Open {
                phase: Phase::Signaal,
            },
            tasks: Vec::new(),
            history: Vec::new(),
            earlier_closings: Vec::new(),
            exploited_before: Answer::default(),
            reopened: Vec::new(),
        }
    }

    /// A case that was sent here: `owner` answers for it, and nobody has taken it on yet.
    #[must_use]
    pub fn receive(
        id: CaseId,
        person: PersonId,
        region: Option<RegionCode>,
        sent: By,
        owner: OrgId,
    ) -> Self {
        Self {
            owner,
            ..Self::open(id, person, region, sent)
        }
    }

    /// Where it is, with facts.
    #[must_use]
    pub fn state(&self) -> &CaseState {
        &self.state
    }

    /// Where it is.
    #[must_use]
    pub fn phase(&self) -> Phase {
        match &self.state {
            CaseState::Open { phase } => *phase,
            CaseState::Closed { .. } => Phase::Gesloten,
        }
    }

    /// All moves, oldest first.
    #[must_use]
    pub fn history(&self) -> &[PhaseMove] {
        &self.history
    }

    /// All tasks.
    #[must_use]
    pub fn tasks(&self) -> &[Task] {
        &self.tasks
    }

    /// Assigns the coordinator; `org` becomes the owner.
    pub fn assign(self, coordinator: UserId, org: OrgId) -> Result<Self, CaseError> {
        self.still_open("assign a coordinator")?;
        Ok(Self {
            coordinator: Some(coordinator),
            owner: org,
            ..self
        })
    }

    /// Takes note of the reflection period.
    pub fn note_reflection(self, notice: ReflectionNotice) -> Result<Self, CaseError> {
        self.still_open("note a reflection period")?;
        if !notice.offered_by.is_investigating_service() || notice.end < notice.start {
            return Err(CaseError::NotAReflection);
        }
        Ok(Self {
            reflection: Some(notice),
            ..self
        })
    }

    /// Goes to another phase.
    pub fn move_to(self, to: Phase, by: By) -> Result<Self, CaseError> {
        self.still_open("go on")?;
        let from = self.phase();
        if to == Phase::Gesloten {
            return Err(CaseError::CloseInstead);
        }
        if !from.next().contains(&to) {
            return Err(CaseError::NoSuchMove { from, to });
        }
        if to == Phase::Bedenktijd && self.reflection.is_none() {
            return Err(CaseError::NoReflection);
        }
        Ok(self.moved(CaseState::Open { phase: to }, by, None))
    }

    /// Adds a task.
    pub fn add_task(mut self, task: Task) -> Result<Self, CaseError> {
        if self.tasks.iter().any(|t| t.id == task.id) {
            return Err(CaseError::TaskTwice(task.id));
        }
        self.tasks.push(task);
        Ok(self)
    }

    /// Changes a task; tasks go on after closing, because aftercare does.
    pub fn change_task(
        mut self,
        id: TaskId,
        change: impl FnOnce(Task) -> Result<Task, TaskClosed>,
    ) -> Result<Self, CaseError> {
        let task = self
            .tasks
            .iter_mut()
            .find(|t| t.id == id)
            .ok_or(CaseError::NoSuchTask(id))?;
        *task = change(task.clone())?;
        Ok(self)
    }

    /// Closes it.
    pub fn close(self, closing: CaseClosing) -> Result<Self, CaseError> {
        self.still_open("close it")?;
        self.may_close(&closing)?;
        if self.forgets_tasks(&closing) {
            return Err(CaseError::LeftOpen);
        }
        let (by, why) = (closing.by, closing.explanation.clone());
        Ok(self.moved(CaseState::Closed { closing }, by, Some(why)))
    }

    /// Whether the reason and what was agreed for afterwards go together; what is still open is told apart.
    pub fn may_close(&self, closing: &CaseClosing) -> Result<(), CaseError> {
        use AftercareChoice as A;
        use ClosingReason as R;
        match (&closing.reason, &closing.aftercare) {
            (R::Duplicate { of }, _) if *of == self.id => Err(CaseError::DuplicateOfItself),
            (R::Mob, A::CannotBeAsked { follow_up }) => {
                let open = |t: &Task| {
                    t.id == *follow_up && t.is_open() && t.kind == TaskKind::MissingFollowUp
                };
                if self.tasks.iter().any(open) {
                    Ok(())
                } else {
                    Err(CaseError::MobWithoutFollowUp)
                }
            }
            (R::Mob, _) => Err(CaseError::MobWithoutFollowUp),
            (_, A::Plan { .. } | A::Refused { .. }) => Ok(()),
            (
                R::HandedOver { .. } | R::NoTrafficking | R::Deceased | R::Duplicate { .. },
                A::DoesNotArise,
            ) => Ok(()),
            _ => Err(CaseError::AftercareMissing),
        }
    }

    /// Opens it again, for example because a new report is about the same person; the last coordinator keeps it. `again`: was she
    /// exploited again since it was closed?
    pub fn reopen(mut self, by: By, why: SafeText, again: Answer) -> Result<Self, CaseError> {
        let CaseState::Closed { closing } = &self.state else {
            return Err(CaseError::NotClosed);
        };
        self.earlier_closings.push(closing.clone());
        self.reopened.push(Reopened { by, again });
        Ok(self.moved(
            CaseState::Open {
                phase: Phase::Intake,
            },
            by,
            Some(why),
        ))
    }

    /// Closings from before the case was opened again, oldest first.
    #[must_use]
    pub fn earlier_closings(&self) -> &[CaseClosing] {
        &self.earlier_closings
    }

    /// The transition tasks that are missing: one for each birthday on which rights move and that lies at most six months
    /// ahead. None when the date of birth is not known.
    #[must_use]
    pub fn missing_transitions(&self, age: &Age, today: Date) -> Vec<AgeTransition> {
        let planned = |on: Date| {
            self.tasks
                .iter()
                .any(|t| t.kind == TaskKind::AgeTransition && t.due == Some(on))
        };
        transitions(age, today)
            .into_iter()
            .filter(|t| t.prepare_from <= today && !planned(t.on))
            .collect()
    }

    /// The aftercare plan of a closed case.
    #[must_use]
    pub fn aftercare(&self) -> Option<&AftercarePlan> {
        match &self.state {
            CaseState::Closed {
                closing:
                    CaseClosing {
                        aftercare: AftercareChoice::Plan { plan },
                        ..
                    },
            } => Some(plan),
            _ => None,
        }
    }

    /// Records how an aftercare moment (from 1) of a closed case went.
    pub fn record_aftercare(mut self, number: usize, went: MomentState) -> Result<Self, CaseError> {
        if let CaseState::Closed {
            closing:
                CaseClosing {
                    aftercare: AftercareChoice::Plan { plan },
                    ..
                },
        } = &mut self.state
        {
            *plan = plan.clone().record(number, went)?;
            return Ok(self);
        }
        Err(CaseError::NoAftercarePlan)
    }

    fn moved(mut self, state: CaseState, by: By, why: Option<SafeText>) -> Self {
        let from = self.phase();
        self.state = state;
        let to = self.phase();
        self.history.push(PhaseMove { from, to, by, why });
        self
    }

    fn still_open(&self, step: &'static str) -> Result<(), CaseError> {
        match self.state {
            CaseState::Open { .. } => Ok(()),
            CaseState::Closed { .. } => Err(CaseError::Closed(step)),
        }
    }
}

/// Every move, closing and opening again included, as pairs of codes.
#[must_use]
pub fn moves() -> Vec<(&'static str, &'static str)> {
    let mut all = Vec::new();
    for phase in Phase::ALL {
        all.extend(phase.next().iter().map(|to| (phase.code(), to.code())));
        if phase != Phase::Gesloten {
            all.push((phase.code(), Phase::Gesloten.code()));
        }
    }
    all.push((Phase::Gesloten.code(), Phase::Intake.code()));
    all
}
