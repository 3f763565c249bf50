//! The dossier of an investigating service: two findings with reasons, and what is owed after.

use crate::samples::*;
use domain::{ids::*, intake::*};

pub fn dossier() -> Intake {
    let (id, from) = (IntakeId::new(uuid(1)), DisclosureId::new(uuid(1)));
    Intake::receive(
        id,
        from,
        org("POL"),
        at(MORNING),
        at("2026-03-16T09:00:00Z"),
    )
    .unwrap()
}

pub fn assessment(indication: bool, leads: bool) -> Assessment {
    Assessment {
        slightest_indication: Finding {
            yes: indication,
            reason: text("because"),
        },
        enough_leads: Finding {
            yes: leads,
            reason: text("because"),
        },
        forms: vec![form("SU")],
        minor: false,
        third_country: Some(true),
        by: morning(),
    }
}

fn assessed(assessment: Assessment) -> Intake {
    dossier()
        .take_up(morning())
        .unwrap()
        .assess(assessment)
        .unwrap()
        .0
}

#[test]
fn only_investigating_services_have_a_dossier() {
    let (id, from) = (IntakeId::new(uuid(1)), DisclosureId::new(uuid(1)));
    let refused = Intake::receive(id, from, org("ZCO"), at(MORNING), at(MORNING));
    assert_eq!(refused.unwrap_err(), IntakeError::NotAService(org("ZCO")));
}

#[test]
fn the_desk_always_gets_word() {
    assert_eq!(
        obligations(&assessment(false, false)),
        [Obligation::AnswerDesk]
    );
}

#[test]
fn the_slightest_indication_brings_the_offer_and_the_registration() {
    use Obligation::*;
    assert_eq!(
        obligations(&assessment(true, false)),
        [
            AnswerDesk,
            OfferReflection,
            Register,
            InformVictim,
            ReportToEmm
        ]
    );
    let dutch = Assessment {
        third_country: Some(false),
        ..assessment(true, true)
    };
    assert_eq!(
        obligations(&dutch),
        [
            AnswerDesk,
            DecideReflection,
            Register,
            InformVictim,
            ConsultProsecutor,
            ReportToEmm
        ]
    );
}

#[test]
fn s3_a_minor_forced_to_crime_brings_the_non_punishment_question() {
    let daan = Assessment {
        minor: true,
        forms: vec![form("CU-UITHALER")],
        ..assessment(true, true)
    };
    let owed = obligations(&daan);
    assert!(
        owed.contains(&Obligation::NonPunishmentQuestion)
            && owed.contains(&Obligation::ChildProtection)
    );
    let adult = Assessment {
        minor: false,
        ..daan
    };
    assert!(!obligations(&adult).contains(&Obligation::NonPunishmentQuestion));
}

#[test]
fn an_outcome_cannot_contradict_what_was_found() {
    let refused = assessed(assessment(true, false)).close(
        IntakeOutcome::NotTrafficking,
        text("why"),
        morning(),
    );
    assert!(matches!(refused, Err(IntakeError::Contradiction { .. })));
    let refused = assessed(assessment(true, true)).close(
        IntakeOutcome::NotEnoughLeads,
        text("why"),
        morning(),
    );
    assert!(matches!(refused, Err(IntakeError::Contradiction { .. })));
    let anew = assessed(assessment(true, false))
        .take_up(morning())
        .unwrap();
    let anew = anew.assess(assessment(false, false)).unwrap().0;
    assert!(
        anew.close(IntakeOutcome::NotTrafficking, text("why"), morning())
            .is_ok()
    );
}

#[test]
fn nothing_is_closed_unassessed() {
    let refused = dossier().close(IntakeOutcome::NotEnoughLeads, text("why"), morning());
    assert_eq!(
        refused.unwrap_err().to_string(),
        "cannot close a dossier that is received"
    );
}
