//! Whether a model has a maximum likelihood estimate on a table, and only one.
//!
//! An interaction of lists that nobody is on together has estimate minus infinity; its cells are left out (Chan, Silverman and
//! Vincent 2021). On the cells that stay, the estimate exists when the sums over the terms lie inside the cone of what the model can
//! bring about (Fienberg and Rinaldo 2012, theorem 1). Said the other way round: it does not exist when some change of the
//! terms leaves every cell with people as it is and raises none of the empty cells but lowers one, because that change can go on for ever.
//! It is the only one when no change leaves all cells as they are.

use std::collections::HashMap;

use microlp::{ComparisonOp, OptimizationDirection, Problem};

use crate::exact::{full_rank, null_space, on};
use crate::model::Model;
use crate::table::{Support, Table};

/// What the check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Existence {
    /// There is one estimate.
    One,
    /// There is none: the likelihood rises for ever in some direction.
    None,
    /// The cells cannot tell the terms apart: many values fit equally well.
    NotIdentified,
}

/// Answers by which cells are empty and by model. The counts themselves do not matter, so resampled tables share most answers.
#[derive(Debug, Default)]
pub(crate) struct Existing {
    known: HashMap<(Support, Vec<u16>), Existence>,
}

impl Existing {
    /// Whether the model has one estimate on the table.
    pub(crate) fn admits(&mut self, table: &Table, model: &Model) -> bool {
        self.check(table, model) == Existence::One
    }

    /// As [`Self::admits`], with what stands in the way.
    pub(crate) fn check(&mut self, table: &Table, model: &Model) -> Existence {
        *self
            .known
            .entry((table.support(), model.sorted()))
            .or_insert_with_key(|(_, terms)| existence(table, terms))
    }
}

/// The terms that somebody is in, and the cells that hold none of the others.
pub(crate) fn reduced(table: &Table, terms: &[u16]) -> (Vec<u16>, Vec<u16>) {
    let (kept, gone): (Vec<u16>, Vec<u16>) =
        (terms.iter().copied()).partition(|term| table.on_all(*term) > 0.0);
    let alive = |cell: &u16| gone.iter().all(|term| cell & term != *term);
    let last = (1u32 << table.lists()) - 1;
    let cells = (1..=u16::try_from(last).unwrap_or(u16::MAX))
        .filter(alive)
        .collect();
    (kept, cells)
}

fn existence(table: &Table, terms: &[u16]) -> Existence {
    let (terms, cells) = reduced(table, terms);
    let (filled, empty): (Vec<u16>, Vec<u16>) =
        (cells.iter()).partition(|cell| table.counts()[usize::from(**cell)] > 0);
    if full_rank(&filled, &terms) {
        return Existence::One;
    }
    if !full_rank(&cells, &terms) {
        return Existence::NotIdentified;
    }
    let changes = null_space(&filled, &terms);
    let mut effects: Vec<Vec<i128>> = (empty.iter())
        .map(|cell| {
            changes
                .iter()
                .map(|change| on(*cell, &terms, change))
                .collect()
        })
        .collect();
    effects.sort_unstable();
    effects.dedup();
    if one_way(&effects, changes.len()) {
        Existence::None
    } else {
        Existence::One
    }
}

/// Whether some change of the terms moves empty cells in one direction only.
///
/// `effects` says for each empty cell how much each of the changes moves it. With the movement of every cell between
/// nought and one, the largest total is nought when there is no such change, and at least one otherwise, because any change can be
/// drawn out until a cell reaches one: there is nothing near nought to be rounded the wrong way.
fn one_way(effects: &[Vec<i128>], changes: usize) -> bool {
    if changes == 1 {
        let mut moves = effects.iter().filter_map(|effect| effect.first());
        return moves.clone().all(|by| *by >= 0) || moves.all(|by| *by <= 0);
    }
    let mut scales = vec![1.0f64; changes];
    for effect in effects {
        for (scale, by) in scales.iter_mut().zip(effect) {
            *scale = scale.max(as_float(*by).abs());
        }
    }
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let total = |at: usize| effects.iter().map(|e| as_float(e[at]) / scales[at]).sum();
    let unknowns: Vec<_> = (0..changes)
        .map(|at| problem.add_var(total(at), (f64::NEG_INFINITY, f64::INFINITY)))
        .collect();
    for effect in effects.iter().filter(|e| e.iter().any(|by| *by != 0)) {
        let row: Vec<_> = (unknowns.iter().zip(effect).zip(&scales))
            .filter(|((_, by), _)| **by != 0)
            .map(|((unknown, by), scale)| (*unknown, as_float(*by) / scale))
            .collect();
        problem.add_constraint(&row, ComparisonOp::Ge, 0.0);
        problem.add_constraint(&row, ComparisonOp::Le, 1.0);
    }
    let solved = problem
        .solve()
        .ok()
        .and_then(|outcome| outcome.into_solution().ok());
    // A programme that cannot be solved proves nothing: no estimate is said to exist.
    solved.is_none_or(|solution| solution.objective() > 0.5)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "only the size and the sign matter to the programme, which is scaled"
)]
fn as_float(whole: i128) -> f64 {
    whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(lists: usize, cells: &[(u16, u64)]) -> Table {
        let mut counts = vec![0; 1 << lists];
        for (mask, count) in cells {
            counts[usize::from(*mask)] = *count;
        }
        Table::new(lists, counts)
    }

    /// Chan, Silverman and Vincent 2021, table 2: A and B meet, C meets nobody.
    #[test]
    fn the_example_of_the_paper_has_models_without_an_estimate() {
        let example = table(3, &[(1, 40), (2, 30), (4, 20), (3, 6)]);
        let mut known = Existing::default();
        let main = Model::main_effects(3);
        assert_eq!(known.check(&example, &main), Existence::One);
        let all = [0b011, 0b101, 0b110];
        let answers: Vec<_> = (0..8u32)
            .map(|chosen| {
                let terms = (0..3).filter(|at| chosen >> at & 1 == 1);
                let model = terms.fold(main.clone(), |model, at| model.with(all[at]));
                known.check(&example, &model)
            })
            .collect();
        let count = |of| answers.iter().filter(|one| **one == of).count();
        assert_eq!(count(Existence::None), 3, "{answers:?}");
        assert_eq!(count(Existence::One), 4, "{answers:?}");
    }

    #[test]
    fn without_any_overlap_nothing_exists() {
        let apart = table(3, &[(1, 40), (2, 30), (4, 20)]);
        let found = Existing::default().check(&apart, &Model::main_effects(3));
        assert_eq!(found, Existence::None);
    }

    /// As Fienberg and Rinaldo write it: the largest `s` for which some table with all cells at least `s` has the same sums.
    fn by_the_paper(table: &Table, terms: &[u16]) -> bool {
        let (terms, cells) = reduced(table, terms);
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let least = problem.add_var(1.0, (0.0, f64::INFINITY));
        let above: Vec<_> = (cells.iter())
            .map(|_| problem.add_var(0.0, (0.0, f64::INFINITY)))
            .collect();
        for term in &terms {
            let with = cells
                .iter()
                .zip(&above)
                .filter(|(cell, _)| *cell & term == *term);
            let mut row: Vec<_> = with.map(|(_, cell)| (*cell, 1.0)).collect();
            let size = u32::try_from(row.len()).unwrap();
            row.push((least, f64::from(size)));
            problem.add_constraint(&row, ComparisonOp::Eq, table.on_all(*term));
        }
        let solved = problem.solve().unwrap().into_solution().unwrap();
        solved.objective() > 1e-7
    }

    #[test]
    fn both_ways_of_asking_give_the_same_answer() {
        let mut random = 1u64;
        let mut next = |below: u64| {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) % below
        };
        let mut seen = [0; 3];
        for round in 0..3000 {
            let lists = 3 + round % 3;
            let sparse = 2 + next(5);
            let mut counts: Vec<u64> = (0..1u64 << lists)
                .map(|_| if next(sparse) == 0 { 1 + next(9) } else { 0 })
                .collect();
            counts[0] = 0;
            let table = Table::new(lists, counts);
            let mut models = crate::model::hierarchical(lists);
            let model = models.swap_remove(usize::try_from(next(models.len() as u64)).unwrap());
            if table.seen() == 0 {
                continue;
            }
            let found = existence(&table, model.terms());
            let expected = by_the_paper(&table, model.terms());
            match found {
                Existence::One => seen[0] += 1,
                Existence::None => seen[1] += 1,
                Existence::NotIdentified => {
                    seen[2] += 1;
                    continue;
                }
            }
            assert_eq!(found == Existence::One, expected, "{table:?} {model:?}");
        }
        assert!(seen.iter().all(|count| *count > 50), "{seen:?}");
    }
}
