//! Made-up populations from a fitted model, of which the truth is known: to measure how often an interval holds it.

use crate::lists::Lists;
use crate::model::Model;
use crate::resample::Draws;
use crate::select::{Chosen, Tools};
use crate::table::{Table, as_float};

/// A population of which everything is known: how many people there are, and their chance to be on each combination of lists.
#[derive(Debug, Clone)]
pub struct MadeUp {
    names: Vec<String>,
    table: Table,
    /// The expected number in each combination with any chance.
    cells: Vec<(usize, f64)>,
    people: f64,
}

impl MadeUp {
    /// People like those on these lists, if they are on them independently of each other. `None` where that has no estimate.
    #[must_use]
    pub fn independent(lists: &Lists) -> Option<Self> {
        Self::from(lists, |tools, table| tools.main(table))
    }

    /// People like those on these lists, by the stepwise model.
    #[must_use]
    pub fn stepwise(lists: &Lists) -> Option<Self> {
        Self::from(lists, |tools, table| tools.stepwise(table))
    }

    /// People like those on these lists, by the model that is `place`-th best by BIC, from 0.
    #[must_use]
    pub fn by_bic(lists: &Lists, place: usize) -> Option<Self> {
        Self::from(lists, |tools, table| {
            let ranked = tools.ranked(table).into_iter().nth(place);
            ranked.map(|one| one.chosen)
        })
    }

    fn from(
        lists: &Lists,
        choose: impl FnOnce(&mut Tools, &Table) -> Option<Chosen>,
    ) -> Option<Self> {
        let (table, order) = lists.table();
        let chosen = choose(&mut Tools::default(), &table)?;
        let expected = chosen.fit.cells(table.lists());
        let seen = as_float(table.seen());
        Some(Self {
            names: order
                .iter()
                .map(|list| lists.names()[*list].clone())
                .collect(),
            cells: possible(&chosen.model, &table, &expected),
            people: (seen + chosen.fit.unseen()).round(),
            table,
        })
    }

    /// How many people there are: the truth.
    #[must_use]
    pub fn people(&self) -> f64 {
        self.people
    }

    /// The lists that would be seen of them; each seed shows others.
    ///
    /// # Errors
    /// None that a population made here can bring about.
    pub fn seen(&self, seed: u64) -> Result<Lists, crate::ListsError> {
        let mut draws = Draws::new(seed);
        let expected: f64 = self.cells.iter().map(|(_, number)| number).sum();
        let seen = draws.seen(self.people, expected / self.people);
        let mut drawn = self.table.clone();
        draws.draw(seen, &self.cells, &mut drawn);
        Lists::new(self.names.clone(), drawn.filled())
    }
}

/// The cells that have a chance. Differences of sums leave dust where a term is minus infinity; those cells are left out by name.
fn possible(model: &Model, table: &Table, expected: &[f64]) -> Vec<(usize, f64)> {
    let (_, cells) = crate::exists::reduced(table, model.terms());
    let numbers = cells
        .into_iter()
        .map(usize::from)
        .map(|cell| (cell, expected[cell]));
    numbers.filter(|(_, number)| *number > 0.0).collect()
}
