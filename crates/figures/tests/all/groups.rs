//! Numbers of records told beside each other: whoever keeps all of them, of every period and in every order, still cannot work out a small
//! number of people. The attacker is the one of the tables ([`seen`]).

use figures::ledger::{Cell, Group, Groups, Seen, Span, Withheld, groups, seen};
use jiff::civil::date;
use proptest::collection::vec;
use proptest::prelude::*;

const THRESHOLD: u64 = 10;

/// Of a half-year: records of known age, with an identity and without a known age, without an identity.
type Half = [u64; 3];

fn span(first: i8, last: i8) -> Span {
    Span {
        first: date(2026, first, 1),
        last: date(2026, last, 1).last_of_month(),
    }
}

/// First half, second half, year.
fn spans() -> [Span; 3] {
    [span(1, 6), span(7, 12), span(1, 12)]
}

fn counted(halves: [Half; 2], over: usize) -> Half {
    match over {
        0 | 1 => halves[over],
        _ => [0, 1, 2].map(|n| halves[0][n] + halves[1][n]),
    }
}

/// Something that is to be told: which group over which period, and who came late before that, to which half.
#[derive(Debug, Clone)]
struct Telling {
    over: usize,
    group: usize,
    late: (usize, Half),
}

/// A telling that went out, and the truth behind it.
struct Told {
    groups: Groups,
    rings: Half,
    group: usize,
}

fn as_groups(over: usize, rings: Half, told: usize) -> Groups {
    let sums = [rings[0], rings[0] + rings[1], rings.iter().sum()];
    Groups {
        span: spans()[over],
        groups: (sums.into_iter().enumerate())
            .map(|(n, count)| Group {
                count,
                told: n == told,
            })
            .collect(),
    }
}

fn tell(mut halves: [Half; 2], tellings: &[Telling], weighs: bool) -> Vec<Told> {
    let mut out: Vec<Told> = Vec::new();
    for telling in tellings {
        let (half, late) = telling.late;
        for n in 0..3 {
            halves[half][n] += late[n];
        }
        let rings = counted(halves, telling.over);
        let new = as_groups(telling.over, rings, telling.group);
        let past: Vec<Groups> = out.iter().map(|told| told.groups.clone()).collect();
        // No figure is made of few records, whatever was told before.
        let few = new.groups[telling.group].count < THRESHOLD;
        if !few && (!weighs || groups(&new, &past, THRESHOLD).is_ok()) {
            out.push(Told {
                groups: new,
                rings,
                group: telling.group,
            });
        }
    }
    out
}

type At = [Option<&'static str>; 2];

/// Where a group stands in a table of identity by age. Nobody without an identity has a known age.
const PLACES: [At; 9] = [
    [Some("identity"), Some("age")],
    [Some("identity"), Some("no age")],
    [Some("identity"), None],
    [Some("none"), Some("age")],
    [Some("none"), Some("no age")],
    [Some("none"), None],
    [None, Some("age")],
    [None, Some("no age")],
    [None, None],
];
const TOLD: [At; 3] = [PLACES[0], PLACES[2], PLACES[8]];

fn owned(at: &At) -> Vec<Option<String>> {
    at.iter().map(|name| name.map(str::to_owned)).collect()
}

fn true_count(rings: Half, at: &[Option<String>]) -> i64 {
    let of = |identity: &str, age: &str, count: u64| {
        let fits = |own: &Option<String>, name: &str| own.as_deref().is_none_or(|own| own == name);
        let inside = fits(&at[0], identity) && fits(&at[1], age);
        if inside { count } else { 0 }
    };
    let [known, unknown, none] = rings;
    let sum = of("identity", "age", known)
        + of("identity", "no age", unknown)
        + of("none", "no age", none);
    i64::try_from(sum).unwrap()
}

fn as_seen(told: &Told) -> Seen {
    let cell = |at: &At| match () {
        () if at[0] == Some("none") && at[1] == Some("age") => Cell::Impossible,
        () if *at == TOLD[told.group] => Cell::Shown(told.groups.groups[told.group].count),
        () => Cell::Hidden,
    };
    Seen {
        span: told.groups.span,
        cells: PLACES.iter().map(|at| (owned(at), cell(at))).collect(),
    }
}

/// The small numbers that the attacker knows to less than ten; `grows`: also that whoever tells later tells of no fewer.
fn recovered(told: &[Told], grows: bool) -> Vec<String> {
    let all: Vec<Seen> = told.iter().map(as_seen).collect();
    let mut out = Vec::new();
    for bound in seen(&all, grows) {
        let count = |release: usize| true_count(told[release].rings, &bound.at);
        let truth = count(bound.release) - bound.less.map_or(0, count);
        assert!(
            bound.low.is_none_or(|low| low <= truth),
            "{bound:?} of {truth}"
        );
        assert!(
            bound.high.is_none_or(|high| truth <= high),
            "{bound:?} of {truth}"
        );
        if (1..10).contains(&truth) && bound.width().is_some_and(|width| width < 10) {
            out.push(format!("{bound:?} of {truth}"));
        }
    }
    out
}

fn half() -> impl Strategy<Value = Half> {
    // Few and many of each, as they come.
    let few_or_many = || prop_oneof![0_u64..15, 10_u64..400];
    (10_u64..400, few_or_many(), few_or_many())
        .prop_map(|(known, unknown, none)| [known, unknown, none])
}

fn telling(late: bool) -> impl Strategy<Value = Telling> {
    let nobody = Just([0, 0, 0]);
    let some = (0_u64..30, 0_u64..12, 0_u64..12).prop_map(|(a, b, c)| [a, b, c]);
    let late = match late {
        true => prop_oneof![nobody, some].boxed(),
        false => nobody.boxed(),
    };
    (0..3_usize, 0..3_usize, 0..2_usize, late).prop_map(|(over, group, half, late)| Telling {
        over,
        group,
        late: (half, late),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn numbers_of_records_recover_nobody(
        first in half(),
        second in half(),
        tellings in vec(telling(false), 1..9),
    ) {
        let told = tell([first, second], &tellings, true);
        let known = recovered(&told, true);
        prop_assert!(known.is_empty(), "{}", known.join("\n"));
    }

    #[test]
    fn nor_do_they_when_some_come_late(
        first in half(),
        second in half(),
        tellings in vec(telling(true), 1..9),
    ) {
        let told = tell([first, second], &tellings, true);
        let known = recovered(&told, false);
        prop_assert!(known.is_empty(), "{}", known.join("\n"));
    }
}

fn at_once(over: usize, group: usize) -> Telling {
    Telling {
        over,
        group,
        late: (0, [0, 0, 0]),
    }
}

#[test]
fn without_weighing_three_people_would_be_seen() {
    // A hundred registrations, of which ninety-seven with a known age.
    let halves = [[97, 3, 40], [120, 30, 50]];
    let tellings = [at_once(0, 0), at_once(0, 1)];
    assert!(!recovered(&tell(halves, &tellings, false), true).is_empty());
    let weighed = tell(halves, &tellings, true);
    assert_eq!(weighed.len(), 1);
    assert!(recovered(&weighed, true).is_empty());
    let past: Vec<Groups> = weighed.into_iter().map(|told| told.groups).collect();
    assert_eq!(
        groups(&as_groups(0, halves[0], 1), &past, THRESHOLD),
        Err(Withheld::BesideRows { beside: spans()[0] })
    );
}

#[test]
fn the_year_beside_its_halves_counts_too() {
    // Without an identity: four in the first half, forty in the second.
    let halves = [[200, 50, 4], [200, 50, 40]];
    let tellings = [at_once(0, 1), at_once(1, 1), at_once(2, 2), at_once(0, 2)];
    assert!(!recovered(&tell(halves, &tellings, false), true).is_empty());
    let weighed = tell(halves, &tellings, true);
    // Those of the year are told, those of the first half are not.
    assert_eq!(weighed.len(), 3);
    assert!(recovered(&weighed, true).is_empty());
}

#[test]
fn that_there_is_nobody_may_be_seen() {
    let halves = [[60, 0, 0], [70, 0, 0]];
    let tellings = [at_once(0, 0), at_once(0, 1), at_once(0, 2), at_once(2, 2)];
    assert_eq!(tell(halves, &tellings, true).len(), 4);
}
