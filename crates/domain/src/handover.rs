//! Handing a person over from an investigating service (K5) to care (K3): to whom, and what goes along.
//!
//! Sharing with the coordination centre rests on the Besluit politiegegevens, everything onward on the person's consent
//! (art. 4:2 Besluit politiegegevens; art. 19 Wpg). What was not consented to stays behind, and nothing of an
//! investigation goes along.

use crate::{
    answer::Answer,
    code::{DataCode, OrgKind, org},
    ids::PersonId,
    minors::GiverError,
    person::{ContactRules, Exploitation, Family, KnownAs, PossibleVictim, Residence, Safety},
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
    let told = |code: &str| data.iter().any(|d| d.is(code));
    let safety = &person.safety;
    PossibleVictim {
        id: pseudonym,
        known_as: pick(told("identity"), &person.known_as, KnownAs::default),
        age: person.age,
        sex: person.sex,
        nationalities: pick(told("origin"), &person.nationalities, Vec::new),
        origin: pick(told("origin"), &person.origin, || None),
        languages: person.languages.clone(),
        interpreter: person.interpreter,
        residence: pick(told("entitlement"), &person.residence, || {
            Residence::Unknown
        }),
        safety: Safety {
            contact: pick(told("contact"), &safety.contact, || ContactRules {
                // What protects goes along even when the number does not.
                never_call: true,
                ..ContactRules::default()
            }),
            ..safety.clone()
        },
        family: pick(told("family"), &person.family, || Family {
            children: Vec::new(),
            pregnant: Answer::Unknown,
            authority: person.family.authority,
        }),
        exploitation: Exploitation {
            forms: pick(told("form"), &person.exploitation.forms, Vec::new),
            ..Exploitation::default()
        },
        needs: pick(told("care_needs"), &person.needs, Vec::new),
        statements: Statements::none(),
    }
}

fn pick<T: Clone>(told: bool, value: &T, otherwise: impl FnOnce() -> T) -> T {
    if told { value.clone() } else { otherwise() }
}
