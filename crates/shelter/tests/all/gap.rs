//! Generalised assignment: published optima where the files are at hand, brute force always.

use std::collections::HashMap;
use std::path::PathBuf;

use shelter::Chance;
use shelter::gap::{Gap, read, solve_gap};

/// The benchmark files lie outside the repository; their licence is not verified, so they are never shipped.
fn published() -> Option<PathBuf> {
    let dir = std::env::var_os("SAMEN_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/placement"),
        |dir| PathBuf::from(dir).join("placement"),
    );
    dir.join("gap_optima.txt").is_file().then_some(dir)
}

#[test]
fn the_published_optima_are_found_and_proven() {
    let Some(dir) = published() else {
        eprintln!("OR-Library files are not here (set SAMEN_DATA): skipped");
        return;
    };
    let mut optima: HashMap<String, Vec<i64>> = HashMap::new();
    for line in std::fs::read_to_string(dir.join("gap_optima.txt"))
        .unwrap()
        .lines()
    {
        let words: Vec<_> = line.split_whitespace().collect();
        if words[0] != "#" && words[5] == "max" {
            optima
                .entry(words[0].into())
                .or_default()
                .push(words[4].parse().unwrap());
        }
    }
    for n in 1..=3 {
        let name = format!("gap{n}");
        let text = std::fs::read_to_string(dir.join(format!("{name}.txt"))).unwrap();
        let plans: Vec<_> = (read(&text).unwrap().iter())
            .map(|gap| solve_gap(gap, false, &|| false))
            .collect();
        assert!(plans.iter().all(|plan| plan.optimal));
        let found: Vec<_> = plans.iter().filter_map(|plan| plan.objective).collect();
        assert_eq!(found, optima[&name], "{name}");
    }
}

#[test]
fn the_assignment_problem_is_known_by_its_length_and_solved_by_the_flow() {
    let Some(dir) = published() else {
        eprintln!("OR-Library files are not here (set SAMEN_DATA): skipped");
        return;
    };
    let text = std::fs::read_to_string(dir.join("assign500.txt")).unwrap();
    let plan = solve_gap(&read(&text).unwrap()[0], true, &|| false);
    assert_eq!((plan.objective, plan.optimal), (Some(991), true));
    let mut agents = plan.assignment;
    agents.sort_unstable();
    assert_eq!(agents, (1..=500).collect::<Vec<_>>());
}

fn random(seed: u64) -> Gap {
    let mut chance = Chance::new(seed);
    let (agents, jobs) = (2 + chance.below(2), 2 + chance.below(5));
    let mut table = |low, high| -> Vec<Vec<i64>> {
        let row = |c: &mut Chance| (0..jobs).map(|_| c.from_to(low, high)).collect();
        (0..agents).map(|_| row(&mut chance)).collect()
    };
    let (value, need) = (table(-5, 30), table(0, 12));
    let capacity = (0..agents).map(|_| chance.from_to(5, 25)).collect();
    Gap {
        value,
        need,
        capacity,
        square: false,
    }
}

fn least(gap: &Gap, sign: i64, job: usize, left: &mut Vec<i64>) -> Option<i64> {
    if job == gap.value[0].len() {
        return Some(0);
    }
    let mut best = None;
    for agent in 0..left.len() {
        let need = gap.need[agent][job];
        if need <= left[agent] {
            left[agent] -= need;
            let rest = least(gap, sign, job + 1, left);
            left[agent] += need;
            let all = rest.map(|rest| rest + sign * gap.value[agent][job]);
            best = [best, all].into_iter().flatten().min();
        }
    }
    best
}

#[test]
fn it_equals_brute_force_and_says_when_there_is_no_plan() {
    let mut none = 0;
    for seed in 0..1500 {
        let gap = random(seed);
        for (minimise, sign) in [(true, 1), (false, -1)] {
            let plan = solve_gap(&gap, minimise, &|| false);
            let expected = least(&gap, sign, 0, &mut gap.capacity.clone()).map(|best| best * sign);
            assert_eq!(plan.objective, expected, "seed {seed}");
            assert!(plan.optimal && plan.bound == expected);
            none += u32::from(expected.is_none());
            let mut left = gap.capacity.clone();
            for (job, agent) in plan.assignment.iter().enumerate() {
                left[agent - 1] -= gap.need[agent - 1][job];
            }
            assert!(left.iter().all(|left| *left >= 0));
        }
    }
    assert!(none > 10, "some of the questions have no answer");
}

#[test]
fn a_deadline_leaves_a_true_bound() {
    let gap = random(7);
    let plan = solve_gap(&gap, false, &|| true);
    let best = -least(&gap, -1, 0, &mut gap.capacity.clone()).unwrap();
    assert!(plan.bound.unwrap() >= best);
    assert!(plan.objective.is_none_or(|found| found <= best));
}

#[test]
fn a_fault_names_its_line_its_column_and_the_number() {
    let said = |text: &str| read(text).unwrap_err().to_string();
    assert_eq!(
        said("1\n2 2\n1 2\n3 x\n"),
        "line 4, column 3: problem 1: value in row 2, place 2 is `x`, expected a whole number from -1000000000 to 1000000000"
    );
    assert!(said("1\n2 2\n1 2\n").starts_with(
        "line 3, column 4: problem 1: value in row 2, place 1 is `the end of the file`"
    ));
    assert!(said("1\n0 2\n").contains("the number of agents is `0`"));
    assert!(said("99999999999999999999").contains("line 1, column 1"));
    assert!(said("1 1 1 5 -1 5").contains("problem 1: need in row 1, place 1 is `-1`"));
    assert!(said("1 1 1 5 1 5 8").contains("what follows the last problem"));
    assert!(said("").contains("the end of the file"));
}

#[test]
fn capacities_far_too_large_for_a_table_are_still_answered() {
    let gap = Gap {
        value: vec![vec![5, 7, 9], vec![6, 6, 6]],
        need: vec![vec![600_000_000; 3], vec![900_000_000; 3]],
        capacity: vec![1_000_000_000, 1_000_000_000],
        square: false,
    };
    let plan = solve_gap(&gap, false, &|| false);
    assert_eq!((plan.objective, plan.optimal), (None, true));
    let gap = Gap {
        capacity: vec![1_000_000_000, 1_900_000_000],
        ..gap
    };
    assert_eq!(solve_gap(&gap, false, &|| false).objective, Some(6 + 6 + 9));
}
