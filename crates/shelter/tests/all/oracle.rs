//! HiGHS as the oracle: the same optimum on questions too large to try everything. The question is put to it from the rules that explain and
//! the costs that are shown, room by room: nothing of the engine's own model, cells or bounds goes into it.

use std::collections::BTreeMap;
use std::time::Duration;

use highs::{Col, HighsModelStatus, RowProblem, Sense};
use shelter::audit::audit;
use shelter::cost::{soft, unplaced};
use shelter::generate::{Size, generate};
use shelter::rules::failed;
use shelter::{Chance, Instance, InstanceFile, Plan, Rule, Standing, Weights, mip, plan};

use crate::brute::{crowded, least};

fn ours(file: &InstanceFile) -> Plan {
    let instance = Instance::check(file.clone()).expect("sound instance");
    let plan = plan(&instance, &Weights::default(), &|| false);
    assert_eq!(audit(file, &plan), Vec::<String>::new());
    assert!(plan.optimal, "bound {} of {}", plan.bound, plan.objective);
    plan
}

/// The least cost as HiGHS finds it, from the contract's rules and costs.
fn oracle(file: &InstanceFile) -> i64 {
    let instance = Instance::check(file.clone()).expect("sound instance");
    let weights = Weights::default();
    let standing = Standing::now(&instance);
    let mut problem = RowProblem::default();
    let rooms: Vec<_> = instance.room_indices().collect();
    let mut seats: Vec<i64> = rooms
        .iter()
        .map(|r| i64::from(instance.room(*r).free))
        .collect();
    let mut of_room: Vec<Vec<(Col, f64)>> = vec![Vec::new(); rooms.len()];
    let mut met: BTreeMap<(String, String), Vec<(Col, bool)>> = BTreeMap::new();
    let mut choices = Vec::new();
    for request in instance.requests() {
        for (seats, room) in seats.iter_mut().zip(&rooms) {
            *seats += i64::from(request.size()) * i64::from(request.current_room == Some(*room));
        }
    }
    for request in instance.requests() {
        let asking = instance.find_request(&request.id).expect("its own request");
        let asked = file.requests.iter().find(|one| one.id == request.id);
        let asked = asked.expect("the file's own request");
        let mut row = Vec::new();
        for (n, room) in rooms.iter().enumerate() {
            let stays = request.current_room == Some(*room);
            let fails = failed(&instance, asking, *room, &standing);
            // Whether there is room, and who else is there, is for the whole plan to say.
            let left = |rule: &Rule| !matches!(rule, Rule::Places | Rule::Apart);
            if !stays && fails.iter().any(|rule| left(&rule)) {
                continue;
            }
            let cost = match stays {
                true => i64::from(weights.stay),
                false => soft(&instance, asking, *room, &weights).total,
            };
            let column = problem.add_integer_column(cost as f64, 0..=1);
            row.push((column, 1.0));
            of_room[n].push((column, f64::from(request.size())));
            if let Some(group) = &asked.apart {
                let house = instance.location_of(instance.room(*room)).id.clone();
                met.entry((group.clone(), house))
                    .or_default()
                    .push((column, stays));
            }
        }
        if request.current_room.is_none() {
            let cost = unplaced(request, &weights);
            row.push((problem.add_integer_column(cost as f64, 0..=1), 1.0));
        }
        choices.push(row);
    }
    for row in choices {
        problem.add_row(1..=1, row);
    }
    for (seats, row) in seats.iter().zip(of_room) {
        problem.add_row(..=(*seats as f64), row);
    }
    for columns in met.into_values() {
        let arriving = || columns.iter().filter(|(_, stays)| !stays);
        problem.add_row(..=1, arriving().map(|(column, _)| (*column, 1.0)));
        for (staying, _) in columns.iter().filter(|(_, stays)| *stays) {
            let all = arriving().map(|(column, _)| (*column, 1.0));
            problem.add_row(..=1, all.chain([(*staying, 1.0)]));
        }
    }
    let mut model = problem.optimise(Sense::Minimise);
    model.make_quiet();
    model.set_option("threads", 1);
    model.set_option("mip_rel_gap", 0.0);
    model.set_option("mip_abs_gap", 0.5);
    model.set_option("time_limit", 120.0);
    let solved = model.solve();
    assert_eq!(solved.status(), HighsModelStatus::Optimal);
    solved.objective_value().round() as i64
}

#[test]
fn the_oracle_itself_agrees_with_trying_everything() {
    for seed in 5_000..5_150 {
        let file = crowded(seed, false);
        assert_eq!(oracle(&file), least(&file), "seed {seed}");
    }
}

/// Between eight and ninety households, tight or roomy, with families, groups and movers.
fn middle(seed: u64) -> Size {
    let mut chance = Chance::new(seed);
    Size {
        locations: 6 + chance.below(40),
        places_a_room: chance.from_to(2, 4),
        free_per_mille: 60 + chance.below(200),
        waiting: 6 + chance.below(60),
        movers: 2 + chance.below(30),
        side_km: chance.from_to(60, 260),
        unit: false,
    }
}

#[test]
fn the_same_optimum_on_three_hundred_questions_of_middle_size() {
    let mut without = 0;
    for seed in 0..300 {
        let file = generate(&middle(seed), seed);
        let plan = ours(&file);
        assert_eq!(plan.objective, oracle(&file), "seed {seed}");
        without += plan.unplaced.len();
    }
    assert!(
        without > 300,
        "the questions are tight: {without} without a place"
    );
}

#[test]
fn the_same_optimum_for_the_whole_country_and_by_the_command_s_own_way() {
    let size = Size::named("normal").expect("a preset");
    for seed in [1, 17, 22] {
        let file = generate(&size, seed);
        let plan = ours(&file);
        assert_eq!(plan.objective, oracle(&file), "seed {seed}");
        let instance = Instance::check(file.clone()).expect("sound instance");
        let theirs = mip::plan(&instance, &Weights::default(), Duration::from_secs(120));
        let theirs = theirs.expect("a plan");
        assert_eq!(audit(&file, &theirs), Vec::<String>::new());
        assert_eq!(
            (theirs.objective, theirs.optimal),
            (plan.objective, true),
            "seed {seed}"
        );
    }
}

#[test]
fn a_plan_of_highs_that_had_no_time_is_still_sound_or_said_to_be_none() {
    let file = generate(&Size::named("normal").expect("a preset"), 2);
    let instance = Instance::check(file.clone()).expect("sound instance");
    match mip::plan(&instance, &Weights::default(), Duration::from_millis(30)) {
        Ok(plan) => {
            assert_eq!(audit(&file, &plan), Vec::<String>::new());
            assert!(plan.bound <= plan.objective);
        }
        Err(error) => assert!(error.to_string().contains("more time"), "{error}"),
    }
}
