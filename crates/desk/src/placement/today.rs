//! A request as it is on another day than the one on which it was asked: she is a day older, and who turned eighteen has other ways
//! to a place and another right to it.

use domain::age::{Age, AgeInYears, MAJORITY};
use domain::placing::who_may_place;
use domain::shelter_request::Entitlement;
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;

use super::question::age_for_rules;
use super::records::{StoredPlacement, StoredRequest};
use crate::Desk;
use crate::error::{DeskError, Result};

/// The request as it counts today, while a place is sought.
pub(super) async fn as_of_today(
    desk: &Desk,
    now: Timestamp,
    stored: StoredRequest,
) -> Result<StoredRequest> {
    as_of(desk, now, now, stored).await
}

/// The request of a placement: the age of today, for limits of age protect her now; the ways to a place and the right as they were
/// when the room was held. Who was placed by one way and turned eighteen since does not lose the room by the rules of the other.
pub(super) async fn as_held(
    desk: &Desk,
    now: Timestamp,
    placement: &StoredPlacement,
    stored: StoredRequest,
) -> Result<StoredRequest> {
    as_of(desk, now, placement.placement.placed.at, stored).await
}

/// The request as its readers see it: as of today while a place is sought, else as it was when the last room was held.
pub(super) async fn as_shown(
    desk: &Desk,
    now: Timestamp,
    placements: &[StoredPlacement],
    stored: StoredRequest,
) -> Result<StoredRequest> {
    match (stored.request.state_name(), placements.last()) {
        ("open", _) => as_of_today(desk, now, stored).await,
        (_, Some(last)) => as_held(desk, now, last, stored).await,
        (_, None) => Ok(stored),
    }
}

async fn as_of(
    desk: &Desk,
    now: Timestamp,
    ways: Timestamp,
    mut stored: StoredRequest,
) -> Result<StoredRequest> {
    let age = match crate::case::load(desk, stored.request.case).await {
        Ok(found) => crate::case::person_of(desk, &found.body.case).await,
        Err(error) => Err(error),
    };
    let born = match age {
        Ok(person) => person.body.0.age,
        // Erased: what was asked is what is known.
        Err(DeskError::NotFound { .. }) => return Ok(stored),
        Err(error) => return Err(error),
    };
    let Age::Certain { .. } = born else {
        return Ok(stored);
    };
    rework(&mut stored, on(born, ways));
    if let Some(first) = stored.request.needs.persons.first_mut() {
        first.age = on(born, now);
    }
    Ok(stored)
}

fn on(born: Age, moment: Timestamp) -> AgeInYears {
    let day: Date = dutch_date(moment);
    born.in_years_on(day)
}

/// Works the ways to a place out again when she is a minor by now, or no longer one. A right that somebody chose against the rules
/// stays what it was; one that followed them follows them still.
fn rework(stored: &mut StoredRequest, age: AgeInYears) {
    let Some(facts) = &mut stored.facts else {
        return;
    };
    let minor = age_for_rules(age) < MAJORITY;
    if facts.minor == minor {
        return;
    }
    facts.minor = minor;
    let again = who_may_place(facts);
    let needs = &mut stored.request.needs;
    if needs.entitlement == first_right(&stored.placing) {
        needs.entitlement = first_right(&again);
    }
    stored.placing = again;
}

/// The right that the first way to a place names.
pub(super) fn first_right(placing: &domain::placing::PlacingAnswer) -> Entitlement {
    let first = placing.routes.first();
    first.map_or(Entitlement::Uncertain, |route| route.entitlement)
}
