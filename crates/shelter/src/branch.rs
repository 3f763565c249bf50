//! Families, movers and keep-apart groups: branch and bound over the flow, in whole numbers throughout.
//!
//! Seats for a family of three are three units of one row of the flow, at a third of its cost each (all costs are multiplied
//! by a common multiple of the sizes first). The flow is then exactly the linear relaxation; what it may do wrongly is split
//! a family over rooms or let two meet who must be apart. Each branch forbids arcs; the tree of the simplex stays a plan, so
//! every node starts from the last one. [`crate::lagrange`] sharpens the bound room by room.

use crate::flow::{Network, Simplex};
use std::rc::Rc;

use crate::lagrange::{Bans, Climb, Rooms, Worths};
use crate::model::Model;

/// The common multiple of family sizes is not let grow above this (the multiple of 1 to 12); rounding down beyond it keeps
/// bounds true.
const LARGEST_SCALE: i64 = 27_720;

/// When to stop before the proof.
pub(crate) struct Limits<'a> {
    /// Asked now and then; `true` stops.
    pub stop: &'a dyn Fn() -> bool,
    /// Nodes at most.
    pub nodes: usize,
    /// Subgradient steps at the first node.
    pub steps: usize,
}

/// A plan with what is known about it.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// The pair of each request.
    pub chosen: Vec<Option<usize>>,
    /// No plan costs less.
    pub bound: i64,
}

/// What a search came to.
struct Ended {
    /// The best plan below what was asked, if there is one.
    chosen: Option<Vec<Option<usize>>>,
    /// No plan costs less.
    bound: i64,
}

impl Ended {
    /// The plan that was found, else the one known.
    fn or(self, model: &Model, known: &[Option<usize>]) -> Found {
        let chosen = self.chosen.unwrap_or_else(|| known.to_vec());
        Found {
            bound: self.bound.min(model.cost_of(&chosen)),
            chosen,
        }
    }
}

/// Parts of the way from the bound to the plan at hand, one after the other.
const STRETCHES: [i64; 2] = [3, 1];

#[derive(Debug, Clone, Copy)]
enum Change {
    Ban(usize),
    BanAside(usize),
}

/// Two ways on from a node: every plan below it is below one of them.
struct Ways {
    /// What is branched on: a request, or after all requests a possible meeting.
    key: usize,
    on: [Vec<Change>; 2],
}

/// What branching on the same gained before.
#[derive(Clone, Copy, Default)]
struct Gained {
    times: i64,
    sums: [i64; 2],
}

/// After so many trials the mean gain is believed without another.
const BELIEVED: i64 = 16;

/// How many split families are tried out before one is chosen to branch on.
const TRIED: usize = 8;
/// Subgradient steps at the first node, where they pay for all below, and at each other.
pub(crate) const STEPS_AT_ROOT: usize = 1000;
const STEPS_BELOW: usize = 30;
/// After something was forbidden in the same node.
const STEPS_AGAIN: usize = 200;

/// How often the first node is climbed again after forbidding what its bound allows to forbid.
const ROUNDS_AT_ROOT: usize = 2;

/// A node as far as it can be known without branching.
struct Settled {
    bound: i64,
    worths: Rc<Worths>,
    flows: Vec<(u32, u32, i64)>,
}

/// Told to stop in a node; what is proven of it.
struct Stopped(i64);

/// What [`Search::tighten`] did.
#[derive(Default)]
struct Tightened {
    bans: usize,
    bound: i64,
    nothing_left: bool,
}

struct Open {
    mark: usize,
    changes: Vec<Change>,
    bound: i64,
    worths: Option<Rc<Worths>>,
}

impl Open {
    /// Where every search begins.
    fn root() -> Self {
        Self {
            mark: 0,
            changes: Vec::new(),
            bound: i64::MIN,
            worths: None,
        }
    }
}

/// A model as a network: costs scaled, rows and arcs in the order of requests and pairs.
pub(crate) struct Scaled {
    pub net: Network,
    pub scale: i64,
    /// More than any detour can save, per seat.
    pub never: i64,
}

impl Scaled {
    pub fn of(model: &Model) -> Self {
        let scale = scale(model);
        let dearest = model.pairs.iter().map(|p| p.cost).max().unwrap_or(0);
        let aside = model.asks.iter().filter_map(|a| a.aside).max().unwrap_or(0);
        let asks = i64::try_from(model.asks.len()).unwrap_or(i64::MAX);
        let never = scale * (aside + (asks + 1) * (dearest + 1));
        let mut net = Network::with_columns(model.cells.iter().map(|c| c.capacity).collect());
        net.column.reserve(model.pairs.len());
        net.cost.reserve(model.pairs.len());
        for (n, ask) in model.asks.iter().enumerate() {
            for pair in &model.pairs[model.pairs_of(n)] {
                net.column.push(pair.cell);
                net.cost.push(pair.cost * scale / ask.size);
            }
            net.close_row(ask.size, ask.aside.map_or(never, |cost| cost * scale));
        }
        Self { net, scale, never }
    }

    /// From the scaled bound to one in whole costs.
    pub fn whole(&self, bound: i128) -> i64 {
        let scale = i128::from(self.scale);
        let up = bound.div_euclid(scale) + i128::from(bound.rem_euclid(scale) != 0);
        i64::try_from(up).unwrap_or(i64::MAX)
    }
}

fn scale(model: &Model) -> i64 {
    let mut scale = 1;
    for ask in &model.asks {
        let wider = scale / gcd(scale, ask.size) * ask.size;
        if wider <= LARGEST_SCALE {
            scale = wider;
        }
    }
    scale
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Searches from a known plan until it is proven, or told to stop.
pub(crate) fn search(model: &Model, known: &[Option<usize>], limits: &Limits<'_>) -> Found {
    let mut search = Search::new(model, Scaled::of(model), limits);
    search.below = model.cost_of(known);
    search.run().or(model, known)
}

/// The same where a bound is known that may be far below the plan: plans close to the bound are sought first, because what cannot
/// be in one of those leaves little to search; only when there is none the next stretch is, and at last all up to the plan.
pub(crate) fn rise(
    model: &Model,
    known: &[Option<usize>],
    mut bound: i64,
    limits: &Limits<'_>,
) -> Found {
    let cost = model.cost_of(known);
    let mut search = Search::new(model, Scaled::of(model), limits);
    for stretch in STRETCHES {
        let below = bound.saturating_add((cost - bound) / stretch);
        search.below = below.saturating_add(1).min(cost);
        let found = search.run();
        bound = bound.max(found.bound);
        if found.chosen.is_some() || (limits.stop)() {
            return Ended { bound, ..found }.or(model, known);
        }
    }
    Found {
        chosen: known.to_vec(),
        bound,
    }
}

/// What is left of a question once everything is forbidden that would cost more than the plan at hand.
pub(crate) struct Core {
    /// No plan costs less.
    pub bound: i64,
    /// For each pair whether a plan as good as the one at hand could have it.
    pub pairs: Vec<bool>,
    /// For each request whether it could stand aside in such a plan.
    pub aside: Vec<bool>,
}

/// Looks once at the whole question: its bound, and what a plan that costs no more than `known` can be made of.
pub(crate) fn core(model: &Model, known: &[Option<usize>], limits: &Limits<'_>) -> Core {
    let mut search = Search::new(model, Scaled::of(model), limits);
    let limit = model.cost_of(known).saturating_add(1);
    let bound = match search.settle(&Open::root(), limit) {
        Ok(Some(settled)) => settled.bound,
        // Only plans that cost more would be left, so the one at hand is the best.
        Ok(None) => limit - 1,
        Err(Stopped(bound)) => bound,
    };
    let may_stand_aside =
        |(ask, bans): (usize, &u16)| *bans == 0 && model.asks[ask].aside.is_some();
    Core {
        bound: bound.min(limit - 1),
        pairs: search.bans.iter().map(|bans| *bans == 0).collect(),
        aside: search
            .aside_bans
            .iter()
            .enumerate()
            .map(may_stand_aside)
            .collect(),
    }
}

struct Search<'a> {
    model: &'a Model,
    scaled: Scaled,
    tree: Simplex,
    rooms: Rooms,
    rivals: Vec<Vec<(usize, usize)>>,
    limits: &'a Limits<'a>,
    bans: Vec<u16>,
    aside_bans: Vec<u16>,
    trail: Vec<Change>,
    gained: Vec<Gained>,
    below: i64,
    /// Worths of the first node, from which a later search of the same question climbs on.
    at_root: Option<Rc<Worths>>,
    best: Option<(i64, Vec<Option<usize>>)>,
    nodes: usize,
}

impl<'a> Search<'a> {
    fn new(model: &'a Model, scaled: Scaled, limits: &'a Limits<'a>) -> Self {
        let rivals = model.rivals();
        let gained = vec![Gained::default(); model.asks.len() + rivals.len()];
        Self {
            tree: Simplex::new(&scaled.net),
            rooms: Rooms::of(model, &scaled, &rivals),
            rivals,
            bans: vec![0; model.pairs.len()],
            aside_bans: vec![0; model.asks.len()],
            trail: Vec::new(),
            gained,
            below: i64::MAX,
            at_root: None,
            best: None,
            nodes: 0,
            model,
            scaled,
            limits,
        }
    }

    fn keep(&mut self, chosen: Vec<Option<usize>>) {
        let cost = self.model.cost_of(&chosen);
        if cost < self.least() {
            self.best = Some((cost, chosen));
        }
    }

    /// Plans of this cost or more are of no use.
    fn least(&self) -> i64 {
        self.best.as_ref().map_or(self.below, |best| best.0)
    }

    fn run(&mut self) -> Ended {
        let mut open = vec![Open {
            worths: self.at_root.clone(),
            ..Open::root()
        }];
        let mut left_at = None;
        while let Some(node) = open.pop() {
            if node.bound >= self.least() {
                continue;
            }
            if self.nodes >= self.limits.nodes || (self.nodes > 0 && (self.limits.stop)()) {
                left_at = Some(node.bound);
                break;
            }
            let settled = match self.settle(&node, self.least()) {
                Ok(Some(settled)) => settled,
                Ok(None) => continue,
                Err(Stopped(bound)) => {
                    left_at = Some(bound);
                    break;
                }
            };
            self.at_root
                .get_or_insert_with(|| Rc::clone(&settled.worths));
            let ways = self.ways(&settled.flows);
            if ways.is_empty() {
                self.keep(self.read(&settled.flows));
                continue;
            }
            let [first, second] = self.try_out(ways, settled.bound, &settled.worths);
            let mark = self.trail.len();
            for changes in [second, first] {
                open.push(Open {
                    mark,
                    changes,
                    bound: settled.bound,
                    worths: Some(Rc::clone(&settled.worths)),
                });
            }
        }
        let open_bound = open.iter().map(|node| node.bound).chain(left_at).min();
        Ended {
            bound: open_bound.unwrap_or(i64::MAX).min(self.least()),
            chosen: self.best.take().map(|best| best.1),
        }
    }

    /// A node solved, with all forbidden that cannot cost less than `limit`; nothing when no such plan is below it.
    fn settle(&mut self, node: &Open, limit: i64) -> Result<Option<Settled>, Stopped> {
        self.undo(node.mark);
        for change in &node.changes {
            self.apply(*change);
        }
        self.nodes += 1;
        let mut bound = node.bound;
        let mut worths = node.worths.clone();
        let is_root = node.changes.is_empty();
        let mut rounds = if is_root { ROUNDS_AT_ROOT } else { 1 };
        let mut steps = if is_root {
            self.limits.steps
        } else {
            STEPS_BELOW
        };
        loop {
            self.tree.recost(&self.scaled.net);
            if !self.tree.run(&self.scaled.net, self.limits.stop) {
                // Prices of an unfinished run are worth less, but what they prove is true.
                let proven = self.scaled.net.bound(&self.tree.prices());
                return Err(Stopped(bound.max(self.scaled.whole(proven))));
            }
            let flows = self.tree.flows();
            if !self.is_allowed(&flows) {
                return Ok(None);
            }
            let (sharp, better) = self.sharpen(bound, worths.as_ref(), steps, limit);
            bound = sharp;
            if bound >= limit {
                return Ok(None);
            }
            let tightened = self.tighten(&better, limit);
            if tightened.nothing_left {
                return Ok(None);
            }
            bound = bound.max(tightened.bound);
            if tightened.bans == 0 || rounds == 0 {
                let worths = better;
                return Ok(Some(Settled {
                    bound,
                    worths,
                    flows,
                }));
            }
            rounds -= 1;
            steps = steps.min(STEPS_AGAIN);
            worths = Some(better);
        }
    }

    /// Forbids each single decision that these worths prove to cost `limit` or more.
    fn tighten(&mut self, worths: &Worths, limit: i64) -> Tightened {
        let mut done = Tightened::default();
        if limit == i64::MAX {
            return done;
        }
        let bans = Bans {
            pairs: &self.bans,
            aside: &self.aside_bans,
        };
        let bound = self.rooms.bound(&self.scaled, worths, bans);
        let forced = self.rooms.forced(&self.scaled, worths, bans);
        for ask in 0..self.model.asks.len() {
            let mut least = i64::MAX;
            for pair in self.model.pairs_of(ask) {
                if self.bans[pair] > 0 {
                    continue;
                }
                let cost = self.scaled.whole(bound + i128::from(forced.pair[pair]));
                least = least.min(cost);
                if cost >= limit {
                    self.apply(Change::Ban(pair));
                    done.bans += 1;
                }
            }
            if self.aside_bans[ask] == 0 && self.model.asks[ask].aside.is_some() {
                let cost = self.scaled.whole(bound + i128::from(forced.aside[ask]));
                least = least.min(cost);
                if cost >= limit {
                    self.apply(Change::BanAside(ask));
                    done.bans += 1;
                }
            }
            done.nothing_left |= least >= limit;
            done.bound = done.bound.max(least);
        }
        done
    }

    /// The best bound from here, and the worths that gave it: from the flow's prices or from those known, climbed on.
    fn sharpen(
        &mut self,
        known: i64,
        above: Option<&Rc<Worths>>,
        steps: usize,
        limit: i64,
    ) -> (i64, Rc<Worths>) {
        let bans = Bans {
            pairs: &self.bans,
            aside: &self.aside_bans,
        };
        let prices = self.tree.prices();
        let own = self.rooms.worths(&self.scaled, &prices);
        let own_bound = self.rooms.bound(&self.scaled, &own, bans);
        let mut bound = own_bound;
        let mut worths = Rc::new(own);
        if let Some(above) = above {
            let again = self.rooms.bound(&self.scaled, above, bans);
            if again >= bound {
                (bound, worths) = (again, Rc::clone(above));
            }
        }
        let mut whole = known.max(self.scaled.whole(bound));
        if whole < limit {
            let goal = if limit == i64::MAX {
                whole + whole / 100
            } else {
                limit
            };
            let climb = Climb {
                steps,
                goal: i128::from(goal) * i128::from(self.scaled.scale),
                stop: self.limits.stop,
            };
            let (higher, better) = self.rooms.climb(&self.scaled, &worths, bans, &climb);
            if higher > bound {
                whole = whole.max(self.scaled.whole(higher));
                worths = Rc::new(better);
            }
        }
        (whole, worths)
    }

    fn apply(&mut self, change: Change) {
        match change {
            Change::Ban(pair) => {
                self.bans[pair] += 1;
                if self.bans[pair] == 1 {
                    self.scaled.net.cost[pair] += self.scaled.never;
                }
            }
            Change::BanAside(ask) => {
                self.aside_bans[ask] += 1;
                if self.aside_bans[ask] == 1 {
                    self.scaled.net.aside[ask] += self.scaled.never;
                }
            }
        }
        self.trail.push(change);
    }

    fn undo(&mut self, mark: usize) {
        while self.trail.len() > mark {
            match self.trail.pop() {
                Some(Change::Ban(pair)) => {
                    self.bans[pair] -= 1;
                    if self.bans[pair] == 0 {
                        self.scaled.net.cost[pair] -= self.scaled.never;
                    }
                }
                Some(Change::BanAside(ask)) => {
                    self.aside_bans[ask] -= 1;
                    if self.aside_bans[ask] == 0 {
                        self.scaled.net.aside[ask] -= self.scaled.never;
                    }
                }
                None => {}
            }
        }
    }

    /// Whether the flow does without what the branches forbid.
    fn is_allowed(&self, flows: &[(u32, u32, i64)]) -> bool {
        let mut placed = vec![0; self.model.asks.len()];
        for (row, arc, seats) in flows {
            if self.bans[*arc as usize] > 0 {
                return false;
            }
            placed[*row as usize] += seats;
        }
        self.model.asks.iter().enumerate().all(|(n, ask)| {
            placed[n] == ask.size || (ask.aside.is_some() && self.aside_bans[n] == 0)
        })
    }

    /// The plan that flows without splits are.
    fn read(&self, flows: &[(u32, u32, i64)]) -> Vec<Option<usize>> {
        let mut chosen = vec![None; self.model.asks.len()];
        for (row, arc, _) in flows {
            chosen[*row as usize] = Some(*arc as usize);
        }
        chosen
    }

    /// The pairs of ways on, in each the likelier first; none when the flow is a plan.
    fn ways(&self, flows: &[(u32, u32, i64)]) -> Vec<Ways> {
        let mut split = self.splits(flows);
        split.sort_by_key(|(size, ask, _)| (std::cmp::Reverse(*size), *ask));
        let mut ways: Vec<_> = (split.into_iter())
            .take(TRIED)
            .map(|(_, ask, pair)| self.either(ask, pair))
            .collect();
        self.meetings(flows, &mut ways);
        ways
    }

    /// Of several ways the pair that lifts the bound most on both sides: each is tried with one run of the flow.
    fn try_out(&mut self, ways: Vec<Ways>, bound: i64, worths: &Worths) -> [Vec<Change>; 2] {
        let mut best: Option<(i128, [Vec<Change>; 2])> = None;
        let alone = ways.len() == 1;
        for way in ways {
            if alone {
                return way.on;
            }
            let gain = self.gain(&way, bound, worths);
            let score = i128::from(gain[0] + 1) * i128::from(gain[1] + 1);
            if best.as_ref().is_none_or(|known| score > known.0) {
                best = Some((score, way.on));
            }
        }
        best.map_or_else(Default::default, |found| found.1)
    }

    /// How much the bound rises on either side: the mean of earlier trials, or a trial.
    fn gain(&mut self, way: &Ways, bound: i64, worths: &Worths) -> [i64; 2] {
        let known = self.gained[way.key];
        if known.times >= BELIEVED {
            return known.sums.map(|sum| sum / known.times);
        }
        let least = self.least();
        let mark = self.trail.len();
        let tree = self.tree.clone();
        let mut gain = [0_i64; 2];
        for (way, gain) in way.on.iter().zip(&mut gain) {
            for change in way {
                self.apply(*change);
            }
            let most = self.glance(worths).min(least).min(bound.saturating_mul(2));
            *gain = most.saturating_sub(bound).max(0);
            self.undo(mark);
        }
        self.tree = tree;
        let known = &mut self.gained[way.key];
        known.times += 1;
        for (sum, gain) in known.sums.iter_mut().zip(gain) {
            *sum = sum.saturating_add(gain);
        }
        gain
    }

    /// A quick bound: the flow's own, and the known worths without another step.
    fn glance(&mut self, worths: &Worths) -> i64 {
        self.tree.recost(&self.scaled.net);
        if !self.tree.run(&self.scaled.net, self.limits.stop) {
            return i64::MIN;
        }
        let bans = Bans {
            pairs: &self.bans,
            aside: &self.aside_bans,
        };
        let own = self.rooms.worths(&self.scaled, &self.tree.prices());
        let bound = self.rooms.bound(&self.scaled, &own, bans);
        let again = self.rooms.bound(&self.scaled, worths, bans);
        self.scaled.whole(bound.max(again))
    }

    /// The families that are split, with their size and where most of each is; `None` as the pair when most of it stands
    /// aside.
    fn splits(&self, flows: &[(u32, u32, i64)]) -> Vec<(i64, usize, Option<usize>)> {
        let mut found = Vec::new();
        for of_row in flows.chunk_by(|a, b| a.0 == b.0) {
            let ask = of_row[0].0 as usize;
            let size = self.model.asks[ask].size;
            let placed: i64 = of_row.iter().map(|f| f.2).sum();
            if of_row.len() == 1 && placed == size {
                continue;
            }
            if let Some(most) = of_row.iter().max_by_key(|f| (f.2, u32::MAX - f.1)) {
                let pair = (most.2 >= size - placed).then_some(most.1 as usize);
                found.push((size, ask, pair));
            }
        }
        found
    }

    fn either(&self, ask: usize, pair: Option<usize>) -> Ways {
        let others = (self.model.pairs_of(ask)).filter(|other| Some(*other) != pair);
        let mut only: Vec<_> = others.map(Change::Ban).collect();
        let on = match pair {
            Some(pair) => {
                only.push(Change::BanAside(ask));
                [only, vec![Change::Ban(pair)]]
            }
            None => [only, vec![Change::BanAside(ask)]],
        };
        Ways { key: ask, on }
    }

    /// Two of one group in one location: one of them does not go there, or goes there and the others do not.
    fn meetings(&self, flows: &[(u32, u32, i64)], ways: &mut Vec<Ways>) {
        let mut used = vec![
            false;
            if self.rivals.is_empty() {
                0
            } else {
                self.model.pairs.len()
            }
        ];
        if !self.rivals.is_empty() {
            for flow in flows {
                used[flow.1 as usize] = true;
            }
        }
        for (n, list) in self.rivals.iter().enumerate() {
            let there: Vec<_> = list.iter().filter(|one| used[one.1]).collect();
            let moving = there
                .iter()
                .find(|one| self.model.stay[one.0] != Some(one.1));
            let (Some((ask, pair)), true) = (moving, there.iter().any(|o| o.0 != there[0].0))
            else {
                continue;
            };
            ways.push(Ways {
                key: self.model.asks.len() + n,
                on: self.meeting(list, *ask, *pair),
            });
            if ways.len() >= 2 * TRIED {
                return;
            }
        }
    }

    fn meeting(&self, list: &[(usize, usize)], ask: usize, pair: usize) -> [Vec<Change>; 2] {
        let location =
            |pair: usize| self.model.cells[self.model.pairs[pair].cell as usize].location;
        let arrives =
            |other: usize| location(other) == location(pair) && self.model.stay[ask] != Some(other);
        let away = (self.model.pairs_of(ask))
            .filter(|other| arrives(*other))
            .map(Change::Ban);
        let mut goes: Vec<_> = (self.model.pairs_of(ask))
            .filter(|other| !arrives(*other))
            .map(Change::Ban)
            .collect();
        goes.push(Change::BanAside(ask));
        let others = list.iter().filter(|one| one.0 != ask);
        goes.extend(others.map(|one| Change::Ban(one.1)));
        [away.collect(), goes]
    }
}
