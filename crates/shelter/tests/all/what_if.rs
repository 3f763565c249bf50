//! Ten more places and rules that do not hold, on questions small enough to work out by hand.

use crate::brute::{free_room, household, open_location, question};
use shelter::what_if::{WhatIf, typical, what_if};
use shelter::{InstanceFile, RoomKind, Rule, Weights};

fn asked(file: &InstanceFile) -> WhatIf {
    what_if(file, &Weights::default(), 3_000, &|_, _| ()).expect("sound file")
}

fn rule(found: &WhatIf, rule: Rule) -> (usize, usize, i64) {
    let one = found.rules.iter().find(|one| one.rule == rule).unwrap();
    (one.one_away, one.one_away_people, one.gained)
}

#[test]
fn a_legal_title_that_alone_stands_in_the_way_is_counted_and_so_is_what_the_plan_would_gain() {
    let house = open_location("A", 0.0, 0.0, vec![free_room("a", RoomKind::Crisis, 3)]);
    let mut titled = household("title", 2);
    titled.entitlement = "reflection_period".into();
    let mut twice = household("twice", 1);
    twice.entitlement = "reflection_period".into();
    twice.form = "AU".into();
    let found = asked(&question(vec![house], vec![titled, twice]));
    assert_eq!((found.now.requests, found.now.people), (2, 3));
    assert!(found.now.optimal);
    // The other one fails two rules: neither of them alone would open a room.
    assert_eq!(rule(&found, Rule::Entitlement), (1, 2, 2));
    assert_eq!(rule(&found, Rule::Form), (0, 0, 0));
    assert_eq!(rule(&found, Rule::Sex), (0, 0, 0));
    assert_eq!(
        found.rules[0].rule,
        Rule::Entitlement,
        "what helps most first"
    );
}

#[test]
fn every_rule_can_be_taken_away() {
    let house = || {
        let mut house = open_location("A", 0.0, 0.0, vec![free_room("a", RoomKind::Stay, 1)]);
        house.sex = vec!["F".into()];
        (house.min_age, house.max_age) = (Some(18), Some(60));
        (house.wheelchair, house.pets) = (false, false);
        house.care = vec![];
        house
    };
    type Change = fn(&mut shelter::RequestFile);
    let cases: [(Rule, Change); 10] = [
        (Rule::Sex, |r| r.persons[0].sex = "M".into()),
        (Rule::Age, |r| r.persons[0].age = 17),
        (Rule::Form, |r| r.form = "OR".into()),
        (Rule::Entitlement, |r| r.entitlement = "rva".into()),
        (Rule::Care, |r| r.care = vec!["medical".into()]),
        (Rule::Wheelchair, |r| r.wheelchair = true),
        (Rule::Pets, |r| r.pets = true),
        (Rule::Security, |r| r.security = 3),
        (Rule::RefusedBefore, |r| r.not_in = vec!["A".into()]),
        (Rule::Route, |r| r.kinds = vec!["OMM".into()]),
    ];
    for (only, change) in cases {
        let mut request = household("R", 1);
        change(&mut request);
        let found = asked(&question(vec![house()], vec![request]));
        for one in &found.rules {
            let expected = if one.rule == only {
                (1, 1, 1)
            } else {
                (0, 0, 0)
            };
            let seen = (one.one_away, one.one_away_people, one.gained);
            assert_eq!(seen, expected, "{only:?}: {:?}", one.rule);
        }
    }
}

#[test]
fn ten_more_places_help_only_where_people_fit() {
    let stay = open_location("A", 0.0, 0.0, vec![free_room("a", RoomKind::Stay, 1)]);
    let mut men = open_location("B", 9.0, 0.0, vec![free_room("b", RoomKind::Stay, 1)]);
    men.kind = "MO".into();
    men.sex = vec!["M".into()];
    let waiting = (0..13).map(|n| household(&format!("R{n:02}"), 1)).collect();
    let found = asked(&question(vec![stay, men], waiting));
    assert_eq!(found.now.people, 12, "one place for thirteen women");
    let seen: Vec<_> = (found.more.iter())
        .map(|one| (one.kind.as_str(), one.room, one.left.people, one.gained))
        .collect();
    let expected = [
        ("COSM", RoomKind::Stay, 2, 10),
        ("MO", RoomKind::Stay, 12, 0),
    ];
    assert_eq!(seen, expected);
    // They fit and it is full: a lack of places, which is no rule that somebody made.
    let full = found
        .rules
        .iter()
        .find(|one| one.rule == Rule::Places)
        .unwrap();
    assert_eq!((full.one_away, full.left), (12, None));
}

#[test]
fn the_typical_house_is_the_one_most_like_the_others() {
    let room = |id: &str, places| vec![free_room(id, RoomKind::Stay, places)];
    let usual = open_location("B", 0.0, 0.0, room("b", 2));
    let same = open_location("C", 9.0, 9.0, room("c", 2));
    let mut odd = open_location("A", 1.0, 1.0, room("a", 3));
    odd.sex = vec!["M".into()];
    let file = question(vec![odd, usual, same], vec![]);
    assert_eq!(typical(&file, "COSM").unwrap().id, "B");
    assert!(typical(&file, "OMM").is_none());
}

#[test]
fn out_of_patience_there_is_still_an_answer_and_it_is_the_same_one() {
    for seed in 0..20 {
        let file = crate::brute::crowded(seed, false);
        let few = what_if(&file, &Weights::default(), 0, &|_, _| ()).unwrap();
        assert_eq!(
            few,
            what_if(&file, &Weights::default(), 0, &|_, _| ()).unwrap()
        );
        assert_eq!(few.rules.len(), Rule::ALL.len());
    }
}

#[test]
fn how_far_it_is_is_told_after_each_plan_up_to_the_last() {
    let file = crate::brute::crowded(1, false);
    let heard = std::cell::RefCell::new(Vec::new());
    let tell = |made, all| heard.borrow_mut().push((made, all));
    what_if(&file, &Weights::default(), 100, &tell).unwrap();
    let heard = heard.into_inner();
    let all = heard[0].1;
    let expected: Vec<_> = (1..=all).map(|made| (made, all)).collect();
    assert_eq!(heard, expected);
}
