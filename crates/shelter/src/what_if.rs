//! What would help: ten more places of a kind, or a rule that did not hold. The plan is made again for each and compared with the plan as it
//! is. It shows the country where places lack; nothing is set aside by it, and no rule is called wrong: most of them protect.
//!
//! *Typical* for a kind of shelter is the location that differs least from the others of its kind in what it admits and offers, each
//! counted by its places; of equals the first by id. The ten places come in one more room there, free, so rules about the house hold as
//! for its other rooms.
//!
//! A rule that does not hold: sexes, ages, forms and titles are admitted everywhere; care, wheelchair, pet, security, circles,
//! keep-apart, houses that are out, and named kinds are not asked; every room takes households of any size (as crisis rooms do, at their cost).

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::cost::Weights;
use crate::fault::Faults;
use crate::file::{InstanceFile, LocationFile, RoomFile, RoomKind};
use crate::instance::{Instance, RequestIndex, RoomIndex};
use crate::plan::{Plan, plan};
use crate::rules::{Rule, Standing, failed};

/// How many places are added.
pub const MORE: i64 = 10;

/// What the plan leaves without a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Left {
    /// Requests.
    pub requests: usize,
    /// Their persons.
    pub people: usize,
    /// Whether it is proven that no plan costs less.
    pub optimal: bool,
}

/// What would help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatIf {
    /// The plan as it is.
    pub now: Left,
    /// With ten more places, what helps most people first.
    pub more: Vec<TenMore>,
    /// Without a rule, what helps most people first.
    pub rules: Vec<RuleCost>,
}

/// Ten more places of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenMore {
    /// Kind of shelter.
    pub kind: String,
    /// Kind of room.
    pub room: RoomKind,
    /// What would be left.
    pub left: Left,
    /// How many people fewer would be without a place. Can be below nought: the plan minds urgency and waiting more than numbers.
    pub gained: i64,
}

/// What a rule costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCost {
    /// The rule.
    pub rule: Rule,
    /// Requests left without a place for which this rule alone stands in the way of some room; everybody else stays where the plan has them.
    pub one_away: usize,
    /// Their persons.
    pub one_away_people: usize,
    /// What the whole plan would leave if the rule did not hold; `None` for the number of places, which no rule makes.
    pub left: Option<Left>,
    /// How many people fewer; see [`TenMore::gained`].
    pub gained: i64,
}

/// Makes all those plans, each with at most `patience` questions whether to stop: a count and not a time, so that the answer is the same
/// everywhere. `told` hears after each how many are made, of how many.
///
/// # Errors
///
/// The faults of the file; see [`Instance::check`].
pub fn what_if(
    file: &InstanceFile,
    weights: &Weights,
    patience: u32,
    told: &dyn Fn(usize, usize),
) -> Result<WhatIf, Faults> {
    let instance = Instance::check(file.clone())?;
    let kinds = kinds(file);
    // The plan as it is, one for each kind, one for each rule but the number of places.
    let all = kinds.len() + Rule::ALL.len();
    let made = Cell::new(0);
    let tell = || {
        made.set(made.get() + 1);
        told(made.get(), all);
    };
    let base = plan_of(&instance, weights, patience);
    tell();
    let persons = persons(file);
    let now = left(&base, &persons);
    let again = |file: InstanceFile| -> Result<Left, Faults> {
        let instance = Instance::check(file)?;
        let plan = plan_of(&instance, weights, patience);
        tell();
        Ok(left(&plan, &persons))
    };
    let mut more = Vec::new();
    for (kind, room) in kinds {
        let left = again(with_ten_more(file, &kind, room))?;
        more.push(TenMore {
            kind,
            room,
            left,
            gained: fewer(now, left),
        });
    }
    more.sort_by_key(|one| std::cmp::Reverse(one.gained));
    let one_away = one_away(&instance, &base);
    let mut rules = Vec::new();
    for rule in Rule::ALL {
        let near = one_away.get(&rule);
        let left = match rule {
            Rule::Places => None,
            _ => Some(again(without(file, rule))?),
        };
        rules.push(RuleCost {
            rule,
            one_away: near.map_or(0, BTreeSet::len),
            one_away_people: near.map_or(0, |ids| {
                ids.iter().filter_map(|id| persons.get(id.as_str())).sum()
            }),
            left,
            gained: left.map_or(0, |left| fewer(now, left)),
        });
    }
    rules.sort_by_key(|one| std::cmp::Reverse((one.gained, one.one_away_people)));
    Ok(WhatIf { now, more, rules })
}

fn plan_of(instance: &Instance, weights: &Weights, patience: u32) -> Plan {
    let asked = Cell::new(0_u32);
    plan(instance, weights, &|| {
        asked.set(asked.get().saturating_add(1));
        asked.get() > patience
    })
}

/// Persons by request.
fn persons(file: &InstanceFile) -> HashMap<&str, usize> {
    (file.requests.iter())
        .map(|one| (one.id.as_str(), one.persons.len()))
        .collect()
}

fn left(plan: &Plan, persons: &HashMap<&str, usize>) -> Left {
    Left {
        requests: plan.unplaced.len(),
        people: (plan.unplaced.iter())
            .filter_map(|one| persons.get(one.request.as_str()))
            .sum(),
        optimal: plan.optimal,
    }
}

fn fewer(now: Left, then: Left) -> i64 {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    number(now.people) - number(then.people)
}

/// Every kind of shelter with the kinds of room that it has.
fn kinds(file: &InstanceFile) -> Vec<(String, RoomKind)> {
    let mut found: BTreeMap<(String, u8), RoomKind> = BTreeMap::new();
    for location in &file.locations {
        for room in location.rooms.iter().filter(|room| room.places > 0) {
            found.insert((location.kind.clone(), room.kind as u8), room.kind);
        }
    }
    (found.into_iter())
        .map(|((kind, _), room)| (kind, room))
        .collect()
}

/// The location that differs least from the others of its kind.
pub fn typical<'a>(file: &'a InstanceFile, kind: &str) -> Option<&'a LocationFile> {
    let alike: Vec<&LocationFile> = (file.locations.iter())
        .filter(|location| location.kind == kind)
        .collect();
    let away = |one: &LocationFile| -> i64 {
        (alike.iter())
            .map(|other| {
                let places: i64 = other.rooms.iter().map(|room| room.places).sum();
                differs(one, other) * places
            })
            .sum()
    };
    (alike.iter().copied()).min_by(|a, b| away(a).cmp(&away(b)).then_with(|| a.id.cmp(&b.id)))
}

/// In how many things that are admitted or offered two locations differ.
fn differs(a: &LocationFile, b: &LocationFile) -> i64 {
    let lists = |a: &[String], b: &[String]| {
        let (a, b): (BTreeSet<&String>, BTreeSet<&String>) =
            (a.iter().collect(), b.iter().collect());
        i64::try_from(a.symmetric_difference(&b).count()).unwrap_or(i64::MAX)
    };
    lists(&a.sex, &b.sex)
        + lists(&a.forms, &b.forms)
        + lists(&a.entitlements, &b.entitlements)
        + lists(&a.care, &b.care)
        + (a.security - b.security).abs()
        + i64::from(a.wheelchair != b.wheelchair)
        + i64::from(a.pets != b.pets)
        + i64::from(a.min_age != b.min_age)
        + i64::from(a.max_age != b.max_age)
}

/// The question with ten more free places of this kind.
fn with_ten_more(file: &InstanceFile, kind: &str, room: RoomKind) -> InstanceFile {
    let mut more = file.clone();
    let Some(at) = typical(file, kind).map(|location| location.id.clone()) else {
        return more;
    };
    let mut id = format!("{at}/ten-more");
    let known = |id: &str| {
        let mut rooms = file.locations.iter().flat_map(|location| &location.rooms);
        rooms.any(|room| room.id == id)
    };
    while known(&id) {
        id.push('+');
    }
    if let Some(location) = more.locations.iter_mut().find(|one| one.id == at) {
        location.rooms.push(RoomFile {
            id,
            kind: room,
            places: MORE,
            free: MORE,
            max_stay_days: None,
        });
    }
    more
}

/// The question as if a rule did not hold.
fn without(file: &InstanceFile, rule: Rule) -> InstanceFile {
    let mut file = file.clone();
    let every = |of: &dyn Fn(&crate::file::RequestFile) -> Vec<String>| -> Vec<String> {
        let all: BTreeSet<String> = file.requests.iter().flat_map(of).collect();
        all.into_iter().collect()
    };
    let sexes = every(&|r| r.persons.iter().map(|p| p.sex.clone()).collect());
    let forms = every(&|r| vec![r.form.clone()]);
    let titles = every(&|r| vec![r.entitlement.clone()]);
    for location in &mut file.locations {
        match rule {
            Rule::Sex => add(&mut location.sex, &sexes),
            Rule::Form => add(&mut location.forms, &forms),
            Rule::Entitlement => add(&mut location.entitlements, &titles),
            Rule::Age => (location.min_age, location.max_age) = (None, None),
            Rule::RoomKind => {
                for room in &mut location.rooms {
                    room.kind = RoomKind::Crisis;
                }
            }
            _ => {}
        }
    }
    for request in &mut file.requests {
        match rule {
            Rule::Care => request.care.clear(),
            Rule::Wheelchair => request.wheelchair = false,
            Rule::Pets => request.pets = false,
            Rule::Security => request.security = 1,
            Rule::Avoid => request.avoid.clear(),
            Rule::Apart => request.apart = None,
            Rule::RefusedBefore => request.not_in.clear(),
            Rule::Route => request.kinds.clear(),
            _ => {}
        }
    }
    file
}

fn add(to: &mut Vec<String>, all: &[String]) {
    for one in all {
        if !to.contains(one) {
            to.push(one.clone());
        }
    }
}

/// For each rule the requests without a place that would have a room if it alone did not hold.
fn one_away(instance: &Instance, plan: &Plan) -> BTreeMap<Rule, BTreeSet<String>> {
    let rooms: HashMap<&str, RoomIndex> = (instance.room_indices())
        .map(|room| (instance.room(room).id.as_str(), room))
        .collect();
    let room_of: Vec<Option<RoomIndex>> = (instance.requests().iter())
        .map(|request| rooms.get(plan.room_of(&request.id)?).copied())
        .collect();
    let standing = Standing::planned(instance, &room_of);
    let mut found: BTreeMap<Rule, BTreeSet<String>> = BTreeMap::new();
    for (n, request) in instance.requests().iter().enumerate() {
        if room_of.get(n).is_some_and(Option::is_some) {
            continue;
        }
        for room in instance.room_indices() {
            let fails = failed(instance, RequestIndex(n), room, &standing);
            let mut rules = fails.iter();
            if let (Some(only), None) = (rules.next(), rules.next()) {
                found.entry(only).or_default().insert(request.id.clone());
            }
        }
    }
    found
}
