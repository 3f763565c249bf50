//! The end of a case, and what comes after it: aftercare moments that the person chose, or her refusal on record.

use domain::SafeText;
use domain::aftercare::{AftercarePlan, MomentState};
use domain::answer::Answer;
use domain::case::{AftercareChoice, CaseClosing, ClosingReason};
use domain::ids::{CaseId, TaskId};
use domain::task::{Task, TaskKind};
use domain::time::dutch_date;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use vault::{Change, Store};

use super::clock::{add_transitions, timers, words};
use super::file::CaseFile;
use super::unfinished::left_open;
use super::{fresh, guard, of_org, open_case, person_of, refused, taken_on};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// What happens after closing.
#[derive(Debug, Clone)]
pub enum AftercareInput {
    /// Days that the person chose, each with a channel that is safe.
    Plan(Vec<(Date, SafeText)>),
    /// The person wants none; in her words, or why it was understood so.
    Refused(SafeText),
    /// The person cannot be asked: what is done to find her, and until when. None: a task for that exists already.
    CannotBeAsked(Option<(SafeText, Date)>),
    /// Does not arise.
    DoesNotArise,
}

/// The end of a case.
#[derive(Debug, Clone)]
pub struct CloseInput {
    /// Why.
    pub reason: ClosingReason,
    /// In words.
    pub explanation: SafeText,
    /// What happens after.
    pub aftercare: AftercareInput,
    /// Why it is closed although something is open; whoever gives it has seen what. Not kept when nothing is open.
    pub left_open: Option<SafeText>,
    /// Somebody looked at the texts: no address of a shelter stands in them.
    pub looked: bool,
}

/// Closes a case. What is open around it is named and recorded with the reason why it is closed all the same.
pub async fn close(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    seen: i64,
    input: CloseInput,
) -> Result<()> {
    let permit = permit(actor, UseCase::CloseCase)?;
    let found = open_case(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    guard(&texts(&input), input.looked)?;
    check_reason(desk, actor, dutch_date(now), &input.reason).await?;
    let mut file = found.body.clone();
    let aftercare = choose(desk, &mut file, &input.aftercare, now)?;
    let mut closing = CaseClosing {
        reason: input.reason,
        explanation: input.explanation,
        aftercare,
        left_open: None,
        by: actor.by(now)?,
    };
    file.case.may_close(&closing).map_err(refused)?;
    closing.left_open = left_open(desk, &file, &closing, input.left_open).await?;
    file.case = file.case.close(closing).map_err(refused)?;
    let age = person_of(desk, &file.case).await?.body.0.age;
    let change = Change::new(permit.context(now)).update(file.draft(&["closing"])?, seen);
    let change = timers(change, &file, &age, now);
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

fn texts(input: &CloseInput) -> Vec<(&'static str, Option<&SafeText>)> {
    let mut texts = vec![
        ("explanation", Some(&input.explanation)),
        ("left_open_why", input.left_open.as_ref()),
    ];
    match &input.aftercare {
        AftercareInput::Plan(moments) => {
            texts.extend(
                moments
                    .iter()
                    .map(|(_, channel)| ("channel", Some(channel))),
            );
        }
        AftercareInput::Refused(note) => texts.push(("refusal", Some(note))),
        AftercareInput::CannotBeAsked(task) => {
            texts.push(("follow_up", task.as_ref().map(|(title, _)| title)));
        }
        AftercareInput::DoesNotArise => {}
    }
    texts
}

/// What the reason names must exist: the organisation that goes on, or the other case, which must be one's own.
async fn check_reason(
    desk: &Desk,
    actor: &Actor,
    today: Date,
    reason: &ClosingReason,
) -> Result<()> {
    match reason {
        ClosingReason::HandedOver { to } => {
            let directory = desk.directory();
            let goes_on = directory.get(*to);
            match goes_on.is_some_and(|org| desk.takes_over(&org.kind, today)) {
                true => Ok(()),
                false => Err(DeskError::field(
                    "to",
                    "unknown",
                    "choose the organisation that goes on with the help",
                )),
            }
        }
        ClosingReason::Duplicate { of } => match of_org(desk, actor, *of).await {
            Ok(_) => Ok(()),
            Err(DeskError::NotFound { .. }) => Err(DeskError::field(
                "of",
                "unknown",
                "there is no such case in your organisation",
            )),
            Err(error) => Err(error),
        },
        _ => Ok(()),
    }
}

fn choose(
    desk: &Desk,
    file: &mut CaseFile,
    input: &AftercareInput,
    now: Timestamp,
) -> Result<AftercareChoice> {
    Ok(match input {
        AftercareInput::Plan(moments) => AftercareChoice::Plan {
            plan: AftercarePlan::new(moments.clone(), dutch_date(now))
                .map_err(|e| DeskError::field("moment", "moment", e))?,
        },
        AftercareInput::Refused(note) => AftercareChoice::Refused { note: note.clone() },
        AftercareInput::DoesNotArise => AftercareChoice::DoesNotArise,
        AftercareInput::CannotBeAsked(task) => {
            let follow_up = match task {
                Some((title, due)) => {
                    let id = TaskId::new(desk.vault.new_id(now));
                    let task = Task::new(id, TaskKind::MissingFollowUp, title.clone(), Some(*due));
                    file.case = file.case.clone().add_task(task).map_err(refused)?;
                    id
                }
                None => follow_up_of(file)?,
            };
            AftercareChoice::CannotBeAsked { follow_up }
        }
    })
}

fn follow_up_of(file: &CaseFile) -> Result<TaskId> {
    file.case
        .tasks()
        .iter()
        .find(|t| t.kind == TaskKind::MissingFollowUp && t.is_open())
        .map(|t| t.id)
        .ok_or_else(|| {
            let why = domain::case::CaseError::MobWithoutFollowUp;
            DeskError::field("follow_up", "required", why)
        })
}

/// How an aftercare moment went.
#[derive(Debug, Clone)]
pub enum MomentInput {
    /// There was contact.
    Done(Option<SafeText>),
    /// No contact; what is done about it.
    Missed(SafeText),
    /// The person no longer wants it.
    Cancelled,
}

/// Records how an aftercare moment (from 1) went. A missed one leaves a task for the next week.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, which, seen, and the moment"
)]
pub async fn record_aftercare(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    seen: i64,
    number: usize,
    went: MomentInput,
    looked: bool,
) -> Result<()> {
    let permit = permit(actor, UseCase::Aftercare)?;
    let found = taken_on(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    let (by, today) = (actor.by(now)?, dutch_date(now));
    let mut file = found.body.clone();
    let state = match went {
        MomentInput::Done(note) => {
            guard(&[("note", note.as_ref())], looked)?;
            MomentState::Done { by, note }
        }
        MomentInput::Cancelled => MomentState::Cancelled { by },
        MomentInput::Missed(follow_up) => {
            guard(&[("note", Some(&follow_up))], looked)?;
            let task = TaskId::new(desk.vault.new_id(now));
            let due = today.saturating_add(1.week());
            let task = Task::new(task, TaskKind::General, follow_up.clone(), Some(due));
            file.case = file.case.add_task(task).map_err(refused)?;
            MomentState::Missed { by, follow_up }
        }
    };
    file.case = file.case.record_aftercare(number, state).map_err(refused)?;
    let title = words(&format!("Nazorgmoment {number}"))?;
    let task = file
        .case
        .tasks()
        .iter()
        .find(|t| t.kind == TaskKind::Aftercare && t.title == title && t.is_open())
        .map(|t| t.id);
    if let Some(task) = task {
        file.case = file
            .case
            .change_task(task, |t| t.done(by))
            .map_err(refused)?;
    }
    let change = Change::new(permit.context(now)).update(file.draft(&["aftercare"])?, seen);
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

/// Opens a closed case again, for example when the person comes back; the last coordinator keeps it. `again`: was she exploited again
/// since it was closed?
#[allow(clippy::too_many_arguments, reason = "who, when, which, seen, and why")]
pub async fn reopen(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    seen: i64,
    why: SafeText,
    again: Answer,
    looked: bool,
) -> Result<()> {
    let permit = permit(actor, UseCase::MoveCase)?;
    let found = taken_on(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    guard(&[("reason", Some(&why))], looked)?;
    let mut file = found.body.clone();
    file.case = file
        .case
        .reopen(actor.by(now)?, why, again)
        .map_err(refused)?;
    let age = person_of(desk, &file.case).await?.body.0.age;
    add_transitions(desk, &mut file, &age, now)?;
    let change = Change::new(permit.context(now)).update(file.draft(&["phase"])?, seen);
    let change = timers(change, &file, &age, now);
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}
