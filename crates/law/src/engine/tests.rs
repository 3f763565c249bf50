//! The engine from inside: slices against the whole, Cedar against our own explanation, and what happens when it fails.

use std::sync::Arc;

use super::*;
use crate::answer::Verdict;
use crate::decide::Case;
use crate::law::Law;
use crate::why::Fit;

fn law() -> Arc<Law> {
    Law::built_in().unwrap_or_else(|error| panic!("{error}"))
}

/// Every ninth cell keeps the tests quick; the cells of one act are alike.
fn questions(law: &Law) -> Vec<Question> {
    law.cells()
        .iter()
        .step_by(9)
        .map(|cell| {
            law.read_question(cell.question.to_string().as_bytes())
                .unwrap()
        })
        .collect()
}

fn all_policies(policies: &Policies) -> Vec<Policy> {
    policies
        .acts
        .iter()
        .map(|act| {
            Policy::parse(Some(PolicyId::new(act.key())), cedar::policy(policies, act)).unwrap()
        })
        .collect()
}

#[test]
fn a_slice_answers_as_the_whole_set_does() {
    let law = law();
    let sliced = Engine::build(&law.policies).unwrap();
    let mut whole = Engine::build(&law.policies).unwrap();
    let all = || PolicySet::from_policies(all_policies(&law.policies)).unwrap();
    whole.slices.slices = vec![slices::Slice {
        share: all(),
        consult: Some(all()),
        to: law.policies.codes.orgs.all(),
    }];
    whole.slices.places.fill(0);
    for question in questions(&law) {
        for category in law.policies.codes.data.all().iter() {
            let consented = Consented::of(&question, category);
            assert_eq!(
                sliced.rule(&question, category, consented).unwrap(),
                whole.rule(&question, category, consented).unwrap(),
                "{question:?} {category}"
            );
        }
    }
}

#[test]
fn what_we_explain_is_what_cedar_decided() {
    let law = law();
    let engine = Engine::build(&law.policies).unwrap();
    for question in questions(&law) {
        let case = Case {
            policies: &law.policies,
            engine: &engine,
            question: &question,
        };
        for category in law.policies.codes.data.all().iter() {
            let fitting = |permits: bool| -> Vec<usize> {
                let acts = law.policies.acts.iter().enumerate();
                acts.filter(|(_, act)| {
                    act.effect == crate::model::Effect::Permit
                        && act.permits() == permits
                        && act.from.has(question.from)
                        && Fit::of(&case, act, category).is_whole()
                })
                .map(|(place, _)| place)
                .collect()
            };
            let consented = Consented::of(&question, category);
            match engine.rule(&question, category, consented).unwrap() {
                Ruling::Permitted(acts) => assert_eq!(acts, fitting(true)),
                Ruling::Unclear(acts) => {
                    assert_eq!(acts, fitting(false));
                    assert!(fitting(true).is_empty());
                }
                Ruling::Silent => assert!(fitting(true).is_empty() && fitting(false).is_empty()),
                Ruling::Forbidden(acts) => assert!(!acts.is_empty()),
            }
        }
    }
}

#[test]
fn every_request_fits_the_schema() {
    let law = law();
    let engine = Engine::build(&law.policies).unwrap();
    let schema = schema(&law.policies).unwrap();
    for question in questions(&law).iter().take(100) {
        let context = engine.context(question, Consented::default()).unwrap();
        let request = Request::new(
            at(&engine.orgs, question.from).unwrap(),
            engine.share.clone(),
            at(&engine.data, 0).unwrap(),
            context,
            Some(&schema),
        );
        assert!(request.is_ok(), "{request:?}");
    }
}

/// A policy that fails while it is asked: the sum is larger than Cedar's numbers go.
const FAILS: &str =
    "forbid (principal, action, resource) when { context.day + 9223372036854775807 > 0 };";

#[test]
fn an_engine_that_fails_says_no_and_why() {
    let law = law();
    let mut engine = Engine::build(&law.policies).unwrap();
    let failing = Policy::parse(Some(PolicyId::new("fails")), FAILS).unwrap();
    for slice in &mut engine.slices.slices {
        slice.share.add(failing.clone()).unwrap();
    }
    let json = br#"{"date":"2026-11-21","from":"POL","to":"COM","purpose":"registration","data":["sector","age"]}"#;
    let question = law.read_question(json).unwrap();
    let case = Case {
        policies: &law.policies,
        engine: &engine,
        question: &question,
    };
    let answer = case.answer();
    assert_eq!(answer.verdict, Verdict::No);
    assert!(answer.engine_failed && answer.data.is_empty() && answer.grounds.is_empty());
    assert_eq!(answer.explanation.code, "engine_failed");
    assert!(
        answer
            .withheld
            .iter()
            .all(|held| held.why.code == "engine_failed")
    );
    assert_eq!(answer.withheld.len(), 2);
    assert!(answer.explanation.words.nl.contains("112"));
    assert_eq!(
        law.decide(&question).verdict,
        Verdict::Yes,
        "the sound engine says yes"
    );
}

#[test]
fn a_policy_that_does_not_validate_is_refused_by_name() {
    let law = law();
    let mut texts: Vec<String> = law
        .policies
        .acts
        .iter()
        .map(|act| cedar::policy(&law.policies, act))
        .collect();
    texts[0] = texts[0].replace("context.purpose", "context.porpoise");
    let error = Engine::over(&law.policies, texts.clone()).err().unwrap();
    assert!(
        error
            .to_string()
            .contains("policies/acts/01-police-registration.toml:1"),
        "{error}"
    );
    texts[0] = "permit (principal".to_owned();
    assert!(Engine::over(&law.policies, texts).is_err());
}

#[test]
fn a_place_outside_the_tables_is_no_place() {
    let law = law();
    let engine = Engine::build(&law.policies).unwrap();
    let codes = &law.policies.codes;
    let data = u8::try_from(codes.data.all().iter().count()).unwrap();
    let purposes = u8::try_from(codes.purposes.all().iter().count()).unwrap();
    assert!(engine.slices.place(0, data - 1, purposes - 1).is_some());
    // One too far would read the place of another organisation.
    assert_eq!(engine.slices.place(0, data, 0), None);
    assert_eq!(engine.slices.place(0, 0, purposes), None);
}
