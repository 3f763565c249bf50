//! What can be wrong with an instance, each fault named with its place and what to do.

use std::fmt;

/// One fault in an instance.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Two locations carry one id.
    #[error("location `{0}` appears twice; give each location its own id")]
    DuplicateLocation(String),
    /// Two rooms carry one id, possibly in two locations.
    #[error("room `{0}` appears twice; room ids are unique over all locations")]
    DuplicateRoom(String),
    /// Two requests carry one id.
    #[error("request `{0}` appears twice; give each request its own id")]
    DuplicateRequest(String),
    /// A person stands in two requests, or twice in one.
    #[error(
        "person `{person}` appears again in request `{request}`; a person can be placed only once"
    )]
    DuplicatePerson {
        /// The person.
        person: String,
        /// The request in which the person appears again.
        request: String,
    },
    /// A request without persons.
    #[error("request `{0}` has no persons; name at least one")]
    NoPersons(String),
    /// A request says that it is in a room that does not exist.
    #[error("request `{request}` is said to be in room `{room}`, which no location has")]
    UnknownRoom {
        /// The request.
        request: String,
        /// The room that was named.
        room: String,
    },
    /// A number outside what it can mean.
    #[error("{place}: `{field}` is {value}, expected {expected}")]
    OutOfRange {
        /// Where, as `location L1`, `room L1-a`, `request R1` or `person P1`.
        place: String,
        /// The member of the file.
        field: &'static str,
        /// What was read.
        value: String,
        /// What it should be.
        expected: &'static str,
    },
    /// More places free than there are.
    #[error("room `{room}` has {free} places free of {places}; free can be at most the places")]
    FreeAbovePlaces {
        /// The room.
        room: String,
        /// Free places read.
        free: i64,
        /// Places read.
        places: i64,
    },
    /// The youngest age admitted is above the oldest.
    #[error("location `{location}` admits from {min} to {max} years, which is nobody")]
    AgesReversed {
        /// The location.
        location: String,
        /// Youngest age read.
        min: i64,
        /// Oldest age read.
        max: i64,
    },
    /// An id is empty.
    #[error("{0} has an empty id")]
    EmptyId(&'static str),
}

impl Fault {
    /// The id of what the fault is about, when it has one.
    pub fn subject(&self) -> Option<&str> {
        match self {
            Self::DuplicateLocation(id)
            | Self::DuplicateRoom(id)
            | Self::DuplicateRequest(id)
            | Self::NoPersons(id) => Some(id),
            Self::DuplicatePerson { request, .. } | Self::UnknownRoom { request, .. } => {
                Some(request)
            }
            Self::OutOfRange { place, .. } => place.split_once(' ').map(|(_, id)| id),
            Self::FreeAbovePlaces { room, .. } => Some(room),
            Self::AgesReversed { location, .. } => Some(location),
            Self::EmptyId(_) => None,
        }
    }
}

/// All faults of one instance, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, fault) in self.0.iter().enumerate() {
            if n > 0 {
                writeln!(f)?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}
