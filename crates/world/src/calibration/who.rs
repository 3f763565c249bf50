//! Who is reported, by whom, from where, on what.

use super::{Basis, Shares, Sourced, derived, reconstructed};
use crate::story::Sex;

/// Reports to CoMensha in a year.
pub const REPORTS_PER_YEAR: Sourced<u64> = derived(
    1050,
    "CoMensha, Het beeld van 2024 (verdieping 3): about 1,062 reports in 2024 and 1,044 in 2023, computed from the shares per reporter",
);

/// Who takes a report up and registers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Party {
    /// Police.
    Pol,
    /// Care coordination.
    Zco,
    /// FairWork.
    Fw,
    /// Labour inspectorate.
    Nla,
    /// Marechaussee.
    Kmar,
    /// Lawyers, shelters, reception centres, persons themselves, Veilig Thuis, Nidos.
    Other,
}

/// Reporting parties, in parts per thousand.
pub const PARTIES: Shares<Party> = Shares {
    rows: &[
        (Party::Pol, 310),
        (Party::Zco, 283),
        (Party::Fw, 242),
        (Party::Nla, 67),
        (Party::Kmar, 63),
        (Party::Other, 35),
    ],
    basis: Basis::Sourced,
    source: "CoMensha, Het beeld van 2024, verdieping 3: police 329, care coordination 301, FairWork 257, NLA 71, KMar 67, others about 37",
};

/// Parties of first reports about a person. Later reports come from somebody else, which evens the parties out; with these the whole gives
/// [`PARTIES`].
pub const FIRST_PARTIES: Shares<Party> = Shares {
    rows: &[
        (Party::Pol, 315),
        (Party::Zco, 280),
        (Party::Fw, 265),
        (Party::Nla, 58),
        (Party::Kmar, 50),
        (Party::Other, 32),
    ],
    basis: Basis::Derived,
    source: "solved from the table of all reports and the share of later ones",
};

/// Group of forms that decides most of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// Sexual exploitation.
    Sexual,
    /// Labour exploitation.
    Labour,
    /// Criminal exploitation.
    Criminal,
    /// Every other form, or unknown.
    Other,
}

/// Forms over all reports, in parts per thousand; what the conditional tables below add up to.
pub const GROUPS: Shares<Group> = Shares {
    rows: &[
        (Group::Sexual, 450),
        (Group::Labour, 380),
        (Group::Criminal, 120),
        (Group::Other, 50),
    ],
    basis: Basis::Derived,
    source: "mix for synthetic data, between NRM's 2020 counts (sexual 408, labour 449, criminal 154 of 984; TIP report 2022) and 2019",
};

/// Form given the reporting party, so that FairWork and the inspectorate see labour and the sum stays [`GROUPS`].
pub const fn groups_of(party: Party) -> Shares<Group> {
    const SOURCE: &str = "split chosen so that the totals give the mix of forms; FairWork and NLA have labour exploitation as their task";
    const fn shares(rows: &'static [(Group, u32)]) -> Shares<Group> {
        Shares {
            rows,
            basis: Basis::Reconstructed,
            source: SOURCE,
        }
    }
    use Group::{Criminal, Labour, Other, Sexual};
    match party {
        Party::Pol => shares(&[(Sexual, 620), (Labour, 120), (Criminal, 220), (Other, 40)]),
        Party::Zco => shares(&[(Sexual, 715), (Labour, 85), (Criminal, 142), (Other, 58)]),
        Party::Fw => shares(&[(Sexual, 10), (Labour, 955), (Criminal, 5), (Other, 30)]),
        Party::Nla => shares(&[(Sexual, 0), (Labour, 960), (Criminal, 0), (Other, 40)]),
        Party::Kmar => shares(&[(Sexual, 650), (Labour, 170), (Criminal, 80), (Other, 100)]),
        Party::Other => shares(&[(Sexual, 600), (Labour, 130), (Criminal, 150), (Other, 120)]),
    }
}

/// The rarer forms within [`Group::Other`].
pub const OTHER_FORMS: Shares<&str> = Shares {
    rows: &[
        ("ON", 380),
        ("BE", 170),
        ("DI", 170),
        ("GH", 120),
        ("EB", 100),
        ("DM", 30),
        ("OR", 15),
        ("IA", 15),
    ],
    basis: Basis::Reconstructed,
    source: "no counts published per rare form; `ernstige benadeling` (bill 36547) is not trafficking and never counted as such",
};

/// Reports with a second form beside the first, in parts per thousand.
pub const SECOND_FORM: Sourced<u32> = derived(
    66,
    "TIP report 2022 on 2020: 408 + 449 + 154 + 38 = 1,049 forms for 984 persons, so 6.6% have one more",
);

/// Sectors within sexual exploitation.
pub const SECTORS_SEXUAL: Shares<&str> = Shares {
    rows: &[
        ("SU-THUIS", 430),
        ("SU-HOTEL", 210),
        ("SU-ESCORT", 250),
        ("SU-CLUB", 35),
        ("SU-RAAM", 30),
        ("SU-MASSAGE", 20),
        ("SU-ONLINE", 15),
        ("SU-STRAAT", 10),
    ],
    basis: Basis::Derived,
    source: "NRM on 2017-2019: 89% in less visible sectors (home, hotel, escort); the split within is ours",
};

/// Sectors within labour exploitation.
pub const SECTORS_LABOUR: Shares<&str> = Shares {
    rows: &[
        ("AU-AGRI", 340),
        ("AU-HORECA", 130),
        ("AU-BOUW", 110),
        ("AU-INDUSTRIE", 100),
        ("AU-VERVOER", 90),
        ("AU-SCHOONMAAK", 70),
        ("AU-HUIS", 60),
        ("AU-UITZEND", 40),
        ("AU-BEAUTY", 30),
        ("AU-AUTOWAS", 20),
        ("AU-OVERIG", 10),
    ],
    basis: Basis::Reconstructed,
    source: "NRM 2021: the rise of labour reports in 2020 was mostly agriculture and horticulture; the shares are ours",
};

/// Kinds of criminal exploitation.
pub const SECTORS_CRIMINAL: Shares<&str> = Shares {
    rows: &[
        ("CU-KOERIER", 280),
        ("CU-UITHALER", 140),
        ("CU-TEELT", 130),
        ("CU-GELDEZEL", 180),
        ("CU-DIEFSTAL", 140),
        ("CU-FRAUDE", 60),
        ("CU-EXPLOSIEF", 40),
        ("CU-OVERIG", 30),
    ],
    basis: Basis::Reconstructed,
    source: "kinds named by CKM's survey of professionals (2022); the shares are ours",
};

/// Bands of age: lowest and highest age in years, or unknown.
pub const AGE_BANDS: [(&str, Option<(u8, u8)>); 8] = [
    ("<12", Some((6, 11))),
    ("12-15", Some((12, 15))),
    ("16-17", Some((16, 17))),
    ("18-22", Some((18, 22))),
    ("23-29", Some((23, 29))),
    ("30-39", Some((30, 39))),
    ("40+", Some((40, 58))),
    ("unknown", None),
];

/// Age over all reports, in parts per thousand; what [`ages_of`] adds up to.
pub const AGES: Sourced<[u32; 8]> = derived(
    [10, 20, 40, 150, 270, 280, 170, 60],
    "mix for synthetic data from CoMensha 2020 and NJi on 2019-2023 (25.6% under 23)",
);

/// Age bands given the group of forms, in parts per 100,000 of all reports.
pub const fn ages_of(group: Group) -> Sourced<[u32; 8]> {
    match group {
        Group::Sexual => reconstructed(
            [300, 1150, 2800, 7000, 14300, 12300, 4750, 2400],
            "columns add up to the mix of ages; minors 2019-2023 (NJi): sexual 231, labour 18, criminal 83, unknown 45",
        ),
        Group::Labour => reconstructed(
            [100, 50, 200, 3400, 8600, 12900, 10600, 2150],
            "as above; mean age of labour victims 34 (NRM, 2015-2019)",
        ),
        Group::Criminal => reconstructed([250, 600, 700, 4000, 3200, 1700, 900, 650], "as above"),
        Group::Other => reconstructed([350, 200, 300, 600, 900, 1100, 750, 800], "as above"),
    }
}

/// Sex given the group of forms, in parts per thousand.
pub const fn sexes_of(group: Group) -> Shares<Sex> {
    match group {
        Group::Sexual => Shares {
            rows: &[(Sex::F, 862), (Sex::M, 126), (Sex::X, 12)],
            basis: Basis::Reconstructed,
            source: "chosen so that the whole gives 58% women, 41% men, 1% X (synthetic mix; 2020: 547 of 984 women, TIP report 2022)",
        },
        Group::Labour => Shares {
            rows: &[(Sex::F, 352), (Sex::M, 640), (Sex::X, 8)],
            basis: Basis::Sourced,
            source: "NRM, labour exploitation 2015-2019: 64% men",
        },
        Group::Criminal => Shares {
            rows: &[(Sex::F, 220), (Sex::M, 772), (Sex::X, 8)],
            basis: Basis::Reconstructed,
            source: "boys prevail in CKM's survey of professionals (2022); the share is ours",
        },
        Group::Other => Shares {
            rows: &[(Sex::F, 600), (Sex::M, 385), (Sex::X, 15)],
            basis: Basis::Reconstructed,
            source: "ours",
        },
    }
}

/// Country of origin given the group of forms, for adults; ISO 3166-1 alpha-2, `ZZ` for unknown.
pub const fn origins_of(group: Group) -> Shares<&'static str> {
    match group {
        Group::Sexual => Shares {
            rows: &[
                ("NL", 150),
                ("NG", 215),
                ("UG", 110),
                ("GM", 40),
                ("SL", 30),
                ("ER", 20),
                ("MA", 20),
                ("CO", 60),
                ("BR", 45),
                ("VE", 40),
                ("DO", 20),
                ("RO", 65),
                ("BG", 45),
                ("HU", 55),
                ("PL", 20),
                ("UA", 15),
                ("VN", 10),
                ("CN", 10),
                ("SY", 10),
                ("ZZ", 20),
            ],
            basis: Basis::Derived,
            source: "NRM on 2023 (NH Nieuws): 178 African and 68 Latin American victims of sexual exploitation; TIP report 2021 on 2019: \
                     Nigeria 512, NL 244, Uganda 91, Poland 83, Gambia 49",
        },
        Group::Labour => Shares {
            rows: &[
                ("NL", 30),
                ("PL", 220),
                ("RO", 140),
                ("BG", 100),
                ("HU", 60),
                ("UA", 50),
                ("LT", 20),
                ("VN", 40),
                ("CN", 30),
                ("IN", 50),
                ("PH", 40),
                ("ID", 30),
                ("SY", 20),
                ("MA", 65),
                ("NG", 20),
                ("UG", 10),
                ("ER", 20),
                ("BR", 40),
                ("ZZ", 15),
            ],
            basis: Basis::Derived,
            source: "NRM, labour exploitation 2015-2019: 4% NL, 59% rest of Europe, 21% Asia; order of countries as TIP report 2022 on 2020",
        },
        Group::Criminal => Shares {
            rows: &[
                ("NL", 460),
                ("RO", 100),
                ("BG", 60),
                ("PL", 55),
                ("MA", 70),
                ("VN", 55),
                ("SY", 40),
                ("ER", 30),
                ("NG", 20),
                ("HU", 40),
                ("UA", 20),
                ("AL", 40),
                ("ZZ", 10),
            ],
            basis: Basis::Reconstructed,
            source: "no table of origins published for criminal exploitation; ours",
        },
        Group::Other => Shares {
            rows: &[
                ("NL", 190),
                ("RO", 130),
                ("BG", 90),
                ("MA", 90),
                ("SY", 80),
                ("NG", 70),
                ("ER", 50),
                ("IN", 50),
                ("PH", 40),
                ("PL", 40),
                ("HU", 30),
                ("VN", 20),
                ("CN", 20),
                ("UA", 20),
                ("ZZ", 80),
            ],
            basis: Basis::Reconstructed,
            source: "ours",
        },
    }
}

/// Minors who are Dutch, in parts per thousand; the others draw from [`origins_of`].
pub const MINORS_DUTCH: Sourced<u32> = reconstructed(
    600,
    "Dutch girls and boys prevail among minors in view (NRM estimate 1,300 a year); the share is ours",
);

/// Reports per police unit, in the order of [`crate::places::POLICE_UNITS`].
pub const UNITS: Sourced<[u32; 10]> = reconstructed(
    [50, 110, 115, 70, 180, 155, 150, 75, 60, 35],
    "uneven, as NRM says of 2017 and CoMensha publishes per unit without figures here; the shares are ours",
);

/// Sexual exploitation of Dutch victims per police unit.
pub const UNITS_DOMESTIC: Sourced<[u32; 10]> = derived(
    [40, 190, 60, 30, 60, 190, 200, 40, 190, 0],
    "NRM 2018: four police units gave over 75% of domestic sexual exploitation cases in 2017; which four is ours",
);

/// The four units that [`UNITS_DOMESTIC`] favours, by position.
pub const DOMESTIC_FOUR: [usize; 4] = [1, 5, 6, 8];

/// Marechaussee reports at Schiphol, in parts per thousand of its reports.
pub const KMAR_AT_SCHIPHOL: Sourced<u32> = reconstructed(
    800,
    "the marechaussee finds people at borders and Schiphol; the share is ours",
);
