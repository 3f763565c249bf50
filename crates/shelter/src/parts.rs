//! A question that falls apart is solved in parts: requests that share no room, and no location where their keep-apart group could
//! meet, have nothing to do with each other.

use std::collections::BTreeMap;

use crate::branch::Core;
use crate::model::Model;

/// A part with the way back: positions of its requests and cells in the whole.
pub(crate) struct Part {
    pub model: Model,
    pub asks: Vec<usize>,
    pub cells: Vec<usize>,
    /// For each pair of the part, its position in the whole.
    pub pairs: Vec<usize>,
}

/// The parts, in the order of their first request. Requests without any pair belong to none.
pub(crate) fn parts(model: &Model) -> Vec<Part> {
    let mut groups = Joined::new(model.asks.len() + model.cells.len());
    let mut apart: BTreeMap<(u32, usize), usize> = BTreeMap::new();
    for (n, ask) in model.asks.iter().enumerate() {
        for pair in model.pairs_of(n) {
            let cell = model.pairs[pair].cell as usize;
            groups.join(n, model.asks.len() + cell);
            if let Some(group) = ask.apart {
                let met = (group, model.cells[cell].location);
                groups.join(*apart.entry(met).or_insert(n), n);
            }
        }
    }
    let mut found: Vec<Vec<usize>> = Vec::new();
    let mut part_of: BTreeMap<usize, usize> = BTreeMap::new();
    for n in 0..model.asks.len() {
        if model.pairs_of(n).is_empty() {
            continue;
        }
        let part = *part_of.entry(groups.top(n)).or_insert_with(|| {
            found.push(Vec::new());
            found.len() - 1
        });
        found[part].push(n);
    }
    (found.into_iter())
        .map(|asks| extract(model, asks, |_, _| true))
        .collect()
}

/// What standing aside costs those who can go nowhere.
pub(crate) fn alone(model: &Model) -> i64 {
    (0..model.asks.len())
        .filter(|ask| model.pairs_of(*ask).is_empty())
        .map(|ask| model.asks[ask].aside.unwrap_or(0) * model.asks[ask].size)
        .sum()
}

/// What is left of a model, in parts, and what those cost who have nothing left but to stand aside.
pub(crate) struct Rest {
    pub parts: Vec<Part>,
    pub alone: i64,
}

/// The model without what the core rules out.
pub(crate) fn without(model: &Model, core: &Core) -> Rest {
    let everybody = (0..model.asks.len()).collect();
    let mut kept = extract(model, everybody, |_, pair| core.pairs[pair]);
    let alone = alone(&kept.model);
    for (ask, may) in kept.model.asks.iter_mut().zip(&core.aside) {
        ask.aside = ask.aside.filter(|_| *may);
    }
    let mut parts = parts(&kept.model);
    for part in &mut parts {
        for (own, whole) in [
            (&mut part.asks, &kept.asks),
            (&mut part.cells, &kept.cells),
            (&mut part.pairs, &kept.pairs),
        ] {
            for at in own {
                *at = whole[*at];
            }
        }
    }
    Rest { parts, alone }
}

/// The part of these requests, with the pairs that are wanted and every cell that they reach.
pub(crate) fn extract(
    model: &Model,
    asks: Vec<usize>,
    wanted: impl Fn(usize, usize) -> bool,
) -> Part {
    let mut cells: Vec<usize> = (asks.iter())
        .flat_map(|n| model.pairs_of(*n).filter(|pair| wanted(*n, *pair)))
        .map(|pair| model.pairs[pair].cell as usize)
        .collect();
    cells.sort_unstable();
    cells.dedup();
    let mut part = Model {
        cells: cells.iter().map(|c| model.cells[*c].clone()).collect(),
        start: vec![0],
        ..Model::default()
    };
    let mut pairs = Vec::new();
    for n in &asks {
        let mut stay = None;
        for pair in model.pairs_of(*n).filter(|pair| wanted(*n, *pair)) {
            if model.stay[*n] == Some(pair) {
                stay = Some(part.pairs.len());
            }
            let mut own = model.pairs[pair];
            let cell = cells.partition_point(|c| *c < own.cell as usize);
            own.cell = u32::try_from(cell).unwrap_or(u32::MAX);
            part.pairs.push(own);
            pairs.push(pair);
        }
        part.start.push(part.pairs.len());
        part.stay.push(stay);
        part.asks.push(model.asks[*n].clone());
    }
    Part {
        model: part,
        asks,
        cells,
        pairs,
    }
}

/// Union and find.
struct Joined(Vec<usize>);

impl Joined {
    fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    fn top(&mut self, mut n: usize) -> usize {
        while self.0[n] != n {
            self.0[n] = self.0[self.0[n]];
            n = self.0[n];
        }
        n
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.top(a), self.top(b));
        // The lower position on top, so that the result does not depend on the order of joining.
        self.0[a.max(b)] = a.min(b);
    }
}
