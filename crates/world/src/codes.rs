//! Signals that stories tick, by group of forms, with the words in which a coordinator explains them.
//!
//! The codes are those of the vocabulary's Delphi list and Dutch lists of signals.

use crate::calibration::who::Group;

type Signal = (&'static str, &'static str);

const SEXUAL: [Signal; 12] = [
    ("dr_nature_of_job", "het werk bleek iets anders dan beloofd"),
    (
        "dr_marriage_adoption",
        "er was een relatie of huwelijk beloofd",
    ),
    (
        "cr_debt_bondage",
        "er is een schuld die niet af te lossen is",
    ),
    (
        "vr_dependency",
        "de persoon is sterk afhankelijk van één ander",
    ),
    ("cd_documents", "het paspoort is afgenomen"),
    ("cd_tasks", "de persoon kan klanten of taken niet weigeren"),
    (
        "cd_isolation",
        "de persoon wordt afgezonderd of in de gaten gehouden",
    ),
    ("cd_threats", "er wordt gedreigd"),
    ("cd_wages", "verdiensten worden ingehouden"),
    (
        "vd_dependency",
        "huis, geld en vervoer komen van dezelfde mensen",
    ),
    (
        "controle_bereikbaar",
        "de persoon moet altijd bereikbaar zijn",
    ),
    ("online_advertentie", "een ander plaatste de advertentie"),
];

const LABOUR: [Signal; 12] = [
    ("dr_wages", "het loon is lager dan afgesproken"),
    ("dr_housing", "de woning is anders dan beloofd"),
    (
        "cr_debt_bondage",
        "er is een schuld die niet af te lossen is",
    ),
    ("ec_hours", "de werkdagen zijn veel te lang"),
    ("ec_living", "de woonruimte is slecht"),
    ("ec_salary", "er wordt weinig of niets betaald"),
    ("ec_hazardous", "het werk is gevaarlijk"),
    (
        "ec_wage_manipulation",
        "er gaan steeds kosten van het loon af",
    ),
    ("cd_documents", "het paspoort is afgenomen"),
    ("cd_wages", "loon wordt ingehouden"),
    ("vd_authorities", "angst voor instanties wordt gebruikt"),
    ("wonen_op_werk", "de persoon woont op de werkplek"),
];

const CRIMINAL: [Signal; 9] = [
    ("vr_economic", "geldnood wordt gebruikt"),
    ("vr_control", "anderen bepalen wat er gebeurt"),
    ("cd_crime", "de persoon moet strafbare dingen doen"),
    (
        "cd_debt_bondage",
        "er is een schuld die niet af te lossen is",
    ),
    ("cd_threats", "er wordt gedreigd"),
    ("cd_lie", "de persoon moet liegen tegen instanties"),
    ("school_werk_verzuim", "er is opvallend verzuim"),
    ("geld_dure_spullen", "er zijn ineens dure spullen"),
    ("sociaal_opgewacht", "de persoon wordt opgewacht"),
];

const OTHER: [Signal; 6] = [
    ("vr_family_situation", "de gezinssituatie wordt gebruikt"),
    (
        "cd_isolation",
        "de persoon wordt afgezonderd of in de gaten gehouden",
    ),
    ("cd_wages", "loon wordt ingehouden"),
    (
        "vd_dependency",
        "huis, geld en vervoer komen van dezelfde mensen",
    ),
    ("documenten_paspoort", "een ander bewaart het paspoort"),
    ("gedrag_ontwijkt", "de persoon vermijdt het onderwerp"),
];

/// The signals that fit a group of forms.
pub(crate) fn indicators(group: Group) -> &'static [Signal] {
    match group {
        Group::Sexual => &SEXUAL,
        Group::Labour => &LABOUR,
        Group::Criminal => &CRIMINAL,
        Group::Other => &OTHER,
    }
}

/// How a coordinator words a signal, Dutch.
pub(crate) fn wording(code: &str) -> &'static str {
    let all = [SEXUAL.as_slice(), &LABOUR, &CRIMINAL, &OTHER];
    all.into_iter()
        .flatten()
        .find(|signal| signal.0 == code)
        .map_or("er is een ander signaal", |signal| signal.1)
}
