//! Barriers against traffickers (K6): written down, planned, raised, ended or dropped by the organisation whose they are. A barrier is about a
//! place or firm; nothing in it names a report, a case or a victim, and no other compartment is asked.

mod read;
mod step;

use domain::barrier::{AimFault, Barrier, BarrierError, Place, WordsError};
use domain::ids::BarrierId;
use domain::time::{amsterdam, dutch_date};
use domain::vocabulary::{BarrierInstrumentCode, BarrierStepCode, BarrierTargetCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vault::{Clear, ClearData, Draft, Kind, Opened, Store, Stored};

pub use read::{BarrierRow, BarrierView, list, read};
pub use step::{NewBarrier, Step, open, take};

use crate::Desk;
use crate::access::Permit;
use crate::error::{DeskError, FieldError, Result};

/// A barrier as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredBarrier(pub Barrier);

impl Stored for StoredBarrier {
    const KIND: Kind = Kind {
        name: "barrier",
        store: Store::K6,
        schema: 1,
        clear: &[Clear::State, Clear::Org, Clear::Region, Clear::Due],
        terms: &[],
    };
}

/// What the list shows: codes and days, none of the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BarrierSummary {
    /// Step of the offender.
    pub step: BarrierStepCode,
    /// Instrument.
    pub instrument: BarrierInstrumentCode,
    /// Kind of place or firm.
    pub target: BarrierTargetCode,
    /// Where.
    pub place: Place,
    /// Since when it is written down.
    pub opened: Date,
    /// By when it will be raised, while it is planned.
    pub until: Option<Date>,
    /// When it was raised.
    pub raised: Option<Date>,
}

fn draft(desk: &Desk, barrier: &Barrier, fields: &[&str]) -> Result<Draft> {
    let opened = dutch_date(barrier.by.at);
    let waits = barrier.raised().is_none() && !barrier.is_over();
    let until = barrier.plan_now().filter(|_| waits).map(|plan| plan.until);
    let end_of = |day: Date| day.at(23, 59, 59, 0).to_zoned(amsterdam());
    let clear = ClearData {
        state: barrier.state_name().to_owned(),
        org: Some(barrier.owner().to_string()),
        region: barrier
            .aim
            .region(&desk.vocabulary, opened)
            .map(|region| region.to_string()),
        due: until.and_then(|day| Some(end_of(day).ok()?.timestamp())),
        ..ClearData::default()
    };
    let summary = BarrierSummary {
        step: barrier.aim.step.clone(),
        instrument: barrier.aim.instrument.clone(),
        target: barrier.aim.target.clone(),
        place: barrier.aim.place.clone(),
        opened,
        until,
        raised: barrier.raised().map(|raised| raised.on),
    };
    let stored = StoredBarrier(barrier.clone());
    Ok(Draft::new(barrier.id.to_string(), &stored, clear)?
        .with_summary(&summary)?
        .changing(fields))
}

/// One of the own organisation's; another's is not found.
async fn own(desk: &Desk, permit: &Permit, id: BarrierId) -> Result<Opened<StoredBarrier>> {
    let found = desk.vault.load::<StoredBarrier>(&id.to_string()).await;
    let found = found.map_err(|error| DeskError::from(error).what("barrier"))?;
    match found.body.0.owner() == permit.actor.person()?.org {
        true => Ok(found),
        false => Err(DeskError::NotFound { what: "barrier" }),
    }
}

fn refused_words(field: &str, error: &WordsError) -> DeskError {
    let key = match error {
        WordsError::Confirm(_) => "barrier-confirm",
        WordsError::Person(_) => "barrier-person",
    };
    DeskError::field(field, key, error)
}

/// A rule's refusal at the field it is about; `day` is the field of the day that was given.
fn refused(error: BarrierError, day: &str) -> DeskError {
    match &error {
        BarrierError::Aim(faults) => DeskError::Invalid(faults.iter().map(at_field).collect()),
        BarrierError::OtherOrganisation => DeskError::NotFound { what: "barrier" },
        BarrierError::NotNow(_) => DeskError::rule("barrier-not-now", error),
        BarrierError::Full(_) => DeskError::rule("barrier-full", error),
        BarrierError::Ahead(_) => DeskError::field(day, "barrier-ahead", error),
        BarrierError::Over(_) => DeskError::field(day, "barrier-over", error),
        BarrierError::TooFar(_) => DeskError::field(day, "barrier-too-far", error),
        BarrierError::BeforeRaised { .. } => DeskError::field(day, "barrier-before-raised", error),
    }
}

fn at_field(fault: &AimFault) -> FieldError {
    let (field, key) = match fault {
        AimFault::Step => ("step", "unknown"),
        AimFault::Instrument => ("instrument", "unknown"),
        AimFault::Unfit => ("instrument", "barrier-unfit"),
        AimFault::Target => ("target", "unknown"),
        AimFault::Place => ("municipality", "unknown"),
        AimFault::Form => ("forms", "unknown"),
    };
    FieldError {
        field: field.to_owned(),
        key: key.to_owned(),
        detail: fault.to_string(),
    }
}
