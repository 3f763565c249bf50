//! Shelters: locations with their rooms, by their own staff, and the addresses in their own store.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context, Result};
use desk::placement::{self, AddressInput, LocationInput, OutInput, ReasonInput, RoomInput};
use desk::{Actor, Desk, Role};
use domain::ids::RoomId;
use domain::room::Admits;
use domain::shelter_request::Security;
use domain::vocabulary::Vocabulary;
use jiff::{SignedDuration, Timestamp, ToSpan};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use world::{Address, Closing, Location};

use super::Country;
use super::cast::Cast;
use super::telling::{self, Words, text, word};

/// Providers that describe their locations at the same time.
const AT_ONCE: usize = 32;

/// Makes the locations, rooms and addresses; the rooms by their names in the stories.
pub(super) async fn open(
    desk: &Desk,
    cast: &Cast,
    country: &Country,
    now: Timestamp,
) -> Result<BTreeMap<String, RoomId>> {
    let gate = Arc::new(Semaphore::new(AT_ONCE));
    let mut opening = JoinSet::new();
    // A provider's locations one after the other, so that its list has them in the same order each time.
    let mut by_provider: BTreeMap<&str, Vec<(Location, Option<Address>)>> = BTreeMap::new();
    for location in &country.locations {
        let address = country.addresses.iter().find(|a| a.location == location.id);
        let of = by_provider.entry(&location.provider).or_default();
        of.push((location.clone(), address.cloned()));
    }
    let told: BTreeMap<String, Timestamp> = (world::daily(&country.locations).silences.into_iter())
        .map(|silence| (silence.location, days(now, -i64::from(silence.days))))
        .collect();
    let told = Arc::new(told);
    for (provider, locations) in by_provider {
        let keeper = cast
            .worker(cast.org(provider)?, Role::ShelterStaff, now)
            .with_context(|| format!("shelter {provider}: nobody works there"))?;
        let (desk, gate, told) = (desk.clone(), gate.clone(), told.clone());
        opening.spawn(async move {
            let _turn = gate.acquire_owned().await?;
            let mut rooms = Vec::new();
            for (location, address) in locations {
                let told = told.get(&location.id).copied().unwrap_or(now);
                let made = one(&desk, &keeper, &location, address.as_ref(), told).await;
                rooms.extend(made.with_context(|| format!("location {}", location.id))?);
            }
            anyhow::Ok(rooms)
        });
    }
    let mut rooms = BTreeMap::new();
    while let Some(done) = opening.join_next().await {
        rooms.extend(done??);
    }
    Ok(rooms)
}

/// Closes the rooms that the providers closed lately; after the stories, which were told without it.
pub(super) async fn close(
    desk: &Desk,
    cast: &Cast,
    locations: &[Location],
    rooms: &BTreeMap<String, RoomId>,
    now: Timestamp,
) -> Result<()> {
    for closing in world::daily(locations).closings {
        let of = |location: &&Location| location.rooms.iter().any(|room| room.id == closing.room);
        let provider = locations.iter().find(of).map(|location| &location.provider);
        let (Some(provider), Some(room)) = (provider, rooms.get(&closing.room)) else {
            continue;
        };
        let keeper = cast.worker(cast.org(provider)?, Role::ShelterStaff, now)?;
        one_closing(desk, &keeper, *room, &closing, now)
            .await
            .with_context(|| format!("room {}", closing.room))?;
    }
    Ok(())
}

async fn one_closing(
    desk: &Desk,
    keeper: &Actor,
    room: RoomId,
    closing: &Closing,
    now: Timestamp,
) -> Result<()> {
    let seen = placement::read_room(desk, keeper, now, room).await?;
    let today = domain::time::dutch_date(now);
    let out = OutInput {
        from: today,
        until: (closing.days).map(|days| today.saturating_add(i64::from(days).days())),
        places: None,
        reason: ReasonInput::of(closing.reason),
    };
    let number = seen.stored.told.number;
    Ok(placement::say_out(desk, keeper, now, room, number, out).await?)
}

/// So many days later.
fn days(now: Timestamp, number: i64) -> Timestamp {
    let far = SignedDuration::from_hours(24 * number);
    now.saturating_add(far).unwrap_or(now)
}

async fn one(
    desk: &Desk,
    keeper: &Actor,
    location: &Location,
    address: Option<&Address>,
    now: Timestamp,
) -> Result<Vec<(String, RoomId)>> {
    let id = placement::add_location(
        desk,
        keeper,
        now,
        describe(&desk.vocabulary, location, now)?,
    )
    .await?;
    if let Some(address) = address {
        let input = AddressInput {
            street: text(
                "street",
                &format!("{} {}", address.street, address.house_number),
            )?,
            postcode: text("postcode", &address.postcode)?,
            town: text("town", &address.town)?,
            directions: None,
            meeting_point: None,
        };
        placement::keep_address(desk, keeper, now, id, input).await?;
    }
    let mut rooms = Vec::with_capacity(location.rooms.len());
    for room in &location.rooms {
        let input = RoomInput {
            label: text("label", &format!("Kamer {}", room.id))?,
            kind: word("kind", &room.kind)?,
            places: room.places,
            max_stay_days: Some(room.max_stay_days),
            foreign: None,
        };
        let made = placement::add_room(desk, keeper, now, id, input).await?;
        rooms.push((room.id.clone(), made));
    }
    Ok(rooms)
}

/// What a location admits, in the desk's types; unknown codes are refused.
pub(super) fn describe(
    vocabulary: &Vocabulary,
    location: &Location,
    now: Timestamp,
) -> desk::Result<LocationInput> {
    let words = Words {
        vocabulary,
        on: domain::time::dutch_date(now),
    };
    let entitlements = location.entitlements.iter();
    let care = location.care.iter();
    Ok(LocationInput {
        label: text("label", &format!("Huis {}", location.id))?,
        kind: word("kind", &location.kind)?,
        municipality: words.municipality(&location.municipality)?,
        security: Security::from_level(location.security).ok_or_else(|| {
            desk::DeskError::field("security", "unknown", "expected a level of 1 to 3")
        })?,
        admits: Admits {
            sexes: location.sex.iter().map(|&sex| telling::sex(sex)).collect(),
            min_age: location.min_age,
            max_age: location.max_age,
            forms: location
                .forms
                .iter()
                .map(|code| words.form(code))
                .collect::<desk::Result<_>>()?,
            entitlements: entitlements
                .map(|code| word("entitlements", code))
                .collect::<desk::Result<_>>()?,
            care: care
                .map(|code| word("care", code))
                .collect::<desk::Result<_>>()?,
            wheelchair: location.wheelchair,
            pets: location.pets,
            languages: location
                .languages
                .iter()
                .map(|code| words.language(code))
                .collect::<desk::Result<_>>()?,
        },
        answer_within_hours: Some(2),
    })
}
