//! The plan's actions as a file: ACTIONS, CSV or XLSX, lists separated by `;`.

mod read;
mod write;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use read::read_actions;
pub use write::{write_actions_csv, write_actions_xlsx};

/// The columns of ACTIONS, in their order.
pub const COLUMNS: [&str; 17] = [
    "id",
    "line",
    "title",
    "description",
    "goal",
    "holder",
    "involved",
    "forms",
    "ages",
    "result",
    "start",
    "end",
    "status",
    "status_date",
    "budget_eur",
    "indicators",
    "links",
];

/// One action of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionRow {
    /// Its number in the plan, such as `3.b`.
    pub id: String,
    /// Code of the action line.
    pub line: String,
    /// Title.
    pub title: String,
    /// What is done.
    pub description: String,
    /// The strategic goal it serves.
    pub goal: String,
    /// The one organisation that answers for it (actiehouder).
    pub holder: String,
    /// Other organisations that take part.
    pub involved: Vec<String>,
    /// Exploitation forms it targets.
    pub forms: Vec<String>,
    /// Age groups it targets.
    pub ages: Vec<String>,
    /// The intended result.
    pub result: String,
    /// First day.
    pub start: Option<Date>,
    /// Planned last day.
    pub end: Option<Date>,
    /// Status code, such as `loopt`.
    pub status: String,
    /// Day on which the status was given.
    pub status_date: Option<Date>,
    /// Whole euros.
    pub budget_eur: Option<u64>,
    /// Codes of the indicators that measure the result.
    pub indicators: Vec<String>,
    /// Web addresses of evidence.
    pub links: Vec<String>,
}
