//! What a provider tells about its own rooms from day to day: what is out of service, who is expected to leave, what others use,
//! and that it is still so. Each names the number of the telling that was seen; a hold that comes in between changes nothing of
//! what was told, so it is worked out again on the room as it stands then.

use domain::capacity::{CapacityError, Departure, Out, OutRevision, Said, Source};
use domain::ids::{LocationId, PlacementId, RoomId};
use domain::room::{Room, Seat};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Store};

use super::reasons::ReasonInput;
use super::records::{StoredRoom, draft_room};
use super::rooms::{own_location, own_room};
use super::step::{TRIES, load_room};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// What cannot be used, as told.
#[derive(Debug, Clone)]
pub struct OutInput {
    /// First day.
    pub from: Date,
    /// Last day; `None`: until further notice.
    pub until: Option<Date>,
    /// How many places; `None`: whatever is free or becomes free.
    pub places: Option<u16>,
    /// Why.
    pub reason: ReasonInput,
}

/// Tells what of one's own room cannot be used on some days. Earlier tellings stay, and count for their other days.
pub async fn say_out(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RoomId,
    seen: u32,
    input: OutInput,
) -> Result<()> {
    let reason = input
        .reason
        .of_list(&desk.vocabulary.out_of_service_reasons, now)?;
    let revision = OutRevision {
        from: input.from,
        until: input.until,
        out: match input.places {
            None => Out::All { reason },
            Some(number) => Out::Places { number, reason },
        },
        by: actor.by(now)?,
    };
    tell(desk, actor, now, id, seen, "out_of_service", &|stored| {
        with_out(stored, revision.clone(), now).map_err(impossible)
    })
    .await
}

/// The room with one telling more of what cannot be used, if it is possible.
pub(super) fn with_out(
    stored: StoredRoom,
    revision: OutRevision,
    now: Timestamp,
) -> std::result::Result<StoredRoom, CapacityError> {
    let places = stored.room.places;
    if let Out::Places { number, .. } = revision.out
        && number > places
    {
        return Err(CapacityError::MoreThanRoom { number, places });
    }
    let from = revision.from;
    let after = StoredRoom {
        room: Room {
            out_of_service: stored.room.out_of_service.say(revision, dutch_date(now))?,
            ..stored.room
        },
        ..stored
    };
    after.capacity().check(from, now)?;
    Ok(after)
}

/// Puts one's own room back in service from a day on.
pub async fn end_out(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RoomId,
    seen: u32,
    from: Date,
) -> Result<()> {
    let by = actor.by(now)?;
    tell(desk, actor, now, id, seen, "out_of_service", &|stored| {
        let ended = stored.room.out_of_service.end(from, by);
        Ok(StoredRoom {
            room: Room {
                out_of_service: ended.map_err(impossible)?,
                ..stored.room
            },
            ..stored
        })
    })
    .await
}

/// Tells on which day a stay in one's own room is expected to end; `None` takes that back.
pub async fn plan_departure(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RoomId,
    seen: u32,
    placement: PlacementId,
    day: Option<Date>,
) -> Result<()> {
    let by = actor.by(now)?;
    let today = dutch_date(now);
    tell(desk, actor, now, id, seen, "departures", &|mut stored| {
        let here =
            |seat: &Seat| matches!(seat, Seat::Taken { placement: here } if *here == placement);
        if !stored.occupancy.seats().iter().any(here) {
            return Err(impossible(CapacityError::NotHere(placement)));
        }
        match day {
            Some(day) if day < today => {
                return Err(impossible(CapacityError::DepartureInPast { day, today }));
            }
            Some(day) => {
                let departure = Departure { day, by };
                stored.told.departures.insert(placement, departure);
            }
            None => {
                stored.told.departures.remove(&placement);
            }
        }
        Ok(stored)
    })
    .await
}

/// Tells how many places of one's own room are used by people who were not placed through Samen.
pub async fn say_other_use(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RoomId,
    seen: u32,
    other: u16,
) -> Result<()> {
    tell(desk, actor, now, id, seen, "other_use", &|stored| {
        with_other_use(stored, other, now).map_err(impossible)
    })
    .await
}

/// The room with so many places used by others, if it is possible.
pub(super) fn with_other_use(
    mut stored: StoredRoom,
    other: u16,
    now: Timestamp,
) -> std::result::Result<StoredRoom, CapacityError> {
    let figure = stored.capacity().on(dutch_date(now), now);
    // Where nobody new comes, a place that others use is no longer one that is closed.
    let closed = match stored
        .room
        .out_of_service
        .on(figure.day)
        .map(|said| &said.out)
    {
        Some(Out::All { .. }) => figure.out,
        _ => 0,
    };
    let most = figure.free + figure.other + closed;
    if other > most {
        return Err(CapacityError::TooMuchOtherUse {
            other,
            most,
            places: figure.places,
        });
    }
    stored.told.other_use = other;
    Ok(stored)
}

/// "This is still so", for every room of one's own location. `seen` is the sum of the numbers of the tellings that were seen.
pub async fn confirm(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: LocationId,
    seen: u64,
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepCapacity)?;
    let location = own_location(desk, &permit, id).await?;
    let said = Said::now(actor.by(now)?, Source::Screen);
    for _ in 0..TRIES {
        let rooms = desk.vault.load_children::<StoredRoom>(&location.id).await?;
        let told: u64 = rooms.iter().map(|r| u64::from(r.body.told.number)).sum();
        if seen != told {
            return Err(DeskError::Conflict);
        }
        if rooms.is_empty() {
            return Ok(());
        }
        let mut change = Change::new(permit.context(now));
        for room in rooms {
            let provider = room.clear.org.clone().unwrap_or_default();
            let stored = StoredRoom {
                told: room.body.told.clone().again(said),
                ..room.body
            };
            let draft = draft_room(&stored, &provider)?.changing(&["said"]);
            change = change.update(draft, room.version);
        }
        match desk.vault.apply(Store::K3, change).await {
            Err(vault::VaultError::Conflict { .. }) => {}
            other => return other.map(|_| ()).map_err(DeskError::from),
        }
    }
    Err(DeskError::Conflict)
}

/// One telling about one's own room.
async fn tell(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RoomId,
    seen: u32,
    field: &str,
    make: &(dyn Fn(StoredRoom) -> Result<StoredRoom> + Sync),
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepCapacity)?;
    let said = Said::now(actor.by(now)?, Source::Screen);
    for _ in 0..TRIES {
        let found = load_room(desk, id).await?;
        own_room(&permit, &found)?;
        if found.body.told.number != seen {
            return Err(DeskError::Conflict);
        }
        let provider = found.clear.org.clone().unwrap_or_default();
        let after = make(found.body)?;
        let stored = StoredRoom {
            told: after.told.clone().again(said),
            ..after
        };
        let draft = draft_room(&stored, &provider)?.changing(&[field]);
        let change = Change::new(permit.context(now)).update(draft, found.version);
        match desk.vault.apply(Store::K3, change).await {
            Err(vault::VaultError::Conflict { .. }) => {}
            other => return other.map(|_| ()).map_err(DeskError::from),
        }
    }
    Err(DeskError::Conflict)
}

/// What cannot be true of a room, at the field that says it.
pub(super) fn impossible(error: CapacityError) -> DeskError {
    let (field, key) = match error {
        CapacityError::InTheWay { .. } => ("places", "in_the_way"),
        CapacityError::TooFree { .. } => ("free", "too_free"),
        CapacityError::TooMuchOtherUse { .. } => ("other", "too_much_other_use"),
        CapacityError::Reversed { .. } => ("until", "reversed"),
        CapacityError::Past { .. } => ("until", "past"),
        CapacityError::NoPlaces => ("places", "no_places"),
        CapacityError::MoreThanRoom { .. } => ("places", "more_than_room"),
        CapacityError::NotHere(_) => ("day", "not_here"),
        CapacityError::DepartureInPast { .. } => ("day", "past"),
        CapacityError::NothingOut(_) => ("from", "nothing_out"),
    };
    DeskError::field(field, key, error)
}
