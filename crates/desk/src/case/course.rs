//! The course of a case: phases and tasks.

use domain::SafeText;
use domain::answer::Answer;
use domain::case::Phase;
use domain::ids::{CaseId, TaskId};
use domain::task::{Task, TaskKind};
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Store};

use super::{fresh, guard, open_case, refused, taken_on};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;

/// Moves a case to another phase.
pub async fn move_to(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    seen: i64,
    to: Phase,
) -> Result<()> {
    let permit = permit(actor, UseCase::MoveCase)?;
    let found = open_case(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    let mut file = found.body.clone();
    file.case = file.case.move_to(to, actor.by(now)?).map_err(refused)?;
    let change = Change::new(permit.context(now)).update(file.draft(&["phase"])?, seen);
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

/// Records whether the person was exploited before: in an earlier period, or since the case was closed when it was opened again.
pub async fn tell_exploited(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    seen: i64,
    answer: Answer,
) -> Result<()> {
    let permit = permit(actor, UseCase::ChangePerson)?;
    let found = open_case(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    let mut file = found.body.clone();
    file.case = file.case.tell_exploited(answer).map_err(refused)?;
    let change = Change::new(permit.context(now)).update(file.draft(&["exploited_before"])?, seen);
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

/// Adds a task. Tasks go on after a case is closed.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, which, seen, and the task"
)]
pub async fn add_task(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    seen: i64,
    kind: TaskKind,
    title: SafeText,
    due: Option<Date>,
    looked: bool,
) -> Result<TaskId> {
    let permit = permit(actor, UseCase::CaseTasks)?;
    let found = taken_on(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    guard(&[("title", Some(&title))], looked)?;
    let task = Task::new(TaskId::new(desk.vault.new_id(now)), kind, title, due);
    let made = task.id;
    let mut file = found.body.clone();
    file.case = file.case.add_task(task).map_err(refused)?;
    let change = Change::new(permit.context(now)).update(file.draft(&["tasks"])?, seen);
    desk.vault.apply(Store::K3, change).await?;
    Ok(made)
}

/// How a task ends.
#[derive(Debug, Clone)]
pub enum TaskEnd {
    /// Done.
    Done,
    /// No longer needed, with the reason.
    Dropped(SafeText),
}

/// Ends a task.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, which, seen, and the end"
)]
pub async fn end_task(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    seen: i64,
    task: TaskId,
    end: TaskEnd,
    looked: bool,
) -> Result<()> {
    let permit = permit(actor, UseCase::CaseTasks)?;
    let found = taken_on(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    if let TaskEnd::Dropped(reason) = &end {
        guard(&[("reason", Some(reason))], looked)?;
    }
    let by = actor.by(now)?;
    let mut file = found.body.clone();
    file.case = file
        .case
        .change_task(task, |task| match end {
            TaskEnd::Done => task.done(by),
            TaskEnd::Dropped(reason) => task.dropped(by, reason),
        })
        .map_err(refused)?;
    let change = Change::new(permit.context(now)).update(file.draft(&["tasks"])?, seen);
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}
