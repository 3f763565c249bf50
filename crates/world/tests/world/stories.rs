//! Generated reports: repeatable, independent, and consistent with themselves.

use std::collections::{BTreeSet, HashMap};

use sha2::{Digest, Sha256};
use world::story::{Placement, ReflectionAnswer, Registration};
use world::{LANGUAGES, Settings, Story, World};

use crate::world;

fn digest<'s>(stories: impl Iterator<Item = Story> + 's) -> String {
    let mut hash = Sha256::new();
    for story in stories {
        hash.update(serde_json::to_vec(&story).expect("a story is plain data"));
        hash.update(b"\n");
    }
    hex::encode(hash.finalize())
}

#[test]
fn same_seed_same_bytes() {
    insta::assert_snapshot!(digest(world(42, 1050).reports().take(300)));
    assert_ne!(
        digest(world(42, 1050).reports().take(30)),
        digest(world(43, 1050).reports().take(30))
    );
}

#[test]
fn a_report_depends_on_nothing_but_its_number() {
    let short = world(9, 1050);
    let long = world(9, 10_000);
    for index in [0, 1, 31, 47, 500, 1049] {
        assert_eq!(
            short.report(index),
            long.report(index),
            "the prefix of a longer world is the same"
        );
    }
    let backwards: Vec<_> = (0..200)
        .rev()
        .filter_map(|index| short.report(index))
        .collect();
    assert!(backwards.into_iter().rev().eq(short.reports().take(200)));
    assert_eq!(short.report(1050), None);
    let in_threads: Vec<Story> = std::thread::scope(|scope| {
        let halves = [0..100, 100..200].map(|range| {
            scope.spawn(|| {
                range
                    .filter_map(|index| short.report(index))
                    .collect::<Vec<_>>()
            })
        });
        halves
            .into_iter()
            .flat_map(|half| half.join().expect("no panic"))
            .collect()
    });
    assert!(in_threads.into_iter().eq(short.reports().take(200)));
}

#[test]
fn a_million_reports_are_made_one_by_one() {
    let world = world(4, 1_000_000);
    let reports = world.reports();
    assert!(
        size_of_val(&reports) <= 64,
        "the iterator holds no stories, but {} bytes",
        size_of_val(&reports)
    );
    let far = world.report(999_999).expect("the last one");
    assert_eq!(far.id, "R0999999");
    assert_eq!(far.report.received_on.year(), 2035, "ten years at most");
}

#[test]
fn moments_never_go_back() {
    let settings = Settings {
        per_year: 5000,
        ..Settings::new(2, 5000, jiff::civil::date(2026, 1, 1))
    };
    let world = World::new(settings).expect("sound");
    let moments: Vec<_> = world
        .reports()
        .filter(|story| story.scenario.is_none())
        .map(|story| story.report.received_at)
        .collect();
    assert!(moments.is_sorted());
}

#[test]
fn everybody_and_everything_named_exists() {
    let world = world(8, 2500);
    let people: BTreeSet<_> = world
        .people()
        .iter()
        .map(|person| person.id.as_str())
        .collect();
    let organisations: BTreeSet<_> = world
        .organisations()
        .iter()
        .map(|organisation| organisation.id.as_str())
        .collect();
    let rooms: HashMap<_, _> = world
        .locations()
        .iter()
        .flat_map(|location| {
            location
                .rooms
                .iter()
                .map(move |room| (room.id.as_str(), location.id.as_str()))
        })
        .collect();
    for story in world.reports() {
        let mut staff = vec![story.desk.by.as_ref()];
        let mut houses = vec![story.report.organisation.as_ref()];
        houses.extend(
            story
                .desk
                .routes
                .iter()
                .map(|route| route.organisation.as_ref()),
        );
        staff.extend(story.intake.iter().map(|intake| intake.by.as_ref()));
        staff.extend(story.case.iter().map(|case| case.coordinator.as_ref()));
        staff.extend(
            story
                .reflection
                .iter()
                .map(|reflection| reflection.by.as_ref()),
        );
        staff.extend(
            story
                .opinion
                .iter()
                .flat_map(|opinion| opinion.panel.iter().map(AsRef::as_ref)),
        );
        match &story.registration {
            Registration::Duty {
                by, organisation, ..
            }
            | Registration::Consent {
                by, organisation, ..
            } => {
                staff.push(by);
                houses.push(organisation);
            }
            Registration::Counted { organisation, .. } => houses.push(organisation),
            Registration::Nothing => {}
        }
        for step in story.shelter.iter().flat_map(|shelter| &shelter.steps) {
            if let Placement::Offered { location, room } | Placement::Moved { location, room } =
                &step.step
            {
                assert_eq!(
                    rooms.get(room.as_str()),
                    Some(&location.as_str()),
                    "{}",
                    story.id
                );
            }
        }
        assert!(
            staff.iter().all(|id| people.contains(id)),
            "{}: {staff:?}",
            story.id
        );
        assert!(
            houses.iter().all(|id| organisations.contains(id)),
            "{}: {houses:?}",
            story.id
        );
        assert!(LANGUAGES.contains(&story.report.language.as_ref()));
    }
}

#[test]
fn stories_keep_to_the_rules_of_the_chain() {
    let world = world(11, 4000);
    let mut seen: HashMap<String, String> = HashMap::new();
    for story in world.reports() {
        assert!(story.made_up);
        let duty = ["POL", "KMAR", "NLA"].contains(&story.report.party.as_ref());
        match &story.registration {
            Registration::Duty { .. } => {
                assert!(duty || story.report.party == "NID", "{}", story.id)
            }
            Registration::Consent { .. } => assert!(
                !duty,
                "{}: consent is not asked where the law gives a duty",
                story.id
            ),
            Registration::Counted { .. } | Registration::Nothing => {}
        }
        if let Some(reflection) = &story.reflection {
            assert_ne!(reflection.organisation, "org-nla");
            let intake = story.intake.as_ref().expect("after an intake");
            assert!(intake.indication);
            if let ReflectionAnswer::Accepted {
                day,
                ended: Some(end),
            } = &reflection.answer
            {
                assert!(
                    (*day..=day + 92).contains(&end.day),
                    "{}: three months at most",
                    story.id
                );
            }
        }
        if let Some(shelter) = &story.shelter {
            assert!(
                shelter.steps.is_sorted_by_key(|step| step.day),
                "{}: {:?}",
                story.id,
                shelter.steps
            );
            assert!(!shelter.steps.is_empty());
            assert!(
                shelter
                    .steps
                    .iter()
                    .all(|step| step.day >= shelter.request.day)
            );
        }
        let narrative = &story.report.narrative;
        assert!(
            !narrative.is_empty() && !narrative.contains(['{', '}']),
            "{}: {narrative}",
            story.id
        );
        if let Some(first) = &story.duplicate_of {
            let person = seen.get(first).unwrap_or_else(|| {
                panic!("{} repeats {first}, which did not come before", story.id)
            });
            assert_eq!(*person, story.person);
        }
        seen.insert(story.id.clone(), story.person.clone());
    }
}

#[test]
fn numbers_are_never_in_use() {
    for story in world(12, 1500).reports() {
        let json = serde_json::to_string(&story).expect("plain data");
        let phones = story
            .report
            .objects
            .iter()
            .filter(|object| object.kind == "phone")
            .map(|object| object.value.as_str());
        let more = story
            .report
            .persons
            .iter()
            .filter_map(|person| person.phone.as_deref());
        let reporters = story
            .report
            .reporter
            .iter()
            .filter_map(|reporter| reporter.phone.as_deref());
        assert!(
            phones
                .chain(more)
                .chain(reporters)
                .all(|phone| phone.starts_with("+3160") && phone.len() == 12),
            "{json}"
        );
        for object in &story.report.objects {
            match object.kind.as_ref() {
                "plate" => assert!(object.value.contains('Q'), "{}", object.value),
                "account" => assert!(object.value.starts_with("NL00TEST"), "{}", object.value),
                "kvk" => assert!(
                    object.value.starts_with("00") && object.value.len() == 8,
                    "{}",
                    object.value
                ),
                _ => {}
            }
        }
    }
}

#[test]
fn one_story_reads_well() {
    insta::assert_snapshot!(
        serde_json::to_string_pretty(&world(42, 1050).report(60)).expect("plain data")
    );
}
