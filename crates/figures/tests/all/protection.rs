//! Nothing that is hidden can be worked out.

use figures::attack::attack;
use figures::{Protection, Published, Status, Table, Zeros, protect};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::exhaustive::{possible, table};

/// Counts with many small ones and zeros.
fn count() -> impl Strategy<Value = u64> {
    prop_oneof![3 => Just(0_u64), 5 => 1..4_u64, 3 => 4..12_u64]
}

/// Shapes small enough to try every table.
fn small() -> impl Strategy<Value = (Vec<usize>, Vec<u64>)> {
    let shape = prop::sample::select(vec![
        vec![3],
        vec![4],
        vec![2, 2],
        vec![2, 3],
        vec![3, 2],
        vec![2, 2, 2],
        vec![1, 3],
    ]);
    shape.prop_flat_map(|sizes| {
        let cells = sizes.iter().product::<usize>();
        (Just(sizes), vec(count(), cells..=cells))
    })
}

/// Shapes as they are published.
fn ordinary() -> impl Strategy<Value = (Vec<usize>, Vec<u64>)> {
    let shape = prop::sample::select(vec![
        vec![12],
        vec![10, 6],
        vec![5, 2, 3],
        vec![4, 2, 3, 3],
        vec![6, 10, 2],
    ]);
    let count = prop_oneof![2 => Just(0_u64), 3 => 1..10_u64, 4 => 10..120_u64];
    shape.prop_flat_map(move |sizes| {
        let cells = sizes.iter().product::<usize>();
        (Just(sizes), vec(count.clone(), cells..=cells))
    })
}

fn four() -> Protection {
    Protection {
        threshold: 4,
        zeros: Zeros::Hidden,
    }
}

/// A small cell must stay unknown over the whole threshold, a cell hidden for another's sake must not be known exactly.
fn wanted(inside: &Table, cell: &[Option<String>], threshold: u64) -> u64 {
    let all = protect(
        inside,
        Protection {
            threshold: 0,
            zeros: Zeros::Shown,
        },
    );
    let names: Vec<_> = cell.iter().map(Option::as_deref).collect();
    match all.cell(&names) {
        Some(Published::Shown(count)) if count < threshold => threshold,
        _ => 1,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn whoever_tries_every_table_still_does_not_know((sizes, counts) in small()) {
        let inside = table(&sizes, &counts);
        let published = protect(&inside, four());
        for (cell, low, high) in possible(&published, 100, 4) {
            let least = wanted(&inside, &cell, 4);
            prop_assert!(high - low >= least, "{cell:?} is known to be {low} to {high}");
        }
    }

    #[test]
    fn the_same_when_zeros_are_shown((sizes, counts) in small()) {
        let inside = table(&sizes, &counts);
        let published = protect(&inside, Protection { zeros: Zeros::Shown, ..four() });
        for (cell, low, high) in possible(&published, 100, 4) {
            let least = wanted(&inside, &cell, 4);
            prop_assert!(high - low >= least, "{cell:?} is known to be {low} to {high}");
        }
    }

    #[test]
    fn adding_and_subtracting_along_the_lines_recovers_nothing((sizes, counts) in ordinary()) {
        let inside = table(&sizes, &counts);
        let published = protect(&inside, Protection::default());
        let rows: Vec<_> = published.rows().collect();
        for interval in attack(&published) {
            let least = wanted(&inside, &rows[interval.row].categories, 10);
            prop_assert!(interval.width().is_none_or(|width| width >= least), "{interval:?}");
        }
    }

    #[test]
    fn what_is_shown_is_exact_and_never_small((sizes, counts) in ordinary()) {
        let inside = table(&sizes, &counts);
        let published = protect(&inside, Protection::default());
        for row in published.rows().filter(|row| row.status == Status::Shown) {
            prop_assert!(row.count >= Some(10));
        }
        let inner = published.rows().filter(|row| row.categories.iter().all(Option::is_some));
        for (row, exact) in inner.zip(&counts) {
            prop_assert!(row.count.is_none_or(|shown| shown == *exact));
        }
        prop_assert!(published.records().is_none_or(|records| records == inside.records()));
    }
}

#[test]
fn a_group_whose_members_all_share_a_value_does_not_betray_its_zeros() {
    // Twelve in the row, all of one form: showing 12 of 12 would show that the hidden zeros are zeros.
    let published = protect(
        &table(&[2, 3], &[12, 0, 0, 40, 50, 60]),
        Protection::default(),
    );
    let zero = published.cell(&[Some("c0"), Some("c1")]);
    assert_eq!(zero, Some(Published::Hidden));
    for interval in attack(&published) {
        assert!(
            interval.width().is_none_or(|width| width >= 10),
            "{interval:?}"
        );
    }
}

#[test]
fn a_table_of_nobody_shows_nothing() {
    let published = protect(&table(&[2, 2], &[0, 0, 0, 0]), Protection::default());
    assert_eq!(published.records(), None);
    assert_eq!(published.hidden(), 9);
}

#[test]
fn large_tables_keep_most_of_their_figures() {
    let counts: Vec<u64> = (0..40)
        .map(|n| if n % 13 == 0 { 4 } else { 30 + n })
        .collect();
    let published = protect(&table(&[10, 4], &counts), Protection::default());
    let share = published.hidden() as f64 / published.rows().count() as f64;
    assert!(share < 0.25, "{share} of the cells are hidden");
    assert!(published.records().is_some());
}

#[test]
fn impossible_combinations_are_shown_as_zero_and_protect_nobody() {
    let inside = table(&[2, 3], &[0, 4, 40, 50, 60, 70])
        .impossible(&[("d0", "c0"), ("d1", "c0")])
        .unwrap();
    let published = protect(&inside, Protection::default());
    assert_eq!(
        published.cell(&[Some("c0"), Some("c0")]),
        Some(Published::Impossible)
    );
    for (cell, low, high) in possible(&published, 300, 10) {
        assert!(high > low, "{cell:?}: {low} to {high}");
    }
}

#[test]
fn a_sparse_year_is_protected_in_time() {
    // 944 people, five forms, two sexes, three ages, ten regions: mostly small cells. Guards against a search that explodes.
    let counts: Vec<u64> = (0..300).map(|n: u64| (n * n * 7919 + n) % 13 / 2).collect();
    let published = protect(&table(&[5, 2, 3, 10], &counts), Protection::default());
    assert!(published.records().is_some());
    for interval in attack(&published) {
        assert!(
            interval.width().is_none_or(|width| width >= 10),
            "{interval:?}"
        );
    }
}
