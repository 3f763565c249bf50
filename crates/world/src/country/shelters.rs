//! Shelter locations with their rooms, in the members of the shelter instance format (`samen place`).

use serde::{Deserialize, Serialize};

use super::organisations::Organisation;
use crate::calibration::course::{COSM_NORM_DAYS, COSM_PLACES, MENS_SHELTERS, OMM_PLACES};
use crate::dice::{Aspect, Dice};
use crate::places::{MUNICIPALITIES, Municipality, municipality};
use crate::story::{Code, Sex};

/// A place where people can live safely. Its address is kept elsewhere: see [`crate::Address`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// Identifier, such as `L017`.
    pub id: String,
    /// Providing organisation.
    pub provider: String,
    /// `COSM`, `OMM`, `VO-crisis`, `VO-verblijf`, `mannenopvang`, `jeugd-gespecialiseerd` or `BO-amv`.
    pub kind: Code,
    /// Municipality, CBS code.
    pub municipality: Code,
    /// East on the Dutch grid, km.
    pub x_km: f64,
    /// North on the Dutch grid, km.
    pub y_km: f64,
    /// 1 open, 2 secret address, 3 guarded.
    pub security: u8,
    /// Sexes admitted.
    pub sex: Vec<Sex>,
    /// Youngest admitted.
    pub min_age: Option<u8>,
    /// Oldest admitted.
    pub max_age: Option<u8>,
    /// Forms admitted.
    pub forms: Vec<Code>,
    /// Entitlements admitted.
    pub entitlements: Vec<Code>,
    /// Care offered.
    pub care: Vec<Code>,
    /// Free of steps.
    pub wheelchair: bool,
    /// Pets welcome.
    pub pets: bool,
    /// Languages spoken by staff.
    pub languages: Vec<Code>,
    /// Rooms.
    pub rooms: Vec<Room>,
}

/// A room or unit that is offered as one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Room {
    /// Identifier, such as `L017-b`.
    pub id: String,
    /// `stay`, `family` or `crisis`.
    pub kind: Code,
    /// Beds.
    pub places: u16,
    /// Beds free on the first day of the world.
    pub free: u16,
    /// Longest stay in days.
    pub max_stay_days: u16,
}

const FORMS: [&str; 10] = ["SU", "AU", "CU", "BE", "OR", "DM", "GH", "IA", "DI", "ON"];

/// All locations; the same for every number of reports.
pub(crate) fn locations(seed: u64, organisations: &[Organisation]) -> Vec<Location> {
    let mut maker = Maker {
        dice: Dice::new(seed, Aspect::Static, 1),
        made: Vec::with_capacity(128),
    };
    let mut men = 0;
    for organisation in organisations {
        let Some(town) = organisation.municipality.as_deref().and_then(municipality) else {
            continue;
        };
        match organisation.kind.as_ref() {
            "COSM" => maker.cosm(organisation, town),
            "OMM" => maker.omm(organisation, town),
            "VO" => {
                maker.womens(organisation, town);
                if town.weight > 150 && men < MENS_SHELTERS.value {
                    men += 1;
                    maker.mens(organisation, town);
                }
            }
            "JZ" => maker.youth(organisation, town),
            _ => {}
        }
    }
    for code in ["GM0200", "GM0080", "GM0983"] {
        if let Some(town) = municipality(code) {
            maker.protected(town);
        }
    }
    share_places(&mut maker.made, "COSM", COSM_PLACES.value);
    share_places(&mut maker.made, "OMM", OMM_PLACES.value);
    maker.made
}

struct Maker {
    dice: Dice,
    made: Vec<Location>,
}

impl Maker {
    fn cosm(&mut self, organisation: &Organisation, town: &Municipality) {
        for women in [true, false] {
            let place = self.near(town);
            let rooms = self.rooms(
                4,
                &["stay", "stay", "family", "crisis"],
                COSM_NORM_DAYS.value,
            );
            let sexes = if women {
                vec![Sex::F, Sex::X]
            } else {
                vec![Sex::M, Sex::X]
            };
            let care = codes(&["medical", "mental_health", "pregnancy"]);
            self.add(Location {
                kind: "COSM".into(),
                provider: organisation.id.clone(),
                security: if women { 3 } else { 2 },
                sex: sexes,
                min_age: Some(18),
                entitlements: codes(&["reflection_period"]),
                care,
                languages: codes(&["nl", "en", "es", "fr", "pt", "ro"]),
                rooms,
                ..place
            });
        }
    }

    fn omm(&mut self, organisation: &Organisation, town: &Municipality) {
        let place = self.near(town);
        let rooms = self.rooms(5, &["stay", "stay", "family", "stay", "crisis"], 365);
        self.add(Location {
            kind: "OMM".into(),
            provider: organisation.id.clone(),
            security: 2,
            sex: vec![Sex::F, Sex::M, Sex::X],
            min_age: Some(18),
            entitlements: codes(&["reflection_period", "wmo", "rva"]),
            care: codes(&["medical", "mental_health", "addiction", "lvb"]),
            wheelchair: true,
            languages: codes(&["nl", "en", "pl", "ro"]),
            rooms,
            ..place
        });
    }

    fn womens(&mut self, organisation: &Organisation, town: &Municipality) {
        let here: Vec<&Municipality> = MUNICIPALITIES
            .iter()
            .filter(|other| other.region == town.region)
            .collect();
        let count = if town.weight > 155 { 3 } else { 2 };
        for at in 0..count {
            let site = if at == 0 {
                town
            } else {
                *self.dice.pick(&here)
            };
            let place = self.near(site);
            let crisis = at == 1;
            let kinds: &[&'static str] = if crisis {
                &["crisis", "crisis", "family"]
            } else {
                &["stay", "family", "stay", "family"]
            };
            let rooms = self.rooms(
                if crisis { 3 } else { 4 },
                kinds,
                if crisis { 42 } else { 270 },
            );
            let mut entitlements = codes(&["wmo", "rva"]);
            if self.dice.chance(60) {
                entitlements.push("recht_onzeker".into());
            }
            let care = self.some_care();
            let languages = self.some_languages();
            // The two candidates of scenario S9 need a fixed Leeuwarden: free of steps, families, no addiction care.
            let fixed = town.code == "GM0080" && at == 0;
            self.add(Location {
                kind: if crisis { "VO-crisis" } else { "VO-verblijf" }.into(),
                provider: organisation.id.clone(),
                security: 2,
                sex: vec![Sex::F, Sex::X],
                min_age: Some(if at == 2 { 16 } else { 18 }),
                entitlements,
                care: if fixed { codes(&["medical"]) } else { care },
                wheelchair: fixed || at == 2,
                pets: at == 2,
                languages: if fixed {
                    codes(&["nl", "en", "pl"])
                } else {
                    languages
                },
                rooms,
                ..place
            });
        }
    }

    fn mens(&mut self, organisation: &Organisation, town: &Municipality) {
        let place = self.near(town);
        let rooms = self.rooms(4, &["stay", "stay", "crisis", "stay"], 180);
        let languages = self.some_languages();
        self.add(Location {
            kind: "mannenopvang".into(),
            provider: organisation.id.clone(),
            security: 2,
            sex: vec![Sex::M, Sex::X],
            min_age: Some(18),
            entitlements: codes(&["wmo", "rva"]),
            care: codes(&["medical", "mental_health", "addiction"]),
            languages,
            rooms,
            ..place
        });
    }

    fn youth(&mut self, organisation: &Organisation, town: &Municipality) {
        for girls in [true, false] {
            let place = self.near(town);
            let rooms = self.rooms(3, &["stay", "stay", "crisis"], 365);
            self.add(Location {
                kind: "jeugd-gespecialiseerd".into(),
                provider: organisation.id.clone(),
                security: if girls { 3 } else { 2 },
                sex: vec![if girls { Sex::F } else { Sex::M }, Sex::X],
                min_age: Some(12),
                max_age: Some(21),
                entitlements: codes(&["jeugdwet"]),
                care: codes(&["medical", "mental_health", "lvb", "addiction"]),
                languages: codes(&["nl", "en"]),
                rooms,
                ..place
            });
        }
    }

    fn protected(&mut self, town: &Municipality) {
        let place = self.near(town);
        let rooms = self.rooms(3, &["stay", "stay", "crisis"], 540);
        self.add(Location {
            kind: "BO-amv".into(),
            provider: "org-nid".to_owned(),
            security: 3,
            sex: vec![Sex::F, Sex::M, Sex::X],
            min_age: Some(12),
            max_age: Some(17),
            entitlements: codes(&["amv"]),
            care: codes(&["medical", "mental_health"]),
            languages: codes(&["nl", "en", "vi", "ar", "ti"]),
            rooms,
            ..place
        });
    }

    /// A location of no kind yet, within about three kilometres of the town's centre.
    fn near(&mut self, town: &Municipality) -> Location {
        let mut shifted =
            |centre: u16| f64::from(i32::from(centre) * 10 + self.dice.between(-20, 20)) / 10.0;
        Location {
            id: String::new(),
            provider: String::new(),
            kind: "".into(),
            municipality: town.code.into(),
            x_km: shifted(town.x_km),
            y_km: shifted(town.y_km),
            security: 1,
            sex: Vec::new(),
            min_age: None,
            max_age: None,
            forms: codes(&FORMS),
            entitlements: Vec::new(),
            care: Vec::new(),
            wheelchair: false,
            pets: false,
            languages: Vec::new(),
            rooms: Vec::new(),
        }
    }

    fn rooms(&mut self, count: usize, kinds: &[&'static str], max_stay_days: u16) -> Vec<Room> {
        (0..count)
            .map(|at| {
                let kind = kinds[at % kinds.len()];
                let places = if kind == "family" {
                    3 + self.dice.index(3)
                } else {
                    1 + self.dice.index(4)
                } as u16;
                let free = (0..places).filter(|_| self.dice.chance(380)).count() as u16;
                Room {
                    id: String::new(),
                    kind: kind.into(),
                    places,
                    free,
                    max_stay_days,
                }
            })
            .collect()
    }

    fn some_care(&mut self) -> Vec<Code> {
        ["medical", "mental_health", "pregnancy", "lvb"]
            .iter()
            .filter(|_| self.dice.chance(620))
            .map(|&care| care.into())
            .collect()
    }

    fn some_languages(&mut self) -> Vec<Code> {
        let more = ["pl", "ro", "bg", "hu", "ar", "es", "uk", "fr", "tr"]
            .iter()
            .filter(|_| self.dice.chance(330))
            .map(|&code| code.into());
        codes(&["nl", "en"]).into_iter().chain(more).collect()
    }

    fn add(&mut self, mut location: Location) {
        location.id = format!("L{:03}", self.made.len() + 1);
        for (at, room) in location.rooms.iter_mut().enumerate() {
            room.id = format!("{}-{}", location.id, char::from(b'a' + at as u8));
        }
        self.made.push(location);
    }
}

/// Gives the rooms of one kind of shelter exactly this many beds together, as published.
fn share_places(locations: &mut [Location], kind: &str, total: u16) {
    let mut rooms: Vec<&mut Room> = locations
        .iter_mut()
        .filter(|location| location.kind == kind)
        .flat_map(|location| &mut location.rooms)
        .collect();
    let count = rooms.len() as u16;
    if count == 0 {
        return;
    }
    for room in &mut rooms {
        room.places = 1;
    }
    // A family needs at least three beds; what remains goes round.
    let mut left = total.saturating_sub(count);
    for room in rooms.iter_mut().filter(|room| room.kind == "family") {
        let more = left.min(2);
        room.places += more;
        left -= more;
    }
    while left > 0 {
        for room in &mut rooms {
            if left > 0 {
                room.places += 1;
                left -= 1;
            }
        }
    }
    for room in &mut rooms {
        room.free = if room.kind == "family" {
            room.places
        } else {
            room.free.min(room.places)
        };
    }
}

fn codes(values: &[&'static str]) -> Vec<Code> {
    values.iter().map(|&value| value.into()).collect()
}
