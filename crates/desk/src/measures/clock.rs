//! A period counts by itself when it is over: a clock, and the record of what came of it.
//!
//! The record has a name of its own for each period, so that a period has one clock however many processes start; the clock fires for one of
//! them only, and what a compartment told it does not tell again.

use std::collections::BTreeSet;

use domain::edition::EditionName;
use domain::time::dutch_date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use vault::{
    Change, Clear, ClearData, Draft, DueTimer, Kind, Opened, Store, Stored, Timer, VaultError,
};

use super::{Counted, count_compartments};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::case::day_start;
use crate::error::{DeskError, Result};
use crate::plan;

const CLOCK: &str = "figures.count";

/// How it stands with counting one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counting {
    /// The period, such as `2026-1`.
    pub period: EditionName,
    /// How many months a period had when the clock was set: of two reporting cycles one name can mean two periods.
    pub months: i8,
    /// When it is counted by itself.
    pub due: Timestamp,
    /// How it stands.
    pub state: State,
    /// The last time that it could not be counted, also when it was counted since.
    pub failed: Option<Try>,
}

/// A time that it did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Try {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub why: Failure,
    /// How often in all.
    pub times: u32,
}

/// Why a period could not be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The reporting cycle of this installation has no such period any more.
    NoSuchPeriod,
    /// The store could not be read or written; it is tried again.
    Store,
    /// Something in the settings or the vocabulary; the log of the operators says what. It is tried again.
    Setup,
}

/// How it stands with a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum State {
    /// It will be counted.
    Waits,
    /// It was counted.
    Counted {
        /// When, the last time.
        at: Timestamp,
        /// What came of it.
        outcome: Counted,
    },
    /// It will not be counted; the failure says why.
    GivenUp,
}

impl State {
    fn code(&self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::Counted { .. } => "counted",
            Self::GivenUp => "given_up",
        }
    }
}

impl Stored for Counting {
    const KIND: Kind = Kind {
        name: "figures_counted",
        store: Store::K7,
        schema: 1,
        clear: &[Clear::State],
        terms: &[],
    };
}

impl Counting {
    fn draft(&self) -> Result<Draft> {
        let clear = ClearData {
            state: self.state.code().to_owned(),
            ..ClearData::default()
        };
        Ok(Draft::new(record(self.period, self.months), self, clear)?)
    }
}

fn record(period: EditionName, months: i8) -> String {
    format!("count-{period}-{months}")
}

fn timer(counting: &Counting) -> Timer {
    Timer {
        id: format!("{CLOCK}/{}", record(counting.period, counting.months)),
        due: counting.due,
        kind: CLOCK.to_owned(),
        record: record(counting.period, counting.months),
    }
}

async fn found(desk: &Desk, record: &str) -> Result<Option<Opened<Counting>>> {
    match desk.vault.load::<Counting>(record).await {
        Ok(found) => Ok(Some(found)),
        Err(VaultError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Sets the clocks that are missing: of the period that runs, and of the last one that is over when the programme was at work and nobody
/// counted it. Call it at the start and now and then; it changes nothing when they are there.
pub async fn arm(desk: &Desk, now: Timestamp) -> Result<()> {
    let cycle = plan::cycle(desk);
    let running = EditionName::of(dutch_date(now), cycle);
    set(desk, now, running).await?;
    if !plan::register(desk).await?.is_empty() {
        set(desk, now, running.previous(cycle)).await?;
    }
    Ok(())
}

async fn set(desk: &Desk, now: Timestamp, period: EditionName) -> Result<()> {
    let counting = waiting(desk, now, period);
    if found(desk, &record(period, counting.months))
        .await?
        .is_some()
    {
        return Ok(());
    }
    let permit = permit(&Actor::System, UseCase::CountClock)?;
    let change = Change::new(permit.context(now))
        .create(counting.draft()?)
        .timer(timer(&counting));
    match desk.vault.apply(Store::K7, change).await {
        // Another process was first.
        Ok(_) | Err(VaultError::Conflict { .. } | VaultError::AlreadyDone { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// An hour after the last day, so that what was done on that day has arrived.
fn waiting(desk: &Desk, now: Timestamp, period: EditionName) -> Counting {
    let cycle = plan::cycle(desk);
    let over = period
        .period(cycle)
        .and_then(|span| span.until.tomorrow().ok());
    let due = over
        .map_or(now, day_start)
        .saturating_add(SignedDuration::from_hours(1));
    Counting {
        period,
        months: cycle.months(),
        due: due.unwrap_or(now),
        state: State::Waits,
        failed: None,
    }
}

/// A period is over: every compartment counts. What goes wrong is kept with its reason, and tried again.
pub async fn clock(desk: &Desk, now: Timestamp, due: &DueTimer) -> Result<()> {
    let known = found(desk, &due.timer.record).await?;
    let known = known.ok_or(DeskError::NotFound { what: "count" })?;
    let counted = match known.body.months == plan::cycle(desk).months() {
        true => count_compartments(desk, now, known.body.period).await,
        false => Err(DeskError::rule(
            "figures-period",
            "the reporting cycle has no such period any more",
        )),
    };
    match counted {
        Ok(counted) => keep(desk, now, known.body.period, &counted, Some(&due.timer)).await,
        // Another process is at it; the next round sees.
        Err(error @ (DeskError::Conflict | DeskError::AlreadyDone)) => Err(error),
        Err(error) => {
            failed(desk, now, known, &error, &due.timer).await?;
            match why(&error) {
                Failure::NoSuchPeriod => Ok(()),
                Failure::Store | Failure::Setup => Err(error),
            }
        }
    }
}

fn why(error: &DeskError) -> Failure {
    match error {
        DeskError::Rule { key, .. } if key == "figures-period" => Failure::NoSuchPeriod,
        DeskError::Vault(_) => Failure::Store,
        _ => Failure::Setup,
    }
}

async fn failed(
    desk: &Desk,
    now: Timestamp,
    known: Opened<Counting>,
    error: &DeskError,
    timer: &Timer,
) -> Result<()> {
    let why = why(error);
    let permit = permit(&Actor::System, UseCase::CountClock)?;
    let mut change = Change::new(permit.context(now));
    if why == Failure::NoSuchPeriod {
        change = change.fire(timer);
    }
    let mut counting = known.body;
    counting.failed = Some(Try {
        at: now,
        why,
        times: counting
            .failed
            .map_or(1, |before| before.times.saturating_add(1)),
    });
    if why == Failure::NoSuchPeriod && counting.state == State::Waits {
        counting.state = State::GivenUp;
    }
    write(desk, change, &counting, Some(known.version)).await
}

/// Keeps what came of counting, by the clock or by hand.
pub(super) async fn keep(
    desk: &Desk,
    now: Timestamp,
    period: EditionName,
    counted: &Counted,
    timer: Option<&Timer>,
) -> Result<()> {
    let permit = permit(&Actor::System, UseCase::CountClock)?;
    let mut change = Change::new(permit.context(now));
    if let Some(timer) = timer {
        change = change.fire(timer);
    }
    let months = plan::cycle(desk).months();
    let known = found(desk, &record(period, months)).await?;
    let version = known.as_ref().map(|found| found.version);
    let mut counting = known.map_or_else(|| waiting(desk, now, period), |found| found.body);
    let mut outcome = counted.clone();
    let before = outcome.before.drain(..).chain(outcome.sent.drain(..));
    // What was told once is told, whichever time it was.
    let told: BTreeSet<String> = before.collect();
    outcome.sent = told.into_iter().collect();
    counting.state = State::Counted { at: now, outcome };
    write(desk, change, &counting, version).await
}

async fn write(
    desk: &Desk,
    change: Change,
    counting: &Counting,
    version: Option<i64>,
) -> Result<()> {
    let draft = counting.draft()?;
    let change = match version {
        None => change.create(draft),
        Some(version) => change.update(draft.changing(&["state"]), version),
    };
    desk.vault.apply(Store::K7, change).await?;
    Ok(())
}

/// How it stands with counting, the newest period first.
pub async fn countings(desk: &Desk, actor: &Actor) -> Result<Vec<Counting>> {
    permit(actor, UseCase::ListFigures)?;
    let all = desk.vault.load_all::<Counting>(&[]).await?;
    let mut all: Vec<Counting> = all.into_iter().map(|found| found.body).collect();
    all.sort_by_key(|counting| std::cmp::Reverse(counting.due));
    Ok(all)
}
