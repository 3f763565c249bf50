//! The plan for everybody: the best there is, proven, and sound by a checker that knows nothing of the engine.

use crate::brute::{crowded, free_room, household, least, open_location, question};
use crate::made::instances;
use proptest::prelude::*;
use shelter::audit::audit;
use shelter::generate::{Size, generate};
use shelter::{AvoidFile, Chance, Instance, InstanceFile, Plan, RoomKind, Rule, Weights, plan};

fn planned(file: &InstanceFile) -> Plan {
    let instance = Instance::check(file.clone()).expect("sound instance");
    let plan = plan(&instance, &Weights::default(), &|| false);
    assert_eq!(audit(file, &plan), Vec::<String>::new());
    plan
}

fn proven(file: &InstanceFile) -> Plan {
    let plan = planned(file);
    assert!(plan.optimal, "bound {} of {}", plan.bound, plan.objective);
    plan
}

const SMALL: Size = Size {
    locations: 25,
    places_a_room: 3,
    free_per_mille: 150,
    waiting: 25,
    movers: 8,
    side_km: 200,
    unit: false,
};

#[test]
fn it_is_the_best_of_all_plans_with_families_groups_and_movers() {
    for seed in 0..2500 {
        let file = crowded(seed, false);
        assert_eq!(proven(&file).objective, least(&file), "seed {seed}");
    }
}

#[test]
fn it_is_the_best_of_all_plans_for_single_persons() {
    for seed in 0..1000 {
        let file = crowded(seed, true);
        assert_eq!(proven(&file).objective, least(&file), "seed {seed}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_rule_is_broken_whatever_the_question(file in instances()) {
        proven(&file);
    }
}

#[test]
fn a_flow_is_proven_by_its_prices() {
    for seed in 0..10 {
        proven(&generate(&SMALL.unit(), seed));
    }
}

#[test]
fn a_seat_more_never_hurts() {
    for seed in 0..300 {
        let mut file = crowded(seed, false);
        let before = proven(&file).objective;
        let mut chance = Chance::new(seed);
        let location = chance.below(file.locations.len());
        let room = &mut file.locations[location].rooms[0];
        room.free += 1;
        room.places += 1;
        assert!(proven(&file).objective <= before, "seed {seed}");
    }
}

#[test]
fn the_order_of_the_file_changes_nothing_at_all() {
    for seed in 0..100 {
        let file = crowded(seed, false);
        let mut turned = file.clone();
        turned.locations.reverse();
        turned.locations.iter_mut().for_each(|l| l.rooms.reverse());
        turned.requests.rotate_left(2);
        assert_eq!(planned(&file), planned(&turned), "seed {seed}");
    }
    let file = generate(&SMALL, 5);
    let mut turned = file.clone();
    turned.locations.reverse();
    turned.requests.reverse();
    assert_eq!(planned(&file), planned(&turned));
}

#[test]
fn other_names_change_no_cost() {
    let turn = |id: &str| {
        id.bytes()
            .rev()
            .map(|b| format!("{:02x}", 255 - b))
            .collect::<String>()
    };
    for seed in 0..200 {
        let file = crowded(seed, false);
        let mut renamed = file.clone();
        for location in &mut renamed.locations {
            location.id = turn(&location.id);
            location.rooms.iter_mut().for_each(|r| r.id = turn(&r.id));
        }
        for request in &mut renamed.requests {
            request.id = turn(&request.id);
            request.current_room = request.current_room.as_deref().map(turn);
            request.apart = request.apart.as_deref().map(turn);
            request.not_in.iter_mut().for_each(|id| *id = turn(id));
        }
        assert_eq!(
            proven(&file).objective,
            proven(&renamed).objective,
            "seed {seed}"
        );
    }
}

#[test]
fn a_room_split_in_two_changes_nothing_for_single_persons() {
    for seed in 0..300 {
        let file = crowded(seed, true);
        let mut split = file.clone();
        let Some(room) = (split.locations.iter_mut().flat_map(|l| &mut l.rooms))
            .find(|room| {
                let taken = |r: &shelter::RequestFile| r.current_room.as_ref() == Some(&room.id);
                // Who is in a room could move to its other half, which is another room.
                room.free > 1 && !file.requests.iter().any(taken)
            })
            .map(|room| room.id.clone())
        else {
            continue;
        };
        let rooms = &mut split
            .locations
            .iter_mut()
            .find(|l| l.rooms.iter().any(|r| r.id == room));
        let rooms = &mut rooms.as_mut().unwrap().rooms;
        let whole = rooms.iter_mut().find(|r| r.id == room).unwrap();
        whole.free -= 1;
        whole.places -= 1;
        let mut half = whole.clone();
        half.id.push_str("-half");
        half.free = 1;
        half.places = 1;
        rooms.push(half);
        assert_eq!(
            proven(&file).objective,
            proven(&split).objective,
            "seed {seed}"
        );
    }
}

#[test]
fn the_same_bytes_on_every_thread() {
    let file = generate(&SMALL, 3);
    let plans: Vec<Plan> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4).map(|_| scope.spawn(|| planned(&file))).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    let bytes = |plan: &Plan| serde_json::to_vec(plan).unwrap();
    assert!(plans.iter().all(|plan| bytes(plan) == bytes(&plans[0])));
}

#[test]
fn ten_thousand_made_up_placements_break_no_rule() {
    let mut placements = 0;
    let mut seed = 0;
    while placements < 10_000 {
        placements += planned(&generate(&SMALL.unit(), seed)).assignments.len();
        placements += planned(&crowded(seed, false)).assignments.len();
        seed += 1;
    }
    for seed in 0..10 {
        proven(&generate(&SMALL, seed));
    }
}

#[test]
fn a_deadline_that_is_passed_at_once_still_gives_a_sound_plan_with_a_true_bound() {
    for seed in 0..3 {
        let file = generate(&Size::NORMAL, seed);
        let instance = Instance::check(file.clone()).unwrap();
        let hurried = plan(&instance, &Weights::default(), &|| true);
        assert_eq!(audit(&file, &hurried), Vec::<String>::new());
        assert!(!hurried.optimal && hurried.bound >= 0 && hurried.bound < hurried.objective);
    }
}

#[test]
fn a_family_of_seven_and_a_room_for_six_stays_unplaced_and_says_why() {
    let rooms = vec![free_room("L1-a", RoomKind::Family, 6)];
    let file = question(
        vec![open_location("L1", 0.0, 0.0, rooms)],
        vec![household("R1", 7)],
    );
    let plan = proven(&file);
    assert_eq!(plan.objective, 7 * 20_000);
    let left = &plan.unplaced[0];
    assert_eq!(
        (left.blocked_by[0].rule, left.blocked_by[0].rooms),
        (Rule::Places, 1)
    );
    assert!(
        left.nearest.starts_with("1 room if there were places"),
        "{}",
        left.nearest
    );
}

#[test]
fn a_family_is_never_spread_over_rooms() {
    let rooms = vec![
        free_room("L1-a", RoomKind::Family, 4),
        free_room("L1-b", RoomKind::Family, 3),
    ];
    let file = question(
        vec![open_location("L1", 0.0, 0.0, rooms)],
        vec![household("R1", 7), household("R2", 2)],
    );
    let plan = proven(&file);
    assert_eq!(plan.room_of("R1"), None);
    assert!(plan.room_of("R2").is_some());
}

#[test]
fn three_of_a_network_and_two_shelters_leave_one_waiting() {
    let shelter = |id: &str| {
        let rooms = vec![free_room(&format!("{id}-a"), RoomKind::Stay, 5)];
        open_location(id, 0.0, 0.0, rooms)
    };
    let member = |id: &str, urgency| {
        let mut request = household(id, 1);
        request.apart = Some("net-1".into());
        request.urgency = urgency;
        request
    };
    let requests = vec![member("R1", 2), member("R2", 1), member("R3", 3)];
    let plan = proven(&question(vec![shelter("L1"), shelter("L2")], requests));
    let left = &plan.unplaced[0];
    assert_eq!((plan.unplaced.len(), left.request.as_str()), (1, "R2"));
    assert_eq!(left.nearest_options[0].rule, Rule::Apart);
    assert_eq!(left.nearest_options[0].rooms, 2);
}

#[test]
fn the_border_of_a_circle_belongs_to_it_and_the_nearest_smaller_one_is_named() {
    let rooms = |id: &str| vec![free_room(&format!("{id}-a"), RoomKind::Stay, 1)];
    let mut request = household("R1", 1);
    request.avoid.push(AvoidFile {
        x_km: 0.1,
        y_km: 0.2,
        radius_km: 30.0,
        reason: "offender".into(),
    });
    let file = question(
        vec![
            open_location("L1", 18.1, 24.2, rooms("L1")),
            open_location("L2", 26.1, 0.2, rooms("L2")),
            open_location("L3", 0.1, 12.2, rooms("L3")),
        ],
        vec![request],
    );
    let left = &proven(&file).unplaced[0];
    assert_eq!(left.nearest, "2 rooms if the circle is 25 instead of 30 km");
    let option = &left.nearest_options[0];
    assert_eq!(
        (option.from, option.to, option.rooms),
        (Some(30), Some(25), 2)
    );
}

#[test]
fn security_and_age_are_relaxed_by_the_number_that_opens_a_room() {
    let rooms = |id: &str| vec![free_room(&format!("{id}-a"), RoomKind::Stay, 1)];
    let mut guarded = open_location("L1", 0.0, 0.0, rooms("L1"));
    guarded.security = 2;
    let mut grown = open_location("L2", 10.0, 0.0, rooms("L2"));
    grown.security = 3;
    grown.min_age = Some(18);
    let mut request = household("R1", 1);
    request.security = 3;
    request.persons[0].age = 17;
    let left = &proven(&question(vec![guarded, grown], vec![request])).unplaced[0];
    let options: Vec<_> = left
        .nearest_options
        .iter()
        .map(|o| (o.rule, o.from, o.to, o.rooms))
        .collect();
    assert_eq!(
        options,
        [
            (Rule::Age, Some(17), Some(18), 1),
            (Rule::Security, Some(3), Some(2), 1)
        ]
    );
}

#[test]
fn who_moves_on_leaves_seats_in_chains_and_in_circles() {
    let location = |id: &str, kind, free| {
        let mut room = free_room(&format!("{id}-a"), kind, free);
        room.places = 2;
        open_location(id, 0.0, 0.0, vec![room])
    };
    let mover = |id: &str, room: &str| {
        let mut request = household(id, 1);
        request.current_room = Some(room.into());
        request
    };
    let mut wants_crisis = household("R2", 1);
    wants_crisis.languages.clear();
    let file = question(
        vec![
            location("L1", RoomKind::Crisis, 0),
            location("L2", RoomKind::Stay, 1),
        ],
        vec![mover("R1", "L1-a"), wants_crisis, household("R3", 1)],
    );
    let plan = proven(&file);
    assert!(plan.unplaced.len() == 1 && plan.objective < 20_000 + 1000);
    // Two who each have the room that suits the other: 60 instead of 350 for each, though nothing is free.
    let mut left = location("L1", RoomKind::Stay, 0);
    let mut right = location("L2", RoomKind::Stay, 0);
    (left.languages, right.languages) = (vec!["pl".into()], vec!["nl".into()]);
    let mut pole = mover("R1", "L2-a");
    pole.languages = vec!["pl".into()];
    let circle = proven(&question(
        vec![left, right],
        vec![pole, mover("R2", "L1-a")],
    ));
    assert_eq!(circle.room_of("R1"), Some("L1-a"));
    assert_eq!(circle.room_of("R2"), Some("L2-a"));
}

#[test]
fn nobody_is_put_out_of_a_room_for_somebody_more_urgent() {
    let mut room = free_room("L1-a", RoomKind::Stay, 0);
    room.places = 1;
    let mut here = household("R1", 1);
    here.current_room = Some("L1-a".into());
    here.entitlement = "no longer valid".into();
    let mut urgent = household("R2", 1);
    urgent.urgency = 1000;
    let plan = proven(&question(
        vec![open_location("L1", 0.0, 0.0, vec![room])],
        vec![here, urgent],
    ));
    assert_eq!(plan.room_of("R1"), Some("L1-a"));
    assert_eq!(plan.assignments[0].cost, 350);
    assert_eq!(plan.unplaced[0].request, "R2");
}

#[test]
fn a_parent_and_a_child_are_one_request_in_one_room() {
    let mut family = household("R1", 2);
    family.persons[1].age = 4;
    family.persons[1].sex = "M".into();
    let mut women = open_location("L1", 0.0, 0.0, vec![free_room("L1-a", RoomKind::Family, 2)]);
    women.sex = vec!["F".into()];
    assert_eq!(
        proven(&question(vec![women.clone()], vec![family.clone()])).room_of("R1"),
        Some("L1-a")
    );
    // At twelve the boy no longer follows his mother, and the pair is not split either.
    family.persons[1].age = 12;
    assert_eq!(
        proven(&question(vec![women], vec![family])).room_of("R1"),
        None
    );
}

#[test]
fn only_rules_and_costs_that_name_a_trait_look_at_it() {
    // Nationality, name and religion are not in the file. A language counts in the term that names it and nowhere else.
    for seed in 0..50 {
        let file = crowded(seed, false);
        let mut swapped = file.clone();
        for request in &mut swapped.requests {
            for language in &mut request.languages {
                *language = "ti".into();
            }
        }
        for location in &mut swapped.locations {
            location.languages = vec!["ti".into()];
        }
        assert_eq!(planned(&file), planned(&swapped), "seed {seed}");
    }
}

#[test]
fn weights_too_large_to_reckon_with_are_refused_by_name() {
    let weights = Weights {
        unplaced: u32::MAX,
        ..Weights::default()
    };
    let said = weights.check().unwrap_err().to_string();
    assert_eq!(
        said,
        "weight `unplaced` is 4294967295, expected a whole number from 0 to 1000000"
    );
    assert_eq!(Weights::default().check(), Ok(()));
}

#[test]
fn the_largest_weights_and_the_largest_household_do_not_overflow() {
    let weights = Weights {
        unplaced: 1_000_000,
        unplaced_urgency: 1_000_000,
        unplaced_waiting: 1_000_000,
        most: 100_000,
        stay: 100_000,
        waiting_days_most: 36_500,
        ..Weights::default()
    };
    let mut requests: Vec<_> = [1000, 999, 997, 7, 5, 3, 2, 1]
        .into_iter()
        .map(|n| household(&format!("R{n}"), n))
        .collect();
    requests.iter_mut().for_each(|r| {
        r.urgency = 1000;
        r.waiting_days = 36_500;
    });
    let rooms = vec![
        free_room("L1-a", RoomKind::Crisis, 1003),
        free_room("L1-b", RoomKind::Family, 100_000),
    ];
    let file = question(vec![open_location("L1", 0.0, 0.0, rooms)], requests);
    let plan = plan(&Instance::check(file.clone()).unwrap(), &weights, &|| false);
    assert_eq!(audit(&file, &plan), Vec::<String>::new());
    assert!(plan.optimal && plan.unplaced.is_empty());
}

#[test]
fn nothing_to_do_is_a_plan_too() {
    let plan = proven(&question(vec![], vec![]));
    assert_eq!((plan.objective, plan.assignments.len()), (0, 0));
    let alone = proven(&question(vec![], vec![household("R1", 1)]));
    assert_eq!(alone.unplaced[0].nearest, "there are no rooms at all");
}
