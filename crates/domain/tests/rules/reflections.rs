//! The reflection period: who offers, three calendar months, no removal.

use crate::samples::*;
use domain::{code::LanguageCode, ids::*, reflection::*};
use jiff::{ToSpan, civil::Date};
use proptest::prelude::*;

pub fn explained() -> Explanation {
    Explanation {
        language: LanguageCode::literal("en"),
        interpreter: Some(true),
    }
}

fn offer(kind: &'static str, capacity: Capacity) -> Offer {
    Offer {
        by: morning(),
        org_kind: org(kind),
        capacity,
        explained: explained(),
    }
}

pub fn offered(eu: bool) -> Reflection {
    let offer = offer("POL", Capacity::PossibleVictim);
    Reflection::offer(ReflectionId::new(uuid(1)), offer, eu).unwrap()
}

fn running(start: &str) -> Reflection {
    offered(false)
        .accept(morning())
        .unwrap()
        .start(day(start))
        .unwrap()
}

#[test]
fn only_police_kmar_and_labour_authority_offer_and_never_to_a_witness() {
    for kind in ["POL", "KMAR", "NLA"] {
        let offer = offer(kind, Capacity::PossibleVictim);
        assert!(Reflection::offer(ReflectionId::new(uuid(1)), offer, false).is_ok());
    }
    for kind in ["ZCO", "COM", "IND", "OM", "FW"] {
        let offer = offer(kind, Capacity::PossibleVictim);
        let refused = Reflection::offer(ReflectionId::new(uuid(1)), offer, false);
        assert_eq!(
            refused.unwrap_err(),
            ReflectionError::MayNotOffer(org(kind))
        );
    }
    let witness = Reflection::offer(
        ReflectionId::new(uuid(1)),
        offer("POL", Capacity::Witness),
        false,
    );
    assert_eq!(witness.unwrap_err(), ReflectionError::Witness);
}

#[test]
fn three_calendar_months_whatever_their_length() {
    for (start, end) in [
        ("2026-03-09", "2026-06-09"),
        ("2026-11-30", "2027-02-28"),
        ("2027-11-30", "2028-02-29"),
        ("2026-01-31", "2026-04-30"),
        ("2026-12-31", "2027-03-31"),
    ] {
        assert_eq!(last_day(day(start)), day(end), "{start}");
    }
}

#[test]
fn nobody_is_removed_from_acceptance_through_the_last_day() {
    let accepted = offered(false).accept(morning()).unwrap();
    assert!(accepted.no_removal_on(day("2026-03-09")));
    let running = running("2026-03-10");
    for (date, safe) in [
        ("2026-03-09", false),
        ("2026-03-10", true),
        ("2026-06-10", true),
        ("2026-06-11", false),
    ] {
        assert_eq!(running.no_removal_on(day(date)), safe, "{date}");
    }
    assert_eq!(running.no_removal_until(), Some(day("2026-06-10")));
    let ended = running
        .end(day("2026-05-27"), EndReason::Aangifte, morning())
        .unwrap();
    assert!(!ended.no_removal_on(day("2026-05-27")));
    assert!(ended.reminders().is_empty());
}

#[test]
fn reminders_come_one_month_two_weeks_and_three_days_before() {
    let days: Vec<Date> = running("2026-03-09")
        .reminders()
        .iter()
        .map(|r| r.on)
        .collect();
    assert_eq!(
        days,
        [day("2026-05-09"), day("2026-05-26"), day("2026-06-06")]
    );
    assert!(offered(false).reminders().is_empty());
}

#[test]
fn a_declined_offer_shows_language_and_interpreter_and_may_still_be_accepted() {
    let silent = Explanation {
        interpreter: None,
        ..explained()
    };
    let refused = offered(false).decline(morning(), silent, None);
    assert_eq!(refused.unwrap_err(), ReflectionError::DeclineNotExplained);
    let declined = offered(false)
        .decline(morning(), explained(), Some(text("afraid")))
        .unwrap();
    assert!(!declined.no_removal_on(day("2026-03-09")));
    assert!(declined.accept(morning()).is_ok());
}

#[test]
fn s1_the_question_for_eu_citizens_stays_in_sight_until_police_or_ind_decide() {
    let ilinca = offered(true).accept(morning()).unwrap();
    assert_eq!(ilinca.eu, EuQuestion::EuOtherConditions);
    assert_eq!(
        ilinca.clone().start(day("2026-03-10")).unwrap_err(),
        ReflectionError::EuUndecided
    );
    let by_care = ilinca
        .clone()
        .decide_eu(true, org("ZCO"), morning(), text("why"));
    assert_eq!(
        by_care.unwrap_err(),
        ReflectionError::MayNotDecideEu(org("ZCO"))
    );
    let no = ilinca
        .clone()
        .decide_eu(false, org("IND"), morning(), text("why"))
        .unwrap();
    assert!(ilinca.no_removal_on(day("2026-03-10")) && !no.no_removal_on(day("2026-03-10")));
    assert_eq!(
        no.start(day("2026-03-10")).unwrap_err(),
        ReflectionError::EuDoesNotApply
    );
    let yes = ilinca
        .decide_eu(true, org("POL"), morning(), text("why"))
        .unwrap();
    assert!(yes.start(day("2026-03-10")).is_ok());
    let none = offered(false).decide_eu(true, org("POL"), morning(), text("why"));
    assert_eq!(none.unwrap_err(), ReflectionError::NoEuQuestion);
}

#[test]
fn it_expires_only_after_the_last_day() {
    let early = running("2026-03-10").end(day("2026-06-10"), EndReason::Verstreken, morning());
    assert!(matches!(early, Err(ReflectionError::NotExpired { .. })));
    assert!(
        running("2026-03-10")
            .end(day("2026-06-11"), EndReason::Verstreken, morning())
            .is_ok()
    );
    let before = running("2026-03-10").end(day("2026-03-09"), EndReason::Afstand, morning());
    assert!(matches!(
        before,
        Err(ReflectionError::EndsBeforeStart { .. })
    ));
}

#[test]
fn it_runs_out_by_itself_on_the_day_after_the_last_however_late_that_is_seen() {
    let last = running("2026-03-10").expire(day("2026-06-10"));
    assert!(matches!(last, Err(ReflectionError::NotExpired { .. })));
    let over = running("2026-03-10").expire(day("2026-06-20")).unwrap();
    let ReflectionState::Ended {
        ended, reason, by, ..
    } = over.state()
    else {
        panic!("{over:?}")
    };
    assert_eq!(
        (*ended, *reason, *by),
        (day("2026-06-11"), EndReason::Verstreken, None)
    );
    assert!(over.expire(day("2026-06-21")).is_err());
}

#[derive(Debug, Clone)]
enum Try {
    Accept,
    Decline,
    Decide(bool),
    Start(i32),
    End(i32, EndReason),
}

fn any_try() -> impl Strategy<Value = Try> {
    let reasons = vec![
        EndReason::Verstreken,
        EndReason::Aangifte,
        EndReason::Afstand,
        EndReason::VertrekMob,
    ];
    prop_oneof![
        Just(Try::Accept),
        Just(Try::Decline),
        any::<bool>().prop_map(Try::Decide),
        (0i32..800).prop_map(Try::Start),
        (0i32..1_200, prop::sample::select(reasons)).prop_map(|(d, r)| Try::End(d, r)),
    ]
}

proptest! {
    #[test]
    fn it_never_lasts_longer_never_starts_undecided_and_never_goes_back(
        eu in any::<bool>(),
        steps in prop::collection::vec(any_try(), 0..25),
    ) {
        let first = day("2026-01-01");
        let mut here = offered(eu);
        for step in &steps {
            let tried = here.clone();
            let after = match step {
                Try::Accept => tried.accept(morning()),
                Try::Decline => tried.decline(morning(), explained(), None),
                Try::Decide(applies) => tried.decide_eu(*applies, org("IND"), morning(), text("why")),
                Try::Start(d) => tried.start(first.saturating_add(d.days())),
                Try::End(d, reason) => tried.end(first.saturating_add(d.days()), *reason, morning()),
            };
            let Ok(after) = after else { continue };
            let moved = (here.state_name(), after.state_name());
            prop_assert!(moved.0 == moved.1 || MOVES.contains(&moved), "{:?}", moved);
            if let ReflectionState::Running { start, end } | ReflectionState::Ended { start, end, .. } = after.state() {
                let days = start.until(*end).unwrap().get_days();
                prop_assert!((89..=92).contains(&days), "{} days", days);
            }
            if let ReflectionState::Running { start, end } = after.state() {
                prop_assert!(after.no_removal_on(*start) && after.no_removal_on(*end));
                prop_assert!(!after.no_removal_on(end.tomorrow().unwrap()));
                let reminders = after.reminders();
                prop_assert!(reminders.windows(2).all(|w| w[0].on < w[1].on));
                prop_assert!(reminders.iter().all(|r| *start <= r.on && r.on < *end));
                let undecided = after.eu == EuQuestion::EuOtherConditions;
                prop_assert!(!undecided);
            }
            here = after;
        }
    }
}
