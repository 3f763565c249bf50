//! What an indicator did: the first and the last number of one definition. Two definitions are never joined, and nothing is said about the cause.
//!
//! An action names its indicator by a code: that of a measure of the vocabulary, which this program counts or others publish, or that of a count
//! (`aanmeldingen`), for a figure that the office keeps itself.

use std::collections::BTreeMap;

use domain::Bilingual;
use domain::coverage::{self, Counted, Moved};
use domain::figure::Counted as Count;
use domain::vocabulary::{Measure, PublishedFigure, Vocabulary};

use crate::figures::StoredFigure;
use crate::measures;

/// Two numbers of one indicator: the first and the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Did {
    /// Title of the indicator.
    pub title: Bilingual,
    /// Who counted; none: this program or the office.
    pub by: Option<String>,
    /// Label of the first number, such as a year, and the number.
    pub first: (String, Number),
    /// Label of the last number, and the number.
    pub last: (String, Number),
    /// What can be said of the difference; none: chance has no known range here.
    pub moved: Option<Moved>,
}

/// A number of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// Something was counted: chance alone could have made it any of these.
    Count(Counted),
    /// A length of time. How chance moves it cannot be told from the number alone.
    Days(u64),
}

/// What the indicator with this code did; none when there are not two numbers of it.
pub(super) fn did(vocabulary: &Vocabulary, figures: &[StoredFigure], code: &str) -> Option<Did> {
    match vocabulary.measures.called(code) {
        Some(measure) => of_measure(vocabulary, figures, measure.code.as_str()),
        None => of_count(figures, code),
    }
}

/// The newest definition of a measure: what was counted here, else what others published.
fn of_measure(vocabulary: &Vocabulary, figures: &[StoredFigure], code: &str) -> Option<Did> {
    let pairs = figures.iter().map(|f| (&f.figure, f.hidden.as_slice()));
    let series = measures::series(vocabulary, pairs)
        .into_iter()
        .find(|series| series.measure.code.as_str() == code)?;
    let own = series.versions.last().map(|version| {
        let points = version.points.iter();
        points
            .filter_map(|point| Some((point.period.clone(), point.head?)))
            .collect::<Vec<_>>()
    });
    let counted = series.measure.facts.counted;
    let (numbers, by) = match own.filter(|points| points.len() > 1) {
        Some(points) => (counts(points, counted), None),
        None => published(vocabulary, &series.measure)?,
    };
    let title = Bilingual::new(&series.measure.label.nl, &series.measure.label.en);
    between(title, by, &numbers)
}

type Told = (Vec<(String, Number)>, Option<String>);

/// Numbers as they were counted, each with the range of chance.
fn counts(numbers: Vec<(String, u64)>, counted: Count) -> Vec<(String, Number)> {
    let number = |value: u64| match counted {
        Count::Dagen => Number::Days(value),
        _ => Number::Count(coverage::by_chance(value)),
    };
    let numbers = numbers.into_iter();
    numbers
        .map(|(label, value)| (label, number(value)))
        .collect()
}

/// What others published of it, year by year, with the names of those who did.
fn published(vocabulary: &Vocabulary, measure: &Measure) -> Option<Told> {
    let all = vocabulary.published_figures.all().iter();
    let of_it = all.filter(|one| one.facts.measure == measure.code);
    let years: BTreeMap<u16, _> = of_it.map(|one| (one.facts.year, one)).collect();
    let (first, last) = (years.values().next()?, years.values().next_back()?);
    let mut names = vec![first.facts.publisher.clone()];
    if last.facts.publisher != first.facts.publisher {
        names.push(last.facts.publisher.clone());
    }
    let number = |one: &PublishedFigure| {
        let value = u64::from(one.facts.value);
        // An estimate has bounds of its own, which are wider than those of chance.
        match (one.facts.between, measure.facts.counted) {
            (Some((low, high)), _) => Number::Count(Counted {
                value,
                low: u64::from(low),
                high: u64::from(high),
            }),
            (None, Count::Dagen) => Number::Days(value),
            (None, _) => Number::Count(coverage::by_chance(value)),
        }
    };
    let numbers = years
        .values()
        .map(|one| (one.facts.period(), number(one)))
        .collect();
    Some((numbers, Some(names.join("; "))))
}

/// The newest usable figure of the office that counts this over years and nothing else: one count, one definition, one figure.
fn of_count(figures: &[StoredFigure], code: &str) -> Option<Did> {
    let fits = |figure: &&StoredFigure| {
        let counted = serde_json::to_value(figure.figure.counted).ok();
        counted.is_some_and(|value| value.as_str() == Some(code))
    };
    let is_year = |label: &str| label.len() == 4 && label.bytes().all(|b| b.is_ascii_digit());
    let mut fitting: Vec<&StoredFigure> = figures.iter().filter(fits).collect();
    fitting.sort_by_key(|figure| std::cmp::Reverse(figure.figure.reference_date));
    fitting.into_iter().find_map(|stored| {
        let figure = &stored.figure;
        let over_years = |cell: &domain::figure::Cell| cell.labels.iter().all(|l| is_year(l));
        if figure.dimensions.len() != 1 || !figure.cells.iter().all(over_years) {
            return None;
        }
        let shown = |labels: &Vec<String>| !stored.hidden.contains(labels);
        let mut years: Vec<(String, u64)> = figure
            .cells
            .iter()
            .filter(|cell| shown(&cell.labels))
            .filter_map(|cell| Some((cell.labels.first()?.clone(), cell.value)))
            .collect();
        years.sort();
        let numbers = counts(years, figure.counted);
        between(figure.title.clone(), None, &numbers)
    })
}

fn between(title: Bilingual, by: Option<String>, numbers: &[(String, Number)]) -> Option<Did> {
    let (first, last) = (numbers.first()?, numbers.last()?);
    if first.0 == last.0 {
        return None;
    }
    let (before, after) = (first.1, last.1);
    let moved = match (before, after) {
        (Number::Count(before), Number::Count(after)) => Some(coverage::moved(before, after)),
        _ => None,
    };
    Some(Did {
        title,
        by,
        first: (first.0.clone(), before),
        last: (last.0.clone(), after),
        moved,
    })
}
