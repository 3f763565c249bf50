//! From the file to the checked instance: every fault is collected and named.

use std::collections::{HashMap, HashSet};

use crate::fault::{Fault, Faults};
use crate::file::{InstanceFile, LocationFile, RequestFile, RoomFile};
use crate::instance::{
    Circle, Code, FARTHEST_KM, Instance, Location, Near, Person, Point, Request, RequestIndex,
    Room, RoomIndex, diagonal_km, mm,
};

impl Instance {
    /// Checks a file; on failure names every fault, not only the first.
    pub fn check(file: InstanceFile) -> Result<Self, Faults> {
        let mut checker = Checker::default();
        let mut locations = Vec::with_capacity(file.locations.len());
        let mut rooms = Vec::new();
        for location in file.locations {
            checker.location(location, &mut locations, &mut rooms);
        }
        let requests: Vec<_> = (file.requests.into_iter())
            .filter_map(|request| checker.request(request))
            .collect();
        if !checker.faults.is_empty() {
            return Err(Faults(checker.faults));
        }
        let request_by_id = requests
            .iter()
            .enumerate()
            .map(|(n, r)| (r.id.clone(), RequestIndex(n)))
            .collect();
        Ok(Self {
            as_of: file.as_of,
            diagonal_km: diagonal_km(&locations),
            locations,
            rooms,
            requests,
            request_by_id,
        })
    }
}

/// Collects faults while it turns names into numbers.
#[derive(Default)]
struct Checker {
    faults: Vec<Fault>,
    codes: HashMap<(Kind, String), Code>,
    locations: HashSet<String>,
    rooms: HashMap<String, RoomIndex>,
    requests: HashSet<String>,
    persons: HashSet<String>,
}

/// Codes of different kinds are never compared.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Sex,
    Form,
    Entitlement,
    Care,
    Language,
    Apart,
    Location,
    Shelter,
}

impl Checker {
    fn location(
        &mut self,
        file: LocationFile,
        locations: &mut Vec<Location>,
        rooms: &mut Vec<Room>,
    ) {
        let place = format!("location {}", file.id);
        if file.id.is_empty() {
            self.faults.push(Fault::EmptyId("a location"));
        } else if !self.locations.insert(file.id.clone()) {
            self.faults.push(Fault::DuplicateLocation(file.id.clone()));
        }
        let point = self.point(&place, file.x_km, file.y_km);
        let min_age = file
            .min_age
            .map(|age| self.whole(&place, "min_age", age, 0..=150, AGE));
        let max_age = file
            .max_age
            .map(|age| self.whole(&place, "max_age", age, 0..=150, AGE));
        if let (Some(min), Some(max)) = (file.min_age, file.max_age)
            && min > max
        {
            self.faults.push(Fault::AgesReversed {
                location: file.id.clone(),
                min,
                max,
            });
        }
        let location = locations.len();
        locations.push(Location {
            point,
            security: self.security(&place, file.security),
            sex: self.code_list(Kind::Sex, file.sex),
            min_age,
            max_age,
            forms: self.code_list(Kind::Form, file.forms),
            entitlements: self.code_list(Kind::Entitlement, file.entitlements),
            care: self.code_list(Kind::Care, file.care),
            languages: self.code_list(Kind::Language, file.languages),
            wheelchair: file.wheelchair,
            pets: file.pets,
            code: self.code(Kind::Location, file.id.clone()),
            kind: self.code(Kind::Shelter, file.kind),
            id: file.id,
        });
        for room in file.rooms {
            self.room(room, location, rooms);
        }
    }

    fn room(&mut self, file: RoomFile, location: usize, rooms: &mut Vec<Room>) {
        let place = format!("room {}", file.id);
        if file.id.is_empty() {
            self.faults.push(Fault::EmptyId("a room"));
        } else if self
            .rooms
            .insert(file.id.clone(), RoomIndex(rooms.len()))
            .is_some()
        {
            self.faults.push(Fault::DuplicateRoom(file.id.clone()));
        }
        self.whole(&place, "places", file.places, 0..=100_000, PLACES);
        let free = self.whole(&place, "free", file.free, 0..=100_000, PLACES);
        if file.free > file.places && file.places >= 0 {
            self.faults.push(Fault::FreeAbovePlaces {
                room: file.id.clone(),
                free: file.free,
                places: file.places,
            });
        }
        let max_stay_days = (file.max_stay_days).map(|days| {
            self.whole(
                &place,
                "max_stay_days",
                days,
                0..=36_500,
                "a number of days from 0 to 36500",
            )
        });
        rooms.push(Room {
            id: file.id,
            kind: file.kind,
            free,
            max_stay_days,
            location,
        });
    }

    fn request(&mut self, file: RequestFile) -> Option<Request> {
        let place = format!("request {}", file.id);
        if file.id.is_empty() {
            self.faults.push(Fault::EmptyId("a request"));
        } else if !self.requests.insert(file.id.clone()) {
            self.faults.push(Fault::DuplicateRequest(file.id.clone()));
        }
        if file.persons.len() > LARGEST_HOUSEHOLD {
            self.out_of_range(
                &place,
                "persons",
                file.persons.len().to_string(),
                "at most 1000 persons who must stay together",
            );
        }
        let mut persons = Vec::with_capacity(file.persons.len());
        for person in file.persons {
            if !self.persons.insert(person.id.clone()) {
                self.faults.push(Fault::DuplicatePerson {
                    person: person.id.clone(),
                    request: file.id.clone(),
                });
            }
            let age = self.whole(
                &format!("person {}", person.id),
                "age",
                person.age,
                0..=150,
                AGE,
            );
            persons.push(Person {
                age,
                sex: self.code(Kind::Sex, person.sex),
            });
        }
        let current_room = file
            .current_room
            .as_ref()
            .and_then(|id| self.current_room(&file.id, id));
        let mut avoid = Vec::with_capacity(file.avoid.len());
        for circle in file.avoid {
            let centre = self.point(&place, circle.x_km, circle.y_km);
            let radius = self.real(
                &place,
                "radius_km",
                circle.radius_km,
                0.0,
                "kilometres from 0 to 10000",
            );
            avoid.push(Circle {
                centre,
                radius_mm: mm(radius),
            });
        }
        let near = file.near.map(|near| Near {
            point: self.point(&place, near.x_km, near.y_km),
            weight: self.real(
                &place,
                "near.weight",
                near.weight,
                0.0,
                "a weight from 0 to 10000",
            ),
        });
        let mut not_in = self.code_list(Kind::Location, file.not_in);
        not_in.sort_unstable();
        let request = Request {
            current_room,
            kinds: self.code_list(Kind::Shelter, file.kinds),
            not_in,
            form: self.code(Kind::Form, file.form),
            entitlement: self.code(Kind::Entitlement, file.entitlement),
            security: self.security(&place, file.security),
            care: self.code_list(Kind::Care, file.care),
            languages: self.code_list(Kind::Language, file.languages),
            wheelchair: file.wheelchair,
            pets: file.pets,
            urgency: self.whole(
                &place,
                "urgency",
                file.urgency,
                1..=1000,
                "a whole number from 1 to 1000",
            ),
            waiting_days: self.whole(
                &place,
                "waiting_days",
                file.waiting_days,
                0..=36_500,
                "a number of days from 0 to 36500",
            ),
            avoid,
            near,
            apart: file.apart.map(|apart| self.code(Kind::Apart, apart)),
            others: if persons.len() > 1 {
                persons.split_off(1)
            } else {
                Vec::new()
            },
            first: match persons.pop() {
                Some(first) => first,
                None => {
                    self.faults.push(Fault::NoPersons(file.id));
                    return None;
                }
            },
            id: file.id,
        };
        Some(request)
    }

    fn current_room(&mut self, request: &str, room: &str) -> Option<RoomIndex> {
        let found = self.rooms.get(room).copied();
        if found.is_none() {
            self.faults.push(Fault::UnknownRoom {
                request: request.to_owned(),
                room: room.to_owned(),
            });
        }
        found
    }

    fn security(&mut self, place: &str, value: i64) -> u8 {
        let level = self.whole(
            place,
            "security",
            value,
            1..=3,
            "1 (open), 2 (secret address) or 3 (guarded)",
        );
        u8::try_from(level).unwrap_or(3)
    }

    /// Narrows a whole number, or notes a fault and goes on with the nearest allowed one.
    fn whole(
        &mut self,
        place: &str,
        field: &'static str,
        value: i64,
        range: std::ops::RangeInclusive<i64>,
        expected: &'static str,
    ) -> u32 {
        if !range.contains(&value) {
            self.out_of_range(place, field, value.to_string(), expected);
        }
        u32::try_from(value.clamp(*range.start(), *range.end())).unwrap_or(0)
    }

    fn real(
        &mut self,
        place: &str,
        field: &'static str,
        value: f64,
        least: f64,
        expected: &'static str,
    ) -> f64 {
        if (least..=FARTHEST_KM).contains(&value) {
            return value;
        }
        self.out_of_range(place, field, value.to_string(), expected);
        0.0
    }

    fn point(&mut self, place: &str, x_km: f64, y_km: f64) -> Point {
        const EXPECTED: &str = "kilometres on the Dutch grid, between -10000 and 10000";
        let x = self.real(place, "x_km", x_km, -FARTHEST_KM, EXPECTED);
        let y = self.real(place, "y_km", y_km, -FARTHEST_KM, EXPECTED);
        Point::new(x, y)
    }

    fn out_of_range(
        &mut self,
        place: &str,
        field: &'static str,
        value: String,
        expected: &'static str,
    ) {
        self.faults.push(Fault::OutOfRange {
            place: place.to_owned(),
            field,
            value,
            expected,
        });
    }

    fn code(&mut self, kind: Kind, code: String) -> Code {
        let next = Code::try_from(self.codes.len()).unwrap_or(Code::MAX);
        *self.codes.entry((kind, code)).or_insert(next)
    }

    fn code_list(&mut self, kind: Kind, codes: Vec<String>) -> Vec<Code> {
        codes
            .into_iter()
            .map(|code| self.code(kind, code))
            .collect()
    }
}

const AGE: &str = "an age in years from 0 to 150";
const PLACES: &str = "a number of places from 0 to 100000";
/// More than this is a mistake in the file, not a household.
const LARGEST_HOUSEHOLD: usize = 1000;
