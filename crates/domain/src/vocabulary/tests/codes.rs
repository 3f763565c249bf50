//! Tests of this subject through its public face.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::super::*;
use super::{AFTER, builtin};

#[test]
fn a_code_serialises_as_its_text_and_checks_its_shape_on_the_way_in() {
    let code = FormCode::literal("SU-THUIS");
    assert_eq!(serde_json::to_string(&code).unwrap(), "\"SU-THUIS\"");
    assert_eq!(
        serde_json::from_str::<FormCode>("\"SU-THUIS\"").unwrap(),
        code
    );
    assert_eq!(code.to_string(), "SU-THUIS");
    for bad in [
        "",
        " SU",
        "SU THUIS",
        "../../etc",
        "é",
        "-SU",
        "a;b",
        &"x".repeat(65),
    ] {
        let error = FormCode::new(bad).unwrap_err().to_string();
        assert!(error.contains("cannot be a code"), "{error}");
        assert!(
            serde_json::from_value::<FormCode>(bad.into()).is_err(),
            "{bad}"
        );
    }
}

#[test]
fn codes_order_and_hash_by_their_text() {
    let set: std::collections::BTreeSet<FormCode> = ["SU", "AU", "SU"]
        .into_iter()
        .map(|text| FormCode::new(text).unwrap())
        .collect();
    assert_eq!(
        set.into_iter().map(String::from).collect::<Vec<_>>(),
        ["AU", "SU"]
    );
}

#[test]
fn an_alias_leads_to_its_code_but_is_none_itself() {
    let kinds = &builtin().organisation_kinds;
    assert_eq!(kinds.resolve("VO/MO", AFTER).unwrap().code, "VO");
    assert!(
        kinds.resolve("vo", AFTER).is_err(),
        "codes are case sensitive"
    );
}

#[test]
fn what_once_counted_can_still_be_shown() {
    let uk = CountryCode::literal("GB");
    let countries = &builtin().countries;
    assert!(
        countries
            .get(&uk, date(2020, 12, 31))
            .unwrap()
            .facts
            .free_movement
    );
    assert!(
        !countries
            .get(&uk, date(2021, 1, 1))
            .unwrap()
            .facts
            .free_movement
    );
    assert!(!countries.newest(&uk).unwrap().facts.free_movement);
    assert!(builtin().forms.newest(&FormCode::literal("EB")).is_some());
}

#[test]
fn an_unknown_code_says_so_without_repeating_a_flood_of_text() {
    let error = builtin()
        .forms
        .resolve(&"x".repeat(10_000), AFTER)
        .unwrap_err();
    assert_eq!(error.why, WhyUnknown::NeverExisted);
    assert!(error.to_string().len() < 250);
}

fn any_date() -> impl Strategy<Value = Date> {
    (2000_i16..2040, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

proptest! {
    #[test]
    fn validity_overlaps_exactly_when_some_day_is_in_both(
        from in prop::option::of(any_date()), days in 1_i32..400,
        other_from in prop::option::of(any_date()), other_days in 1_i32..400,
    ) {
        let make = |from: Option<Date>, days: i32| Validity {
            from,
            until: Some(from.unwrap_or(date(2000, 1, 1)).saturating_add(jiff::Span::new().days(days))),
        };
        let (one, other) = (make(from, days), make(other_from, other_days));
        let candidates = [one.from, other.from, Some(date(1990, 1, 1))];
        let shared = candidates.into_iter().flatten().any(|day| one.includes(day) && other.includes(day));
        prop_assert_eq!(one.overlaps(&other), shared);
        prop_assert_eq!(other.overlaps(&one), shared);
    }
}
