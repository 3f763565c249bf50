//! Who is entitled to which shelter and who may place: an explained answer, with what is uncertain shown as uncertain.

use crate::{
    answer::Bilingual,
    code::{MunicipalityCode, OrgKind, org},
    person::Residence,
    room::ShelterKind,
    shelter_request::Entitlement,
};
use serde::{Deserialize, Serialize};

/// What decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlacingFacts {
    /// Treated as a minor.
    pub minor: bool,
    /// A minor without parents here, foreign.
    pub unaccompanied: bool,
    /// Right of residence.
    pub residence: Residence,
    /// The reflection period runs.
    pub in_reflection: bool,
    /// Several serious problems at once (mental illness, addiction, disability).
    pub multiple_problems: bool,
    /// It is urgent, outside office hours, and no COSM place is possible.
    pub acute_out_of_hours: bool,
    /// Municipality of registration.
    pub registered_in: Option<MunicipalityCode>,
    /// Municipality where the person was found.
    pub found_in: Option<MunicipalityCode>,
}

/// One way to a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Kinds of shelter.
    pub kinds: Vec<ShelterKind>,
    /// Which right is meant.
    pub entitlement: Entitlement,
    /// Who decides on the placement.
    pub authority: Vec<OrgKind>,
    /// Only they may: nobody else places here.
    pub exclusive: bool,
    /// Why.
    pub because: Bilingual,
    /// Source.
    pub source: String,
}

/// Which municipality answers for it. The rule names two without choosing between them, so both are shown and a person
/// decides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Responsible {
    /// Municipality of registration.
    pub registered_in: Option<MunicipalityCode>,
    /// Municipality where the person was found.
    pub found_in: Option<MunicipalityCode>,
    /// They differ or neither is known: somebody has to decide and record it.
    pub to_be_decided: bool,
}

/// What is uncertain, with the task it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Uncertain {
    /// The right to shelter is uncertain (`recht_onzeker`): legal aid.
    RightToShelter,
    /// The residence is not known: find out, do not wait with safety.
    ResidenceUnknown,
    /// Which municipality is responsible.
    ResponsibleMunicipality,
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlacingAnswer {
    /// Ways to a place, best first.
    pub routes: Vec<Route>,
    /// Which municipality answers for it.
    pub responsible: Responsible,
    /// What is uncertain.
    pub uncertain: Vec<Uncertain>,
}

/// Who may place this person where, and why.
#[must_use]
pub fn who_may_place(facts: &PlacingFacts) -> PlacingAnswer {
    let mut routes = if facts.minor {
        minor_routes(facts)
    } else {
        adult_routes(facts)
    };
    if facts.acute_out_of_hours {
        let entitlement = routes
            .first()
            .map_or(Entitlement::Uncertain, |r| r.entitlement);
        routes.push(emergency_bed(entitlement));
    }
    let responsible = responsible(facts);
    let mut uncertain = Vec::new();
    if routes
        .iter()
        .any(|r| r.entitlement == Entitlement::Uncertain)
    {
        uncertain.push(Uncertain::RightToShelter);
    }
    if facts.residence == Residence::Unknown && !facts.in_reflection {
        uncertain.push(Uncertain::ResidenceUnknown);
    }
    if responsible.to_be_decided {
        uncertain.push(Uncertain::ResponsibleMunicipality);
    }
    PlacingAnswer {
        routes,
        responsible,
        uncertain,
    }
}

fn responsible(facts: &PlacingFacts) -> Responsible {
    let (registered_in, found_in) = (facts.registered_in.clone(), facts.found_in.clone());
    // Only when both are known and the same is there nothing to decide.
    let to_be_decided = registered_in.is_none() || registered_in != found_in;
    Responsible {
        registered_in,
        found_in,
        to_be_decided,
    }
}

fn minor_routes(facts: &PlacingFacts) -> Vec<Route> {
    // `amv` is a word of aliens law: a Dutch or EU child alone here is for youth care.
    if facts.unaccompanied && !matches!(facts.residence, Residence::Dutch | Residence::Eu) {
        return vec![Route {
            kinds: vec![ShelterKind::BoAmv],
            entitlement: Entitlement::UnaccompaniedMinor,
            authority: kinds(&[org::NID]),
            exclusive: true,
            because: Bilingual::new(
                "Alleenstaande minderjarige vreemdeling: Nidos besluit bij de geringste aanwijzing over de beschermde opvang.",
                "Unaccompanied foreign minor: Nidos decides on protected reception at the slightest indication.",
            ),
            source: "wegwijzermensenhandel.nl, ondersteuning minderjarigen".to_owned(),
        }];
    }
    vec![Route {
        kinds: vec![
            ShelterKind::JeugdGespecialiseerd,
            ShelterKind::JeugdGesloten,
        ],
        entitlement: Entitlement::Youth,
        authority: kinds(&["GEM", org::GI]),
        exclusive: false,
        because: Bilingual::new(
            "Minderjarig, of misschien minderjarig: jeugdhulp, zo nodig met een kinderbeschermingsmaatregel.",
            "A minor, or possibly one: youth care, if needed with a child protection measure.",
        ),
        source: "Jeugdwet; wegwijzermensenhandel.nl, opvang".to_owned(),
    }]
}

fn adult_routes(facts: &PlacingFacts) -> Vec<Route> {
    let mut routes = Vec::new();
    let lawful = matches!(
        facts.residence,
        Residence::Dutch
            | Residence::Eu
            | Residence::B8Permit
            | Residence::B9Permit
            | Residence::OtherPermit
            | Residence::AsylumPermit
            | Residence::TemporaryProtection
    );
    let in_reflection = facts.in_reflection || facts.residence == Residence::ReflectionPeriod;
    let entitlement = match (in_reflection, lawful) {
        (true, _) => Entitlement::ReflectionPeriod,
        (false, true) => Entitlement::Wmo,
        (false, false) if matches!(facts.residence, Residence::Asylum | Residence::Dublin) => {
            Entitlement::Rva
        }
        (false, false) => Entitlement::Uncertain,
    };
    if facts.multiple_problems {
        routes.push(multiple_problems(entitlement));
    }
    routes.push(match entitlement {
        Entitlement::ReflectionPeriod => Route {
            kinds: vec![ShelterKind::Cosm],
            entitlement,
            authority: kinds(&[org::COM]),
            exclusive: true,
            because: Bilingual::new(
                "Volwassene in de bedenktijd: alleen CoMensha plaatst in de categorale opvang.",
                "Adult in the reflection period: only CoMensha places in the categorical shelter.",
            ),
            source: "Vc B8/3; CoMensha, coördinatie opvang".to_owned(),
        },
        Entitlement::Wmo => Route {
            kinds: vec![
                ShelterKind::VoCrisis,
                ShelterKind::VoVerblijf,
                ShelterKind::Mannenopvang,
                ShelterKind::Mo,
            ],
            entitlement,
            authority: kinds(&["VO", "MO", "CGM"]),
            exclusive: false,
            because: Bilingual::new(
                "Volwassene met rechtmatig verblijf: vrouwen-, mannen- of maatschappelijke opvang; de opvang en de centrumgemeente besluiten, CoMensha bemiddelt.",
                "Adult with lawful stay: women's, men's or social shelter; the shelter and the centre municipality decide, CoMensha mediates.",
            ),
            source: "Wmo 2015 art. 1.2.1 en 2.6.1".to_owned(),
        },
        Entitlement::Rva => Route {
            kinds: vec![ShelterKind::BegeleidWonen, ShelterKind::Noodbed],
            entitlement,
            authority: kinds(&["COA"]),
            exclusive: false,
            because: Bilingual::new(
                "In de asielprocedure zonder bedenktijd: het COA vangt op; vraag om een veilige plek binnen die opvang.",
                "In the asylum procedure without reflection period: COA gives reception; ask for a safe place within it.",
            ),
            source: "Wet COA; Rva 2005".to_owned(),
        },
        _ => Route {
            kinds: vec![ShelterKind::Noodbed, ShelterKind::Mo],
            entitlement,
            authority: kinds(&["VO", "MO", "GEM"]),
            exclusive: false,
            because: Bilingual::new(
                "Geen bedenktijd en geen (bekend) rechtmatig verblijf: alleen beperkte en tijdelijke opvang; het recht is onzeker, er hoort rechtshulp bij.",
                "No reflection period and no (known) lawful stay: only limited and temporary shelter; the right is uncertain and needs legal aid.",
            ),
            source: "US TIP Report 2023, Netherlands; art. 11 Directive 2011/36/EU".to_owned(),
        },
    });
    routes
}

fn multiple_problems(entitlement: Entitlement) -> Route {
    Route {
        kinds: vec![ShelterKind::Omm],
        entitlement,
        authority: kinds(&[org::COM]),
        exclusive: true,
        because: Bilingual::new(
            "Meerdere ernstige problemen tegelijk: opvang met multiproblematiek, geplaatst door CoMensha.",
            "Several serious problems at once: shelter for multiple problems, placed by CoMensha.",
        ),
        source: "CoMensha, coördinatie opvang (OMM)".to_owned(),
    }
}

fn emergency_bed(entitlement: Entitlement) -> Route {
    Route {
        kinds: vec![ShelterKind::Noodbed],
        entitlement,
        authority: kinds(&[org::POL]),
        exclusive: false,
        because: Bilingual::new(
            "Spoed buiten kantooruren en geen plek in de categorale opvang: de politie plaatst in een noodbed in de regio.",
            "Urgent, out of hours, and no place in the categorical shelter: the police place in an emergency bed in the region.",
        ),
        source: "CoMensha, 24/7 bereikbaar".to_owned(),
    }
}

fn kinds(codes: &[&'static str]) -> Vec<OrgKind> {
    codes.iter().copied().map(OrgKind::literal).collect()
}
