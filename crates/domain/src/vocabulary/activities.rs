//! Processing activities: what the register of art. 30 AVG holds for every act of the program, each version under a code and number
//! of its own.

use serde::Serialize;

use super::clocks::ClockCode;
use super::code::Code;
use super::entry::{Entry, Facts, OnlyWords};
use super::organisations::CompartmentCode;
use super::row::Row;
use super::sharing::DataCategoryCode;

/// A purpose of the program's own work, for which nobody can ask to share.
pub type OwnPurpose = Entry<OwnPurposeFacts>;
/// The code of an [`OwnPurpose`].
pub type OwnPurposeCode = Code<OwnPurposeFacts>;

/// Own purposes have only words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OwnPurposeFacts {}

impl OnlyWords for OwnPurposeFacts {
    const NAME: &'static str = "own_purposes";
}

/// One processing activity.
pub type ProcessingActivity = Entry<ProcessingActivityFacts>;
/// The code of a [`ProcessingActivity`]: the act's name with `-` for its dots.
pub type ProcessingActivityCode = Code<ProcessingActivityFacts>;

/// Whose data an activity processes (art. 30 lid 1 onder c AVG).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhoseData {
    /// Somebody who may be a victim.
    PossibleVictim,
    /// Whoever reports.
    Reporter,
    /// Whoever works with the program.
    Professional,
    /// Whoever runs a firm or owns a place: what is said of a firm with one owner is said of that owner (AVG 4(1)).
    Entrepreneur,
    /// Nobody's.
    Nobody,
}

const WHOSE: &[(&str, WhoseData)] = &[
    ("possible_victim", WhoseData::PossibleVictim),
    ("reporter", WhoseData::Reporter),
    ("professional", WhoseData::Professional),
    ("entrepreneur", WhoseData::Entrepreneur),
    ("nobody", WhoseData::Nobody),
];

/// What the register says of an activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProcessingActivityFacts {
    /// Version: every change that matters gets the next number, with the day from which it counts.
    pub version: u16,
    /// Purpose, as the table of rights names it.
    pub purpose: String,
    /// Legal ground, as the table of rights names it.
    pub ground: String,
    /// Whose data.
    pub subjects: Vec<WhoseData>,
    /// Which categories of data.
    pub data: Vec<DataCategoryCode>,
    /// Compartments that receive something by it.
    pub recipients: Vec<CompartmentCode>,
    /// Terms after which it is destroyed; none where no term was set yet.
    pub retention: Vec<ClockCode>,
}

impl ProcessingActivityFacts {
    /// Whether it processes data of a person at all.
    #[must_use]
    pub fn is_personal(&self) -> bool {
        self.subjects != [WhoseData::Nobody]
    }
}

impl Facts for ProcessingActivityFacts {
    const LIST: &'static str = "processing_activities";

    fn read(row: &mut Row<'_>) -> Self {
        let named = row.texts("subjects");
        let find = |name: &String| WHOSE.iter().find(|(known, _)| known == name);
        let subjects: Vec<WhoseData> = named.iter().filter_map(find).map(|(_, who)| *who).collect();
        if subjects.is_empty() || subjects.len() != named.len() {
            row.inconsistent(
                "`subjects` names at least one of possible_victim, reporter, professional, entrepreneur, nobody",
            );
        }
        if subjects.len() > 1 && subjects.contains(&WhoseData::Nobody) {
            row.inconsistent("`subjects` cannot be nobody and somebody; remove one of them");
        }
        Self {
            version: row.number("version"),
            purpose: row.text("purpose"),
            ground: row.text("ground"),
            subjects,
            data: row.references("data"),
            recipients: row.references("recipients"),
            retention: row.references("retention"),
        }
    }
}
