//! Why an access was in order, and what asks for a person's look.

use domain::watch::{
    Decoy, Did, Event, Facts, Move, Place, Related, Relation, Span, WatchRules, Why, crawl,
    decoy_opened, explain, follows_person, night_reading, own_relation, search_without_opening,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

const RULES: WatchRules = WatchRules::PILOT;

/// A Monday morning in Amsterdam.
pub fn start() -> Timestamp {
    "2026-03-02T10:00:00+01:00".parse().unwrap()
}

pub fn hours(n: i64) -> Timestamp {
    start() + SignedDuration::from_hours(n)
}

fn days(n: i64) -> Timestamp {
    hours(24 * n)
}

/// What Anna of organisation A did, in the order of writing.
#[derive(Default)]
pub struct Story(pub Vec<Event>);

impl Story {
    pub fn did(self, did: Did, matter: &str, at: Timestamp) -> Story {
        self.by("anna", "A", did, matter, at)
    }

    pub fn by(mut self, actor: &str, org: &str, did: Did, matter: &str, at: Timestamp) -> Story {
        self.0.push(Event {
            place: Place {
                store: 3,
                seq: self.0.len() as i64 + 1,
            },
            at,
            actor: actor.to_owned(),
            org: org.to_owned(),
            role: "care_coordinator".to_owned(),
            matter: matter.to_owned(),
            did,
        });
        self
    }
}

fn relation(story: Story, at: usize, facts: &Facts) -> Option<Relation> {
    explain(&story.0[at], &story.0, facts, &RULES)
}

fn held_by(org: &str) -> Facts {
    Facts {
        holder: Some(org.to_owned()),
        ..Facts::default()
    }
}

#[test]
fn whoever_took_a_matter_on_may_look_until_it_is_long_closed() {
    let story = || {
        Story::default()
            .did(Did::Read, "m", hours(0))
            .did(Did::Took, "m", hours(1))
            .did(Did::Read, "m", days(300))
            .did(Did::Closed, "m", days(301))
            .did(Did::Read, "m", days(310))
            .did(Did::Read, "m", days(400))
    };
    let none = Facts::default();
    assert_eq!(
        relation(story(), 0, &none),
        Some(Relation::Assigned),
        "a look before taking it on"
    );
    assert_eq!(relation(story(), 2, &none), Some(Relation::Assigned));
    assert_eq!(
        relation(story(), 4, &none),
        Some(Relation::Assigned),
        "just after closing"
    );
    // A hundred days after closing only the organisation is left.
    assert_eq!(relation(story(), 5, &none), Some(Relation::Organisation));
}

#[test]
fn a_matter_that_somebody_else_took_over_is_no_longer_ones_own() {
    let story = || {
        Story::default()
            .did(Did::Took, "m", hours(0))
            .by("bert", "B", Did::Took, "m", days(10))
            .did(Did::Read, "m", days(60))
            .by("bert", "B", Did::Read, "m", days(60))
    };
    assert_eq!(relation(story(), 2, &held_by("B")), None);
    assert_eq!(
        relation(story(), 3, &held_by("B")),
        Some(Relation::Assigned)
    );
}

#[test]
fn a_change_is_no_reason_for_itself_but_for_what_stands_around_it() {
    let alone = Story::default().did(Did::Changed, "m", hours(0));
    assert_eq!(relation(alone, 0, &Facts::default()), None);
    let around = Story::default()
        .did(Did::Read, "m", hours(0))
        .did(Did::Changed, "m", days(29));
    assert_eq!(
        relation(around, 0, &Facts::default()),
        Some(Relation::Worked)
    );
    let far = Story::default()
        .did(Did::Read, "m", hours(0))
        .did(Did::Changed, "m", days(31));
    assert_eq!(relation(far, 0, &Facts::default()), None);
}

#[test]
fn a_shelter_sees_whom_it_houses_and_a_receiver_what_waits() {
    let placed = Facts {
        placed: vec![("A".to_owned(), days(5))],
        ..held_by("Z")
    };
    let looks = || {
        Story::default()
            .did(Did::Read, "m", days(4))
            .did(Did::Read, "m", days(6))
    };
    assert_eq!(relation(looks(), 0, &placed), None, "before the placement");
    assert_eq!(relation(looks(), 1, &placed), Some(Relation::Placed));

    let story = || {
        Story::default()
            .by("system", "", Did::Arrived, "m", hours(0))
            .did(Did::Read, "m", hours(1))
            .by("bert", "A", Did::Took, "m", hours(2))
            .did(Did::Read, "m", days(50))
    };
    assert_eq!(
        relation(story(), 1, &held_by("A")),
        Some(Relation::Received)
    );
    assert_eq!(
        relation(story(), 3, &held_by("A")),
        Some(Relation::Organisation)
    );
    assert_eq!(
        relation(story(), 1, &held_by("B")),
        None,
        "sent to another organisation"
    );
}

#[test]
fn a_desk_sees_its_list_and_not_what_left_it_long_ago() {
    let desk = Facts {
        desks: vec![("care_coordinator".to_owned(), hours(0))],
        ..Facts::default()
    };
    let story = || {
        Story::default()
            .did(Did::Read, "m", hours(1))
            .by("bert", "B", Did::Closed, "m", hours(2))
            .did(Did::Read, "m", days(20))
            .did(Did::Read, "m", days(40))
            .by("bert", "B", Did::Changed, "m", days(41))
            .did(Did::Read, "m", days(42))
    };
    assert_eq!(relation(story(), 0, &desk), Some(Relation::Desk));
    assert_eq!(relation(story(), 2, &desk), Some(Relation::Desk));
    assert_eq!(relation(story(), 3, &desk), None);
    assert_eq!(
        relation(story(), 5, &desk),
        Some(Relation::Desk),
        "it was taken up again"
    );
}

#[test]
fn the_person_herself_and_the_program_need_no_other_reason() {
    let story = Story::default().by("public", "", Did::Read, "m", hours(0));
    assert_eq!(
        relation(story, 0, &Facts::default()),
        Some(Relation::Herself)
    );
    let story = Story::default().by("system", "", Did::Changed, "m", hours(0));
    assert_eq!(
        relation(story, 0, &Facts::default()),
        Some(Relation::Program)
    );
}

#[test]
fn three_nights_of_reading_ask_for_a_look() {
    // 23:00 is 13 hours after the start, 05:00 is 19.
    let nights = |n: i64| {
        let mut story = Story::default();
        for night in 0..n {
            story = story.did(
                Did::Read,
                &format!("m{night}"),
                hours(24 * night + if night % 2 == 0 { 13 } else { 18 }),
            );
        }
        story
    };
    assert!(night_reading(&nights(2).0, &RULES).is_none());
    let found = night_reading(&nights(3).0, &RULES).unwrap();
    assert_eq!(
        (found.why, found.places.len(), found.measured.spans),
        (Why::NightReading, 3, 3)
    );
    assert_eq!((found.measured.matters, found.first), (3, hours(13)));
    let by_day = Story::default()
        .did(Did::Read, "a", hours(1))
        .did(Did::Read, "b", hours(25))
        .did(Did::Read, "c", hours(49));
    assert!(night_reading(&by_day.0, &RULES).is_none());
}

#[test]
fn three_matters_in_one_night_ask_for_a_look_and_one_matter_three_times_does_not() {
    let one_night = |matters: [&str; 3]| {
        let mut story = Story::default();
        for (n, matter) in matters.into_iter().enumerate() {
            // 23:30, 00:30, 01:30: one night over two days.
            story = story.did(
                Did::Read,
                matter,
                hours(13 + n as i64) + SignedDuration::from_mins(30),
            );
        }
        story
    };
    let found = night_reading(&one_night(["a", "b", "c"]).0, &RULES).unwrap();
    assert_eq!(found.measured.spans, 1);
    assert!(night_reading(&one_night(["a", "a", "a"]).0, &RULES).is_none());
}

#[test]
fn a_night_shift_and_work_at_night_are_no_finding() {
    let mut shift = Story::default();
    for night in 0..10 {
        shift = shift.did(Did::Changed, &format!("w{night}"), hours(24 * night + 14));
        shift = shift.did(Did::Read, &format!("m{night}"), hours(24 * night + 14));
    }
    assert!(night_reading(&shift.0, &RULES).is_none());
    let mut urgent = Story::default();
    for night in 0..3 {
        urgent = urgent.did(Did::Read, &format!("m{night}"), hours(24 * night + 14));
        urgent = urgent.did(Did::Changed, &format!("m{night}"), hours(24 * night + 15));
    }
    assert!(night_reading(&urgent.0, &RULES).is_none());
}

#[test]
fn one_matter_a_week_read_and_left_is_found() {
    let weekly = |n: i64| {
        (0..n).fold(Story::default(), |story, week| {
            story.did(Did::Read, &format!("m{week}"), days(7 * week))
        })
    };
    assert!(crawl(&weekly(7).0, &RULES).is_none());
    let found = crawl(&weekly(8).0, &RULES).unwrap();
    assert_eq!(
        (found.why, found.measured.matters, found.measured.spans),
        (Why::Crawl, 8, 8)
    );
    // The same matters in a fortnight of ordinary work are none, all in one day are.
    let fortnight = (0..8).fold(Story::default(), |story, n| {
        story.did(Did::Read, &format!("m{n}"), days(2 * n))
    });
    assert!(crawl(&fortnight.0, &RULES).is_none());
    let one_day = (0..8).fold(Story::default(), |story, n| {
        story.did(Did::Read, &format!("m{n}"), hours(n))
    });
    assert_eq!(crawl(&one_day.0, &RULES).unwrap().measured.spans, 1);
}

#[test]
fn matters_that_were_worked_on_are_no_crawl() {
    let mut story = Story::default();
    for week in 0..12 {
        story = story.did(Did::Read, &format!("m{week}"), days(7 * week));
        story = story.did(Did::Changed, &format!("m{week}"), days(7 * week + 3));
    }
    assert!(crawl(&story.0, &RULES).is_none());
}

#[test]
fn searching_without_opening_is_found_and_searching_to_work_is_not() {
    let searches = |n: i64, every: i64| {
        (0..n).fold(Story::default(), |story, day| {
            story.did(Did::Sought, "m", days(every * day))
        })
    };
    assert!(search_without_opening(&searches(4, 1).0, &RULES).is_none());
    let found = search_without_opening(&searches(7, 1).0, &RULES).unwrap();
    assert_eq!(
        (found.why, found.places.len()),
        (Why::SearchWithoutOpening, 7)
    );
    assert!(
        search_without_opening(&searches(5, 20).0, &RULES).is_none(),
        "spread over months"
    );
    let mut opened = Story::default();
    for day in 0..10 {
        opened = opened.did(Did::Sought, "m", days(day));
        opened = opened.did(Did::Read, "m", days(day) + SignedDuration::from_mins(2));
    }
    assert!(search_without_opening(&opened.0, &RULES).is_none());
}

#[test]
fn looking_after_a_person_where_she_went_is_found() {
    let moved = [Move {
        from: "k5:a".to_owned(),
        to: "k3:b".to_owned(),
        at: days(10),
    }];
    let story = |did, at| {
        Story::default()
            .did(Did::Read, "k5:a", days(1))
            .did(did, "k3:b", at)
    };
    let found = follows_person(&story(Did::Read, days(20)).0, &moved, &RULES).unwrap();
    assert_eq!((found.why, found.places.len()), (Why::FollowsPerson, 2));
    assert!(
        follows_person(&story(Did::Read, days(10)).0, &moved, &RULES).is_none(),
        "at the hand-over itself"
    );
    assert!(
        follows_person(&story(Did::Took, days(20)).0, &moved, &RULES).is_none(),
        "she works there now"
    );
    let stranger = Story::default().did(Did::Read, "k3:b", days(20));
    assert!(follows_person(&stranger.0, &moved, &RULES).is_none());
}

#[test]
fn known_relations_and_decoys_are_found_at_the_first_look() {
    let story = Story::default()
        .did(Did::Read, "m", hours(0))
        .did(Did::Changed, "n", hours(1));
    let related = |actor: &str, matter: &str| {
        [Related {
            actor: actor.to_owned(),
            matter: matter.to_owned(),
        }]
    };
    assert_eq!(
        own_relation(&story.0, &related("anna", "m"))
            .unwrap()
            .places
            .len(),
        1
    );
    assert!(own_relation(&story.0, &related("bert", "m")).is_none());
    let decoy = |matter: &str, laid_by: &str| {
        [Decoy {
            matter: matter.to_owned(),
            laid_by: laid_by.to_owned(),
        }]
    };
    assert_eq!(
        decoy_opened(&story.0, &decoy("m", "carla")).unwrap().why,
        Why::DecoyOpened
    );
    assert!(
        decoy_opened(&story.0, &decoy("n", "carla")).is_some(),
        "a change hides nothing"
    );
    assert!(
        decoy_opened(&story.0, &decoy("m", "anna")).is_none(),
        "who laid it out"
    );
}

fn dids() -> impl Strategy<Value = Did> {
    prop_oneof![
        Just(Did::Read),
        Just(Did::Sought),
        Just(Did::Changed),
        Just(Did::Took),
        Just(Did::Arrived),
        Just(Did::Closed)
    ]
}

fn stories() -> impl Strategy<Value = Vec<Event>> {
    let step = (dids(), 0u8..12, 0i64..3000);
    proptest::collection::vec(step, 0..80).prop_map(|mut steps| {
        steps.sort_by_key(|(_, _, hour)| *hour);
        let tell = |story: Story, (did, matter, hour): (Did, u8, i64)| {
            story.did(did, &format!("m{matter}"), hours(hour))
        };
        steps.into_iter().fold(Story::default(), tell).0
    })
}

proptest! {
    #[test]
    fn every_finding_names_entries_that_are_there_and_only_this_persons(events in stories()) {
        let moves = [Move { from: "m1".to_owned(), to: "m2".to_owned(), at: days(20) }];
        let related = [Related { actor: "anna".to_owned(), matter: "m3".to_owned() }];
        let decoys = [Decoy { matter: "m4".to_owned(), laid_by: "carla".to_owned() }];
        let found = [
            night_reading(&events, &RULES), crawl(&events, &RULES), search_without_opening(&events, &RULES),
            follows_person(&events, &moves, &RULES), own_relation(&events, &related), decoy_opened(&events, &decoys),
        ];
        for finding in found.into_iter().flatten() {
            prop_assert!(!finding.places.is_empty() && finding.first <= finding.last);
            prop_assert!(finding.places.is_sorted());
            for place in &finding.places {
                prop_assert!(events.iter().any(|event| event.place == *place && event.actor == finding.actor));
            }
        }
    }

    #[test]
    fn whoever_works_on_what_is_opened_by_day_is_never_found(n in 1usize..60, gaps in proptest::collection::vec(1i64..200, 60)) {
        let mut story = Story::default();
        let mut day = 0;
        for (at, gap) in gaps.into_iter().take(n).enumerate() {
            day += gap;
            story = story.did(Did::Read, &format!("m{at}"), days(day)).did(Did::Changed, &format!("m{at}"), days(day) + SignedDuration::from_mins(20));
        }
        prop_assert!(night_reading(&story.0, &RULES).is_none());
        prop_assert!(crawl(&story.0, &RULES).is_none());
        prop_assert!(search_without_opening(&story.0, &RULES).is_none());
    }

    #[test]
    fn an_explanation_never_depends_on_what_another_matter_tells(events in stories(), at in any::<prop::sample::Index>()) {
        prop_assume!(!events.is_empty());
        let event = &events[at.index(events.len())];
        let own: Vec<Event> = events.iter().filter(|other| other.matter == event.matter).cloned().collect();
        let relation = explain(event, &own, &held_by("A"), &RULES);
        // Anna is of the holder, so something always explains it, unless it is of a matter that somebody else took.
        prop_assert!(relation.is_some());
    }
}

fn span(actor: &str, from: Timestamp, until: Option<Timestamp>) -> Vec<Span> {
    vec![Span {
        actor: actor.to_owned(),
        from,
        until,
    }]
}

#[test]
fn the_team_explains_a_look_from_joining_until_leaving() {
    let looks = || {
        Story::default()
            .did(Did::Read, "m", days(1))
            .did(Did::Read, "m", days(3))
            .did(Did::Read, "m", days(5))
            .by("bea", "A", Did::Read, "m", days(3))
    };
    let facts = Facts {
        team: span("anna", days(2), Some(days(5))),
        ..held_by("A")
    };
    assert_eq!(relation(looks(), 0, &facts), Some(Relation::Organisation));
    assert_eq!(relation(looks(), 1, &facts), Some(Relation::Team));
    assert_eq!(
        relation(looks(), 2, &facts),
        Some(Relation::Organisation),
        "the moment of leaving is no part of it"
    );
    assert_eq!(
        relation(looks(), 3, &facts),
        Some(Relation::Organisation),
        "a colleague who is not on the team"
    );
    let still = Facts {
        team: span("anna", days(2), None),
        ..held_by("A")
    };
    assert_eq!(relation(looks(), 2, &still), Some(Relation::Team));
}

#[test]
fn broken_glass_explains_its_hour_and_nothing_around_it() {
    let looks = || {
        Story::default()
            .did(Did::Read, "m", hours(0))
            .did(Did::Read, "m", hours(1))
            .did(Did::Read, "m", hours(2))
    };
    let facts = Facts {
        glass: span("anna", hours(0), Some(hours(1))),
        ..held_by("Z")
    };
    assert_eq!(relation(looks(), 0, &facts), Some(Relation::BreakGlass));
    assert_eq!(relation(looks(), 1, &facts), None);
    assert_eq!(relation(looks(), 2, &facts), None);
}

#[test]
fn duty_explains_a_look_at_a_matter_of_the_own_organisation_only() {
    let looks = || {
        Story::default()
            .did(Did::Read, "m", hours(1))
            .did(Did::Read, "m", hours(30))
    };
    let on_duty = |holder: &str| Facts {
        duty: span("anna", hours(0), Some(hours(12))),
        ..held_by(holder)
    };
    assert_eq!(relation(looks(), 0, &on_duty("A")), Some(Relation::OnDuty));
    assert_eq!(
        relation(looks(), 1, &on_duty("A")),
        Some(Relation::Organisation)
    );
    assert_eq!(relation(looks(), 0, &on_duty("Z")), None);
}
