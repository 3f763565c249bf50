//! A question that falls apart is solved in parts: requests that share no room and no keep-apart group do not meet.

use std::collections::BTreeMap;

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
    let mut apart: BTreeMap<u32, usize> = BTreeMap::new();
    for (n, ask) in model.asks.iter().enumerate() {
        for pair in model.pairs_of(n) {
            groups.join(n, model.asks.len() + model.pairs[pair].cell as usize);
        }
        if let Some(group) = ask.apart {
            let known = *apart.entry(group).or_insert(n);
            groups.join(known, n);
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
