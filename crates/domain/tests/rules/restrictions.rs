//! Restricted processing: kept and nothing else, unless a ground that the law names was written down; and never ended behind her back.

use std::collections::BTreeSet;

use domain::Compartment;
use domain::code::DataCode;
use domain::need::ReviewOutcome;
use domain::request::{WhyNot, portable};
use domain::restriction::*;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use crate::samples::*;

/// The first day on which it may end.
const TOLD_BY: Date = date(2026, 4, 20);
/// The day on which it ends.
pub const LAST: Date = date(2026, 4, 30);
const CODES: [&str; 4] = ["age", "safety", "identity", "contact"];

fn data(codes: &[&'static str]) -> BTreeSet<DataCode> {
    codes.iter().map(|code| DataCode::literal(code)).collect()
}

fn chosen(bits: u8) -> BTreeSet<DataCode> {
    let of = CODES.iter().enumerate();
    of.filter(|(n, _)| bits & (1 << n) != 0)
        .map(|(_, code)| DataCode::literal(code))
        .collect()
}

pub fn marked(codes: &[&'static str]) -> Restriction {
    let (of, ground) = (Compartment::K3, Ground::Contested);
    Restriction::mark(of, ground, data(codes), morning()).unwrap()
}

pub fn announced(restriction: Restriction) -> Result<Restriction, RestrictionError> {
    restriction.announce(morning(), ending(LAST), TOLD_BY)
}

fn ending(last: Date) -> Ending {
    let reason = text("het is nagekeken en het klopt");
    Ending { last, reason }
}

fn exception(act: Act, despite: Despite, data: BTreeSet<DataCode>, until: Date) -> Exception {
    Exception {
        act,
        despite,
        reason: text("zij wil dat haar advocaat het krijgt"),
        data,
        by: morning(),
        until,
    }
}

#[test]
fn each_law_has_its_own_grounds() {
    for of in [
        Compartment::K1,
        Compartment::K2,
        Compartment::K3,
        Compartment::K4,
        Compartment::K5,
    ] {
        let police = of == Compartment::K5;
        for ground in Ground::ALL {
            let marks = Restriction::mark(of, ground, data(&[]), morning());
            let fits = match ground {
                Ground::Contested => true,
                Ground::Evidence => police,
                Ground::Unlawful | Ground::Claim | Ground::Objected => !police,
            };
            assert_eq!(marks.is_ok(), fits, "{of:?} {ground:?}");
            let Ok(marked) = marks else { continue };
            assert!(
                marked
                    .article()
                    .starts_with(if police { "Wpg 28" } else { "AVG 18(1)" })
            );
            for despite in Despite::ALL {
                let one = exception(Act::Disclose, despite, data(&[]), LAST);
                let police_only = matches!(despite, Despite::KeptFor | Despite::Danger);
                let written = marked.clone().except(one.clone(), TOLD_BY);
                if let Ok(written) = &written {
                    assert_eq!(written.exceptions(), [one]);
                }
                assert_eq!(written.is_ok(), police == police_only, "{of:?} {despite:?}");
            }
        }
    }
}

/// Lists, forms and the journal know them by the code that is stored.
#[test]
fn a_code_is_the_one_that_is_stored() {
    let stored = |value: serde_json::Result<serde_json::Value>| value.unwrap();
    for ground in Ground::ALL {
        assert_eq!(stored(serde_json::to_value(ground)), ground.code());
    }
    for despite in Despite::ALL {
        assert_eq!(stored(serde_json::to_value(despite)), despite.code());
    }
    for act in Act::ALL {
        assert_eq!(stored(serde_json::to_value(act)), act.code());
    }
    for outcome in [ReviewOutcome::InOrder, ReviewOutcome::NotInOrder] {
        assert_eq!(stored(serde_json::to_value(outcome)), outcome.code());
    }
}

#[test]
fn she_is_told_before_it_ends() {
    let early = marked(&[]).announce(morning(), ending(date(2026, 4, 19)), TOLD_BY);
    assert_eq!(early, Err(RestrictionError::TooSoon(TOLD_BY)));
    let on_the_day = marked(&[]).announce(morning(), ending(TOLD_BY), TOLD_BY);
    assert!(on_the_day.unwrap().holds_on(TOLD_BY));
    let ends = announced(marked(&[])).unwrap();
    assert!(ends.holds_on(LAST), "its last day too");
    assert!(!ends.holds_on(date(2026, 5, 1)));
    let again = announced(ends.clone());
    assert_eq!(again, Err(RestrictionError::NotNow("ending")));
    // What is over is not kept any more, and needs no ground.
    assert!(ends.clone().keep(date(2026, 5, 1)).is_err());
    let late = exception(Act::Erase, Despite::Claim, data(&[]), LAST);
    assert_eq!(
        ends.clone().except(late, date(2026, 5, 1)),
        Err(RestrictionError::NotNow("over"))
    );
    assert!(ends.keep(LAST).unwrap().holds_on(date(2026, 5, 1)));
}

proptest! {
    /// Without a ground nothing restricted is touched; what is not restricted is free.
    #[test]
    fn nothing_restricted_is_touched_without_a_ground(restricted in 0u8..16, asked in 0u8..16, act in 0usize..3) {
        let codes = chosen(restricted);
        let marked = Restriction::mark(Compartment::K3, Ground::Objected, codes.clone(), morning()).unwrap();
        let asked = chosen(asked);
        let free = !codes.is_empty() && !asked.is_empty() && codes.is_disjoint(&asked);
        prop_assert_eq!(marked.allows(Act::ALL[act], &asked, TOLD_BY).is_ok(), free);
    }

    /// A ground that was written down opens that act, those categories and those days; nothing else.
    #[test]
    fn a_ground_opens_what_it_names_and_no_more(
        restricted in 0u8..16,
        written in 0u8..16,
        asked in 1u8..16,
        act in 0usize..3,
        other in 0usize..3,
        late in any::<bool>(),
    ) {
        let codes = chosen(restricted);
        let marked = Restriction::mark(Compartment::K3, Ground::Objected, codes.clone(), morning()).unwrap();
        let of = chosen(written);
        let one = exception(Act::ALL[act], Despite::Consent, of.clone(), TOLD_BY);
        let Ok(marked) = marked.except(one, TOLD_BY) else {
            // Only what is restricted needs a ground.
            prop_assert!(!codes.is_empty() && !of.is_subset(&codes));
            return Ok(());
        };
        let asked = chosen(asked);
        let touched: BTreeSet<DataCode> = asked.iter().filter(|c| codes.is_empty() || codes.contains(*c)).cloned().collect();
        let on = if late { TOLD_BY.tomorrow().unwrap() } else { TOLD_BY };
        let opened = act == other && !late && (of.is_empty() || touched.is_subset(&of));
        let may = marked.allows(Act::ALL[other], &asked, on).is_ok();
        prop_assert_eq!(may, touched.is_empty() || opened);
    }

    /// Every walk stays in the picture, and after its last day nothing is restricted.
    #[test]
    fn every_walk_stays_in_the_picture(steps in prop::collection::vec(0u8..3, 0..12)) {
        let mut here = marked(&["age"]);
        for step in steps {
            let before = here.state_name();
            let next = match step {
                0 => announced(here.clone()),
                1 => here.clone().keep(LAST),
                _ => here.clone().except(exception(Act::Change, Despite::Claim, data(&["age"]), LAST), LAST),
            };
            if let Ok(next) = next {
                let moved = (before, next.state_name());
                prop_assert!(moved.0 == moved.1 || MOVES.contains(&moved), "{:?}", moved);
                here = next;
            }
        }
        let after = date(2027, 1, 1);
        let over = here.ending().is_some();
        prop_assert_eq!(here.allows(Act::Erase, &data(&["age"]), after).is_ok(), over);
        let read: Restriction = serde_json::from_value(serde_json::to_value(&here).unwrap()).unwrap();
        prop_assert_eq!(read, here);
    }

    /// What she takes along she gave herself, and consented to; everything else that is held has its reason.
    #[test]
    fn what_is_taken_along_is_hers_and_rests_on_consent(held in 0u8..16, hers in 0u8..16, consented in 0u8..16) {
        let held = chosen(held);
        let mut consent = crate::consents::to_comensha();
        consent.terms.data = chosen(consented).into_iter().collect();
        let on = consent.terms.given;
        let sorted = portable(&held, &chosen(hers), std::slice::from_ref(&consent), on);
        for code in &held {
            let goes = chosen(hers).contains(code) && chosen(consented).contains(code);
            prop_assert_eq!(sorted.goes.contains(code), goes);
            prop_assert_eq!(sorted.stays.contains_key(code), !goes);
        }
        prop_assert_eq!(sorted.goes.len() + sorted.stays.len(), held.len());
        let before = on.yesterday().unwrap();
        let none = portable(&held, &held, &[consent], before);
        prop_assert!(none.goes.is_empty(), "a consent that does not hold carries nothing");
        prop_assert!(none.stays.values().all(|why| *why == WhyNot::Task && why.article().contains("20(3)")));
    }
}

#[test]
fn what_others_decide_about_her_is_not_hers_to_take() {
    let held = data(&["status", "region"]);
    let mut consent = crate::consents::to_comensha();
    consent.terms.data = held.iter().cloned().collect();
    let on = consent.terms.given;
    let sorted = portable(&held, &held, &[consent], on);
    assert!(sorted.goes.is_empty());
    assert!(sorted.stays.values().all(|why| *why == WhyNot::NotFromHer));
}
