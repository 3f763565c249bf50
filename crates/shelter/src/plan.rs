//! PLAN: the best plan for everybody at once, with what is proven of it and why each is where.

use serde::{Deserialize, Serialize};

use crate::compiled::Compiled;
use crate::cost::{self, Because, Weights};
use crate::instance::{Instance, RequestIndex, RoomIndex};
use crate::model::Model;
use crate::nearest::{Relaxation, blocked};
use crate::rules::{Rule, Standing};
use crate::solve::{self, Solved};

/// PLAN (`schemas/place-plan.schema.json`), all but the seconds, which whoever asks measures: the engine has no clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What the plan costs.
    pub objective: i64,
    /// No plan costs less than this.
    pub bound: i64,
    /// Whether that is proven: objective and bound are equal.
    pub optimal: bool,
    /// Who goes or stays where, by request id.
    pub assignments: Vec<Assignment>,
    /// Who is left without a place, by request id.
    pub unplaced: Vec<Unplaced>,
    /// What one seat more would be worth, where it would be worth something; by room id. From the flow, so a good guess where
    /// there are families.
    pub prices: Vec<Price>,
    /// The weights in force.
    pub weights: Weights,
    /// The rules in force, [`crate::RULES_VERSION`].
    pub rules_version: String,
}

/// A request with its room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// The request's id.
    pub request: String,
    /// The room's id.
    pub room: String,
    /// The soft cost.
    pub cost: i64,
    /// The terms of the cost.
    pub because: Vec<Because>,
}

/// A request without a room, and what stands in the way when everybody else is where the plan has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unplaced {
    /// The request's id.
    pub request: String,
    /// What leaving it unplaced costs.
    pub cost: i64,
    /// For each rule how many rooms fail it, alone or with others; in the order of [`Rule::ALL`].
    pub blocked_by: Vec<Blocked>,
    /// What would have to change, in words (English, for logs and files; screens have `nearest_options`).
    pub nearest: String,
    /// The same as data, what opens most rooms first.
    pub nearest_options: Vec<Relaxation>,
}

/// A rule with the rooms that fail it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocked {
    /// The rule.
    pub rule: Rule,
    /// How many rooms.
    pub rooms: usize,
}

/// The worth of a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// The room's id.
    pub room: String,
    /// How much the sum of costs would fall with one more seat.
    pub price: i64,
}

/// The best plan that is found before `stop` says so. Asked often; a plan comes in any case, and nobody who has a room is
/// ever put out of it.
pub fn plan(instance: &Instance, weights: &Weights, stop: &dyn Fn() -> bool) -> Plan {
    let compiled = Compiled::new(instance, weights);
    let model = Model::build(&compiled);
    let solved = solve::solve(&model, stop);
    told(&compiled, &model, &solved)
}

/// A solved model as PLAN.
pub(crate) fn told(compiled: &Compiled<'_>, model: &Model, solved: &Solved) -> Plan {
    let (instance, weights) = (compiled.instance, &compiled.weights);
    let room_of = rooms_of(instance, model, &solved.chosen);
    let standing = Standing::planned(instance, &room_of);
    let mut assignments = Vec::new();
    let mut unplaced = Vec::new();
    for ask in &model.asks {
        let asking = ask.request;
        let request = instance.request(asking);
        match room_of[asking.0] {
            Some(room) => {
                let cost = cost::soft(instance, asking, room, weights);
                assignments.push(Assignment {
                    request: request.id.clone(),
                    room: instance.room(room).id.clone(),
                    cost: cost.total,
                    because: cost.because,
                });
            }
            None => unplaced.push(blocked(compiled, asking, &standing)),
        }
    }
    Plan {
        objective: solved.objective,
        bound: solved.bound,
        optimal: solved.bound == solved.objective,
        assignments,
        unplaced,
        prices: prices(instance, model, &solved.prices),
        weights: weights.clone(),
        rules_version: crate::RULES_VERSION.to_owned(),
    }
}

/// From cells to rooms: who stays is in the own room, the others fill the rooms of a cell in the order of their ids.
pub(crate) fn rooms_of(
    instance: &Instance,
    model: &Model,
    chosen: &[Option<usize>],
) -> Vec<Option<RoomIndex>> {
    let mut room_of = vec![None; instance.requests().len()];
    let mut left: Vec<Vec<i64>> = (model.cells.iter())
        .map(|cell| match cell.rooms.as_slice() {
            [_] => vec![cell.capacity],
            rooms => (rooms.iter())
                .map(|room| i64::from(instance.room(*room).free))
                .collect(),
        })
        .collect();
    for (n, ask) in model.asks.iter().enumerate() {
        let Some(pair) = chosen[n] else { continue };
        let cell = model.pairs[pair].cell as usize;
        let with_room = left[cell].iter().position(|seats| *seats >= ask.size);
        if let Some(k) = with_room {
            left[cell][k] -= ask.size;
            room_of[ask.request.0] = Some(model.cells[cell].rooms[k]);
        }
    }
    room_of
}

fn prices(instance: &Instance, model: &Model, prices: &[i64]) -> Vec<Price> {
    let mut found: Vec<_> = (model.cells.iter().zip(prices))
        .filter(|(_, price)| **price > 0)
        .flat_map(|(cell, price)| {
            cell.rooms.iter().map(|room| Price {
                room: instance.room(*room).id.clone(),
                price: *price,
            })
        })
        .collect();
    found.sort_unstable_by(|a, b| a.room.cmp(&b.room));
    found
}

impl Plan {
    /// The room of each request by id.
    pub fn room_of(&self, request: &str) -> Option<&str> {
        let at = (self.assignments)
            .binary_search_by(|one| one.request.as_str().cmp(request))
            .ok()?;
        Some(&self.assignments[at].room)
    }
}

/// What stands in the way of one request as things stand now: the same as for who is left unplaced by a plan.
pub fn obstacles(instance: &Instance, asking: RequestIndex, weights: &Weights) -> Unplaced {
    let compiled = Compiled::new(instance, weights);
    blocked(&compiled, asking, &Standing::now(instance))
}
