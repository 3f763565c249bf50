//! The organisations of the chain. Those that exist are marked as demonstration in their name; shelters are invented.

use serde::{Deserialize, Serialize};

use crate::places::{MUNICIPALITIES, POLICE_UNITS, REGIONS};
use crate::story::Code;

/// An organisation of the made-up country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Always true.
    pub made_up: bool,
    /// Identifier, such as `org-pol-07`.
    pub id: String,
    /// Kind, such as `POL` or `ZCO`.
    pub kind: Code,
    /// Name, ending in `(demo)`.
    pub name: String,
    /// Safety region that it serves, CBS code.
    pub region: Option<Code>,
    /// Police unit that it serves, `01` to `10`.
    pub unit: Option<Code>,
    /// Municipality where it sits, CBS code.
    pub municipality: Option<Code>,
}

/// Home of care coordination per safety region, in the order of [`REGIONS`] (Wegwijzer mensenhandel, older list of coordinators; where no
/// home is known a name of our own).
const CARE_HOMES: [&str; 25] = [
    "MJD",
    "Fier",
    "GGD Drenthe",
    "CoMensha op afstand",
    "Veiligheidsregio Twente",
    "Moviera (vanaf 23 jaar)",
    "Moviera",
    "Moviera",
    "Moviera",
    "HVO-Querido",
    "HVO-Querido",
    "HVO-Querido",
    "HVO-Querido/ACM",
    "Zorgpunt Gooi",
    "SHOP",
    "SHOP",
    "PMW Humanitas",
    "Zorgpunt Drechtsteden",
    "Zorg- en Veiligheidshuis Zeeland",
    "CoMensha op afstand",
    "Maatschappelijke Opvang",
    "Lumens",
    "Koraal",
    "CoMensha op afstand",
    "Zorgpunt Flevoland",
];

const COSM_NAMES: [(&str, &str); 3] = [
    ("Huis De Vlierhof", "GM0363"),
    ("Opvang Lantaarnlicht", "GM0080"),
    ("Stichting De Overtocht", "GM0599"),
];

/// Cities of the OMM (Wegwijzer mensenhandel).
const OMM_CITIES: [&str; 5] = ["GM0034", "GM0361", "GM0363", "GM0599", "GM0193"];

const YOUTH: [(&str, &str); 8] = [
    ("Jeugdhuis De Kiem", "GM0080"),
    ("Jeugdhuis Noorderzon", "GM0014"),
    ("Woonplek Morgenrood", "GM0150"),
    ("Jeugdhuis De Beuk", "GM0202"),
    ("Woonplek Zilverspar", "GM0599"),
    ("Jeugdhuis Kastanje", "GM0855"),
    ("Woonplek Eikendal", "GM0772"),
    ("Jeugdhuis De Maasbocht", "GM0983"),
];

/// Bodies of which there is one: identifier, kind, name.
const SINGLE: [(&str, &str, &str); 36] = [
    ("org-kmar", "KMAR", "Koninklijke Marechaussee"),
    ("org-nla", "NLA", "Nederlandse Arbeidsinspectie"),
    ("org-om", "OM", "Openbaar Ministerie"),
    (
        "org-emm",
        "EMM",
        "Expertisecentrum Mensenhandel en Mensensmokkel",
    ),
    ("org-com", "COM", "CoMensha"),
    ("org-nid", "NID", "Nidos"),
    (
        "org-k4",
        "K4",
        "Commissie deskundigenbericht slachtofferschap",
    ),
    (
        "org-programma",
        "JENV",
        "Programmabureau Samen tegen mensenhandel",
    ),
    ("org-jenv", "JENV", "Ministerie van Justitie en Veiligheid"),
    (
        "org-vws",
        "VWS",
        "Ministerie van Volksgezondheid, Welzijn en Sport",
    ),
    (
        "org-szw",
        "SZW",
        "Ministerie van Sociale Zaken en Werkgelegenheid",
    ),
    ("org-bz", "BZ", "Ministerie van Buitenlandse Zaken"),
    ("org-aenm", "AenM", "Ministerie van Asiel en Migratie"),
    ("org-vng", "VNG", "Vereniging van Nederlandse Gemeenten"),
    ("org-fw", "FW", "FairWork"),
    (
        "org-ckm",
        "CKM",
        "Centrum tegen Kinderhandel en Mensenhandel",
    ),
    ("org-fier", "FIER", "Fier"),
    ("org-rvdk", "RVDK", "Raad voor de Kinderbescherming"),
    ("org-gi", "GI", "Jeugdbescherming De Wissel"),
    ("org-halt", "HALT", "Halt"),
    ("org-ind", "IND", "Immigratie- en Naturalisatiedienst"),
    ("org-dtv", "DTV", "Dienst Terugkeer en Vertrek"),
    ("org-coa", "COA", "Centraal Orgaan opvang Asielzoekers"),
    ("org-shn", "SHN", "Slachtofferhulp Nederland"),
    ("org-sgm", "SGM", "Schadefonds Geweldsmisdrijven"),
    ("org-adv", "ADV", "Advocatencollectief De Weegschaal"),
    ("org-recl", "RECL", "Reclassering"),
    ("org-nrm", "NRM", "Nationaal Rapporteur Mensenhandel"),
    ("org-kvk", "KVK", "Kamer van Koophandel"),
    ("org-m", "M", "Meld Misdaad Anoniem"),
    ("org-ngo", "NGO", "Straathoekwerk De Brug"),
    ("org-ggd", "GGD", "GGD Merenland"),
    ("org-prv", "PRV", "Hotelketen Avondrust"),
    ("org-riec", "RIEC", "RIEC Middenland"),
    ("org-zvh", "ZVH", "Zorg- en Veiligheidshuis Middenland"),
    ("org-ap", "AP", "Autoriteit Persoonsgegevens"),
];

/// Municipalities that act in a scenario: the chain directors of the network, and payers of shelter.
const TOWNS: [&str; 6] = ["GM0193", "GM0344", "GM0518", "GM0599", "GM0855", "GM1783"];

/// All organisations, in a fixed order.
pub(crate) fn organisations() -> Vec<Organisation> {
    let mut all = Vec::with_capacity(160);
    for unit in &POLICE_UNITS {
        let name = format!("Politie, eenheid {}", unit.name);
        all.push(Organisation {
            unit: Some(unit.code.into()),
            ..plain(format!("org-pol-{}", unit.code), "POL", &name)
        });
    }
    all.extend(
        SINGLE
            .iter()
            .map(|&(id, kind, name)| plain(id.to_owned(), kind, name)),
    );
    all.extend(care_homes());
    for region in &REGIONS {
        let name = format!("Veilig Thuis {}", region.name);
        all.push(Organisation {
            region: Some(region.code.into()),
            ..plain(format!("org-vt-{}", region.code), "VT", &name)
        });
    }
    all.extend(shelters());
    for code in TOWNS {
        let name = MUNICIPALITIES
            .iter()
            .find(|place| place.code == code)
            .map_or(code, |place| place.name);
        all.push(seated(
            format!("org-gem-{code}"),
            "GEM",
            &format!("Gemeente {name}"),
            code,
        ));
        all.push(seated(
            format!("org-ket-{code}"),
            "KET",
            &format!("Ketenregisseur {name}"),
            code,
        ));
    }
    all
}

fn care_homes() -> impl Iterator<Item = Organisation> {
    let per_region = REGIONS.iter().zip(CARE_HOMES).map(|(region, home)| {
        let name = format!("Zorgcoördinatie {}, {home}", region.name);
        Organisation {
            region: Some(region.code.into()),
            ..plain(care_home(region.code), "ZCO", &name)
        }
    });
    let more = [
        (
            "org-zco-VR06-jong",
            "Zorgcoördinatie Noord- en Oost-Gelderland, MEE Veluwe (onder 23 jaar)",
            "VR06",
        ),
        (
            "org-zco-VR23-midden",
            "Zorgcoördinatie Midden-Limburg, Koraal",
            "VR23",
        ),
    ];
    per_region.chain(more.map(|(id, name, region)| Organisation {
        region: Some(region.into()),
        ..plain(id.to_owned(), "ZCO", name)
    }))
}

/// The care coordination home of a safety region.
pub(crate) fn care_home(region: &str) -> String {
    format!("org-zco-{region}")
}

fn shelters() -> impl Iterator<Item = Organisation> {
    let cosm = COSM_NAMES
        .iter()
        .enumerate()
        .map(|(at, &(name, town))| seated(format!("org-cosm-{}", at + 1), "COSM", name, town));
    let omm = OMM_CITIES.iter().enumerate().map(|(at, &town)| {
        let city = MUNICIPALITIES
            .iter()
            .find(|place| place.code == town)
            .map_or(town, |place| place.name);
        seated(
            format!("org-omm-{}", at + 1),
            "OMM",
            &format!("Opvang multiproblematiek {city}"),
            town,
        )
    });
    let women = MUNICIPALITIES
        .iter()
        .filter(|place| place.centre)
        .map(|place| {
            seated(
                format!("org-vo-{}", place.code),
                "VO",
                &format!("Vrouwenopvang De Haven {}", place.name),
                place.code,
            )
        });
    let youth = YOUTH
        .iter()
        .enumerate()
        .map(|(at, &(name, town))| seated(format!("org-jz-{}", at + 1), "JZ", name, town));
    cosm.chain(omm).chain(women).chain(youth)
}

fn plain(id: String, kind: &'static str, name: &str) -> Organisation {
    Organisation {
        made_up: true,
        id,
        kind: kind.into(),
        name: format!("{name} (demo)"),
        region: None,
        unit: None,
        municipality: None,
    }
}

fn seated(id: String, kind: &'static str, name: &str, town: &'static str) -> Organisation {
    let place = MUNICIPALITIES.iter().find(|place| place.code == town);
    Organisation {
        region: place.map(|place| place.region().code.into()),
        municipality: Some(town.into()),
        ..plain(id, kind, name)
    }
}
