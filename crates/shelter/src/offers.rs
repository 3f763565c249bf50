//! The best rooms for one request, as things stand now.

use serde::{Deserialize, Serialize};

use crate::compiled::Compiled;
use crate::cost::{self, Because, Weights};
use crate::instance::{Instance, RequestIndex, RoomIndex};
use crate::rules::{self, Rule, RuleSet};

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
    best_of(&Compiled::new(instance, weights), request, n)
}

/// The same from an instance that was compiled before, for many questions over one country.
pub fn best_of(compiled: &Compiled<'_>, request: &str, n: usize) -> Result<Offers, UnknownRequest> {
    let instance = compiled.instance;
    let weights = compiled.weights();
    let asking =
        (instance.find_request(request)).ok_or_else(|| UnknownRequest(request.to_owned()))?;
    let best = compiled.best(asking, n, compiled.now());
    let offers = if best.is_empty() {
        nearly(compiled, asking, n)
    } else {
        (best.into_iter())
            .map(|(_, room)| offer(instance, asking, room, RuleSet::NONE, weights))
            .collect()
    };
    Ok(Offers {
        offers,
        weights: weights.clone(),
        rules_version: crate::RULES_VERSION.to_owned(),
    })
}

fn offer(
    instance: &Instance,
    asking: RequestIndex,
    room: RoomIndex,
    fails: RuleSet,
    weights: &Weights,
) -> Offer {
    let cost = cost::soft(instance, asking, room, weights);
    Offer {
        room: instance.room(room).id.clone(),
        cost: cost.total,
        because: cost.because,
        fails: fails.iter().collect(),
    }
}

/// The rooms that fail the fewest rules; the rules of a location are tried once for all its rooms, and costs are only
/// reckoned for rooms that fail as few as the best so far.
fn nearly(compiled: &Compiled<'_>, asking: RequestIndex, n: usize) -> Vec<Offer> {
    let instance = compiled.instance;
    let request = instance.request(asking);
    let standing = compiled.now();
    let mut by_count: Vec<Vec<(usize, RoomIndex, RuleSet)>> = vec![Vec::new(); Rule::ALL.len() + 1];
    for (location, whole) in instance.locations().iter().enumerate() {
        let rooms = compiled.rooms_of(location);
        if rooms.is_empty() {
            continue;
        }
        let own = rules::failed_by_location(request, whole);
        // Rooms that fail more rules than enough others do are not looked at further.
        let enough = |fails: usize| by_count[..fails].iter().map(Vec::len).sum::<usize>() >= n;
        if enough(own.len() as usize) {
            continue;
        }
        for room in rooms.map(RoomIndex) {
            let fails = own.union(rules::failed_by_room(instance, asking, room, standing));
            by_count[fails.len() as usize].push((location, room, fails));
        }
    }
    let asked = compiled.asked(asking);
    let mut offers = Vec::new();
    for level in by_count {
        let mut costed: Vec<_> = (level.into_iter())
            .map(|(location, room, fails)| {
                let base = compiled.location_cost(&asked, location);
                (compiled.room_cost(base, room), room, fails)
            })
            .collect();
        let order = |a: &(i64, RoomIndex, RuleSet), b: &(i64, RoomIndex, RuleSet)| {
            let id = |room: RoomIndex| &instance.room(room).id;
            (a.0, id(a.1)).cmp(&(b.0, id(b.1)))
        };
        let wanted = n - offers.len();
        if costed.len() > wanted && wanted > 0 {
            costed.select_nth_unstable_by(wanted - 1, order);
        }
        costed.truncate(wanted);
        costed.sort_unstable_by(order);
        offers.extend(
            (costed.into_iter())
                .map(|(_, room, fails)| offer(instance, asking, room, fails, compiled.weights())),
        );
        if offers.len() >= n {
            break;
        }
    }
    offers
}
