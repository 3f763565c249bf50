//! Clocks of cases: an answer that is owed, a birthday on which rights move, an aftercare moment.

use domain::SafeText;
use domain::aftercare::MomentState;
use domain::age::Age;
use domain::ids::{CaseId, TaskId};
use domain::minors::transitions;
use domain::task::{Task, TaskKind};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, DueTimer, Opened, Store, Timer};

use super::file::CaseFile;
use super::{AFTERCARE, ANSWER, TRANSITION, day_start, load, person_of, refused};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// A due clock of a case. It never closes anything or decides anything: it puts a task where people look.
pub async fn clock(desk: &Desk, now: Timestamp, due: &DueTimer) -> Result<()> {
    let permit = permit(&Actor::System, UseCase::CaseClock)?;
    let mut context = permit.context(now);
    match due.timer.kind.as_str() {
        ANSWER => {
            context.act = format!("{ANSWER}.missed");
            let change = Change::new(context).fire(&due.timer);
            desk.vault.apply(Store::K3, change).await?;
            Ok(())
        }
        TRANSITION => {
            let found = of_timer(desk, due).await?;
            let age = person_of(desk, &found.body.case).await?.body.0.age;
            let mut file = found.body.clone();
            add_transitions(desk, &mut file, &age, now)?;
            store(desk, Change::new(context), due, &found, &file).await
        }
        AFTERCARE => {
            let found = of_timer(desk, due).await?;
            let mut file = found.body.clone();
            add_aftercare_tasks(desk, &mut file, now)?;
            store(desk, Change::new(context), due, &found, &file).await
        }
        other => Err(DeskError::Setup(format!("no effect for the clock {other}"))),
    }
}

async fn of_timer(desk: &Desk, due: &DueTimer) -> Result<Opened<CaseFile>> {
    let id: CaseId = due
        .timer
        .record
        .parse()
        .map_err(|_| DeskError::NotFound { what: "case" })?;
    load(desk, id).await
}

async fn store(
    desk: &Desk,
    change: Change,
    due: &DueTimer,
    found: &Opened<CaseFile>,
    file: &CaseFile,
) -> Result<()> {
    let mut change = change.fire(&due.timer);
    if *file != found.body {
        change = change.update(file.draft(&["tasks"])?, found.version);
    }
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

/// Adds the tasks for birthdays on which rights move and that lie at most half a year ahead.
pub(super) fn add_transitions(
    desk: &Desk,
    file: &mut CaseFile,
    age: &Age,
    now: Timestamp,
) -> Result<()> {
    if !file.is_open() {
        return Ok(());
    }
    for missing in file.case.missing_transitions(age, dutch_date(now)) {
        let title = format!("Voorbereiden: {} jaar, rechten veranderen", missing.age);
        let task = Task::new(
            TaskId::new(desk.vault.new_id(now)),
            TaskKind::AgeTransition,
            words(&title)?,
            Some(missing.on),
        );
        file.case = file.case.clone().add_task(task).map_err(refused)?;
    }
    Ok(())
}

fn add_aftercare_tasks(desk: &Desk, file: &mut CaseFile, now: Timestamp) -> Result<()> {
    let today = dutch_date(now);
    let due: Vec<(usize, Date)> = planned_moments(file)
        .filter(|(_, on)| *on <= today)
        .collect();
    for (number, on) in due {
        let title = words(&format!("Nazorgmoment {number}"))?;
        let known = |t: &Task| t.kind == TaskKind::Aftercare && t.title == title;
        if file.case.tasks().iter().any(known) {
            continue;
        }
        let id = TaskId::new(desk.vault.new_id(now));
        let task = Task::new(id, TaskKind::Aftercare, title, Some(on));
        file.case = file.case.clone().add_task(task).map_err(refused)?;
    }
    Ok(())
}

/// Words of our own, which are always in order.
pub(super) fn words(text: &str) -> Result<SafeText> {
    SafeText::new("title", text, 200).map_err(|e| DeskError::Setup(e.to_string()))
}

fn planned_moments(file: &CaseFile) -> impl Iterator<Item = (usize, Date)> {
    let moments = file.case.aftercare().map_or(&[][..], |plan| plan.moments());
    let numbered = moments.iter().enumerate();
    numbered
        .filter(|(_, moment)| moment.state == MomentState::Planned)
        .map(|(index, moment)| (index + 1, moment.on))
}

/// Sets the clocks of a case anew: all that ran are stopped.
pub(super) fn timers(mut change: Change, file: &CaseFile, age: &Age, now: Timestamp) -> Change {
    let record = file.case.id.to_string();
    change = change.clear_timers(&record);
    let timer = |kind: &str, part: String, due: Timestamp| Timer {
        id: format!("{kind}/{record}{part}"),
        due,
        kind: kind.to_owned(),
        record: record.clone(),
    };
    if let Some(waiting) = file.arrival.as_ref().filter(|a| a.is_waiting()) {
        return change.timer(timer(ANSWER, String::new(), waiting.answer_due));
    }
    let today = dutch_date(now);
    if file.is_open() {
        let ahead = transitions(age, today).into_iter();
        for next in ahead.filter(|t| t.prepare_from > today) {
            let due = day_start(next.prepare_from);
            change = change.timer(timer(TRANSITION, format!("/{}", next.age), due));
        }
    }
    for (number, on) in planned_moments(file) {
        change = change.timer(timer(AFTERCARE, format!("/{number}"), day_start(on)));
    }
    change
}
