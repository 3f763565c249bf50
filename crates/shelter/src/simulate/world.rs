//! Who waits, who is where, and the days going by.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::date;

use super::policies::{Decision, Policy, Prices};
use super::{Nights, Outcome, WARM_UP};
use crate::chance::Chance;
use crate::file::{AvoidFile, InstanceFile, LocationFile, RequestFile, RoomKind};
use crate::generate::{Size, country, request};
use crate::instance::Instance;
use crate::rules::{Rule, RuleSet};

/// Of a thousand offers, how many are declined by the shelter or the client.
const DECLINED: usize = 120;
/// Mean days in shelter, so that with some 22 persons a day and 2,750 places the load is about 0.75.
const STAY_DAYS: usize = 94;
/// Days in a crisis room after which somebody is ready to move on.
const READY_AFTER: u32 = 14;
/// Requests a day, at least and at most.
pub(super) const ARRIVALS: (i64, i64) = (14, 19);
/// Urgent is this and more.
const URGENT: i64 = 3;

/// Somebody who waits.
struct Waiting {
    request: RequestFile,
    arrived: u32,
    stay: u32,
    offers: u64,
    number: u64,
}

/// Somebody in a room.
struct Resident {
    request: RequestFile,
    room: String,
    since: u32,
    until: u32,
}

pub(super) struct World {
    policy: Policy,
    seed: u64,
    chance: Chance,
    size: Size,
    arrivals: (i64, i64),
    locations: Vec<LocationFile>,
    room_at: HashMap<String, (usize, usize)>,
    waiting: Vec<Waiting>,
    residents: BTreeMap<String, Resident>,
    prices: Prices,
    waits: Vec<(u32, bool)>,
    inside_circle: usize,
    other_rule: usize,
    moved_on: usize,
    next: usize,
}

impl World {
    pub fn new(seed: u64, policy: Policy) -> Self {
        Self::of(seed, policy, Size::NORMAL, ARRIVALS)
    }

    pub fn of(seed: u64, policy: Policy, size: Size, arrivals: (i64, i64)) -> Self {
        let mut chance = Chance::new(seed);
        let mut locations = country(&mut chance, &size);
        let mut room_at = HashMap::new();
        for (l, location) in locations.iter_mut().enumerate() {
            for (r, room) in location.rooms.iter_mut().enumerate() {
                room.free = room.places;
                room_at.insert(room.id.clone(), (l, r));
            }
        }
        // Prices come from other people than those who will ask: what is learnt beforehand must not know the year.
        let prices = Prices::learn(&locations, &size, seed ^ 0x00C0_FFEE);
        Self {
            policy,
            seed,
            chance,
            size,
            arrivals,
            locations,
            room_at,
            waiting: Vec::new(),
            residents: BTreeMap::new(),
            prices,
            waits: Vec::new(),
            inside_circle: 0,
            other_rule: 0,
            moved_on: 0,
            next: 0,
        }
    }

    pub fn live(mut self, days: u32) -> Outcome {
        let last = WARM_UP + days;
        for day in 0..last {
            self.depart(day);
            self.arrive(day);
            self.place(day);
        }
        let open: Vec<_> = (self.waiting.iter())
            .filter(|one| one.arrived >= WARM_UP)
            .map(|one| (last - one.arrived, one.request.urgency >= URGENT))
            .collect();
        self.waits.extend(open);
        self.outcome()
    }

    /// The days after the warm-up, each with the persons by segment who are without a place when it ends.
    pub fn count(mut self, days: u32, nights: &Nights) -> Vec<BTreeMap<String, u32>> {
        let mut counted = Vec::new();
        for day in 0..WARM_UP + days {
            self.depart(day);
            self.arrive(day);
            self.place(day);
            // Who gives up is drawn apart, so that the same people come on the same days.
            let mut chance = Chance::new(self.seed ^ u64::from(day).rotate_left(24) ^ 0x6176_6E75);
            self.waiting
                .retain(|_| !chance.per_mille(nights.gives_up_per_mille));
            if day < WARM_UP {
                continue;
            }
            let mut here: BTreeMap<String, u32> = BTreeMap::new();
            for one in &self.waiting {
                let persons = u32::try_from(one.request.persons.len()).unwrap_or(0);
                *here.entry(segment(&one.request)).or_default() += persons;
            }
            counted.push(here);
        }
        counted
    }

    fn depart(&mut self, day: u32) {
        let gone: Vec<_> = (self.residents.iter())
            .filter(|(_, one)| one.until <= day)
            .map(|(id, _)| id.clone())
            .collect();
        for id in gone {
            if let Some(one) = self.residents.remove(&id) {
                self.free(&one.room, one.request.persons.len());
            }
        }
    }

    fn free(&mut self, room: &str, seats: usize) {
        if let Some((l, r)) = self.room_at.get(room) {
            self.locations[*l].rooms[*r].free += i64::try_from(seats).unwrap_or(0);
        }
    }

    fn fill(&mut self, room: &str, seats: usize) {
        if let Some((l, r)) = self.room_at.get(room) {
            self.locations[*l].rooms[*r].free -= i64::try_from(seats).unwrap_or(0);
        }
    }

    fn arrive(&mut self, day: u32) {
        for _ in 0..self.chance.from_to(self.arrivals.0, self.arrivals.1) {
            let mut request = request(&mut self.chance, &self.size, self.next);
            request.waiting_days = 0;
            let stay = u32::try_from(self.chance.days(STAY_DAYS)).unwrap_or(0) + 1;
            self.waiting.push(Waiting {
                request,
                arrived: day,
                stay,
                offers: 0,
                number: self.next as u64,
            });
            self.next += 1;
        }
    }

    /// The day's question: everybody who waits, who could move on, and who must be kept apart from somebody in it.
    fn question(&self, day: u32) -> (InstanceFile, HashSet<String>) {
        let groups: HashSet<&String> = self
            .waiting
            .iter()
            .filter_map(|w| w.request.apart.as_ref())
            .collect();
        let mut requests = Vec::new();
        for one in &self.waiting {
            let mut request = one.request.clone();
            request.waiting_days = i64::from(day - one.arrived);
            requests.push(request);
        }
        let mut frozen = HashSet::new();
        for (id, one) in &self.residents {
            let kind = self
                .room_at
                .get(&one.room)
                .map(|(l, r)| self.locations[*l].rooms[*r].kind);
            let ready = self.policy.moves_on()
                && kind == Some(RoomKind::Crisis)
                && day >= one.since + READY_AFTER;
            let watched = one
                .request
                .apart
                .as_ref()
                .is_some_and(|apart| groups.contains(apart));
            if !ready && !watched {
                continue;
            }
            if !ready {
                frozen.insert(id.clone());
            }
            let mut request = one.request.clone();
            request.current_room = Some(one.room.clone());
            requests.push(request);
        }
        let file = InstanceFile {
            as_of: date(2026, 1, 1),
            locations: self.locations.clone(),
            requests,
        };
        (file, frozen)
    }

    fn place(&mut self, day: u32) {
        let (file, frozen) = self.question(day);
        let Ok(instance) = Instance::check(file) else {
            return;
        };
        let mut chance = Chance::new(self.seed ^ (u64::from(day) << 32) ^ 0x000D_A117);
        let decisions = self
            .policy
            .decide(&instance, &frozen, &self.prices, &mut chance);
        let mut by_id: HashMap<String, Decision> = HashMap::new();
        for decision in decisions {
            by_id.insert(decision.request.clone(), decision);
        }
        self.move_on(day, &by_id);
        let waiting = std::mem::take(&mut self.waiting);
        for one in waiting {
            match by_id.get(&one.request.id) {
                Some(decision) => self.offer(day, one, decision),
                None => self.waiting.push(one),
            }
        }
    }

    /// Moves come first: a seat is only given on once it is left. A move that is declined leaves its follower waiting.
    fn move_on(&mut self, day: u32, by_id: &HashMap<String, Decision>) {
        let moving: Vec<_> = (self.residents.keys())
            .filter(|id| by_id.contains_key(*id))
            .cloned()
            .collect();
        for id in moving {
            let (Some(decision), Some(mut one)) = (by_id.get(&id), self.residents.remove(&id))
            else {
                continue;
            };
            let mut chance = Chance::new(self.seed ^ u64::from(day).rotate_left(40) ^ hash(&id));
            let seats = one.request.persons.len();
            if !chance.per_mille(DECLINED) && self.has_seats(&decision.room, seats) {
                self.free(&one.room, seats);
                self.fill(&decision.room, seats);
                one.room.clone_from(&decision.room);
                one.since = day;
                self.moved_on += usize::from(day >= WARM_UP);
            }
            self.residents.insert(id, one);
        }
    }

    fn has_seats(&self, room: &str, seats: usize) -> bool {
        self.room_at.get(room).is_some_and(|(l, r)| {
            self.locations[*l].rooms[*r].free >= i64::try_from(seats).unwrap_or(i64::MAX)
        })
    }

    fn offer(&mut self, day: u32, mut one: Waiting, decision: &Decision) {
        // The same person declines the same offer number under every policy.
        let mut chance = Chance::new(self.seed ^ (one.number << 20) ^ one.offers);
        one.offers += 1;
        let seats = one.request.persons.len();
        if !self.has_seats(&decision.room, seats) {
            self.waiting.push(one);
            return;
        }
        if chance.per_mille(DECLINED) {
            // Not there again: a circle of no size around the location.
            if let Some((l, _)) = self.room_at.get(&decision.room) {
                one.request.avoid.push(AvoidFile {
                    x_km: self.locations[*l].x_km,
                    y_km: self.locations[*l].y_km,
                    radius_km: 0.0,
                    reason: "declined".to_owned(),
                });
            }
            self.waiting.push(one);
            return;
        }
        self.fill(&decision.room, seats);
        if one.arrived >= WARM_UP {
            self.waits
                .push((day - one.arrived, one.request.urgency >= URGENT));
        }
        if day >= WARM_UP {
            let circle = decision.broken.contains(Rule::Avoid);
            let others = |set: RuleSet| set.iter().any(|rule| rule != Rule::Avoid);
            self.inside_circle += usize::from(circle);
            self.other_rule += usize::from(others(decision.broken));
        }
        self.residents.insert(
            one.request.id.clone(),
            Resident {
                room: decision.room.clone(),
                since: day,
                until: day + one.stay,
                request: one.request,
            },
        );
    }

    fn outcome(mut self) -> Outcome {
        self.waits.sort_unstable();
        let urgent: Vec<u32> = self.waits.iter().filter(|w| w.1).map(|w| w.0).collect();
        let all: Vec<u32> = self.waits.iter().map(|w| w.0).collect();
        Outcome {
            policy: self.policy,
            requests: all.len(),
            mean_wait: mean(&all),
            p90_wait: all
                .get(all.len() * 9 / 10)
                .map_or(0, |wait| i64::from(*wait)),
            within_a_day: share(&all, |wait| wait <= 1),
            urgent_mean_wait: mean(&urgent),
            urgent_within_a_day: share(&urgent, |wait| wait <= 1),
            over_30_days: all.iter().filter(|wait| **wait > 30).count(),
            inside_circle: self.inside_circle,
            other_rule_broken: self.other_rule,
            moved_on: self.moved_on,
        }
    }
}

/// The legal title, which decides on the kind of shelter, and for whom.
fn segment(request: &RequestFile) -> String {
    let group = match (request.persons.as_slice(), request.persons.first()) {
        ([_, _, ..], _) => "families",
        (_, Some(one)) if one.age < 18 => "minors",
        (_, Some(one)) if one.sex == "F" => "women",
        (_, Some(one)) if one.sex == "M" => "men",
        _ => "other",
    };
    format!("{} {group}", request.entitlement)
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

#[expect(clippy::cast_precision_loss, reason = "thousands of days")]
fn mean(waits: &[u32]) -> f64 {
    let sum: u64 = waits.iter().map(|wait| u64::from(*wait)).sum();
    (sum as f64 / waits.len().max(1) as f64 * 100.0).round() / 100.0
}

#[expect(clippy::cast_precision_loss, reason = "thousands of people")]
fn share(waits: &[u32], is: impl Fn(u32) -> bool) -> f64 {
    let those = waits.iter().filter(|wait| is(**wait)).count();
    (those as f64 / waits.len().max(1) as f64 * 1000.0).round() / 1000.0
}
