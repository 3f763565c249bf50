//! What happens to a period after the offer.

use domain::SafeText;
use domain::code::OrgKind;
use domain::ids::{IntakeId, PersonId, ReflectionId};
use domain::reflection::{EndReason, Explanation, Reflection, ReflectionError, ReminderKind};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Store, Timer};

use super::{END, REMINDER, news, record, refused, send};
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::case::guard;
use crate::error::{DeskError, Result};
use crate::intake::{StepKind, Whole, day_start, fresh};

/// The person accepts. In each of these `seen` is the version of the period's record.
pub async fn accept(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
    period: ReflectionId,
    seen: i64,
) -> Result<()> {
    let work = Work::begin(desk, actor, now, id, period, seen).await?;
    let by = actor.by(now)?;
    work.finish(StepKind::Accepted, None, |r| r.accept(by))
        .await
}

/// How and why it was declined.
#[derive(Debug, Clone)]
pub struct DeclineInput {
    /// In which language and with whom it had been explained.
    pub explained: Explanation,
    /// Why, if told.
    pub reason: Option<SafeText>,
    /// Somebody looked at the texts: no address of a shelter stands in them.
    pub looked: bool,
}

/// The person declines; language and interpreter must be on record.
pub async fn decline(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
    period: ReflectionId,
    seen: i64,
    input: DeclineInput,
) -> Result<()> {
    guard(&[("reason", input.reason.as_ref())], input.looked)?;
    let work = Work::begin(desk, actor, now, id, period, seen).await?;
    let by = actor.by(now)?;
    let note = input.reason.clone();
    work.finish(StepKind::Declined, note, |r| {
        r.decline(by, input.explained, input.reason)
    })
    .await
}

/// What was decided for an EU citizen.
#[derive(Debug, Clone)]
pub struct EuInput {
    /// Does the period apply?
    pub applies: bool,
    /// Who decided: police, KMar or IND.
    pub decided_by: OrgKind,
    /// Why.
    pub reason: SafeText,
    /// Somebody looked at the texts: no address of a shelter stands in them.
    pub looked: bool,
}

/// Records what police or IND decided for an EU citizen.
pub async fn decide_eu(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
    period: ReflectionId,
    seen: i64,
    input: EuInput,
) -> Result<()> {
    guard(&[("reason", Some(&input.reason))], input.looked)?;
    let work = Work::begin(desk, actor, now, id, period, seen).await?;
    let by = actor.by(now)?;
    let note = Some(input.reason.clone());
    work.finish(StepKind::EuDecided, note, |r| {
        r.decide_eu(input.applies, input.decided_by, by, input.reason)
    })
    .await
}

/// Begins an accepted period on its first day: not in the future, and not before the person was first seen.
pub async fn start(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
    period: ReflectionId,
    seen: i64,
    first: Date,
) -> Result<()> {
    let mut work = Work::begin(desk, actor, now, id, period, seen).await?;
    let person = work.person;
    let detected = work.whole.person(person)?.body.detected;
    if first > dutch_date(now) {
        let detail = "the first day lies in the future: record it on that day";
        return Err(DeskError::field("start", "future", detail));
    }
    if first < detected {
        let detail = "the first day lies before the day on which the person was first seen";
        return Err(DeskError::field("start", "before-detection", detail));
    }
    work.finish(StepKind::Started, None, |r| r.start(first))
        .await
}

/// On which day and why it ended.
#[derive(Debug, Clone)]
pub struct EndInput {
    /// The day.
    pub ended: Date,
    /// Why.
    pub reason: EndReason,
    /// What there is to say about it.
    pub note: Option<SafeText>,
    /// Somebody looked at the texts: no address of a shelter stands in them.
    pub looked: bool,
}

/// Ends a running period.
pub async fn end(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
    period: ReflectionId,
    seen: i64,
    input: EndInput,
) -> Result<()> {
    guard(&[("note", input.note.as_ref())], input.looked)?;
    let work = Work::begin(desk, actor, now, id, period, seen).await?;
    if input.ended > dutch_date(now) {
        let detail = "the day of the end lies in the future";
        return Err(DeskError::field("ended", "future", detail));
    }
    let by = actor.by(now)?;
    work.finish(StepKind::Ended, input.note, |r| {
        r.end(input.ended, input.reason, by)
    })
    .await
}

/// A change of one period, between loading and writing.
struct Work<'a> {
    desk: &'a Desk,
    actor: &'a Actor,
    now: Timestamp,
    permit: Permit,
    whole: Whole,
    period: ReflectionId,
    person: PersonId,
    seen: i64,
}

impl<'a> Work<'a> {
    async fn begin(
        desk: &'a Desk,
        actor: &'a Actor,
        now: Timestamp,
        id: IntakeId,
        period: ReflectionId,
        seen: i64,
    ) -> Result<Work<'a>> {
        let permit = permit(actor, UseCase::ChangeReflection)?;
        let mut whole = Whole::worked(desk, actor, now, id).await?;
        let found = whole.period(period)?;
        fresh(found, seen)?;
        let person = found.body.person;
        Ok(Work {
            desk,
            actor,
            now,
            permit,
            whole,
            period,
            person,
            seen,
        })
    }

    async fn finish(
        mut self,
        kind: StepKind,
        note: Option<SafeText>,
        change: impl FnOnce(Reflection) -> std::result::Result<Reflection, ReflectionError>,
    ) -> Result<()> {
        let found = self.whole.period(self.period)?;
        let after = change(found.body.reflection.clone()).map_err(refused)?;
        found.body.reflection = after.clone();
        let body = found.body.clone();
        let org = self.whole.file.body.org.to_string();
        let person = self.whole.person(self.person)?.body.clone();
        let told = news(
            self.desk,
            &self.permit,
            self.actor,
            self.now,
            &person,
            &after,
        )
        .await?;
        self.whole.note(self.actor, self.now, kind, note);
        let version = self.whole.file.version;
        let draft = self.whole.draft(self.desk, self.now, &["reflection"])?;
        let mut write = Change::new(self.permit.context(self.now))
            .update(record(&body, &org)?.changing(&["state"]), self.seen)
            .update(draft, version);
        if after.no_removal_until().is_none() {
            write = write.clear_timers(self.period.to_string());
        } else if kind == StepKind::Started {
            for timer in timers(&after) {
                write = write.timer(timer);
            }
        }
        self.desk.vault.apply(Store::K5, send(write, told)?).await?;
        Ok(())
    }
}

/// The clocks of a running period: a reminder each on its day, and the end on the day after the last.
fn timers(reflection: &Reflection) -> Vec<Timer> {
    let Some(last) = reflection.no_removal_until() else {
        return Vec::new();
    };
    let record = reflection.id.to_string();
    let timer = |kind: String, due: Timestamp| Timer {
        id: format!("{kind}/{record}"),
        due,
        kind,
        record: record.clone(),
    };
    let mut all: Vec<Timer> = reflection
        .reminders()
        .into_iter()
        .map(|r| timer(reminder_clock(r.kind), day_start(r.on)))
        .collect();
    let over = last.tomorrow().unwrap_or(last);
    all.push(timer(END.to_owned(), day_start(over)));
    all
}

/// Name of a reminder's clock.
pub(super) fn reminder_clock(kind: ReminderKind) -> String {
    let which = match kind {
        ReminderKind::OneMonth => "one_month",
        ReminderKind::TwoWeeks => "two_weeks",
        ReminderKind::ThreeDays => "three_days",
    };
    format!("{REMINDER}.{which}")
}
