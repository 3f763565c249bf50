//! Rooms, seats and holds. No seat ever has two users.

use crate::{
    capacity::{Out, OutOfService},
    code::{FormCode, LanguageCode, MunicipalityCode, OrgKind, RegionCode},
    ids::{LocationId, OrgId, PlacementId, RoomId},
    person::Sex,
    placement::{Placement, PlacementState},
    shelter_request::{CareNeed, Entitlement, Security},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// What kind of shelter a location is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ShelterKind {
    /// Categorale opvang slachtoffers mensenhandel.
    #[serde(rename = "COSM")]
    Cosm,
    /// For victims with multiple problems.
    #[serde(rename = "OMM")]
    Omm,
    /// Women's shelter, crisis.
    #[serde(rename = "VO-crisis")]
    VoCrisis,
    /// Women's shelter, stay.
    #[serde(rename = "VO-verblijf")]
    VoVerblijf,
    /// Social shelter.
    #[serde(rename = "MO")]
    Mo,
    /// Men's shelter.
    #[serde(rename = "mannenopvang")]
    Mannenopvang,
    /// Specialised youth care.
    #[serde(rename = "jeugd-gespecialiseerd")]
    JeugdGespecialiseerd,
    /// Closed youth care.
    #[serde(rename = "jeugd-gesloten")]
    JeugdGesloten,
    /// Protected reception of unaccompanied minors.
    #[serde(rename = "BO-amv")]
    BoAmv,
    /// Emergency bed of the police.
    #[serde(rename = "noodbed")]
    Noodbed,
    /// Supported living.
    #[serde(rename = "begeleid-wonen")]
    BegeleidWonen,
    /// Ambulatory: help without a place.
    #[serde(rename = "ambulant")]
    Ambulant,
}

impl ShelterKind {
    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Cosm => "COSM",
            Self::Omm => "OMM",
            Self::VoCrisis => "VO-crisis",
            Self::VoVerblijf => "VO-verblijf",
            Self::Mo => "MO",
            Self::Mannenopvang => "mannenopvang",
            Self::JeugdGespecialiseerd => "jeugd-gespecialiseerd",
            Self::JeugdGesloten => "jeugd-gesloten",
            Self::BoAmv => "BO-amv",
            Self::Noodbed => "noodbed",
            Self::BegeleidWonen => "begeleid-wonen",
            Self::Ambulant => "ambulant",
        }
    }
}

/// Whom a location takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Admits {
    /// Sexes; children under twelve follow their parent.
    pub sexes: Vec<Sex>,
    /// Youngest age of the first person, in years.
    pub min_age: Option<u8>,
    /// Oldest age of the first person, in years.
    pub max_age: Option<u8>,
    /// Forms of exploitation.
    pub forms: Vec<FormCode>,
    /// Rights to stay.
    pub entitlements: Vec<Entitlement>,
    /// Care on offer.
    pub care: Vec<CareNeed>,
    /// Wheelchair?
    pub wheelchair: bool,
    /// Pets?
    pub pets: bool,
    /// Languages of the staff.
    pub languages: Vec<LanguageCode>,
}

/// A whole square kilometre of the Dutch grid (RD): the centre of the municipality, never of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KmSquare {
    /// East, km.
    pub x_km: i16,
    /// North, km.
    pub y_km: i16,
}

/// A shelter location, without its address: that is in the address store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// Identity.
    pub id: LocationId,
    /// Who runs it.
    pub provider: OrgId,
    /// Kind.
    pub kind: ShelterKind,
    /// Region that may be shown before acceptance.
    pub region: RegionCode,
    /// Municipality, for distances only; not shown before acceptance.
    pub municipality: MunicipalityCode,
    /// Centre of that municipality.
    pub square: Option<KmSquare>,
    /// How secure.
    pub security: Security,
    /// Whom it takes.
    pub admits: Admits,
    /// Who may place here.
    pub placing_authority: Vec<OrgKind>,
    /// Hours within which it answers an offer.
    pub answer_within_hours: Option<u16>,
}

/// Kind of room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomKind {
    /// One person per request.
    Stay,
    /// More than one person.
    Family,
    /// Crisis: both.
    Crisis,
}

impl RoomKind {
    /// Does a group of this size fit this kind of room?
    #[must_use]
    pub fn fits_group(self, persons: u16) -> bool {
        match self {
            Self::Stay => persons == 1,
            Self::Family => persons > 1,
            Self::Crisis => persons >= 1,
        }
    }
}

/// A room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Room {
    /// Identity.
    pub id: RoomId,
    /// In which location.
    pub location: LocationId,
    /// Kind.
    pub kind: RoomKind,
    /// Seats.
    pub places: u16,
    /// Longest stay in days.
    pub max_stay_days: Option<u16>,
    /// What of it cannot be used, by day.
    pub out_of_service: OutOfService,
}

/// What uses a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "use", rename_all = "snake_case", deny_unknown_fields)]
pub enum Seat {
    /// Free.
    Free,
    /// Held for a placement until a moment, exclusive.
    Held {
        /// For which.
        placement: PlacementId,
        /// Until when; from that moment the seat is free again.
        until: Timestamp,
    },
    /// Taken: the client has accepted, is on the way or lives there.
    Taken {
        /// By which placement.
        placement: PlacementId,
    },
}

impl Seat {
    fn placement(self, now: Timestamp) -> Option<PlacementId> {
        match self {
            Self::Free => None,
            Self::Held { until, .. } if until <= now => None,
            Self::Held { placement, .. } | Self::Taken { placement } => Some(placement),
        }
    }
}

/// Who uses the seats of one room. One seat is one place in the list, so that it cannot be used twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomOccupancy {
    /// Which room.
    pub room: RoomId,
    seats: Vec<Seat>,
}

/// Why seats could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SeatError {
    /// Full.
    #[error("room {room} has {free} free seats, {wanted} are needed")]
    Full {
        /// Room.
        room: RoomId,
        /// Free seats.
        free: u16,
        /// Seats needed.
        wanted: u16,
    },
    /// For nobody.
    #[error("a hold needs at least one seat")]
    NoSeats,
    /// A hold that is over before it begins.
    #[error("the hold would end at {until}, which is not after {now}")]
    HoldInPast {
        /// End given.
        until: Timestamp,
        /// Moment of reference.
        now: Timestamp,
    },
    /// This placement has seats here already.
    #[error("placement {0} uses seats in this room already")]
    HasSeats(PlacementId),
    /// This placement has no live hold here.
    #[error("placement {0} has no live hold in this room: it expired or never was")]
    NoHold(PlacementId),
    /// More seats in use than the room has.
    #[error("room {room} would have {places} seats while {used} are in use")]
    TooSmall {
        /// Room.
        room: RoomId,
        /// Seats it would have.
        places: u16,
        /// Seats in use.
        used: u16,
    },
}

impl RoomOccupancy {
    /// An empty room.
    #[must_use]
    pub fn empty(room: &Room) -> Self {
        Self {
            room: room.id,
            seats: vec![Seat::Free; usize::from(room.places)],
        }
    }

    /// What the placements of this room say together; an error if they do not fit.
    pub fn from_placements<'a>(
        room: &Room,
        placements: impl IntoIterator<Item = &'a Placement>,
        now: Timestamp,
    ) -> Result<Self, SeatError> {
        let mut occupancy = Self::empty(room);
        for placement in placements.into_iter().filter(|p| p.room == room.id) {
            let seats = placement.seats();
            let kind = match placement.state() {
                PlacementState::Held { until, .. }
                | PlacementState::AcceptedByShelter { until, .. } => {
                    if *until <= now {
                        continue;
                    }
                    Seat::Held {
                        placement: placement.id,
                        until: *until,
                    }
                }
                PlacementState::AcceptedByClient { .. }
                | PlacementState::Travelling { .. }
                | PlacementState::Arrived { .. } => Seat::Taken {
                    placement: placement.id,
                },
                _ => continue,
            };
            occupancy = occupancy.fill(placement.id, seats, kind, now)?;
        }
        Ok(occupancy)
    }

    /// The seats, by number.
    #[must_use]
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// Seats that are free at a moment; an expired hold is free.
    #[must_use]
    pub fn free_at(&self, now: Timestamp) -> u16 {
        count(self.seats.iter().filter(|s| s.placement(now).is_none()))
    }

    /// Seats that a placement uses at a moment.
    #[must_use]
    pub fn used_by(&self, placement: PlacementId, now: Timestamp) -> u16 {
        count(
            self.seats
                .iter()
                .filter(|s| s.placement(now) == Some(placement)),
        )
    }

    /// Holds seats until a moment.
    pub fn hold(
        self,
        placement: PlacementId,
        seats: u16,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Self, SeatError> {
        if until <= now {
            return Err(SeatError::HoldInPast { until, now });
        }
        self.fill(placement, seats, Seat::Held { placement, until }, now)
    }

    /// Lets a live hold last until a later moment; an earlier one changes nothing.
    pub fn extend(
        mut self,
        placement: PlacementId,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Self, SeatError> {
        let mut found = false;
        for seat in &mut self.seats {
            if let Seat::Held {
                placement: held,
                until: end,
            } = seat
                && *held == placement
                && now < *end
            {
                *end = until.max(*end);
                found = true;
            }
        }
        if found {
            Ok(self)
        } else {
            Err(SeatError::NoHold(placement))
        }
    }

    /// Turns a live hold into use.
    pub fn take(mut self, placement: PlacementId, now: Timestamp) -> Result<Self, SeatError> {
        if self.used_by(placement, now) == 0 {
            return Err(SeatError::NoHold(placement));
        }
        for seat in &mut self.seats {
            if seat.placement(now) == Some(placement) {
                *seat = Seat::Taken { placement };
            }
        }
        Ok(self)
    }

    /// Frees every seat of a placement; nothing happens if it has none.
    #[must_use]
    pub fn release(mut self, placement: PlacementId) -> Self {
        for seat in &mut self.seats {
            if matches!(*seat, Seat::Held { placement: p, .. } | Seat::Taken { placement: p } if p == placement)
            {
                *seat = Seat::Free;
            }
        }
        self
    }

    /// Frees every hold that is over, and says whose.
    #[must_use]
    pub fn expire(mut self, now: Timestamp) -> (Self, Vec<PlacementId>) {
        let mut expired = Vec::new();
        for seat in &mut self.seats {
            if let Seat::Held { placement, until } = *seat
                && until <= now
            {
                *seat = Seat::Free;
                if !expired.contains(&placement) {
                    expired.push(placement);
                }
            }
        }
        (self, expired)
    }

    /// The room gets more or fewer seats; seats in use are never cut off.
    pub fn resize(mut self, places: u16, now: Timestamp) -> Result<Self, SeatError> {
        let used = count(self.seats.iter().filter(|s| s.placement(now).is_some()));
        if used > places {
            return Err(SeatError::TooSmall {
                room: self.room,
                places,
                used,
            });
        }
        self.seats.sort_by_key(|s| s.placement(now).is_none());
        self.seats.resize(usize::from(places), Seat::Free);
        Ok(self)
    }

    fn fill(
        mut self,
        placement: PlacementId,
        wanted: u16,
        seat: Seat,
        now: Timestamp,
    ) -> Result<Self, SeatError> {
        if wanted == 0 {
            return Err(SeatError::NoSeats);
        }
        if self.used_by(placement, now) > 0 {
            return Err(SeatError::HasSeats(placement));
        }
        let free = self.free_at(now);
        if free < wanted {
            return Err(SeatError::Full {
                room: self.room,
                free,
                wanted,
            });
        }
        let places = self.seats.iter_mut().filter(|s| s.placement(now).is_none());
        for place in places.take(usize::from(wanted)) {
            *place = seat;
        }
        Ok(self)
    }
}

fn count<'a>(seats: impl Iterator<Item = &'a Seat>) -> u16 {
    u16::try_from(seats.count()).unwrap_or(u16::MAX)
}

impl Room {
    /// Usable on a day, if only a part of it?
    #[must_use]
    pub fn in_service_on(&self, day: Date) -> bool {
        match self.out_of_service.on(day).map(|said| &said.out) {
            Some(Out::All { .. }) => false,
            Some(Out::Places { number, .. }) => *number < self.places,
            Some(Out::Nothing) | None => true,
        }
    }
}
