//! Open figures: what anybody may see, without an account. Only closed periods of editions that were sent to the Chamber, and what others
//! published. A live figure would undo the protection: who sees a number change sees who came.

use domain::edition::{Edition, EditionState};
use domain::figure::Figure;
use domain::vocabulary::{Label, Lang as Words, Measure, Vocabulary};
use jiff::civil::Date;
use letter::model::{self, PictureKind};
use letter::{Lang, drawing};

pub use letter::model::{Cell, Row};

use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;
use crate::letter::{StoredEdition, picture};
use crate::measures::{self, Series};

/// All open figures.
#[derive(Debug, Clone)]
pub struct Open {
    /// The measures, in order.
    pub measures: Vec<OpenMeasure>,
    /// The editions that were sent, newest first.
    pub editions: Vec<OpenEdition>,
}

/// A measure as anybody may see it.
#[derive(Debug, Clone)]
pub struct OpenMeasure {
    /// The newest definition.
    pub measure: Measure,
    /// Its lines: one for each definition that has numbers, and what others published.
    pub tables: Vec<OpenTable>,
    /// The publications behind what others counted.
    pub sources: Vec<OpenSource>,
}

/// A table with its picture.
#[derive(Debug, Clone)]
pub struct OpenTable {
    /// The table; its definition, unit, source and date are in it.
    pub figure: model::Figure,
    /// Version of the definition, from 1.
    pub version: u16,
    /// What changed with this version.
    pub change: Option<String>,
    /// The picture, when one fits.
    pub svg: Option<String>,
}

/// A publication of somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSource {
    /// Which year's number it holds: `2019`, or `2018–2019` for a number told of several at once.
    pub period: String,
    /// The last year.
    pub year: u16,
    /// The number.
    pub value: u16,
    /// Between which numbers it lies: it is an estimate.
    pub between: Option<(u16, u16)>,
    /// What to know of it.
    pub note: Option<Label>,
    /// Who published it.
    pub publisher: String,
    /// Where.
    pub link: String,
    /// Computed from published shares.
    pub computed: bool,
}

/// An edition that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenEdition {
    /// Its name.
    pub name: String,
    /// What it is about.
    pub subject: String,
    /// When it was sent.
    pub sent: Date,
    /// Its Kamerstuk, once known.
    pub kamerstuk: Option<String>,
    /// How many figures it brought.
    pub figures: usize,
    /// How many corrections it has.
    pub errata: usize,
}

/// Everything that is open, with labels in a language.
pub async fn read(desk: &Desk, lang: Lang) -> Result<Open> {
    permit(&Actor::Public, UseCase::ReadOpenFigures)?;
    let found = desk.vault.load_all::<StoredEdition>(&["sent"]).await?;
    let mut editions: Vec<Edition> = found.into_iter().map(|e| e.body.0).collect();
    editions.sort_by_key(|e| std::cmp::Reverse(e.name));
    let snapshots = editions.iter().filter_map(Edition::snapshot);
    let figures: Vec<&Figure> = snapshots.flat_map(|s| &s.figures).collect();
    let series = measures::series(&desk.vocabulary, figures.iter().map(|f| (*f, &[][..])));
    let measures = series
        .iter()
        .map(|one| measure(&desk.vocabulary, one, desk.settings.made_up, lang))
        .collect();
    Ok(Open {
        measures,
        editions: editions.iter().filter_map(edition).collect(),
    })
}

fn edition(edition: &Edition) -> Option<OpenEdition> {
    let EditionState::Sent {
        snapshot,
        on,
        kamerstuk,
    } = edition.state()
    else {
        return None;
    };
    let subject = edition.content().subject.as_ref();
    Some(OpenEdition {
        name: edition.name.to_string(),
        subject: subject.map_or_else(
            || "Voortgang actieplan Samen tegen mensenhandel".to_owned(),
            |s| s.as_str().to_owned(),
        ),
        sent: *on,
        kamerstuk: kamerstuk.clone(),
        figures: snapshot.figures.len(),
        errata: edition.errata().len(),
    })
}

fn words(lang: Lang) -> Words {
    match lang {
        Lang::Nl => Words::Nl,
        Lang::En => Words::En,
    }
}

fn measure(vocabulary: &Vocabulary, series: &Series, made_up: bool, lang: Lang) -> OpenMeasure {
    let measure = &series.measure;
    let sources = sources(vocabulary, measure);
    let counted = series.versions.iter().filter(|v| !v.points.is_empty());
    let mut tables: Vec<OpenTable> = counted
        .map(|version| {
            let rows = version.points.iter().map(|point| {
                let cell = point.head.map_or(Cell::Suppressed, Cell::Value);
                Row::new(point.period.clone(), vec![cell])
            });
            let source = match (made_up, lang) {
                (false, _) => "Samen".to_owned(),
                (true, Lang::Nl) => "Samen (verzonnen gegevens)".to_owned(),
                (true, Lang::En) => "Samen (made-up data)".to_owned(),
            };
            let date = version.points.last().map(|point| point.reference_date);
            let figure = figure(&version.measure, rows.collect(), source, date, lang);
            let change = version.measure.facts.change.as_ref();
            table(
                figure,
                version.number,
                change.map(|c| c.in_language(words(lang)).to_owned()),
                lang,
            )
        })
        .collect();
    if let Some(last) = sources.last() {
        let estimated = sources.iter().any(|one| one.between.is_some());
        let rows = sources.iter().map(|one| {
            let mut cells = vec![Cell::Value(u64::from(one.value))];
            if estimated {
                let bound = |edge: Option<u16>| {
                    edge.map_or_else(
                        || Cell::Text("–".to_owned()),
                        |edge| Cell::Value(u64::from(edge)),
                    )
                };
                cells.push(bound(one.between.map(|(low, _)| low)));
                cells.push(bound(one.between.map(|(_, high)| high)));
            }
            Row::new(one.period.clone(), cells)
        });
        let mut names: Vec<&str> = sources.iter().map(|s| s.publisher.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let date = Date::new(i16::try_from(last.year).unwrap_or(1), 12, 31).ok();
        let mut figure = figure(measure, rows.collect(), names.join("; "), date, lang);
        if estimated {
            let columns = match lang {
                Lang::Nl => ["schatting", "ondergrens", "bovengrens"],
                Lang::En => ["estimate", "lower bound", "upper bound"],
            };
            figure.columns = columns.map(str::to_owned).to_vec();
        }
        tables.push(table(figure, 1, None, lang));
    }
    OpenMeasure {
        measure: measure.clone(),
        tables,
        sources,
    }
}

fn sources(vocabulary: &Vocabulary, measure: &Measure) -> Vec<OpenSource> {
    let mut all: Vec<OpenSource> = vocabulary
        .published_figures
        .all()
        .iter()
        .filter(|one| one.facts.measure == measure.code)
        .map(|one| OpenSource {
            period: one.facts.period(),
            year: one.facts.year,
            value: one.facts.value,
            between: one.facts.between,
            note: one.facts.note.clone(),
            publisher: one.facts.publisher.clone(),
            link: one.facts.link.clone(),
            computed: one.facts.computed,
        })
        .collect();
    all.sort_by_key(|one| one.year);
    all
}

fn figure(
    measure: &Measure,
    rows: Vec<Row>,
    source: String,
    reference_date: Option<Date>,
    lang: Lang,
) -> model::Figure {
    let (facts, words) = (&measure.facts, words(lang));
    let unit = facts.unit.in_language(words).to_owned();
    model::Figure {
        id: measure.code.to_string(),
        title: measure.label(words).to_owned(),
        definition: facts.definition.in_language(words).to_owned(),
        unit: model::Unit::Other(unit.clone()),
        source,
        reference_date,
        row_label: match lang {
            Lang::Nl => "Periode".to_owned(),
            Lang::En => "Period".to_owned(),
        },
        columns: vec![unit],
        rows,
        picture: None,
    }
}

/// With its picture: a line, or bars when a year is missing in between, so that no line runs over years of which nothing is known.
fn table(figure: model::Figure, version: u16, change: Option<String>, lang: Lang) -> OpenTable {
    let kind = match has_gap(&figure) {
        true => PictureKind::Bar,
        false => PictureKind::Line,
    };
    let drawn = letter::drawable(&figure, kind);
    let alt = drawn
        .then(|| picture::describe(&figure, kind, lang))
        .flatten();
    let id = format!("picture-{}-{version}", figure.id.replace('_', "-"));
    let svg = alt.map(|alt| drawing(&figure, kind, &id, &alt, lang));
    OpenTable {
        figure,
        version,
        change,
        svg,
    }
}

fn has_gap(figure: &model::Figure) -> bool {
    // Of several years at once: no line runs from one such number to the next.
    if figure.rows.iter().any(|row| row.label.contains('–')) {
        return true;
    }
    let years = figure
        .rows
        .iter()
        .filter_map(|row| row.label.parse::<i32>().ok());
    let years: Vec<i32> = years.collect();
    years
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if b - a != 1))
}
