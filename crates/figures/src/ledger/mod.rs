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
mod hide;
mod space;

pub use attack::{Bound, Seen, seen};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::table::Table;
use hide::{Hider, Standing};
use space::{Axis, Space, Time};

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
    /// A small number could be worked out, however much of the table is hidden. Fewer or coarser categories may do.
    Recoverable,
}

/// One table of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRelease {
    /// Which question it answers.
    pub question: String,
    /// Its cells in the order of the table, or why it is withheld.
    pub cells: Result<Vec<(Vec<Option<String>>, Cell)>, Withheld>,
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

/// The tables of one question over time, as one system of sums.
struct System {
    space: Space,
    time: Time,
    values: Vec<i64>,
    floors: Vec<Option<i64>>,
    width: i64,
    /// Which cells everybody knows for another reason than a release.
    known: Vec<usize>,
    /// Positions in the past of the releases that are on the time axis; the offered one comes after them.
    releases: Vec<usize>,
    /// What the offered one counts over.
    span: Option<Span>,
}

impl System {
    /// `counts`: of each release every inner cell, in the order of the atoms.
    fn new(mut axes: Vec<Axis>, time: Time, counts: &[Vec<i64>], width: i64) -> Self {
        axes.push(time.axis.clone());
        let space = Space::new(axes);
        let releases = counts.len();
        let atoms: Vec<(Vec<usize>, i64)> = (space.atoms().into_iter().enumerate())
            .map(|(n, atom)| {
                // Time is the last axis: it runs fastest.
                let (inner, release) = (n / releases, n % releases);
                let told: i64 = time.inside[release].iter().map(|r| counts[*r][inner]).sum();
                (atom, counts[release][inner] - told)
            })
            .collect();
        let values = space.sums(&atoms);
        let floors = (0..space.cells())
            .map(|cell| {
                let mut nodes = space.nodes_of(cell);
                let at = nodes.pop().unwrap_or_default();
                let is_inner = space
                    .axes()
                    .iter()
                    .zip(&nodes)
                    .all(|(axis, node)| *node < axis.leaves());
                match (time.node.contains(&at), at < time.axis.leaves()) {
                    (true, _) if is_inner => Some(0),
                    (false, true) if is_inner => Some(values[cell].min(0)),
                    _ => None,
                }
            })
            .collect();
        Self {
            space,
            time,
            values,
            floors,
            width,
            known: Vec::new(),
            releases: Vec::new(),
            span: None,
        }
    }

    fn of(span: Span, offered: &Offered, past: &[Told], width: i64) -> Self {
        let known: Vec<(usize, &Told, &ToldTable)> = (past.iter().enumerate())
            .filter_map(|(n, told)| Some((n, told, told.table(&offered.question)?)))
            .collect();
        let spans: Vec<Span> = known
            .iter()
            .map(|(_, told, _)| told.span)
            .chain([span])
            .collect();
        // Overlaps in part were refused with the total, over the same releases and more.
        let time = Time::of(&spans).unwrap_or_else(|_| Time {
            axis: Axis::new(spans.len()),
            node: (0..spans.len()).collect(),
            inside: vec![Vec::new(); spans.len()],
        });
        let table = &offered.table;
        let inner: Vec<usize> = (0..table.grid.cells())
            .filter(|cell| table.grid.is_inner(*cell))
            .collect();
        let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let mut counts: Vec<Vec<i64>> = (known.iter())
            .map(|(_, _, told)| {
                let count = |cell: &usize| told.cell(&names(table, *cell)).map_or(0, |c| c.count);
                inner.iter().map(|cell| signed(count(cell))).collect()
            })
            .collect();
        counts.push(
            inner
                .iter()
                .map(|cell| signed(table.counts[*cell]))
                .collect(),
        );
        let guarded: Vec<Span> = past.iter().map(|told| told.span).collect();
        let mut system = Self::new(axes(offered, &guarded), time, &counts, width);
        system.releases = known.iter().map(|(n, _, _)| *n).collect();
        system.span = Some(span);
        system.known = system.known_otherwise(offered, &spans);
        system
    }

    fn hider(&self) -> Hider<'_> {
        Hider {
            space: &self.space,
            values: &self.values,
            standing: vec![Standing::Free; self.space.cells()],
            floors: self.floors.clone(),
            width: self.width,
        }
    }

    /// Cells that are zero by definition, and sums that another figure tells.
    fn known_otherwise(&self, offered: &Offered, spans: &[Span]) -> Vec<usize> {
        let table = &offered.table;
        let is_impossible = |atom: &[usize]| {
            let (category, release) = atom.split_at(atom.len() - 1);
            let outside = offered.periods.as_ref().is_some_and(|(column, periods)| {
                let period = periods.get(category[*column]);
                period.is_some_and(|period| !spans[release[0]].meets(*period))
            });
            outside || table.impossible[table.grid.index(category)]
        };
        let mut possible = vec![false; self.space.cells()];
        for atom in self
            .space
            .atoms()
            .iter()
            .filter(|atom| !is_impossible(atom))
        {
            for (cell, _) in self.space.holding(atom) {
                possible[cell] = true;
            }
        }
        let mut known: Vec<usize> = (0..possible.len())
            .filter(|cell| !possible[*cell])
            .collect();
        let told = |time: usize, nodes: &[usize]| {
            (self.time.axis.leaves_of(time)).all(|leaf| {
                let mut at = nodes.to_vec();
                at.push(leaf);
                self.values[self.space.index(&at)] >= self.width
            })
        };
        for (column, categories) in &offered.elsewhere {
            let Some(group) = node_of(&self.space.axes()[*column], table, *column, categories)
            else {
                continue;
            };
            let mut nodes: Vec<usize> = (0..self.space.axes().len() - 1)
                .map(|n| total_of(&self.space.axes()[n]))
                .collect();
            nodes[*column] = group;
            for time in (0..self.time.axis.nodes()).filter(|time| told(*time, &nodes)) {
                let mut at = nodes.clone();
                at.push(time);
                known.push(self.space.index(&at));
            }
        }
        known
    }

    /// The cell of the space for one of the table at a release; releases count from the oldest.
    fn cell(&self, table: &Table, cell: usize, release: usize) -> usize {
        let mut nodes: Vec<usize> = (0..table.grid.dimensions())
            .map(|k| match table.grid.is_total(cell, k) {
                true => total_of(&self.space.axes()[k]),
                false => table.grid.coordinate(cell, k),
            })
            .collect();
        nodes.push(self.time.node[release]);
        self.space.index(&nodes)
    }

    fn weighed(&self, offered: &Offered, past: &[Told]) -> (TableRelease, ToldTable) {
        let table = &offered.table;
        let cells = 0..table.grid.cells();
        let newest = self.releases.len();
        let mut hider = self.hider();
        for cell in cells.clone() {
            hider.standing[self.cell(table, cell, newest)] = Standing::Offered;
        }
        for (release, n) in self.releases.iter().enumerate() {
            let told = past[*n].table(&offered.question);
            for cell in cells.clone() {
                let found = told.and_then(|told| told.cell(&names(table, cell)));
                if found.is_some_and(|found| found.shown) {
                    hider.standing[self.cell(table, cell, release)] = Standing::Known;
                }
            }
        }
        // The totals of all releases that told anything are known, of this one too.
        for release in 0..=newest {
            hider.standing[self.cell(table, table.grid.grand_total(), release)] = Standing::Known;
        }
        for cell in &self.known {
            hider.standing[*cell] = Standing::Known;
        }
        let safe = hider.run().is_ok();
        let is_total = |cell: usize| cell == table.grid.grand_total();
        let shown = |cell: usize| {
            let stands = hider.standing[self.cell(table, cell, newest)] != Standing::Free;
            is_total(cell) || safe && stands && !table.impossible[cell]
        };
        let told = ToldTable {
            question: offered.question.clone(),
            cells: (cells.clone())
                .map(|cell| ToldCell {
                    at: names(table, cell),
                    count: table.counts[cell],
                    shown: shown(cell),
                })
                .collect(),
        };
        let as_published = |cell: usize| match () {
            () if table.impossible[cell] => Cell::Impossible,
            () if shown(cell) => Cell::Shown(table.counts[cell]),
            () => self
                .kept(offered, past, cell)
                .map_or(Cell::Hidden, Cell::Kept),
        };
        let published = cells.map(|cell| (names(table, cell), as_published(cell)));
        let release = TableRelease {
            question: offered.question.clone(),
            cells: match safe {
                true => Ok(published.collect()),
                false => Err(Withheld::Recoverable),
            },
        };
        (release, told)
    }

    /// What the last release before said of the same slice: of the same period, or of a period in a column that both hold.
    fn kept(&self, offered: &Offered, past: &[Told], cell: usize) -> Option<u64> {
        let (table, at) = (&offered.table, names(&offered.table, cell));
        let spans = self.releases.iter().map(|n| past[*n].span);
        let span = self.span;
        let slice = offered.periods.as_ref().and_then(|(column, periods)| {
            periods.get(table.grid.coordinate(cell, *column)).copied()
        });
        let same =
            |other: &Span| Some(*other) == span || slice.is_some_and(|slice| other.holds(slice));
        let mut tables = (self.releases.iter().zip(spans).rev())
            .filter(|(_, other)| same(other))
            .filter_map(|(n, _)| past[*n].table(&offered.question)?.cell(&at));
        tables.find(|cell| cell.shown).map(|cell| cell.count)
    }
}

fn axes(offered: &Offered, guarded: &[Span]) -> Vec<Axis> {
    let table = &offered.table;
    let sizes = table.dimensions.iter().map(|d| d.categories.len());
    let mut axes: Vec<Axis> = sizes
        .map(|leaves| {
            let mut axis = Axis::new(leaves);
            axis.add(vec![true; leaves]);
            axis
        })
        .collect();
    if let Some((column, periods)) = &offered.periods {
        for span in guarded {
            let inside: Vec<bool> = periods.iter().map(|period| span.holds(*period)).collect();
            if inside.contains(&true) && inside.contains(&false) {
                axes[*column].add(inside.iter().map(|inside| !inside).collect());
                axes[*column].add(inside);
            }
        }
    }
    for (column, categories) in &offered.elsewhere {
        let own = &table.dimensions[*column].categories;
        axes[*column].add(own.iter().map(|name| categories.contains(name)).collect());
    }
    axes
}

fn node_of(axis: &Axis, table: &Table, column: usize, categories: &[String]) -> Option<usize> {
    let own = &table.dimensions[column].categories;
    (0..axis.nodes()).find(|node| {
        let mut leaves = own.iter().enumerate();
        leaves.all(|(leaf, name)| axis.has(*node, leaf) == categories.contains(name))
    })
}

/// The node with every leaf.
fn total_of(axis: &Axis) -> usize {
    let all = |node: &usize| (0..axis.leaves()).all(|leaf| axis.has(*node, leaf));
    (0..axis.nodes()).find(all).unwrap_or_default()
}

fn names(table: &Table, cell: usize) -> Vec<Option<String>> {
    let category = |(k, dimension): (usize, &crate::Dimension)| {
        dimension
            .categories
            .get(table.grid.coordinate(cell, k))
            .cloned()
    };
    table.dimensions.iter().enumerate().map(category).collect()
}
