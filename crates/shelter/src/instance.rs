//! The checked instance: indices instead of names, whole millimetres instead of floating kilometres.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::file::RoomKind;

/// A point on the Dutch grid in whole millimetres, so that a place exactly on a circle is on it on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    x_mm: i64,
    y_mm: i64,
}

/// Kilometres to millimetres.
const MM_PER_KM: f64 = 1_000_000.0;
/// Farther than this from the grid's origin is a mistake in units, not a place in Europe.
pub(crate) const FARTHEST_KM: f64 = 10_000.0;

impl Point {
    pub(crate) fn new(x_km: f64, y_km: f64) -> Self {
        Self {
            x_mm: mm(x_km),
            y_mm: mm(y_km),
        }
    }

    /// Squared distance in square millimetres.
    fn squared(self, other: Self) -> i128 {
        let dx = i128::from(self.x_mm) - i128::from(other.x_mm);
        let dy = i128::from(self.y_mm) - i128::from(other.y_mm);
        dx * dx + dy * dy
    }

    /// Distance in kilometres.
    pub fn distance_km(self, other: Self) -> f64 {
        #[expect(
            clippy::cast_precision_loss,
            reason = "under 2^53 mm in each direction"
        )]
        let squared = self.squared(other) as f64;
        squared.sqrt() / MM_PER_KM
    }
}

pub(crate) fn mm(km: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "bounded by FARTHEST_KM before use; `as` saturates otherwise"
    )]
    let whole = (km * MM_PER_KM).round() as i64;
    whole
}

/// A circle to stay out of. Its border belongs to it: in doubt, not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Circle {
    pub(crate) centre: Point,
    pub(crate) radius_mm: i64,
}

impl Circle {
    pub(crate) fn holds(&self, point: Point) -> bool {
        let radius = i128::from(self.radius_mm);
        self.centre.squared(point) <= radius * radius
    }
}

/// Where to be near, and how much that matters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Near {
    pub(crate) point: Point,
    pub(crate) weight: f64,
}

/// Position of a room in [`Instance::rooms`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoomIndex(pub(crate) usize);

/// Position of a request in [`Instance::requests`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestIndex(pub(crate) usize);

/// A code of the vocabulary as a small number; equal numbers are equal codes within one instance.
pub(crate) type Code = u32;

/// A checked location.
#[derive(Debug, Clone)]
pub struct Location {
    /// Its id in the file.
    pub id: String,
    /// Its id as a code, for the lists of locations that requests name.
    pub(crate) code: Code,
    pub(crate) kind: Code,
    pub(crate) point: Point,
    pub(crate) security: u8,
    pub(crate) sex: Vec<Code>,
    pub(crate) min_age: Option<u32>,
    pub(crate) max_age: Option<u32>,
    pub(crate) forms: Vec<Code>,
    pub(crate) entitlements: Vec<Code>,
    pub(crate) care: Vec<Code>,
    pub(crate) languages: Vec<Code>,
    pub(crate) wheelchair: bool,
    pub(crate) pets: bool,
}

/// A checked room.
#[derive(Debug, Clone)]
pub struct Room {
    /// Its id in the file.
    pub id: String,
    /// What it is for.
    pub kind: RoomKind,
    /// Places free on the instance's day.
    pub free: u32,
    /// Longest stay in days.
    pub max_stay_days: Option<u32>,
    pub(crate) location: usize,
}

/// A person of a checked request.
#[derive(Debug, Clone)]
pub struct Person {
    /// Age in years.
    pub age: u32,
    pub(crate) sex: Code,
}

/// A checked request; it has at least one person.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its id in the file.
    pub id: String,
    /// The room where it is now.
    pub current_room: Option<RoomIndex>,
    pub(crate) first: Person,
    pub(crate) others: Vec<Person>,
    pub(crate) form: Code,
    pub(crate) entitlement: Code,
    pub(crate) security: u8,
    pub(crate) care: Vec<Code>,
    pub(crate) languages: Vec<Code>,
    pub(crate) wheelchair: bool,
    pub(crate) pets: bool,
    pub(crate) urgency: u32,
    pub(crate) waiting_days: u32,
    pub(crate) avoid: Vec<Circle>,
    pub(crate) near: Option<Near>,
    pub(crate) apart: Option<Code>,
    /// Kinds of shelter; empty for any.
    pub(crate) kinds: Vec<Code>,
    /// Locations that are no answer, sorted.
    pub(crate) not_in: Vec<Code>,
}

impl Request {
    /// All persons, the first one first.
    pub fn persons(&self) -> impl Iterator<Item = &Person> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// How many persons.
    pub fn size(&self) -> u32 {
        u32::try_from(self.others.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1)
    }
}

/// An instance that passed every check.
#[derive(Debug, Clone)]
pub struct Instance {
    pub(crate) as_of: Date,
    pub(crate) locations: Vec<Location>,
    pub(crate) rooms: Vec<Room>,
    pub(crate) requests: Vec<Request>,
    pub(crate) diagonal_km: f64,
    pub(crate) request_by_id: HashMap<String, RequestIndex>,
}

impl Instance {
    /// The day the free places were counted.
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// All rooms, in the order of the file.
    pub fn rooms(&self) -> &[Room] {
        &self.rooms
    }

    /// All requests, in the order of the file.
    pub fn requests(&self) -> &[Request] {
        &self.requests
    }

    /// All locations, in the order of the file.
    pub fn locations(&self) -> &[Location] {
        &self.locations
    }

    /// The request with this id.
    pub fn find_request(&self, id: &str) -> Option<RequestIndex> {
        self.request_by_id.get(id).copied()
    }

    /// The room at an index of this instance.
    pub fn room(&self, index: RoomIndex) -> &Room {
        &self.rooms[index.0]
    }

    /// The request at an index of this instance.
    pub fn request(&self, index: RequestIndex) -> &Request {
        &self.requests[index.0]
    }

    /// The location of a room of this instance.
    pub fn location_of(&self, room: &Room) -> &Location {
        &self.locations[room.location]
    }

    /// All room indices.
    pub fn room_indices(&self) -> impl Iterator<Item = RoomIndex> + use<> {
        (0..self.rooms.len()).map(RoomIndex)
    }

    /// Diagonal of the box around all locations, in kilometres; 0 when they stand at one point.
    pub fn diagonal_km(&self) -> f64 {
        self.diagonal_km
    }
}

pub(crate) fn diagonal_km(locations: &[Location]) -> f64 {
    let xs = || locations.iter().map(|l| l.point.x_mm);
    let ys = || locations.iter().map(|l| l.point.y_mm);
    match (xs().min(), xs().max(), ys().min(), ys().max()) {
        (Some(left), Some(right), Some(low), Some(high)) => Point {
            x_mm: left,
            y_mm: low,
        }
        .distance_km(Point {
            x_mm: right,
            y_mm: high,
        }),
        _ => 0.0,
    }
}
