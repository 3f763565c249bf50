//! From what a compartment counted to a protected figure.

use ::figures::{About, Dimension, Protection, Status, Table, protect};
use domain::SafeText;
use domain::figure::{Cell, Figure, MeasureRef, Source, TOTAL};
use domain::ids::FigureId;
use domain::vocabulary::Measure;
use domain::{Bilingual, vocabulary::Lang};
use jiff::Timestamp;

use super::Period;
use crate::Desk;
use crate::disclosure::{ProtectedFigures, Standing};
use crate::error::{DeskError, Result};
use crate::registration::THRESHOLD;

/// What a compartment counted about one measure. It stays inside: only [`figure`] makes something of it that may leave.
#[derive(Debug, Clone)]
pub(crate) enum Asked {
    /// Whole days, one for each person or report.
    Days {
        /// The measure.
        code: &'static str,
        /// The days.
        days: Vec<i64>,
    },
    /// Something counted by one dimension.
    Table {
        /// The measure.
        code: &'static str,
        /// Name of the dimension.
        dimension: &'static str,
        /// Codes and labels, in order.
        categories: Vec<(String, String)>,
        /// The category of each record.
        records: Vec<String>,
    },
}

impl Asked {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Days { code, .. } | Self::Table { code, .. } => code,
        }
    }

    /// How many records it counts.
    pub(super) fn records(&self) -> u64 {
        match self {
            Self::Days { days, .. } => days.len() as u64,
            Self::Table { records, .. } => records.len() as u64,
        }
    }
}

/// Ten must stand on either side of a duration that is told: twenty for the middle one, a hundred for nine out of ten.
const FOR_HALF: usize = 2 * THRESHOLD as usize;
const FOR_NINE: usize = 10 * THRESHOLD as usize;

/// The protected figure; none when too few were counted.
pub(super) fn figure(
    desk: &Desk,
    now: Timestamp,
    period: &Period,
    asked: Asked,
) -> Result<Option<ProtectedFigures>> {
    let code = asked.code();
    let setup = |why: String| DeskError::Setup(format!("measure {code}: {why}"));
    let measure = desk
        .vocabulary
        .measures
        .resolve(code, period.last)
        .map_err(|error| setup(error.to_string()))?;
    let Some(counted) = (match asked {
        Asked::Days { days, .. } => durations(days),
        Asked::Table {
            dimension,
            categories,
            records,
            ..
        } => table(measure, period, dimension, &categories, &records)?,
    }) else {
        return Ok(None);
    };
    let text =
        |words: &str| SafeText::new("source", words, 500).map_err(|error| setup(error.to_string()));
    let facts = &measure.facts;
    let function = facts.function.as_deref().unwrap_or(code);
    let compartment = facts.compartment.as_ref().map_or("", |c| c.as_str());
    let label = |lang| format!("{}, {}", measure.label(lang), period.name);
    let figure = Figure {
        id: FigureId::new(desk.vault.new_id(now)),
        title: Bilingual::new(label(Lang::Nl), label(Lang::En)),
        counted: facts.counted,
        definition: Bilingual::new(facts.definition.nl.clone(), facts.definition.en.clone()),
        unit: facts.unit.nl.clone(),
        source: Source {
            name: text(&format!("Samen, telling van {compartment} over zichzelf"))?,
            reference: text(&format!("{function}, {}", facts.query.nl))?,
            made_up: desk.settings.made_up,
        },
        reference_date: period.last,
        row_count: Some(counted.rows),
        dimensions: vec![counted.dimension.to_owned()],
        cells: counted.cells,
        measure: Some(MeasureRef {
            code: code.to_owned(),
            version: version(desk, measure),
            period: period.name.clone(),
        }),
    };
    figure.check().map_err(|error| setup(error.to_string()))?;
    Ok(Some(ProtectedFigures {
        figure,
        hidden: counted.hidden,
        told: Standing::default(),
    }))
}

/// Which version of its definition this is, from 1.
fn version(desk: &Desk, measure: &Measure) -> u16 {
    let versions = desk.vocabulary.measures.all().iter();
    let earlier = versions
        .filter(|other| other.code == measure.code && other.validity.from < measure.validity.from);
    u16::try_from(earlier.count()).unwrap_or(u16::MAX - 1) + 1
}

struct Done {
    dimension: &'static str,
    cells: Vec<Cell>,
    hidden: Vec<Vec<String>>,
    rows: u64,
}

/// The days within which half, and nine out of ten, were done. Below zero is a slip of a clock and counts as zero.
fn durations(mut days: Vec<i64>) -> Option<Done> {
    if days.len() < FOR_HALF {
        return None;
    }
    days.sort_unstable();
    let rank = |tenths: usize| {
        let at = (days.len() * tenths).div_ceil(10).saturating_sub(1);
        days.get(at).map(|n| u64::try_from(*n).unwrap_or(0))
    };
    let cell = |label: &str, value: Option<u64>| {
        value.map(|value| Cell {
            labels: vec![label.to_owned()],
            value,
        })
    };
    let half = cell("De helft klaar binnen", rank(5));
    let nine = (days.len() >= FOR_NINE)
        .then(|| cell("Negen van de tien klaar binnen", rank(9)))
        .flatten();
    Some(Done {
        dimension: "Maat",
        cells: half.into_iter().chain(nine).collect(),
        hidden: Vec::new(),
        rows: days.len() as u64,
    })
}

fn table(
    measure: &Measure,
    period: &Period,
    dimension: &'static str,
    categories: &[(String, String)],
    records: &[String],
) -> Result<Option<Done>> {
    let about = About {
        title: measure.label(Lang::Nl).to_owned(),
        definition: measure.facts.definition.nl.clone(),
        unit: measure.facts.unit.nl.clone(),
        source: "Samen".to_owned(),
        reference_date: period.last,
    };
    let codes = categories.iter().map(|(code, _)| code.clone());
    let dimensions = vec![Dimension::new(dimension, codes)];
    let table = Table::count(about, dimensions, records.iter().map(|code| [code.clone()]))
        .map_err(|error| DeskError::rule("figures-table", error))?;
    let protection = Protection {
        threshold: THRESHOLD,
        ..Protection::default()
    };
    let protected = protect(&table, protection);
    let Some(total) = protected.records() else {
        return Ok(None);
    };
    let label = |code: &Option<String>| match code {
        None => TOTAL.to_owned(),
        Some(code) => categories
            .iter()
            .find(|(known, _)| known == code)
            .map_or_else(|| code.clone(), |(_, label)| label.clone()),
    };
    let labels = |all: &[Option<String>]| all.iter().map(label).collect::<Vec<String>>();
    let cells = protected.rows().filter_map(|row| {
        Some(Cell {
            labels: labels(&row.categories),
            value: row.count?,
        })
    });
    let hidden = protected
        .rows()
        .filter(|row| row.status == Status::Hidden)
        .map(|row| labels(&row.categories));
    Ok(Some(Done {
        dimension,
        cells: cells.collect(),
        hidden: hidden.collect(),
        rows: total,
    }))
}
