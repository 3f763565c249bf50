//! What the calendar does to a running period: reminders put a marker in the list, and after the last day it ends by
//! itself, once.

use domain::reflection::ReminderKind;
use domain::time::dutch_date;
use jiff::Timestamp;
use vault::{Change, DueTimer, Store};

use super::change::reminder_clock;
use super::{END, news, record, send};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::intake::{StepKind, StoredReflection, Whole};

/// A due clock of a period.
pub async fn clock(desk: &Desk, now: Timestamp, due: &DueTimer) -> Result<()> {
    let kind = due.timer.kind.as_str();
    let reminders = [
        ReminderKind::OneMonth,
        ReminderKind::TwoWeeks,
        ReminderKind::ThreeDays,
    ];
    let reminder = reminders.into_iter().find(|r| reminder_clock(*r) == kind);
    if reminder.is_none() && kind != END {
        return Err(DeskError::Setup(format!("no effect for the clock {kind}")));
    }
    let permit = permit(&Actor::System, UseCase::IntakeClock)?;
    let mut context = permit.context(now);
    context.act = due.timer.kind.clone();
    let fired = Change::new(context).fire(&due.timer);
    let found = desk
        .vault
        .load::<StoredReflection>(&due.timer.record)
        .await?;
    if found.body.reflection.no_removal_until().is_none() {
        // It ended in another way meanwhile.
        desk.vault.apply(Store::K5, fired).await?;
        return Ok(());
    }
    let mut whole = Whole::load(desk, found.body.intake).await?;
    let own = whole.period(found.body.reflection.id)?;
    match reminder {
        Some(reminder) if !own.body.reminded.contains(&reminder) => {
            own.body.reminded.push(reminder);
        }
        Some(_) => {}
        None => {
            let over = own.body.reflection.clone().expire(dutch_date(now));
            own.body.reflection = over.map_err(super::refused)?;
        }
    }
    let (body, seen, person) = (own.body.clone(), own.version, own.body.person);
    let org = whole.file.body.org.to_string();
    let mut told = None;
    if reminder.is_none() {
        let known = whole.person(person)?.body.clone();
        told = news(desk, &permit, &Actor::System, now, &known, &body.reflection).await?;
        whole.note(&Actor::System, now, StepKind::Ended, None);
    }
    let version = whole.file.version;
    let change = fired
        .update(record(&body, &org)?.changing(&["state"]), seen)
        .update(whole.draft(desk, now, &["reflection"])?, version);
    desk.vault.apply(Store::K5, send(change, told)?).await?;
    Ok(())
}
