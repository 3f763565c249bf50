//! Ages around birthdays; doubt means minor.

use crate::samples::*;
use domain::{
    age::{Age, AgeError, AgeInYears, MinorBecause, Minority},
    minors::{Authority, ParentsRole, Signer, SignerFacts, parents_role, transitions, who_signs},
    time::Approx,
};
use jiff::{ToSpan, civil::Date};
use proptest::prelude::*;

fn born(date: &str) -> Age {
    Age::Certain { born: day(date) }
}

fn guess(low: u8, high: u8) -> Age {
    Age::estimated(low, high, day("2026-03-09")).unwrap()
}

#[test]
fn a_minor_until_the_eighteenth_birthday_begins() {
    let age = born("2008-03-09");
    assert!(age.is_minor_on(day("2026-03-08")).is_minor());
    assert_eq!(age.is_minor_on(day("2026-03-09")), Minority::Adult);
    assert_eq!(
        age.in_years_on(day("2026-03-08")),
        AgeInYears::Exactly { age: 17 }
    );
}

#[test]
fn who_was_born_on_a_leap_day_comes_of_age_on_the_first_of_march() {
    let age = born("2008-02-29");
    assert!(age.is_minor_on(day("2026-02-28")).is_minor());
    assert_eq!(age.is_minor_on(day("2026-03-01")), Minority::Adult);
    assert_eq!(age.birthday(18), Some(day("2026-03-01")));
    assert_eq!(age.birthday(16), Some(day("2024-02-29")));
}

#[test]
fn doubt_means_minor_and_says_why() {
    let today = day("2026-03-09");
    let why = |age: Age| match age.is_minor_on(today) {
        Minority::Minor { because } => Some(because),
        Minority::Adult => None,
    };
    assert_eq!(why(Age::Unknown), Some(MinorBecause::AgeUnknown));
    assert_eq!(
        why(guess(17, 25)),
        Some(MinorBecause::EstimateReachesBelow18)
    );
    assert_eq!(why(guess(18, 25)), None);
    assert_eq!(
        why(born("2030-01-01")),
        Some(MinorBecause::Born),
        "a birth in the future is a doubt"
    );
}

#[test]
fn an_estimate_grows_older_with_time_but_never_faster() {
    let age = guess(17, 19);
    assert!(age.is_minor_on(day("2027-03-08")).is_minor());
    assert_eq!(age.is_minor_on(day("2027-03-09")), Minority::Adult);
    assert_eq!(
        age.in_years_on(day("2026-09-01")),
        AgeInYears::Between { low: 17, high: 20 }
    );
    assert_eq!(
        age.in_years_on(day("2025-09-01")),
        AgeInYears::Between { low: 16, high: 19 }
    );
}

#[test]
fn impossible_ages_are_named() {
    let today = day("2026-03-09");
    assert_eq!(
        Age::estimated(20, 18, today),
        Err(AgeError::BoundsReversed { low: 20, high: 18 })
    );
    assert_eq!(
        Age::estimated(20, 130, today),
        Err(AgeError::TooOld { years: 130 })
    );
    assert!(matches!(
        Age::certain(day("2026-03-10"), today),
        Err(AgeError::BornInFuture { .. })
    ));
    assert!(matches!(
        Age::certain(day("1700-01-01"), today),
        Err(AgeError::TooOld { .. })
    ));
    assert_eq!(
        Age::certain(day("2008-01-01"), today),
        Ok(born("2008-01-01"))
    );
}

#[test]
fn the_age_at_the_start_is_that_of_the_earliest_possible_day() {
    let age = born("2008-03-09");
    let spring = Approx::between(day("2026-03-01"), day("2026-05-31"));
    assert_eq!(
        age.at_start(spring),
        AgeInYears::Between { low: 17, high: 18 }
    );
    assert!(age.was_minor_at_start(spring).is_minor());
    assert_eq!(
        age.was_minor_at_start(Some(Approx::day(day("2026-03-09")))),
        Minority::Adult
    );
    assert!(
        age.was_minor_at_start(None).is_minor(),
        "an unknown start leaves doubt"
    );
    assert_eq!(Approx::between(day("2026-05-31"), day("2026-03-01")), None);
}

#[test]
fn sixteen_signs_alone_and_a_suspected_parent_never() {
    let on = day("2026-03-09");
    let facts = |age, authority, parent_suspected| SignerFacts {
        age,
        authority,
        parent_suspected,
    };
    let fifteen = born("2010-03-10");
    let sixteen = born("2010-03-09");
    assert_eq!(
        who_signs(&facts(sixteen, Authority::Parents, true), on),
        Signer::Person
    );
    assert_eq!(
        who_signs(&facts(fifteen, Authority::Parents, false), on),
        Signer::Parents
    );
    assert!(matches!(
        who_signs(&facts(fifteen, Authority::Parents, true), on),
        Signer::Nobody { .. }
    ));
    assert!(matches!(
        who_signs(&facts(fifteen, Authority::GuardianOther, true), on),
        Signer::Nobody { .. }
    ));
    assert_eq!(
        who_signs(&facts(fifteen, Authority::GuardianGi, true), on),
        Signer::Guardian
    );
    assert_eq!(
        who_signs(&facts(fifteen, Authority::GuardianNidos, false), on),
        Signer::Guardian
    );
    assert!(matches!(
        who_signs(&facts(Age::Unknown, Authority::Unknown, false), on),
        Signer::Nobody { .. }
    ));
    assert_eq!(
        who_signs(&facts(guess(15, 20), Authority::Parents, false), on),
        Signer::Parents,
        "doubt"
    );
}

#[test]
fn parents_of_a_suspected_home_have_no_role_at_all() {
    let on = day("2026-03-09");
    let role = |age, suspected| {
        parents_role(
            &SignerFacts {
                age,
                authority: Authority::Parents,
                parent_suspected: suspected,
            },
            on,
        )
    };
    assert_eq!(role(born("2012-01-01"), true), ParentsRole::Excluded);
    assert_eq!(role(Age::Unknown, true), ParentsRole::Excluded);
    assert_eq!(
        role(born("2012-01-01"), false),
        ParentsRole::InformedUnlessUnsafe
    );
    assert_eq!(
        role(born("2009-01-01"), false),
        ParentsRole::OnlyWithChildsConsent
    );
    assert_eq!(role(born("2000-01-01"), true), ParentsRole::None);
}

#[test]
fn work_for_a_birthday_starts_half_a_year_ahead() {
    let ahead = transitions(&born("2009-08-31"), day("2026-03-09"));
    assert_eq!(ahead.len(), 1);
    assert_eq!(
        (ahead[0].age, ahead[0].on, ahead[0].prepare_from),
        (18, day("2027-08-31"), day("2027-02-28"))
    );
    assert!(transitions(&Age::Unknown, day("2026-03-09")).is_empty());
    // On the birthday itself nothing lies ahead any more.
    assert_eq!(transitions(&born("2009-08-31"), day("2027-08-30")).len(), 1);
    assert!(transitions(&born("2009-08-31"), day("2027-08-31")).is_empty());
}

#[test]
fn the_dutch_clock_needs_no_time_zone_file() {
    use domain::time::dutch_date;
    assert_eq!(
        dutch_date(at("2026-03-28T22:59:59Z")),
        day("2026-03-28"),
        "winter: one hour ahead"
    );
    assert_eq!(dutch_date(at("2026-03-28T23:00:00Z")), day("2026-03-29"));
    assert_eq!(
        dutch_date(at("2026-03-29T22:00:00Z")),
        day("2026-03-30"),
        "summer: two hours ahead"
    );
    assert_eq!(
        dutch_date(at("2026-10-25T22:59:59Z")),
        day("2026-10-25"),
        "winter again"
    );
}

prop_compose! {
    fn any_date()(days in 0i32..50_000) -> Date {
        day("1930-01-01").saturating_add(days.days())
    }
}

proptest! {
    #[test]
    fn nobody_is_adult_before_and_everybody_after(born in any_date(), days in 0i32..14_000) {
        let age = Age::Certain { born };
        let on = born.saturating_add(days.days());
        let birthday = age.birthday(18).unwrap();
        prop_assert_eq!(age.is_minor_on(on) == Minority::Adult, on >= birthday);
    }

    #[test]
    fn once_adult_always_adult(low in 0u8..40, span in 0u8..10, as_of in any_date(), a in 0i32..9_000, b in 0i32..9_000) {
        let age = Age::estimated(low, low + span, as_of).unwrap();
        let (early, late) = (as_of.saturating_add(a.min(b).days()), as_of.saturating_add(a.max(b).days()));
        if age.is_minor_on(early) == Minority::Adult {
            prop_assert_eq!(age.is_minor_on(late), Minority::Adult);
        }
    }

    #[test]
    fn an_estimate_holds_every_birth_it_may_stand_for(born in any_date(), judged in 0i32..20_000, later in -3_000i32..20_000) {
        let as_of = born.saturating_add(judged.days());
        let on = as_of.saturating_add(later.days());
        prop_assume!(on >= born);
        let AgeInYears::Exactly { age: then } = (Age::Certain { born }).in_years_on(as_of) else { unreachable!() };
        let AgeInYears::Exactly { age: now } = (Age::Certain { born }).in_years_on(on) else { unreachable!() };
        let guess = Age::estimated(then, then, as_of).unwrap();
        match guess.in_years_on(on) {
            AgeInYears::Exactly { age } => prop_assert_eq!(age, now),
            AgeInYears::Between { low, high } => prop_assert!(low <= now && now <= high),
            AgeInYears::Unknown => prop_assert!(false),
        }
    }
}
