//! Registration: the duty, written consent, or an anonymous count.

use crate::{
    consents::{given, terms, to_comensha},
    samples::*,
};
use domain::{
    age::{Age, AgeInYears},
    code::{CountryCode, PurposeCode, RegionCode},
    consent::{Consent, ConsentForm, ConsentTerms, Recipient},
    ids::*,
    minors::{Authority, Giver, SignerFacts},
    person::Sex,
    registration::*,
};

fn adult() -> SignerFacts {
    SignerFacts {
        age: Age::Certain {
            born: day("1996-05-05"),
        },
        authority: Authority::Unknown,
        parent_suspected: false,
    }
}

fn child(born: &str, authority: Authority, parent_suspected: bool) -> SignerFacts {
    SignerFacts {
        age: Age::Certain { born: day(born) },
        authority,
        parent_suspected,
    }
}

fn basis(by: &'static str, person: &SignerFacts, consents: &[Consent]) -> Basis {
    may_register(&org(by), person, consents, day("2026-03-09"))
}

fn why(by: &'static str, person: &SignerFacts, consents: &[Consent]) -> CountWhy {
    match basis(by, person, consents) {
        Basis::CountOnly { why } => why,
        other => panic!("expected a count, got {other:?}"),
    }
}

const WRITTEN: Basis = Basis::WrittenConsent {
    consent: ConsentId::new(uuid::Uuid::from_u128(1)),
};

#[test]
fn police_kmar_and_labour_authority_register_without_consent_each_on_its_article() {
    for (by, article) in [
        ("POL", ARTICLE_POLICE),
        ("KMAR", ARTICLE_POLICE),
        ("NLA", ARTICLE_NLA),
    ] {
        assert_eq!(
            basis(by, &adult(), &[]),
            Basis::LegalDuty {
                article: article.to_owned()
            }
        );
        let noa = child("2011-05-05", Authority::Parents, true);
        assert!(
            matches!(basis(by, &noa, &[]), Basis::LegalDuty { .. }),
            "also for a minor"
        );
    }
}

#[test]
fn everybody_else_needs_written_consent_to_comensha_that_holds() {
    assert_eq!(basis("ZCO", &adult(), &[to_comensha()]), WRITTEN);
    assert_eq!(why("FW", &adult(), &[]), CountWhy::NoConsent);
    let oral = given(terms(), Giver::Person, ConsentForm::OralRecorded);
    assert_eq!(why("FW", &adult(), &[oral]), CountWhy::NotWritten);
    let shelter = ConsentTerms {
        purpose: PurposeCode::literal("shelter"),
        ..terms()
    };
    let shelter = given(shelter, Giver::Person, ConsentForm::Written);
    assert_eq!(
        why("FW", &adult(), &[shelter]),
        CountWhy::OtherPurposeOrReceiver
    );
    let police = ConsentTerms {
        recipients: vec![Recipient::Kind { kind: org("POL") }],
        ..terms()
    };
    let police = given(police, Giver::Person, ConsentForm::Written);
    assert_eq!(
        why("FW", &adult(), &[police]),
        CountWhy::OtherPurposeOrReceiver
    );
    let (withdrawn, _) = to_comensha()
        .withdraw(morning(), day("2026-03-09"))
        .unwrap();
    assert_eq!(
        why("FW", &adult(), std::slice::from_ref(&withdrawn)),
        CountWhy::NotInForce
    );
    assert_eq!(
        basis("FW", &adult(), &[withdrawn, to_comensha()]),
        WRITTEN,
        "a good one among others"
    );
}

#[test]
fn sixteen_signs_alone_below_that_parents_or_guardian() {
    let by_parents = given(terms(), Giver::Parents, ConsentForm::Written);
    let by_guardian = given(terms(), Giver::Guardian, ConsentForm::Written);
    let by_one = given(terms(), Giver::OneParent, ConsentForm::Written);
    let sixteen = child("2010-03-09", Authority::Parents, false);
    assert_eq!(basis("JZ", &sixteen, &[to_comensha()]), WRITTEN);
    assert_eq!(
        why("JZ", &sixteen, std::slice::from_ref(&by_parents)),
        CountWhy::WrongSigner
    );
    let fifteen = child("2010-03-10", Authority::Parents, false);
    assert_eq!(why("JZ", &fifteen, &[to_comensha()]), CountWhy::WrongSigner);
    assert_eq!(
        basis("JZ", &fifteen, std::slice::from_ref(&by_parents)),
        WRITTEN
    );
    assert_eq!(why("JZ", &fifteen, &[by_one]), CountWhy::WrongSigner);
    let ward = child("2010-03-10", Authority::GuardianNidos, false);
    assert_eq!(
        basis("NID", &ward, std::slice::from_ref(&by_guardian)),
        WRITTEN
    );
    assert_eq!(why("NID", &ward, &[by_parents]), CountWhy::WrongSigner);
}

#[test]
fn s4_a_suspected_mother_never_signs_and_the_guardian_does_once_appointed() {
    let by_parents = given(terms(), Giver::Parents, ConsentForm::Written);
    let noa = child("2011-11-11", Authority::Parents, true);
    assert_eq!(
        why("VT", &noa, &[by_parents]),
        CountWhy::ParentSuspectedNoGuardian
    );
    let by_guardian = given(terms(), Giver::Guardian, ConsentForm::Written);
    let noa = child("2011-11-11", Authority::GuardianGi, true);
    assert_eq!(basis("GI", &noa, &[by_guardian]), WRITTEN);
}

#[test]
fn doubt_about_age_keeps_the_signature_with_parents_or_guardian() {
    let doubtful = SignerFacts {
        age: Age::estimated(15, 19, day("2026-03-09")).unwrap(),
        authority: Authority::Unknown,
        parent_suspected: false,
    };
    assert_eq!(
        why("ZCO", &doubtful, &[to_comensha()]),
        CountWhy::AuthorityUnknown
    );
}

fn data() -> RegistrationData {
    RegistrationData {
        form: form("AU-HUIS"),
        sector: Some(form("AU-HUIS")),
        age: AgeInYears::Exactly { age: 34 },
        sex: Sex::Female,
        origin: Some(CountryCode::literal("MA")),
        region: Some(RegionCode::literal("PE06")),
        reporter: org("ZCO"),
    }
}

fn register(
    basis: Basis,
    detected: &str,
    registered: &str,
) -> Result<Registration, RegistrationError> {
    Registration::new(
        RegistrationId::new(uuid(1)),
        data(),
        basis,
        day(detected),
        day(registered),
    )
}

#[test]
fn days_from_detection_are_counted_and_cannot_be_negative() {
    let duty = Basis::LegalDuty {
        article: ARTICLE_POLICE.to_owned(),
    };
    assert_eq!(
        register(duty.clone(), "2026-02-26", "2026-03-02")
            .unwrap()
            .days_from_detection(),
        4
    );
    assert_eq!(
        register(duty.clone(), "2026-03-02", "2026-03-02")
            .unwrap()
            .days_from_detection(),
        0
    );
    assert!(matches!(
        register(duty, "2026-03-02", "2026-03-01"),
        Err(RegistrationError::BeforeDetection { .. })
    ));
}

#[test]
fn s6_without_consent_only_a_count_remains_and_it_points_to_nobody() {
    let only = Basis::CountOnly {
        why: CountWhy::NoConsent,
    };
    assert!(matches!(
        register(only, "2026-03-01", "2026-03-02"),
        Err(RegistrationError::OnlyCount { .. })
    ));
    let count = AnonymousCount::from_data(&data(), day("2026-03-01")).unwrap();
    let stored = serde_json::to_value(&count).unwrap();
    let mut fields: Vec<&str> = stored
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    fields.sort_unstable();
    assert_eq!(fields, ["form", "month", "region", "reporter"]);
    assert_eq!(stored["form"], "AU", "the main form only");
    assert_eq!(
        stored["month"],
        serde_json::json!({"year": 2026, "month": 3})
    );
}

#[test]
fn registration_holds_what_the_law_names_and_nothing_else() {
    let stored = serde_json::to_value(data()).unwrap();
    let mut fields: Vec<&str> = stored
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    fields.sort_unstable();
    assert_eq!(
        fields,
        [
            "age", "form", "origin", "region", "reporter", "sector", "sex"
        ]
    );
}

#[test]
fn severe_disadvantage_is_never_counted_as_trafficking() {
    let data = RegistrationData {
        form: form("EB"),
        ..data()
    };
    let duty = Basis::LegalDuty {
        article: ARTICLE_NLA.to_owned(),
    };
    let on = day("2026-03-01");
    let refused = Registration::new(RegistrationId::new(uuid(1)), data.clone(), duty, on, on);
    assert!(matches!(
        refused,
        Err(RegistrationError::NotTrafficking { .. })
    ));
    assert!(AnonymousCount::from_data(&data, on).is_err());
}
