//! The address of a location: in its own store, without an index, without a summary, without a form to read it back.
//!
//! It leaves that store in two ways: to the officer who placed, after the shelter accepted this placement, with a fresh
//! second factor, rarely; and to the person accepted, through her own page. Where the shelter gives a meeting point, that
//! is what is told and the address stays where it is. Each opening is an entry in the journal of the address store.

use std::fmt;

use domain::SafeText;
use domain::ids::{CaseId, LocationId, PersonId, PlacementId, UserId};
use domain::placement::{AddressAccess, AddressViewer, HiddenBecause, Placement, may_see_address};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use vault::{Change, ClearData, Context, Draft, Filter, Kind, Store, Stored};

use super::records::{StoredPlacement, StoredRequest};
use super::requests::CaseRef;
use super::rooms::own_location;
use super::shortage::all;
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::shown;
use crate::sign_in::require_fresh;

/// The address of a location. `Debug` shows nothing, and there is no `Display`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredAddress {
    location: LocationId,
    street: SafeText,
    postcode: SafeText,
    town: SafeText,
    directions: Option<SafeText>,
    meeting_point: Option<SafeText>,
}

impl fmt::Debug for StoredAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredAddress")
    }
}

impl Stored for StoredAddress {
    const KIND: Kind = Kind {
        name: "shelter_address",
        store: Store::Addresses,
        schema: 1,
        clear: &[],
        terms: &[],
    };
}

/// When somebody opened an address: for the limits.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Openings {
    at: Vec<Timestamp>,
}

impl Stored for Openings {
    const KIND: Kind = Kind {
        name: "address_openings",
        store: Store::Addresses,
        schema: 1,
        clear: &[],
        terms: &[],
    };
}

/// How often an address may be opened.
#[derive(Clone, Copy)]
struct Limit {
    apart: SignedDuration,
    a_day: usize,
}

/// An officer: one in ten minutes, five in any 24 hours.
const OFFICER: Limit = Limit {
    apart: SignedDuration::from_mins(10),
    a_day: 5,
};
/// The person herself may need it again on her way.
const HERSELF: Limit = Limit {
    apart: SignedDuration::ZERO,
    a_day: 20,
};
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// An address as the shelter's own staff give it.
#[derive(Clone)]
pub struct AddressInput {
    /// Street and number.
    pub street: SafeText,
    /// Postcode.
    pub postcode: SafeText,
    /// Town.
    pub town: SafeText,
    /// How to find the door.
    pub directions: Option<SafeText>,
    /// Where somebody fetches the person, so that the address need not be told.
    pub meeting_point: Option<SafeText>,
}

impl fmt::Debug for AddressInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AddressInput")
    }
}

/// What is told: the meeting point where there is one, else the address. `Debug` shows which of the two, nothing more.
#[derive(Clone, PartialEq, Eq)]
pub enum Revealed {
    /// Where the person is fetched.
    MeetingPoint(SafeText),
    /// The address.
    Address {
        /// Street and number.
        street: SafeText,
        /// Postcode.
        postcode: SafeText,
        /// Town.
        town: SafeText,
        /// How to find the door.
        directions: Option<SafeText>,
    },
}

impl fmt::Debug for Revealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Revealed::MeetingPoint(_) => "MeetingPoint",
            Revealed::Address { .. } => "Address",
        })
    }
}

/// Keeps the address of one's own location; an earlier one is overwritten, not shown.
pub async fn keep_address(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    location: LocationId,
    input: AddressInput,
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepAddress)?;
    own_location(desk, &permit, location).await?;
    let id = location.to_string();
    let stored = StoredAddress {
        location,
        street: input.street,
        postcode: input.postcode,
        town: input.town,
        directions: input.directions,
        meeting_point: input.meeting_point,
    };
    let draft = Draft::new(id.clone(), &stored, ClearData::default())?;
    let change = Change::new(permit.context(now));
    let change = match desk.vault.clear_of(Store::Addresses, &id).await? {
        Some((_, _, version)) => change.update(draft, version),
        None => change.create(draft),
    };
    desk.vault.apply(Store::Addresses, change).await?;
    Ok(())
}

/// Tells the officer who placed where the person goes. Asks a fresh second factor.
pub async fn reveal_address(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: PlacementId,
) -> Result<Revealed> {
    let permit = permit(actor, UseCase::RevealAddress)?;
    require_fresh(actor, now)?;
    let person = actor.person()?;
    // The journal of care says that it was asked, whether or not it is told.
    let change = Change::new(permit.context(now)).read(id.to_string(), &["location"]);
    let found = shown::first::<StoredPlacement>(desk, change, "placement").await?;
    let placement = found.body.placement;
    shown_to(AddressViewer::PlacingOfficer(person.user), &placement)?;
    let context = permit.context_as(UseCase::OpenAddress, now);
    open(
        desk,
        now,
        context,
        &openings_of(person.user),
        OFFICER,
        &placement,
    )
    .await
}

/// Tells the person of a case where she goes, on her own page, which her private code opened. `None` when no shelter has
/// accepted her, or it keeps no address here.
pub async fn address_for_person(
    desk: &Desk,
    now: Timestamp,
    case: CaseId,
) -> Result<Option<Revealed>> {
    let permit = permit(&Actor::Public, UseCase::OpenAddress)?;
    let person = CaseRef::find(desk, case).await?.person;
    let Some(placement) = accepted(desk, case, person).await? else {
        return Ok(None);
    };
    let known = desk
        .vault
        .clear_of(Store::Addresses, &placement.location.to_string())
        .await?;
    if known.is_none() {
        return Ok(None);
    }
    let openings = format!("person-{}", placement.id);
    open(
        desk,
        now,
        permit.context(now),
        &openings,
        HERSELF,
        &placement,
    )
    .await
    .map(Some)
}

/// The placement by which the person of a case was accepted, the latest first.
async fn accepted(desk: &Desk, case: CaseId, person: PersonId) -> Result<Option<Placement>> {
    let filter = Filter {
        parent: Some(case.to_string()),
        ..Filter::default()
    };
    for row in all(desk, &StoredRequest::KIND, &filter).await? {
        let mut placements = desk.vault.load_children::<StoredPlacement>(&row.id).await?;
        placements.reverse();
        for found in placements {
            let placement = found.body.placement;
            let viewer = AddressViewer::Person(person);
            if placement.case == case && shown_to(viewer, &placement).is_ok() {
                return Ok(Some(placement));
            }
        }
    }
    Ok(None)
}

fn shown_to(viewer: AddressViewer, placement: &Placement) -> Result<()> {
    let why = match may_see_address(viewer, placement) {
        AddressAccess::Shown => return Ok(()),
        AddressAccess::Hidden { why } => why,
    };
    let (key, detail) = match why {
        HiddenBecause::NotAcceptedYet => (
            "address.not_accepted",
            "the shelter has not accepted this placement",
        ),
        HiddenBecause::Over => ("address.over", "this placement is over"),
        _ => ("address.not_yours", "another officer placed here"),
    };
    Err(DeskError::rule(key, detail))
}

fn openings_of(user: UserId) -> String {
    format!("officer-{user}")
}

/// Counts the opening and reads the address in one change of the address store: no opening without its count and entry.
async fn open(
    desk: &Desk,
    now: Timestamp,
    context: Context,
    openings: &str,
    limit: Limit,
    placement: &Placement,
) -> Result<Revealed> {
    let before = match desk.vault.load::<Openings>(openings).await {
        Ok(found) => Some(found),
        Err(vault::VaultError::NotFound { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let mut counted = before.as_ref().map(|b| b.body.clone()).unwrap_or_default();
    counted.add(now, limit)?;
    let draft = Draft::new(openings, &counted, ClearData::default())?.changing(&["at"]);
    let change = Change::new(context);
    let change = match before {
        Some(found) => change.update(draft, found.version),
        None => change.create(draft),
    };
    let location = placement.location.to_string();
    let change = change.read(location, &["address"]);
    let found = desk
        .vault
        .apply(Store::Addresses, change)
        .await
        .map_err(no_address_kept)?
        .reads
        .into_iter()
        .next()
        .ok_or(DeskError::NotFound { what: "address" })?
        .typed::<StoredAddress>()?
        .body;
    Ok(match found.meeting_point {
        Some(point) => Revealed::MeetingPoint(point),
        None => Revealed::Address {
            street: found.street,
            postcode: found.postcode,
            town: found.town,
            directions: found.directions,
        },
    })
}

fn no_address_kept(error: vault::VaultError) -> DeskError {
    match error {
        vault::VaultError::NotFound { .. } => DeskError::rule(
            "address.none",
            "the shelter keeps no address here: ask it to",
        ),
        other => other.into(),
    }
}

impl Openings {
    /// Adds an opening, or says how long to wait.
    fn add(&mut self, now: Timestamp, limit: Limit) -> Result<()> {
        self.at.retain(|at| now.duration_since(*at) < DAY);
        self.at.sort_unstable();
        let wait = |from: Timestamp, long: SignedDuration| {
            let left = long - now.duration_since(from);
            DeskError::TooManyAttempts {
                seconds: left.as_secs().max(1),
            }
        };
        if let Some(last) = self.at.last()
            && now.duration_since(*last) < limit.apart
        {
            return Err(wait(*last, limit.apart));
        }
        if self.at.len() >= limit.a_day
            && let Some(first) = self.at.first()
        {
            return Err(wait(*first, DAY));
        }
        self.at.push(now);
        Ok(())
    }
}
