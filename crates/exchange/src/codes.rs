//! The codes that are allowed, handed in by whoever holds the vocabulary.

use std::collections::BTreeSet;

/// Sets of allowed codes on the day of import. An empty set allows nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Codes {
    /// Exploitation forms, such as `SU`.
    pub forms: BTreeSet<String>,
    /// Organisations that hold actions or take part in them.
    pub organisations: BTreeSet<String>,
    /// The plan's action lines.
    pub lines: BTreeSet<String>,
    /// Age groups.
    pub ages: BTreeSet<String>,
    /// Statuses of an action.
    pub statuses: BTreeSet<String>,
    /// Indicators by which an action's result is measured.
    pub indicators: BTreeSet<String>,
    /// Indicators may be any words: nobody has a list of them.
    pub any_indicator: bool,
}

/// The form codes that an HTCDS value can be mapped to, with those that have no HTCDS value.
pub const FORMS: [&str; 12] = [
    "SU", "AU", "CU", "BE", "OR", "DM", "GH", "IA", "DI", "EB", "NW", "ON",
];

/// The statuses of an action in the plan.
pub const STATUSES: [&str; 6] = [
    "niet_gestart",
    "loopt",
    "vertraagd",
    "afgerond",
    "vervallen",
    "structureel_geborgd",
];

impl Codes {
    /// A set of codes from anything that reads as text.
    pub fn set<S: Into<String>>(codes: impl IntoIterator<Item = S>) -> BTreeSet<String> {
        codes.into_iter().map(Into::into).collect()
    }

    /// The forms and statuses that are the same in every vocabulary so far; the other sets are empty.
    pub fn common() -> Self {
        Self {
            forms: Self::set(FORMS),
            statuses: Self::set(STATUSES),
            ..Self::default()
        }
    }
}
