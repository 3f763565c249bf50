//! Registration counts for itself (K2).

use domain::registration::Registration;

use super::{Asked, Period};
use crate::Desk;
use crate::error::Result;
use crate::registration::{Behind, REGISTERED, Rows, Span, StoredRegistration, is_adult};

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

/// Which records stand behind a measure of registration.
pub(super) fn behind(code: &str) -> Option<Behind> {
    match code {
        "minors_in_sight" => Some(Behind::KnownAge),
        "time_to_registration" => Some(Behind::Registered),
        _ => None,
    }
}

/// The numbers of records of a period, beside what was told before.
pub(super) async fn rows(desk: &Desk, period: &Period, asked: &[Asked]) -> Result<Rows> {
    let of = |code: &str| {
        let one = asked.iter().find(|one| one.code() == code);
        one.map_or(0, Asked::records)
    };
    let span = Span {
        first: period.first,
        last: period.last,
    };
    Rows::of(
        desk,
        span,
        of("minors_in_sight"),
        of("time_to_registration"),
    )
    .await
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

/// By younger than eighteen or not, as far as it is known.
fn minors_in_sight(registrations: &[Registration]) -> Asked {
    let records = registrations.iter().filter_map(|r| is_adult(r.data.age));
    let records = records.map(|adult| if adult { "adult" } else { "minor" }.to_owned());
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
