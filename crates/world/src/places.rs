//! Where the made-up country lies: police units, safety regions and the municipalities that stories use.
//!
//! Names, codes and the nesting are real (CBS gebiedsindeling 2023; police unit of a safety region: Politiewet 2012).
//! Coordinates are municipality centres on the Dutch grid (RD), rounded to whole kilometres, computed from the CBS/Kadaster outline of
//! 2023 (CC BY 4.0); populations are rounded to thousands from general knowledge and only weigh the draw.

/// A regional police unit: its code in this crate and its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoliceUnit {
    /// Two-digit number as text, `"01"` to `"10"`.
    pub code: &'static str,
    /// The unit's own name.
    pub name: &'static str,
}

/// A safety region with the police unit that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// CBS code, `"VR01"` to `"VR25"`.
    pub code: &'static str,
    /// Official name.
    pub name: &'static str,
    /// Position in [`POLICE_UNITS`].
    pub unit: usize,
}

/// A municipality that stories and shelters use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Municipality {
    /// CBS code, `"GM0363"`.
    pub code: &'static str,
    /// Official name.
    pub name: &'static str,
    /// Position in [`REGIONS`].
    pub region: usize,
    /// Centre, east on the Dutch grid, in kilometres.
    pub x_km: u16,
    /// Centre, north on the Dutch grid, in kilometres.
    pub y_km: u16,
    /// Inhabitants in thousands, rounded.
    pub weight: u16,
    /// One of the 35 centre municipalities for women's shelter (Regioatlas; Ede and Nissewaard still to be checked).
    pub centre: bool,
}

impl Municipality {
    /// The safety region that it lies in.
    pub fn region(&self) -> &'static Region {
        &REGIONS[self.region]
    }

    /// Position of its police unit in [`POLICE_UNITS`].
    pub fn unit(&self) -> usize {
        self.region().unit
    }
}

/// The municipality with this CBS code, if it is one of those used here.
pub fn municipality(code: &str) -> Option<&'static Municipality> {
    MUNICIPALITIES.iter().find(|place| place.code == code)
}

/// Positions in [`MUNICIPALITIES`] of those in the police unit at this position.
pub fn of_unit(unit: usize) -> impl Iterator<Item = usize> {
    (0..MUNICIPALITIES.len()).filter(move |&at| MUNICIPALITIES[at].unit() == unit)
}

const fn unit(code: &'static str, name: &'static str) -> PoliceUnit {
    PoliceUnit { code, name }
}

const fn region(code: &'static str, name: &'static str, unit: usize) -> Region {
    Region { code, name, unit }
}

const fn place(
    code: &'static str,
    name: &'static str,
    region: usize,
    (x_km, y_km): (u16, u16),
    weight: u16,
    centre: bool,
) -> Municipality {
    Municipality {
        code,
        name,
        region,
        x_km,
        y_km,
        weight,
        centre,
    }
}

/// The ten regional units, in the order of the Politiewet 2012.
pub static POLICE_UNITS: [PoliceUnit; 10] = [
    unit("01", "Noord-Nederland"),
    unit("02", "Oost-Nederland"),
    unit("03", "Midden-Nederland"),
    unit("04", "Noord-Holland"),
    unit("05", "Amsterdam"),
    unit("06", "Den Haag"),
    unit("07", "Rotterdam"),
    unit("08", "Zeeland-West-Brabant"),
    unit("09", "Oost-Brabant"),
    unit("10", "Limburg"),
];

/// The 25 safety regions.
pub static REGIONS: [Region; 25] = [
    region("VR01", "Groningen", 0),
    region("VR02", "Fryslân", 0),
    region("VR03", "Drenthe", 0),
    region("VR04", "IJsselland", 1),
    region("VR05", "Twente", 1),
    region("VR06", "Noord- en Oost-Gelderland", 1),
    region("VR07", "Gelderland-Midden", 1),
    region("VR08", "Gelderland-Zuid", 1),
    region("VR09", "Utrecht", 2),
    region("VR10", "Noord-Holland Noord", 3),
    region("VR11", "Zaanstreek-Waterland", 3),
    region("VR12", "Kennemerland", 3),
    region("VR13", "Amsterdam-Amstelland", 4),
    region("VR14", "Gooi en Vechtstreek", 2),
    region("VR15", "Haaglanden", 5),
    region("VR16", "Hollands Midden", 5),
    region("VR17", "Rotterdam-Rijnmond", 6),
    region("VR18", "Zuid-Holland Zuid", 6),
    region("VR19", "Zeeland", 7),
    region("VR20", "Midden- en West-Brabant", 7),
    region("VR21", "Brabant-Noord", 8),
    region("VR22", "Brabant-Zuidoost", 8),
    region("VR23", "Limburg-Noord", 9),
    region("VR24", "Zuid-Limburg", 9),
    region("VR25", "Flevoland", 2),
];

/// The municipalities used, ordered by region and code.
pub static MUNICIPALITIES: [Municipality; 82] = [
    place("GM0014", "Groningen", 0, (237, 582), 238, true),
    place("GM1952", "Midden-Groningen", 0, (250, 580), 61, false),
    place("GM0080", "Leeuwarden", 1, (182, 576), 127, true),
    place("GM0090", "Smallingerland", 1, (199, 570), 56, false),
    place("GM0106", "Assen", 2, (233, 558), 69, false),
    place("GM0114", "Emmen", 2, (261, 530), 109, true),
    place("GM0118", "Hoogeveen", 2, (231, 527), 56, false),
    place("GM0150", "Deventer", 3, (213, 476), 102, false),
    place("GM0193", "Zwolle", 3, (205, 504), 132, true),
    place("GM0141", "Almelo", 4, (242, 485), 74, false),
    place("GM0153", "Enschede", 4, (257, 471), 161, true),
    place("GM0164", "Hengelo (O.)", 4, (250, 475), 82, false),
    place("GM0200", "Apeldoorn", 5, (192, 467), 167, true),
    place("GM0222", "Doetinchem", 5, (217, 442), 59, false),
    place("GM0202", "Arnhem", 6, (190, 446), 166, true),
    place("GM0203", "Barneveld", 6, (172, 464), 61, false),
    place("GM0228", "Ede", 6, (178, 454), 121, true),
    place("GM0263", "Maasdriel", 7, (149, 421), 26, false),
    place("GM0268", "Nijmegen", 7, (186, 428), 182, true),
    place("GM0281", "Tiel", 7, (156, 433), 42, false),
    place("GM0307", "Amersfoort", 8, (155, 465), 160, true),
    place("GM0344", "Utrecht", 8, (134, 456), 368, true),
    place("GM0345", "Veenendaal", 8, (167, 448), 68, false),
    place("GM0356", "Nieuwegein", 8, (135, 449), 66, false),
    place("GM0361", "Alkmaar", 9, (115, 513), 111, true),
    place("GM0400", "Den Helder", 9, (112, 549), 56, true),
    place("GM0405", "Hoorn", 9, (134, 519), 75, false),
    place("GM1911", "Hollands Kroon", 9, (125, 538), 50, false),
    place("GM0439", "Purmerend", 10, (124, 506), 94, false),
    place("GM0479", "Zaanstad", 10, (113, 497), 159, true),
    place("GM0392", "Haarlem", 11, (105, 489), 165, true),
    place("GM0394", "Haarlemmermeer", 11, (107, 480), 162, false),
    place("GM0453", "Velsen", 11, (104, 496), 69, false),
    place("GM0358", "Aalsmeer", 12, (112, 475), 33, false),
    place("GM0362", "Amstelveen", 12, (118, 478), 95, false),
    place("GM0363", "Amsterdam", 12, (120, 488), 921, true),
    place("GM0402", "Hilversum", 13, (140, 471), 93, true),
    place("GM1942", "Gooise Meren", 13, (138, 479), 60, false),
    place("GM0503", "Delft", 14, (85, 446), 106, true),
    place("GM0518", "'s-Gravenhage", 14, (80, 454), 562, true),
    place("GM0637", "Zoetermeer", 14, (93, 453), 127, false),
    place("GM1783", "Westland", 14, (75, 446), 115, false),
    place("GM0484", "Alphen aan den Rijn", 15, (104, 459), 115, false),
    place("GM0513", "Gouda", 15, (108, 448), 75, true),
    place("GM0537", "Katwijk", 15, (89, 467), 67, false),
    place("GM0546", "Leiden", 15, (93, 463), 127, true),
    place("GM0599", "Rotterdam", 16, (81, 438), 664, true),
    place("GM0606", "Schiedam", 16, (86, 438), 80, false),
    place("GM0622", "Vlaardingen", 16, (82, 437), 75, true),
    place("GM1621", "Lansingerland", 16, (94, 447), 64, false),
    place("GM1930", "Nissewaard", 16, (79, 428), 86, true),
    place("GM0505", "Dordrecht", 17, (108, 422), 121, true),
    place("GM0512", "Gorinchem", 17, (127, 428), 38, false),
    place("GM1963", "Hoeksche Waard", 17, (91, 421), 90, false),
    place("GM0664", "Goes", 18, (48, 393), 39, false),
    place("GM0687", "Middelburg (Z.)", 18, (34, 392), 50, false),
    place("GM0715", "Terneuzen", 18, (47, 368), 55, false),
    place("GM0718", "Vlissingen", 18, (32, 387), 45, true),
    place("GM0748", "Bergen op Zoom", 19, (79, 391), 69, false),
    place("GM0758", "Breda", 19, (112, 400), 186, true),
    place("GM0826", "Oosterhout", 19, (119, 406), 57, false),
    place("GM0855", "Tilburg", 19, (134, 399), 227, true),
    place("GM0867", "Waalwijk", 19, (129, 412), 50, false),
    place("GM0879", "Zundert", 19, (103, 388), 22, false),
    place("GM1674", "Roosendaal", 19, (88, 392), 78, false),
    place("GM0796", "'s-Hertogenbosch", 20, (153, 414), 159, true),
    place("GM0828", "Oss", 20, (165, 421), 94, false),
    place("GM1948", "Meierijstad", 20, (163, 400), 83, false),
    place("GM0762", "Deurne", 21, (186, 383), 33, false),
    place("GM0772", "Eindhoven", 21, (160, 385), 244, true),
    place("GM0794", "Helmond", 21, (174, 388), 95, true),
    place("GM0957", "Roermond", 22, (199, 357), 59, false),
    place("GM0983", "Venlo", 22, (209, 378), 103, true),
    place("GM0988", "Weert", 22, (176, 360), 51, false),
    place("GM1507", "Horst aan de Maas", 22, (200, 384), 43, false),
    place("GM0917", "Heerlen", 23, (196, 323), 87, true),
    place("GM0935", "Maastricht", 23, (177, 318), 122, true),
    place("GM1883", "Sittard-Geleen", 23, (186, 335), 92, false),
    place("GM0034", "Almere", 24, (145, 487), 222, true),
    place("GM0171", "Noordoostpolder", 24, (181, 525), 50, false),
    place("GM0303", "Dronten", 24, (176, 502), 43, false),
    place("GM0995", "Lelystad", 24, (161, 499), 82, false),
];
