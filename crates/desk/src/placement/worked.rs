//! The placing question for one request and its answer, as data: the same question gives the same answer in the same bytes, so that
//! it can be worked out again years later. The engine of `shelter` knows the rules about person and room; the question brings along
//! what only the desk knows (rooms out of service, houses where another authority places).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use shelter::plan::obstacles;
use shelter::rules::{Standing, failed};
use shelter::{Instance, InstanceFile, Offer, Relaxation, RoomFile, Weights, best_offers};

use crate::error::{DeskError, Result};

/// Rules that a placing officer may set aside with a reason, for instance for a temporary stay. The others
/// protect (avoid, security, sex, age), are law (entitlement, authority) or are facts (places, wheelchair).
pub const RELAXABLE: &[&str] = &["care", "form", "pets", "route"];
/// The request of a question about one.
pub(super) const ASKED: &str = "asked";
/// How many rooms are proposed.
pub(super) const BEST: usize = 5;

/// What was asked: the rooms of the country as they stood, and the request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Version of the rules.
    pub rules: String,
    /// Rooms and request, as `samen place` reads them. Houses are known by the centre of their municipality, never by an address.
    pub instance: InstanceFile,
    /// Rules of the desk's own that a room fails, by room.
    pub own: BTreeMap<String, Vec<String>>,
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The best rooms, best first; when none fits, those for which something can be done, with the rules that they fail.
    pub offers: Vec<Ranked>,
    /// Why the others don't.
    pub why_not: WhyNot,
    /// When none fits: the least that would have to change, what opens most rooms first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nearest: Vec<Relaxation>,
}

/// A room with its cost and every rule that it fails, the desk's own first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranked {
    /// The room.
    pub room: String,
    /// Less is better.
    pub cost: i64,
    /// The terms of the cost.
    pub because: Vec<shelter::Because>,
    /// Rules that it fails.
    pub fails: Vec<String>,
}

/// Why the others don't.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhyNot {
    /// Rooms looked at.
    pub rooms: u32,
    /// Rooms that fit.
    pub fit: u32,
    /// Rooms by the first rule that they fail.
    pub first_failed: BTreeMap<String, u32>,
    /// Rooms that fail this rule only: what would change if it did not hold.
    pub one_away: BTreeMap<String, u32>,
}

impl WhyNot {
    /// The main reason why nothing fits, in the field's own terms of refusal; `None` when something fits.
    pub fn reason(&self) -> Option<&'static str> {
        if self.fit > 0 {
            return None;
        }
        if self.one_away.contains_key("places") {
            return Some("vol");
        }
        let most = |counts: &BTreeMap<String, u32>| {
            counts
                .iter()
                .max_by_key(|(_, n)| **n)
                .map(|(rule, _)| reason_of(rule))
        };
        most(&self.one_away)
            .or_else(|| most(&self.first_failed))
            .or(Some("vol"))
    }

    fn count(&mut self, fails: &[String]) {
        self.rooms += 1;
        let mut add = |counts: fn(&mut Self) -> &mut BTreeMap<String, u32>, rule: &String| {
            *counts(self).entry(rule.clone()).or_insert(0) += 1;
        };
        match fails {
            [] => self.fit += 1,
            [only] => {
                add(|it| &mut it.first_failed, only);
                add(|it| &mut it.one_away, only);
            }
            [first, ..] => add(|it| &mut it.first_failed, first),
        }
    }
}

/// A rule's name in the field's own terms of refusal (vocabulary `refusal_reasons`).
fn reason_of(rule: &str) -> &'static str {
    match rule {
        "places" | "out_of_service" => "vol",
        "entitlement" | "authority" | "route" => "geen_recht",
        "avoid" | "security" | "apart" => "veiligheid",
        "care" | "wheelchair" | "form" => "zorgzwaarte",
        "age" => "leeftijd",
        "sex" => "geslacht",
        "room_kind" => "kinderen",
        _ => "anders",
    }
}

impl Question {
    /// The answer. Nothing but the question goes into it.
    pub(super) fn answer(&self) -> Result<Answer> {
        let whole = checked(self.instance.clone())?;
        let fails = self.fails(&whole)?;
        let mut why_not = WhyNot::default();
        for rules in fails.values() {
            why_not.count(rules);
        }
        let rooms: BTreeMap<&str, &RoomFile> = (self.instance.locations.iter())
            .flat_map(|location| &location.rooms)
            .map(|room| (room.id.as_str(), room))
            .collect();
        let proposed: BTreeSet<&str> = fails
            .iter()
            .filter(|(room, rules)| match why_not.fit {
                0 => self.is_near(rooms.get(room.as_str()).copied(), rules),
                _ => rules.is_empty(),
            })
            .map(|(room, _)| room.as_str())
            .collect();
        let offers = (self.ranked(&proposed)?.into_iter())
            .map(|offer| ranked(offer, &fails))
            .collect();
        let nearest = match why_not.fit {
            0 => self.nearest()?,
            _ => Vec::new(),
        };
        Ok(Answer {
            offers,
            why_not,
            nearest,
        })
    }

    /// The least that would have to change, among the rooms that only the rules of person and room keep closed.
    fn nearest(&self) -> Result<Vec<Relaxation>> {
        let mut file = self.instance.clone();
        let lived_in: BTreeSet<String> = lived_in(&file);
        for location in &mut file.locations {
            location
                .rooms
                .retain(|room| !self.own.contains_key(&room.id) || lived_in.contains(&room.id));
        }
        let few = checked(file)?;
        Ok(few.find_request(ASKED).map_or_else(Vec::new, |asked| {
            obstacles(&few, asked, &Weights::default()).nearest_options
        }))
    }

    /// Every room with the rules that it fails, the desk's own first. The room where they are now is no answer.
    pub(super) fn fails(&self, whole: &Instance) -> Result<BTreeMap<String, Vec<String>>> {
        let asked = whole
            .find_request(ASKED)
            .ok_or_else(|| DeskError::Setup("the request is not in its own question".to_owned()))?;
        let standing = Standing::now(whole);
        let mut out = BTreeMap::new();
        for index in whole.room_indices() {
            let room = &whole.room(index).id;
            let mut rules = self.own.get(room).cloned().unwrap_or_default();
            let engine = failed(whole, asked, index, &standing);
            rules.extend(engine.iter().map(|rule| rule.code().to_owned()));
            out.insert(room.clone(), rules);
        }
        Ok(out)
    }

    /// Whether something can be done about what the room fails: set aside with a reason, or waited for. Rooms in a forbidden
    /// circle, or that are closed to this person for another reason, are counted but never shown one by one.
    fn is_near(&self, room: Option<&RoomFile>, rules: &[String]) -> bool {
        let asked = self.instance.requests.iter().find(|r| r.id == ASKED);
        let seats = asked.map_or(i64::MAX, |r| {
            i64::try_from(r.persons.len()).unwrap_or(i64::MAX)
        });
        let large = room.is_some_and(|room| room.places >= seats);
        rules
            .iter()
            .all(|rule| RELAXABLE.contains(&rule.as_str()) || (rule == "places" && large))
    }

    fn ranked(&self, proposed: &BTreeSet<&str>) -> Result<Vec<Offer>> {
        let mut file = self.instance.clone();
        // Who is there already stays in the question, so that nobody of the same group is proposed beside them.
        let lived_in = lived_in(&file);
        for location in &mut file.locations {
            location
                .rooms
                .retain(|room| proposed.contains(room.id.as_str()) || lived_in.contains(&room.id));
        }
        let few = checked(file)?;
        let best = best_offers(&few, ASKED, BEST + lived_in.len())
            .map_err(|e| DeskError::Setup(e.to_string()))?;
        Ok((best.offers.into_iter())
            .filter(|offer| proposed.contains(offer.room.as_str()))
            .take(BEST)
            .collect())
    }
}

/// The rooms of who is there already.
fn lived_in(file: &InstanceFile) -> BTreeSet<String> {
    (file.requests.iter())
        .filter_map(|request| request.current_room.clone())
        .collect()
}

pub(super) fn checked(file: InstanceFile) -> Result<Instance> {
    Instance::check(file).map_err(|e| DeskError::Setup(format!("placing question: {e}")))
}

fn ranked(offer: Offer, fails: &BTreeMap<String, Vec<String>>) -> Ranked {
    Ranked {
        fails: fails.get(&offer.room).cloned().unwrap_or_default(),
        room: offer.room,
        cost: offer.cost,
        because: offer.because,
    }
}
