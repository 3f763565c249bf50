//! What the programme aims at, and what it would no longer aim at.

use crate::samples::uuid;
use domain::{action::*, code::RegionCode, coverage::*, ids::ActionId};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn field() -> Field {
    Field {
        forms: ["SU", "AU", "CU"].map(str::to_owned).to_vec(),
        regions: ["RE01", "RE02"].map(str::to_owned).to_vec(),
    }
}

fn target(n: u128, forms: &[&str], ages: &[AgeGroup], euros: u64) -> Target {
    Target {
        action: ActionId::new(uuid(n)),
        aiming: Aiming::Now,
        line: Line::Awareness,
        forms: forms.iter().map(|f| (*f).to_owned()).collect(),
        ages: ages.to_vec(),
        regions: Vec::new(),
        goals: vec![1],
        euros,
    }
}

#[test]
fn a_map_counts_who_aims_where_and_names_the_gaps() {
    let targets = [
        target(1, &["SU"], &[AgeGroup::Minors], 100),
        target(2, &["SU", "AU"], &[AgeGroup::Adults], 7),
    ];
    let map = grid(&field(), &targets, Axis::Form, Axis::Age);
    assert_eq!(map.cells[0][0].now, [ActionId::new(uuid(1))]);
    assert_eq!(
        map.cells[0][2].euros + map.cells[1][2].euros,
        7,
        "to the euro"
    );
    let gaps: Vec<_> = map.gaps().collect();
    assert!(gaps.contains(&("CU", "minors")) && gaps.contains(&("SU", "young_adults")));
    assert!(!gaps.contains(&("SU", "minors")));
}

#[test]
fn what_is_finished_aims_at_nothing_and_what_has_not_begun_is_planned() {
    assert_eq!(Aiming::of(Status::Afgerond), None);
    assert_eq!(Aiming::of(Status::Vervallen), None);
    assert_eq!(Aiming::of(Status::StructureelGeborgd), Some(Aiming::Now));
    assert_eq!(Aiming::of(Status::NietGestart), Some(Aiming::Planned));
}

#[test]
fn the_only_action_for_a_form_leaves_a_gap_and_its_pairs_are_not_named_again() {
    let targets = [target(1, &["SU"], &[], 5), target(2, &["AU"], &[], 5)];
    let stop = BTreeSet::from([ActionId::new(uuid(1))]);
    let gaps = lost(&field(), &targets, &stop);
    assert_eq!(
        gaps,
        [Gap {
            at: vec![(Axis::Form, "SU".to_owned())]
        }]
    );
    assert_eq!(lost(&field(), &targets, &BTreeSet::new()), []);
}

#[test]
fn a_count_has_the_range_that_chance_alone_gives() {
    // Exact Poisson limits for 10 are 4.8 and 18.4, for 100 81.4 and 121.6 (Breslow and Day).
    let ten = by_chance(10);
    assert_eq!((ten.low, ten.high), (4, 19));
    let hundred = by_chance(100);
    assert_eq!((hundred.low, hundred.high), (81, 122));
    assert_eq!(by_chance(0).low, 0);
    assert_eq!(moved(by_chance(100), by_chance(110)), Moved::Unclear);
    assert_eq!(moved(by_chance(100), by_chance(200)), Moved::Up);
    assert_eq!(moved(by_chance(200), by_chance(100)), Moved::Down);
}

fn any_target() -> impl Strategy<Value = Target> {
    let forms = prop::sample::subsequence(vec!["SU", "AU", "CU"], 0..=3);
    let ages = prop::sample::subsequence(
        vec![AgeGroup::Minors, AgeGroup::YoungAdults, AgeGroup::Adults],
        0..=3,
    );
    let regions = prop::sample::subsequence(vec!["RE01", "RE02"], 0..=2);
    let goals = prop::sample::subsequence(vec![1_u8, 2, 3], 0..=3);
    (
        forms,
        ages,
        regions,
        goals,
        0..1_000_000_u64,
        1..50_u128,
        any::<bool>(),
    )
        .prop_map(|(forms, ages, regions, goals, euros, n, now)| Target {
            aiming: if now { Aiming::Now } else { Aiming::Planned },
            regions: regions
                .into_iter()
                .map(|r| RegionCode::new(r).unwrap())
                .collect(),
            goals,
            ..target(n, &forms, &ages, euros)
        })
}

fn axis() -> impl Strategy<Value = Axis> {
    prop::sample::select(Axis::ALL.to_vec())
}

proptest! {
    #[test]
    fn the_map_adds_up_to_what_the_actions_cost(targets in prop::collection::vec(any_target(), 0..12), rows in axis(), columns in axis()) {
        let map = grid(&field(), &targets, rows, columns);
        prop_assert_eq!(map.euros(), targets.iter().map(|t| t.euros).sum::<u64>());
    }

    #[test]
    fn a_gap_is_something_that_was_aimed_at_and_is_not_any_more(targets in prop::collection::vec(any_target(), 0..12), stop in prop::collection::btree_set(1..50_u128, 0..8)) {
        let stop: BTreeSet<ActionId> = stop.into_iter().map(|n| ActionId::new(uuid(n))).collect();
        let left: Vec<Target> = targets.iter().filter(|t| !stop.contains(&t.action)).cloned().collect();
        for gap in lost(&field(), &targets, &stop) {
            let aims = |all: &[Target]| all.iter().any(|target| gap.at.iter().all(|(axis, code)| {
                let values = field().values(*axis);
                field().touched(target, *axis).into_iter().any(|at| values[at] == *code)
            }));
            prop_assert!(aims(&targets) && !aims(&left), "{gap:?}");
        }
    }

    #[test]
    fn a_count_lies_in_its_own_range(n in 0..1_000_000_u64) {
        let count = by_chance(n);
        prop_assert!(count.low <= n && n <= count.high);
    }
}

#[test]
fn adult_in_a_file_is_everybody_of_eighteen_and_over() {
    use AgeGroup::{Adults, Minors, YoungAdults};
    assert_eq!(AgeGroup::of_code("adult"), Some(&[YoungAdults, Adults][..]));
    assert_eq!(AgeGroup::of_code(" minors "), Some(&[Minors][..]));
    assert_eq!(AgeGroup::of_code("oud"), None);
    // What is written out comes back, for every choice of groups.
    for chosen in 0..8_u8 {
        let groups: Vec<AgeGroup> = [Minors, YoungAdults, Adults]
            .into_iter()
            .enumerate()
            .filter_map(|(nth, group)| (chosen & (1 << nth) != 0).then_some(group))
            .collect();
        let codes = AgeGroup::codes(&groups);
        let back = codes.iter().filter_map(|code| AgeGroup::of_code(code));
        let back: BTreeSet<AgeGroup> = back.flatten().copied().collect();
        assert_eq!(back, groups.iter().copied().collect(), "{codes:?}");
    }
    assert_eq!(AgeGroup::codes(&[YoungAdults, Adults]), ["adult"]);
}
