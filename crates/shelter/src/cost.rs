//! The soft cost in whole numbers, so that two machines agree, with the terms that make it up.

use serde::{Deserialize, Serialize};

use crate::file::RoomKind;
use crate::instance::{Instance, Location, Request, RequestIndex, Room, RoomIndex};

/// The weights of the cost; the defaults are those of the contract. Every answer says which were used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// Times `near.weight × distance / diagonal`.
    pub distance: u32,
    /// No language in common.
    pub language: u32,
    /// Per level of security above what was asked.
    pub security: u32,
    /// A crisis room.
    pub crisis: u32,
    /// The room's longest stay is under `short_stay_days`.
    pub short_stay: u32,
    /// What counts as a short stay, in days.
    pub short_stay_days: u32,
    /// Staying in the current room costs exactly this.
    pub stay: u32,
    /// Nothing above costs more than this together.
    pub most: u32,
    /// Per person left unplaced.
    pub unplaced: u32,
    /// Per person left unplaced and level of urgency above 1.
    pub unplaced_urgency: u32,
    /// Per person left unplaced and day waited.
    pub unplaced_waiting: u32,
    /// Days waited that count at most.
    pub waiting_days_most: u32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            distance: 150,
            language: 160,
            security: 60,
            crisis: 220,
            short_stay: 60,
            short_stay_days: 180,
            stay: 350,
            most: 1000,
            unplaced: 20_000,
            unplaced_urgency: 6_000,
            unplaced_waiting: 40,
            waiting_days_most: 100,
        }
    }
}

/// A weight that cannot be reckoned with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("weight `{weight}` is {value}, expected a whole number from 0 to {most}")]
pub struct WeightFault {
    /// The weight.
    pub weight: &'static str,
    /// What was read.
    pub value: u32,
    /// What it may be at most.
    pub most: u32,
}

impl Weights {
    /// Refuses weights so large that sums over a whole country could not be held in 64 bits.
    pub fn check(&self) -> Result<(), WeightFault> {
        let soft = 100_000;
        let hard = 1_000_000;
        let all = [
            ("distance", self.distance, soft),
            ("language", self.language, soft),
            ("security", self.security, soft),
            ("crisis", self.crisis, soft),
            ("short_stay", self.short_stay, soft),
            ("short_stay_days", self.short_stay_days, hard),
            ("stay", self.stay, soft),
            ("most", self.most, soft),
            ("unplaced", self.unplaced, hard),
            ("unplaced_urgency", self.unplaced_urgency, hard),
            ("unplaced_waiting", self.unplaced_waiting, hard),
            ("waiting_days_most", self.waiting_days_most, 36_500),
        ];
        match all.into_iter().find(|(_, value, most)| value > most) {
            Some((weight, value, most)) => Err(WeightFault {
                weight,
                value,
                most,
            }),
            None => Ok(()),
        }
    }
}

/// A term of the cost, by the code that files and screens use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// Far from where the person wants to be near.
    Distance,
    /// No language in common.
    Language,
    /// More secure than asked.
    Security,
    /// A crisis room.
    Crisis,
    /// A short longest stay.
    ShortStay,
    /// Staying where one is.
    Stay,
    /// What the cap of the cost takes off again; never above 0.
    Cap,
}

/// One term with its share of the cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    /// Which term.
    pub term: Term,
    /// Its share; the shares add up to the cost.
    pub cost: i64,
}

/// A cost with its terms; terms that cost nothing are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cost {
    /// The sum of the terms.
    pub total: i64,
    /// The terms, in a fixed order.
    pub because: Vec<Because>,
}

impl Cost {
    fn add(&mut self, term: Term, cost: i64) {
        if cost != 0 {
            self.total += cost;
            self.because.push(Because { term, cost });
        }
    }
}

/// What it costs to have this request in this room. The hard rules are not looked at; a location less secure than asked
/// (which no rule lets pass) simply has no security term.
pub fn soft(instance: &Instance, asking: RequestIndex, room: RoomIndex, weights: &Weights) -> Cost {
    let request = instance.request(asking);
    let candidate = instance.room(room);
    let location = instance.location_of(candidate);
    let mut cost = Cost::default();
    if request.current_room == Some(room) {
        cost.add(Term::Stay, i64::from(weights.stay));
        return cost;
    }
    cost.add(
        Term::Distance,
        distance(instance, request, location, weights),
    );
    if !speaks(request, location) {
        cost.add(Term::Language, i64::from(weights.language));
    }
    let overshoot = location.security.saturating_sub(request.security);
    cost.add(
        Term::Security,
        i64::from(weights.security) * i64::from(overshoot),
    );
    if candidate.kind == RoomKind::Crisis {
        cost.add(Term::Crisis, i64::from(weights.crisis));
    }
    if candidate
        .max_stay_days
        .is_some_and(|days| days < weights.short_stay_days)
    {
        cost.add(Term::ShortStay, i64::from(weights.short_stay));
    }
    let over = cost.total - i64::from(weights.most);
    if over > 0 {
        cost.add(Term::Cap, -over);
    }
    cost
}

/// Whether they have a language in common.
pub(crate) fn speaks(request: &Request, location: &Location) -> bool {
    (request.languages.iter()).any(|spoken| location.languages.contains(spoken))
}

/// The terms that are the same for every room of a location, without the cap.
pub(crate) fn of_location(
    instance: &Instance,
    request: &Request,
    location: &Location,
    common_language: bool,
    weights: &Weights,
) -> i64 {
    let overshoot = location.security.saturating_sub(request.security);
    let language = if common_language { 0 } else { weights.language };
    distance(instance, request, location, weights)
        + i64::from(language)
        + i64::from(weights.security) * i64::from(overshoot)
}

/// The terms of the room itself, without the cap.
pub(crate) fn of_room(room: &Room, weights: &Weights) -> i64 {
    let crisis = if room.kind == RoomKind::Crisis {
        weights.crisis
    } else {
        0
    };
    let short = (room.max_stay_days).is_some_and(|days| days < weights.short_stay_days);
    i64::from(crisis)
        + if short {
            i64::from(weights.short_stay)
        } else {
            0
        }
}

/// Rounded to the nearest whole number, halves up. The other terms are whole, so rounding this one rounds the sum.
fn distance(instance: &Instance, request: &Request, location: &Location, weights: &Weights) -> i64 {
    let diagonal = instance.diagonal_km();
    let Some(near) = &request.near else { return 0 };
    if diagonal == 0.0 {
        // All locations stand at one point: no room is nearer than another.
        return 0;
    }
    let share = f64::from(weights.distance) * near.weight * near.point.distance_km(location.point)
        / diagonal;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "`as` saturates, and the sum is capped"
    )]
    let whole = share.round().min(f64::from(u32::MAX)) as i64;
    whole
}

/// What it costs to leave a request unplaced.
pub fn unplaced(request: &Request, weights: &Weights) -> i64 {
    let urgency = i64::from(weights.unplaced_urgency) * (i64::from(request.urgency) - 1);
    let waiting = i64::from(weights.unplaced_waiting)
        * i64::from(request.waiting_days.min(weights.waiting_days_most));
    (i64::from(weights.unplaced) + urgency + waiting) * i64::from(request.size())
}
