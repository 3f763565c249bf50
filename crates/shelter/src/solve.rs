//! The plan for a whole model: the flow where it is one, branch and bound where that can be proven, and for what is larger
//! the flow with repair, part by part, with a bound that says how far it can be from the best.

use crate::branch::{self, Core, Limits, STEPS_AT_ROOT, Scaled};
use crate::chance::Chance;
use crate::fill::Fill;
use crate::flow::Simplex;
use crate::lagrange::{Bans, Climb, Rooms};
use crate::model::Model;
use crate::parts::{Part, alone, extract, parts, without};

/// Parts with more requests than this are repaired before they are proven.
const LARGE: usize = 700;
/// Parts with more requests than this are repaired once before they are searched: a good plan cuts off most of the search.
const SMALL: usize = 60;
/// Subgradient steps between two rounds of taking out what cannot be.
const STEPS_OF_CORE: usize = 300;
/// Subgradient steps for a part that is too large to prove.
const STEPS_OF_LARGE: usize = 1500;
/// Rounds of repairs over all rooms for each reach.
const ROUNDS_OF_LARGE: usize = 300;
/// Nodes for one repair.
const REPAIR_NODES: usize = 60;
/// Subgradient steps at the first node of a repair.
const REPAIR_STEPS: usize = 15;
/// Requests in one repair.
const REPAIR_ASKS: usize = 60;
/// The same where there is more than can be proven: small repairs gain most for their time, and when they gain nothing, larger ones do.
const REACHES: [usize; 4] = [36, 60, 90, 120];

/// A plan and what is proven of it.
#[derive(Debug, Clone)]
pub(crate) struct Solved {
    pub chosen: Vec<Option<usize>>,
    pub objective: i64,
    pub bound: i64,
    /// What a seat of each cell is worth.
    pub prices: Vec<i64>,
}

/// The best plan that is found before `stop`.
pub(crate) fn solve(model: &Model, stop: &dyn Fn() -> bool) -> Solved {
    let scaled = Scaled::of(model);
    let mut tree = Simplex::new(&scaled.net);
    let done = tree.run(&scaled.net, stop);
    let scaled_prices = tree.prices();
    // Costs are never below 0; prices of a run that was cut short may prove less than that.
    let proven = scaled.whole(scaled.net.bound(&scaled_prices)).max(0);
    let prices = scaled_prices.iter().map(|p| p / scaled.scale).collect();
    let mut fill = rounded(model, &tree, done);
    fill.list();
    let objective = model.cost_of(&fill.chosen);
    let (chosen, bound) = if proven >= objective || !done {
        (fill.chosen, proven)
    } else {
        drop((tree, scaled));
        part_by_part(model, fill.chosen, stop)
    };
    let objective = model.cost_of(&chosen);
    Solved {
        bound: bound.max(proven).min(objective),
        objective,
        chosen,
        prices,
    }
}

/// What a seat of each cell is worth by the flow, and what no plan costs less than.
#[cfg(feature = "highs")]
pub(crate) fn relaxed(model: &Model) -> (Vec<i64>, i64) {
    let scaled = Scaled::of(model);
    let mut tree = Simplex::new(&scaled.net);
    tree.run(&scaled.net, &|| false);
    let prices = tree.prices();
    let bound = scaled.whole(scaled.net.bound(&prices)).max(0);
    let each = prices.iter().map(|price| price / scaled.scale).collect();
    (each, bound)
}

/// Whoever the flow places whole is placed there; the rest is left to the list.
fn rounded<'a>(model: &'a Model, tree: &Simplex, done: bool) -> Fill<'a> {
    let mut fill = Fill::new(model);
    if !done {
        return fill;
    }
    let flows = tree.flows();
    let whole = || (flows.iter()).filter(|f| f.2 == model.asks[f.0 as usize].size);
    for (row, _, _) in whole() {
        fill.take(*row as usize);
    }
    for (row, arc, _) in whole() {
        let (ask, pair) = (*row as usize, *arc as usize);
        if fill.fits(ask, pair) {
            fill.put(ask, pair);
        }
    }
    stay_for_who_is_left(model, &mut fill);
    fill
}

/// Nobody is put out: who has a room and was not placed goes back to it, and whoever took the seats there goes without.
fn stay_for_who_is_left(model: &Model, fill: &mut Fill<'_>) {
    while let Some(ask) = (0..model.asks.len())
        .find(|ask| fill.chosen[*ask].is_none() && model.asks[*ask].aside.is_none())
    {
        let Some(stay) = model.stay[ask] else { return };
        let cell = model.pairs[stay].cell;
        let others: Vec<_> = (0..model.asks.len())
            .filter(|other| {
                let pair = fill.chosen[*other];
                let arrived = pair.is_some() && pair != model.stay[*other];
                let here = pair.is_some_and(|pair| model.pairs[pair].cell == cell);
                let rival = model.asks[ask].apart.is_some()
                    && model.asks[*other].apart == model.asks[ask].apart;
                arrived && (here && fill.left[cell as usize] < model.asks[ask].size || rival)
            })
            .collect();
        for other in others {
            fill.take(other);
        }
        fill.put(ask, stay);
    }
}

fn part_by_part(
    model: &Model,
    mut chosen: Vec<Option<usize>>,
    stop: &dyn Fn() -> bool,
) -> (Vec<Option<usize>>, i64) {
    let mut bound = alone(model);
    for part in parts(model) {
        let mut own = known(&part, &chosen);
        bound += if part.asks.len() > LARGE {
            large(&part.model, &mut own, stop)
        } else {
            if part.asks.len() > SMALL {
                let mut repair = Repair::new(&part.model, own);
                repair.run(1, stop);
                own = repair.fill.chosen;
            }
            prove(&part.model, &mut own, stop)
        };
        give_back(&part, &own, &mut chosen);
    }
    (chosen, bound)
}

/// The best plan, with what can be proven of it: what cannot be in a plan as good as the one at hand is taken out, which lets the
/// rest fall into smaller parts, and so on while that takes a good share away; then the parts are searched.
fn prove(model: &Model, chosen: &mut Vec<Option<usize>>, stop: &dyn Fn() -> bool) -> i64 {
    let limits = |steps| Limits {
        stop,
        nodes: usize::MAX,
        steps,
    };
    let small = model.asks.len() <= SMALL;
    let core = (!small).then(|| branch::core(model, chosen, &limits(STEPS_OF_CORE)));
    let gone = |core: &Core| core.pairs.iter().filter(|may| !**may).count();
    match core {
        Some(core) if gone(&core) * 10 >= model.pairs.len() && !stop() => {
            let rest = without(model, &core);
            let mut bound = rest.alone;
            for part in rest.parts {
                let mut own = known(&part, chosen);
                bound += prove(&part.model, &mut own, stop);
                give_back(&part, &own, chosen);
            }
            bound.max(core.bound)
        }
        core => {
            let limits = limits(STEPS_AT_ROOT);
            let found = match core {
                Some(core) => branch::rise(model, chosen, core.bound, &limits),
                None => branch::search(model, chosen, &limits),
            };
            *chosen = found.chosen;
            found.bound
        }
    }
}

/// The plan of the whole as the plan of a part.
fn known(part: &Part, chosen: &[Option<usize>]) -> Vec<Option<usize>> {
    (part.asks.iter())
        .map(|ask| chosen[*ask].and_then(|pair| part.pairs.binary_search(&pair).ok()))
        .collect()
}

fn give_back(part: &Part, own: &[Option<usize>], chosen: &mut [Option<usize>]) {
    for (ask, pair) in part.asks.iter().zip(own) {
        chosen[*ask] = pair.map(|pair| part.pairs[pair]);
    }
}

/// A part that is too large to prove: a bound from the flow and the rooms, then repairs until told to stop or nothing helps.
fn large(model: &Model, chosen: &mut Vec<Option<usize>>, stop: &dyn Fn() -> bool) -> i64 {
    let scaled = Scaled::of(model);
    let mut tree = Simplex::new(&scaled.net);
    tree.run(&scaled.net, stop);
    let rivals = model.rivals();
    let mut rooms = Rooms::of(model, &scaled, &rivals);
    let none = (vec![0; model.pairs.len()], vec![0; model.asks.len()]);
    let bans = Bans {
        pairs: &none.0,
        aside: &none.1,
    };
    let from = rooms.worths(&scaled, &tree.prices());
    let mut repair = Repair::new(model, std::mem::take(chosen));
    repair.reach = REACHES[0];
    repair.run(2, stop);
    let goal = i128::from(model.cost_of(&repair.fill.chosen)) * i128::from(scaled.scale);
    let climb = Climb {
        steps: STEPS_OF_LARGE,
        goal,
        stop,
    };
    let (bound, _) = rooms.climb(&scaled, &from, bans, &climb);
    let mut cost = i64::MAX;
    while model.cost_of(&repair.fill.chosen) < cost && !stop() {
        cost = model.cost_of(&repair.fill.chosen);
        for reach in REACHES {
            repair.reach = reach;
            repair.run(ROUNDS_OF_LARGE, stop);
        }
    }
    chosen.clone_from(&repair.fill.chosen);
    scaled.whole(bound)
}

/// Local repair: a few rooms are emptied and filled again in the best way, again and again.
struct Repair<'a> {
    model: &'a Model,
    fill: Fill<'a>,
    /// For each cell who is in it.
    inside: Vec<Vec<usize>>,
    /// For each cell who could be.
    asking: Vec<Vec<u32>>,
    chance: Chance,
    /// Requests in one repair.
    reach: usize,
}

impl<'a> Repair<'a> {
    fn new(model: &'a Model, chosen: Vec<Option<usize>>) -> Self {
        let mut inside = vec![Vec::new(); model.cells.len()];
        let mut asking = vec![Vec::new(); model.cells.len()];
        for (ask, pair) in chosen.iter().enumerate() {
            if let Some(pair) = pair {
                inside[model.pairs[*pair].cell as usize].push(ask);
            }
            for pair in &model.pairs[model.pairs_of(ask)] {
                asking[pair.cell as usize].push(u32::try_from(ask).unwrap_or(u32::MAX));
            }
        }
        Self {
            fill: Fill::from(model, &chosen),
            model,
            inside,
            asking,
            // The stream is fixed: the same question gets the same repairs.
            chance: Chance::new(0),
            reach: REPAIR_ASKS,
        }
    }

    /// Rounds over all cells, until a whole round gains less than one part in ten million.
    fn run(&mut self, rounds: usize, stop: &dyn Fn() -> bool) {
        for _ in 0..rounds {
            let before = self.model.cost_of(&self.fill.chosen);
            for cell in 0..self.model.cells.len() {
                if stop() {
                    return;
                }
                self.around(cell, stop);
            }
            let gained = before - self.model.cost_of(&self.fill.chosen);
            if gained <= before / 10_000_000 {
                return;
            }
        }
    }

    fn around(&mut self, cell: usize, stop: &dyn Fn() -> bool) {
        let (cells, asks) = self.neighbourhood(cell);
        if asks.len() < 2 {
            return;
        }
        for ask in &asks {
            self.fill.take(*ask);
        }
        let before: Vec<_> = asks.iter().map(|ask| self.chosen_before(*ask)).collect();
        let part = extract(self.model, asks, |ask, pair| {
            cells
                .binary_search(&(self.model.pairs[pair].cell as usize))
                .is_ok()
                && self.fill.meets_nobody(ask, pair)
        });
        let mut part = part;
        for (cell, whole) in part.cells.iter().enumerate() {
            part.model.cells[cell].capacity = self.fill.left[*whole];
        }
        let limits = Limits {
            stop,
            nodes: REPAIR_NODES,
            steps: REPAIR_STEPS,
        };
        let known: Vec<_> = (before.iter())
            .map(|pair| pair.and_then(|pair| part.pairs.binary_search(&pair).ok()))
            .collect();
        let found = branch::search(&part.model, &known, &limits);
        for ((ask, old), pair) in part.asks.iter().zip(before).zip(found.chosen) {
            let new = pair.map(|pair| part.pairs[pair]);
            if let Some(old) = old {
                let cell = self.model.pairs[old].cell as usize;
                self.inside[cell].retain(|other| other != ask);
            }
            if let Some(new) = new {
                self.fill.put(*ask, new);
                self.inside[self.model.pairs[new].cell as usize].push(*ask);
            }
        }
    }

    /// Where the request was before it was taken out: the cells still list it.
    fn chosen_before(&self, ask: usize) -> Option<usize> {
        (self.model.pairs_of(ask))
            .find(|pair| self.inside[self.model.pairs[*pair].cell as usize].contains(&ask))
    }

    /// A cell, cells that its people could also be in, who is there, and who would like to be.
    fn neighbourhood(&mut self, cell: usize) -> (Vec<usize>, Vec<usize>) {
        let mut cells = vec![cell];
        let mut asks: Vec<usize> = self.inside[cell].clone();
        let mut wait: Vec<usize> = (self.asking[cell].iter().map(|ask| *ask as usize))
            .filter(|ask| self.fill.chosen[*ask].is_none())
            .collect();
        let urgent = |ask: &usize| std::cmp::Reverse(self.model.asks[*ask].aside);
        wait.sort_by_key(|ask| (urgent(ask), *ask));
        wait.truncate(6);
        let mut tries = 0;
        while asks.len() + wait.len() < self.reach && tries < 40 {
            tries += 1;
            let from: Vec<usize> = asks.iter().chain(&wait).copied().collect();
            if from.is_empty() {
                break;
            }
            let ask = *self.chance.pick(&from);
            let pairs = self.model.pairs_of(ask);
            if pairs.is_empty() {
                continue;
            }
            let pair = pairs.start + self.chance.below(pairs.len());
            let next = self.model.pairs[pair].cell as usize;
            if cells.contains(&next) || asks.len() + self.inside[next].len() > self.reach {
                continue;
            }
            cells.push(next);
            asks.extend_from_slice(&self.inside[next]);
        }
        cells.sort_unstable();
        asks.extend(wait);
        asks.sort_unstable();
        asks.dedup();
        (cells, asks)
    }
}
