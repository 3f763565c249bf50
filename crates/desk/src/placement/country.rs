//! Every location with its rooms, as the search needs them. A search looks at all of them, and requests without a place are
//! looked at again every hour, so the desk keeps them in memory and asks the store only what changed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use domain::code::RegionCode;
use domain::ids::{LocationId, RoomId};
use vault::{Mirror, Opened, Seen};

use super::places::{Sharing, Shown};
use super::records::{StoredLocation, StoredRoom};
use crate::Desk;
use crate::error::{DeskError, Result};

/// Every location with its rooms at one moment.
pub(super) struct Country {
    locations: BTreeMap<LocationId, Arc<Opened<StoredLocation>>>,
    rooms: BTreeMap<String, Arc<Opened<StoredRoom>>>,
    sharing: Arc<Sharing>,
}

/// What the desk remembers of them between two looks.
#[derive(Default)]
pub(crate) struct Kept {
    locations: Mirror<StoredLocation>,
    rooms: Mirror<StoredRoom>,
    last: Mutex<Option<Last>>,
}

/// The country as it was put together last, and the entries until which it was.
struct Last {
    locations: i64,
    rooms: i64,
    country: Arc<Country>,
}

impl Country {
    /// The country as it stands now.
    pub(super) async fn load(desk: &Desk) -> Result<Arc<Country>> {
        let kept = desk.houses();
        let locations = kept.locations.look(&desk.vault).await?;
        let rooms = kept.rooms.look(&desk.vault).await?;
        if let Some(same) = kept.same(locations.until, rooms.until) {
            return Ok(same);
        }
        let country = Arc::new(Country::of(&locations, &rooms));
        kept.keep(locations.until, rooms.until, &country);
        Ok(country)
    }

    fn of(locations: &Seen<StoredLocation>, rooms: &Seen<StoredRoom>) -> Country {
        let all = locations.records.values();
        Country {
            sharing: Arc::new(Sharing::of(all.clone().map(|l| &l.body.location.region))),
            locations: all.map(|l| (l.body.location.id, l.clone())).collect(),
            rooms: rooms.records.clone(),
        }
    }

    /// The country with one room as it was just read, which may be newer than what is remembered.
    pub(super) async fn with_room(desk: &Desk, room: Opened<StoredRoom>) -> Result<Country> {
        let whole = Country::load(desk).await?;
        if !whole.locations.contains_key(&room.body.room.location) {
            return Err(DeskError::NotFound { what: "room" });
        }
        let mut rooms = whole.rooms.clone();
        rooms.insert(room.id.clone(), Arc::new(room));
        Ok(Country {
            locations: whole.locations.clone(),
            rooms,
            sharing: whole.sharing.clone(),
        })
    }

    /// The country with some of its rooms.
    pub(super) fn only(&self, wanted: impl Fn(&StoredRoom) -> bool) -> Country {
        let rooms = self.rooms.iter().filter(|(_, room)| wanted(&room.body));
        let rooms: BTreeMap<_, _> = rooms.map(|(id, room)| (id.clone(), room.clone())).collect();
        let here = |location: &LocationId| {
            let mut rooms = rooms.values();
            rooms.any(|room| room.body.room.location == *location)
        };
        let locations = self.locations.iter().filter(|(id, _)| here(id));
        Country {
            locations: locations.map(|(id, found)| (*id, found.clone())).collect(),
            rooms,
            sharing: self.sharing.clone(),
        }
    }

    /// All rooms, oldest first.
    pub(super) fn rooms(&self) -> impl Iterator<Item = &StoredRoom> {
        self.rooms.values().map(|room| &room.body)
    }

    /// A room.
    pub(super) fn room(&self, id: RoomId) -> Option<&StoredRoom> {
        self.room_named(&id.to_string())
    }

    /// A room by its identifier as text.
    pub(super) fn room_named(&self, id: &str) -> Option<&StoredRoom> {
        self.rooms.get(id).map(|room| &room.body)
    }

    /// A location.
    pub(super) fn location(&self, id: LocationId) -> Option<&StoredLocation> {
        self.locations.get(&id).map(|location| &location.body)
    }

    /// What of a region may be shown.
    pub(super) fn shown(&self, region: &RegionCode) -> Shown {
        self.sharing.shown(region)
    }
}

impl Kept {
    fn same(&self, locations: i64, rooms: i64) -> Option<Arc<Country>> {
        let last = self.last.lock().ok()?;
        let last = last.as_ref()?;
        (last.locations == locations && last.rooms == rooms).then(|| last.country.clone())
    }

    fn keep(&self, locations: i64, rooms: i64, country: &Arc<Country>) {
        if let Ok(mut last) = self.last.lock() {
            *last = Some(Last {
                locations,
                rooms,
                country: country.clone(),
            });
        }
    }
}
