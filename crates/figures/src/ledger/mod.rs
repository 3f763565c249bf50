//! The release ledger: what was published before counts as known when something more is published.
//!
//! A table that is safe alone can betray a small number beside an earlier one: the year less its first half is the second half, and a
//! period counted again less its first count is who came in between. [`release`] therefore looks at everything that was told about the same
//! records as one system of sums. It hides more cells, or withholds a table or the whole release and says why, until nobody who has all of
//! it can narrow a small number down to less than the threshold. A difference of two releases is a number like any other.
//!
//! # Choices
//! * **The total comes first.** All tables of a release count the same records and have one total. It is shown by all of them or the release
//!   is withheld; no table can then give away a total that another one hides.
//! * **A period told again keeps its numbers** where the facts changed by less than the threshold: such a cell is [`Cell::Kept`].
//! * **What cannot be proved is not published.** The proof may fail where an exact solver would succeed; then a table is withheld that could
//!   have been published, never the other way round.
//! * **Which hidden cell is small is not told**, nor whether it is hidden for the table or for an earlier release: that would be news.
//!
//! Source: what statistical offices call differencing and linked tables; Hundepool et al., Statistical Disclosure Control, 2012, ch. 4 and 5.

mod attack;
mod groups;
mod hide;
mod space;
mod system;

pub use attack::{Bound, Seen, seen};
pub use groups::{Group, Groups, groups};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::table::Table;
use hide::Standing;
use space::Time;
use system::System;

/// From a first to a last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// First day.
    pub first: Date,
    /// Last day, which belongs to it.
    pub last: Date,
}

impl Span {
    pub(crate) fn holds(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    pub(crate) fn meets(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// A release as the ledger keeps it: exact, and therefore only where the records themselves are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// What it counted over.
    pub span: Span,
    /// Its tables, those that were withheld too; none when the whole release was withheld.
    pub tables: Vec<ToldTable>,
}

/// A table as it was counted, with what of it was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToldTable {
    /// Which question it answers.
    pub question: String,
    /// All cells, totals too.
    pub cells: Vec<ToldCell>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToldCell {
    /// One category per column; none is the total.
    pub at: Vec<Option<String>>,
    /// The exact count.
    pub count: u64,
    /// Whether this release published it.
    pub shown: bool,
}

/// A table that somebody wants to publish.
#[derive(Debug, Clone)]
pub struct Offered {
    /// Which question it answers; the same in every release.
    pub question: String,
    /// The counts.
    pub table: Table,
    /// For a column whose categories are periods: their spans, in order.
    pub periods: Option<(usize, Vec<Span>)>,
    /// Categories of a column whose sum another figure tells.
    pub elsewhere: Vec<(usize, Vec<String>)>,
}

/// A cell as it may be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// The count.
    Shown(u64),
    /// What an earlier release said of the same thing; it changed too little to be told again, or not at all.
    Kept(u64),
    /// Hidden.
    Hidden,
    /// Zero by definition.
    Impossible,
}

/// Why something is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Withheld {
    /// The number of records is below the threshold. A longer period may do.
    FewRecords,
    /// Beside this earlier release the difference would be below the threshold. The earlier numbers stand until more has changed.
    SmallChange {
        /// The earlier one.
        beside: Span,
    },
    /// It overlaps an earlier release without one holding the other. Whole periods that follow or hold each other can be told.
    PartlyOverlaps {
        /// The earlier one.
        beside: Span,
    },
    /// Beside the number of records behind other figures, told over this period, a small number could be worked out. Those numbers stand.
    BesideRows {
        /// The period of those.
        beside: Span,
    },
    /// A small number could be worked out, however much of the table is hidden. Fewer or coarser categories may do.
    Recoverable,
}

/// A cell with where it stands: one category per column, none for the total.
pub type Placed = (Vec<Option<String>>, Cell);

/// One table of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRelease {
    /// Which question it answers.
    pub question: String,
    /// Its cells in the order of the table, or why it is withheld.
    pub cells: Result<Vec<Placed>, Withheld>,
}

/// What may be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Table by table.
    pub tables: Vec<TableRelease>,
    /// The number of records, which every table shows.
    pub records: u64,
    /// What to keep in the ledger.
    pub told: Told,
}

/// Weighs a release beside everything that was told before about the same kind of records, oldest first.
///
/// # Errors
/// [`Withheld`] when nothing of it may be published.
pub fn release(
    span: Span,
    offered: &[Offered],
    past: &[Told],
    threshold: u64,
) -> Result<Release, Withheld> {
    let width = i64::try_from(threshold).unwrap_or(i64::MAX);
    let records = offered.first().map_or(0, |one| one.table.records());
    total(span, records, past, width)?;
    let mut out = Release {
        tables: Vec::new(),
        records,
        told: Told {
            span,
            tables: Vec::new(),
        },
    };
    for one in offered {
        let (table, told) = System::of(span, one, past, width).weighed(one, past);
        out.tables.push(table);
        out.told.tables.push(told);
    }
    Ok(out)
}

/// The categories that earlier releases had in a column of a question; a later table needs them all.
pub fn categories<'a>(past: &'a [Told], question: &str, column: usize) -> Vec<&'a str> {
    let mut out: Vec<&str> = Vec::new();
    for table in past.iter().filter_map(|told| told.table(question)) {
        for cell in &table.cells {
            if let Some(Some(category)) = cell.at.get(column)
                && !out.contains(&category.as_str())
            {
                out.push(category);
            }
        }
    }
    out
}

impl Told {
    fn table(&self, question: &str) -> Option<&ToldTable> {
        self.tables.iter().find(|table| table.question == question)
    }

    /// The number of records, when the release told it.
    fn records(&self) -> Option<u64> {
        let cells = self.tables.first()?.cells.iter();
        let mut totals = cells.filter(|cell| cell.at.iter().all(Option::is_none));
        totals.next().map(|cell| cell.count)
    }
}

impl ToldTable {
    fn cell(&self, at: &[Option<String>]) -> Option<&ToldCell> {
        self.cells.iter().find(|cell| cell.at == at)
    }
}

/// Whether the number of records may be shown.
fn total(span: Span, records: u64, past: &[Told], width: i64) -> Result<(), Withheld> {
    let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    if signed(records) < width {
        return Err(Withheld::FewRecords);
    }
    let told: Vec<(Span, u64)> = (past.iter())
        .filter_map(|told| told.records().map(|records| (told.span, records)))
        .chain([(span, records)])
        .collect();
    let spans: Vec<Span> = told.iter().map(|(span, _)| *span).collect();
    let time = Time::of(&spans).map_err(|(_, beside)| Withheld::PartlyOverlaps {
        beside: spans[beside],
    })?;
    let small = |(other, count): &&(Span, u64)| {
        (other.holds(span) || span.holds(*other))
            && (signed(*count) - signed(records)).abs() < width
    };
    if let Some((beside, _)) = told[..told.len() - 1].iter().rev().find(small) {
        return Err(Withheld::SmallChange { beside: *beside });
    }
    let counts: Vec<Vec<i64>> = told.iter().map(|(_, count)| vec![signed(*count)]).collect();
    let system = System::new(Vec::new(), time, &counts, width);
    let mut hider = system.hider();
    for node in &system.time.node {
        hider.standing[*node] = Standing::Known;
    }
    let beside = spans.iter().rev().skip(1).find(|other| span.meets(**other));
    let refused = beside.map_or(Withheld::FewRecords, |beside| Withheld::SmallChange {
        beside: *beside,
    });
    hider.run().map_err(|_| refused)
}
