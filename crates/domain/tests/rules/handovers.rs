//! Handing over to care: who consents, and what stays behind.

use crate::samples::*;
use domain::{
    age::Age,
    code::DataCode,
    handover::{self, ALWAYS, CHOOSABLE, HandoverError, ROUTING},
    ids::PersonId,
    minors::{Authority, Giver, GiverError, SignerFacts, may_consent},
    person::PossibleVictim,
    vocabulary::Vocabulary,
};

fn data(codes: &[&str]) -> Vec<DataCode> {
    codes.iter().map(|c| DataCode::new(*c).unwrap()).collect()
}

fn blessing() -> PossibleVictim {
    let mut person = PossibleVictim::unknown(PersonId::new(uuid(1)));
    person.known_as.name = Some(text("Blessing"));
    person.safety.contact.safe_channel = Some(text("0612345678"));
    person.exploitation.forms = vec![form("SU")];
    person.needs = vec![text("sleep")];
    person
}

#[test]
fn what_is_not_consented_to_stays_behind() {
    let pseudonym = PersonId::new(uuid(2));
    let little = handover::for_care(&blessing(), pseudonym, &data(ALWAYS));
    let json = serde_json::to_string(&little).unwrap();
    for secret in ["Blessing", "0612345678", "\"SU\"", "sleep"] {
        assert!(!json.contains(secret), "{secret} in {json}");
    }
    assert!(little.safety.contact.never_call);
    assert_eq!(little.id, pseudonym);
    let all: Vec<&str> = ALWAYS.iter().chain(CHOOSABLE).copied().collect();
    let much = handover::for_care(&blessing(), pseudonym, &data(&all));
    assert_eq!(much.known_as, blessing().known_as);
    assert_eq!(much.needs, blessing().needs);
}

#[test]
fn the_categories_are_words_of_the_vocabulary() {
    let words = Vocabulary::builtin().unwrap();
    for code in data(ALWAYS).into_iter().chain(data(CHOOSABLE)) {
        assert!(
            words.data_categories.contains(&code, day("2026-03-09")),
            "{code}"
        );
    }
    assert_eq!(
        handover::covers_minimum(&data(&["safety", "age", "sex"])),
        Err(HandoverError::Missing("language"))
    );
}

#[test]
fn only_what_reaches_the_person_goes_along_without_a_reason() {
    let least: Vec<&str> = ALWAYS.iter().chain(ROUTING).copied().collect();
    assert!(!handover::needs_reason(&data(ALWAYS)));
    assert!(!handover::needs_reason(&data(&least)));
    for more in CHOOSABLE.iter().filter(|code| !ROUTING.contains(code)) {
        let with = [least.as_slice(), &[*more]].concat();
        assert!(handover::needs_reason(&data(&with)), "{more}");
    }
    assert!(ROUTING.iter().all(|code| CHOOSABLE.contains(code)));
}

#[test]
fn a_suspected_parent_never_consents() {
    let today = day("2026-03-09");
    let child = SignerFacts {
        age: Age::certain(day("2012-01-01"), today).unwrap(),
        authority: Authority::Parents,
        parent_suspected: true,
    };
    for giver in [Giver::Parents, Giver::OneParent, Giver::Guardian] {
        let refused = may_consent(giver, &child, today);
        assert_eq!(refused, Err(GiverError::ParentExcluded));
    }
    let ward = SignerFacts {
        authority: Authority::GuardianGi,
        ..child
    };
    assert!(may_consent(Giver::Guardian, &ward, today).is_ok());
    let unsuspected = SignerFacts {
        parent_suspected: false,
        ..child
    };
    assert!(may_consent(Giver::Parents, &unsuspected, today).is_ok());
    // A guardian consents when there is one; a guardian who is no institution not while a guardian or parent is suspected.
    let guardian = |authority, parent_suspected| {
        let facts = SignerFacts {
            authority,
            parent_suspected,
            ..child
        };
        may_consent(Giver::Guardian, &facts, today)
    };
    assert_eq!(guardian(Authority::GuardianOther, false), Ok(()));
    assert_eq!(
        guardian(Authority::GuardianOther, true),
        Err(GiverError::ParentExcluded)
    );
    assert_eq!(
        guardian(Authority::Parents, false),
        Err(GiverError::NoGuardian)
    );
    let adult = SignerFacts {
        age: Age::certain(day("2000-01-01"), today).unwrap(),
        ..unsuspected
    };
    assert_eq!(
        may_consent(Giver::Parents, &adult, today),
        Err(GiverError::OfAge)
    );
    assert!(may_consent(Giver::Person, &adult, today).is_ok());
}

#[test]
fn only_care_coordination_takes_over() {
    assert!(handover::may_receive(&org("ZCO")).is_ok());
    assert_eq!(
        handover::may_receive(&org("POL")),
        Err(HandoverError::NotCare(org("POL")))
    );
}
