//! Proposals that do not change for small gains: sound, never dearer than said, and the same on every run.

use std::cell::Cell;

use crate::brute::{crowded, free_room, household, open_location, question};
use shelter::audit::audit;
use shelter::generate::{Size, generate};
use shelter::{Chance, Earlier, InstanceFile, RoomKind, Steady, Weights, steady};

fn made(file: &InstanceFile, earlier: &Earlier, worth: i64) -> Steady {
    let made = steady(file, earlier, &Weights::default(), worth, &|| false).expect("sound file");
    assert_eq!(audit(file, &made.plan), Vec::<String>::new());
    made
}

fn lines(of: &Steady) -> Earlier {
    (of.plan.assignments.iter())
        .map(|one| (one.request.clone(), one.room.clone()))
        .collect()
}

/// Some requests are gone, one room has a seat more or less, somebody new came.
fn an_hour_later(file: &InstanceFile, seed: u64) -> InstanceFile {
    let mut chance = Chance::new(seed);
    let mut later = file.clone();
    later.requests.retain(|_| !chance.per_mille(200));
    for room in later.locations.iter_mut().flat_map(|l| &mut l.rooms) {
        if chance.per_mille(150) {
            room.free = (room.free - 1).max(0);
        } else if chance.per_mille(150) && room.free < room.places {
            room.free += 1;
        }
    }
    later.requests.push(household("R-new", 1));
    later
}

#[test]
fn an_earlier_plan_stays_when_nothing_changed() {
    for seed in 0..300 {
        let file = crowded(seed, false);
        let first = made(&file, &Earlier::new(), 500);
        assert!(!first.kept && first.hold == 0);
        let second = made(&file, &lines(&first), 500);
        assert_eq!(lines(&second), lines(&first), "seed {seed}");
        assert_eq!(second.plan.objective, first.plan.objective);
    }
}

#[test]
fn an_hour_later_lines_change_only_for_a_gain_that_is_worth_it() {
    let mut kept = 0;
    for seed in 0..300 {
        let file = crowded(seed, false);
        let earlier = lines(&made(&file, &Earlier::new(), 0));
        let later = an_hour_later(&file, seed);
        let fresh = made(&later, &Earlier::new(), 0);
        for worth in [0, 500, i64::MAX / 4] {
            let now = made(&later, &earlier, worth);
            assert!(now.plan.objective - fresh.plan.objective <= worth);
            assert_eq!(now.forgone, now.plan.objective - fresh.plan.objective);
            if now.kept {
                kept += 1;
                let same = (lines(&now).iter())
                    .filter(|(request, room)| earlier.get(*request) == Some(room))
                    .count();
                assert!(same >= now.hold, "seed {seed}: {same} of {}", now.hold);
            } else {
                assert_eq!(now.plan.objective, fresh.plan.objective);
            }
        }
    }
    assert!(kept > 300, "{kept}");
}

#[test]
fn a_better_room_elsewhere_is_left_alone_for_a_small_gain_and_taken_for_a_large_one() {
    let near = open_location("L1", 0.0, 0.0, vec![free_room("L1-a", RoomKind::Stay, 1)]);
    let mut other = open_location("L2", 50.0, 0.0, vec![free_room("L2-a", RoomKind::Stay, 1)]);
    other.languages = vec!["pl".into()];
    let file = question(vec![near, other], vec![household("R1", 1)]);
    let earlier = Earlier::from([("R1".to_owned(), "L2-a".to_owned())]);
    assert_eq!(made(&file, &earlier, 200).plan.room_of("R1"), Some("L2-a"));
    let gain = made(&file, &earlier, 200).forgone;
    assert_eq!(gain, 160, "no language in common");
    assert_eq!(
        made(&file, &earlier, gain - 1).plan.room_of("R1"),
        Some("L1-a")
    );
}

#[test]
fn who_stopped_it_at_one_question_gets_the_same_bytes_by_stopping_there_again() {
    for limit in [0, 1, 5, 40, 100_000] {
        let file = generate(&Size::NORMAL, 3);
        let run = || {
            let asked = Cell::new(0_u64);
            let stop = || {
                asked.set(asked.get() + 1);
                asked.get() > limit
            };
            let made = steady(&file, &Earlier::new(), &Weights::default(), 0, &stop);
            serde_json::to_string(&made.expect("sound file")).expect("json")
        };
        assert_eq!(run(), run(), "stopped at {limit}");
    }
}
