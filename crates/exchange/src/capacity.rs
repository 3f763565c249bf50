//! What a provider's rooms have, as a spreadsheet: one row a room. It is written for the provider's own people, read back after
//! they changed it, and holds how they call location and room, never an address.

mod read;
mod write;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub(crate) use read::number;
pub use read::read_rooms;
pub use write::{write_rooms_csv, write_rooms_xlsx};

/// The columns, in their order. Those after `note` are for reading only.
pub const COLUMNS: [&str; 16] = [
    "room_id",
    "location",
    "room",
    "places",
    "out_of_service",
    "out_from",
    "out_until",
    "reason",
    "note",
    "used_by_others",
    "free",
    "taken",
    "held",
    "leaving",
    "as_of",
    "stale",
];

/// How the columns are called in Dutch; both are read.
pub const DUTCH: [&str; 16] = [
    "kamer_id",
    "locatie",
    "kamer",
    "plekken",
    "buiten_gebruik",
    "buiten_gebruik_vanaf",
    "buiten_gebruik_tot_en_met",
    "reden",
    "toelichting",
    "in_gebruik_door_anderen",
    "vrij",
    "bezet",
    "vastgehouden",
    "vertrekt",
    "opgegeven_op",
    "verouderd",
];

/// How much is out of service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Out {
    /// Nothing.
    Nothing,
    /// Whatever is free or becomes free.
    All,
    /// So many places.
    Places(u16),
}

/// What one row tells. What is empty stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomRow {
    /// Our identifier or the provider's own number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_id: Option<String>,
    /// How the provider's people call the location.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// How they call the room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// Places.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<u16>,
    /// Out of service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out: Option<Out>,
    /// First day of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out_from: Option<Date>,
    /// Last day of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out_until: Option<Date>,
    /// Code of the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The reason in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Places used by people who were not placed through Samen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_by_others: Option<u16>,
    /// Free places today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free: Option<u16>,
}

/// A row to be written, with what can only be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomLine {
    /// What can be changed.
    pub row: RoomRow,
    /// Taken by people placed through Samen.
    pub taken: u16,
    /// Held.
    pub held: u16,
    /// Expected to leave today.
    pub leaving: u16,
    /// When it was told, in words of the file: RFC 3339.
    pub as_of: String,
    /// Out of date.
    pub stale: bool,
}
