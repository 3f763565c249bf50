//! Victimhood is a list of statements.

use crate::samples::*;
use domain::{
    ids::PersonId,
    person::PossibleVictim,
    statement::{StatementError, Statements, Threshold, VictimhoodStatement, may_state},
};

fn said(threshold: Threshold, kind: &'static str) -> VictimhoodStatement {
    VictimhoodStatement {
        threshold,
        by: morning(),
        org_kind: org(kind),
        reason: text("because"),
    }
}

#[test]
fn each_threshold_has_its_own_voice() {
    use Threshold::*;
    let may = [
        (Detected, "FW", true),
        (SlightestIndication, "NLA", true),
        (SlightestIndication, "ZCO", false),
        (Registered, "COM", true),
        (Registered, "POL", false),
        (Plausible, "K4", true),
        (Plausible, "OM", false),
        (InCriminalCase, "OM", true),
        (InCriminalCase, "POL", false),
        (Not, "IND", true),
    ];
    for (threshold, kind, expected) in may {
        assert_eq!(
            may_state(threshold, &org(kind)).is_ok(),
            expected,
            "{threshold:?} by {kind}"
        );
    }
}

#[test]
fn contradicting_statements_stand_beside_each_other() {
    let statements = Statements::none()
        .with(said(Threshold::Detected, "FW"))
        .and_then(|s| s.with(said(Threshold::Not, "POL")))
        .and_then(|s| s.with(said(Threshold::Plausible, "K4")))
        .unwrap();
    assert_eq!(statements.all().len(), 3);
    assert!(statements.has(Threshold::Not) && statements.has(Threshold::Plausible));
    assert_eq!(
        statements.latest(Threshold::Plausible).unwrap().org_kind,
        org("K4")
    );
    let refused = statements.with(said(Threshold::Plausible, "POL"));
    assert!(matches!(
        refused,
        Err(StatementError::NotTheirs {
            may: "the opinion panel",
            ..
        })
    ));
}

#[test]
fn somebody_of_whom_nothing_is_known_is_a_minor_and_no_victim_by_default() {
    let person = PossibleVictim::unknown(PersonId::new(uuid(1)));
    assert!(person.is_minor_on(day("2026-03-09")).is_minor());
    assert!(person.was_minor_at_start().is_minor());
    assert!(person.statements.all().is_empty());
    assert!(!person.signer_facts().parent_suspected);
}
