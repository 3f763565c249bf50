//! Which cells to hide.
//!
//! Primary: cells below the threshold. Secondary: for each of those, further cells, so that hidden numbers can move
//! without any published number noticing.
//!
//! The proof per cell is built from *boxes*: pick one other coordinate in every dimension (a category or the total).
//! Adding δ to a corner, and taking it off or adding it at the other corners by turns, keeps every sum of the table: along
//! a dimension between two categories the sign turns, between a category and the total it stays. If all corners are hidden
//! and none falls below zero, the moved table agrees with everything published. Moves follow each other, downwards from the
//! true table and upwards from it; the two ends are tables of whole numbers that an attacker cannot tell from the true one,
//! so that the distance between them is a lower bound of what nobody can know about the cell. It holds in any number of
//! dimensions and for whole numbers (a linear programme's interval can hide that only one whole number fits).
//! The box is that of the hypercube method of statistical offices (Giessing and Repsilber, Tools and Strategies to Protect
//! Multiple Tables with the GHQUAR Cell Suppression Engine, 2002).
//!
//! A way out always exists: between an inner cell and all totals above it every corner moves the same way, upwards
//! without end.

use std::collections::HashMap;

use crate::grid::Grid;
use crate::publish::{Protected, Published};
use crate::table::Table;

/// What to do with zeros that are not impossible by definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zeros {
    /// A zero is a small cell and hidden like one.
    #[default]
    Hidden,
    /// Zeros are published: somebody has judged that "nobody in this group" harms no one.
    Shown,
}

/// How to protect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Protection {
    /// Cells below this are hidden, and nobody can narrow one down to an interval shorter than this; a cell hidden for
    /// another's sake cannot be known exactly.
    pub threshold: u64,
    /// What to do with zeros.
    pub zeros: Zeros,
}

impl Default for Protection {
    /// Under ten, zeros included.
    fn default() -> Self {
        Self {
            threshold: 10,
            zeros: Zeros::Hidden,
        }
    }
}

/// Hides small cells and as many others as it takes.
pub fn protect(table: &Table, protection: Protection) -> Protected {
    let mut hider = Hider {
        grid: &table.grid,
        counts: &table.counts,
        hidden: vec![false; table.grid.cells()],
        fixed: fixed(table, protection),
        width: protection.threshold,
    };
    for cell in 0..table.grid.cells() {
        hider.hidden[cell] = !hider.fixed[cell] && table.counts[cell] < protection.threshold;
    }
    // Smallest first: what is hidden for them is often enough for the others.
    let mut primary: Vec<_> = (0..table.grid.cells())
        .filter(|cell| hider.hidden[*cell])
        .collect();
    primary.sort_by_key(|cell| table.counts[*cell]);
    for cell in primary {
        hider.make_safe(cell);
    }
    let cells = (0..table.grid.cells())
        .map(|cell| match () {
            () if hider.hidden[cell] => Published::Hidden,
            () if table.impossible[cell] => Published::Impossible,
            () => Published::Shown(table.counts[cell]),
        })
        .collect();
    Protected::new(table, protection, cells)
}

/// Cells that everybody knows and that therefore cannot move.
fn fixed(table: &Table, protection: Protection) -> Vec<bool> {
    (0..table.grid.cells())
        .map(|cell| {
            let shown_zero = protection.zeros == Zeros::Shown && table.counts[cell] == 0;
            table.impossible[cell] || shown_zero
        })
        .collect()
}

struct Hider<'a> {
    grid: &'a Grid,
    counts: &'a [u64],
    hidden: Vec<bool>,
    fixed: Vec<bool>,
    width: u64,
}

/// Which way the cell under proof is moved, and with which corners.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Move {
    /// Down, over corners that are hidden already.
    Down,
    /// Up, hiding what it takes.
    Up,
}

/// A table on its way from the true one: only what differs.
struct Moved<'a> {
    counts: &'a [u64],
    changed: HashMap<usize, u64>,
}

impl Moved<'_> {
    fn at(&self, cell: usize) -> u64 {
        self.changed
            .get(&cell)
            .copied()
            .unwrap_or(self.counts[cell])
    }

    fn apply(&mut self, corners: &Corners, way: Move, by: u64) {
        for (cell, along) in &corners.cells {
            let now = self.at(*cell);
            let rises = (way == Move::Up) == *along;
            let then = if rises {
                now.saturating_add(by)
            } else {
                now.saturating_sub(by)
            };
            self.changed.insert(*cell, then);
        }
    }
}

/// A box under construction: its corners so far, and whether each moves along with the first or against it.
#[derive(Clone)]
struct Corners {
    cells: Vec<(usize, bool)>,
    /// How far it can be moved: the smallest corner that falls; without one, without end.
    gain: u64,
    /// What hiding the corners costs that are still visible: their counts, and one for each.
    cost: u64,
}

impl Corners {
    /// Whether the cost per unit of what is needed is lower; at the same price, whether it goes farther.
    fn is_better(&self, other: &Self, need: u64) -> bool {
        let (own, others) = (self.gain.min(need), other.gain.min(need));
        let (price, other_price) = (
            u128::from(self.cost) * u128::from(others),
            u128::from(other.cost) * u128::from(own),
        );
        price < other_price || price == other_price && own > others
    }
}

/// What a box is looked for.
struct Wanted<'a> {
    way: Move,
    table: &'a Moved<'a>,
    need: u64,
}

impl<'a> Hider<'a> {
    fn make_safe(&mut self, cell: usize) {
        let mut need = self.width;
        for way in [Move::Down, Move::Up] {
            let mut table = Moved {
                counts: self.counts,
                changed: HashMap::new(),
            };
            while need > 0
                && let Some(corners) = self.best(
                    cell,
                    &Wanted {
                        way,
                        table: &table,
                        need,
                    },
                )
            {
                let by = corners.gain.min(need);
                table.apply(&corners, way, by);
                need -= by;
                for (corner, _) in corners.cells {
                    self.hidden[corner] = true;
                }
            }
        }
    }

    /// The best box for a move; upwards there always is one.
    fn best(&self, cell: usize, wanted: &Wanted<'_>) -> Option<Corners> {
        let mut best = (wanted.way == Move::Up).then(|| self.with_all_totals(cell));
        let gain = if wanted.way == Move::Down {
            wanted.table.at(cell)
        } else {
            u64::MAX
        };
        if gain > 0 {
            let start = Corners {
                cells: vec![(cell, true)],
                gain,
                cost: 0,
            };
            self.search(0, &start, wanted, &mut best);
        }
        best
    }

    /// Depth-first over the dimensions; a box only gets dearer and moves less far, so that hopeless ones are left early.
    fn search(
        &self,
        dimension: usize,
        corners: &Corners,
        wanted: &Wanted<'_>,
        best: &mut Option<Corners>,
    ) {
        if best
            .as_ref()
            .is_some_and(|best| !corners.is_better(best, wanted.need))
        {
            return;
        }
        if dimension == self.grid.dimensions() {
            *best = Some(corners.clone());
            return;
        }
        let (start, _) = corners.cells[0];
        for to in self.grid.coordinates(dimension) {
            if to != self.grid.coordinate(start, dimension)
                && let Some(wider) = self.extended(corners, dimension, to, wanted)
            {
                self.search(dimension + 1, &wider, wanted, best);
            }
        }
    }

    /// The box doubled along a dimension, unless a corner may not be hidden or cannot move.
    fn extended(
        &self,
        corners: &Corners,
        dimension: usize,
        to: usize,
        wanted: &Wanted<'_>,
    ) -> Option<Corners> {
        let mut wider = corners.clone();
        for (cell, along) in &corners.cells {
            let other = self.grid.moved(*cell, dimension, to);
            if self.fixed[other] || wanted.way == Move::Down && !self.hidden[other] {
                return None;
            }
            let between_categories =
                !self.grid.is_total(*cell, dimension) && !self.grid.is_total(other, dimension);
            let along = *along != between_categories;
            let falls = (wanted.way == Move::Down) == along;
            if falls {
                wider.gain = wider.gain.min(wanted.table.at(other));
            }
            if !self.hidden[other] {
                wider.cost = wider
                    .cost
                    .saturating_add(self.counts[other])
                    .saturating_add(1);
            }
            wider.cells.push((other, along));
        }
        (wider.gain > 0).then_some(wider)
    }

    /// The box between an inner cell under this one and all totals: every corner moves the same way, upwards without end.
    fn with_all_totals(&self, cell: usize) -> Corners {
        let inner = self.inner_under(cell);
        let mut corners = Corners {
            cells: vec![(cell, true)],
            gain: u64::MAX,
            cost: 0,
        };
        for dimension in 0..self.grid.dimensions() {
            let to = if self.grid.is_total(cell, dimension) {
                self.grid.coordinate(inner, dimension)
            } else {
                *self.grid.coordinates(dimension).end()
            };
            let doubled = corners
                .cells
                .iter()
                .map(|(corner, along)| (self.grid.moved(*corner, dimension, to), *along));
            let doubled: Vec<_> = doubled.collect();
            corners.cells.extend(doubled);
        }
        let visible = corners
            .cells
            .iter()
            .filter(|(corner, _)| !self.hidden[*corner]);
        corners.cost = visible.map(|(corner, _)| self.counts[*corner] + 1).sum();
        corners
    }

    /// The inner cell with the largest count that is part of this one and not fixed; a cell that is not fixed has one.
    fn inner_under(&self, cell: usize) -> usize {
        let is_part = |inner: &usize| {
            (0..self.grid.dimensions()).all(|dimension| {
                self.grid.is_total(cell, dimension)
                    || self.grid.coordinate(*inner, dimension)
                        == self.grid.coordinate(cell, dimension)
            })
        };
        (0..self.grid.cells())
            .filter(|inner| self.grid.is_inner(*inner) && !self.fixed[*inner] && is_part(inner))
            .max_by_key(|inner| self.counts[*inner])
            .unwrap_or(cell)
    }
}
