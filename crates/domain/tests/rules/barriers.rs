//! Barriers: about places and firms, never about people; one way from thought to end, and every day where it belongs.

use domain::barrier::{
    Aim, AimFault, Barrier, BarrierError, BarrierState, Ended, Ending, PLANS_MAX, Place, Plan,
    PlanNumber, STATES, Words, WordsError, YIELDS_MAX, Yield,
};
use domain::code::{FormCode, MunicipalityCode, RegionCode};
use domain::ids::{BarrierId, OrgId};
use domain::person_guard::Looks;
use domain::vocabulary::{BarrierInstrumentCode, BarrierStepCode, BarrierTargetCode, Vocabulary};
use domain::{By, time::dutch_date};
use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;

use crate::samples::*;

pub fn words(said: &str) -> Words {
    Words::new(text(said), false).unwrap()
}

pub fn aim() -> Aim {
    Aim {
        step: BarrierStepCode::literal("huisvesten"),
        instrument: BarrierInstrumentCode::literal("sluiting"),
        target: BarrierTargetCode::literal("hotel"),
        place: Place::Municipality(MunicipalityCode::literal("GM0363")),
        forms: vec![FormCode::literal("SU")],
        what: words("Een hotel bij het station met twaalf kamers"),
        action: None,
    }
}

fn consider(aim: Aim) -> Result<Barrier, BarrierError> {
    let vocabulary = Vocabulary::builtin().unwrap();
    Barrier::consider(BarrierId::new(uuid(7)), morning(), aim, vocabulary)
}

pub fn considered() -> Barrier {
    consider(aim()).unwrap()
}

pub fn plan(until: &str) -> Plan {
    Plan {
        who: words("Team vergunningen"),
        until: day(until),
        by: morning(),
    }
}

pub fn found(on: &str) -> Yield {
    Yield {
        on: day(on),
        what: words("Het hotel neemt geen contant geld meer aan"),
        by: morning(),
    }
}

pub fn ending(how: Ended, on: &str) -> Ending {
    Ending {
        how,
        on: day(on),
        reason: words("De termijn van drie maanden is voorbij"),
        by: morning(),
    }
}

fn raised() -> Barrier {
    let planned = considered().plan(plan("2026-04-01")).unwrap();
    planned.raise(day("2026-03-02"), morning()).unwrap()
}

#[test]
fn a_barrier_goes_from_thought_to_end_and_tells_what_came_of_it() {
    let standing = raised().note(found("2026-03-05")).unwrap();
    assert_eq!(standing.state_name(), "raised");
    assert!(!standing.is_over());
    let over = standing
        .end(ending(Ended::Expired, "2026-03-08"))
        .unwrap()
        .note(found("2026-03-09"))
        .unwrap();
    assert_eq!(over.state_name(), "expired");
    assert!(over.is_over());
    let kept = over.raised().unwrap();
    assert_eq!(kept.on, day("2026-03-02"));
    assert_eq!(kept.yields().len(), 2);
    assert_eq!(over.plan_now().unwrap().until, day("2026-04-01"));
}

#[test]
fn a_plan_can_change_and_the_earlier_one_is_kept() {
    let again = considered()
        .plan(plan("2026-04-01"))
        .unwrap()
        .plan(plan("2026-05-01"))
        .unwrap();
    assert_eq!(again.earlier().len(), 1);
    assert_eq!(again.earlier()[0].until, day("2026-04-01"));
    assert_eq!(again.plan_now().unwrap().until, day("2026-05-01"));
    let dropped = again
        .give_up(words("de exploitant stopt"), morning())
        .unwrap();
    assert_eq!(dropped.plan_now().unwrap().until, day("2026-05-01"));
    assert!(dropped.is_over() && dropped.raised().is_none());
}

#[test]
fn days_lie_where_they_belong() {
    let planned = || considered().plan(plan("2026-04-01")).unwrap();
    assert_eq!(
        considered().plan(plan("2026-03-08")),
        Err(BarrierError::Over(day("2026-03-08")))
    );
    assert!(considered().plan(plan("2026-03-09")).is_ok(), "today");
    assert_eq!(
        considered().plan(plan("2031-03-10")),
        Err(BarrierError::TooFar(day("2031-03-10")))
    );
    assert_eq!(
        planned().raise(day("2026-03-10"), morning()),
        Err(BarrierError::Ahead(day("2026-03-10")))
    );
    assert_eq!(
        planned().raise(day("0206-03-01"), morning()),
        Err(BarrierError::TooFar(day("0206-03-01")))
    );
    assert!(planned().raise(day("2021-03-09"), morning()).is_ok());
    let early = day("2026-03-01");
    let before = BarrierError::BeforeRaised {
        day: early,
        raised: day("2026-03-02"),
    };
    assert_eq!(
        raised().end(ending(Ended::Lifted, "2026-03-01")),
        Err(before.clone())
    );
    assert_eq!(raised().note(found("2026-03-01")), Err(before));
    assert_eq!(
        raised().note(found("2026-03-10")),
        Err(BarrierError::Ahead(day("2026-03-10")))
    );
}

#[test]
fn another_organisation_takes_no_step() {
    let other = By {
        org: OrgId::new(uuid(2)),
        ..morning()
    };
    let theirs = Plan {
        by: other,
        ..plan("2026-04-01")
    };
    let no = BarrierError::OtherOrganisation;
    assert_eq!(considered().plan(theirs), Err(no.clone()));
    assert_eq!(raised().give_up(words("nee"), other), Err(no.clone()));
    let planned = considered().plan(plan("2026-04-01")).unwrap();
    assert_eq!(planned.raise(day("2026-03-02"), other), Err(no));
}

#[test]
fn every_fault_of_an_aim_is_told_at_once() {
    let wrong = Aim {
        step: BarrierStepCode::literal("slapen"),
        instrument: BarrierInstrumentCode::literal("toveren"),
        target: BarrierTargetCode::literal("kasteel"),
        place: Place::Municipality(MunicipalityCode::literal("GM9999")),
        forms: vec![FormCode::literal("XX")],
        ..aim()
    };
    assert_eq!(
        consider(wrong),
        Err(BarrierError::Aim(vec![
            AimFault::Step,
            AimFault::Instrument,
            AimFault::Target,
            AimFault::Place,
            AimFault::Form,
        ]))
    );
    let unfit = Aim {
        instrument: BarrierInstrumentCode::literal("wwft_melding"),
        ..aim()
    };
    assert_eq!(
        consider(unfit),
        Err(BarrierError::Aim(vec![AimFault::Unfit]))
    );
    let unit = Aim {
        place: Place::Region(RegionCode::literal("RE06")),
        ..aim()
    };
    assert_eq!(
        consider(unit),
        Err(BarrierError::Aim(vec![AimFault::Place])),
        "a police unit is no safety region"
    );
}

#[test]
fn the_region_of_a_municipality_is_its_safety_region() {
    let vocabulary = Vocabulary::builtin().unwrap();
    let today = dutch_date(morning().at);
    let region = aim().region(vocabulary, today).unwrap();
    assert_eq!(region.as_str(), "VR13");
}

#[test]
fn there_are_eight_steps_and_each_has_an_instrument() {
    let vocabulary = Vocabulary::builtin().unwrap();
    let today = dutch_date(morning().at);
    let steps: Vec<_> = vocabulary.barrier_steps.valid_on(today).collect();
    let orders: Vec<u16> = steps.iter().map(|step| step.facts.order).collect();
    assert_eq!(orders, [1, 2, 3, 4, 5, 6, 7, 8]);
    for step in steps {
        let mut all = vocabulary.barrier_instruments.valid_on(today);
        assert!(all.any(|one| one.facts.fits(&step.code)), "{}", step.code);
    }
}

#[test]
fn words_name_a_firm_and_no_person() {
    let said = |words: &str, looked| Words::new(text(words), looked);
    let address = "Het hotel aan de Stationsstraat 12";
    assert_eq!(
        said(address, false),
        Err(WordsError::Confirm(Looks::Address))
    );
    let confirmed = said(address, true).unwrap();
    assert!(confirmed.is_confirmed());
    assert_eq!(confirmed.text().as_str(), address);
    let owner = "Hotel van mevrouw Jansen";
    assert_eq!(said(owner, false), Err(WordsError::Confirm(Looks::Name)));
    assert!(
        said(owner, true).is_ok(),
        "a firm may bear its owner's name"
    );
    for (never, looks) in [
        ("Bel 06-12345678", Looks::Phone),
        ("Schrijf naar iemand@example.nl", Looks::Email),
        ("De beheerder is geboren op 3 mei 1999", Looks::Birth),
        ("Nummer 123456782", Looks::Bsn),
    ] {
        assert_eq!(said(never, true), Err(WordsError::Person(looks)), "{never}");
    }
    let plain = said("Een vakantiepark met vijftig huisjes", true).unwrap();
    assert!(!plain.is_confirmed(), "there was nothing to confirm");
}

#[test]
fn a_plan_number_is_what_the_plan_writes() {
    let number = |text: &str| PlanNumber::try_from(text.to_owned());
    assert_eq!(number("3.b").unwrap().as_str(), "3.b");
    for wrong in ["", ".", "3 b", "3.b; drop", "1234567890123", "<b>"] {
        assert!(number(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn what_is_kept_of_one_barrier_has_an_end() {
    let mut standing = raised();
    for _ in 0..YIELDS_MAX {
        standing = standing.note(found("2026-03-05")).unwrap();
    }
    assert_eq!(
        standing.note(found("2026-03-05")),
        Err(BarrierError::Full(YIELDS_MAX))
    );
    let mut planned = considered().plan(plan("2026-04-01")).unwrap();
    for _ in 0..PLANS_MAX {
        planned = planned.plan(plan("2026-04-01")).unwrap();
    }
    assert_eq!(
        planned.plan(plan("2026-04-01")),
        Err(BarrierError::Full(PLANS_MAX))
    );
}

/// A step that somebody tries, with how many days from today.
#[derive(Debug, Clone)]
enum Try {
    Plan(i64),
    Raise(i64),
    Note(i64),
    End(Ended, i64),
    GiveUp,
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let days = -30_i64..30;
    let how = prop::sample::select(Ended::ALL.to_vec());
    let one = prop_oneof![
        days.clone().prop_map(Try::Plan),
        days.clone().prop_map(Try::Raise),
        days.clone().prop_map(Try::Note),
        (how, days).prop_map(|(how, n)| Try::End(how, n)),
        Just(Try::GiveUp),
    ];
    prop::collection::vec(one, 0..14)
}

fn away(days: i64) -> Date {
    dutch_date(morning().at).saturating_add(days.days())
}

fn take(barrier: Barrier, step: &Try) -> Result<Barrier, BarrierError> {
    match step {
        Try::Plan(n) => barrier.plan(Plan {
            until: away(*n),
            ..plan("2026-04-01")
        }),
        Try::Raise(n) => barrier.raise(away(*n), morning()),
        Try::Note(n) => barrier.note(Yield {
            on: away(*n),
            ..found("2026-03-05")
        }),
        Try::End(how, n) => barrier.end(Ending {
            on: away(*n),
            ..ending(*how, "2026-03-08")
        }),
        Try::GiveUp => barrier.give_up(words("toch niet"), morning()),
    }
}

proptest! {
    #[test]
    fn whatever_is_tried_a_barrier_stays_true(tried in tries()) {
        let today = dutch_date(morning().at);
        let mut here = considered();
        for step in &tried {
            let before = here.clone();
            let Ok(next) = take(here.clone(), step) else {
                prop_assert_eq!(&here, &before);
                continue;
            };
            prop_assert!(STATES.contains(&next.state_name()));
            prop_assert!(!before.is_over() || matches!(step, Try::Note(_)), "nothing moves after the end");
            prop_assert_eq!(&next.aim, &before.aim);
            if let Some(raised) = before.raised() {
                let now = next.raised();
                prop_assert_eq!(now.map(|r| r.on), Some(raised.on), "the day that counts never moves");
                prop_assert!(now.is_some_and(|r| r.yields().starts_with(raised.yields())));
            }
            prop_assert!(next.earlier().starts_with(before.earlier()));
            if let Some(raised) = next.raised() {
                prop_assert!(raised.on <= today);
                prop_assert!(raised.yields().iter().all(|y| raised.on <= y.on && y.on <= today));
            }
            if let BarrierState::Ended { raised, ending } = next.state() {
                prop_assert!(raised.on <= ending.on && ending.on <= today);
            }
            let stored = serde_json::to_string(&next).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Barrier>(&stored).unwrap(), &next);
            here = next;
        }
    }
}
