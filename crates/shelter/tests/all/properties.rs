//! What must hold for every instance.

use crate::checker::broken;
use crate::made::instances;
use proptest::prelude::*;
use shelter::{Instance, InstanceFile, Offers, Standing, best_offers, rules};

const ALL: usize = 100;

fn offers(file: &InstanceFile, request: &str, n: usize) -> Offers {
    let instance = Instance::check(file.clone()).expect("sound instance");
    best_offers(&instance, request, n).expect("known request")
}

/// What does not depend on names: cost and failed rules of each offer.
fn nameless(offers: &Offers) -> Vec<(i64, usize)> {
    offers
        .offers
        .iter()
        .map(|o| (o.cost, o.fails.len()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_engine_and_the_independent_checker_name_the_same_rules(file in instances()) {
        let instance = Instance::check(file.clone()).expect("sound instance");
        let standing = Standing::now(&instance);
        for request in &file.requests {
            let asking = instance.find_request(&request.id).unwrap();
            let pairs = file.locations.iter().flat_map(|l| l.rooms.iter().map(move |r| (l, r)));
            for ((location, room), index) in pairs.zip(instance.room_indices()) {
                let failed = rules::failed(&instance, asking, index, &standing);
                let codes: Vec<_> = failed.iter().map(shelter::Rule::code).collect();
                let expected = broken(&file, request, location, room);
                prop_assert_eq!(&codes, &expected, "{} in {}", request.id, room.id);
                let first = rules::first_failed(&instance, asking, index, &standing);
                prop_assert_eq!(first.map(shelter::Rule::code), expected.first().copied());
            }
        }
    }

    #[test]
    fn the_compiled_rules_and_the_explaining_ones_are_the_same(file in instances()) {
        let instance = Instance::check(file.clone()).expect("sound instance");
        let standing = Standing::now(&instance);
        let compiled = shelter::Compiled::new(&instance, &shelter::Weights::default());
        for request in &file.requests {
            let asking = instance.find_request(&request.id).unwrap();
            for room in instance.room_indices() {
                let fits = shelter::compiled::compiled_fits(&compiled, asking, room, &standing);
                let failed = rules::failed(&instance, asking, room, &standing);
                prop_assert_eq!(fits, failed.is_empty(), "{} in {}", request.id, instance.room(room).id);
            }
        }
    }

    #[test]
    fn offers_are_the_cheapest_that_fit_or_those_that_fail_least(file in instances(), n in 0..6_usize) {
        for request in &file.requests {
            let all = offers(&file, &request.id, ALL).offers;
            let best = offers(&file, &request.id, n).offers;
            prop_assert_eq!(&best[..], &all[..n.min(all.len())], "fewer offers are the head of more");
            prop_assert!(all.is_sorted_by_key(|o| (o.fails.len(), o.cost, o.room.clone())));
            let fitting = file.locations.iter().flat_map(|l| l.rooms.iter().map(move |r| (l, r)))
                .filter(|(l, r)| broken(&file, request, l, r).is_empty()).count();
            let rooms = file.locations.iter().map(|l| l.rooms.len()).sum::<usize>();
            prop_assert_eq!(all.len(), if fitting > 0 { fitting } else { rooms });
            prop_assert!(all.iter().all(|o| o.fails.is_empty() == (fitting > 0)));
        }
    }

    #[test]
    fn the_terms_add_up_and_stay_within_a_thousand(file in instances()) {
        for request in &file.requests {
            for offer in offers(&file, &request.id, ALL).offers {
                prop_assert_eq!(offer.cost, offer.because.iter().map(|b| b.cost).sum::<i64>());
                prop_assert!((0..=1000).contains(&offer.cost));
            }
        }
    }

    #[test]
    fn reordering_changes_nothing(file in instances()) {
        let mut turned = file.clone();
        turned.locations.reverse();
        turned.locations.iter_mut().for_each(|l| l.rooms.reverse());
        turned.requests.rotate_left(2);
        for request in &file.requests {
            prop_assert_eq!(offers(&file, &request.id, ALL), offers(&turned, &request.id, ALL));
        }
    }

    #[test]
    fn renaming_changes_nothing_but_names(file in instances()) {
        let mut renamed = file.clone();
        let turn = |id: &str| id.bytes().rev().map(|b| format!("{:02x}", 255 - b)).collect::<String>();
        for location in &mut renamed.locations {
            location.id = turn(&location.id);
            location.rooms.iter_mut().for_each(|r| r.id = turn(&r.id));
        }
        for request in &mut renamed.requests {
            request.id = turn(&request.id);
            request.persons.iter_mut().for_each(|p| p.id = turn(&p.id));
            request.current_room = request.current_room.as_deref().map(turn);
            request.apart = request.apart.as_deref().map(turn);
            request.not_in.iter_mut().for_each(|id| *id = turn(id));
        }
        for request in &file.requests {
            let before = offers(&file, &request.id, ALL);
            let after = offers(&renamed, &turn(&request.id), ALL);
            prop_assert_eq!(nameless(&before), nameless(&after));
            for offer in &before.offers {
                let same = after.offers.iter().find(|o| o.room == turn(&offer.room)).expect("the same room");
                prop_assert_eq!((offer.cost, &offer.because, &offer.fails), (same.cost, &same.because, &same.fails));
            }
        }
    }

    #[test]
    fn a_seat_more_never_hurts(file in instances(), which in any::<prop::sample::Index>()) {
        let mut more = file.clone();
        let rooms: Vec<_> = more.locations.iter_mut().flat_map(|l| &mut l.rooms).collect();
        prop_assume!(!rooms.is_empty());
        let chosen = which.index(rooms.len());
        let room = rooms.into_iter().nth(chosen).unwrap();
        room.places += 1;
        room.free += 1;
        for request in &file.requests {
            let before = offers(&file, &request.id, 1);
            let after = offers(&more, &request.id, 1);
            if let (Some(before), Some(after)) = (before.offers.first(), after.offers.first()) {
                prop_assert!((after.fails.len(), after.cost) <= (before.fails.len(), before.cost));
            }
        }
    }

    #[test]
    fn who_is_in_a_room_may_always_stay_for_exactly_350(file in instances()) {
        for request in &file.requests {
            let Some(current) = &request.current_room else { continue };
            let all = offers(&file, &request.id, ALL).offers;
            let stay = all.iter().find(|o| &o.room == current).expect("staying is offered");
            prop_assert_eq!((stay.cost, stay.fails.len()), (350, 0));
        }
    }
}
