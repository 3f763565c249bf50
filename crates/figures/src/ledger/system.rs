//! All tables of one question that were or would be published, as one system of sums, and what is shown of the newest.

use super::hide::{Hider, Standing};
use super::space::{Axis, Space, Time};
use super::{Cell, Offered, Span, TableRelease, Told, ToldCell, ToldTable, Withheld};
use crate::table::Table;

/// The tables of one question over time, as one system of sums.
pub(super) struct System {
    space: Space,
    pub(super) time: Time,
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
    pub(super) fn new(mut axes: Vec<Axis>, time: Time, counts: &[Vec<i64>], width: i64) -> Self {
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

    pub(super) fn of(span: Span, offered: &Offered, past: &[Told], width: i64) -> Self {
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

    pub(super) fn hider(&self) -> Hider<'_> {
        Hider {
            space: &self.space,
            values: &self.values,
            standing: vec![Standing::Free; self.space.cells()],
            floors: self.floors.clone(),
            width: self.width,
            least: 0,
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

    pub(super) fn weighed(&self, offered: &Offered, past: &[Told]) -> (TableRelease, ToldTable) {
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
