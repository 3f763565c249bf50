//! The dashboard: each measure with its definitions and the numbers of its closed periods. A new definition begins a new line.

use std::collections::BTreeMap;

use domain::figure::Figure;
use domain::ids::FigureId;
use domain::vocabulary::{Measure, Vocabulary};
use jiff::civil::Date;

use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;
use crate::figures;

/// A measure with all its lines.
#[derive(Debug, Clone)]
pub struct Series {
    /// The newest definition.
    pub measure: Measure,
    /// One line for each version of the definition, oldest first; never joined.
    pub versions: Vec<Version>,
}

/// What was counted under one definition.
#[derive(Debug, Clone)]
pub struct Version {
    /// From 1.
    pub number: u16,
    /// The definition.
    pub measure: Measure,
    /// The closed periods, in order.
    pub points: Vec<Point>,
}

/// One closed period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Its name.
    pub period: String,
    /// The figure behind it.
    pub figure: FigureId,
    /// Its number; none when it is hidden.
    pub head: Option<u64>,
    /// Rows behind it.
    pub rows: Option<u64>,
    /// The day on which it holds.
    pub reference_date: Date,
}

impl Series {
    /// The newest number of the newest definition.
    #[must_use]
    pub fn latest(&self) -> Option<&Point> {
        self.versions.last()?.points.last()
    }
}

/// The dashboard of the programme office.
pub async fn board(desk: &Desk, actor: &Actor) -> Result<Vec<Series>> {
    permit(actor, UseCase::ListFigures)?;
    let known = figures::usable(desk).await?;
    let pairs = known.iter().map(|f| (&f.figure, f.hidden.as_slice()));
    Ok(series(&desk.vocabulary, pairs))
}

/// Measures whose number is one row of their table and not its total: minors among all whose age is known, routed reports with an outcome
/// among all that were routed, those who were victims before among all who came to care.
const ROWS: [(&str, &str); 3] = [
    ("minors_in_sight", super::registration::MINOR),
    ("shares_followed_up", super::signals::KNOWN),
    ("repeat_victimhood", super::care::AGAIN),
];

/// The one number that stands for a figure, wherever it stands; none when it is hidden.
#[must_use]
pub fn head(figure: &Figure, hidden: &[Vec<String>]) -> Option<u64> {
    let code = figure.measure.as_ref().map(|measure| measure.code.as_str());
    match ROWS.iter().find(|(known, _)| Some(*known) == code) {
        None => figure.head(hidden),
        Some((_, row)) => {
            let mut cells = figure.cells.iter();
            let found = cells.find(|cell| cell.labels.first().is_some_and(|l| l == row));
            found.map(|cell| cell.value)
        }
    }
}

/// Every measure, in the order of the vocabulary, with those of these figures that are values of it. When a period was told twice, the
/// first telling stands.
pub fn series<'a>(
    vocabulary: &Vocabulary,
    figures: impl Iterator<Item = (&'a Figure, &'a [Vec<String>])>,
) -> Vec<Series> {
    let mut points: BTreeMap<(String, u16, String), Point> = BTreeMap::new();
    for (figure, hidden) in figures {
        let Some(measure) = &figure.measure else {
            continue;
        };
        let key = (
            measure.code.clone(),
            measure.version,
            measure.period.clone(),
        );
        let point = Point {
            period: measure.period.clone(),
            figure: figure.id,
            head: head(figure, hidden),
            rows: figure.row_count,
            reference_date: figure.reference_date,
        };
        match points.get(&key) {
            // Identifiers carry their time: the smaller one came first.
            Some(first) if first.figure < point.figure => {}
            _ => drop(points.insert(key, point)),
        }
    }
    let mut definitions: BTreeMap<(u16, String), Vec<&Measure>> = BTreeMap::new();
    for measure in vocabulary.measures.all() {
        let newest = vocabulary.measures.newest(&measure.code);
        let order = newest.map_or(measure.facts.order, |m| m.facts.order);
        let key = (order, measure.code.to_string());
        definitions.entry(key).or_default().push(measure);
    }
    definitions
        .into_iter()
        .filter_map(|((_, code), mut versions)| {
            versions.sort_by_key(|m| m.validity.from);
            let newest = (*versions.last()?).clone();
            let versions = (1..).zip(versions).map(|(number, measure)| Version {
                number,
                measure: measure.clone(),
                points: points
                    .iter()
                    .filter(|((c, n, _), _)| *c == code && *n == number)
                    .map(|(_, point)| point.clone())
                    .collect(),
            });
            Some(Series {
                versions: versions.collect(),
                measure: newest,
            })
        })
        .collect()
}
