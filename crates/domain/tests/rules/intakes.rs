//! The dossier of an investigating service: two findings with reasons, and what is owed after.

use crate::samples::*;
use domain::{
    age::Age,
    ids::*,
    intake::*,
    person::{PossibleVictim, Residence},
};

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
        stay: Stay::ThirdCountry,
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
    let european = Assessment {
        stay: Stay::Eu,
        ..assessment(true, true)
    };
    assert_eq!(
        obligations(&european),
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
fn a_dutch_person_has_no_question_of_a_reflection_period() {
    use Obligation::*;
    let dutch = Assessment {
        stay: Stay::Dutch,
        ..assessment(true, false)
    };
    let owed = obligations(&dutch);
    assert!(!owed.contains(&OfferReflection) && !owed.contains(&DecideReflection));
    assert!(owed.contains(&Register));
}

#[test]
fn what_is_owed_for_a_person_follows_that_person() {
    use Obligation::*;
    let mut person = PossibleVictim::unknown(PersonId::new(uuid(3)));
    person.residence = Residence::Eu;
    person.age = Age::certain(day("1997-01-01"), day("2026-03-09")).unwrap();
    let owed = obligations_for(&assessment(true, true), &person, day("2026-03-09"));
    assert_eq!(owed, [DecideReflection, Register, InformVictim]);
    // Of somebody of whom nothing is known everything is owed that doubt asks for.
    let nobody = PossibleVictim::unknown(PersonId::new(uuid(4)));
    let owed = obligations_for(&assessment(true, true), &nobody, day("2026-03-09"));
    assert!(owed.contains(&ChildProtection) && owed.contains(&DecideReflection));
    assert_eq!(
        notices(&nobody, day("2026-03-09")),
        [
            Notice::AgeInDoubt,
            Notice::MeansNotNeeded,
            Notice::ParentsInformedUnlessUnsafe
        ]
    );
}

#[test]
fn a_service_opens_a_dossier_itself_or_sends_one_back() {
    let own = Intake::open(IntakeId::new(uuid(9)), org("KMAR"), morning()).unwrap();
    assert_eq!((own.state_name(), own.from), ("assessing", None));
    let refused = Intake::open(IntakeId::new(uuid(9)), org("ZCO"), morning());
    assert_eq!(refused.unwrap_err(), IntakeError::NotAService(org("ZCO")));
    let back = dossier()
        .send_back(text("for the Labour Authority"), morning())
        .unwrap();
    assert_eq!(back.state_name(), "sent_back");
    assert!(back.take_up(morning()).is_err());
    assert!(own.send_back(text("why"), morning()).is_err());
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
