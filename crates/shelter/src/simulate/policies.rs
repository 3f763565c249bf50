//! Ways of placing: what practice does, what a good list does, and what looking at everybody at once adds.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::chance::Chance;
use crate::compiled::Compiled;
use crate::cost::Weights;
use crate::file::{InstanceFile, LocationFile};
use crate::generate::{Size, request};
use crate::instance::{Instance, RequestIndex, RoomIndex};
use crate::model::Model;
use crate::parts::extract;
use crate::plan::rooms_of;
use crate::rules::{self, Rule, RuleSet, Standing};
use crate::solve;

/// Shelters that one caller reaches in a day for one person.
const CALLS: usize = 12;
/// Of a thousand callers, how many ask about circles to stay out of.
const ASKS_SAFETY: usize = 700;
/// Questions to `stop` before a day's plan is taken as it is: a count and not a time, so that a year is the same everywhere.
const PATIENCE: u32 = 3000;

/// A way of placing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// Each waiting person's caller phones twelve shelters a day and asks part of what matters.
    PhoneAround,
    /// A live list with every rule; who came first gets the first room that fits.
    FirstCome,
    /// The most urgent first, each the cheapest room.
    UrgentFirst,
    /// The same, and a room costs more when many could use nothing else.
    UrgentFirstPriced,
    /// Every day the plan for the whole country that costs least, with moving on.
    DailyOptimum,
    /// The plan with urgency first, scarcity prices, moving on, and no moves for a small gain.
    Ours,
}

/// One placement or move.
pub(super) struct Decision {
    pub request: String,
    pub room: String,
    pub broken: RuleSet,
}

impl Policy {
    /// All policies, practice first.
    pub const ALL: [Self; 6] = [
        Self::PhoneAround,
        Self::FirstCome,
        Self::UrgentFirst,
        Self::UrgentFirstPriced,
        Self::DailyOptimum,
        Self::Ours,
    ];

    /// The code in files, such as `first_come`.
    pub fn code(self) -> &'static str {
        match self {
            Self::PhoneAround => "phone_around",
            Self::FirstCome => "first_come",
            Self::UrgentFirst => "urgent_first",
            Self::UrgentFirstPriced => "urgent_first_priced",
            Self::DailyOptimum => "daily_optimum",
            Self::Ours => "ours",
        }
    }

    pub(super) fn moves_on(self) -> bool {
        matches!(self, Self::DailyOptimum | Self::Ours)
    }

    pub(super) fn decide(
        self,
        instance: &Instance,
        frozen: &HashSet<String>,
        prices: &Prices,
        chance: &mut Chance,
    ) -> Vec<Decision> {
        let day = Day {
            instance,
            compiled: Compiled::new(instance, &self.weights()),
            frozen,
            prices,
        };
        match self {
            Self::PhoneAround => day.phone(chance),
            Self::FirstCome => day.list(false, |_, _| 0),
            Self::UrgentFirst => day.list(true, |cost, _| cost),
            Self::UrgentFirstPriced => day.list(true, |cost, price| cost + price),
            Self::DailyOptimum => day.optimum(0),
            Self::Ours => day.optimum(1),
        }
    }

    /// What the plan of the day minimises. Ours lets a level of urgency outweigh any number of days.
    fn weights(self) -> Weights {
        match self {
            Self::Ours => Weights {
                unplaced_urgency: 40_000,
                ..Weights::default()
            },
            _ => Weights::default(),
        }
    }
}

struct Day<'a> {
    instance: &'a Instance,
    compiled: Compiled<'a>,
    frozen: &'a HashSet<String>,
    prices: &'a Prices,
}

impl Day<'_> {
    fn waiting(&self) -> Vec<RequestIndex> {
        (0..self.instance.requests().len())
            .map(RequestIndex)
            .filter(|asking| self.instance.request(*asking).current_room.is_none())
            .collect()
    }

    /// The caller sees sex, age, family, title and form, and asks about safety more often than not.
    fn phone(&self, chance: &mut Chance) -> Vec<Decision> {
        let seen = [
            Rule::Sex,
            Rule::Age,
            Rule::Form,
            Rule::Entitlement,
            Rule::RoomKind,
            Rule::Places,
        ];
        let mut state = Standing::now(self.instance);
        let mut found = Vec::new();
        for asking in self.waiting() {
            let asks_safety = chance.per_mille(ASKS_SAFETY);
            'calls: for _ in 0..CALLS {
                let location = chance.below(self.instance.locations().len());
                for room in self.compiled.rooms_of(location).map(RoomIndex) {
                    let broken = rules::failed(self.instance, asking, room, &state);
                    let known = |rule| seen.contains(&rule) || rule == Rule::Avoid && asks_safety;
                    if !broken.iter().any(known) {
                        state.arrive(self.instance, asking, room);
                        found.push(self.decision(asking, room, broken));
                        break 'calls;
                    }
                }
            }
        }
        found
    }

    fn list(&self, urgent_first: bool, rank: impl Fn(i64, i64) -> i64) -> Vec<Decision> {
        let mut order = self.waiting();
        order.sort_by_key(|asking| {
            let request = self.instance.request(*asking);
            let urgency = if urgent_first { request.urgency } else { 0 };
            (std::cmp::Reverse((urgency, request.waiting_days)), asking.0)
        });
        let mut state = Standing::now(self.instance);
        let mut found = Vec::new();
        for asking in order {
            let asked = self.compiled.asked(asking);
            let mut best: Option<(i64, RoomIndex)> = None;
            for location in 0..self.instance.locations().len() {
                if !self.compiled.location_fits(&asked, location) {
                    continue;
                }
                let base = self.compiled.location_cost(&asked, location);
                for room in self.compiled.rooms_of(location).map(RoomIndex) {
                    let fails = rules::failed_by_room(self.instance, asking, room, &state);
                    let price = self.prices.of(&self.instance.room(room).id);
                    let cost = rank(self.compiled.room_cost(base, room), price);
                    if fails.is_empty() && best.is_none_or(|known| cost < known.0) {
                        best = Some((cost, room));
                    }
                }
            }
            if let Some((_, room)) = best {
                state.arrive(self.instance, asking, room);
                found.push(self.decision(asking, room, RuleSet::NONE));
            }
        }
        found
    }

    /// The plan for everybody, with so many times the price of a room on top of its cost.
    fn optimum(&self, priced: i64) -> Vec<Decision> {
        let whole = Model::build(&self.compiled);
        let is_frozen = |ask: usize| {
            let request = self.instance.request(whole.asks[ask].request);
            self.frozen.contains(&request.id)
        };
        let asks = (0..whole.asks.len()).collect();
        let mut part = extract(&whole, asks, |ask, pair| {
            whole.stay[ask] == Some(pair) || !is_frozen(ask)
        });
        for (n, pair) in part.model.pairs.iter_mut().enumerate() {
            // Who stays holds the seat: its price is what moving on gives back.
            let cell = &part.model.cells[pair.cell as usize];
            let price = self.prices.of(&self.instance.room(cell.rooms[0]).id);
            pair.cost += priced * price;
            if priced > 0 && part.model.stay.contains(&Some(n)) {
                pair.cost -= SMALL_GAIN;
            }
        }
        let asked = Cell::new(0_u32);
        let stop = || {
            asked.set(asked.get() + 1);
            asked.get() > PATIENCE
        };
        let solved = solve::solve(&part.model, &stop);
        let room_of = rooms_of(self.instance, &part.model, &solved.chosen);
        let mut found = Vec::new();
        for (n, room) in room_of.iter().enumerate() {
            let asking = RequestIndex(n);
            if let Some(room) = room
                && self.instance.request(asking).current_room != Some(*room)
            {
                found.push(self.decision(asking, *room, RuleSet::NONE));
            }
        }
        found
    }

    fn decision(&self, asking: RequestIndex, room: RoomIndex, broken: RuleSet) -> Decision {
        Decision {
            request: self.instance.request(asking).id.clone(),
            room: self.instance.room(room).id.clone(),
            broken,
        }
    }
}

/// A move must gain more than this.
const SMALL_GAIN: i64 = 50;

/// What a room is worth to people who are not there yet: learnt from made-up people before the year begins.
pub(super) struct Prices(HashMap<String, i64>);

impl Prices {
    /// Each made-up person spreads one wish over the seats that fit; a room's price is how often its seats are wished for,
    /// against the mean, in hundreds.
    pub fn learn(locations: &[LocationFile], size: &Size, seed: u64) -> Self {
        const PEOPLE: usize = 600;
        let mut chance = Chance::new(seed);
        let requests: Vec<_> = (0..PEOPLE)
            .map(|n| {
                let mut request = request(&mut chance, size, n);
                request.apart = None;
                request
            })
            .collect();
        let file = InstanceFile {
            as_of: jiff::civil::date(2026, 1, 1),
            locations: locations.to_vec(),
            requests,
        };
        let Ok(instance) = Instance::check(file) else {
            return Self(HashMap::new());
        };
        let compiled = Compiled::new(&instance, &Weights::default());
        let standing = Standing::now(&instance);
        let mut wished = vec![0_i64; instance.rooms().len()];
        for n in 0..PEOPLE {
            let asking = RequestIndex(n);
            let asked = compiled.asked(asking);
            let fits: Vec<usize> = (0..instance.locations().len())
                .filter(|location| compiled.location_fits(&asked, *location))
                .flat_map(|location| compiled.rooms_of(location))
                .filter(|room| {
                    rules::failed_by_room(&instance, asking, RoomIndex(*room), &standing).is_empty()
                })
                .collect();
            let seats: i64 = fits
                .iter()
                .map(|r| i64::from(instance.rooms()[*r].free))
                .sum();
            for room in fits {
                wished[room] += 1_000_000 / seats.max(1);
            }
        }
        let mean = wished.iter().sum::<i64>() / i64::try_from(wished.len().max(1)).unwrap_or(1);
        let price = |wish: &i64| (wish * 100 / mean.max(1)).min(1000);
        Self(
            (instance.rooms().iter().zip(&wished))
                .map(|(room, wish)| (room.id.clone(), price(wish)))
                .collect(),
        )
    }

    fn of(&self, room: &str) -> i64 {
        self.0.get(room).copied().unwrap_or(0)
    }
}
