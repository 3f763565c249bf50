//! Made-up networks: shared phones, plates, hotels and advertisements behind reports from several regions.
//!
//! A network is made from its number alone. It lives in a window of reports, so that any report can name its network without knowing others.

use serde::{Deserialize, Serialize};

use crate::calibration::course::IN_NETWORK;
use crate::calibration::who::{Group, UNITS};
use crate::dice::{Aspect, Dice};
use crate::people::identifiers;
use crate::places::{MUNICIPALITIES, of_unit};
use crate::story::{Code, Object};

/// Reports in one window: half a year at the usual pace.
const WINDOW: u64 = 525;

/// What each of a window's networks does: three sexual, two labour, one criminal.
const SHAPE: [Group; 6] = [
    Group::Sexual,
    Group::Sexual,
    Group::Sexual,
    Group::Labour,
    Group::Labour,
    Group::Criminal,
];

const HOTELS: [&str; 8] = [
    "Hotel Avondrust",
    "Motel De Kruising",
    "Hotel Zeven Linden",
    "Herberg Het Vertrek",
    "Hotel Poortzicht",
    "Budgethotel Nachtvogel",
    "Pension Tussenstop",
    "Hotel De Gouden Sleutel",
];

const EMPLOYERS: [&str; 8] = [
    "Groenkas Veldlust",
    "Uitzendbureau Snelhand",
    "Champignonkwekerij De Donkere Kamer",
    "Vleesverwerking Zonderman",
    "Bouwploeg Steenvast",
    "Schoonmaak Glanzend Bedrijf",
    "Distributie Nachtwerk",
    "Kwekerij Laatbloei",
];

/// A network that stands behind several reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Network {
    /// Always true.
    pub made_up: bool,
    /// Identifier, `N000012`.
    pub id: String,
    /// Main form: SU, AU or CU.
    pub form: Code,
    /// Municipalities where it is active, CBS codes, in at least two police units.
    pub municipalities: Vec<Code>,
    /// What its reports have in common.
    pub objects: Vec<Object>,
}

/// The number of the network that the person first reported in report `root` belongs to, if any.
pub(crate) fn membership(root: u64, group: Group, dice: &mut Dice) -> Option<u64> {
    // Only three of the four groups have networks; the share is raised so that the whole gets the wanted one.
    if group == Group::Other || !dice.chance(IN_NETWORK.value * 1000 / 950) {
        return None;
    }
    let fitting: Vec<u64> = (0..SHAPE.len())
        .filter(|&at| SHAPE[at] == group)
        .map(|at| at as u64)
        .collect();
    Some(root / WINDOW * SHAPE.len() as u64 + *dice.pick(&fitting))
}

/// The identifier of a network number.
pub(crate) fn id(number: u64) -> String {
    format!("N{number:06}")
}

/// Network number `number` under `seed`.
pub(crate) fn network(seed: u64, number: u64) -> Network {
    let mut dice = Dice::new(seed, Aspect::Network, number);
    let group = SHAPE[(number % SHAPE.len() as u64) as usize];
    let count = 3 + dice.index(3);
    let municipalities = towns(count, &mut dice)
        .into_iter()
        .map(|at| MUNICIPALITIES[at].code.into())
        .collect();
    let form = match group {
        Group::Sexual => "SU",
        Group::Labour => "AU",
        Group::Criminal | Group::Other => "CU",
    };
    Network {
        made_up: true,
        id: id(number),
        form: form.into(),
        municipalities,
        objects: objects(number, group, &mut dice),
    }
}

fn towns(count: usize, dice: &mut Dice) -> Vec<usize> {
    let mut towns: Vec<usize> = Vec::with_capacity(count);
    let mut units: Vec<usize> = Vec::with_capacity(count);
    while towns.len() < count {
        let unit = dice.weighted(UNITS.value.iter().map(|&weight| u64::from(weight)));
        if units.contains(&unit) {
            continue;
        }
        let here: Vec<usize> = of_unit(unit).collect();
        towns
            .push(here[dice.weighted(here.iter().map(|&at| u64::from(MUNICIPALITIES[at].weight)))]);
        units.push(unit);
    }
    towns
}

fn objects(number: u64, group: Group, dice: &mut Dice) -> Vec<Object> {
    let mut objects = vec![
        object("phone", identifiers::phone_of_network(number, 0)),
        object("phone", identifiers::phone_of_network(number, 1)),
        object("plate", identifiers::plate(number * 2)),
        object("plate", identifiers::plate(number * 2 + 1)),
    ];
    match group {
        Group::Sexual => {
            objects.push(object("ad", identifiers::ad(number)));
            objects.push(object("photo_hash", identifiers::photo_hash(number)));
            objects.push(object(
                "hotel",
                format!("{} ({})", dice.pick(&HOTELS), number),
            ));
        }
        Group::Labour => {
            objects.push(object("kvk", identifiers::kvk(number)));
            objects.push(object(
                "employer",
                format!("{} ({})", dice.pick(&EMPLOYERS), number),
            ));
        }
        Group::Criminal | Group::Other => {
            objects.push(object("account", identifiers::account(number)));
            objects.push(object("alias", format!("alias-{number:05}")));
        }
    }
    objects
}

/// An object with its kind and value.
pub(crate) fn object(kind: &'static str, value: String) -> Object {
    Object {
        kind: kind.into(),
        value,
    }
}
