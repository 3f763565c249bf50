//! The maximum likelihood fit of a log-linear Poisson model by Newton's method.
//!
//! No design matrix is made. The logarithms of the cells are sums over subsets of the terms, and gradient and information are
//! entries of one array: the expected number on all lists of `S` is the sum over the supersets of `S`, and the information of
//! two terms is the expected number on all lists of both.

use crate::model::Model;
use crate::table::{Table, as_float, over_subsets, over_supersets};

/// A step smaller than this in every term ends the search; the error of the last step is its square.
const SMALL: f64 = 1e-9;
const MOST_STEPS: usize = 60;
const MOST_HALVINGS: usize = 30;

/// A fitted model.
#[derive(Debug, Clone)]
pub(crate) struct Fit {
    /// The value of each term by its mask; nought for terms that are not there or have gone to minus infinity.
    values: Vec<f64>,
    /// How many are expected on all lists of a mask, whatever else they are on; at 0 everybody who is seen.
    expected: Vec<f64>,
    /// The logarithm of the likelihood, but for what is the same for all models.
    pub(crate) likelihood: f64,
}

impl Fit {
    /// How many people on no list the model expects.
    pub(crate) fn unseen(&self) -> f64 {
        self.values[0].exp()
    }

    /// How many the model expects on all lists of `mask`.
    pub(crate) fn on_all(&self, mask: u16) -> f64 {
        self.expected[usize::from(mask)]
    }

    /// How many the model expects in each combination; nought where a term is minus infinity.
    pub(crate) fn cells(&self, lists: usize) -> Vec<f64> {
        let mut cells = self.expected.clone();
        for list in 0..lists {
            let bit = 1 << list;
            for block in cells.chunks_exact_mut(2 * bit) {
                let (without, with) = block.split_at_mut(bit);
                for (low, high) in without.iter_mut().zip(with) {
                    *low -= *high;
                }
            }
        }
        cells[0] = 0.0;
        cells
    }
}

/// Fits models, with memory that is used again.
#[derive(Debug, Default)]
pub(crate) struct Fitter {
    kept: Vec<u16>,
    alive: Vec<bool>,
    expected: Vec<f64>,
    information: Vec<f64>,
    step: Vec<f64>,
}

impl Fitter {
    /// Fits from nothing. `None` when the search does not end, as it does where no estimate exists.
    pub(crate) fn fit(&mut self, table: &Table, model: &Model) -> Option<Fit> {
        self.from(table, model, start(table)?)
    }

    /// Fits a model that is near a fitted one: with a term more or less.
    pub(crate) fn refit(&mut self, table: &Table, model: &Model, before: &Fit) -> Option<Fit> {
        let mut values = vec![0.0; before.values.len()];
        for &term in model.terms() {
            values[usize::from(term)] = before.values[usize::from(term)];
        }
        self.from(table, model, values)
    }

    fn from(&mut self, table: &Table, model: &Model, mut values: Vec<f64>) -> Option<Fit> {
        self.reduce(table, model, &mut values);
        let mut likelihood = self.likelihood(table, &values);
        for _ in 0..MOST_STEPS {
            let size = self.solve(table)?;
            likelihood = self.take(table, &mut values, likelihood)?;
            if size < SMALL {
                return self.finished(values, likelihood);
            }
        }
        None
    }

    /// Leaves out the terms that nobody is in, and their cells.
    fn reduce(&mut self, table: &Table, model: &Model, values: &mut [f64]) {
        self.kept.clear();
        self.alive.clear();
        self.alive.resize(values.len(), true);
        for &term in model.terms() {
            if table.on_all(term) > 0.0 {
                self.kept.push(term);
            } else {
                values[usize::from(term)] = 0.0;
                for cell in 0..values.len() {
                    if cell & usize::from(term) == usize::from(term) {
                        self.alive[cell] = false;
                    }
                }
            }
        }
        self.alive[0] = false;
    }

    /// Fills what is expected under these values, and gives the logarithm of the likelihood.
    fn likelihood(&mut self, table: &Table, values: &[f64]) -> f64 {
        self.expected.clear();
        self.expected.extend_from_slice(values);
        over_subsets(&mut self.expected, table.lists());
        for (cell, alive) in self.expected.iter_mut().zip(&self.alive) {
            *cell = if *alive { cell.exp() } else { 0.0 };
        }
        over_supersets(&mut self.expected, table.lists());
        let of_terms = |term: &u16| values[usize::from(*term)] * table.on_all(*term);
        self.kept.iter().map(of_terms).sum::<f64>() - self.expected[0]
    }

    /// Newton's step by Cholesky's square root of the information, which stays in `information`. The largest part of it is given.
    fn solve(&mut self, table: &Table) -> Option<f64> {
        let size = self.kept.len();
        self.information.clear();
        self.information.resize(size * size, 0.0);
        self.step.clear();
        for (row, a) in self.kept.iter().enumerate() {
            let gradient = table.on_all(*a) - self.expected[usize::from(*a)];
            self.step.push(gradient);
            for (column, b) in self.kept[..=row].iter().enumerate() {
                self.information[row * size + column] = self.expected[usize::from(a | b)];
            }
        }
        square_root(&mut self.information, size)?;
        solve_by_root(&self.information, &mut self.step);
        let largest = self.step.iter().fold(0.0f64, |most, by| most.max(by.abs()));
        largest.is_finite().then_some(largest)
    }

    /// Takes the step, or half of it as often as needed for the likelihood not to fall.
    fn take(&mut self, table: &Table, values: &mut [f64], before: f64) -> Option<f64> {
        let slack = 1e-12 * (1.0 + before.abs());
        let mut part = 1.0;
        self.advance(values, part);
        for _ in 0..MOST_HALVINGS {
            let after = self.likelihood(table, values);
            if after.is_finite() && after >= before - slack {
                return Some(after);
            }
            self.advance(values, -part / 2.0);
            part /= 2.0;
        }
        None
    }

    fn advance(&self, values: &mut [f64], part: f64) {
        for (term, by) in self.kept.iter().zip(&self.step) {
            values[usize::from(*term)] += part * by;
        }
    }

    /// The variance of the logarithm of the unseen number by the information at a fit; infinite where it cannot be told.
    pub(crate) fn variance_of_unseen(&mut self, table: &Table, model: &Model, fit: &Fit) -> f64 {
        let mut values = fit.values.clone();
        self.reduce(table, model, &mut values);
        self.likelihood(table, &values);
        if self.solve(table).is_none() {
            return f64::INFINITY;
        }
        self.step.fill(0.0);
        if let Some(first) = self.step.first_mut() {
            *first = 1.0;
        }
        solve_by_root(&self.information, &mut self.step);
        self.step.first().copied().unwrap_or(f64::INFINITY)
    }

    fn finished(&self, values: Vec<f64>, likelihood: f64) -> Option<Fit> {
        let fit = Fit {
            expected: self.expected.clone(),
            values,
            likelihood,
        };
        fit.unseen().is_finite().then_some(fit)
    }
}

/// Where the search begins: independent lists, with the number of people that Chao's lower bound gives.
fn start(table: &Table) -> Option<Vec<f64>> {
    if table.seen() == 0 {
        return None;
    }
    let on = |lists: u32| -> f64 {
        let of = table
            .filled()
            .filter(|(mask, _)| mask.count_ones() == lists);
        of.map(|(_, count)| as_float(count)).sum()
    };
    let (once, twice) = (on(1), on(2).max(0.5));
    let seen = as_float(table.seen());
    let people = seen + (once * once / (2.0 * twice)).max(1.0);
    let mut values = vec![0.0; table.counts().len()];
    values[0] = people.ln();
    for list in 0..table.lists() {
        let share = table.on_all(1 << list) / people;
        if share > 0.0 {
            values[0] += (1.0 - share).ln();
            values[1 << list] = (share / (1.0 - share)).ln();
        }
    }
    Some(values)
}

/// The lower triangle becomes its square root; `None` when it is not positive.
fn square_root(matrix: &mut [f64], size: usize) -> Option<()> {
    for row in 0..size {
        let (above, from) = matrix.split_at_mut(row * size);
        let this = &mut from[..size];
        let whole = this[row];
        for column in 0..row {
            let other = &above[column * size..column * size + column + 1];
            let dot: f64 = this[..column].iter().zip(other).map(|(a, b)| a * b).sum();
            this[column] = (this[column] - dot) / other[column];
        }
        let rest = whole - this[..row].iter().map(|value| value * value).sum::<f64>();
        // What is left of an information that was lost in rounding is noise.
        if rest.is_nan() || rest <= 1e-13 * whole {
            return None;
        }
        this[row] = rest.sqrt();
    }
    Some(())
}

fn solve_by_root(root: &[f64], vector: &mut [f64]) {
    let size = vector.len();
    for row in 0..size {
        let line = &root[row * size..row * size + row];
        let dot: f64 = line.iter().zip(&*vector).map(|(a, b)| a * b).sum();
        vector[row] = (vector[row] - dot) / root[row * size + row];
    }
    for row in (0..size).rev() {
        let value = vector[row] / root[row * size + row];
        vector[row] = value;
        for column in 0..row {
            vector[column] -= value * root[row * size + column];
        }
    }
}
