//! Choosing a model: none, step by step, or the best of all by BIC.

use statrs::function::gamma::{gamma_lr, gamma_ur};

use crate::exists::Existing;
use crate::fit::{Fit, Fitter};
use crate::model::{Model, hierarchical};
use crate::table::{Table, as_float};

/// A pair of lists comes into the stepwise model below this chance (Chan, Silverman and Vincent 2021).
pub(crate) const ENTERS_BELOW: f64 = 0.02;

/// How many of the best models by BIC are tried again on each resampled table (Silverman, Chan and Vincent 2024).
pub(crate) const TRIED_AGAIN: usize = 100;

/// A chosen model with its fit.
#[derive(Debug, Clone)]
pub(crate) struct Chosen {
    pub(crate) model: Model,
    pub(crate) fit: Fit,
}

/// What choosing needs and keeps from table to table.
#[derive(Debug, Default)]
pub(crate) struct Tools {
    pub(crate) existing: Existing,
    pub(crate) fitter: Fitter,
}

impl Tools {
    /// Fits a model, if it has an estimate on this table.
    pub(crate) fn one(&mut self, table: &Table, model: Model) -> Option<Chosen> {
        if !self.existing.admits(table, &model) {
            return None;
        }
        let fit = self.fitter.fit(table, &model)?;
        Some(Chosen { model, fit })
    }

    /// Independent lists.
    pub(crate) fn main(&mut self, table: &Table) -> Option<Chosen> {
        self.one(table, Model::main_effects(table.lists()))
    }

    /// From independent lists, each time the pair that is least likely to be chance, as long as one is below the threshold and
    /// the model with it has an estimate.
    pub(crate) fn stepwise(&mut self, table: &Table) -> Option<Chosen> {
        let mut now = self.main(table)?;
        while let Some(next) = self.step(table, &now) {
            now = next;
        }
        Some(now)
    }

    fn step(&mut self, table: &Table, now: &Chosen) -> Option<Chosen> {
        let pairs = now.model.pairs_left().into_iter();
        let mut candidates: Vec<(f64, u16)> = pairs
            .map(|pair| (chance(table.on_all(pair), now.fit.on_all(pair)), pair))
            .filter(|(chance, _)| *chance < ENTERS_BELOW)
            .collect();
        candidates.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        candidates.into_iter().find_map(|(_, pair)| {
            let model = now.model.with(pair);
            if !self.existing.admits(table, &model) {
                return None;
            }
            let fit = self.fitter.refit(table, &model, &now.fit)?;
            Some(Chosen { model, fit })
        })
    }

    /// Every hierarchical model that has an estimate, the best by BIC first.
    pub(crate) fn ranked(&mut self, table: &Table) -> Vec<Ranked> {
        let mut ranked: Vec<Ranked> = hierarchical(table.lists())
            .into_iter()
            .filter_map(|model| {
                let chosen = self.one(table, model)?;
                Some(Ranked {
                    bic: bic(table, &chosen),
                    chosen,
                })
            })
            .collect();
        ranked.sort_by(|a, b| a.bic.total_cmp(&b.bic));
        ranked
    }

    /// The best of some models by BIC.
    pub(crate) fn best_of(&mut self, table: &Table, models: &[Model]) -> Option<Chosen> {
        models
            .iter()
            .filter_map(|model| self.one(table, model.clone()))
            .min_by(|a, b| bic(table, a).total_cmp(&bic(table, b)))
    }
}

/// How likely it is that the number on a pair of lists lies so far out on its side, when the present model expects so many (Poisson).
/// One side only: so the published stepwise figures come out, and a pair that nobody is on needs no rule of its own.
fn chance(found: f64, expected: f64) -> f64 {
    if expected <= 0.0 {
        return 1.0;
    }
    let up_to = gamma_ur(found + 1.0, expected);
    let from = if found > 0.0 {
        gamma_lr(found, expected)
    } else {
        1.0
    };
    up_to.min(from)
}

/// A model with its standing.
#[derive(Debug)]
pub(crate) struct Ranked {
    pub(crate) bic: f64,
    pub(crate) chosen: Chosen,
}

/// Schwarz's criterion: what the likelihood lacks, and a price for each term, also for one at minus infinity: it was chosen too.
pub(crate) fn bic(table: &Table, chosen: &Chosen) -> f64 {
    let terms = u32::try_from(chosen.model.terms().len()).unwrap_or(u32::MAX);
    -2.0 * chosen.fit.likelihood + f64::from(terms) * as_float(table.seen()).ln()
}
