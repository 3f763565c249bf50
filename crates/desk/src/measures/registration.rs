//! Registration counts for itself (K2).

use domain::age::AgeInYears;
use domain::registration::Registration;

use super::{Asked, Period};
use crate::Desk;
use crate::error::Result;
use crate::registration::{REGISTERED, StoredRegistration};

pub(super) async fn ask(desk: &Desk, period: &Period) -> Result<Vec<Asked>> {
    let all = desk
        .vault
        .load_all::<StoredRegistration>(&[REGISTERED])
        .await?;
    let of_period: Vec<Registration> = all
        .into_iter()
        .map(|found| found.body.registration)
        .filter(|registration| period.has(registration.registered))
        .collect();
    Ok(vec![
        time_to_registration(&of_period),
        minors_in_sight(&of_period),
    ])
}

/// Days from first detection to registration.
fn time_to_registration(registrations: &[Registration]) -> Asked {
    let days = registrations.iter().map(|registration| {
        let span = registration
            .registered
            .duration_since(registration.detected);
        span.as_hours() / 24
    });
    Asked::Days {
        code: "time_to_registration",
        days: days.collect(),
    }
}

/// The row that is the measure's number.
pub(super) const MINOR: &str = "Minderjarig";

/// By younger than eighteen or not; an estimate that spans eighteen is left out rather than guessed.
fn minors_in_sight(registrations: &[Registration]) -> Asked {
    let records = registrations.iter().filter_map(|r| match r.data.age {
        AgeInYears::Exactly { age } => Some(age < 18),
        AgeInYears::Between { high, .. } if high < 18 => Some(true),
        AgeInYears::Between { low, .. } if low >= 18 => Some(false),
        AgeInYears::Between { .. } | AgeInYears::Unknown => None,
    });
    let records = records.map(|minor| if minor { "minor" } else { "adult" }.to_owned());
    Asked::Table {
        code: "minors_in_sight",
        dimension: "Leeftijd",
        records: records.collect(),
        categories: vec![
            ("minor".to_owned(), MINOR.to_owned()),
            ("adult".to_owned(), "Volwassen".to_owned()),
        ],
    }
}
