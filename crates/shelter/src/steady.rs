//! A new plan that leaves an earlier one as it is, unless changing it is worth it.
//!
//! Plans that are made anew every hour would propose other rooms for gains that nobody notices, and each changed proposal costs a
//! telephone call. So the fresh plan is compared with the earlier one, completed for whoever is new: the earlier one stays as long as
//! it costs at most [`Steady::worth`] more.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::cost::{self, Weights};
use crate::fault::Faults;
use crate::file::InstanceFile;
use crate::instance::{Instance, RequestIndex, RoomIndex};
use crate::plan::{Assignment, Plan, plan};
use crate::rules::{Rule, RuleSet, Standing, failed};

/// Who was proposed which room by an earlier plan: request id, room id.
pub type Earlier = BTreeMap<String, String>;

/// A plan, and what leaving the earlier one as it was costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steady {
    /// The plan.
    pub plan: Plan,
    /// Whether the lines of the earlier plan that still hold were left as they were.
    pub kept: bool,
    /// How many lines of the earlier plan still hold: the request still waits and the room still fits.
    pub hold: usize,
    /// What the plan costs more than the fresh one; at most `worth`, and 0 for the fresh one.
    pub forgone: i64,
    /// From which gain on the lines of the earlier plan are changed.
    pub worth: i64,
}

/// The best plan that is found before `stop` says so, with the lines of `earlier` as they are if that costs at most `worth` more.
///
/// `stop` is asked in the same order on every run, so whoever counts the questions can stop a second run at the same one and gets
/// the same bytes.
///
/// # Errors
///
/// The faults of the file; see [`Instance::check`].
pub fn steady(
    file: &InstanceFile,
    earlier: &Earlier,
    weights: &Weights,
    worth: i64,
    stop: &dyn Fn() -> bool,
) -> Result<Steady, Faults> {
    let instance = Instance::check(file.clone())?;
    let fresh = plan(&instance, weights, stop);
    let fixed = still_hold(&instance, earlier);
    let as_found = |plan, hold| Steady {
        plan,
        kept: false,
        hold,
        forgone: 0,
        worth,
    };
    if fixed.is_empty() {
        return Ok(as_found(fresh, 0));
    }
    let rest = Instance::check(without(file, &instance, &fixed))?;
    let rest = plan(&rest, weights, stop);
    let whole = together(&instance, &fixed, rest, &fresh, weights);
    let forgone = whole.objective - fresh.objective;
    if forgone > worth {
        return Ok(as_found(fresh, fixed.len()));
    }
    Ok(Steady {
        plan: whole,
        kept: true,
        hold: fixed.len(),
        // The completed one can be cheaper when both were stopped early.
        forgone: forgone.max(0),
        worth,
    })
}

/// The lines of the earlier plan that can be left as they are, all of them at once.
fn still_hold(instance: &Instance, earlier: &Earlier) -> BTreeMap<RequestIndex, RoomIndex> {
    let rooms: HashMap<&str, RoomIndex> = (instance.room_indices())
        .map(|room| (instance.room(room).id.as_str(), room))
        .collect();
    let standing = Standing::now(instance);
    let mut fixed: BTreeMap<RequestIndex, RoomIndex> = BTreeMap::new();
    for (request, room) in earlier {
        let (Some(asking), Some(room)) = (instance.find_request(request), rooms.get(room.as_str()))
        else {
            continue;
        };
        if only_places(failed(instance, asking, *room, &standing)) {
            fixed.insert(asking, *room);
        }
    }
    while let Some(asking) = in_the_way(instance, &fixed) {
        fixed.remove(&asking);
    }
    fixed
}

/// Seats are counted apart: those who move on leave theirs.
fn only_places(rules: RuleSet) -> bool {
    rules.iter().all(|rule| rule == Rule::Places)
}

/// Somebody whose room is too full, or who meets the own keep-apart group there, when everybody fixed is in the new room.
fn in_the_way(
    instance: &Instance,
    fixed: &BTreeMap<RequestIndex, RoomIndex>,
) -> Option<RequestIndex> {
    let left = seats_left(instance, fixed);
    let mut met = BTreeSet::new();
    for (asking, room) in fixed {
        let request = instance.request(*asking);
        let location = instance.room(*room).location;
        let meets = (request.apart).is_some_and(|apart| !met.insert((apart, location)));
        if left[room.0] < 0 || meets {
            return Some(*asking);
        }
    }
    None
}

/// Seats left in each room when the fixed ones are where the earlier plan has them.
fn seats_left(instance: &Instance, fixed: &BTreeMap<RequestIndex, RoomIndex>) -> Vec<i64> {
    let mut left: Vec<i64> = (instance.rooms().iter())
        .map(|room| i64::from(room.free))
        .collect();
    for (asking, room) in fixed {
        let request = instance.request(*asking);
        let size = i64::from(request.size());
        left[room.0] -= size;
        if let Some(own) = request.current_room {
            left[own.0] += size;
        }
    }
    left
}

/// The question without the fixed ones: their seats are gone, and who must not meet them may not go where they are.
fn without(
    file: &InstanceFile,
    instance: &Instance,
    fixed: &BTreeMap<RequestIndex, RoomIndex>,
) -> InstanceFile {
    let left = seats_left(instance, fixed);
    let mut file = file.clone();
    let rooms = file.locations.iter_mut().flat_map(|l| &mut l.rooms);
    for (room, left) in rooms.zip(&left) {
        room.free = *left;
        room.places = room.places.max(*left);
    }
    let mut taken: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (asking, room) in fixed {
        let named = file.requests.get(asking.0).and_then(|r| r.apart.clone());
        if let Some(apart) = named {
            let location = instance.location_of(instance.room(*room)).id.clone();
            taken.entry(apart).or_default().push(location);
        }
    }
    let mut n = 0;
    file.requests.retain(|_| {
        n += 1;
        !fixed.contains_key(&RequestIndex(n - 1))
    });
    for request in &mut file.requests {
        if let Some(taken) = request.apart.as_ref().and_then(|apart| taken.get(apart)) {
            request.not_in.extend(taken.iter().cloned());
        }
    }
    file
}

/// The fixed ones and the plan of the rest as one, with the bound and the prices of the fresh plan.
fn together(
    instance: &Instance,
    fixed: &BTreeMap<RequestIndex, RoomIndex>,
    rest: Plan,
    fresh: &Plan,
    weights: &Weights,
) -> Plan {
    let mut assignments = rest.assignments;
    let mut objective = rest.objective;
    for (asking, room) in fixed {
        let cost = cost::soft(instance, *asking, *room, weights);
        objective += cost.total;
        assignments.push(Assignment {
            request: instance.request(*asking).id.clone(),
            room: instance.room(*room).id.clone(),
            cost: cost.total,
            because: cost.because,
        });
    }
    assignments.sort_unstable_by(|a, b| a.request.cmp(&b.request));
    let bound = fresh.bound.min(objective);
    Plan {
        objective,
        bound,
        optimal: bound == objective,
        assignments,
        unplaced: rest.unplaced,
        prices: fresh.prices.clone(),
        weights: weights.clone(),
        rules_version: fresh.rules_version.clone(),
    }
}
