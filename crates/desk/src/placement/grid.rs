//! A provider's own rooms by day, with who told it and when.

use std::collections::BTreeMap;

use domain::capacity::{DayFigure, Departure, Said};
use domain::code::ReasonCode;
use domain::ids::{PlacementId, RoomId, UserId};
use domain::room::Seat;
use domain::time::dutch_date;
use domain::vocabulary::ClockFacts;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use vault::Opened;

use super::records::{StoredLocation, StoredRoom};
use super::rooms::{list_rooms, own_room};
use super::step::load_room;
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::accounts::Account;
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// The clock of the vocabulary that says how long a figure is fresh.
const FRESH: &str = "capacity_fresh";

/// Who told a figure, and for when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidBy {
    /// When and how.
    pub said: Said,
    /// Name of the colleague; empty when it was not a person with an account.
    pub name: String,
}

/// Who stays in a room: a number, never a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// The placement.
    pub placement: PlacementId,
    /// Seats.
    pub seats: u16,
    /// When it is expected to end, and who expects that.
    pub departure: Option<Departure>,
}

/// A room by day.
#[derive(Debug, Clone)]
pub struct RoomGrid {
    /// The room as it is kept.
    pub stored: StoredRoom,
    /// Number of the last telling, to name when telling anew.
    pub number: u32,
    /// Who told it last.
    pub said: Option<SaidBy>,
    /// So old that somebody has to be asked.
    pub stale: bool,
    /// The days asked for, with the reason of what is out of service.
    pub days: Vec<(DayFigure, Option<ReasonCode>)>,
    /// Who stays there.
    pub stays: Vec<Stay>,
}

/// A location with its rooms by day.
#[derive(Debug, Clone)]
pub struct LocationGrid {
    /// The location.
    pub stored: StoredLocation,
    /// Sum of the numbers of the tellings, to name when confirming.
    pub number: u64,
    /// A figure here is stale.
    pub stale: bool,
    /// Its rooms.
    pub rooms: Vec<RoomGrid>,
}

/// One's own locations, and their rooms by day from a day on; not before today, of which nothing is kept.
pub async fn grid(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    from: Date,
    days: u16,
) -> Result<Vec<LocationGrid>> {
    permit(actor, UseCase::KeepCapacity)?;
    let reader = Reader::new(desk, now, from, days)?;
    let mut out = Vec::new();
    for own in list_rooms(desk, actor, now).await? {
        let rooms = own.rooms.into_iter().map(|room| reader.room(room.stored));
        let rooms: Vec<RoomGrid> = rooms.collect();
        out.push(LocationGrid {
            stored: own.stored,
            number: rooms.iter().map(|room| u64::from(room.number)).sum(),
            stale: rooms.iter().any(|room| room.stale),
            rooms,
        });
    }
    let mut names = BTreeMap::new();
    for room in out.iter_mut().flat_map(|location| &mut location.rooms) {
        named(desk, room, &mut names).await?;
    }
    Ok(out)
}

/// One's own room by day.
pub async fn room_by_day(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RoomId,
    from: Date,
    days: u16,
) -> Result<RoomGrid> {
    let permit = permit(actor, UseCase::KeepCapacity)?;
    let found = load_room(desk, id).await?;
    own_room(&permit, &found)?;
    let mut room = Reader::new(desk, now, from, days)?.room(found.body);
    named(desk, &mut room, &mut BTreeMap::new()).await?;
    Ok(room)
}

/// What turns a room as it is kept into its days.
struct Reader {
    fresh: ClockFacts,
    now: Timestamp,
    from: Date,
    days: u16,
}

impl Reader {
    fn new(desk: &Desk, now: Timestamp, from: Date, days: u16) -> Result<Reader> {
        Ok(Reader {
            fresh: fresh(desk, now)?,
            now,
            from: from.max(dutch_date(now)),
            days,
        })
    }

    fn room(&self, stored: StoredRoom) -> RoomGrid {
        let days = (0..self.days).filter_map(|n| self.from.checked_add(i64::from(n).days()).ok());
        let days = days.map(|day| {
            let out = stored.room.out_of_service.on(day);
            let reason = out.and_then(|said| said.out.reason());
            let figure = stored.capacity().on(day, self.now);
            (figure, reason.map(|reason| reason.code.clone()))
        });
        RoomGrid {
            days: days.collect(),
            number: stored.told.number,
            said: stored.told.said.map(|said| SaidBy {
                said,
                name: String::new(),
            }),
            stale: stored.told.is_stale(&self.fresh, self.now),
            stays: stays(&stored),
            stored,
        }
    }
}

/// How long a figure is fresh, by the vocabulary of the day.
pub(super) fn fresh(desk: &Desk, now: Timestamp) -> Result<ClockFacts> {
    let code = domain::vocabulary::ClockCode::literal(FRESH);
    let clock = desk.vocabulary.clock(&code, dutch_date(now));
    let clock = clock.map_err(|e| DeskError::Setup(e.to_string()))?;
    Ok(clock.facts.clone())
}

fn stays(stored: &StoredRoom) -> Vec<Stay> {
    let mut out: Vec<Stay> = Vec::new();
    for seat in stored.occupancy.seats() {
        let Seat::Taken { placement } = *seat else {
            continue;
        };
        match out.iter_mut().find(|stay| stay.placement == placement) {
            Some(stay) => stay.seats += 1,
            None => out.push(Stay {
                placement,
                seats: 1,
                departure: stored.told.departures.get(&placement).copied(),
            }),
        }
    }
    out
}

/// The name of who told it last; who has no account stays without.
async fn named(
    desk: &Desk,
    room: &mut RoomGrid,
    known: &mut BTreeMap<UserId, String>,
) -> Result<()> {
    let Some(said) = &mut room.said else {
        return Ok(());
    };
    let user = said.said.by.user;
    let name = match known.get(&user) {
        Some(name) => name.clone(),
        None => {
            let found: std::result::Result<Opened<Account>, _> =
                desk.vault.load(&user.to_string()).await;
            match found {
                Ok(found) => found.body.name,
                Err(vault::VaultError::NotFound { .. }) => String::new(),
                Err(error) => return Err(error.into()),
            }
        }
    };
    known.insert(user, name.clone());
    said.name = name;
    Ok(())
}
