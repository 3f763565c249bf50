//! A request as it is on another day than the one on which it was asked: she is a day older, and who turned eighteen has other ways
//! to a place and another right to it.

use domain::age::{Age, AgeInYears, MAJORITY};
use domain::placing::who_may_place;
use domain::shelter_request::Entitlement;
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;

use super::question::age_for_rules;
use super::records::StoredRequest;
use crate::Desk;
use crate::error::{DeskError, Result};

/// The request as it counts today, while a place is sought.
pub(super) async fn as_of_today(
    desk: &Desk,
    now: Timestamp,
    stored: StoredRequest,
) -> Result<StoredRequest> {
    with_age(desk, now, settled(desk, now, stored).await?).await
}

/// The request with the ways and the right of this moment: what a hold keeps. Who is placed by one way does not lose the room by the
/// rules of the other when she turns eighteen, or when her age is learned, later.
pub(super) async fn settled(
    desk: &Desk,
    now: Timestamp,
    mut stored: StoredRequest,
) -> Result<StoredRequest> {
    if let Some(born) = born(desk, &stored).await? {
        rework(&mut stored, on(born, now));
    }
    Ok(stored)
}

/// The request with the age of today, for limits of age protect her now, and the ways that are kept.
pub(super) async fn with_age(
    desk: &Desk,
    now: Timestamp,
    mut stored: StoredRequest,
) -> Result<StoredRequest> {
    let born = born(desk, &stored).await?;
    if let (Some(born), Some(first)) = (born, stored.request.needs.persons.first_mut()) {
        first.age = on(born, now);
    }
    Ok(stored)
}

/// The request as its readers see it: as of today while a place is sought, else by the ways that were kept.
pub(super) async fn as_shown(
    desk: &Desk,
    now: Timestamp,
    stored: StoredRequest,
) -> Result<StoredRequest> {
    match stored.request.state_name() {
        "open" => as_of_today(desk, now, stored).await,
        _ => with_age(desk, now, stored).await,
    }
}

/// The age by date of birth, when that is known. Of who was erased, what was asked is what is known.
async fn born(desk: &Desk, stored: &StoredRequest) -> Result<Option<Age>> {
    let person = match crate::case::load(desk, stored.request.case).await {
        Ok(found) => crate::case::person_of(desk, &found.body.case).await,
        Err(error) => Err(error),
    };
    match person {
        Ok(person) => Ok(Some(person.body.0.age).filter(|age| matches!(age, Age::Certain { .. }))),
        Err(DeskError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
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
    stored.asked_as.get_or_insert(needs.entitlement);
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
