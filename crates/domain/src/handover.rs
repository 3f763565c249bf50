//! Handing a person over from an investigating service (K5) to care (K3): to whom, and what goes along.
//!
//! Sharing with the coordination centre rests on the Besluit politiegegevens, everything onward on the person's consent
//! (art. 4:2 Besluit politiegegevens; art. 19 Wpg). What was not consented to stays behind, and nothing of an
//! investigation goes along.

use crate::{
    age::Age,
    answer::Answer,
    code::{DataCode, OrgKind, org},
    ids::PersonId,
    minors::{Authority, GiverError},
    person::{ContactRules, Exploitation, Family, KnownAs, PossibleVictim, Residence, Safety, Sex},
    statement::Statements,
};

/// Purpose code of the consent.
pub const PURPOSE: &str = "care";

/// Without these care cannot keep somebody safe: they always go along, so the consent has to name them.
pub const ALWAYS: &[&str] = &["safety", "language", "age", "sex"];

/// What care needs to reach somebody safely: offered as ticked. Anything else that goes along needs a reason
/// (data minimisation, art. 5(1)(c) AVG).
pub const ROUTING: &[&str] = &["contact"];

/// What the person can let go along or keep back, each by itself.
pub const CHOOSABLE: &[&str] = &[
    "identity",
    "contact",
    "family",
    "care_needs",
    "entitlement",
    "form",
    "origin",
];

/// Why a handover was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HandoverError {
    /// Only care coordination takes somebody over.
    #[error("{0} does not take people over: choose a care coordinator or the coordination centre")]
    NotCare(OrgKind),
    /// This giver cannot consent.
    #[error(transparent)]
    Giver(#[from] GiverError),
    /// The consent leaves out what care cannot do without.
    #[error("the consent must name `{0}`: without it care cannot keep the person safe")]
    Missing(&'static str),
}

/// Does this kind of organisation take people over?
pub fn may_receive(kind: &OrgKind) -> Result<(), HandoverError> {
    match kind.as_str() {
        org::ZCO | org::COM => Ok(()),
        _ => Err(HandoverError::NotCare(kind.clone())),
    }
}

/// The consent names what always goes along.
pub fn covers_minimum(data: &[DataCode]) -> Result<(), HandoverError> {
    match ALWAYS.iter().find(|need| !data.iter().any(|d| d.is(need))) {
        Some(missing) => Err(HandoverError::Missing(missing)),
        None => Ok(()),
    }
}

/// Whether something goes along that finding care does not need.
#[must_use]
pub fn needs_reason(data: &[DataCode]) -> bool {
    data.iter()
        .any(|d| !ALWAYS.iter().chain(ROUTING).any(|code| d.is(code)))
}

/// The person as care gets to know her: under a pseudonym of her own, with what was consented to and nothing else.
/// Statements, moments and places of the exploitation stay in the dossier.
#[must_use]
pub fn for_care(person: &PossibleVictim, pseudonym: PersonId, data: &[DataCode]) -> PossibleVictim {
    let always = ALWAYS.iter().map(|code| DataCode::literal(code));
    let data: Vec<DataCode> = always.chain(data.iter().cloned()).collect();
    let mut out = part(person, pseudonym, &data);
    out.family.authority = person.family.authority;
    out
}

/// Exactly these categories of a person, under a pseudonym; of every other category nothing. What protects her goes along whatever else does:
/// that a parent is suspected, and that nobody calls a number that was not given.
#[must_use]
pub fn part(person: &PossibleVictim, pseudonym: PersonId, data: &[DataCode]) -> PossibleVictim {
    let told = |code: &str| data.iter().any(|d| d.is(code));
    let safety = pick(told("safety"), &person.safety, Safety::default);
    PossibleVictim {
        id: pseudonym,
        known_as: pick(told("identity"), &person.known_as, KnownAs::default),
        age: pick(told("age"), &person.age, || Age::Unknown),
        sex: pick(told("sex"), &person.sex, || Sex::Unknown),
        nationalities: pick(told("origin"), &person.nationalities, Vec::new),
        origin: pick(told("origin"), &person.origin, || None),
        languages: pick(told("language"), &person.languages, Vec::new),
        interpreter: pick(told("language"), &person.interpreter, || Answer::Unknown),
        residence: pick(told("entitlement"), &person.residence, || {
            Residence::Unknown
        }),
        safety: Safety {
            contact: pick(told("contact"), &person.safety.contact, || ContactRules {
                // What protects goes along even when the number does not.
                never_call: true,
                ..ContactRules::default()
            }),
            parent_suspected: person.safety.parent_suspected,
            ..safety
        },
        family: pick(told("family"), &person.family, Family::default),
        exploitation: Exploitation {
            forms: pick(told("form"), &person.exploitation.forms, Vec::new),
            ..Exploitation::default()
        },
        needs: pick(told("care_needs"), &person.needs, Vec::new),
        statements: Statements::none(),
    }
}

/// What is known of a person, with what was told since: it fills what nobody knew. What care found out itself stays as it is.
#[must_use]
pub fn filled(known: &PossibleVictim, told: &PossibleVictim) -> PossibleVictim {
    let mut out = known.clone();
    fill(&mut out.known_as.name, &told.known_as.name, Option::is_none);
    fill(
        &mut out.known_as.alias,
        &told.known_as.alias,
        Option::is_none,
    );
    fill(&mut out.age, &told.age, |age| *age == Age::Unknown);
    fill(&mut out.sex, &told.sex, |sex| *sex == Sex::Unknown);
    fill(&mut out.nationalities, &told.nationalities, Vec::is_empty);
    fill(&mut out.origin, &told.origin, Option::is_none);
    fill(&mut out.languages, &told.languages, Vec::is_empty);
    fill(&mut out.interpreter, &told.interpreter, |a| {
        *a == Answer::Unknown
    });
    fill(&mut out.residence, &told.residence, |r| {
        *r == Residence::Unknown
    });
    fill(
        &mut out.family.children,
        &told.family.children,
        Vec::is_empty,
    );
    fill(&mut out.family.pregnant, &told.family.pregnant, |a| {
        *a == Answer::Unknown
    });
    fill(&mut out.family.authority, &told.family.authority, |a| {
        *a == Authority::Unknown
    });
    fill(
        &mut out.exploitation.forms,
        &told.exploitation.forms,
        Vec::is_empty,
    );
    fill(&mut out.needs, &told.needs, Vec::is_empty);
    let (safety, said) = (&mut out.safety, &told.safety);
    fill(&mut safety.avoid, &said.avoid, Vec::is_empty);
    fill(
        &mut safety.must_not_know,
        &said.must_not_know,
        Vec::is_empty,
    );
    fill(&mut safety.phone_safe, &said.phone_safe, |a| {
        *a == Answer::Unknown
    });
    fill(&mut safety.device_watched, &said.device_watched, |a| {
        *a == Answer::Unknown
    });
    let nothing = ContactRules {
        never_call: safety.contact.never_call,
        ..ContactRules::default()
    };
    fill(&mut safety.contact, &said.contact, |rules| {
        *rules == nothing
    });
    // A suspicion once told is not untold by silence.
    safety.parent_suspected |= said.parent_suspected;
    out
}

fn fill<T: Clone>(known: &mut T, told: &T, unknown: impl FnOnce(&T) -> bool) {
    if unknown(known) {
        known.clone_from(told);
    }
}

fn pick<T: Clone>(told: bool, value: &T, otherwise: impl FnOnce() -> T) -> T {
    if told { value.clone() } else { otherwise() }
}
