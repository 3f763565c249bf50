//! The hard rules, one function each. A rule says yes or no; nothing is ever bought off with a penalty.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::file::RoomKind;
use crate::instance::{Instance, Location, Person, Request, RequestIndex, Room, RoomIndex};

/// Under this age a child follows its parent into a location that does not admit the child's sex.
const FOLLOWS_PARENT_UNDER: u32 = 12;

/// A hard rule, by the code that files and screens use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Every person's sex is admitted.
    Sex,
    /// The first person's age is within the limits.
    Age,
    /// The exploitation form is admitted.
    Form,
    /// The legal title is admitted.
    Entitlement,
    /// Every care need is offered.
    Care,
    /// A wheelchair can be used, if needed.
    Wheelchair,
    /// A pet is welcome, if there is one.
    Pets,
    /// The location is at least as secure as asked.
    Security,
    /// The location is outside every circle to avoid.
    Avoid,
    /// Households in family or crisis rooms, single persons not in family rooms.
    RoomKind,
    /// The room has a place for every person.
    Places,
    /// Nobody of the same keep-apart group is in the location.
    Apart,
    /// The location refused this request before, or the client declined it.
    RefusedBefore,
    /// The kind of shelter is one that the ways to a place name for this request. Last, so that a rule that protects is
    /// counted before one that sorts.
    Route,
}

impl Rule {
    /// All rules, in the order in which they are tried and named.
    pub const ALL: [Self; 14] = [
        Self::Sex,
        Self::Age,
        Self::Form,
        Self::Entitlement,
        Self::Care,
        Self::Wheelchair,
        Self::Pets,
        Self::Security,
        Self::Avoid,
        Self::RoomKind,
        Self::Places,
        Self::Apart,
        Self::RefusedBefore,
        Self::Route,
    ];

    /// The code in files, such as `room_kind`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sex => "sex",
            Self::Age => "age",
            Self::Form => "form",
            Self::Entitlement => "entitlement",
            Self::Care => "care",
            Self::Wheelchair => "wheelchair",
            Self::Pets => "pets",
            Self::Security => "security",
            Self::Avoid => "avoid",
            Self::RoomKind => "room_kind",
            Self::Places => "places",
            Self::Apart => "apart",
            Self::RefusedBefore => "refused_before",
            Self::Route => "route",
        }
    }
}

/// A set of rules, kept in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RuleSet(u16);

impl RuleSet {
    /// No rule.
    pub const NONE: Self = Self(0);

    fn with(self, rule: Rule, wanted: bool) -> Self {
        if wanted {
            Self(self.0 | 1 << rule as u16)
        } else {
            self
        }
    }

    /// Everything in either set.
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the rule is in the set.
    pub fn contains(self, rule: Rule) -> bool {
        self.0 & 1 << rule as u16 != 0
    }

    /// Whether no rule is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many rules.
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The rules in their order.
    pub fn iter(self) -> impl Iterator<Item = Rule> {
        Rule::ALL
            .into_iter()
            .filter(move |rule| self.contains(*rule))
    }
}

/// Who is where while a room is considered: the places left, and which keep-apart groups are in which location.
#[derive(Debug, Clone)]
pub struct Standing {
    left: Vec<u32>,
    groups: HashMap<(usize, u32), Vec<RequestIndex>>,
}

impl Standing {
    /// As things are now: nobody moves, everyone with a room is in it.
    pub fn now(instance: &Instance) -> Self {
        let mut groups: HashMap<_, Vec<_>> = HashMap::new();
        for (n, request) in instance.requests().iter().enumerate() {
            if let (Some(room), Some(apart)) = (request.current_room, request.apart) {
                groups
                    .entry((instance.room(room).location, apart))
                    .or_default()
                    .push(RequestIndex(n));
            }
        }
        Self {
            left: instance.rooms().iter().map(|room| room.free).collect(),
            groups,
        }
    }

    /// As a plan would have it: `room_of` names the room of every request, in the order of the instance; the seats of who
    /// moves are free again.
    pub fn planned(instance: &Instance, room_of: &[Option<RoomIndex>]) -> Self {
        let mut groups: HashMap<_, Vec<_>> = HashMap::new();
        let mut left: Vec<u32> = instance.rooms().iter().map(|room| room.free).collect();
        for request in instance.requests() {
            if let Some(room) = request.current_room {
                left[room.0] = left[room.0].saturating_add(request.size());
            }
        }
        for (n, room) in room_of.iter().enumerate() {
            let request = &instance.requests()[n];
            let Some(room) = room else { continue };
            left[room.0] = left[room.0].saturating_sub(request.size());
            if let Some(apart) = request.apart {
                groups
                    .entry((instance.room(*room).location, apart))
                    .or_default()
                    .push(RequestIndex(n));
            }
        }
        Self { left, groups }
    }

    /// Notes that somebody who had no room goes there.
    pub(crate) fn arrive(&mut self, instance: &Instance, asking: RequestIndex, room: RoomIndex) {
        let request = instance.request(asking);
        self.left[room.0] = self.left[room.0].saturating_sub(request.size());
        if let Some(apart) = request.apart {
            let location = instance.room(room).location;
            self.groups
                .entry((location, apart))
                .or_default()
                .push(asking);
        }
    }

    /// Places left in a room.
    pub fn left(&self, room: RoomIndex) -> u32 {
        self.left[room.0]
    }

    pub(crate) fn meets_own_group(
        &self,
        asking: RequestIndex,
        request: &Request,
        location: usize,
    ) -> bool {
        let Some(apart) = request.apart else {
            return false;
        };
        (self.groups.get(&(location, apart)))
            .is_some_and(|there| there.iter().any(|other| *other != asking))
    }
}

/// Every rule that this request breaks in this room; empty when it fits. Who is in the room already may always stay.
pub fn failed(
    instance: &Instance,
    asking: RequestIndex,
    room: RoomIndex,
    standing: &Standing,
) -> RuleSet {
    let request = instance.request(asking);
    if request.current_room == Some(room) {
        return RuleSet::NONE;
    }
    let location = instance.location_of(instance.room(room));
    failed_by_location(request, location).union(failed_by_room(instance, asking, room, standing))
}

/// The first rule that this request breaks in this room, in the order of [`Rule::ALL`].
pub fn first_failed(
    instance: &Instance,
    asking: RequestIndex,
    room: RoomIndex,
    standing: &Standing,
) -> Option<Rule> {
    failed(instance, asking, room, standing).iter().next()
}

/// The rules that are the same for every room of a location, so that they are tried once.
pub(crate) fn failed_by_location(request: &Request, location: &Location) -> RuleSet {
    RuleSet::NONE
        .with(Rule::Sex, !sex_admitted(request, location))
        .with(Rule::Age, !age_admitted(request, location))
        .with(Rule::Form, !location.forms.contains(&request.form))
        .with(
            Rule::Entitlement,
            !location.entitlements.contains(&request.entitlement),
        )
        .with(
            Rule::Care,
            !request.care.iter().all(|need| location.care.contains(need)),
        )
        .with(Rule::Wheelchair, request.wheelchair && !location.wheelchair)
        .with(Rule::Pets, request.pets && !location.pets)
        .with(Rule::Security, location.security < request.security)
        .with(
            Rule::Avoid,
            request
                .avoid
                .iter()
                .any(|circle| circle.holds(location.point)),
        )
        .with(
            Rule::RefusedBefore,
            request.not_in.binary_search(&location.code).is_ok(),
        )
        .with(Rule::Route, !kind_named(request, location))
}

/// Whether the request may go to this kind of shelter; one that names no kinds may go to any.
pub(crate) fn kind_named(request: &Request, location: &Location) -> bool {
    request.kinds.is_empty() || request.kinds.contains(&location.kind)
}

/// The rules that look at the room itself and at who is there.
pub(crate) fn failed_by_room(
    instance: &Instance,
    asking: RequestIndex,
    room: RoomIndex,
    standing: &Standing,
) -> RuleSet {
    let request = instance.request(asking);
    let candidate = instance.room(room);
    RuleSet::NONE
        .with(Rule::RoomKind, !kind_fits(request, candidate))
        .with(Rule::Places, standing.left(room) < request.size())
        .with(
            Rule::Apart,
            standing.meets_own_group(asking, request, candidate.location),
        )
}

/// The persons whose sex counts: children under twelve follow their parent; without anyone of twelve or older there is no
/// parent to follow.
pub(crate) fn counted_persons(request: &Request) -> impl Iterator<Item = &Person> {
    let has_parent = request
        .persons()
        .any(|person| person.age >= FOLLOWS_PARENT_UNDER);
    request
        .persons()
        .filter(move |person| !has_parent || person.age >= FOLLOWS_PARENT_UNDER)
}

fn sex_admitted(request: &Request, location: &Location) -> bool {
    counted_persons(request).all(|person| location.sex.contains(&person.sex))
}

fn age_admitted(request: &Request, location: &Location) -> bool {
    let age = request.first.age;
    location.min_age.is_none_or(|min| age >= min) && location.max_age.is_none_or(|max| age <= max)
}

pub(crate) fn kind_fits(request: &Request, room: &Room) -> bool {
    match room.kind {
        RoomKind::Family => request.size() > 1,
        RoomKind::Stay => request.size() == 1,
        RoomKind::Crisis => true,
    }
}
