//! What happens after a report: duplicates, networks, registration, shelter, opinions, closing.

use super::{Basis, Shares, Sourced, derived, reconstructed, sourced};

/// Reports about somebody already reported, in parts per thousand.
pub const DUPLICATES: Sourced<u32> = derived(
    145,
    "gap between reports and persons: 2023 about 1,044 reports at CoMensha and 868 victims at NRM (17%), 2024 about 1,062 and 944 (11%); \
     mix for synthetic data 12-17%",
);

/// Later reports that come from another police unit than the first, in parts per thousand of later reports.
pub const MOVERS: Sourced<u32> = reconstructed(
    280,
    "the plan says that networks move victims between regions; nobody publishes how often",
);

/// Later reports about a person come after the first by at most this many reports.
pub const DUPLICATE_WINDOW: Sourced<u64> = reconstructed(140, "about seven weeks at a year's pace");

/// Reports that belong to a network, in parts per thousand.
pub const IN_NETWORK: Sourced<u32> = reconstructed(
    80,
    "no figure published; enough for link checks to have something to find",
);

/// Persons whose own or controlled phone number is known, in parts per thousand.
pub const OWN_PHONE: Sourced<u32> = reconstructed(
    420,
    "victims' own or controlled number known to the reporter; ours",
);

/// Non-duty reporters who get written consent to register, in parts per thousand.
pub const CONSENT_REGISTRATION: Sourced<u32> = reconstructed(
    800,
    "consent is the known obstacle (reports by others fell from about 550 to 150 a year around the AVG); the present share is not published",
);

/// Consent withdrawn later, in parts per thousand of consents.
pub const CONSENT_WITHDRAWN: Sourced<u32> = reconstructed(25, "ours");

/// Labour inspectorate speaks to the person, in parts per thousand of its reports.
pub const NLA_SPEAKS: Sourced<u32> = sourced(
    300,
    "NRM, April 2025: the inspectorate speaks to a victim in 30% of cases",
);

/// Police or marechaussee speak to the person, in parts per thousand.
pub const POLICE_SPEAKS: Sourced<u32> = reconstructed(700, "ours");

/// Formal statements (aangifte), in parts per thousand of persons spoken to with an indication.
pub const AANGIFTE: Sourced<u32> = reconstructed(
    350,
    "ours; 1,045 statements in 2019 cover another population",
);

/// The desk finds that it is not trafficking or has no leads, in parts per thousand of reports.
pub const NOT_TAKEN_UP: Sourced<u32> =
    reconstructed(70, "ours; `noticed but not trafficking` is a valid outcome");

/// Reflection periods offered, in parts per thousand of third-country adults with an indication at police or marechaussee.
pub const REFLECTION_OFFERED: Sourced<u32> = reconstructed(
    850,
    "must be offered at the slightest indication (Vc B8/3); numbers granted are not published",
);

/// Offers accepted, in parts per thousand.
pub const REFLECTION_ACCEPTED: Sourced<u32> = reconstructed(700, "not published; ours");

/// Ends of an accepted reflection period.
pub const REFLECTION_ENDS: Shares<Option<&str>> = Shares {
    rows: &[
        (None, 400),
        (Some("aangifte"), 380),
        (Some("medewerking"), 60),
        (Some("vertrek_mob"), 110),
        (Some("afstand"), 50),
    ],
    basis: Basis::Reconstructed,
    source: "not published; ours",
};

/// Persons who want help after police, marechaussee, inspectorate or FairWork asked, in parts per thousand.
pub const HELP_WANTED: Sourced<u32> = reconstructed(520, "ours");

/// Whether somebody who gets care was exploited before, as she tells; none: not asked or not known.
pub const BEFORE: Shares<Option<bool>> = Shares {
    rows: &[(None, 380), (Some(false), 440), (Some(true), 180)],
    basis: Basis::Reconstructed,
    source: "not published by case; 45% of victims again a victim of a crime within five years (NJi, after the National Rapporteur) is about a later time; shares ours",
};

/// Shelter requests, in parts per thousand of all reports.
pub const SHELTER_REQUESTED: Sourced<u32> = derived(
    330,
    "CoMensha 2013: first shelter sought for 212 of 1,437 (15%); raised so that two unplaced people a week still leave most placed; ours",
);

/// Requests for which no place is found, in parts per thousand of all reports.
pub const UNPLACED: Sourced<u32> = derived(
    99,
    "HVO-Querido/ACM, May 2024: on average two a week cannot be placed, so about 104 in a year of 1,050 reports",
);

/// Why no place is found for somebody with an entitlement; without one the reason is `geen_recht`.
pub const UNPLACED_REASONS: Shares<&str> = Shares {
    rows: &[
        ("vol", 480),
        ("zorgzwaarte", 120),
        ("kinderen", 80),
        ("veiligheid", 50),
        ("geslacht", 40),
        ("financiering", 40),
        ("leeftijd", 20),
        ("regio", 10),
        ("taal", 10),
    ],
    basis: Basis::Reconstructed,
    source: "reasons are not measured anywhere yet; COSM structurally full (CoMensha 2018) makes `vol` the first",
};

/// Placements outside the person's own region, in parts per thousand; half of them for safety.
pub const OUT_OF_REGION: Sourced<u32> = reconstructed(350, "not found; default for synthetic data");

/// Days from request to arrival: twenty equally likely values, median 2, p90 14.
pub const DAYS_TO_ARRIVAL: Sourced<[i32; 20]> = reconstructed(
    [
        0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 3, 4, 5, 7, 9, 12, 14, 14, 19,
    ],
    "not found; default: median 2 days, p90 14 days",
);

/// Stays in a COSM beyond three months, in parts per thousand of COSM stays.
pub const OVER_NORM: Sourced<u32> = reconstructed(
    300,
    "CoMensha 2018: COSM structurally full, outflow blocked; share ours",
);

/// Offers refused before one is accepted, in parts per thousand of offers.
pub const OFFER_REFUSED: Sourced<u32> =
    reconstructed(250, "refusals are mostly not recorded today; ours");

/// Requests for an opinion, in parts per thousand of all reports.
pub const OPINIONS: Sourced<u32> = derived(
    54,
    "Schadefonds pilot 2018: 38 requests in eight months, so 57 a year of about 1,050 reports",
);

/// Requests not admitted, in parts per thousand.
pub const OPINION_NOT_ADMITTED: Sourced<u32> =
    sourced(158, "Schadefonds pilot 2018: 6 of 38 not admitted");

/// Requests withdrawn, in parts per thousand.
pub const OPINION_WITHDRAWN: Sourced<u32> =
    sourced(26, "Schadefonds pilot 2018: 1 of 38 withdrawn");

/// Outcomes of the panel.
pub const OPINION_OUTCOMES: Shares<&str> = Shares {
    rows: &[
        ("aannemelijk", 560),
        ("niet_aannemelijk", 260),
        ("onvoldoende_informatie", 180),
    ],
    basis: Basis::Reconstructed,
    source: "the evaluation's figures were not readable; ours",
};

/// Trajectories closed within a year and a half, in parts per thousand.
pub const CLOSED: Sourced<u32> = reconstructed(720, "ours");

/// Why a trajectory ends.
pub const CLOSING_REASONS: Shares<&str> = Shares {
    rows: &[
        ("doelen_bereikt", 480),
        ("overgedragen", 160),
        ("eigen_wens", 150),
        ("mob", 110),
        ("teruggekeerd", 100),
    ],
    basis: Basis::Reconstructed,
    source: "ours",
};

/// Somebody comes with children, in parts per thousand of adult women who ask for shelter.
pub const WITH_CHILDREN: Sourced<u32> = reconstructed(160, "ours");

/// Care needs of those who ask for shelter, each in parts per thousand.
pub const CARE_NEEDS: Shares<&str> = Shares {
    rows: &[
        ("medical", 180),
        ("mental_health", 330),
        ("addiction", 90),
        ("lvb", 110),
        ("pregnancy", 40),
    ],
    basis: Basis::Reconstructed,
    source: "ours; multiple problems are a known group (OMM, since October 2019)",
};

/// Somebody in danger at the moment of the report, in parts per thousand: yes, unknown.
pub const ACUTE: Sourced<(u32, u32)> = reconstructed((45, 120), "ours");

/// Places in COSM, three institutions.
pub const COSM_PLACES: Sourced<u16> = sourced(
    40,
    "CoMensha, coordinatie opvang: 40 places, three institutions",
);

/// Places in OMM, in Almere, Alkmaar, Amsterdam, Rotterdam and Zwolle.
pub const OMM_PLACES: Sourced<u16> = sourced(
    36,
    "NU.nl, 25 October 2019, and Wegwijzer mensenhandel: 36 places in five cities",
);

/// Institutions with shelter for men.
pub const MENS_SHELTERS: Sourced<usize> = sourced(6, "Wegwijzer mensenhandel: six institutions");

/// Days that a COSM stay should not pass without a reason.
pub const COSM_NORM_DAYS: Sourced<u16> = sourced(90, "CoMensha 2018: three months");
