//! Which cells of a new release to hide, so that no small number can be worked out from it and everything published before.
//!
//! The proof is that of `protect`, in a wider space: the true numbers are moved, step by step, so that nothing published changes and the
//! small number does. A step raises one atom against others (a box: every axis has one leaf that rises and one, or none, that falls) or
//! swaps two atoms of one moment. How far the steps lead down and up is a lower bound of what nobody can know.
//!
//! What is assumed of an attacker is more than most have: that nothing ever counts below zero, that a later count only adds where it only
//! added in truth, and what the releases before contain.

use std::collections::HashMap;

use super::space::{Space, Support};

/// How a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Everybody knows it: published before, told elsewhere, or zero by definition.
    Known,
    /// Never published: hidden earlier, or not part of any table.
    Free,
    /// Part of the new release; it is shown unless it has to be hidden.
    Offered,
}

pub(super) struct Hider<'a> {
    pub(super) space: &'a Space,
    pub(super) values: &'a [i64],
    pub(super) standing: Vec<Standing>,
    /// How low a cell can be for all that an attacker assumes; none where its parts say so.
    pub(super) floors: Vec<Option<i64>>,
    pub(super) width: i64,
    /// The smallest number that nobody may know: none at all, or one.
    pub(super) least: i64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Down,
    Up,
}

/// Numbers on their way from the true ones: only what differs.
struct Moved<'a> {
    values: &'a [i64],
    by: HashMap<usize, i64>,
}

impl Moved<'_> {
    fn at(&self, cell: usize) -> i64 {
        self.values[cell].saturating_add(self.by.get(&cell).copied().unwrap_or(0))
    }
}

/// A step that is possible.
struct Step {
    cells: Support,
    /// How far it goes.
    gain: i64,
    /// What it hides: the counts, and one for each.
    cost: i128,
}

impl Step {
    fn is_better(&self, other: &Self, need: i64) -> bool {
        let (own, others) = (self.gain.min(need), other.gain.min(need));
        let price = self.cost * i128::from(others);
        let other_price = other.cost * i128::from(own);
        price < other_price || price == other_price && own > others
    }
}

impl Hider<'_> {
    /// Hides what it takes; a cell that stays unsafe, when there is one.
    pub(super) fn run(&mut self) -> Result<(), usize> {
        let small = |value: i64| (self.least..self.width).contains(&value.saturating_abs());
        let mut sensitive: Vec<usize> = (0..self.space.cells())
            .filter(|cell| self.standing[*cell] != Standing::Known && small(self.values[*cell]))
            .collect();
        for cell in &sensitive {
            self.standing[*cell] = Standing::Free;
        }
        // Smallest first: what is hidden for them is often enough for the others.
        sensitive.sort_by_key(|cell| self.values[*cell].saturating_abs());
        let unsafe_cell = sensitive.into_iter().find(|cell| !self.make_safe(*cell));
        unsafe_cell.map_or(Ok(()), Err)
    }

    fn make_safe(&mut self, cell: usize) -> bool {
        let mut need = self.width;
        for way in [Way::Down, Way::Up] {
            let mut moved = Moved {
                values: self.values,
                by: HashMap::new(),
            };
            while need > 0
                && let Some(step) = self.best(cell, way, &moved, need)
            {
                let by = step.gain.min(need);
                let direction = if way == Way::Up { by } else { -by };
                for (touched, sign) in step.cells {
                    *moved.by.entry(touched).or_default() += sign * direction;
                    self.standing[touched] = Standing::Free;
                }
                need -= by;
            }
        }
        need <= 0
    }

    fn best(&self, cell: usize, way: Way, moved: &Moved<'_>, need: i64) -> Option<Step> {
        let mut best: Option<Step> = None;
        let mut take = |cells: Support| {
            if let Some(step) = self.step(cells, way, moved)
                && best.as_ref().is_none_or(|best| step.is_better(best, need))
            {
                best = Some(step);
            }
        };
        self.boxes(cell, &mut take);
        if best.is_none() {
            self.swaps(cell, &mut |cells| {
                if let Some(step) = self.step(cells, way, moved)
                    && best.as_ref().is_none_or(|best| step.is_better(best, need))
                {
                    best = Some(step);
                }
            });
        }
        best
    }

    /// Every box that raises the cell.
    fn boxes(&self, cell: usize, take: &mut impl FnMut(Support)) {
        let nodes = self.space.nodes_of(cell);
        let ways: Vec<Vec<Support>> = (self.space.axes().iter().zip(nodes))
            .map(|(axis, node)| axis.ways(node))
            .collect();
        let mut chosen = Vec::with_capacity(ways.len());
        self.choose(&ways, &mut chosen, take);
    }

    fn choose<'w>(
        &self,
        ways: &'w [Vec<Support>],
        chosen: &mut Vec<&'w Support>,
        take: &mut impl FnMut(Support),
    ) {
        match ways.get(chosen.len()) {
            None => take(self.space.product(chosen)),
            Some(next) => {
                for way in next {
                    chosen.push(way);
                    self.choose(ways, chosen, take);
                    chosen.pop();
                }
            }
        }
    }

    /// Every atom of the cell against every one outside it, at the same place in time.
    fn swaps(&self, cell: usize, take: &mut impl FnMut(Support)) {
        let nodes = self.space.nodes_of(cell);
        let axes = self.space.axes();
        let is_part = |atom: &Vec<usize>| {
            let own = axes.iter().zip(&nodes).zip(atom);
            own.into_iter()
                .all(|((axis, node), leaf)| axis.has(*node, *leaf))
        };
        let (own, others): (Vec<_>, Vec<_>) = self.space.atoms().into_iter().partition(is_part);
        for up in &own {
            let rising = self.space.holding(up);
            for down in others.iter().filter(|down| down.last() == up.last()) {
                let mut change: HashMap<usize, i64> = rising.iter().copied().collect();
                for (cell, _) in self.space.holding(down) {
                    *change.entry(cell).or_default() -= 1;
                }
                let mut cells: Support = change.into_iter().filter(|(_, by)| *by != 0).collect();
                cells.sort_unstable();
                take(cells);
            }
        }
    }

    /// The step with these cells, unless one of them is known, cannot fall, or would have to be hidden on the way down.
    fn step(&self, cells: Support, way: Way, moved: &Moved<'_>) -> Option<Step> {
        let (mut gain, mut cost) = (i64::MAX, 0_i128);
        for (cell, sign) in &cells {
            match self.standing[*cell] {
                Standing::Known => return None,
                Standing::Offered if way == Way::Down => return None,
                Standing::Offered => cost += i128::from(self.values[*cell]) + 1,
                Standing::Free => {}
            }
            let falls = (way == Way::Up) == (*sign < 0);
            if falls && let Some(floor) = self.floors[*cell] {
                gain = gain.min(moved.at(*cell).saturating_sub(floor));
            }
        }
        (gain > 0).then_some(Step { cells, gain, cost })
    }
}
