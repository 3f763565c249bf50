//! Figures: numbers that carry their definition, source and date.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A table of numbers of one kind, and perhaps a picture of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Short stable name, unique in the letter.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What exactly is counted.
    pub definition: String,
    /// What the numbers are.
    pub unit: Unit,
    /// Who counted; empty is a fault.
    pub source: String,
    /// The day at which the numbers were true; none is a fault.
    pub reference_date: Option<Date>,
    /// What the rows are, for example `Jaar`.
    pub row_label: String,
    /// A heading for each column of numbers.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// How to draw it; none for a table alone.
    pub picture: Option<Picture>,
}

/// What numbers count. Reports (aanmeldingen) and victims (slachtoffers) are two counts that never stand in one series:
/// CoMensha counted about 1,044 reports over 2023, the Nationaal Rapporteur 868 victims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Reports at the national register; one person may be reported more than once.
    Aanmeldingen,
    /// Persons, after double reports were joined.
    Slachtoffers,
    /// Other persons, for example `verdachten`. Small numbers may not be printed.
    Persons(String),
    /// Things that are no persons, for example `dagen` or `euro`.
    Other(String),
}

/// Which of the two counts that must stay apart a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// Counts reports.
    Reports,
    /// Counts victims.
    Victims,
    /// Neither.
    Neither,
}

/// One row of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What the row is about, for example a year.
    pub label: String,
    /// What this row counts, if the maker of the row said so; must be the figure's own.
    pub unit: Option<Unit>,
    /// One cell for each column.
    pub cells: Vec<Cell>,
    /// True for a row that adds up the others.
    pub total: bool,
    /// Set when the definition or the way of counting changed with this row; says what changed.
    pub break_before: Option<String>,
}

/// One cell of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// A number that may be printed.
    Value(u64),
    /// A number that may not be printed; it is not even here.
    Suppressed,
    /// Words instead of a number, for example `niet bekend`.
    Text(String),
}

/// How a figure is drawn. Rows are the places on the axis, columns the series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Bars or lines.
    pub kind: PictureKind,
    /// What can be seen in it, in words, for those who can't see it.
    pub description: String,
}

/// The kinds of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PictureKind {
    /// Lying bars, for classes.
    Bar,
    /// A line, for a course in time.
    Line,
    /// A map of tiles, for police units; the first column is drawn.
    Map,
}

impl Unit {
    /// The unit in Dutch words.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Aanmeldingen => "aanmeldingen",
            Self::Slachtoffers => "slachtoffers",
            Self::Persons(words) | Self::Other(words) => words,
        }
    }

    /// Which of the two counts it is, also when it was written in free words.
    #[must_use]
    pub fn kind(&self) -> UnitKind {
        match self {
            Self::Aanmeldingen => UnitKind::Reports,
            Self::Slachtoffers => UnitKind::Victims,
            Self::Persons(words) | Self::Other(words) => UnitKind::named_in(words),
        }
    }

    /// True when the numbers are persons or reports about persons, so that small ones can point at somebody.
    #[must_use]
    pub fn counts_people(&self) -> bool {
        !matches!(self, Self::Other(_)) || self.kind() != UnitKind::Neither
    }
}

impl UnitKind {
    /// Which count a text names: the one whole word it holds of the two, or neither when it holds none or both.
    #[must_use]
    pub fn named_in(text: &str) -> Self {
        let lower = text.to_lowercase();
        let has = |forms: [&str; 2]| {
            lower
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| forms.contains(&word))
        };
        match (
            has(["aanmelding", "aanmeldingen"]),
            has(["slachtoffer", "slachtoffers"]),
        ) {
            (true, false) => Self::Reports,
            (false, true) => Self::Victims,
            _ => Self::Neither,
        }
    }
}

impl Row {
    /// A plain row.
    pub fn new(label: impl Into<String>, cells: Vec<Cell>) -> Self {
        Self {
            label: label.into(),
            unit: None,
            cells,
            total: false,
            break_before: None,
        }
    }
}

impl Figure {
    /// True when at least one cell may not be printed.
    #[must_use]
    pub fn has_suppressed(&self) -> bool {
        self.rows
            .iter()
            .any(|row| row.cells.contains(&Cell::Suppressed))
    }

    /// The largest number in it, for the axis; 0 when there is none.
    #[must_use]
    pub fn largest(&self) -> u64 {
        let drawn = self.rows.iter().filter(|row| !row.total);
        drawn
            .flat_map(|row| &row.cells)
            .filter_map(Cell::value)
            .max()
            .unwrap_or(0)
    }
}

impl Cell {
    /// The number, if it may be printed.
    #[must_use]
    pub fn value(&self) -> Option<u64> {
        match self {
            Self::Value(number) => Some(*number),
            Self::Suppressed | Self::Text(_) => None,
        }
    }
}
