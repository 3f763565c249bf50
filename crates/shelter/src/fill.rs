//! A plan in the making: who is where, what is left, and the plain list that the optimum starts from.

use std::collections::HashMap;

use crate::model::Model;

/// Who is where, and what is left.
#[derive(Debug, Clone)]
pub(crate) struct Fill<'a> {
    model: &'a Model,
    pub chosen: Vec<Option<usize>>,
    pub left: Vec<i64>,
    /// Who of a keep-apart group is in a location.
    groups: HashMap<(u32, usize), Vec<usize>>,
}

impl<'a> Fill<'a> {
    /// Everybody who has a room is in it; the others wait.
    pub fn new(model: &'a Model) -> Self {
        let mut fill = Self {
            model,
            chosen: vec![None; model.asks.len()],
            left: model.cells.iter().map(|cell| cell.capacity).collect(),
            groups: HashMap::new(),
        };
        for ask in 0..model.asks.len() {
            if let Some(stay) = model.stay[ask] {
                fill.put(ask, stay);
            }
        }
        fill
    }

    /// From a plan.
    pub fn from(model: &'a Model, chosen: &[Option<usize>]) -> Self {
        let mut fill = Self::new(model);
        for ask in 0..chosen.len() {
            fill.take(ask);
        }
        for (ask, pair) in chosen.iter().enumerate() {
            if let Some(pair) = pair {
                fill.put(ask, *pair);
            }
        }
        fill
    }

    fn place(&self, ask: usize, pair: usize) -> (usize, Option<(u32, usize)>) {
        let cell = self.model.pairs[pair].cell as usize;
        let location = self.model.cells[cell].location;
        let group = self.model.asks[ask].apart.map(|apart| (apart, location));
        (cell, group)
    }

    /// Whether the request may go there now, wherever it is now.
    pub fn fits(&self, ask: usize, pair: usize) -> bool {
        let (cell, _) = self.place(ask, pair);
        let own = match self.chosen[ask] {
            Some(now) if self.model.pairs[now].cell as usize == cell => self.model.asks[ask].size,
            _ => 0,
        };
        self.left[cell] + own >= self.model.asks[ask].size && self.meets_nobody(ask, pair)
    }

    /// Whether nobody of its group would be in the same location. Who stays may stay, and then nobody may come.
    pub fn meets_nobody(&self, ask: usize, pair: usize) -> bool {
        let (_, group) = self.place(ask, pair);
        let Some(there) = group.and_then(|group| self.groups.get(&group)) else {
            return true;
        };
        let staying = self.model.stay[ask] == Some(pair);
        let stays = |other: &usize| {
            self.model.stay[*other].is_some() && self.model.stay[*other] == self.chosen[*other]
        };
        there
            .iter()
            .all(|other| *other == ask || staying && stays(other))
    }

    /// Puts a request that is nowhere.
    pub fn put(&mut self, ask: usize, pair: usize) {
        let (cell, group) = self.place(ask, pair);
        self.left[cell] -= self.model.asks[ask].size;
        if let Some(group) = group {
            self.groups.entry(group).or_default().push(ask);
        }
        self.chosen[ask] = Some(pair);
    }

    /// Takes a request from where it is.
    pub fn take(&mut self, ask: usize) {
        let Some(pair) = self.chosen[ask].take() else {
            return;
        };
        let (cell, group) = self.place(ask, pair);
        self.left[cell] += self.model.asks[ask].size;
        if let Some(there) = group.and_then(|group| self.groups.get_mut(&group)) {
            there.retain(|other| *other != ask);
        }
    }

    /// The dearest to leave aside first, each its cheapest place; then who can move on does, and the others try again.
    pub fn list(&mut self) {
        let mut order: Vec<_> = (0..self.model.asks.len()).collect();
        let key = |ask: &usize| {
            let asking = &self.model.asks[*ask];
            (
                std::cmp::Reverse(asking.aside.map_or(-1, |cost| cost)),
                *ask,
            )
        };
        order.sort_by_key(key);
        for _ in 0..3 {
            for ask in &order {
                self.settle(*ask);
            }
        }
    }

    /// Moves a request to its cheapest place that is free.
    fn settle(&mut self, ask: usize) {
        let now = self.chosen[ask].map_or(i64::MAX, |pair| self.model.pairs[pair].cost);
        let best = (self.model.pairs_of(ask))
            .filter(|pair| self.model.pairs[*pair].cost < now && self.fits(ask, *pair))
            .min_by_key(|pair| (self.model.pairs[*pair].cost, *pair));
        if let Some(pair) = best {
            self.take(ask);
            self.put(ask, pair);
        }
    }
}
