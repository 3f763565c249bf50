//! The best rooms for one request, as things stand now.

use serde::{Deserialize, Serialize};

use crate::cost::{self, Because, Weights};
use crate::instance::{Instance, RequestIndex, RoomIndex};
use crate::rules::{self, Rule, RuleSet, Standing};

/// A room that could be offered, or that comes nearest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The room's id.
    pub room: String,
    /// Its soft cost.
    pub cost: i64,
    /// The terms of the cost.
    pub because: Vec<Because>,
    /// The rules it fails; empty for a room that may be offered.
    pub fails: Vec<Rule>,
}

/// OFFERS: the answer to "where could this person go today?".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offers {
    /// Cheapest first; when no room passes every rule, those that fail the fewest.
    pub offers: Vec<Offer>,
    /// The weights in force.
    pub weights: Weights,
    /// The rules in force, [`crate::RULES_VERSION`].
    pub rules_version: String,
}

/// The request asked for is not in the instance.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no request `{0}` in this instance")]
pub struct UnknownRequest(pub String);

/// The best `n` rooms with the contract's weights.
pub fn best_offers(instance: &Instance, request: &str, n: usize) -> Result<Offers, UnknownRequest> {
    best_offers_with(instance, request, n, &Weights::default())
}

/// The best `n` rooms: the cheapest that pass every hard rule with room left now; when none does, those that fail the
/// fewest rules, cheapest first. Equal cost: by room id, so that the order of the file changes nothing.
pub fn best_offers_with(
    instance: &Instance,
    request: &str,
    n: usize,
    weights: &Weights,
) -> Result<Offers, UnknownRequest> {
    let asking =
        (instance.find_request(request)).ok_or_else(|| UnknownRequest(request.to_owned()))?;
    let mut candidates = candidates(instance, asking, weights);
    if candidates
        .iter()
        .any(|candidate| candidate.fails.is_empty())
    {
        candidates.retain(|candidate| candidate.fails.is_empty());
    }
    let order = |a: &Candidate, b: &Candidate| {
        let key = |c: &Candidate| (c.fails.len(), c.cost);
        key(a)
            .cmp(&key(b))
            .then_with(|| instance.room(a.room).id.cmp(&instance.room(b.room).id))
    };
    if candidates.len() > n && n > 0 {
        candidates.select_nth_unstable_by(n - 1, order);
    }
    candidates.truncate(n);
    candidates.sort_unstable_by(order);
    let offers = candidates
        .iter()
        .map(|candidate| candidate.offer(instance, asking, weights))
        .collect();
    Ok(Offers {
        offers,
        weights: weights.clone(),
        rules_version: crate::RULES_VERSION.to_owned(),
    })
}

struct Candidate {
    room: RoomIndex,
    fails: RuleSet,
    cost: i64,
}

impl Candidate {
    fn offer(&self, instance: &Instance, asking: RequestIndex, weights: &Weights) -> Offer {
        let cost = cost::soft(instance, asking, self.room, weights);
        Offer {
            room: instance.room(self.room).id.clone(),
            cost: cost.total,
            because: cost.because,
            fails: self.fails.iter().collect(),
        }
    }
}

/// Every room with its failed rules; the rules of a location are tried once for all its rooms.
fn candidates(instance: &Instance, asking: RequestIndex, weights: &Weights) -> Vec<Candidate> {
    let request = instance.request(asking);
    let standing = Standing::now(instance);
    let by_location: Vec<RuleSet> = (instance.locations().iter())
        .map(|location| rules::failed_by_location(request, location))
        .collect();
    (instance.room_indices())
        .map(|room| {
            let fails = if request.current_room == Some(room) {
                RuleSet::NONE
            } else {
                by_location[instance.room(room).location]
                    .union(rules::failed_by_room(instance, asking, room, &standing))
            };
            Candidate {
                room,
                fails,
                cost: cost::soft(instance, asking, room, weights).total,
            }
        })
        .collect()
}
