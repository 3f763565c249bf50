//! What the programme measures, and the figures that others published: each with one definition, in versions that never make one line.

use serde::Serialize;

use super::code::Code;
use super::entry::{Entry, Facts, Label};
use super::list::List;
use super::organisations::CompartmentFacts;
use super::row::Row;
use crate::figure::Counted;

/// What is measured (in the letter: indicator).
pub type Measure = Entry<MeasureFacts>;
/// The code of a [`Measure`].
pub type MeasureCode = Code<MeasureFacts>;
/// A figure that somebody else published about one period.
pub type PublishedFigure = Entry<PublishedFigureFacts>;

/// One definition of a measure. A change of definition is a new entry with the same code that is valid from a day: the series breaks there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MeasureFacts {
    /// Place in lists.
    pub order: u16,
    /// What exactly is counted.
    pub definition: Label,
    /// Which of the counts that never mix it is.
    pub counted: Counted,
    /// The unit.
    pub unit: Label,
    /// The compartment that counts it for itself; none for what others publish or nobody measures.
    pub compartment: Option<Code<CompartmentFacts>>,
    /// How it is counted, in words.
    pub query: Label,
    /// The function that counts it.
    pub function: Option<String>,
    /// Why there is no number yet; then there is none, ever.
    pub not_measured: Option<Label>,
    /// What changed with this version of the definition.
    pub change: Option<Label>,
    /// The code that it had before. Addresses and actions that still bear it mean this measure.
    pub former: Option<String>,
}

/// What is known about a published figure. They are facts of public record, and each names where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublishedFigureFacts {
    /// Of which measure.
    pub measure: Code<MeasureFacts>,
    /// About which year; of a number that is told of several years at once, the last.
    pub year: u16,
    /// The first of several years; none when it is about one.
    pub first_year: Option<u16>,
    /// The number. Of several years: for each of them.
    pub value: u16,
    /// Between which numbers it lies, as published; none for a count.
    pub between: Option<(u16, u16)>,
    /// What to know of it.
    pub note: Option<Label>,
    /// The publication has shares only; the number was computed from them.
    pub computed: bool,
    /// Who published it.
    pub publisher: String,
    /// Address of the publication.
    pub link: String,
}

impl PublishedFigureFacts {
    /// The year, or the first and the last: `2018–2019`.
    #[must_use]
    pub fn period(&self) -> String {
        match self.first_year {
            Some(first) => format!("{first}–{}", self.year),
            None => self.year.to_string(),
        }
    }
}

const COUNTS: &[(&str, Counted)] = &[
    ("aanmeldingen", Counted::Aanmeldingen),
    ("slachtoffers", Counted::Slachtoffers),
    ("meldingen", Counted::Meldingen),
    ("verdachten", Counted::Verdachten),
    ("plaatsingen", Counted::Plaatsingen),
    ("dagen", Counted::Dagen),
    ("anders", Counted::Anders),
];

impl Facts for MeasureFacts {
    const LIST: &'static str = "measures";

    fn read(row: &mut Row<'_>) -> Self {
        let facts = Self {
            order: row.number("order"),
            definition: row.label_named("definition"),
            counted: row.choice("counted", COUNTS, Counted::Anders),
            unit: row.label_named("unit"),
            compartment: row.reference_or_none("compartment"),
            query: row.label_named("query"),
            function: row.text_or_none("function"),
            not_measured: maybe(row, "not_measured"),
            change: maybe(row, "change"),
            former: row.text_or_none("former"),
        };
        if facts.function.is_some() && facts.not_measured.is_some() {
            row.inconsistent(
                "a measure with a `function` is measured; remove `not_measured` or the function",
            );
        }
        if facts.function.is_some() && facts.compartment.is_none() {
            row.inconsistent(
                "who counts? a `function` needs the `compartment` whose records it counts",
            );
        }
        facts
    }
}

impl List<MeasureFacts> {
    /// The newest definition of the measure that has this code, or had it before.
    pub fn called(&self, code: &str) -> Option<&Entry<MeasureFacts>> {
        let versions = || self.all().iter().rev();
        let now = versions().find(|measure| measure.code.as_str() == code);
        now.or_else(|| versions().find(|measure| measure.facts.former.as_deref() == Some(code)))
    }
}

/// A text in both languages that may be missing as a whole.
fn maybe(row: &mut Row<'_>, name: &str) -> Option<Label> {
    row.has(&format!("{name}_nl"))
        .then(|| row.label_named(name))
}

impl Facts for PublishedFigureFacts {
    const LIST: &'static str = "published_figures";

    fn read(row: &mut Row<'_>) -> Self {
        let (year, value) = (row.number("year"), row.number("value"));
        let first_year = row.number_or_none("first_year");
        if first_year.is_some_and(|first| first >= year) {
            row.inconsistent(
                "`first_year` comes before `year`; leave it out for a number of one year",
            );
        }
        let between = match (row.number_or_none("low"), row.number_or_none("high")) {
            (None, None) => None,
            (Some(low), Some(high)) if low <= value && value <= high => Some((low, high)),
            _ => {
                row.inconsistent(
                    "an estimate has both `low` and `high`, and `value` lies between them",
                );
                None
            }
        };
        Self {
            measure: row.reference("measure"),
            year,
            first_year,
            value,
            between,
            note: maybe(row, "note"),
            computed: row.yes_or("computed", false),
            publisher: row.text("publisher"),
            link: row.text("link"),
        }
    }
}
