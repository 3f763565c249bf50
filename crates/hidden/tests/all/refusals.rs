//! Tables that hold no answer are refused with the condition that fails; tables that hold one are not.

use hidden::{Lists, Method, Outcome, Refusal, Settings, estimate, estimate_only};
use proptest::prelude::*;

const METHODS: [Method; 4] = [Method::Main, Method::Stepwise, Method::Bic, Method::Best];

pub fn lists(count: usize, cells: &[(u16, u64)]) -> Lists {
    let names = (0..count).map(|at| char::from(b'A' + u8::try_from(at).unwrap()).to_string());
    Lists::new(names.collect(), cells.iter().copied()).unwrap()
}

pub fn asked(lists: &Lists, method: Method, resamples: u32) -> Outcome {
    let settings = Settings {
        method,
        resamples,
        seed: 3,
    };
    estimate(lists, &settings)
}

fn refused(lists: &Lists, method: Method) -> Refusal {
    match asked(lists, method, 50) {
        Outcome::Refused(refusal) => refusal,
        Outcome::Estimate(estimate) => panic!("{method}: {estimate:?}"),
    }
}

#[test]
fn each_condition_has_its_own_refusal() {
    let cases: [(Lists, Refusal); 8] = [
        (lists(3, &[]), Refusal::Nobody),
        (lists(8, &[(1, 0), (255, 0)]), Refusal::Nobody),
        (lists(1, &[(1, 40)]), Refusal::FewLists(1)),
        (lists(2, &[(1, 40), (2, 30), (3, 6)]), Refusal::FewLists(2)),
        // the third list holds nobody
        (lists(3, &[(1, 40), (2, 30), (3, 6)]), Refusal::FewLists(2)),
        (
            lists(4, &[(1, 18), (2, 12), (4, 11), (8, 8)]),
            Refusal::NoOverlap,
        ),
        // everybody is on A: nobody outside A was ever seen
        (
            lists(3, &[(1, 40), (3, 6), (5, 4), (7, 2)]),
            Refusal::NoMaximum,
        ),
        // everybody is on all
        (lists(4, &[(15, 40)]), Refusal::NoMaximum),
    ];
    for (table, expected) in cases {
        for method in METHODS {
            assert_eq!(refused(&table, method), expected, "{method}");
        }
    }
    let six = lists(6, &[(1, 50), (3, 9), (12, 8), (48, 7), (21, 5), (42, 4)]);
    assert_eq!(refused(&six, Method::Bic), Refusal::TooManyForBic(6));
}

/// Four lists that do not meet, where the published packages return 2·10^12 and 8·10^11 people.
#[test]
fn people_known_to_border_police_elsewhere_are_no_number() {
    for singles in [[30, 12, 5, 2], [1, 1, 1, 46], [13, 12, 12, 12]] {
        let cells: Vec<(u16, u64)> = [1, 2, 4, 8].into_iter().zip(singles).collect();
        for method in METHODS {
            assert_eq!(refused(&lists(4, &cells), method), Refusal::NoOverlap);
        }
    }
}

/// With three people who overlap, one resample in twenty has no overlap at all: told, or refused when it is too many.
#[test]
fn resampled_tables_without_an_estimate_are_told_or_refused() {
    let thin = lists(3, &[(1, 100), (2, 100), (4, 100), (3, 1), (5, 1), (6, 1)]);
    match asked(&thin, Method::Main, 1000) {
        Outcome::Estimate(estimate) => {
            assert!(estimate.resamples.used < estimate.resamples.drawn);
            let told = |words: &str| {
                estimate
                    .warnings
                    .iter()
                    .any(|w| w.to_string().contains(words))
            };
            assert!(told("resampled tables had no estimate") && told("only 3 people"));
        }
        Outcome::Refused(refusal) => panic!("{refusal}"),
    }
    let thinner = lists(3, &[(1, 100), (2, 100), (4, 100), (3, 1)]);
    assert!(matches!(
        refused(&thinner, Method::Main),
        Refusal::Unsteady { .. }
    ));
}

#[test]
fn a_refusal_is_written_as_the_contract_says() {
    let outcome = asked(&lists(3, &[(1, 4)]), Method::Best, 10);
    let json = serde_json::to_string(&outcome).unwrap();
    assert!(
        json.starts_with(r#"{"estimate":null,"refused":"fewer than three lists"#),
        "{json}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Two hundred tables without an estimate, of every kind: two hundred refusals.
    #[test]
    fn tables_without_an_answer_are_refused(
        kind in 0usize..5,
        count in 3usize..=8,
        counts in prop::collection::vec(0u64..200, 255),
        method in prop::sample::select(METHODS.to_vec()),
    ) {
        let all = 1u16..1 << count;
        let cells = all.zip(counts).filter(|(mask, _)| match kind {
            0 => mask.count_ones() == 1,
            1 => *mask < 2,
            2 => *mask < 4,
            3 => mask & 1 == 1,
            _ => false,
        });
        let table = lists(count, &cells.collect::<Vec<_>>());
        let outcome = asked(&table, method, 20);
        prop_assert!(matches!(outcome, Outcome::Refused(_)), "{:?}", outcome);
    }

    /// Two hundred tables of people on independent lists, each of whom is seen with chances from a twentieth to a third: none is refused.
    #[test]
    fn tables_with_an_answer_are_not_refused(
        count in 3usize..=5,
        people in 500u64..5000,
        chances in prop::collection::vec(0.05f64..0.33, 5),
    ) {
        let cells: Vec<(u16, u64)> = (1u16..1 << count).map(|mask| {
            let share = (0..count).map(|list| {
                if mask >> list & 1 == 1 { chances[list] } else { 1.0 - chances[list] }
            });
            (mask, (people as f64 * share.product::<f64>()).round() as u64)
        }).collect();
        let table = lists(count, &cells);
        match estimate_only(&table, &Settings { method: Method::Main, resamples: 100, seed: 3 }) {
            Outcome::Estimate(estimate) => {
                let off = (estimate.estimate / people as f64).ln().abs();
                prop_assert!(off < 0.35, "{} for {people}", estimate.estimate);
            }
            Outcome::Refused(refusal) => prop_assert!(false, "{refusal}: {cells:?}"),
        }
    }
}
