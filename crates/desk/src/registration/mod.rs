//! Registrations for the national figures (K2): received, listed, measured, and published as protected tables.
//!
//! A registration and a count are both one report (`aanmelding`); nobody counts twice. What stands in clear is the state and
//! the region.

mod figures;
mod questions;
mod read;
mod releases;
mod rows;
mod waiting;

pub use ::figures::ledger::{Span, Withheld as WhyWithheld};
pub use figures::{Again, Made, THRESHOLD, Withheld, figures};
pub(crate) use questions::is_adult;
pub use read::{Entry, list, read};
pub use releases::{ReleaseLine, releases};
pub(crate) use rows::{Behind, Rows};
pub use waiting::{Waiting, waiting_times};

use domain::ids::{OrgId, RegistrationId};
use domain::registration::{AnonymousCount, Registration};
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use vault::{Change, Clear, ClearData, Draft, Kind, Opened, Store, Stored};

use crate::Desk;
use crate::disclosure::Disclosure;
use crate::error::{DeskError, Result};

/// A registered possible victim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredRegistration {
    /// The registration.
    pub registration: Registration,
    /// The organisation that registered, for measuring how long it took.
    pub by: Option<OrgId>,
}

/// One more without identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredCount {
    /// What was counted.
    pub count: AnonymousCount,
}

impl Stored for StoredRegistration {
    const KIND: Kind = Kind {
        name: "registration",
        store: Store::K2,
        schema: 1,
        clear: &[Clear::State, Clear::Region],
        terms: &[],
    };
}

impl Stored for StoredCount {
    const KIND: Kind = Kind {
        name: "anonymous_count",
        store: Store::K2,
        schema: 1,
        clear: &[Clear::State, Clear::Region],
        terms: &[],
    };
}

/// State of a registration.
pub const REGISTERED: &str = "registered";
/// State of a count.
pub const COUNTED: &str = "counted";
/// State of a count that a registration replaced.
pub const REPLACED: &str = "replaced";

/// What the list shows: nothing that points to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationSummary {
    /// Form, level 1.
    pub form: String,
    /// Kind of organisation that reported.
    pub reporter: String,
    /// The month in which it was registered or counted.
    pub month: String,
    /// Days from detection to registration.
    pub days: i32,
}

fn month_of(day: Date) -> String {
    format!("{}-{:02}", day.year(), day.month())
}

/// Receives a registration. When it replaces an anonymous count, one count of the same content goes: they carry no
/// identity, so that any of them is the right one.
pub async fn receive(
    desk: &Desk,
    mut change: Change,
    disclosure: &Disclosure,
    data: &Registration,
) -> Result<()> {
    if let Some(count) = &data.replaces {
        let found = one_of(desk, count).await?;
        let draft = count_draft(&found.id, count, REPLACED)?.changing(&["state"]);
        change = change.update(draft, found.version);
    }
    let body = StoredRegistration {
        registration: data.clone(),
        by: disclosure.by.map(|by| by.org),
    };
    desk.vault
        .apply(Store::K2, change.create(record(&body)?))
        .await?;
    Ok(())
}

/// The record of a registration with its list line.
pub(crate) fn record(body: &StoredRegistration) -> Result<Draft> {
    let data = &body.registration;
    let clear = ClearData {
        state: REGISTERED.to_owned(),
        region: data.data.region.as_ref().map(ToString::to_string),
        ..ClearData::default()
    };
    let summary = RegistrationSummary {
        form: data.data.form.level_1().to_string(),
        reporter: data.data.reporter.to_string(),
        month: month_of(data.registered),
        days: data.days_from_detection(),
    };
    Ok(Draft::new(data.id.to_string(), body, clear)?.with_summary(&summary)?)
}

async fn one_of(desk: &Desk, count: &AnonymousCount) -> Result<Opened<StoredCount>> {
    let counted = desk.vault.load_all::<StoredCount>(&[COUNTED]).await?;
    counted
        .into_iter()
        .find(|found| found.body.count == *count)
        .ok_or_else(|| DeskError::Setup("the count that is replaced has not arrived".to_owned()))
}

/// Receives a count.
pub async fn receive_count(
    desk: &Desk,
    change: Change,
    _disclosure: &Disclosure,
    data: &AnonymousCount,
) -> Result<()> {
    // The identifier carries the month, no finer moment.
    let month = date(data.month.year, data.month.month, 1);
    let id = desk.vault.new_id(crate::case::day_start(month)).to_string();
    let draft = count_draft(&id, data, COUNTED)?;
    desk.vault.apply(Store::K2, change.create(draft)).await?;
    Ok(())
}

fn count_draft(id: &str, count: &AnonymousCount, state: &str) -> Result<Draft> {
    let clear = ClearData {
        state: state.to_owned(),
        region: count.region.as_ref().map(ToString::to_string),
        ..ClearData::default()
    };
    let body = StoredCount {
        count: count.clone(),
    };
    Ok(Draft::new(id, &body, clear)?)
}

/// Receives the withdrawal of a consent: the registration is erased, and a count without identity remains. When the
/// registration was erased before, there is nothing left to withdraw.
pub async fn receive_withdrawal(
    desk: &Desk,
    change: Change,
    _disclosure: &Disclosure,
    id: RegistrationId,
) -> Result<()> {
    let id = id.to_string();
    let change = match leave_count(desk, change.clone(), &id).await {
        Ok(counted) => counted.erase(id),
        Err(DeskError::NotFound { .. }) => change,
        Err(error) => return Err(error),
    };
    desk.vault.apply(Store::K2, change).await?;
    Ok(())
}

/// Adds the count without identity that remains when a registration goes: what was published stays true.
pub(crate) async fn leave_count(desk: &Desk, change: Change, id: &str) -> Result<Change> {
    let found = desk
        .vault
        .load::<StoredRegistration>(id)
        .await
        .map_err(|e| DeskError::from(e).what("registration"))?;
    let registration = &found.body.registration;
    let count = AnonymousCount::from_data(&registration.data, registration.detected)
        .map_err(|e| DeskError::rule("registration", e))?;
    // The identifier carries the month, no finer moment.
    let month = date(count.month.year, count.month.month, 1);
    let new = desk.vault.new_id(crate::case::day_start(month)).to_string();
    Ok(change.create(count_draft(&new, &count, COUNTED)?))
}
