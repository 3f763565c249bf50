//! The words of the rules are the codes of the vocabulary, in both directions.

use crate::samples::*;
use domain::{
    action::Status,
    case::{ClosingReason, Phase},
    code::org,
    opinion::Verdict,
    person::{Residence, Sex},
    reflection::EndReason,
    report::{Channel, Outcome, ReporterKind},
    room::ShelterKind,
    routing::RoutingRules,
    shelter_request::{CareNeed, Entitlement, Security},
    vocabulary::{Code, Facts, List, Vocabulary},
};
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

fn vocabulary() -> &'static Vocabulary {
    Vocabulary::builtin().unwrap()
}

fn codes<F: Facts>(list: &List<F>) -> BTreeSet<String> {
    list.valid_on(day("2026-03-09"))
        .map(|e| e.code.as_str().to_owned())
        .collect()
}

/// The names that a type takes, from what it says when it gets another one.
fn names<T: DeserializeOwned>(tag: Option<&str>) -> BTreeSet<String> {
    let bogus = match tag {
        None => serde_json::json!("no such name"),
        Some(tag) => serde_json::json!({ tag: "no such name" }),
    };
    let Err(error) = serde_json::from_value::<T>(bogus) else {
        panic!("takes anything")
    };
    let text = error.to_string();
    let expected = text
        .split("expected")
        .nth(1)
        .unwrap_or_else(|| panic!("{text}"));
    expected
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_list_of_the_rules_is_a_list_of_the_vocabulary() {
    let v = vocabulary();
    assert_eq!(names::<Channel>(None), codes(&v.channels));
    assert_eq!(names::<ReporterKind>(None), codes(&v.reporter_kinds));
    assert_eq!(names::<Outcome>(Some("outcome")), codes(&v.report_outcomes));
    assert_eq!(
        names::<ClosingReason>(Some("reason")),
        codes(&v.closing_reasons)
    );
    assert_eq!(names::<EndReason>(None), codes(&v.reflection_ends));
    assert_eq!(names::<Residence>(None), codes(&v.residence_statuses));
    assert_eq!(names::<Sex>(None), codes(&v.sexes));
    assert_eq!(names::<Security>(None), codes(&v.security_levels));
    assert_eq!(names::<Entitlement>(None), codes(&v.entitlements));
    assert_eq!(names::<CareNeed>(None), codes(&v.care_kinds));
    assert_eq!(names::<ShelterKind>(None), codes(&v.shelter_types));
    assert_eq!(names::<Status>(None), codes(&v.action_statuses));
    assert_eq!(names::<Phase>(None), codes(&v.case_phases));
    let mut opinions = names::<Verdict>(None);
    opinions.insert("ingetrokken".to_owned());
    assert_eq!(opinions, codes(&v.opinion_outcomes));
}

#[test]
fn organisations_that_a_rule_names_exist() {
    let kinds = codes(&vocabulary().organisation_kinds);
    let named = [
        org::POL,
        org::KMAR,
        org::NLA,
        org::OM,
        org::EMM,
        org::COM,
        org::ZCO,
        org::VT,
        org::NID,
        org::GI,
        org::IND,
        org::K4,
    ];
    for kind in named.into_iter().chain(["VO", "MO", "CGM", "GEM", "COA"]) {
        assert!(kinds.contains(kind), "{kind}");
    }
    for rule in RoutingRules::standard().unwrap().all() {
        assert!(kinds.contains(rule.to.as_str()), "{}", rule.id);
        assert!(
            rule.fallback
                .as_ref()
                .is_none_or(|k| kinds.contains(k.as_str())),
            "{}",
            rule.id
        );
    }
}

#[test]
fn every_form_has_a_rule_that_sends_it_somewhere() {
    let forms = codes(&vocabulary().forms);
    let rules = include_str!("../../src/routing/rules.toml");
    for form in forms {
        let code: Code<_> = domain::code::FormCode::new(form).unwrap();
        assert!(rules.contains(&format!("\"{}\"", code.head())), "{code}");
    }
}
