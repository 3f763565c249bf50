//! Which cells to hide.
//!
//! Primary: cells below the threshold. Secondary: for each of those, further cells, so that hidden numbers can move
//! without any published number noticing.
//!
//! The proof per cell is a *box*: pick one other coordinate in every dimension (a category or the total). Adding δ to a
//! corner, and taking it off or adding it at the other corners by turns, keeps every sum of the table: along a dimension
//! between two categories the sign turns, between a category and the total it stays. If all corners are hidden, every
//! table between the smallest and largest δ that leaves no corner negative agrees with all that is published. Its length
//! is a lower bound of what an attacker cannot know about each corner, in whole numbers and in any number of dimensions
//! (no rounding of a linear programme). The idea is that of the hypercube method of statistical offices (Giessing and
//! Repsilber, Tools and Strategies to Protect Multiple Tables with the GHQUAR Cell Suppression Engine, 2002).
//!
//! A box always exists: between an inner cell and all totals above it every corner moves the same way, upwards without end.

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
    /// Cells below this are hidden, and no hidden cell can be narrowed to an interval shorter than this.
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
        safe: vec![false; table.grid.cells()],
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
    /// Is a corner of a box that is hidden and wide enough.
    safe: Vec<bool>,
    fixed: Vec<bool>,
    width: u64,
}

/// A box under construction: its corners so far with the direction in which each moves.
#[derive(Clone)]
struct Corners {
    cells: Vec<(usize, bool)>,
    /// How far the cell can go down: the smallest corner that moves along with it.
    down: u64,
    /// How far it can go up: the smallest corner that moves against it; without one, without end.
    up: u64,
    /// What hiding the corners costs that are still visible: their counts, and one for each.
    cost: u64,
}

impl Hider<'_> {
    fn make_safe(&mut self, cell: usize) {
        if self.safe[cell] {
            return;
        }
        // A box that always exists: no number above is published, so nothing bounds the cell from above.
        let mut best = self.with_all_totals(cell);
        let start = Corners {
            cells: vec![(cell, true)],
            down: self.counts[cell],
            up: u64::MAX,
            cost: 0,
        };
        self.search(0, &start, &mut best);
        for (corner, _) in best.cells {
            self.hidden[corner] = true;
            self.safe[corner] = true;
        }
    }

    /// Depth-first over the dimensions; a box only gets dearer and narrower, so that hopeless ones are left early.
    fn search(&self, dimension: usize, corners: &Corners, best: &mut Corners) {
        if best.cost <= corners.cost {
            return;
        }
        if dimension == self.grid.dimensions() {
            *best = corners.clone();
            return;
        }
        let (start, _) = corners.cells[0];
        for to in self.grid.coordinates(dimension) {
            if to != self.grid.coordinate(start, dimension)
                && let Some(wider) = self.extended(corners, dimension, to)
            {
                self.search(dimension + 1, &wider, best);
            }
        }
    }

    /// The box doubled along a dimension, unless a corner cannot be hidden or the box gets too narrow.
    fn extended(&self, corners: &Corners, dimension: usize, to: usize) -> Option<Corners> {
        let mut wider = corners.clone();
        for (cell, along) in &corners.cells {
            let other = self.grid.moved(*cell, dimension, to);
            if self.fixed[other] {
                return None;
            }
            let between_categories =
                !self.grid.is_total(*cell, dimension) && !self.grid.is_total(other, dimension);
            let along = if between_categories { !along } else { *along };
            let limit = if along {
                &mut wider.down
            } else {
                &mut wider.up
            };
            *limit = (*limit).min(self.counts[other]);
            if !self.hidden[other] {
                wider.cost = wider
                    .cost
                    .saturating_add(self.counts[other])
                    .saturating_add(1);
            }
            wider.cells.push((other, along));
        }
        (wider.down.saturating_add(wider.up) >= self.width).then_some(wider)
    }

    /// The box between an inner cell under this one and all totals: every corner moves the same way, upwards without end.
    fn with_all_totals(&self, cell: usize) -> Corners {
        let inner = self.inner_under(cell);
        let mut corners = Corners {
            cells: vec![(cell, true)],
            down: self.counts[cell],
            up: u64::MAX,
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
