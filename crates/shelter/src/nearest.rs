//! What stands between a request and a place, and what is the least that would have to change. Relaxing is never done here:
//! it is a named person's decision, with a reason.

use serde::{Deserialize, Serialize};

use crate::compiled::Compiled;
use crate::cost;
use crate::instance::{Circle, Location, Request, RequestIndex, mm};
use crate::plan::{Blocked, Unplaced};
use crate::rules::{self, Rule, RuleSet, Standing};

/// Circles are made smaller in steps of this, so that answers to many questions do not measure the distance of an address
/// that is secret: kilometres.
const STEP_KM: i64 = 5;

/// One thing that would open rooms if it alone were changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relaxation {
    /// The rule that would be relaxed.
    pub rule: Rule,
    /// What is asked now: kilometres of a circle, level of security, age in years; nothing for rules without a number.
    pub from: Option<i64>,
    /// What it would be.
    pub to: Option<i64>,
    /// How many rooms with a place would be open then.
    pub rooms: usize,
}

/// Counts the rules in the way of a request and finds what is nearest.
pub(crate) fn blocked(
    compiled: &Compiled<'_>,
    asking: RequestIndex,
    standing: &Standing,
) -> Unplaced {
    let instance = compiled.instance;
    let request = instance.request(asking);
    let mut counts = [0_usize; Rule::ALL.len()];
    let mut alone: Vec<(Rule, usize)> = Vec::new();
    for (n, location) in instance.locations().iter().enumerate() {
        let rooms = compiled.rooms_of(n);
        if rooms.is_empty() {
            continue;
        }
        let own = rules::failed_by_location(request, location);
        for room in rooms.map(crate::instance::RoomIndex) {
            let by_room = rules::failed_by_room(instance, asking, room, standing);
            let all: RuleSet = own.union(by_room);
            for rule in all.iter() {
                counts[rule as usize] += 1;
            }
            let mut rules = all.iter();
            if let (Some(only), None) = (rules.next(), rules.next()) {
                alone.push((only, n));
            }
        }
    }
    let mut options = options(request, instance.locations(), &alone);
    options.sort_by_key(|option| std::cmp::Reverse(option.rooms));
    Unplaced {
        request: request.id.clone(),
        cost: cost::unplaced(request, &compiled.weights),
        blocked_by: (Rule::ALL.into_iter().zip(counts))
            .filter(|(_, rooms)| *rooms > 0)
            .map(|(rule, rooms)| Blocked { rule, rooms })
            .collect(),
        nearest: words(&options, instance.rooms().len()),
        nearest_options: options,
    }
}

fn options(request: &Request, all: &[Location], alone: &[(Rule, usize)]) -> Vec<Relaxation> {
    let mut found = Vec::new();
    for rule in Rule::ALL {
        let locations = || {
            (alone.iter())
                .filter(move |one| one.0 == rule)
                .map(|one| &all[one.1])
        };
        if locations().next().is_none() {
            continue;
        }
        match rule {
            Rule::Avoid => {
                for circle in &request.avoid {
                    found.extend(smaller(request, circle, &locations().collect::<Vec<_>>()));
                }
            }
            Rule::Security => {
                let level = locations().map(|l| l.security).max().unwrap_or(0);
                found.push(Relaxation {
                    rule,
                    from: Some(i64::from(request.security)),
                    to: Some(i64::from(level)),
                    rooms: locations().filter(|l| l.security == level).count(),
                });
            }
            Rule::Age => found.push(age(request, &locations().collect::<Vec<_>>())),
            _ => found.push(Relaxation {
                rule,
                from: None,
                to: None,
                rooms: locations().count(),
            }),
        }
    }
    found
}

/// The largest smaller circle, in whole steps, outside of which a room would be; the others stay as they are.
fn smaller(request: &Request, circle: &Circle, locations: &[&Location]) -> Option<Relaxation> {
    let by_this_one: Vec<_> = (locations.iter())
        .filter(|location| {
            (request.avoid.iter()).all(|other| other == circle || !other.holds(location.point))
        })
        .collect();
    let whole = mm(1.0).max(1);
    let from = circle.radius_mm / whole;
    let mut to = (circle.radius_mm - 1).div_euclid(whole * STEP_KM) * STEP_KM;
    while to >= 0 {
        let tried = Circle {
            centre: circle.centre,
            radius_mm: to * whole,
        };
        let rooms = by_this_one.iter().filter(|l| !tried.holds(l.point)).count();
        if rooms > 0 {
            return Some(Relaxation {
                rule: Rule::Avoid,
                from: Some(from),
                to: Some(to),
                rooms,
            });
        }
        to -= STEP_KM;
    }
    None
}

/// The nearest age that these locations would admit.
fn age(request: &Request, locations: &[&Location]) -> Relaxation {
    let own = i64::from(request.first.age);
    let limit = |location: &Location| {
        let min = location.min_age.map_or(0, i64::from);
        let max = location.max_age.map_or(i64::MAX, i64::from);
        own.clamp(min, max.max(min))
    };
    let nearest = (locations.iter())
        .map(|l| limit(l))
        .min_by_key(|at| ((at - own).abs(), *at))
        .unwrap_or(own);
    Relaxation {
        rule: Rule::Age,
        from: Some(own),
        to: Some(nearest),
        rooms: locations.iter().filter(|l| limit(l) == nearest).count(),
    }
}

/// The options as a sentence.
fn words(options: &[Relaxation], rooms: usize) -> String {
    if rooms == 0 {
        return "there are no rooms at all".to_owned();
    }
    if options.is_empty() {
        return "no single change opens a room: every room fails two rules or more".to_owned();
    }
    let each: Vec<_> = options.iter().take(3).map(Relaxation::words).collect();
    each.join("; ")
}

impl Relaxation {
    fn words(&self) -> String {
        let rooms = if self.rooms == 1 { "room" } else { "rooms" };
        let (from, to) = (self.from.unwrap_or(0), self.to.unwrap_or(0));
        let how = match self.rule {
            Rule::Avoid => format!("if the circle is {to} instead of {from} km"),
            Rule::Security => format!("if security {to} instead of {from} is enough"),
            Rule::Age => format!("if the age limit that begins or ends at {to} admits {from}"),
            Rule::Places => "if there were places: they fit in everything else and are full".into(),
            Rule::Apart => "if the keep-apart group is waived".into(),
            Rule::RefusedBefore => "if the location that refused is asked again".into(),
            Rule::Route => "of another kind of shelter than the ways to a place name".into(),
            Rule::RoomKind => "if the kind of room is waived".into(),
            Rule::Sex => "if every sex in the household is admitted".into(),
            Rule::Form => "if the form of exploitation is admitted".into(),
            Rule::Entitlement => "with another legal title".into(),
            Rule::Care => "if the missing care is brought in".into(),
            Rule::Wheelchair => "if the location can be made accessible by wheelchair".into(),
            Rule::Pets => "if a place is found for the pet".into(),
        };
        format!("{} {rooms} {how}", self.rooms)
    }
}
