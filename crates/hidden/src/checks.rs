//! What is looked at beside the number, so that a reader can judge it.

use statrs::distribution::{ChiSquared, ContinuousCDF};

use crate::estimate::{Way, within_reason};
use crate::exists::reduced;
use crate::lists::Lists;
use crate::model::pairs;
use crate::outcome::{Check, MOST_LISTS_FOR_BIC, Warning};
use crate::select::{Chosen, Tools};
use crate::table::{Table, as_float};

/// Fewer people on two lists or more are too few.
const FEW_OVERLAPS: u64 = 10;
/// Ways of choosing that are further apart than this disagree.
const APART: f64 = 1.5;
/// A distance between model and table that is less likely than this is no chance.
const BAD_FIT: f64 = 0.001;

/// What there is to look at.
pub(crate) struct Looked<'a> {
    pub(crate) lists: &'a Lists,
    pub(crate) table: &'a Table,
    pub(crate) chosen: &'a Chosen,
    pub(crate) people: f64,
    pub(crate) tried: Option<usize>,
}

/// A term in the bits of the lists as they were given.
pub(crate) fn given(order: &[usize], term: u16) -> u16 {
    let bits = order.iter().enumerate();
    bits.map(|(from, to)| (term >> from & 1) << to).sum()
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
    /// Looks at everything.
    pub(crate) fn at(
        &self,
        tools: &mut Tools,
        way: &Way,
        order: &[usize],
    ) -> (Vec<Check>, Vec<Warning>) {
        let mut checks = vec![self.existence(), self.overlap(order)];
        let mut warnings = Vec::new();
        if self.on_many() < FEW_OVERLAPS {
            warnings.push(Warning::FewOverlaps(self.on_many()));
        }
        checks.extend(self.tried.map(|tried| Check {
            name: "models",
            passed: true,
            found: format!("{tried} hierarchical models have an estimate on this table"),
        }));
        for (check, warning) in [self.fit(), self.others(tools, way)].into_iter().flatten() {
            checks.push(check);
            warnings.extend(warning);
        }
        checks.extend(self.without_one(tools, way, order));
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

    fn overlap(&self, order: &[usize]) -> Check {
        let all = pairs(self.table.lists());
        let empty: Vec<String> = all
            .iter()
            .filter(|pair| self.table.on_all(**pair) == 0.0)
            .map(|pair| self.lists.named(given(order, *pair)))
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
                let likelihood = if count > 0.0 { count * (count / fitted).ln() } else { 0.0 };
                2.0 * (likelihood - count + fitted)
            })
            .sum();
        let chance = ChiSquared::new(f64::from(free)).ok()?.sf(distance.max(0.0));
        let passed = chance >= BAD_FIT;
        let check = Check {
            name: "fit",
            passed,
            found: format!("deviance {distance:.2} on {free} free combinations, chance {chance:.4}; rough where combinations hold few people"),
        };
        Some((check, (!passed).then_some(Warning::Fit { chance })))
    }

    /// What other ways of choosing say.
    fn others(&self, tools: &mut Tools, way: &Way) -> Option<(Check, Option<Warning>)> {
        let mut said = Vec::new();
        if !matches!(way, Way::Main) {
            said.push(("independent lists", Way::Main.people(self.table, tools)));
        }
        if !matches!(way, Way::Stepwise) {
            said.push(("stepwise", Way::Stepwise.people(self.table, tools)));
        }
        if !matches!(way, Way::Among(_)) && self.table.lists() <= MOST_LISTS_FOR_BIC {
            let best = tools.ranked(self.table).into_iter().next();
            let people = best.and_then(|best| within_reason(self.table, &best.chosen));
            said.push(("best by BIC", people));
        }
        let numbers = said.iter().filter_map(|(_, people)| *people);
        let all = numbers.chain([self.people]);
        let (low, high) = all.fold((f64::INFINITY, 0.0f64), |(low, high), people| {
            (low.min(people), high.max(people))
        });
        let passed = high <= APART * low;
        let words: Vec<String> = said
            .iter()
            .map(|(name, people)| match people {
                Some(people) => format!("{name} {people:.0}"),
                None => format!("{name} none"),
            })
            .collect();
        let check = Check {
            name: "other_methods",
            passed,
            found: words.join(", "),
        };
        Some((check, (!passed).then_some(Warning::Disagree { low, high })))
    }

    /// What the same way says without each list in turn.
    fn without_one(&self, tools: &mut Tools, way: &Way, order: &[usize]) -> Option<Check> {
        if self.table.lists() < 4 || matches!(way, Way::Among(_)) {
            return None;
        }
        let words: Vec<String> = (0..self.table.lists())
            .map(|list| {
                let name = self.lists.named(given(order, 1 << list));
                match way.people(&self.table.without(list), tools) {
                    Some(people) => format!("without {name} {people:.0}"),
                    None => format!("without {name} none"),
                }
            })
            .collect();
        Some(Check {
            name: "leave_one_out",
            passed: words.iter().all(|word| !word.ends_with("none")),
            found: words.join(", "),
        })
    }
}
