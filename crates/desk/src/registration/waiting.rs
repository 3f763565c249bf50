//! How long it takes from detection to registration, for each organisation: the duty was not always met, so it is measured.

use std::collections::BTreeMap;

use domain::ids::OrgId;
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{REGISTERED, StoredRegistration};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::case::day_start;
use crate::error::Result;

/// How long one organisation takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The organisation.
    pub org: OrgId,
    /// Its name.
    pub name: String,
    /// Registrations in the year.
    pub registrations: usize,
    /// Half of them took at most this many days.
    pub median_days: i32,
    /// The longest took this many days.
    pub longest_days: i32,
    /// How many took longer than the clock `registration` allows.
    pub late: usize,
}

/// Days from detection to registration per organisation, for registrations of one year. The longest median comes first.
pub async fn waiting_times(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    year: i16,
) -> Result<Vec<Waiting>> {
    permit(actor, UseCase::ListRegistrations)?;
    let all = desk
        .vault
        .load_all::<StoredRegistration>(&[REGISTERED])
        .await?;
    let mut days: BTreeMap<OrgId, Vec<(i32, bool)>> = BTreeMap::new();
    for found in all {
        let registration = found.body.registration;
        let Some(org) = found.body.by else { continue };
        if registration.registered.year() != year || registration.registered > dutch_date(now) {
            continue;
        }
        let late = is_late(desk, registration.detected, registration.registered)?;
        let entry = days.entry(org).or_default();
        entry.push((registration.days_from_detection(), late));
    }
    let directory = desk.directory();
    let mut out: Vec<Waiting> = days
        .into_iter()
        .map(|(org, taken)| summed(org, directory.name(org), taken))
        .collect();
    out.sort_by(|a, b| b.median_days.cmp(&a.median_days).then(a.name.cmp(&b.name)));
    Ok(out)
}

fn is_late(desk: &Desk, detected: Date, registered: Date) -> Result<bool> {
    let due = desk.deadline("registration", day_start(detected))?;
    Ok(registered > dutch_date(due))
}

fn summed(org: OrgId, name: &str, mut taken: Vec<(i32, bool)>) -> Waiting {
    taken.sort_unstable();
    // The lower middle: half took at most this long.
    let middle = taken.len().saturating_sub(1) / 2;
    Waiting {
        org,
        name: name.to_owned(),
        registrations: taken.len(),
        median_days: taken.get(middle).map_or(0, |t| t.0),
        longest_days: taken.last().map_or(0, |t| t.0),
        late: taken.iter().filter(|t| t.1).count(),
    }
}
