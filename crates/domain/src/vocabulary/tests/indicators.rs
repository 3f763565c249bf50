//! Tests of this subject through its public face.

use proptest::prelude::*;

use super::super::indicators::*;
use super::{AFTER, BEFORE, builtin};

fn read(ticked: &[&str], age: AgeClass) -> Assessment {
    let ticked: Vec<IndicatorCode> = ticked
        .iter()
        .map(|code| IndicatorCode::new(*code).unwrap())
        .collect();
    assess(builtin(), &ticked, age, AFTER).unwrap()
}

fn explain(assessment: &Assessment) -> String {
    let lines = assessment.readings.iter().map(|reading| {
        let rule = reading
            .because
            .rule
            .as_ref()
            .map_or("-", |rule| rule.as_str());
        let ticked: Vec<String> = reading
            .because
            .ticked
            .iter()
            .map(|tick| format!("{} {:?}", tick.code, tick.strength))
            .collect();
        format!(
            "{} {} {rule} {:?} [{}]",
            reading.dimension,
            reading.positive,
            reading.need,
            ticked.join(", ")
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_dimensions_have_the_published_counts() {
    let counts: Vec<(&str, usize)> = builtin()
        .indicator_groups
        .valid_on(AFTER)
        .filter(|group| group.facts.checklist == DELPHI)
        .map(|group| {
            let items = builtin().indicators.valid_on(AFTER);
            (
                group.code.as_str(),
                items.filter(|item| item.facts.group == group.code).count(),
            )
        })
        .collect();
    assert_eq!(
        counts.iter().map(|(_, count)| *count).collect::<Vec<_>>(),
        [10, 10, 16, 9, 15, 7]
    );
}

#[test]
fn every_group_of_every_checklist_has_indicators() {
    for group in builtin().indicator_groups.all() {
        assert!(
            builtin()
                .indicators
                .all()
                .iter()
                .any(|item| item.facts.group == group.code),
            "{}",
            group.code
        );
    }
}

#[test]
fn the_greenhouse_of_ilinca_shows_coercion_and_exploitation() {
    let assessment = read(
        &[
            "cd_documents",
            "cd_isolation",
            "ec_hours",
            "ec_living",
            "ec_salary",
        ],
        AgeClass::Adult,
    );
    insta::assert_snapshot!(explain(&assessment), @r"
    deceptive_recruitment false - Counts []
    coercive_recruitment false - Counts []
    vulnerability_recruitment false - Counts []
    exploitative_conditions true strong_and_other Counts [ec_hours Strong, ec_living Medium, ec_salary Medium]
    coercion_destination true two_strong Counts [cd_documents Strong, cd_isolation Strong]
    vulnerability_destination false - Counts []
    ");
    assert!(assessment.warning.nl.contains("nooit een oordeel"));
    assert!(assessment.warning.en.contains("never a verdict"));
}

#[test]
fn one_strong_indicator_alone_is_not_enough() {
    let assessment = read(&["cd_documents"], AgeClass::Adult);
    assert!(assessment.readings.iter().all(|reading| !reading.positive));
}

#[test]
fn each_rule_makes_a_dimension_positive_and_nothing_less_does() {
    let positive = |ticked: &[&str]| {
        let assessment = read(ticked, AgeClass::Adult);
        let reading = assessment
            .readings
            .iter()
            .find(|reading| reading.dimension == "coercion_destination")
            .unwrap();
        reading
            .because
            .rule
            .as_ref()
            .map(|rule| rule.as_str().to_owned())
    };
    assert_eq!(
        positive(&["cd_documents", "cd_violence"]).as_deref(),
        Some("two_strong")
    );
    assert_eq!(
        positive(&["cd_documents", "cd_lie"]).as_deref(),
        Some("strong_and_other")
    );
    assert_eq!(
        positive(&["cd_documents", "cd_inform_others"]).as_deref(),
        Some("strong_and_other")
    );
    assert_eq!(
        positive(&["cd_lie", "cd_tasks", "cd_wages"]).as_deref(),
        Some("three_medium")
    );
    assert_eq!(
        positive(&["cd_lie", "cd_tasks", "cd_inform_others"]).as_deref(),
        Some("two_medium_one_weak")
    );
    assert_eq!(positive(&["cd_lie", "cd_tasks"]), None);
    assert_eq!(positive(&["cd_lie", "cd_inform_others"]), None);
    assert_eq!(
        positive(&["cd_documents", "cd_documents"]),
        None,
        "the same tick twice counts once"
    );
}

#[test]
fn for_a_minor_or_somebody_who_may_be_one_recruitment_is_not_needed() {
    for (age, expected) in [
        (AgeClass::Minor, 3),
        (AgeClass::Unknown, 3),
        (AgeClass::Adult, 0),
    ] {
        let assessment = read(&[], age);
        let not_needed: Vec<&str> = assessment
            .readings
            .iter()
            .filter(|reading| reading.need == Need::NotNeededForMinor)
            .map(|reading| reading.dimension.as_str())
            .collect();
        assert_eq!(not_needed.len(), expected, "{age:?}");
        assert!(not_needed.iter().all(|code| code.ends_with("recruitment")));
    }
}

#[test]
fn ticks_of_other_checklists_are_left_aside_by_name() {
    let assessment = read(
        &["lichaam_vermoeid", "law_means_geweld", "ec_hours"],
        AgeClass::Adult,
    );
    let left: Vec<&str> = assessment
        .left_aside
        .iter()
        .map(|code| code.as_str())
        .collect();
    assert_eq!(left, ["law_means_geweld", "lichaam_vermoeid"]);
}

#[test]
fn an_unknown_or_future_tick_is_an_error() {
    let unknown = IndicatorCode::literal("no_such_thing");
    assert!(assess(builtin(), &[unknown], AgeClass::Adult, AFTER).is_err());
    let future = IndicatorCode::literal("law_purpose_huwelijk");
    assert!(
        assess(
            builtin(),
            std::slice::from_ref(&future),
            AgeClass::Adult,
            BEFORE
        )
        .is_err()
    );
    assert!(assess(builtin(), &[future], AgeClass::Adult, AFTER).is_ok());
}

fn any_ticks() -> impl Strategy<Value = Vec<IndicatorCode>> {
    let all: Vec<IndicatorCode> = builtin()
        .indicators
        .valid_on(AFTER)
        .map(|indicator| indicator.code.clone())
        .collect();
    let most = all.len();
    prop::sample::subsequence(all, 0..=most).prop_shuffle()
}

proptest! {
    #[test]
    fn more_ticks_never_make_a_positive_dimension_negative(ticks in any_ticks(), keep in any::<prop::sample::Index>()) {
        let fewer = &ticks[..keep.index(ticks.len() + 1)];
        let all = assess(builtin(), &ticks, AgeClass::Adult, AFTER).unwrap();
        let some = assess(builtin(), fewer, AgeClass::Adult, AFTER).unwrap();
        for (some, all) in some.readings.iter().zip(&all.readings) {
            prop_assert!(!some.positive || all.positive);
        }
    }

    #[test]
    fn order_does_not_matter_and_every_tick_is_accounted_for(ticks in any_ticks()) {
        let mut sorted = ticks.clone();
        sorted.sort();
        let assessment = assess(builtin(), &ticks, AgeClass::Unknown, AFTER).unwrap();
        prop_assert_eq!(&assessment, &assess(builtin(), &sorted, AgeClass::Unknown, AFTER).unwrap());
        let in_dimensions: usize = assessment.readings.iter().map(|reading| reading.because.ticked.len()).sum();
        prop_assert_eq!(in_dimensions + assessment.left_aside.len(), ticks.len());
    }
}
