//! INSTANCE as outsiders write it (`schemas/instance.schema.json`). Numbers are wide here, so that a wrong one can be named
//! instead of failing to parse; [`crate::Instance::check`] narrows them.
//!
//! Unknown members of locations, rooms and requests are refused: a misspelt `avoid` would otherwise silently put a person
//! inside an offender's circle.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A whole placing question: the country's rooms and the people waiting, on one day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InstanceFile {
    /// The day the free places were counted.
    pub as_of: Date,
    /// All locations with their rooms.
    pub locations: Vec<LocationFile>,
    /// All requests to be placed, and those already placed who could move.
    pub requests: Vec<RequestFile>,
}

/// A shelter location: what it admits and offers. Codes come from the vocabulary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocationFile {
    /// Unique id of the location.
    pub id: String,
    /// The organisation that runs it.
    pub provider: String,
    /// Kind of shelter, such as `COSM`.
    pub kind: String,
    /// Municipality code, such as `GM0363`.
    pub municipality: String,
    /// Dutch grid (RD) x, in kilometres.
    pub x_km: f64,
    /// Dutch grid (RD) y, in kilometres.
    pub y_km: f64,
    /// 1 open, 2 secret address, 3 guarded.
    pub security: i64,
    /// Sexes admitted.
    pub sex: Vec<String>,
    /// Youngest age admitted, in years; `null` for no limit.
    #[serde(default)]
    pub min_age: Option<i64>,
    /// Oldest age admitted, in years; `null` for no limit.
    #[serde(default)]
    pub max_age: Option<i64>,
    /// Exploitation forms admitted.
    pub forms: Vec<String>,
    /// Legal titles on which a person may stay here.
    pub entitlements: Vec<String>,
    /// Kinds of care offered.
    #[serde(default)]
    pub care: Vec<String>,
    /// Reachable and usable by wheelchair.
    #[serde(default)]
    pub wheelchair: bool,
    /// Pets are welcome.
    #[serde(default)]
    pub pets: bool,
    /// Languages spoken by staff, ISO 639-1.
    #[serde(default)]
    pub languages: Vec<String>,
    /// The rooms of this location.
    pub rooms: Vec<RoomFile>,
}

/// What a room is for; the hard rule on group size names these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomKind {
    /// For one person, for a longer stay.
    Stay,
    /// For a household of more than one person.
    Family,
    /// For the first days, any size of household.
    Crisis,
}

/// A room, or a group of equal places under one id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomFile {
    /// Unique over all locations.
    pub id: String,
    /// What the room is for.
    pub kind: RoomKind,
    /// Places in all.
    pub places: i64,
    /// Places free on the instance's day.
    pub free: i64,
    /// Longest stay in days; `null` for no limit.
    #[serde(default)]
    pub max_stay_days: Option<i64>,
}

/// A household that must be placed together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestFile {
    /// Unique id of the request.
    pub id: String,
    /// The persons; the first is the one for whom shelter is asked.
    pub persons: Vec<PersonFile>,
    /// Suspected exploitation form.
    pub form: String,
    /// Legal title of the stay.
    pub entitlement: String,
    /// Least security needed, 1 to 3.
    pub security: i64,
    /// Kinds of care needed, every one of them.
    #[serde(default)]
    pub care: Vec<String>,
    /// Needs a wheelchair-accessible location.
    #[serde(default)]
    pub wheelchair: bool,
    /// Brings a pet.
    #[serde(default)]
    pub pets: bool,
    /// Languages the person speaks.
    #[serde(default)]
    pub languages: Vec<String>,
    /// 1 is ordinary; more is more urgent.
    pub urgency: i64,
    /// Days waited so far.
    #[serde(default)]
    pub waiting_days: i64,
    /// Circles in which the person may not be placed.
    #[serde(default)]
    pub avoid: Vec<AvoidFile>,
    /// A point to be near, when there is a safe one.
    #[serde(default)]
    pub near: Option<NearFile>,
    /// The room where the person is now.
    #[serde(default)]
    pub current_room: Option<String>,
    /// Requests with the same value never share a location.
    #[serde(default)]
    pub apart: Option<String>,
    /// Kinds of shelter (`kind` of a location) that the ways to a place name; empty for any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// Ids of locations that refused this request or that the client declined; one that is not in the file says nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_in: Vec<String>,
}

/// One person of a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonFile {
    /// Unique over all requests.
    pub id: String,
    /// Age in years on the instance's day.
    pub age: i64,
    /// Sex as the locations write it: `F`, `M`, `X`.
    pub sex: String,
}

/// A circle to stay out of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AvoidFile {
    /// Centre x in kilometres (RD).
    pub x_km: f64,
    /// Centre y in kilometres (RD).
    pub y_km: f64,
    /// Radius in kilometres.
    pub radius_km: f64,
    /// Why, as a code such as `offender`.
    #[serde(default)]
    pub reason: String,
}

/// A point to be near, with how much it matters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NearFile {
    /// x in kilometres (RD).
    pub x_km: f64,
    /// y in kilometres (RD).
    pub y_km: f64,
    /// 0 does not matter, 1 ordinary.
    pub weight: f64,
}
