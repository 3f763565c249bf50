//! The hard rules and the cost made ready for many questions: one 64-bit mask a side, numbers, circles.
//!
//! [`crate::rules`] stays the path that explains; a property test holds the two equal for every pair. Codes that no request
//! names need no bit, so 64 bits are enough for any real instance; when they are not, the explaining path answers instead.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use crate::cost::{self, Weights};
use crate::file::RoomKind;
use crate::instance::{Code, Instance, Location, Request, RequestIndex, RoomIndex};
use crate::rules::{self, RuleSet, Standing};

/// An instance ready for questions.
#[derive(Debug, Clone)]
pub struct Compiled<'a> {
    pub(crate) instance: &'a Instance,
    pub(crate) weights: Weights,
    bits: Option<Bits>,
    sides: Vec<Side>,
    rooms: Vec<Range<usize>>,
    now: Standing,
}

#[derive(Debug, Clone)]
struct Bits {
    needs: HashMap<Code, u64>,
    languages: HashMap<Code, u64>,
}

const WHEELCHAIR: u64 = 1 << 63;
const PETS: u64 = 1 << 62;
const CODES: usize = 62;

/// What a location offers.
#[derive(Debug, Clone, Copy)]
struct Side {
    offers: u64,
    languages: u64,
    min_age: u32,
    max_age: u32,
    security: u8,
}

/// What a request needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub request: &'a Request,
    needs: u64,
    languages: u64,
}

impl<'a> Compiled<'a> {
    /// Compiles; linear in the size of the instance.
    pub fn new(instance: &'a Instance, weights: &Weights) -> Self {
        let bits = Bits::of(instance);
        let sides = match &bits {
            Some(bits) => instance.locations().iter().map(|l| bits.side(l)).collect(),
            None => Vec::new(),
        };
        let mut rooms = vec![0..0; instance.locations().len()];
        for (n, room) in instance.rooms().iter().enumerate() {
            let range = &mut rooms[room.location];
            if range.end == 0 {
                range.start = n;
            }
            range.end = n + 1;
        }
        Self {
            instance,
            weights: weights.clone(),
            bits,
            sides,
            rooms,
            now: Standing::now(instance),
        }
    }

    /// The weights it was compiled with.
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    /// As things stand now: nobody moves.
    pub(crate) fn now(&self) -> &Standing {
        &self.now
    }

    pub(crate) fn asked(&self, asking: RequestIndex) -> Asked<'a> {
        let request = self.instance.request(asking);
        let (needs, languages) = match &self.bits {
            Some(bits) => (bits.needs(request), bits.languages(request)),
            None => (0, 0),
        };
        Asked {
            request,
            needs,
            languages,
        }
    }

    /// The rooms of a location, as positions in the instance.
    pub(crate) fn rooms_of(&self, location: usize) -> Range<usize> {
        self.rooms[location].clone()
    }

    /// Whether the location passes every rule that is its own.
    pub(crate) fn location_fits(&self, asked: &Asked<'_>, location: usize) -> bool {
        let whole = &self.instance.locations()[location];
        let Some(side) = self.sides.get(location) else {
            return rules::failed_by_location(asked.request, whole).is_empty();
        };
        let age = asked.request.first.age;
        asked.needs & !side.offers == 0
            && side.security >= asked.request.security
            && age >= side.min_age
            && age <= side.max_age
            && rules::kind_named(asked.request, whole)
            && asked.request.not_in.binary_search(&whole.code).is_err()
            && !asked.request.avoid.iter().any(|c| c.holds(whole.point))
    }

    /// The part of the cost that is the same for every room of a location.
    pub(crate) fn location_cost(&self, asked: &Asked<'_>, location: usize) -> i64 {
        let whole = &self.instance.locations()[location];
        let common = match self.sides.get(location) {
            Some(side) => asked.languages & side.languages != 0,
            None => cost::speaks(asked.request, whole),
        };
        cost::of_location(self.instance, asked.request, whole, common, &self.weights)
    }

    /// The whole cost in a room, from what [`Self::location_cost`] gave.
    pub(crate) fn room_cost(&self, of_location: i64, room: RoomIndex) -> i64 {
        let candidate = self.instance.room(room);
        (of_location + cost::of_room(candidate, &self.weights)).min(i64::from(self.weights.most))
    }

    /// The cheapest `n` rooms that pass every rule as things stand now, cheapest first; equal cost by room id.
    pub(crate) fn best(
        &self,
        asking: RequestIndex,
        n: usize,
        standing: &Standing,
    ) -> Vec<(i64, RoomIndex)> {
        let asked = self.asked(asking);
        let mut best = Best::new(self.instance, n);
        if let Some(current) = asked.request.current_room {
            best.offer(i64::from(self.weights.stay), current);
        }
        for location in 0..self.instance.locations().len() {
            if !self.location_fits(&asked, location)
                || standing.meets_own_group(asking, asked.request, location)
            {
                continue;
            }
            let mut of_location = None;
            for n in self.rooms_of(location) {
                let room = RoomIndex(n);
                let candidate = self.instance.room(room);
                if standing.left(room) < asked.request.size()
                    || candidate.location != location
                    || !rules::kind_fits(asked.request, candidate)
                    || asked.request.current_room == Some(room)
                {
                    continue;
                }
                let base = *of_location.get_or_insert_with(|| self.location_cost(&asked, location));
                best.offer(self.room_cost(base, room), room);
            }
        }
        best.found
    }
}

/// The cheapest few, kept sorted.
struct Best<'a> {
    instance: &'a Instance,
    most: usize,
    found: Vec<(i64, RoomIndex)>,
}

impl<'a> Best<'a> {
    fn new(instance: &'a Instance, most: usize) -> Self {
        Self {
            instance,
            most,
            found: Vec::with_capacity(most.min(64)),
        }
    }

    fn offer(&mut self, cost: i64, room: RoomIndex) {
        let id = |room: RoomIndex| self.instance.room(room).id.as_str();
        let worse = |other: &(i64, RoomIndex)| (other.0, id(other.1)) > (cost, id(room));
        if self.found.len() >= self.most && !self.found.last().is_some_and(worse) {
            return;
        }
        let at = self.found.partition_point(|other| !worse(other));
        self.found.insert(at, (cost, room));
        self.found.truncate(self.most);
    }
}

impl Bits {
    /// A bit for every code that a request names; nothing when there are too many.
    fn of(instance: &Instance) -> Option<Self> {
        let mut bits = Self {
            needs: HashMap::new(),
            languages: HashMap::new(),
        };
        for request in instance.requests() {
            let codes = (request.persons().map(|p| p.sex))
                .chain([request.form, request.entitlement])
                .chain(request.care.iter().copied());
            if !give(&mut bits.needs, codes, CODES)
                || !give(&mut bits.languages, request.languages.iter().copied(), 64)
            {
                return None;
            }
        }
        Some(bits)
    }

    fn needs(&self, request: &Request) -> u64 {
        let codes = (rules::counted_persons(request).map(|p| p.sex))
            .chain([request.form, request.entitlement])
            .chain(request.care.iter().copied());
        let flag = |wanted: bool, bit: u64| if wanted { bit } else { 0 };
        union(&self.needs, codes) | flag(request.wheelchair, WHEELCHAIR) | flag(request.pets, PETS)
    }

    fn languages(&self, request: &Request) -> u64 {
        union(&self.languages, request.languages.iter().copied())
    }

    fn side(&self, location: &Location) -> Side {
        let codes = (location.sex.iter())
            .chain(&location.forms)
            .chain(&location.entitlements)
            .chain(&location.care);
        let mut offers = union(&self.needs, codes.copied());
        if location.wheelchair {
            offers |= WHEELCHAIR;
        }
        if location.pets {
            offers |= PETS;
        }
        Side {
            offers,
            languages: union(&self.languages, location.languages.iter().copied()),
            min_age: location.min_age.unwrap_or(0),
            max_age: location.max_age.unwrap_or(u32::MAX),
            security: location.security,
        }
    }
}

fn give(bits: &mut HashMap<Code, u64>, codes: impl Iterator<Item = Code>, most: usize) -> bool {
    for code in codes {
        let next = bits.len();
        if let Entry::Vacant(new) = bits.entry(code) {
            if next >= most {
                return false;
            }
            new.insert(1 << next);
        }
    }
    true
}

fn union(bits: &HashMap<Code, u64>, codes: impl Iterator<Item = Code>) -> u64 {
    codes.fold(0, |all, code| all | bits.get(&code).copied().unwrap_or(0))
}

/// Whether this single pair passes every rule: what the compiled path says, for the test that holds it to
/// [`rules::failed`].
pub fn compiled_fits(
    compiled: &Compiled<'_>,
    asking: RequestIndex,
    room: RoomIndex,
    standing: &Standing,
) -> bool {
    let asked = compiled.asked(asking);
    let candidate = compiled.instance.room(room);
    asked.request.current_room == Some(room)
        || compiled.location_fits(&asked, candidate.location)
            && rules::failed_by_room(compiled.instance, asking, room, standing) == RuleSet::NONE
}

/// Whether only single persons may ever arrive in such a room.
pub(crate) fn only_singles(kind: RoomKind) -> bool {
    kind == RoomKind::Stay
}
