//! Figures as they stand in a letter: what they count, from where, on which day, over how many rows.

use crate::{answer::Bilingual, ids::FigureId, text::SafeText};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What is counted. `Aanmeldingen` (reports to CoMensha) and `Slachtoffers` (persons, National Rapporteur) are two counts
/// that differ and never stand in one series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// Reports to the national registration.
    Aanmeldingen,
    /// Persons.
    Slachtoffers,
    /// Signals at the desk.
    Meldingen,
    /// Suspects.
    Verdachten,
    /// Placements.
    Plaatsingen,
    /// Actions of the programme.
    Acties,
    /// Days.
    Dagen,
    /// Something else; the definition says what.
    Anders,
}

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Who counted, and where it stands.
    pub name: SafeText,
    /// The query or publication behind it.
    pub reference: SafeText,
    /// Made-up data of a demonstration.
    pub made_up: bool,
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// One label for each dimension.
    pub labels: Vec<String>,
    /// The number.
    pub value: u64,
}

/// Which measure a figure is a value of, for one closed period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureRef {
    /// Code of the measure in the vocabulary.
    pub code: String,
    /// Version of its definition, from 1; figures of two versions are never one line.
    pub version: u16,
    /// The closed period, such as `2026-1`.
    pub period: String,
}

/// A figure: a table with at least one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Identity.
    pub id: FigureId,
    /// Title.
    pub title: Bilingual,
    /// What is counted.
    pub counted: Counted,
    /// The definition in words.
    pub definition: Bilingual,
    /// The unit, such as "personen".
    pub unit: String,
    /// Where it comes from.
    pub source: Source,
    /// The day on which it holds.
    pub reference_date: Date,
    /// Rows behind it; none when that number is withheld: beside others that were told it would give a small one away.
    pub row_count: Option<u64>,
    /// Names of the dimensions.
    pub dimensions: Vec<String>,
    /// The cells, unprotected: suppression is the work of the figures engine, before anything is shown.
    pub cells: Vec<Cell>,
    /// The measure it is a value of, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<MeasureRef>,
}

/// Why a figure or a series is not in order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FigureError {
    /// A text is missing.
    #[error("figure has no {0}: every figure carries its definition, unit, source and date")]
    Missing(&'static str),
    /// No cell.
    #[error("figure has no cell")]
    NoCells,
    /// A cell has another number of labels than there are dimensions.
    #[error("cell {cell} has {labels} labels for {dimensions} dimensions")]
    Labels {
        /// Cell, from 1.
        cell: usize,
        /// Labels found.
        labels: usize,
        /// Dimensions.
        dimensions: usize,
    },
    /// Two cells have the same labels.
    #[error("cell {0} repeats the labels of an earlier cell")]
    CellTwice(usize),
    /// Two counts in one series.
    #[error("a series cannot hold {a:?} and {b:?} together: they count different things")]
    MixedCounts {
        /// One.
        a: Counted,
        /// The other.
        b: Counted,
    },
    /// Made-up and real together.
    #[error("a series cannot hold made-up and real figures together")]
    MixedWithMadeUp,
    /// Two figures for one day.
    #[error("the series has two figures for {0}")]
    DateTwice(Date),
    /// Nothing in it.
    #[error("a series has at least one figure")]
    EmptySeries,
}

/// Label of the sum of a dimension.
pub const TOTAL: &str = "Totaal";

impl Figure {
    /// The one number that stands for the figure in a list, on a dashboard and in a series: the total, or the only or first cell of a figure
    /// without one. None when that number is hidden.
    #[must_use]
    pub fn head(&self, hidden: &[Vec<String>]) -> Option<u64> {
        let is_total = |labels: &[String]| labels.iter().all(|label| label == TOTAL);
        if hidden.iter().any(|labels| is_total(labels)) {
            return None;
        }
        let total = self.cells.iter().find(|cell| is_total(&cell.labels));
        let alone = hidden.is_empty() && (self.cells.len() == 1 || self.counted == Counted::Dagen);
        let first = alone.then(|| self.cells.first()).flatten();
        total.or(first).map(|cell| cell.value)
    }

    /// Checks that nothing is missing.
    pub fn check(&self) -> Result<(), FigureError> {
        let texts = [
            ("title", &self.title.nl),
            ("definition", &self.definition.nl),
            ("definition in English", &self.definition.en),
            ("unit", &self.unit),
        ];
        if let Some((field, _)) = texts.into_iter().find(|(_, text)| text.trim().is_empty()) {
            return Err(FigureError::Missing(field));
        }
        if self.cells.is_empty() {
            return Err(FigureError::NoCells);
        }
        let dimensions = self.dimensions.len();
        for (index, cell) in self.cells.iter().enumerate() {
            if cell.labels.len() != dimensions {
                return Err(FigureError::Labels {
                    cell: index + 1,
                    labels: cell.labels.len(),
                    dimensions,
                });
            }
            if self
                .cells
                .iter()
                .take(index)
                .any(|earlier| earlier.labels == cell.labels)
            {
                return Err(FigureError::CellTwice(index + 1));
            }
        }
        Ok(())
    }
}

/// Figures over time that count the same thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    figures: Vec<Figure>,
}

impl Series {
    /// Puts figures in order of date; refuses to mix counts.
    pub fn new(mut figures: Vec<Figure>) -> Result<Self, FigureError> {
        let Some(first) = figures.first() else {
            return Err(FigureError::EmptySeries);
        };
        if let Some(other) = figures.iter().find(|f| f.counted != first.counted) {
            return Err(FigureError::MixedCounts {
                a: first.counted,
                b: other.counted,
            });
        }
        if figures
            .iter()
            .any(|f| f.source.made_up != first.source.made_up)
        {
            return Err(FigureError::MixedWithMadeUp);
        }
        figures.sort_by_key(|f| f.reference_date);
        for pair in figures.windows(2) {
            if let [a, b] = pair
                && a.reference_date == b.reference_date
            {
                return Err(FigureError::DateTwice(a.reference_date));
            }
        }
        Ok(Self { figures })
    }

    /// The figures, in order of date.
    #[must_use]
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }
}
