//! The ten scenarios are woven in by name.

use world::places::municipality;
use world::story::{Answer, OpinionResult, Placement, ReflectionAnswer, Registration};
use world::{Scenario, Story};

use crate::world;

fn stories(scenario: Scenario) -> Vec<Story> {
    world(5, 1050)
        .reports()
        .filter(|story| story.scenario == Some(scenario))
        .collect()
}

fn one(scenario: Scenario) -> Story {
    stories(scenario)
        .pop()
        .expect("the scenario is in the year")
}

fn steps(story: &Story) -> Vec<&Placement> {
    story
        .shelter
        .iter()
        .flat_map(|shelter| &shelter.steps)
        .map(|step| &step.step)
        .collect()
}

#[test]
fn all_are_there_at_fixed_places() {
    let year = world(5, 1050);
    let other_seed = world(6, 1050);
    for scenario in Scenario::ALL
        .into_iter()
        .filter(|scenario| *scenario != Scenario::S10)
    {
        let ids = year.scenario_reports(scenario);
        assert!(!ids.is_empty(), "{}", scenario.name());
        assert_eq!(ids, other_seed.scenario_reports(scenario));
        assert_eq!(
            ids,
            stories(scenario)
                .into_iter()
                .map(|story| story.id)
                .collect::<Vec<_>>()
        );
    }
    for reports in [40, 100, 400, 100_000] {
        let world = world(5, reports);
        let all: usize = Scenario::ALL
            .into_iter()
            .map(|scenario| world.scenario_reports(scenario).len())
            .sum();
        assert_eq!(all, 21, "in a world of {reports}");
    }
}

#[test]
fn nobody_else_is_taken_for_somebody_of_a_scenario() {
    let world = world(5, 3000);
    let by_hand: Vec<String> = Scenario::ALL
        .into_iter()
        .flat_map(|scenario| world.scenario_reports(scenario))
        .collect();
    assert!(
        world
            .reports()
            .filter(|story| story.scenario.is_none())
            .all(|story| story.duplicate_of.is_none_or(|id| !by_hand.contains(&id)))
    );
}

#[test]
fn s1_ilinca_shares_a_company_with_a_report_of_two_years_before() {
    let both = stories(Scenario::S1);
    let (earlier, ilinca) = (&both[0], &both[1]);
    assert!(ilinca.report.received_on.year() - earlier.report.received_on.year() >= 2);
    let company = |story: &Story| {
        story
            .report
            .objects
            .iter()
            .find(|object| object.kind == "kvk")
            .map(|object| object.value.clone())
    };
    assert!(company(earlier).is_some() && company(earlier) == company(ilinca));
    assert_eq!(
        (
            ilinca.report.channel.as_ref(),
            ilinca.report.language.as_ref()
        ),
        ("whatsapp", "ro")
    );
    assert!(matches!(ilinca.registration, Registration::Duty { .. }));
    assert_eq!(
        ilinca
            .shelter
            .as_ref()
            .map(|shelter| shelter.request.entitlement.as_ref()),
        Some("wmo")
    );
    assert!(ilinca.reflection.is_none());
}

#[test]
fn s2_blessing_waits_in_an_emergency_bed_away_from_zwolle() {
    let story = one(Scenario::S2);
    assert!(
        matches!(&story.reflection.as_ref().expect("offered").answer, ReflectionAnswer::Accepted { ended: Some(end), .. } if end.day == 80)
    );
    assert!(steps(&story).iter().any(
        |step| matches!(step, Placement::EmergencyBed { municipality } if municipality != "GM0193")
    ));
    assert!(
        steps(&story)
            .iter()
            .any(|step| matches!(step, Placement::Refused { reason, .. } if reason == "vol"))
    );
    let world = world(5, 1);
    let stays = steps(&story).into_iter().rev().find_map(|step| match step {
        Placement::Offered { location, .. } => {
            world.locations().iter().find(|other| other.id == *location)
        }
        _ => None,
    });
    let cosm = stays.expect("she is placed");
    assert_eq!(cosm.kind, "COSM");
    assert_ne!(cosm.municipality, "GM0193");
}

#[test]
fn s3_daan_is_suspect_and_possible_victim() {
    let story = one(Scenario::S3);
    assert!(
        story
            .intake
            .as_ref()
            .is_some_and(|intake| intake.suspect_too)
    );
    assert!(story.case.is_some() && matches!(story.registration, Registration::Duty { .. }));
}

#[test]
fn s4_noa_is_counted_without_her_mother() {
    let story = one(Scenario::S4);
    assert_eq!(
        story.report.received_at.to_string().get(11..16),
        Some("21:10"),
        "23:10 in Amsterdam in summer"
    );
    assert_eq!(story.desk.acute, Answer::Yes);
    assert!(story.report.reporter.is_none());
    assert!(
        story
            .case
            .as_ref()
            .is_some_and(|case| case.victim.parent_suspected)
    );
    assert!(
        matches!(&story.registration, Registration::Counted { reason, .. } if reason == "giver_missing")
    );
}

#[test]
fn s5_minh_shares_a_phone_with_limburg() {
    let both = stories(Scenario::S5);
    let phone = |story: &Story| {
        story
            .report
            .objects
            .iter()
            .find(|object| object.kind == "phone")
            .map(|object| object.value.clone())
    };
    assert!(phone(&both[0]).is_some() && phone(&both[0]) == phone(&both[1]));
    let events: Vec<_> = both[1]
        .events
        .iter()
        .map(|event| event.kind.as_ref())
        .collect();
    assert_eq!(
        events,
        ["missing", "link_notice", "returned", "transition_18"]
    );
    assert!(both[1].closing.is_none(), "missing is not an end");
}

#[test]
fn s6_karima_goes_to_nobody_but_her_coordinator() {
    let story = one(Scenario::S6);
    assert!(story.intake.is_none() && story.reflection.is_none());
    assert!(
        story
            .desk
            .routes
            .iter()
            .all(|route| route.compartment == "K3")
    );
    assert!(matches!(story.registration, Registration::Counted { .. }));
    assert!(
        story
            .shelter
            .as_ref()
            .is_some_and(|shelter| shelter.request.right_uncertain)
    );
    assert!(story.opinion.is_some());
}

#[test]
fn s7_grace_asks_within_four_weeks_of_the_dismissal() {
    let story = one(Scenario::S7);
    let dismissed = story
        .events
        .iter()
        .find(|event| event.kind == "om_status")
        .expect("dismissed")
        .day;
    let opinion = story.opinion.as_ref().expect("asked");
    assert!((400..=440).contains(&dismissed) && opinion.request_day - dismissed <= 28);
    assert!(
        matches!(&opinion.result, OpinionResult::Given { outcome, .. } if outcome == "aannemelijk")
    );
    assert!(
        !opinion
            .sent_to
            .iter()
            .any(|kind| kind == "POL" || kind == "OM")
    );
}

#[test]
fn s8_eleven_signals_from_four_regions() {
    let signals = stories(Scenario::S8);
    assert_eq!(signals.len(), 11);
    let regions: std::collections::BTreeSet<_> = signals
        .iter()
        .filter_map(|story| story.report.place.region.clone())
        .collect();
    assert_eq!(regions.len(), 4);
    let sofia: Vec<_> = signals
        .iter()
        .filter(|story| story.person == "S08-sofia")
        .collect();
    assert_eq!(sofia.iter().filter(|story| story.moved).count(), 3);
    assert!(
        sofia[1..]
            .iter()
            .all(|story| story.duplicate_of.as_ref() == Some(&sofia[0].id))
    );
}

#[test]
fn s9_ewa_goes_to_leeuwarden_and_then_to_zwolle() {
    let story = one(Scenario::S9);
    let world = world(5, 1);
    let town = |id: &str| {
        world
            .locations()
            .iter()
            .find(|location| location.id == id)
            .map(|location| location.municipality.to_string())
    };
    let offered = steps(&story).into_iter().rev().find_map(|step| match step {
        Placement::Offered { location, .. } => town(location),
        _ => None,
    });
    let moved = steps(&story).into_iter().find_map(|step| match step {
        Placement::Moved { location, .. } => town(location),
        _ => None,
    });
    assert_eq!(
        (offered.as_deref(), moved.as_deref()),
        (Some("GM0080"), Some("GM0193"))
    );
    let avoid = &story.shelter.as_ref().expect("asked").request.avoid[0];
    for code in ["GM0080", "GM0193"] {
        let place = municipality(code).expect("known");
        assert!(
            (f64::from(place.x_km) - avoid.x_km).hypot(f64::from(place.y_km) - avoid.y_km)
                > avoid.radius_km
        );
    }
}
