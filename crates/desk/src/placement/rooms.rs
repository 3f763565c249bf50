//! A provider's own locations and rooms. Others see of them what the search shows.

use domain::SafeText;
use domain::capacity::{DayFigure, OutOfService, Said, Source, Told};
use domain::code::MunicipalityCode;
use domain::ids::{LocationId, PlacementId, RoomId};
use domain::room::{Admits, Location, Room, RoomKind, RoomOccupancy, Seat, ShelterKind};
use domain::shelter_request::Security;
use domain::time::dutch_date;
use domain::vocabulary::ShelterTypeCode;
use jiff::Timestamp;
use vault::{Change, Filter, Opened, Store, Stored};

use super::capacity::impossible;
use super::places::centre;
use super::reasons::no_address;
use super::records::{StoredLocation, StoredRoom, draft_location, draft_room};
use super::shortage::all;
use super::step::{load_room, no_seat};
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, FieldError, Result};

/// Most seats of one room.
pub(super) const PLACES_MAX: u16 = 200;

/// A location as its provider describes it.
#[derive(Debug, Clone)]
pub struct LocationInput {
    /// How one's own staff call it; no address.
    pub label: SafeText,
    /// Kind.
    pub kind: ShelterKind,
    /// In which municipality; never shown to who searches.
    pub municipality: MunicipalityCode,
    /// How secure.
    pub security: Security,
    /// Whom it takes.
    pub admits: Admits,
    /// Hours within which it answers.
    pub answer_within_hours: Option<u16>,
}

/// A room as its provider describes it.
#[derive(Debug, Clone)]
pub struct RoomInput {
    /// How one's own staff call it; no address.
    pub label: SafeText,
    /// Kind.
    pub kind: RoomKind,
    /// Seats.
    pub places: u16,
    /// Longest stay in days.
    pub max_stay_days: Option<u16>,
    /// Its number in a system of one's own, by which a capacity feed names it; no address.
    pub foreign: Option<SafeText>,
}

/// A location with its rooms, for its own staff.
#[derive(Debug, Clone)]
pub struct OwnLocation {
    /// The location.
    pub stored: StoredLocation,
    /// Version to name when changing it.
    pub version: i64,
    /// When it was last changed.
    pub updated: Timestamp,
    /// Whether its address is kept.
    pub has_address: bool,
    /// Its rooms.
    pub rooms: Vec<OwnRoom>,
}

/// A room with who uses it, for its own staff.
#[derive(Debug, Clone)]
pub struct OwnRoom {
    /// The room.
    pub stored: StoredRoom,
    /// Version to name when changing it.
    pub version: i64,
    /// When it was last changed.
    pub updated: Timestamp,
    /// Free seats now, with everything told about the room.
    pub free: u16,
    /// Seats held now.
    pub held: u16,
    /// Seats in use.
    pub taken: u16,
    /// Today in full.
    pub today: DayFigure,
    /// The placements that use it now.
    pub placements: Vec<PlacementId>,
}

/// One's own locations and rooms.
pub async fn list_rooms(desk: &Desk, actor: &Actor, now: Timestamp) -> Result<Vec<OwnLocation>> {
    permit(actor, UseCase::KeepRooms)?;
    let filter = Filter {
        orgs: vec![actor.person()?.org.to_string()],
        ..Filter::default()
    };
    let mut rows = all(desk, &StoredLocation::KIND, &filter).await?;
    rows.reverse();
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let found = desk.vault.load::<StoredLocation>(&row.id).await?;
        out.push(with_rooms(desk, now, found).await?);
    }
    Ok(out)
}

async fn with_rooms(
    desk: &Desk,
    now: Timestamp,
    found: Opened<StoredLocation>,
) -> Result<OwnLocation> {
    let rooms = desk.vault.load_children::<StoredRoom>(&found.id).await?;
    let address = desk.vault.clear_of(Store::Addresses, &found.id).await?;
    Ok(OwnLocation {
        has_address: address.is_some(),
        rooms: rooms.into_iter().map(|room| own(room, now)).collect(),
        version: found.version,
        updated: found.updated,
        stored: found.body,
    })
}

fn own(found: Opened<StoredRoom>, now: Timestamp) -> OwnRoom {
    let (mut held, mut taken) = (0u16, 0u16);
    let mut placements = Vec::new();
    for seat in found.body.occupancy.seats() {
        let placement = match seat {
            Seat::Free => continue,
            Seat::Held { until, .. } if *until <= now => continue,
            Seat::Held { placement, .. } => {
                held = held.saturating_add(1);
                *placement
            }
            Seat::Taken { placement } => {
                taken = taken.saturating_add(1);
                *placement
            }
        };
        if !placements.contains(&placement) {
            placements.push(placement);
        }
    }
    let today = found.body.capacity().on(dutch_date(now), now);
    OwnRoom {
        free: today.free,
        held,
        taken,
        today,
        placements,
        version: found.version,
        updated: found.updated,
        stored: found.body,
    }
}

/// Reads one's own location.
pub async fn read_location(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: LocationId,
) -> Result<OwnLocation> {
    let permit = permit(actor, UseCase::KeepRooms)?;
    let found = own_location(desk, &permit, id).await?;
    let change = Change::new(permit.context(now)).read(id.to_string(), &["all"]);
    desk.vault.apply(Store::K3, change).await?;
    with_rooms(desk, now, found).await
}

/// Reads one's own room.
pub async fn read_room(desk: &Desk, actor: &Actor, now: Timestamp, id: RoomId) -> Result<OwnRoom> {
    let permit = permit(actor, UseCase::KeepRooms)?;
    let found = load_room(desk, id).await?;
    own_room(&permit, &found)?;
    Ok(own(found, now))
}

/// A new location.
pub async fn add_location(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    input: LocationInput,
) -> Result<LocationId> {
    let permit = permit(actor, UseCase::KeepRooms)?;
    let id = LocationId::new(desk.vault.new_id(now));
    let stored = describe(desk, &permit, now, id, input)?;
    let change = Change::new(permit.context(now)).create(draft_location(&stored)?);
    desk.vault.apply(Store::K3, change).await?;
    Ok(id)
}

/// Describes one's own location anew.
pub async fn change_location(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: LocationId,
    seen: i64,
    input: LocationInput,
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepRooms)?;
    own_location(desk, &permit, id).await?;
    let stored = describe(desk, &permit, now, id, input)?;
    let change = Change::new(permit.context(now)).update(draft_location(&stored)?, seen);
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

fn describe(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    id: LocationId,
    input: LocationInput,
) -> Result<StoredLocation> {
    check_words(desk, now, &input)?;
    let today = dutch_date(now);
    let municipality = desk
        .vocabulary
        .municipality(&input.municipality, today)
        .map_err(|e| DeskError::field("municipality", "unknown", e))?;
    let square = centre(&input.municipality).ok_or_else(|| {
        DeskError::field(
            "municipality",
            "no_centre",
            "the centre of this municipality is not known",
        )
    })?;
    let kind = ShelterTypeCode::literal(input.kind.code());
    let kind = desk
        .vocabulary
        .shelter_types
        .get(&kind, today)
        .map_err(|e| DeskError::field("kind", "unknown", e))?;
    Ok(StoredLocation {
        label: input.label,
        location: Location {
            id,
            provider: permit.actor.person()?.org,
            kind: input.kind,
            region: municipality.facts.province.clone(),
            municipality: input.municipality,
            square: Some(square),
            security: input.security,
            admits: input.admits,
            placing_authority: kind.facts.placing_authorities.clone(),
            answer_within_hours: input.answer_within_hours,
        },
    })
}

/// Every fault at once.
fn check_words(desk: &Desk, now: Timestamp, input: &LocationInput) -> Result<()> {
    let today = dutch_date(now);
    let mut faults = Vec::new();
    let mut fault = |field: &str, key: &str, detail: String| {
        faults.push(FieldError {
            field: field.to_owned(),
            key: key.to_owned(),
            detail,
        });
    };
    if let Err(DeskError::Invalid(_)) = no_address("label", Some(&input.label)) {
        fault("label", "address", "this looks like an address".to_owned());
    }
    let admits = &input.admits;
    if admits.sexes.is_empty() {
        fault("sexes", "required", "name at least one".to_owned());
    }
    if let (Some(min), Some(max)) = (admits.min_age, admits.max_age)
        && min > max
    {
        fault(
            "max_age",
            "reversed",
            format!("from {min} to {max} years is nobody"),
        );
    }
    if admits.forms.is_empty() {
        fault("forms", "required", "name at least one".to_owned());
    }
    for form in &admits.forms {
        if let Err(error) = desk.vocabulary.form(form, today) {
            fault("forms", "unknown", error.to_string());
        }
    }
    if admits.entitlements.is_empty() {
        fault("entitlements", "required", "name at least one".to_owned());
    }
    for language in &admits.languages {
        if let Err(error) = desk.vocabulary.languages.get(language, today) {
            fault("languages", "unknown", error.to_string());
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(DeskError::Invalid(faults))
    }
}

/// A new room in one's own location.
pub async fn add_room(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    location: LocationId,
    input: RoomInput,
) -> Result<RoomId> {
    let permit = permit(actor, UseCase::KeepRooms)?;
    let found = own_location(desk, &permit, location).await?;
    check_room(&input)?;
    let room = Room {
        id: RoomId::new(desk.vault.new_id(now)),
        location,
        kind: input.kind,
        places: input.places,
        max_stay_days: input.max_stay_days,
        out_of_service: OutOfService::default(),
    };
    let id = room.id;
    let said = Said::now(permit.actor.by(now)?, Source::Screen);
    let stored = StoredRoom {
        occupancy: RoomOccupancy::empty(&room),
        room,
        label: input.label,
        told: Told::default().again(said),
        foreign: input.foreign,
    };
    let provider = found.body.location.provider.to_string();
    let change = Change::new(permit.context(now)).create(draft_room(&stored, &provider)?);
    desk.vault.apply(Store::K3, change).await?;
    Ok(id)
}

fn check_room(input: &RoomInput) -> Result<()> {
    no_address("label", Some(&input.label))?;
    no_address("foreign", input.foreign.as_ref())?;
    if (1..=PLACES_MAX).contains(&input.places) {
        return Ok(());
    }
    Err(DeskError::field(
        "places",
        "range",
        format!("a room has 1 to {PLACES_MAX} seats"),
    ))
}

/// Changes one's own room; seats in use are never cut off.
pub async fn change_room(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RoomId,
    seen: i64,
    input: RoomInput,
) -> Result<()> {
    check_room(&input)?;
    let said = Said::now(actor.by(now)?, Source::Screen);
    rewrite(desk, actor, now, id, seen, "all", |stored| {
        let occupancy = stored
            .occupancy
            .resize(input.places, now)
            .map_err(no_seat)?;
        let after = StoredRoom {
            occupancy,
            label: input.label,
            room: Room {
                kind: input.kind,
                places: input.places,
                max_stay_days: input.max_stay_days,
                ..stored.room
            },
            told: stored.told.again(said),
            foreign: input.foreign,
        };
        let day = dutch_date(now);
        after.capacity().check(day, now).map_err(impossible)?;
        Ok(after)
    })
    .await
}

async fn rewrite(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RoomId,
    seen: i64,
    field: &str,
    make: impl FnOnce(StoredRoom) -> Result<StoredRoom>,
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepRooms)?;
    let found = load_room(desk, id).await?;
    own_room(&permit, &found)?;
    let provider = found.clear.org.clone().unwrap_or_default();
    let stored = make(found.body)?;
    let draft = draft_room(&stored, &provider)?.changing(&[field]);
    let change = Change::new(permit.context(now)).update(draft, seen);
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

pub(super) fn own_room(permit: &Permit, found: &Opened<StoredRoom>) -> Result<()> {
    let org = permit.actor.person()?.org.to_string();
    if found.clear.org.as_deref() == Some(org.as_str()) {
        return Ok(());
    }
    Err(DeskError::NotFound { what: "room" })
}

/// A location of one's own organisation; others' do not exist.
pub(super) async fn own_location(
    desk: &Desk,
    permit: &Permit,
    id: LocationId,
) -> Result<Opened<StoredLocation>> {
    let found = desk
        .vault
        .load::<StoredLocation>(&id.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("location"))?;
    if found.body.location.provider == permit.actor.person()?.org {
        return Ok(found);
    }
    Err(DeskError::NotFound { what: "location" })
}
