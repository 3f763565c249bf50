//! Which terms a log-linear model has: everybody, each list, and the combinations of lists that depend on each other.

/// The terms of a model as masks: 0 first, then each list, then the interactions in the order in which they came in.
///
/// A cell `ω` has the term `θ` when `ω` contains `θ`. Every model holds 0 and all lists, and is hierarchical: with a term it
/// holds every part of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Model {
    terms: Vec<u16>,
    lists: usize,
}

impl Model {
    /// Each list for itself: nobody's chance to be on one list says anything about another.
    pub(crate) fn main_effects(lists: usize) -> Self {
        let mut terms = vec![0];
        terms.extend((0..lists).map(|list| 1 << list));
        Self { terms, lists }
    }

    /// With one interaction more, as the last term.
    pub(crate) fn with(&self, term: u16) -> Self {
        let mut more = self.clone();
        more.terms.push(term);
        more
    }

    /// Without one interaction.
    pub(crate) fn without(&self, term: u16) -> Self {
        let mut less = self.clone();
        less.terms.retain(|other| *other != term);
        less
    }

    /// The terms in an order that does not tell how they came in.
    pub(crate) fn sorted(&self) -> Vec<u16> {
        let mut terms = self.terms.clone();
        terms.sort_unstable();
        terms
    }

    pub(crate) fn terms(&self) -> &[u16] {
        &self.terms
    }

    pub(crate) fn has(&self, term: u16) -> bool {
        self.terms.contains(&term)
    }

    /// The pairs of lists that the model lets be independent.
    pub(crate) fn pairs_left(&self) -> Vec<u16> {
        pairs(self.lists)
            .into_iter()
            .filter(|pair| !self.has(*pair))
            .collect()
    }
}

/// All pairs of lists.
pub(crate) fn pairs(lists: usize) -> Vec<u16> {
    of_size(lists, 2)
}

/// All combinations of so many lists.
pub(crate) fn of_size(lists: usize, size: u32) -> Vec<u16> {
    (0..1u16 << lists)
        .filter(|mask| mask.count_ones() == size)
        .collect()
}

/// Every hierarchical model with interactions of two lists, and of three where there are more than three lists.
///
/// Each choice of pairs is a graph; a triple may come in where its three pairs are there.
pub(crate) fn hierarchical(lists: usize) -> Vec<Model> {
    let pairs = pairs(lists);
    let triples = if lists > 3 {
        of_size(lists, 3)
    } else {
        Vec::new()
    };
    let main = Model::main_effects(lists);
    let mut models = Vec::new();
    for graph in 0u32..1 << pairs.len() {
        let chosen: Vec<u16> = subset(&pairs, graph);
        let possible: Vec<u16> = triples
            .iter()
            .copied()
            .filter(|triple| {
                let within = chosen.iter().filter(|pair| *pair & triple == **pair);
                within.count() == 3
            })
            .collect();
        for more in 0u32..1 << possible.len() {
            let mut model = main.clone();
            model.terms.extend(&chosen);
            model.terms.extend(subset(&possible, more));
            models.push(model);
        }
    }
    models
}

fn subset(of: &[u16], bits: u32) -> Vec<u16> {
    of.iter()
        .enumerate()
        .filter(|(at, _)| bits >> at & 1 == 1)
        .map(|(_, term)| *term)
        .collect()
}
