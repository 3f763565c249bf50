//! Whoever keeps every release still cannot work out a small number, nor a small change.

use figures::ledger::{Cell, Offered, Release, Seen, Span, Told, Withheld, release, seen};
use figures::{Dimension, Table};
use jiff::civil::date;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::exhaustive::{about, agrees};

/// A record: its category in each column, and its month (1 to 12).
type Record = (usize, usize, i8);

fn span(last: i8) -> Span {
    Span {
        first: date(2026, 1, 1),
        last: date(2026, last, 1).last_of_month(),
    }
}

fn months(last: i8) -> impl Iterator<Item = String> {
    (1..=last).map(|month| format!("2026-{month:02}"))
}

/// Two questions about the same records: by two columns, and by month.
fn offered(records: &[Record], sizes: (usize, usize), last: i8) -> Vec<Offered> {
    let inside: Vec<&Record> = records.iter().filter(|record| record.2 <= last).collect();
    let column = |name: &str, size: usize| Dimension::new(name, (0..size).map(|c| format!("c{c}")));
    let by_kind = Table::count(
        about(),
        vec![column("a", sizes.0), column("b", sizes.1)],
        inside
            .iter()
            .map(|r| [format!("c{}", r.0), format!("c{}", r.1)]),
    );
    let by_month = Table::count(
        about(),
        vec![Dimension::new("month", months(last))],
        inside.iter().map(|r| [format!("2026-{:02}", r.2)]),
    );
    let periods = (1..=last).map(|month| Span {
        first: date(2026, month, 1),
        last: date(2026, month, 1).last_of_month(),
    });
    let one = |question: &str, table| Offered {
        question: question.to_owned(),
        table,
        periods: None,
        elsewhere: Vec::new(),
    };
    vec![
        one("kind", by_kind.unwrap()),
        Offered {
            periods: Some((0, periods.collect())),
            ..one("month", by_month.unwrap())
        },
    ]
}

/// All that was published, as an attacker keeps it, and the truth behind it.
#[derive(Default)]
struct World {
    past: Vec<Told>,
    published: Vec<(Span, Release)>,
    truth: Vec<Vec<Offered>>,
}

impl World {
    fn publish(&mut self, records: &[Record], sizes: (usize, usize), last: i8, threshold: u64) {
        let tables = offered(records, sizes, last);
        match release(span(last), &tables, &self.past, threshold) {
            Ok(made) => {
                self.past.push(made.told.clone());
                self.published.push((span(last), made));
                self.truth.push(tables);
            }
            Err(_) => self.past.push(Told {
                span: span(last),
                tables: Vec::new(),
            }),
        }
    }

    /// What an attacker has of a question; of a withheld table the total stands in the other one.
    fn seen(&self, question: usize) -> Vec<Seen> {
        (self.published.iter())
            .map(|(span, made)| Seen {
                span: *span,
                cells: match &made.tables[question].cells {
                    Ok(cells) => cells.clone(),
                    Err(_) => (made.told.tables[question].cells.iter())
                        .map(|cell| match cell.at.iter().all(Option::is_none) {
                            true => (cell.at.clone(), Cell::Shown(made.records)),
                            false => (cell.at.clone(), Cell::Hidden),
                        })
                        .collect(),
                },
            })
            .collect()
    }

    fn true_count(&self, release: usize, question: usize, at: &[Option<String>]) -> i64 {
        let told = &self.published[release].1.told.tables[question];
        let found = told.cells.iter().find(|cell| cell.at == at);
        found.map_or(0, |cell| i64::try_from(cell.count).unwrap())
    }
}

/// A world, what comes in later and for which moments it is published.
#[derive(Debug, Clone)]
struct Story {
    sizes: (usize, usize),
    /// Records with the release before which they came in, and the one before which they were taken back.
    records: Vec<(Record, usize, usize)>,
    /// Up to which month each release goes.
    ends: Vec<i8>,
}

/// Never taken back.
const STAYS: usize = usize::MAX;

fn story(most: usize, late: usize, taken_back: bool) -> impl Strategy<Value = Story> {
    let ends = prop::sample::select(vec![
        vec![6, 12],
        vec![6, 6],
        vec![6, 6, 12],
        vec![6, 12, 12],
        vec![3, 6, 12],
        vec![12, 6],
    ]);
    let sizes = prop::sample::select(vec![(1, 2), (2, 2), (3, 2), (4, 3)]);
    (sizes, ends).prop_flat_map(move |(sizes, ends)| {
        let record = (0..sizes.0, 0..sizes.1, 1..=12_i8);
        // Not evenly: the first category has most of them.
        let skewed = record.prop_map(|(a, b, m)| (a * a / 3, b, m));
        let goes = prop_oneof![9 => Just(STAYS), 1 => 1..3_usize];
        let until = move |goes: usize| if taken_back { goes } else { STAYS };
        let early = vec(
            (skewed.clone(), Just(0_usize), goes.prop_map(until)),
            0..most,
        );
        let records = prop_oneof![
            early.clone(),
            (early, vec((skewed, 1..3_usize, Just(STAYS)), 0..late))
                .prop_map(|(early, late)| early.into_iter().chain(late).collect()),
        ];
        let sizes = ((sizes.0 - 1) * (sizes.0 - 1) / 3 + 1, sizes.1);
        (Just(sizes), Just(ends), records).prop_map(|(sizes, ends, records)| Story {
            sizes,
            records,
            ends,
        })
    })
}

fn told(story: &Story, threshold: u64) -> World {
    let mut world = World::default();
    for (n, last) in story.ends.iter().enumerate() {
        let here = (story.records.iter()).filter(|(_, from, until)| *from <= n && n < *until);
        let records: Vec<Record> = here.map(|(record, ..)| *record).collect();
        world.publish(&records, story.sizes, *last, threshold);
    }
    world
}

fn nothing_is_recovered(story: &Story, grows: bool) -> Result<(), TestCaseError> {
    let world = told(story, 10);
    for question in 0..2 {
        for bound in seen(&world.seen(question), grows) {
            let whole = world.true_count(bound.release, question, &bound.at);
            let less = bound
                .less
                .map_or(0, |less| world.true_count(less, question, &bound.at));
            let is_told = bound.at.iter().all(Option::is_none) || is_impossible(&world, &bound);
            if (whole - less).abs() < 10 && !is_told {
                prop_assert!(
                    bound.width().is_none_or(|width| width >= 10),
                    "{bound:?} of {whole} less {less}"
                );
            }
            // What was recovered is at least right.
            prop_assert!(bound.low.is_none_or(|low| low <= whole - less), "{bound:?}");
            prop_assert!(
                bound.high.is_none_or(|high| whole - less <= high),
                "{bound:?}"
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn sums_along_columns_and_over_time_recover_nothing(story in story(400, 60, false)) {
        // Nothing was taken back in these stories, and this attacker knows it; unless a smaller period came after a larger one.
        nothing_is_recovered(&story, story.ends.is_sorted())?;
    }

    #[test]
    fn nor_do_they_when_reports_were_taken_back(story in story(400, 60, true)) {
        nothing_is_recovered(&story, false)?;
    }

    #[test]
    fn what_is_shown_is_exact_and_the_totals_never_differ_by_little(story in story(400, 60, true)) {
        let world = told(&story, 10);
        for (n, (span, made)) in world.published.iter().enumerate() {
            for (question, table) in made.tables.iter().enumerate() {
                for (at, cell) in table.cells.iter().flatten() {
                    if let Cell::Shown(count) = cell {
                        prop_assert!(*count >= 10);
                        let exact = world.true_count(n, question, at);
                        prop_assert_eq!(i64::try_from(*count).unwrap(), exact);
                    }
                }
            }
            for (_, earlier) in world.published[..n].iter().filter(|(other, _)| nested(*other, *span)) {
                prop_assert!(earlier.records.abs_diff(made.records) >= 10);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Every possible world of whole numbers is tried, for a table of two or three cells told twice.
    #[test]
    fn whoever_tries_every_world_still_does_not_know(
        first in vec(0..9_u64, 2..4),
        more in vec(prop_oneof![2 => Just(0_u64), 2 => 1..6_u64], 3),
        extends in any::<bool>(),
    ) {
        let more = &more[..first.len()];
        let records = |counts: &[u64], month: i8| -> Vec<Record> {
            (counts.iter().enumerate())
                .flat_map(|(kind, n)| (0..*n).map(move |_| (kind, 0, month)))
                .collect()
        };
        let mut world = World::default();
        let sizes = (first.len(), 1);
        let early = records(&first, 2);
        world.publish(&early, sizes, 6, 4);
        let all: Vec<Record> = early.into_iter().chain(records(more, if extends { 8 } else { 3 })).collect();
        world.publish(&all, sizes, if extends { 12 } else { 6 }, 4);
        let seen = world.seen(0);
        if seen.len() < 2 {
            return Ok(());
        }
        // Unknowns: what each cell counted first, and what it counts more.
        let kinds = first.len();
        let mut sums: Vec<(Vec<usize>, u64)> = Vec::new();
        for (n, one) in seen.iter().enumerate() {
            for (at, cell) in &one.cells {
                if let Cell::Shown(count) = cell {
                    sums.push((parts(at, kinds, n), *count));
                }
            }
        }
        let ceiling = 40;
        for (kind, (a, b)) in first.iter().zip(more).enumerate() {
            let numbers = [(vec![kind], *a), (vec![kinds + kind], *b), (vec![kind, kinds + kind], a + b)];
            for (unknown, count) in numbers.into_iter().filter(|(_, count)| *count < 4) {
                let possible = |value: &u64| {
                    let mut with = sums.clone();
                    with.push((unknown.clone(), *value));
                    agrees(vec![(0, ceiling); 2 * kinds], &with)
                };
                let low = (0..=ceiling).find(possible).unwrap();
                let high = (0..=ceiling).rev().find(possible).unwrap();
                prop_assert!(high - low >= 4, "{unknown:?} = {count} is known to be {low} to {high}: {seen:?}");
            }
        }
    }
}

fn parts(at: &[Option<String>], kinds: usize, release: usize) -> Vec<usize> {
    let of = |kind: usize| {
        at[0]
            .as_ref()
            .is_none_or(|name| *name == format!("c{kind}"))
    };
    let own = (0..kinds).filter(|kind| of(*kind));
    own.flat_map(|kind| [kind, kinds + kind].into_iter().take(release + 1))
        .collect()
}

fn nested(a: Span, b: Span) -> bool {
    let holds = |a: Span, b: Span| a.first <= b.first && b.last <= a.last;
    holds(a, b) || holds(b, a)
}

/// Whether everybody knows that the number is zero: a month that the release does not count.
fn is_impossible(world: &World, bound: &figures::ledger::Bound) -> bool {
    let month = bound
        .at
        .first()
        .and_then(Option::as_deref)
        .and_then(|at| at.strip_prefix("2026-"));
    let last = world.published[bound.release].0.last.month();
    month
        .and_then(|month| month.parse::<i8>().ok())
        .is_some_and(|month| month > last)
}

fn many(counts: &[(usize, usize, i8, usize)]) -> Vec<Record> {
    let all = counts.iter();
    all.flat_map(|(a, b, month, n)| (0..*n).map(move |_| (*a, *b, *month)))
        .collect()
}

#[test]
fn a_year_after_its_first_half_hides_what_would_give_the_second_half_away() {
    let first = many(&[(0, 0, 2, 30), (0, 1, 3, 40), (1, 0, 4, 25), (1, 1, 5, 35)]);
    // Three of one kind in the second half.
    let second = many(&[(0, 0, 8, 3), (0, 1, 9, 40), (1, 0, 10, 25), (1, 1, 11, 35)]);
    let mut world = World::default();
    world.publish(&first, (2, 2), 6, 10);
    let year: Vec<Record> = first.into_iter().chain(second).collect();
    world.publish(&year, (2, 2), 12, 10);
    let cell = |release: usize, a: &str, b: &str| {
        let at = vec![Some(a.to_owned()), Some(b.to_owned())];
        let cells = world.published[release].1.tables[0].cells.as_ref().unwrap();
        cells.iter().find(|(own, _)| *own == at).unwrap().1
    };
    assert_eq!(cell(0, "c0", "c0"), Cell::Shown(30));
    assert_eq!(
        cell(1, "c0", "c0"),
        Cell::Hidden,
        "33 less 30 are three people"
    );
    assert_eq!(world.published[1].1.records, 233);
}

#[test]
fn the_same_period_told_again_keeps_its_numbers_where_little_changed() {
    let first = many(&[(0, 0, 2, 30), (1, 0, 3, 40), (2, 0, 4, 50)]);
    let mut world = World::default();
    world.publish(&first, (3, 1), 6, 10);
    // One more somewhere: nothing is told again.
    let one_more: Vec<Record> = first.iter().copied().chain([(0, 0, 2)]).collect();
    let tables = offered(&one_more, (3, 1), 6);
    let again = release(span(6), &tables, &world.past, 10);
    assert_eq!(
        again.unwrap_err(),
        Withheld::SmallChange { beside: span(6) }
    );
    // Twenty more of two kinds and one of a third: that one is not told.
    let many_more = many(&[(0, 0, 2, 1), (1, 0, 3, 20), (2, 0, 4, 20)]);
    let later: Vec<Record> = first.into_iter().chain(many_more).collect();
    world.publish(&later, (3, 1), 6, 10);
    let cells = world.published[1].1.tables[0].cells.as_ref().unwrap();
    let of = |kind: &str| {
        let at = vec![Some(kind.to_owned()), None];
        cells.iter().find(|(own, _)| *own == at).unwrap().1
    };
    assert_eq!(of("c0"), Cell::Kept(30));
    assert!(
        matches!(of("c1"), Cell::Kept(40)) || matches!(of("c2"), Cell::Kept(50)),
        "else the one is the rest"
    );
    assert_eq!(world.published[1].1.records, 161);
}

#[test]
fn few_records_and_periods_that_overlap_in_part_are_withheld_with_their_reason() {
    let few = offered(&many(&[(0, 0, 2, 9)]), (2, 2), 6);
    assert_eq!(
        release(span(6), &few, &[], 10).unwrap_err(),
        Withheld::FewRecords
    );
    let mut world = World::default();
    world.publish(&many(&[(0, 0, 2, 90), (1, 1, 5, 90)]), (2, 2), 6, 10);
    let across = Span {
        first: date(2026, 4, 1),
        last: date(2026, 9, 30),
    };
    let tables = offered(&many(&[(0, 0, 2, 90), (1, 1, 5, 190)]), (2, 2), 9);
    let refused = release(across, &tables, &world.past, 10).unwrap_err();
    assert_eq!(refused, Withheld::PartlyOverlaps { beside: span(6) });
}

#[test]
fn a_year_of_halves_keeps_most_of_its_figures() {
    let first = many(&[
        (0, 0, 1, 120),
        (0, 1, 2, 130),
        (1, 0, 3, 140),
        (1, 1, 4, 150),
        (2, 0, 5, 160),
        (2, 1, 6, 4),
    ]);
    let second: Vec<Record> = first
        .iter()
        .map(|(a, b, month)| (*a, *b, month + 6))
        .collect();
    let mut world = World::default();
    world.publish(&first, (3, 2), 6, 10);
    let year: Vec<Record> = first.into_iter().chain(second).collect();
    world.publish(&year, (3, 2), 12, 10);
    let year = &world.published[1].1;
    let cells: Vec<&Cell> = year
        .tables
        .iter()
        .flat_map(|t| t.cells.as_ref().unwrap())
        .map(|(_, cell)| cell)
        .collect();
    let hidden = cells.iter().filter(|cell| ***cell == Cell::Hidden).count();
    assert!(
        hidden * 3 < cells.len(),
        "{hidden} of {} are hidden",
        cells.len()
    );
}

#[test]
fn a_group_that_another_figure_tells_counts_as_known() {
    // Four small children, twenty older: together they are told elsewhere, so that the two protect each other.
    let ages = ["0-11", "12-17", "18-22", "23+"];
    let records = [("0-11", 4), ("12-17", 20), ("18-22", 30), ("23+", 40)];
    let rows = records
        .iter()
        .flat_map(|(age, n)| (0..*n).map(move |_| [*age]));
    let table = Table::count(about(), vec![Dimension::new("age", ages)], rows).unwrap();
    let offer = Offered {
        question: "age".to_owned(),
        table,
        periods: None,
        elsewhere: vec![(0, vec!["0-11".to_owned(), "12-17".to_owned()])],
    };
    let made = release(span(6), &[offer], &[], 10).unwrap();
    let cells = made.tables[0].cells.as_ref().unwrap();
    let hidden: Vec<&str> = (cells.iter())
        .filter(|(_, cell)| *cell == Cell::Hidden)
        .filter_map(|(at, _)| at[0].as_deref())
        .collect();
    assert_eq!(hidden, ["0-11", "12-17"]);
}
