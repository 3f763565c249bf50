//! Made-up instances from a seed, for benchmarks, tests and the simulator. Nobody in them exists.
//!
//! Sizes follow what is known of the Dutch chain (a generous upper bound: some 400 locations, 2,750 places, 150 of them free,
//! 200 requests waiting and 60 people in crisis rooms who are ready to move on); the design driver is not the number but that
//! the pools are many, tiny and each with its own legal titles. `docs/placement.md` lists what is drawn and how.

use std::collections::HashMap;

use jiff::civil::date;

use crate::chance::Chance;
use crate::file::{
    AvoidFile, InstanceFile, LocationFile, NearFile, PersonFile, RequestFile, RoomFile, RoomKind,
};

/// How large a made-up instance is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Locations.
    pub locations: usize,
    /// Mean places of a room.
    pub places_a_room: i64,
    /// Free places in all, of a thousand.
    pub free_per_mille: usize,
    /// Requests that wait.
    pub waiting: usize,
    /// Requests in a crisis room that are ready to move on.
    pub movers: usize,
    /// Side of the square in which the locations lie, in kilometres.
    pub side_km: i64,
    /// Single persons only and no keep-apart groups: the pure flow.
    pub unit: bool,
}

impl Size {
    /// The Netherlands, on a generous estimate.
    pub const NORMAL: Self = Self {
        locations: 400,
        places_a_room: 5,
        free_per_mille: 52,
        waiting: 200,
        movers: 60,
        side_km: 280,
        unit: false,
    };
    /// Several countries.
    pub const MID: Self = Self {
        locations: 1000,
        places_a_room: 6,
        free_per_mille: 120,
        waiting: 1500,
        movers: 400,
        side_km: 600,
        unit: false,
    };
    /// The European Union.
    pub const EU: Self = Self {
        locations: 2000,
        places_a_room: 14,
        free_per_mille: 215,
        waiting: 10_000,
        movers: 2500,
        side_km: 1500,
        unit: false,
    };

    /// By the name of a preset: `normal`, `mid` or `eu`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "normal" => Some(Self::NORMAL),
            "mid" => Some(Self::MID),
            "eu" => Some(Self::EU),
            _ => None,
        }
    }

    /// The same, single persons only.
    pub fn unit(self) -> Self {
        Self { unit: true, ..self }
    }
}

/// A made-up instance; the same seed gives the same bytes on every machine.
pub fn generate(size: &Size, seed: u64) -> InstanceFile {
    let mut chance = Chance::new(seed);
    let mut locations = country(&mut chance, size);
    let places: i64 = rooms(&locations).map(|room| room.places).sum();
    let free = usize::try_from(places).unwrap_or(0) * size.free_per_mille / 1000;
    empty_some(&mut chance, &mut locations, free);
    let mut requests: Vec<_> = (0..size.waiting + size.movers)
        .map(|n| request(&mut chance, size, n))
        .collect();
    let mut taken = HashMap::new();
    for request in requests.iter_mut().skip(size.waiting) {
        request.current_room = crisis_room(&mut chance, &locations, request, &mut taken);
    }
    InstanceFile {
        as_of: date(2026, 11, 21),
        locations,
        requests,
    }
}

/// The locations, every place taken.
pub(crate) fn country(chance: &mut Chance, size: &Size) -> Vec<LocationFile> {
    (0..size.locations)
        .map(|n| location(chance, size, n))
        .collect()
}

fn rooms(locations: &[LocationFile]) -> impl Iterator<Item = &RoomFile> {
    locations.iter().flat_map(|location| &location.rooms)
}

/// A kind of shelter as it is drawn.
struct Kind {
    code: &'static str,
    share: usize,
    sexes: &'static [&'static [&'static str]],
    ages: (Option<i64>, Option<i64>),
    titles: &'static [&'static [&'static str]],
    security: &'static [i64],
    /// Of a thousand: a stay, a family and a crisis room.
    rooms: [usize; 3],
}

const F: &[&str] = &["F", "X"];
const M: &[&str] = &["M", "X"];
const ALL: &[&str] = &["F", "M", "X"];

const KINDS: [Kind; 8] = [
    Kind {
        code: "COSM",
        share: 80,
        sexes: &[F, F, M, ALL],
        ages: (Some(18), None),
        titles: &[&["reflection_period"], &["reflection_period", "wmo"]],
        security: &[2, 2, 3],
        rooms: [900, 300, 600],
    },
    Kind {
        code: "VO-verblijf",
        share: 280,
        sexes: &[F],
        ages: (Some(18), None),
        titles: &[&["wmo"], &["wmo", "reflection_period"]],
        security: &[1, 2, 2],
        rooms: [700, 600, 200],
    },
    Kind {
        code: "VO-crisis",
        share: 100,
        sexes: &[F],
        ages: (Some(16), None),
        titles: &[&["wmo", "recht_onzeker"], &["wmo"]],
        security: &[2],
        rooms: [100, 300, 1000],
    },
    Kind {
        code: "MO",
        share: 200,
        sexes: &[ALL, M],
        ages: (Some(18), Some(65)),
        titles: &[&["wmo"], &["wmo", "rva"]],
        security: &[1],
        rooms: [950, 200, 250],
    },
    Kind {
        code: "mannenopvang",
        share: 80,
        sexes: &[M],
        ages: (Some(18), None),
        titles: &[&["wmo"], &["wmo", "reflection_period"]],
        security: &[1, 2],
        rooms: [1000, 100, 300],
    },
    Kind {
        code: "OMM",
        share: 40,
        sexes: &[F, ALL],
        ages: (Some(18), None),
        titles: &[&["wmo", "reflection_period"]],
        security: &[2],
        rooms: [1000, 0, 300],
    },
    Kind {
        code: "jeugd-gespecialiseerd",
        share: 130,
        sexes: &[F, M, ALL],
        ages: (Some(12), Some(22)),
        titles: &[&["jeugdwet"]],
        security: &[2, 2, 3],
        rooms: [1000, 50, 350],
    },
    Kind {
        code: "BO-amv",
        share: 90,
        sexes: &[ALL, M, F],
        ages: (Some(12), Some(17)),
        titles: &[&["amv"]],
        security: &[2, 3],
        rooms: [1000, 50, 350],
    },
];

const CARE: [&str; 4] = ["medical", "mental_health", "addiction", "lvb"];
const LANGUAGES: [&str; 10] = ["nl", "en", "pl", "ro", "bg", "hu", "ar", "ti", "es", "vi"];

fn listed(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

fn some(chance: &mut Chance, codes: &[&str], per_mille: usize) -> Vec<String> {
    (codes.iter())
        .filter(|_| chance.per_mille(per_mille))
        .map(|code| (*code).to_owned())
        .collect()
}

/// Metres, so that the file shows what is reckoned with.
fn somewhere(chance: &mut Chance, size: &Size) -> (f64, f64) {
    let mut one = || {
        let metres = chance.from_to(0, size.side_km * 1000);
        #[expect(clippy::cast_precision_loss, reason = "far under 2^53")]
        let km = metres as f64 / 1000.0;
        km
    };
    (one(), one())
}

fn location(chance: &mut Chance, size: &Size, n: usize) -> LocationFile {
    let shares: Vec<_> = KINDS.iter().map(|kind| kind.share).collect();
    let kind = &KINDS[chance.by_share(&shares)];
    let (x_km, y_km) = somewhere(chance, size);
    let mut forms = vec!["SU".to_owned()];
    forms.extend(some(chance, &["AU"], 750));
    forms.extend(some(chance, &["CU"], 600));
    forms.extend(some(chance, &["OR"], 300));
    if chance.per_mille(100) {
        forms.remove(0);
    }
    let mut languages = listed(&["nl"]);
    languages.extend(some(chance, &["en"], 800));
    languages.extend(some(chance, &LANGUAGES[2..], 150));
    let id = format!("L{n:04}");
    LocationFile {
        provider: format!("O{:03}", n / 3),
        kind: kind.code.to_owned(),
        municipality: "GM0000".to_owned(),
        x_km,
        y_km,
        security: *chance.pick(kind.security),
        sex: listed(kind.sexes[chance.below(kind.sexes.len())]),
        min_age: kind.ages.0,
        max_age: kind.ages.1,
        forms,
        entitlements: listed(kind.titles[chance.below(kind.titles.len())]),
        care: some(chance, &CARE, 550),
        wheelchair: chance.per_mille(450),
        pets: chance.per_mille(250),
        languages,
        rooms: rooms_of(chance, size, kind, &id),
        id,
    }
}

fn rooms_of(chance: &mut Chance, size: &Size, kind: &Kind, id: &str) -> Vec<RoomFile> {
    let kinds = [RoomKind::Stay, RoomKind::Family, RoomKind::Crisis];
    let mut rooms: Vec<RoomFile> = Vec::new();
    for (room, share) in kinds.into_iter().zip(kind.rooms) {
        if chance.per_mille(share) {
            let places = chance.from_to(1, 2 * size.places_a_room - 1);
            rooms.push(RoomFile {
                id: format!("{id}-{}", rooms.len() + 1),
                kind: room,
                places: if room == RoomKind::Family {
                    places.max(3)
                } else {
                    places
                },
                free: 0,
                max_stay_days: match room {
                    RoomKind::Crisis => Some(*chance.pick(&[28, 42, 90])),
                    RoomKind::Stay | RoomKind::Family => {
                        *chance.pick(&[Some(90), Some(180), Some(365), None])
                    }
                },
            });
        }
    }
    rooms
}

/// Draws free places one by one, each place with the same chance.
fn empty_some(chance: &mut Chance, locations: &mut [LocationFile], free: usize) {
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (l, location) in locations.iter().enumerate() {
        for (r, room) in location.rooms.iter().enumerate() {
            places.extend((0..room.places).map(|_| (l, r)));
        }
    }
    for _ in 0..free.min(places.len()) {
        let (l, r) = places.swap_remove(chance.below(places.len()));
        locations[l].rooms[r].free += 1;
    }
}

/// A request of nobody in particular, without a room.
pub(crate) fn request(chance: &mut Chance, size: &Size, n: usize) -> RequestFile {
    let form = ["SU", "AU", "CU", "OR"][chance.by_share(&[450, 350, 150, 50])];
    let woman = chance.per_mille(if form == "SU" { 850 } else { 400 });
    let minor = chance.per_mille(120);
    let age = if minor {
        chance.from_to(13, 17)
    } else {
        18 + chance.days(12).min(55)
    };
    let sex = if chance.per_mille(15) {
        "X"
    } else if woman {
        "F"
    } else {
        "M"
    };
    let title = if minor {
        ["jeugdwet", "amv"][chance.by_share(&[600, 400])]
    } else {
        let titles = ["reflection_period", "wmo", "rva", "recht_onzeker"];
        titles[chance.by_share(&[420, 480, 60, 40])]
    };
    let mut persons = vec![PersonFile {
        id: format!("P{n:05}"),
        age,
        sex: sex.to_owned(),
    }];
    if !size.unit && !minor {
        others(chance, &mut persons, n, woman);
    }
    let near = chance.per_mille(600).then(|| {
        let (x_km, y_km) = somewhere(chance, size);
        NearFile {
            x_km,
            y_km,
            weight: *chance.pick(&[0.5, 1.0, 1.0, 2.0]),
        }
    });
    let mut languages = some(chance, &["nl"], 350);
    languages.extend(some(chance, &["en"], 350));
    languages.push((*chance.pick(&LANGUAGES[2..])).to_owned());
    RequestFile {
        id: format!("R{n:05}"),
        persons,
        form: form.to_owned(),
        entitlement: title.to_owned(),
        security: 1 + i64::try_from(chance.by_share(&[500, 420, 80])).unwrap_or(0),
        care: some(chance, &CARE, 160),
        wheelchair: chance.per_mille(30),
        pets: chance.per_mille(40),
        languages,
        urgency: 1 + i64::try_from(chance.by_share(&[400, 300, 200, 100])).unwrap_or(0),
        waiting_days: chance.days(25),
        avoid: circles(chance, size),
        near,
        current_room: None,
        apart: (!size.unit && chance.per_mille(120)).then(|| format!("net-{}", n / 24)),
        kinds: Vec::new(),
        not_in: Vec::new(),
    }
}

/// Children with a parent, or people who were exploited together and want to stay together.
fn others(chance: &mut Chance, persons: &mut Vec<PersonFile>, n: usize, woman: bool) {
    let children = chance.per_mille(if woman { 220 } else { 40 });
    let together = !children && chance.per_mille(60);
    let many = match (children, together) {
        (true, _) => 1 + chance.by_share(&[500, 300, 130, 50, 20]),
        (_, true) => 1 + chance.by_share(&[800, 200]),
        _ => 0,
    };
    for k in 0..many {
        let sex = if together {
            persons[0].sex.clone()
        } else {
            (*chance.pick(&["F", "M"])).to_owned()
        };
        let age = if together {
            chance.from_to(18, 45)
        } else {
            chance.from_to(0, 14)
        };
        persons.push(PersonFile {
            id: format!("P{n:05}-{k}"),
            age,
            sex,
        });
    }
}

fn circles(chance: &mut Chance, size: &Size) -> Vec<AvoidFile> {
    (0..chance.by_share(&[300, 450, 200, 50]))
        .map(|_| {
            let (x_km, y_km) = somewhere(chance, size);
            AvoidFile {
                x_km,
                y_km,
                radius_km: *chance.pick(&[15.0, 25.0, 40.0, 60.0]),
                reason: "offender".to_owned(),
            }
        })
        .collect()
}

/// A crisis room with people in it, where this request could have been placed; it takes the seats of people who are there.
fn crisis_room(
    chance: &mut Chance,
    locations: &[LocationFile],
    request: &RequestFile,
    taken: &mut HashMap<String, i64>,
) -> Option<String> {
    let seats = i64::try_from(request.persons.len()).unwrap_or(1);
    let first = &request.persons[0];
    for _ in 0..2000 {
        let location = chance.pick(locations);
        let admitted = location.sex.contains(&first.sex)
            && location.entitlements.contains(&request.entitlement)
            && location.min_age.is_none_or(|min| first.age >= min)
            && location.max_age.is_none_or(|max| first.age <= max);
        let fits = |room: &&RoomFile| {
            let others = taken.get(&room.id).copied().unwrap_or(0);
            room.kind == RoomKind::Crisis && room.places - room.free - others >= seats
        };
        if admitted && let Some(room) = location.rooms.iter().find(fits) {
            *taken.entry(room.id.clone()).or_default() += seats;
            return Some(room.id.clone());
        }
    }
    None
}
