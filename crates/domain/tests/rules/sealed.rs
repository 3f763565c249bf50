//! What is stored reads back as it was, and what is not expected is refused, not dropped.

use crate::samples::*;
use domain::{
    case::Case,
    consent::Consent,
    edition::Edition,
    ids::*,
    intake::Intake,
    opinion::Opinion,
    person::PossibleVictim,
    placement::Placement,
    reflection::Reflection,
    report::{Report, ReporterContact},
    shelter_request::ShelterRequest,
};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(thing: &T) {
    let json = serde_json::to_value(thing).unwrap();
    assert_eq!(serde_json::from_value::<T>(json.clone()).unwrap(), *thing);
    let mut more = json;
    more.as_object_mut()
        .unwrap()
        .insert("unexpected".to_owned(), 1.into());
    let refused = serde_json::from_value::<T>(more).unwrap_err().to_string();
    assert!(refused.contains("unexpected"), "{refused}");
}

#[test]
fn every_record_reads_back_and_refuses_what_it_does_not_know() {
    let routed = received(content("x"))
        .answer_acute(acute(domain::Answer::Yes))
        .and_then(|r| r.0.record_call(call()))
        .and_then(|r| r.accept(morning(), at("2026-03-10T09:00:00Z")))
        .and_then(|r| r.0.route(vec![decision(1)]))
        .unwrap();
    check::<Report>(&routed);
    check(&ReporterContact {
        report: ReportId::new(uuid(1)),
        name: None,
        organisation: None,
        channel: Some(text("only in the evening")),
        safe_times: None,
        code_word: Some(text("tulip")),
        never_call: true,
    });
    check::<Case>(&Case::open(
        CaseId::new(uuid(1)),
        PersonId::new(uuid(1)),
        None,
        morning(),
    ));
    check::<PossibleVictim>(&PossibleVictim::unknown(PersonId::new(uuid(1))));
    check::<Consent>(&crate::consents::to_comensha());
    check::<Intake>(&crate::intakes::dossier());
    check::<Reflection>(&crate::reflections::offered(true).accept(morning()).unwrap());
    check::<ShelterRequest>(&crate::placements::request());
    check::<Placement>(
        &placement(1, 1, 2)
            .hold(at("2026-03-09T15:00:00Z"), morning())
            .unwrap(),
    );
    check::<Opinion>(&crate::opinions::requested());
    let name = "2026-1".parse().unwrap();
    check::<Edition>(
        &Edition::begin(
            EditionId::new(uuid(1)),
            name,
            domain::edition::Cycle::HalfYearly,
        )
        .unwrap(),
    );
}

#[test]
fn a_report_is_stored_in_the_words_of_the_vocabulary() {
    let report = received(content("a shed with eight people"));
    insta::assert_snapshot!(serde_json::to_string_pretty(&report).unwrap());
}
