//! Handing over for a vital interest: when it may be thought of, and what stays.

use std::collections::BTreeSet;

use crate::samples::*;
use domain::{
    age::Age,
    answer::Answer,
    code::DataCode,
    handover,
    ids::PersonId,
    person::{PossibleVictim, Residence, Sex},
    vital::{self, ASKABLE, CIRCUMSTANCES, CannotConsent, PROPOSED, VitalError},
    vocabulary::Vocabulary,
};

const ON: &str = "2026-11-23";

fn born(year: i16) -> Age {
    Age::certain(jiff::civil::date(year, 3, 1), day(ON)).unwrap()
}

fn codes(all: &[&str]) -> BTreeSet<DataCode> {
    all.iter().map(|c| DataCode::new(*c).unwrap()).collect()
}

/// Somebody of whom every category says something that can be found again.
fn known() -> PossibleVictim {
    let mut person = PossibleVictim::unknown(PersonId::new(uuid(1)));
    person.known_as.name = Some(text("Blessing"));
    person.age = born(2001);
    person.sex = Sex::Female;
    person.languages = vec![domain::code::LanguageCode::new("en").unwrap()];
    person.residence = Residence::Dublin;
    person.safety.contact.safe_channel = Some(text("0612345678"));
    person.safety.must_not_know = vec![text("neef Osas")];
    person.safety.parent_suspected = true;
    person.family.pregnant = Answer::Yes;
    person.exploitation.forms = vec![form("SU")];
    person.needs = vec![text("sleep")];
    person
}

#[test]
fn reasons_for_a_child_are_for_whoever_others_consent_for() {
    let on = day(ON);
    for reason in CannotConsent::ALL {
        assert!(reason.fits(&born(2015), on).is_ok(), "{reason:?}");
        assert!(reason.fits(&Age::Unknown, on).is_ok(), "doubt: {reason:?}");
        let doubt = Age::estimated(15, 19, on).unwrap();
        assert!(reason.fits(&doubt, on).is_ok(), "doubt: {reason:?}");
        for older in [born(2010), born(1990)] {
            let said = reason.fits(&older, on);
            match reason.is_for_children() {
                true => assert_eq!(said, Err(VitalError::ConsentsHerself), "{reason:?}"),
                false => assert!(said.is_ok(), "{reason:?}"),
            }
        }
    }
    // The day on which she becomes sixteen she consents herself.
    let sixteen = Age::certain(jiff::civil::date(2010, 11, 23), on).unwrap();
    assert!(CannotConsent::NobodySafe.fits(&sixteen, on).is_err());
    assert!(
        CannotConsent::NobodySafe
            .fits(&sixteen, day("2026-11-22"))
            .is_ok()
    );
}

#[test]
fn what_does_not_keep_her_safe_averts_nothing() {
    assert_eq!(
        vital::averts(&codes(&["language", "identity"])),
        Err(VitalError::NotSafety)
    );
    assert!(vital::averts(&codes(&["safety"])).is_ok());
    assert!(vital::averts(&codes(&PROPOSED)).is_ok());
}

#[test]
fn of_a_category_that_does_not_go_nothing_goes() {
    let secrets = [
        ("identity", "Blessing"),
        ("age", "2001-03-01"),
        ("sex", "\"F\""),
        ("language", "\"en\""),
        ("entitlement", "dublin"),
        ("contact", "0612345678"),
        ("safety", "neef Osas"),
        ("family", "\"pregnant\":\"yes\""),
        ("form", "\"SU\""),
        ("care_needs", "sleep"),
    ];
    for (only, _) in secrets {
        let goes: Vec<DataCode> = codes(&[only]).into_iter().collect();
        let told = handover::part(&known(), PersonId::new(uuid(2)), &goes);
        let json = serde_json::to_string(&told).unwrap();
        for (category, secret) in secrets {
            assert_eq!(
                json.contains(secret),
                category == only,
                "{category} with {only}: {json}"
            );
        }
        assert!(told.safety.parent_suspected, "what protects goes along");
        assert!(only == "contact" || told.safety.contact.never_call);
    }
}

#[test]
fn the_rest_fills_what_nobody_knew_and_changes_nothing_that_care_found() {
    let goes: Vec<DataCode> = codes(&PROPOSED).into_iter().collect();
    let pseudonym = PersonId::new(uuid(2));
    let mut at_care = handover::part(&known(), pseudonym, &goes);
    at_care.sex = Sex::Other;
    at_care.needs = vec![text("a doctor")];
    let all: Vec<DataCode> = codes(&ASKABLE).into_iter().collect();
    let rest = handover::for_care(&known(), PersonId::new(uuid(3)), &all);
    let now = handover::filled(&at_care, &rest);
    assert_eq!(now.id, pseudonym);
    assert_eq!(now.known_as, known().known_as);
    assert_eq!((now.age, now.sex), (born(2001), Sex::Other));
    assert_eq!(now.needs, [text("a doctor")]);
    assert_eq!(now.residence, Residence::Dublin);
    assert_eq!(
        handover::filled(&now, &PossibleVictim::unknown(pseudonym)),
        now
    );
}

#[test]
fn its_codes_are_words_of_the_vocabulary() {
    let words = Vocabulary::builtin().unwrap();
    for code in codes(&ASKABLE) {
        assert!(words.data_categories.contains(&code, day(ON)), "{code}");
    }
    for circumstance in CIRCUMSTANCES {
        let code = domain::vocabulary::Code::new(circumstance).unwrap();
        assert!(
            words.circumstances.contains(&code, day(ON)),
            "{circumstance}"
        );
    }
    assert!(PROPOSED.iter().all(|code| ASKABLE.contains(code)));
}
