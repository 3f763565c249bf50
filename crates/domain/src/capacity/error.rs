//! What cannot be true of a room, with who is in the way: how many, never who.

use jiff::civil::Date;

use crate::ids::PlacementId;

/// Why something told about a room is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CapacityError {
    /// More out of service than nobody uses.
    #[error(
        "on {day} {most} of {places} places can be out of service at most: {taken} taken, {held} held, {other} used by others"
    )]
    InTheWay {
        /// First day on which it does not fit.
        day: Date,
        /// Places of the room.
        places: u16,
        /// Taken by people placed here.
        taken: u16,
        /// Held.
        held: u16,
        /// Used by others.
        other: u16,
        /// How many can be out of service on that day.
        most: u16,
    },
    /// More free than nobody uses.
    #[error(
        "{free} free is impossible: of {places} places {taken} are taken, {held} held and {out} out of service, so at most {most} are free"
    )]
    TooFree {
        /// Free, as told.
        free: u16,
        /// Free at most.
        most: u16,
        /// Places of the room.
        places: u16,
        /// Taken.
        taken: u16,
        /// Held.
        held: u16,
        /// Out of service.
        out: u16,
    },
    /// More used by others than is left.
    #[error(
        "{other} used by others is impossible: of {places} places {most} are left beside those taken, held and out of service"
    )]
    TooMuchOtherUse {
        /// Used by others, as told.
        other: u16,
        /// At most.
        most: u16,
        /// Places of the room.
        places: u16,
    },
    /// The last day lies before the first.
    #[error("the last day {until} lies before the first day {from}")]
    Reversed {
        /// First day.
        from: Date,
        /// Last day.
        until: Date,
    },
    /// A period that is over.
    #[error("the last day {until} is past, today is {today}")]
    Past {
        /// Last day.
        until: Date,
        /// Today.
        today: Date,
    },
    /// No place at all out of service.
    #[error("name at least one place; to end it, put the room back in service")]
    NoPlaces,
    /// More out of service than the room has.
    #[error("{number} places out of service, the room has {places}")]
    MoreThanRoom {
        /// As told.
        number: u16,
        /// Places of the room.
        places: u16,
    },
    /// A departure of somebody who does not live here.
    #[error("placement {0} takes no seat in this room")]
    NotHere(PlacementId),
    /// A departure on a day that is past.
    #[error("{day} is past, today is {today}; record the departure itself")]
    DepartureInPast {
        /// Day given.
        day: Date,
        /// Today.
        today: Date,
    },
    /// Nothing to end.
    #[error("nothing is out of service on {0}")]
    NothingOut(Date),
}
