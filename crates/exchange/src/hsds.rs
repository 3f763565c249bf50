//! Capacity in the Human Services Data Specification of Open Referral (HSDS 3.1): `service_capacity` with its `units`, as CSV.
//! <https://docs.openreferral.org/en/latest/hsds/schema_reference.html#service-capacity>

mod read;
mod write;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use read::{read_capacity, read_units};
pub use write::{write_capacity_csv, write_units_csv};

/// The columns of `service_capacity`.
pub const COLUMNS: [&str; 7] = [
    "id",
    "service_id",
    "unit_id",
    "available",
    "maximum",
    "description",
    "updated",
];

/// The columns of `units`.
pub const UNIT_COLUMNS: [&str; 5] = ["id", "name", "scheme", "identifier", "uri"];

/// The unit that our own export uses, known without a file of units.
pub const BED: &str = "5f0d2a6e-6b0e-5c64-9d3a-2f1b7c0e8d11";

/// Names of units that are a place for one person.
const PLACES: [&str; 11] = [
    "bed",
    "beds",
    "bedden",
    "bed space",
    "bed spaces",
    "place",
    "places",
    "shelter place",
    "plek",
    "plaats",
    "opvangplek",
];

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Identity.
    pub id: String,
    /// Name, such as `Bed`.
    pub name: String,
    /// Code in its scheme.
    pub identifier: Option<String>,
}

impl Unit {
    /// Whether one of it is a place for one person. Anything else is no capacity of a room, whatever its number.
    pub fn is_place(&self) -> bool {
        let name = self.name.trim().to_lowercase();
        let code = self.identifier.as_deref().unwrap_or_default().trim();
        PLACES.contains(&name.as_str()) || PLACES.contains(&code.to_lowercase().as_str())
    }
}

/// The capacity of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capacity {
    /// Identity of the row.
    pub id: String,
    /// The service: the room it is about.
    pub service_id: String,
    /// Free now.
    pub available: u16,
    /// Places; HSDS lets it open.
    pub maximum: Option<u16>,
    /// In words; not taken over.
    pub description: Option<String>,
    /// The moment it is about.
    pub updated: Timestamp,
}
