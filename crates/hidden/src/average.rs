//! Averaging over models: no single model wins, each has a say by how well it does.
//!
//! Each model gives the logarithm of the unseen number with its standard error; models are weighed by the criterion of Hannan and
//! Quinn (1979), which prices a term at `2 ln ln n`, between Akaike's 2 and Schwarz's `ln n`. The mixture of their normal
//! distributions gives the middle and the limits (the "smooth" weights of Buckland, Burnham and Augustin 1997). What was measured
//! for and against it stands in docs/hidden-number.md.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashSet};

use statrs::distribution::{ContinuousCDF, Normal};

use crate::estimate::within_reason;
use crate::model::{Model, of_size, pairs};
use crate::select::{Chosen, Tools};
use crate::table::{Table, as_float};

/// Models that are worse than the best by more than this have less than a thousandth of its weight.
const WINDOW: f64 = 13.8;
/// With many lists there are more models than can be tried; the best are tried first.
const MOST_MODELS: usize = 6000;
const MOST_MODELS_OF_MANY_LISTS: usize = 1500;
/// With more lists only pairs depend on each other: triples are too many to try, and hold too few people to learn from.
const MOST_LISTS_WITH_TRIPLES: usize = 5;

/// A model's say.
#[derive(Debug)]
pub(crate) struct Voice {
    pub(crate) weight: f64,
    pub(crate) chosen: Chosen,
    /// The logarithm of the unseen number, and its standard error.
    centre: f64,
    error: f64,
}

/// All models within the window, the weightiest first; the weights add up to one.
#[derive(Debug)]
pub(crate) struct Average {
    pub(crate) voices: Vec<Voice>,
    seen: f64,
}

impl Average {
    /// Over the models of a table; `None` when the model of independent lists has no estimate.
    pub(crate) fn of(table: &Table, tools: &mut Tools) -> Option<Self> {
        let found = Search::new(table, tools).run()?;
        let best = found.iter().map(|one| one.price).min_by(f64::total_cmp)?;
        let mut voices: Vec<Voice> = found
            .into_iter()
            .filter(|one| one.price <= best + WINDOW)
            .map(|one| Voice {
                weight: (-(one.price - best) / 2.0).exp(),
                centre: one.chosen.fit.unseen().ln(),
                error: one.error,
                chosen: one.chosen,
            })
            .collect();
        let total: f64 = voices.iter().map(|voice| voice.weight).sum();
        for voice in &mut voices {
            voice.weight /= total;
        }
        voices.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let seen = as_float(table.seen());
        Some(Self { voices, seen })
    }

    /// The number of people in all below which the truth lies with this chance.
    pub(crate) fn quantile(&self, chance: f64) -> f64 {
        // twelve errors beyond the outermost voice there is nothing
        let reach = |sign: f64| {
            self.voices
                .iter()
                .map(move |voice| voice.centre + sign * 12.0 * voice.error)
        };
        let mut low = reach(-1.0).fold(f64::INFINITY, f64::min);
        let mut high = reach(1.0).fold(f64::NEG_INFINITY, f64::max);
        for _ in 0..100 {
            let middle = f64::midpoint(low, high);
            if self.below(middle) < chance {
                low = middle;
            } else {
                high = middle;
            }
        }
        self.seen + f64::midpoint(low, high).exp()
    }

    fn below(&self, value: f64) -> f64 {
        let normal = Normal::standard();
        let say = |voice: &Voice| voice.weight * normal.cdf((value - voice.centre) / voice.error);
        self.voices.iter().map(say).sum()
    }
}

/// A model that was tried.
#[derive(Debug)]
struct Tried {
    price: f64,
    error: f64,
    chosen: Chosen,
}

/// What to go on from, the best first.
struct Next {
    price: f64,
    at: usize,
}

impl PartialEq for Next {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Next {}

impl PartialOrd for Next {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Next {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .price
            .total_cmp(&self.price)
            .then(other.at.cmp(&self.at))
    }
}

/// Goes from each model within the window to those with one term more or less.
struct Search<'a> {
    table: &'a Table,
    tools: &'a mut Tools,
    known: HashSet<Vec<u16>>,
    found: Vec<Tried>,
    open: BinaryHeap<Next>,
    best: f64,
    /// Interactions that may come in: pairs, and of four or five lists triples with people on them.
    possible: Vec<u16>,
}

impl<'a> Search<'a> {
    fn new(table: &'a Table, tools: &'a mut Tools) -> Self {
        let mut possible = pairs(table.lists());
        if (4..=MOST_LISTS_WITH_TRIPLES).contains(&table.lists()) {
            let met = |triple: &u16| table.on_all(*triple) > 0.0;
            possible.extend(of_size(table.lists(), 3).into_iter().filter(met));
        }
        Self {
            table,
            tools,
            known: HashSet::new(),
            found: Vec::new(),
            open: BinaryHeap::new(),
            best: f64::INFINITY,
            possible,
        }
    }

    fn run(mut self) -> Option<Vec<Tried>> {
        let main = self.tools.main(self.table)?;
        self.known.insert(main.model.sorted());
        self.keep(main);
        let stepwise = self.tools.stepwise(self.table)?;
        if self.known.insert(stepwise.model.sorted()) {
            self.keep(stepwise);
        }
        let many = self.table.lists() > MOST_LISTS_WITH_TRIPLES;
        let most = if many {
            MOST_MODELS_OF_MANY_LISTS
        } else {
            MOST_MODELS
        };
        while let Some(next) = self.open.pop() {
            if next.price > self.best + WINDOW || self.found.len() >= most {
                break;
            }
            let from = self.found[next.at].chosen.clone();
            for model in self.neighbours(&from.model) {
                if self.known.insert(model.sorted()) {
                    self.visit(model, &from);
                }
            }
        }
        Some(self.found)
    }

    fn visit(&mut self, model: Model, from: &Chosen) {
        let Some(fit) = self.tools.fitter.refit(self.table, &model, &from.fit) else {
            return;
        };
        let chosen = Chosen { model, fit };
        let worse = price(self.table, &chosen) > self.best + WINDOW;
        if !worse && self.tools.existing.admits(self.table, &chosen.model) {
            self.keep(chosen);
        }
    }

    fn keep(&mut self, chosen: Chosen) {
        let unseen = chosen.fit.unseen();
        let fitter = &mut self.tools.fitter;
        let variance = fitter.variance_of_unseen(self.table, &chosen.model, &chosen.fit);
        // the estimate varies, and so does how many of those expected to be unseen really are
        let error = (variance + 1.0 / unseen).sqrt();
        if !error.is_finite() || within_reason(self.table, &chosen).is_none() {
            return;
        }
        let price = price(self.table, &chosen);
        self.best = self.best.min(price);
        self.open.push(Next {
            price,
            at: self.found.len(),
        });
        self.found.push(Tried {
            price,
            error,
            chosen,
        });
    }

    /// Hierarchical models with one term more or less. A triple comes in only where somebody is on all three lists: nothing can be learnt
    /// of how three lists hang together from people who are on two, and such terms drive single tables to absurd numbers.
    fn neighbours(&self, model: &Model) -> Vec<Model> {
        let mut near = Vec::new();
        for &term in &self.possible {
            if !model.has(term) {
                let within = |part: &&u16| **part & term == **part && **part != term;
                if self
                    .possible
                    .iter()
                    .filter(within)
                    .all(|part| model.has(*part))
                {
                    near.push(model.with(term));
                }
            } else if !(model.terms().iter()).any(|other| *other != term && other & term == term) {
                near.push(model.without(term));
            }
        }
        near
    }
}

/// The criterion of Hannan and Quinn; never less than Akaike's.
fn price(table: &Table, chosen: &Chosen) -> f64 {
    let terms = u32::try_from(chosen.model.terms().len()).unwrap_or(u32::MAX);
    let each = (2.0 * as_float(table.seen()).ln().ln()).max(2.0);
    -2.0 * chosen.fit.likelihood + each * f64::from(terms)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(counts: [u64; 8]) -> Table {
        Table::new(3, counts.to_vec())
    }

    #[test]
    fn weights_add_up_and_limits_lie_around_the_middle() {
        let table = table([0, 120, 90, 22, 60, 14, 11, 3]);
        let average = Average::of(&table, &mut Tools::default()).unwrap();
        let total: f64 = average.voices.iter().map(|voice| voice.weight).sum();
        assert!((total - 1.0).abs() < 1e-12);
        // eight graphs on three lists; none is worse by a thousand
        assert_eq!(average.voices.len(), 8);
        let at = [0.025, 0.1, 0.5, 0.9, 0.975].map(|chance| average.quantile(chance));
        assert!(at.is_sorted() && at[0] > 320.0, "{at:?}");
        for (chance, value) in [0.025, 0.1, 0.5, 0.9, 0.975].iter().zip(at) {
            let below = average.below((value - 320.0).ln());
            assert!((below - chance).abs() < 1e-9);
        }
    }

    #[test]
    fn a_single_model_that_is_far_better_speaks_alone() {
        // 300 people on both A and B, where independence expects some 30
        let table = table([0, 300, 300, 300, 2000, 60, 60, 60]);
        let average = Average::of(&table, &mut Tools::default()).unwrap();
        assert!(
            average
                .voices
                .iter()
                .all(|voice| voice.chosen.model.has(0b011))
        );
    }

    #[test]
    fn the_search_finds_every_model_that_trying_all_finds() {
        let counts = vec![0, 54, 463, 15, 995, 19, 62, 1, 695, 3, 19, 1, 76, 0, 4, 1];
        let table = Table::new(4, counts);
        let mut tools = Tools::default();
        let found = Average::of(&table, &mut tools).unwrap();
        let met = |model: &Model| {
            (model.terms().iter()).all(|term| term.count_ones() < 3 || table.on_all(*term) > 0.0)
        };
        let mut prices: Vec<f64> = crate::model::hierarchical(4)
            .into_iter()
            .filter(met)
            .filter_map(|model| Some(price(&table, &tools.one(&table, model)?)))
            .collect();
        prices.sort_by(f64::total_cmp);
        let near = prices
            .iter()
            .filter(|price| **price <= prices[0] + WINDOW)
            .count();
        assert_eq!(found.voices.len(), near);
    }
}
