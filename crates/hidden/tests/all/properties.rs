//! What holds for every table.

use hidden::{Estimate, Lists, Method, Outcome, Settings, estimate_only};
use proptest::prelude::*;

use crate::refusals::{asked, lists};

fn table() -> impl Strategy<Value = (usize, Vec<u64>)> {
    let counts = prop_oneof![3 => Just(0u64), 2 => 1u64..4, 2 => 4u64..60, 1 => 60u64..1000];
    (3usize..=4).prop_flat_map(move |count| {
        let cells = prop::collection::vec(counts.clone(), (1 << count) - 1);
        (Just(count), cells)
    })
}

fn cells(counts: &[u64]) -> Vec<(u16, u64)> {
    (1u16..).zip(counts.iter().copied()).collect()
}

fn method() -> impl Strategy<Value = Method> {
    prop::sample::select(vec![
        Method::Main,
        Method::Stepwise,
        Method::Bic,
        Method::Best,
    ])
}

fn sorted(model: &[String]) -> Vec<Vec<String>> {
    let mut terms: Vec<Vec<String>> = model
        .iter()
        .map(|term| {
            let mut names: Vec<String> = term.split(':').map(str::to_owned).collect();
            names.sort();
            names
        })
        .collect();
    terms.sort();
    terms
}

/// The same but for the order in which lists are named.
fn alike(a: &Outcome, b: &Outcome) -> bool {
    let bits = |e: &Estimate| {
        let limits = [e.interval95, e.interval80]
            .map(|i| i.map(|[low, high]| [low.to_bits(), high.to_bits()]));
        (
            e.observed,
            e.estimate.to_bits(),
            limits,
            sorted(&e.model),
            e.resamples,
            e.warnings.len(),
        )
    };
    match (a, b) {
        (Outcome::Estimate(a), Outcome::Estimate(b)) => bits(a) == bits(b),
        (Outcome::Refused(a), Outcome::Refused(b)) => a == b,
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn numbers_are_finite_within_reason_and_their_warnings_are_told((count, counts) in table(), method in method()) {
        let outcome = asked(&lists(count, &cells(&counts)), method, 60);
        let json = serde_json::to_value(&outcome).unwrap();
        let Outcome::Estimate(found) = outcome else {
            prop_assert!(json["estimate"].is_null() && json["refused"].is_string());
            return Ok(());
        };
        let seen = found.observed as f64;
        prop_assert!(found.estimate.is_finite() && (seen..=1000.0 * seen).contains(&found.estimate));
        let told = |words: &str| found.warnings.iter().any(|w| w.to_string().contains(words));
        for (share, interval) in [("95", found.interval95), ("80", found.interval80)] {
            let [low, high] = interval.unwrap();
            prop_assert!(low.is_finite() && high.is_finite() && seen <= low && low <= high);
            prop_assert!(high <= 1000.0 * seen * 2.0);
            let holds = (low..=high).contains(&found.estimate);
            let outside = told(&format!("outside its {share} %"));
            prop_assert!(holds || outside);
        }
        let [wide, narrow] = [found.interval95.unwrap(), found.interval80.unwrap()];
        prop_assert!(wide[0] <= narrow[0] && narrow[1] <= wide[1]);
        // sixty resamples never leave ten beyond a limit of two and a half in a hundred
        prop_assert!(method == Method::Best || told("95 % interval are not resolved"));
        prop_assert_eq!(json["refused"].clone(), serde_json::Value::Null);
        for member in ["observed", "estimate", "interval95", "interval80", "model", "checks", "warnings"] {
            prop_assert!(!json[member].is_null(), "{}", member);
        }
    }

    #[test]
    fn the_order_of_lists_and_lines_changes_nothing((count, counts) in table(), method in method(), turn in 1usize..4) {
        let given = cells(&counts);
        let straight = lists(count, &given);
        let place = |list: usize| (list + turn) % count;
        let names: Vec<String> = (0..count)
            .map(|at| (0..count).find(|list| place(*list) == at).map(|list| straight.names()[list].clone()).unwrap())
            .collect();
        let moved = given.iter().rev().map(|(mask, n)| {
            let bits = (0..count).filter(|list| mask >> list & 1 == 1);
            (bits.map(|list| 1u16 << place(list)).sum(), *n)
        });
        let turned = Lists::new(names, moved).unwrap();
        let (a, b) = (asked(&straight, method, 40), asked(&turned, method, 40));
        prop_assert!(alike(&a, &b), "{:?}\n{:?}", a, b);
    }

    #[test]
    fn combinations_of_nobody_change_nothing((count, counts) in table(), method in method()) {
        let all = cells(&counts);
        let some: Vec<_> = all.iter().copied().filter(|(_, count)| *count > 0).collect();
        let (a, b) = (asked(&lists(count, &all), method, 40), asked(&lists(count, &some), method, 40));
        prop_assert_eq!(a, b);
    }

    #[test]
    fn a_list_of_nobody_changes_nothing_but_is_told((count, counts) in table()) {
        let given = cells(&counts);
        let (a, b) = (
            asked(&lists(count, &given), Method::Stepwise, 40),
            asked(&lists(count + 1, &given), Method::Stepwise, 40),
        );
        if let (Outcome::Estimate(a), Outcome::Estimate(b)) = (a, b) {
            prop_assert_eq!(a.estimate.to_bits(), b.estimate.to_bits());
            prop_assert_eq!(a.interval95, b.interval95);
            prop_assert_eq!(a.warnings.len() + 1, b.warnings.len());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn many_lists_with_few_people_give_a_number_or_a_reason(
        count in 5usize..=8,
        singles in prop::collection::vec(0u64..80, 8),
        more in prop::collection::vec((1u16..256, 1u64..4), 1..20),
    ) {
        let mut people = std::collections::BTreeMap::new();
        for (list, number) in singles.iter().enumerate().take(count) {
            people.insert(1u16 << list, *number);
        }
        for (mask, number) in more {
            people.insert(1 + mask % ((1 << count) - 1), number);
        }
        let table = lists(count, &people.into_iter().collect::<Vec<_>>());
        for method in [Method::Stepwise, Method::Best] {
            let settings = Settings { method, resamples: 40, seed: 3 };
            if let Outcome::Estimate(found) = estimate_only(&table, &settings) {
                let [low, high] = found.interval95.unwrap();
                let seen = found.observed as f64;
                prop_assert!(seen <= low && low <= high && high <= 1000.0 * seen);
                prop_assert!((seen..=1000.0 * seen).contains(&found.estimate));
            }
        }
    }
}
