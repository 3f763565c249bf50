//! Consent: named, free, dated, and over when withdrawn.

use crate::samples::*;
use domain::{
    code::{DataCode, LanguageCode, PurposeCode},
    consent::*,
    ids::*,
    minors::Giver,
};

pub fn terms() -> ConsentTerms {
    ConsentTerms {
        purpose: PurposeCode::literal("registration"),
        recipients: vec![Recipient::Kind { kind: org("COM") }],
        data: vec![DataCode::literal("sector"), DataCode::literal("age")],
        given: day("2026-03-01"),
        until: Some(day("2026-08-31")),
    }
}

pub fn explained() -> Explained {
    Explained {
        language: LanguageCode::literal("ro"),
        interpreter: true,
        how: text("read aloud, with time for questions"),
        help_does_not_depend: true,
    }
}

pub fn given(terms: ConsentTerms, giver: Giver, form: ConsentForm) -> Consent {
    let id = ConsentId::new(uuid(1));
    Consent::give(
        id,
        PersonId::new(uuid(1)),
        giver,
        terms,
        explained(),
        form,
        morning(),
    )
    .unwrap()
}

/// Written consent of the person to registration at CoMensha.
pub fn to_comensha() -> Consent {
    given(terms(), Giver::Person, ConsentForm::Written)
}

fn refused(terms: ConsentTerms, explained: Explained) -> ConsentError {
    let id = ConsentId::new(uuid(1));
    let person = PersonId::new(uuid(1));
    Consent::give(
        id,
        person,
        Giver::Person,
        terms,
        explained,
        ConsentForm::Written,
        morning(),
    )
    .unwrap_err()
}

#[test]
fn consent_names_receivers_data_and_an_end_after_its_beginning() {
    assert_eq!(
        refused(
            ConsentTerms {
                recipients: vec![],
                ..terms()
            },
            explained()
        ),
        ConsentError::NoRecipient
    );
    assert_eq!(
        refused(
            ConsentTerms {
                data: vec![],
                ..terms()
            },
            explained()
        ),
        ConsentError::NoData
    );
    let early = ConsentTerms {
        until: Some(day("2026-02-28")),
        ..terms()
    };
    assert!(matches!(
        refused(early, explained()),
        ConsentError::EndsBeforeStart { .. }
    ));
}

#[test]
fn consent_on_which_help_depends_is_no_consent() {
    let forced = Explained {
        help_does_not_depend: false,
        ..explained()
    };
    assert_eq!(refused(terms(), forced), ConsentError::NotFree);
}

#[test]
fn it_holds_from_its_first_day_through_its_last() {
    let consent = to_comensha();
    for (date, holds) in [
        ("2026-02-28", false),
        ("2026-03-01", true),
        ("2026-08-31", true),
        ("2026-09-01", false),
    ] {
        assert_eq!(consent.holds_on(day(date)), holds, "{date}");
    }
    let open = given(
        ConsentTerms {
            until: None,
            ..terms()
        },
        Giver::Person,
        ConsentForm::Written,
    );
    assert!(open.holds_on(day("2040-01-01")));
}

#[test]
fn it_may_be_given_for_one_day() {
    let one = day("2026-03-01");
    let today = given(
        ConsentTerms {
            given: one,
            until: Some(one),
            ..terms()
        },
        Giver::Person,
        ConsentForm::Written,
    );
    assert!(today.holds_on(one));
    assert!(!today.holds_on(day("2026-02-28")) && !today.holds_on(day("2026-03-02")));
}

#[test]
fn it_covers_what_it_names_and_nothing_else() {
    let consent = to_comensha();
    let purpose = PurposeCode::literal("registration");
    let on = day("2026-03-09");
    let age = [DataCode::literal("age")];
    assert!(consent.covers(&purpose, None, &org("COM"), &age, on));
    assert!(!consent.covers(&purpose, None, &org("POL"), &age, on));
    assert!(!consent.covers(
        &PurposeCode::literal("shelter"),
        None,
        &org("COM"),
        &age,
        on
    ));
    assert!(!consent.covers(
        &purpose,
        None,
        &org("COM"),
        &[DataCode::literal("identity")],
        on
    ));
    let one = ConsentTerms {
        recipients: vec![Recipient::Org {
            org: OrgId::new(uuid(3)),
        }],
        ..terms()
    };
    let one = given(one, Giver::Person, ConsentForm::Written);
    assert!(one.covers(&purpose, Some(OrgId::new(uuid(3))), &org("COM"), &age, on));
    assert!(!one.covers(&purpose, Some(OrgId::new(uuid(4))), &org("COM"), &age, on));
    assert!(!one.covers(&purpose, None, &org("COM"), &age, on));
}

#[test]
fn withdrawal_works_forward_once_and_says_whom_to_tell() {
    let (withdrawn, follows) = to_comensha()
        .withdraw(morning(), day("2026-03-10"))
        .unwrap();
    assert!(withdrawn.holds_on(day("2026-03-09")) && !withdrawn.holds_on(day("2026-03-10")));
    assert_eq!(follows.tell, terms().recipients);
    assert_eq!(follows.purpose.as_str(), "registration");
    let again = withdrawn.withdraw(morning(), day("2026-03-11"));
    assert_eq!(
        again.unwrap_err(),
        ConsentError::AlreadyWithdrawn(ConsentId::new(uuid(1)))
    );
}
