//! What is looked at beside the number, so that a reader can judge it.

use std::cmp::Reverse;

use statrs::distribution::{ChiSquared, ContinuousCDF};

use crate::average::Average;
use crate::estimate::{Told, Way, within_reason};
use crate::exists::reduced;
use crate::lists::Lists;
use crate::model::{Model, pairs};
use crate::outcome::{Check, MOST_LISTS_FOR_BIC, Method, Warning};
use crate::select::{Chosen, Tools};
use crate::table::{Table, as_float};

/// Fewer people on two lists or more are too few.
const FEW_OVERLAPS: u64 = 10;
/// Ways of choosing that are further apart than this disagree.
const APART: f64 = 1.5;
/// A distance between model and table that is less likely than this is no chance.
const BAD_FIT: f64 = 0.001;

/// How many of the weightiest models are named.
const NAMED: usize = 5;

/// What there is to look at.
pub(crate) struct Looked<'a> {
    pub(crate) lists: &'a Lists,
    pub(crate) table: &'a Table,
    /// The place of each list of the table among those that were given.
    pub(crate) order: &'a [usize],
    pub(crate) chosen: &'a Chosen,
    pub(crate) people: f64,
    pub(crate) method: Method,
}

/// A term in the bits of the lists as they were given.
fn given(order: &[usize], term: u16) -> u16 {
    let bits = order.iter().enumerate();
    bits.map(|(from, to)| (term >> from & 1) << to).sum()
}

/// The terms of a model in the names of the lists: each list, then pairs, then triples, in the order in which the lists were given.
pub(crate) fn terms(lists: &Lists, order: &[usize], model: &Model) -> Vec<String> {
    let mut terms: Vec<u16> = (model.terms().iter().skip(1))
        .map(|term| given(order, *term))
        .collect();
    terms.sort_by_key(|term| (term.count_ones(), Reverse(term.reverse_bits())));
    terms.into_iter().map(|term| lists.named(term)).collect()
}

/// How many models had an estimate, where all were tried.
pub(crate) fn tried(models: usize) -> Told {
    Box::new(move |_, _| Check {
        name: "models",
        passed: true,
        found: format!("{models} hierarchical models have an estimate on this table"),
    })
}

/// Which models have most say.
pub(crate) fn averaged(table: &Table, average: &Average) -> Told {
    let count = average.voices.len();
    let seen = as_float(table.seen());
    let first: Vec<(Model, f64, f64)> = (average.voices.iter().take(NAMED))
        .map(|voice| {
            let people = seen + voice.chosen.fit.unseen();
            (voice.chosen.model.clone(), 100.0 * voice.weight, people)
        })
        .collect();
    Box::new(move |lists, order| {
        let words: Vec<String> = (first.iter())
            .map(|(model, weight, people)| {
                let among = terms(lists, order, model);
                let pairs = among.get(order.len()..).unwrap_or_default();
                let name = if pairs.is_empty() {
                    "independent lists".to_owned()
                } else {
                    pairs.join(" ")
                };
                format!("{name}: {people:.0} ({weight:.0} %)")
            })
            .collect();
        Check {
            name: "models",
            passed: true,
            found: format!(
                "{count} models have a say; those with most: {}",
                words.join(", ")
            ),
        }
    })
}

/// Lists that nobody is on.
pub(crate) fn empty_lists(lists: &Lists) -> Vec<Warning> {
    let names = lists.names().iter().enumerate();
    names
        .filter(|(list, _)| lists.on_list(*list) == 0)
        .map(|(_, name)| Warning::EmptyList(name.clone()))
        .collect()
}

impl Looked<'_> {
    /// Looks at the table and the model; to `compare`, also at what other methods say.
    pub(crate) fn at(&self, tools: &mut Tools, compare: bool) -> (Vec<Check>, Vec<Warning>) {
        let mut checks = vec![self.existence(), self.overlap()];
        let mut warnings = Vec::new();
        if self.on_many() < FEW_OVERLAPS {
            warnings.push(Warning::FewOverlaps(self.on_many()));
        }
        let others = compare.then(|| self.others(tools));
        for (check, warning) in self.fit().into_iter().chain(others) {
            checks.push(check);
            warnings.extend(warning);
        }
        if compare {
            checks.extend(self.without_one(tools));
        }
        (checks, warnings)
    }

    fn existence(&self) -> Check {
        let (terms, cells) = reduced(self.table, self.chosen.model.terms());
        Check {
            name: "existence",
            passed: true,
            found: format!(
                "the maximum likelihood estimate exists and is the only one: {} terms, {} combinations, of which {} with people",
                terms.len(),
                cells.len(),
                self.table.filled().count(),
            ),
        }
    }

    fn on_many(&self) -> u64 {
        let cells = self.table.filled();
        cells
            .filter(|(mask, _)| mask.count_ones() > 1)
            .map(|(_, count)| count)
            .sum()
    }

    fn overlap(&self) -> Check {
        let all = pairs(self.table.lists());
        let empty: Vec<String> = all
            .iter()
            .filter(|pair| self.table.on_all(**pair) == 0.0)
            .map(|pair| self.lists.named(given(self.order, *pair)))
            .collect();
        let met = format!(
            "{} people are on more than one list; {} of {} pairs of lists have people in common",
            self.on_many(),
            all.len() - empty.len(),
            all.len()
        );
        Check {
            name: "overlap",
            passed: self.on_many() >= FEW_OVERLAPS,
            found: if empty.is_empty() {
                met
            } else {
                format!("{met}; nobody is on {}", empty.join(", "))
            },
        }
    }

    /// The distance between model and table (the deviance), where combinations are left over to show one.
    fn fit(&self) -> Option<(Check, Option<Warning>)> {
        let (terms, cells) = reduced(self.table, self.chosen.model.terms());
        let free = u32::try_from(cells.len().checked_sub(terms.len())?).ok()?;
        let expected = self.chosen.fit.cells(self.table.lists());
        let distance: f64 = cells
            .iter()
            .map(|cell| {
                let (count, fitted) = (
                    as_float(self.table.counts()[usize::from(*cell)]),
                    expected[usize::from(*cell)].max(f64::MIN_POSITIVE),
                );
                let likelihood = if count > 0.0 {
                    count * (count / fitted).ln()
                } else {
                    0.0
                };
                2.0 * (likelihood - count + fitted)
            })
            .sum();
        let chance = ChiSquared::new(f64::from(free)).ok()?.sf(distance.max(0.0));
        let passed = chance >= BAD_FIT;
        let check = Check {
            name: "fit",
            passed,
            found: format!(
                "deviance {distance:.2} on {free} free combinations, chance {chance:.4}; rough where combinations hold few people"
            ),
        };
        Some((check, (!passed).then_some(Warning::Fit { chance })))
    }

    /// What other ways of choosing say.
    fn others(&self, tools: &mut Tools) -> (Check, Option<Warning>) {
        let ways = [
            (Method::Main, "independent lists"),
            (Method::Stepwise, "stepwise"),
            (Method::Bic, "best by BIC"),
            (Method::Best, "averaged"),
        ];
        let wide = self.table.lists() > MOST_LISTS_FOR_BIC;
        let asked = ways.into_iter().filter(|(method, _)| {
            *method != self.method && !(wide && matches!(method, Method::Bic | Method::Best))
        });
        let said: Vec<(&str, Option<f64>)> = asked
            .map(|(method, name)| (name, point(method, self.table, tools)))
            .collect();
        let all = said
            .iter()
            .filter_map(|(_, people)| *people)
            .chain([self.people]);
        let (low, high) = all.fold((f64::INFINITY, 0.0f64), |(low, high), people| {
            (low.min(people), high.max(people))
        });
        let passed = high <= APART * low;
        let words: Vec<String> = said
            .iter()
            .map(|(name, people)| says(name, *people))
            .collect();
        let check = Check {
            name: "other_methods",
            passed,
            found: words.join(", "),
        };
        (check, (!passed).then_some(Warning::Disagree { low, high }))
    }

    /// What the stepwise choice says without each list in turn: how much hangs on one list.
    fn without_one(&self, tools: &mut Tools) -> Option<Check> {
        if self.table.lists() < 4 {
            return None;
        }
        let said: Vec<(String, Option<f64>)> = (0..self.table.lists())
            .map(|list| {
                let name = self.lists.named(given(self.order, 1 << list));
                let people = Way::Stepwise.people(&self.table.without(list), tools);
                (format!("without {name}"), people)
            })
            .collect();
        let words: Vec<String> = said
            .iter()
            .map(|(name, people)| says(name, *people))
            .collect();
        Some(Check {
            name: "leave_one_out",
            passed: said.iter().all(|(_, people)| people.is_some()),
            found: format!("stepwise {}", words.join(", ")),
        })
    }
}

fn says(name: &str, people: Option<f64>) -> String {
    people.map_or_else(
        || format!("{name} none"),
        |people| format!("{name} {people:.0}"),
    )
}

/// The number that a method comes to, without its interval.
fn point(method: Method, table: &Table, tools: &mut Tools) -> Option<f64> {
    match method {
        Method::Main => Way::Main.people(table, tools),
        Method::Stepwise => Way::Stepwise.people(table, tools),
        Method::Bic => {
            let best = tools.ranked(table).into_iter().next()?;
            within_reason(table, &best.chosen)
        }
        Method::Best => Some(Average::of(table, tools)?.quantile(0.5)),
    }
}
