//! Shares of 20,000 reports against the targets.

use std::collections::HashMap;

use world::calibration::TARGETS;
use world::calibration::who::{DOMESTIC_FOUR, REPORTS_PER_YEAR, UNITS, UNITS_DOMESTIC};
use world::places::{MUNICIPALITIES, municipality};
use world::story::{Age, OpinionResult, Placement, Sex, Story};

use crate::world;

/// Counts of something over something.
#[derive(Default)]
struct Tally {
    shares: HashMap<String, (u64, u64)>,
    values: HashMap<String, Vec<f64>>,
}

impl Tally {
    fn count(&mut self, name: &str, hit: bool) {
        let entry = self.shares.entry(name.to_owned()).or_default();
        entry.0 += u64::from(hit);
        entry.1 += 1;
    }

    fn measured(&mut self, name: &str) -> f64 {
        if let Some(values) = self.values.get_mut(name) {
            values.sort_by(f64::total_cmp);
            return match name {
                "labour mean age in years" => values.iter().sum::<f64>() / values.len() as f64,
                "median days to arrival" => values[values.len() / 2],
                _ => values[values.len() * 9 / 10],
            };
        }
        let &(hits, all) = self
            .shares
            .get(name)
            .unwrap_or_else(|| panic!("nothing measures `{name}`"));
        hits as f64 * 1000.0 / all as f64
    }
}

#[test]
fn twenty_thousand_reports_show_the_published_shares() {
    let world = world(20, 20_000);
    let mut tally = Tally::default();
    for story in world.reports().filter(|story| story.scenario.is_none()) {
        who(&mut tally, &story);
        course(&mut tally, &story);
    }
    let mut faults = Vec::new();
    for target in TARGETS {
        let measured = tally.measured(target.name);
        println!(
            "{:<36} wanted {:>7.1} ± {:>5.1} measured {measured:>7.1}",
            target.name, target.wanted, target.tolerance
        );
        if (measured - target.wanted).abs() > target.tolerance {
            faults.push(format!(
                "{}: wanted {} ± {}, measured {measured:.1}",
                target.name, target.wanted, target.tolerance
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn who(tally: &mut Tally, story: &Story) {
    let report = &story.report;
    for party in ["POL", "ZCO", "FW", "NLA", "KMAR"] {
        tally.count(&format!("party {party}"), report.party == party);
    }
    tally.count(
        "party other",
        !["POL", "ZCO", "FW", "NLA", "KMAR"].contains(&report.party.as_ref()),
    );
    let form = report.forms[0].as_ref();
    for (name, code) in [
        ("form sexual", "SU"),
        ("form labour", "AU"),
        ("form criminal", "CU"),
    ] {
        tally.count(name, form == code);
    }
    tally.count("form other", !["SU", "AU", "CU"].contains(&form));
    tally.count("second form", report.forms.len() > 1);
    let victim = &report.persons[0];
    for (name, sex) in [("sex F", Sex::F), ("sex M", Sex::M), ("sex X", Sex::X)] {
        tally.count(name, victim.sex == sex);
    }
    let origin = victim.origin.as_deref().unwrap_or("ZZ");
    tally.count("Dutch", origin == "NL");
    let unit =
        municipality(report.place.municipality.as_deref().unwrap_or("")).map(|place| place.unit());
    tally.count("unit Amsterdam", unit == Some(4));
    tally.count("unit Den Haag", unit == Some(5));
    tally.count("unit Limburg", unit == Some(9));
    match form {
        "AU" => {
            tally.count("labour men", victim.sex == Sex::M);
            tally.count(
                "labour from other Europe",
                ["PL", "RO", "BG", "HU", "UA", "LT", "AL"].contains(&origin),
            );
            tally.count(
                "labour from Asia",
                ["VN", "CN", "IN", "PH", "ID", "SY"].contains(&origin),
            );
            tally
                .values
                .entry("labour mean age in years".to_owned())
                .or_default()
                .extend(years(victim.age));
        }
        "SU" => {
            tally.count(
                "sexual in less visible sectors",
                ["SU-THUIS", "SU-HOTEL", "SU-ESCORT"]
                    .contains(&report.sector.as_deref().unwrap_or("")),
            );
            let domestic = origin == "NL"
                && story.network.is_none()
                && report.party != "KMAR"
                && story.duplicate_of.is_none();
            if domestic {
                tally.count(
                    "Dutch sexual in four units",
                    unit.is_some_and(|unit| DOMESTIC_FOUR.contains(&unit)),
                );
            }
        }
        _ => {}
    }
    let age = years(victim.age);
    let bands = [
        ("<12", 0.0, 12.0),
        ("12-15", 12.0, 16.0),
        ("16-17", 16.0, 18.0),
        ("18-22", 18.0, 23.0),
        ("23-29", 23.0, 30.0),
        ("30-39", 30.0, 40.0),
        ("40+", 40.0, 99.0),
    ];
    for (name, low, high) in bands {
        tally.count(
            &format!("age {name}"),
            age.is_some_and(|age| age >= low && age < high),
        );
    }
    tally.count("age unknown", age.is_none());
}

fn years(age: Age) -> Option<f64> {
    match age {
        Age::Certain { years } => Some(f64::from(years)),
        // Estimates lie half a year above the truth on average.
        Age::Estimated { low, high } => Some((f64::from(low) + f64::from(high)) / 2.0),
        Age::Unknown => None,
    }
}

fn course(tally: &mut Tally, story: &Story) {
    tally.count(
        "later report on the same person",
        story.duplicate_of.is_some(),
    );
    if story.duplicate_of.is_some() {
        tally.count("later report from another unit", story.moved);
    }
    tally.count("in a network", story.network.is_some());
    if let Some(intake) = story
        .intake
        .as_ref()
        .filter(|intake| intake.organisation == "org-nla")
    {
        tally.count("NLA speaks to the person", intake.spoken);
    }
    let steps = story
        .shelter
        .as_ref()
        .map(|shelter| shelter.steps.as_slice())
        .unwrap_or_default();
    tally.count("shelter requested", story.shelter.is_some());
    tally.count(
        "nobody found a place",
        steps
            .iter()
            .any(|step| matches!(step.step, Placement::Unplaced { .. })),
    );
    if let (Some(shelter), Some(arrival)) = (
        &story.shelter,
        steps.iter().find(|step| step.step == Placement::Arrived),
    ) {
        let days = f64::from(arrival.day - shelter.request.day);
        for name in ["median days to arrival", "p90 days to arrival"] {
            tally.values.entry(name.to_owned()).or_default().push(days);
        }
        if shelter.request.entitlement == "wmo" && shelter.request.persons[0].sex == Sex::F {
            tally.count("placed outside own region", arrives_elsewhere(story));
        }
    }
    tally.count("opinion asked", story.opinion.is_some());
    if let Some(opinion) = &story.opinion {
        tally.count(
            "opinion not admitted",
            matches!(opinion.result, OpinionResult::NotAdmitted { .. }),
        );
        tally.count(
            "opinion withdrawn",
            matches!(opinion.result, OpinionResult::Withdrawn { .. }),
        );
    }
}

fn arrives_elsewhere(story: &Story) -> bool {
    let steps = &story
        .shelter
        .as_ref()
        .expect("only asked for placed people")
        .steps;
    let offer = steps.iter().rev().find_map(|step| match &step.step {
        Placement::Offered { location, .. } => Some(location.clone()),
        _ => None,
    });
    let town = offer.and_then(|id| {
        LOCATIONS.with(|all| {
            all.iter()
                .find(|location| location.id == id)
                .map(|location| location.municipality.to_string())
        })
    });
    town.and_then(|code| municipality(&code))
        .map(|place| place.region().code)
        != story.report.place.region.as_deref()
}

thread_local! {
    static LOCATIONS: Vec<world::Location> = world(20, 1).locations().to_vec();
}

#[test]
fn a_year_has_about_as_many_reports_as_published() {
    let world = world(1, REPORTS_PER_YEAR.value);
    let last = world.reports().last().expect("a year has reports");
    assert_eq!(last.report.received_on.year(), 2026);
    assert_eq!(world.reports().count(), 1050);
}

#[test]
fn unit_tables_are_whole() {
    assert_eq!(UNITS.value.iter().sum::<u32>(), 1000);
    assert_eq!(UNITS_DOMESTIC.value.iter().sum::<u32>(), 1000);
    assert!(
        DOMESTIC_FOUR
            .iter()
            .map(|&unit| UNITS_DOMESTIC.value[unit])
            .sum::<u32>()
            > 750,
        "four units gave over 75%"
    );
    assert_eq!(
        MUNICIPALITIES.iter().filter(|place| place.centre).count(),
        35
    );
}
