//! The plan's actions as a file: ACTIONS, CSV or XLSX, lists separated by `;`.

mod read;
mod totals;
mod write;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use read::read_actions;
pub use totals::{TotalFault, Totals, read_totals};
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

/// Columns that a file may have besides: what an action carries beside what it is. Those of milestones, measures and money hold one line
/// of text for each, as `domain::action::Details` reads them.
pub const MORE_COLUMNS: [&str; 6] = [
    "policy",
    "regions",
    "milestones",
    "measures",
    "money",
    "lessons",
];

/// One action of the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The standing policy that it is tied to.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub policy: String,
    /// Codes of the regions in which it works; none: the whole country.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<String>,
    /// Milestones: `2026-03-01 profile agreed | bereikt 2026-04-02 | https://…`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub milestones: Vec<String>,
    /// What it is to do to a defined indicator: `aanmeldingen omhoog`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<String>,
    /// Budget and spending per year: `2026 begroot 200000 | source`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub money: Vec<String>,
    /// What others can learn from it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lessons: String,
}
