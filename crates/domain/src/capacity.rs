//! What a room has on a day: its places, what cannot be used, who uses the rest, what is free. Nothing is guessed: who has not
//! left is there, whatever day was expected, and a place that others use is told by the provider.

mod error;
mod out;

pub use error::CapacityError;
pub use out::{Out, OutOfService, OutRevision};

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    answer::By,
    ids::PlacementId,
    room::{Room, RoomOccupancy, Seat, SeatError},
    time::dutch_date,
    vocabulary::ClockFacts,
};

/// How a provider told what it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// On the screen.
    Screen,
    /// In a spreadsheet.
    File,
    /// By a program of the provider.
    Program,
    /// In a capacity feed (HSDS).
    Feed,
}

/// Who told the figure of a room, and for when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// Who, and when it was taken in.
    pub by: By,
    /// The moment it is about: a feed can be older than the moment it was taken in.
    pub as_of: Timestamp,
    /// How.
    pub source: Source,
}

impl Said {
    /// Said at this very moment.
    #[must_use]
    pub fn now(by: By, source: Source) -> Self {
        Self {
            by,
            as_of: by.at,
            source,
        }
    }
}

/// When a stay is expected to end. It frees nothing before its day is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Departure {
    /// The last day.
    pub day: Date,
    /// Who expects it, and since when.
    pub by: By,
}

/// What a provider told about a room beside its description.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// Places used by people who were not placed through Samen.
    pub other_use: u16,
    /// Expected ends of stays.
    pub departures: BTreeMap<PlacementId, Departure>,
    /// Who told it last, and for when; `None`: nobody yet.
    pub said: Option<Said>,
    /// How many times something was told: whoever changes it names the number that was seen.
    pub number: u32,
}

impl Told {
    /// The same, told once more.
    #[must_use]
    pub fn again(mut self, said: Said) -> Self {
        self.said = Some(said);
        self.number = self.number.saturating_add(1);
        self
    }

    /// Whether the figure is so old that somebody has to be asked. The rule is the clock `capacity_fresh` of the vocabulary.
    #[must_use]
    pub fn is_stale(&self, fresh: &ClockFacts, now: Timestamp) -> bool {
        self.said
            .is_none_or(|said| fresh.deadline(said.as_of) <= now)
    }
}

/// A room on a day. The parts add up to the places, unless more is used than there is; `short` says by how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DayFigure {
    /// Which day.
    pub day: Date,
    /// Places.
    pub places: u16,
    /// Out of service.
    pub out: u16,
    /// Used by people placed through Samen, until their last day.
    pub taken: u16,
    /// Used by others.
    pub other: u16,
    /// Held for somebody. A hold that lives now is counted on every day: it ends in a stay or in nothing.
    pub held: u16,
    /// Of those taken: expected to leave on this day.
    pub leaving: u16,
    /// Of those taken: were to leave before today and have not.
    pub overdue: u16,
    /// Free.
    pub free: u16,
    /// Places that are promised twice: wanted out of service on this day while somebody is expected to be there.
    pub short: u16,
}

/// A room with who uses it and what its provider told.
#[derive(Debug, Clone, Copy)]
pub struct Capacity<'a> {
    /// The room.
    pub room: &'a Room,
    /// Who uses which seat.
    pub seats: &'a RoomOccupancy,
    /// What the provider told.
    pub told: &'a Told,
}

/// Seats in use on a day.
#[derive(Default)]
struct Users {
    taken: u16,
    held: u16,
    leaving: u16,
    overdue: u16,
}

impl Capacity<'_> {
    /// The figure of a day. Days before today are not kept: they count as today.
    #[must_use]
    pub fn on(&self, day: Date, now: Timestamp) -> DayFigure {
        let today = dutch_date(now);
        let day = day.max(today);
        let users = self.users(day, today, now);
        let places = self.room.places;
        let used = u32::from(users.taken) + u32::from(users.held) + u32::from(self.told.other_use);
        let used = u16::try_from(used).unwrap_or(u16::MAX);
        let rest = places.saturating_sub(used);
        let wanted = match self.room.out_of_service.on(day).map(|said| &said.out) {
            Some(Out::All { .. }) => rest,
            Some(Out::Places { number, .. }) => *number,
            Some(Out::Nothing) | None => 0,
        };
        let out = wanted.min(rest);
        DayFigure {
            day,
            places,
            out,
            taken: users.taken,
            other: self.told.other_use,
            held: users.held,
            leaving: users.leaving,
            overdue: users.overdue,
            free: rest - out,
            short: (wanted - out).saturating_add(used.saturating_sub(places)),
        }
    }

    fn users(&self, day: Date, today: Date, now: Timestamp) -> Users {
        let mut users = Users::default();
        for seat in self.seats.seats() {
            match seat {
                Seat::Free => {}
                Seat::Held { until, .. } => users.held += u16::from(now < *until),
                Seat::Taken { placement } => {
                    let last = self.told.departures.get(placement).map(|d| d.day);
                    // Who was to leave before today and is still there, stays counted.
                    if last.is_some_and(|last| today <= last && last < day) {
                        continue;
                    }
                    users.taken += 1;
                    users.leaving += u16::from(last == Some(day));
                    users.overdue += u16::from(last.is_some_and(|last| last < today));
                }
            }
        }
        users
    }

    /// Free places at this moment.
    #[must_use]
    pub fn free_now(&self, now: Timestamp) -> u16 {
        self.on(dutch_date(now), now).free
    }

    /// Holds seats, of those that are free with everything told about the room.
    pub fn hold(
        &self,
        placement: PlacementId,
        seats: u16,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<RoomOccupancy, SeatError> {
        let free = self.free_now(now);
        if seats > free {
            return Err(SeatError::Full {
                room: self.room.id,
                free,
                wanted: seats,
            });
        }
        self.seats.clone().hold(placement, seats, until, now)
    }

    /// Whether what is told about the days from one on is possible: no more places out of service than nobody uses. People only
    /// leave as days go by, so the first day is the worst.
    pub fn check(&self, from: Date, now: Timestamp) -> Result<(), CapacityError> {
        let figure = self.on(from, now);
        if figure.short == 0 {
            return Ok(());
        }
        Err(CapacityError::InTheWay {
            day: figure.day,
            places: figure.places,
            taken: figure.taken,
            held: figure.held,
            other: figure.other,
            most: figure.out,
        })
    }

    /// So many places would be used by others if so many are free now.
    pub fn other_use_when_free(&self, free: u16, now: Timestamp) -> Result<u16, CapacityError> {
        let figure = self.on(dutch_date(now), now);
        let most = figure.free + figure.other;
        most.checked_sub(free).ok_or(CapacityError::TooFree {
            free,
            most,
            places: figure.places,
            taken: figure.taken,
            held: figure.held,
            out: figure.out,
        })
    }
}
