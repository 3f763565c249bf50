//! Signals that stories tick, by group of forms.
//!
//! The codes name the dimension and the indicator of the ILO/European Commission Delphi list, or the group of the Dutch lists of signals.

use crate::calibration::who::Group;

const SEXUAL: [&str; 12] = [
    "deceptive_recruitment.nature_of_job",
    "deceptive_recruitment.promises_of_marriage",
    "coercive_recruitment.debt_bondage",
    "abuse_of_vulnerability.psychological_dependency",
    "coercion_at_destination.confiscation_of_documents",
    "coercion_at_destination.forced_tasks_or_clients",
    "coercion_at_destination.isolation_or_surveillance",
    "coercion_at_destination.threats_of_violence",
    "coercion_at_destination.withholding_of_wages",
    "vulnerability_at_destination.dependency_on_exploiters",
    "controle.altijd_bereikbaar",
    "online.advertentie_door_ander",
];

const LABOUR: [&str; 12] = [
    "deceptive_recruitment.wages",
    "deceptive_recruitment.housing_conditions",
    "coercive_recruitment.debt_bondage",
    "exploitative_conditions.excessive_hours",
    "exploitative_conditions.bad_living_conditions",
    "exploitative_conditions.low_or_no_salary",
    "exploitative_conditions.hazardous_work",
    "exploitative_conditions.wage_manipulation",
    "coercion_at_destination.confiscation_of_documents",
    "coercion_at_destination.withholding_of_wages",
    "vulnerability_at_destination.relationship_with_authorities",
    "wonen.woont_op_werkplek",
];

const CRIMINAL: [&str; 9] = [
    "abuse_of_vulnerability.economic_reasons",
    "abuse_of_vulnerability.control_of_exploiters",
    "coercion_at_destination.forced_into_crime",
    "coercion_at_destination.debt_bondage",
    "coercion_at_destination.threats_of_violence",
    "coercion_at_destination.forced_to_lie",
    "school_werk.verzuim",
    "geld.dure_spullen",
    "controle.wordt_opgewacht",
];

const OTHER: [&str; 6] = [
    "abuse_of_vulnerability.family_situation",
    "coercion_at_destination.isolation_or_surveillance",
    "coercion_at_destination.withholding_of_wages",
    "vulnerability_at_destination.dependency_on_exploiters",
    "documenten.paspoort_bij_ander",
    "gedrag.vermijdt_onderwerp",
];

/// The signals that fit a group of forms.
pub(crate) fn indicators(group: Group) -> &'static [&'static str] {
    match group {
        Group::Sexual => &SEXUAL,
        Group::Labour => &LABOUR,
        Group::Criminal => &CRIMINAL,
        Group::Other => &OTHER,
    }
}

/// Wordings of signals for explanations, Dutch.
pub(crate) fn wording(code: &str) -> &'static str {
    match code.rsplit('.').next().unwrap_or(code) {
        "nature_of_job" => "het werk bleek iets anders dan beloofd",
        "promises_of_marriage" => "er was een huwelijk of relatie beloofd",
        "debt_bondage" => "er is een schuld die niet af te lossen is",
        "psychological_dependency" => "de persoon is sterk afhankelijk van één ander",
        "confiscation_of_documents" => "het paspoort is afgenomen",
        "forced_tasks_or_clients" => "de persoon kan klanten of taken niet weigeren",
        "isolation_or_surveillance" => "de persoon wordt afgezonderd of in de gaten gehouden",
        "threats_of_violence" => "er wordt gedreigd",
        "withholding_of_wages" => "loon wordt ingehouden",
        "dependency_on_exploiters" => "huis, geld en vervoer komen van dezelfde mensen",
        "altijd_bereikbaar" => "de persoon moet altijd bereikbaar zijn",
        "advertentie_door_ander" => "een ander plaatste de advertentie",
        "wages" => "het loon is lager dan afgesproken",
        "housing_conditions" => "de woning is anders dan beloofd",
        "excessive_hours" => "de werkdagen zijn veel te lang",
        "bad_living_conditions" => "de woonruimte is slecht",
        "low_or_no_salary" => "er wordt weinig of niets betaald",
        "hazardous_work" => "het werk is gevaarlijk",
        "wage_manipulation" => "er gaan steeds kosten van het loon af",
        "relationship_with_authorities" => "angst voor instanties wordt gebruikt",
        "woont_op_werkplek" => "de persoon woont op de werkplek",
        "economic_reasons" => "geldnood wordt gebruikt",
        "control_of_exploiters" => "oudere jongens bepalen wat er gebeurt",
        "forced_into_crime" => "de persoon moet strafbare dingen doen",
        "forced_to_lie" => "de persoon moet liegen tegen instanties",
        "verzuim" => "er is opvallend schoolverzuim",
        "dure_spullen" => "er zijn ineens dure spullen",
        "wordt_opgewacht" => "de persoon wordt opgewacht",
        "family_situation" => "de gezinssituatie wordt gebruikt",
        "paspoort_bij_ander" => "een ander bewaart het paspoort",
        _ => "de persoon vermijdt het onderwerp",
    }
}
