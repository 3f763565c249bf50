//! What stands still.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use world::calibration::course::{COSM_PLACES, OMM_PLACES};
use world::places::{MUNICIPALITIES, REGIONS, municipality};
use world::{Settings, World, WorldError};

use crate::world;

#[test]
fn every_kind_of_organisation_is_there() {
    let world = world(1, 10);
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for organisation in world.organisations() {
        assert!(
            organisation.made_up && organisation.name.ends_with("(demo)"),
            "{organisation:?}"
        );
        *kinds.entry(organisation.kind.as_ref()).or_default() += 1;
    }
    for (kind, count) in [
        ("POL", 10),
        ("KMAR", 1),
        ("NLA", 1),
        ("EMM", 1),
        ("COM", 1),
        ("ZCO", 27),
        ("VT", 25),
        ("COSM", 3),
        ("OMM", 5),
        ("VO", 35),
        ("K4", 1),
    ] {
        assert_eq!(kinds.get(kind), Some(&count), "{kind}");
    }
    let ids: BTreeSet<_> = world
        .organisations()
        .iter()
        .map(|organisation| &organisation.id)
        .collect();
    assert_eq!(ids.len(), world.organisations().len());
}

#[test]
fn every_role_has_somebody_and_about_sixty_have_accounts() {
    let world = world(1, 10);
    let accounts: Vec<_> = world
        .people()
        .iter()
        .filter(|person| person.demo_account)
        .collect();
    assert!((55..=70).contains(&accounts.len()), "{}", accounts.len());
    for role in [
        "signal_desk",
        "investigator",
        "care_coordinator",
        "placement_officer",
        "shelter_staff",
        "registrar",
        "panel_secretary",
        "panel_member",
        "barrier_officer",
        "programme_office",
        "action_holder",
        "auditor",
        "privacy_officer",
        "people_admin",
        "system_admin",
    ] {
        assert!(accounts.iter().any(|person| person.role == role), "{role}");
    }
    let organisations: BTreeSet<_> = world
        .organisations()
        .iter()
        .map(|organisation| organisation.id.as_str())
        .collect();
    let ids: BTreeSet<_> = world.people().iter().map(|person| &person.id).collect();
    assert_eq!(ids.len(), world.people().len());
    assert!(
        world
            .people()
            .iter()
            .all(|person| organisations.contains(person.organisation.as_str()))
    );
}

#[test]
fn shelters_have_rooms_inside_their_region() {
    let world = world(1, 10);
    let rooms: usize = world
        .locations()
        .iter()
        .map(|location| location.rooms.len())
        .sum();
    assert!(
        (110..=130).contains(&world.locations().len()),
        "{}",
        world.locations().len()
    );
    assert!((390..=450).contains(&rooms), "{rooms}");
    for location in world.locations() {
        let town = municipality(&location.municipality).expect("a known municipality");
        let away =
            (location.x_km - f64::from(town.x_km)).hypot(location.y_km - f64::from(town.y_km));
        assert!(
            away < 3.5,
            "{} lies {away} km from {}",
            location.id,
            town.name
        );
        assert!(
            location
                .rooms
                .iter()
                .all(|room| room.free <= room.places && room.places > 0)
        );
        assert!(
            world
                .organisations()
                .iter()
                .any(|organisation| organisation.id == location.provider)
        );
    }
    let places = |kind: &str| -> u16 {
        world
            .locations()
            .iter()
            .filter(|location| location.kind == kind)
            .flat_map(|location| &location.rooms)
            .map(|room| room.places)
            .sum()
    };
    assert_eq!(places("COSM"), COSM_PLACES.value);
    assert_eq!(places("OMM"), OMM_PLACES.value);
}

#[test]
fn addresses_cannot_exist_and_stay_apart() {
    let world = world(1, 10);
    assert_eq!(world.addresses().len(), world.locations().len());
    let locations = serde_json::to_string(world.locations()).expect("locations are plain data");
    for address in world.addresses() {
        assert!(
            ["SA", "SD", "SS"]
                .iter()
                .any(|letters| address.postcode.ends_with(letters)),
            "{}",
            address.postcode
        );
        assert!(!locations.contains(&address.street));
        assert!(
            !format!("{address:?}").contains(&address.street),
            "an address printed for debugging hides itself"
        );
    }
}

#[test]
fn places_agree_with_the_official_list() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/geo/gemeente_regio_2023.csv"
    );
    let Ok(mut official) = csv::Reader::from_path(path) else {
        println!("skipped: {path} is absent");
        return;
    };
    let rows: BTreeMap<String, csv::StringRecord> = official
        .records()
        .map(|row| row.expect("a sound row"))
        .map(|row| (row[0].to_owned(), row))
        .collect();
    for place in &MUNICIPALITIES {
        let row = rows
            .get(place.code)
            .unwrap_or_else(|| panic!("{} is not a municipality", place.code));
        assert_eq!((&row[1], &row[2]), (place.name, place.region().code));
        assert_eq!(&row[4], world::places::POLICE_UNITS[place.unit()].name);
    }
    assert!(
        (0..REGIONS.len()).all(|region| MUNICIPALITIES.iter().any(|place| place.region == region))
    );
}

#[test]
fn networks_reach_over_units_and_share_objects() {
    let world = world(3, 10);
    for number in 0..60 {
        let network = world.network(number);
        let units: BTreeSet<_> = network
            .municipalities
            .iter()
            .filter_map(|code| municipality(code))
            .map(|place| place.unit())
            .collect();
        assert!(units.len() >= 3, "{network:?}");
        assert_eq!(network, world.network(number));
        assert!(
            network
                .objects
                .iter()
                .filter(|object| object.kind == "phone")
                .all(|object| object.value.starts_with("+31609") && object.value.len() == 12)
        );
    }
}

#[test]
fn impossible_settings_are_named() {
    let settings = Settings {
        per_year: 0,
        ..Settings::new(1, 5, date(2026, 1, 1))
    };
    assert_eq!(
        World::new(settings).expect_err("no pace"),
        WorldError::NoPace
    );
    let settings = Settings {
        per_year: 1,
        ..Settings::new(1, u64::MAX, date(2026, 1, 1))
    };
    let error = World::new(settings).expect_err("too long").to_string();
    assert!(
        error.contains("does not fit between the years 1900 and 9000"),
        "{error}"
    );
}

#[test]
fn the_plan_has_24_actions_of_which_five_are_overdue() {
    let world = world(1, 10);
    let plan = world.plan();
    assert_eq!((plan.lines.len(), plan.actions.len()), (6, 24));
    let organisations: BTreeSet<_> = world
        .organisations()
        .iter()
        .map(|organisation| organisation.kind.as_ref())
        .collect();
    for action in &plan.actions {
        assert!(
            organisations.contains(action.holder.as_ref()),
            "{}",
            action.holder
        );
        assert!(
            action
                .involved
                .iter()
                .all(|kind| organisations.contains(kind.as_ref())),
            "{}: {:?}",
            action.id,
            action.involved
        );
        assert!(
            action
                .history
                .iter()
                .all(|change| world.people().iter().any(|person| person.id == change.by)),
            "{}",
            action.id
        );
        assert!(action.description.starts_with("Reconstructie") == (action.verified == "R"));
    }
    let half_year = plan.letter.date.saturating_sub(jiff::Span::new().days(182));
    let stale: Vec<_> = plan
        .actions
        .iter()
        .filter(|action| action.status_date < half_year)
        .map(|action| action.id.clone())
        .collect();
    assert_eq!(stale, plan.letter.overdue);
    assert_eq!(stale.len(), 5);
    let in_annex = plan
        .actions
        .iter()
        .filter(|action| ["loopt", "vertraagd", "afgerond"].contains(&action.status.as_ref()))
        .count();
    assert!(in_annex < plan.actions.len());
    assert!(plan.letter.table.iter().any(|cell| cell.count == 3));
    assert_eq!(
        plan.letters
            .last()
            .and_then(|letter| letter.reference.clone())
            .as_deref(),
        Some(plan.letter.previous.as_str())
    );
}

#[test]
fn some_houses_are_silent_and_some_rooms_are_closed_but_none_of_the_few_that_stories_need() {
    let made = world(1, 10);
    let daily = world::daily(made.locations());
    assert_eq!(daily, world::daily(world(1, 5_000).locations()));
    let houses: BTreeMap<&str, &world::Location> = (made.locations().iter())
        .map(|house| (house.id.as_str(), house))
        .collect();
    assert!((8..=20).contains(&daily.silences.len()), "{daily:?}");
    for silence in &daily.silences {
        assert!(houses.contains_key(silence.location.as_str()));
        assert!((2..=4).contains(&silence.days));
    }
    let reasons: BTreeSet<_> = daily.closings.iter().map(|one| one.reason).collect();
    assert_eq!(reasons.len(), 4, "{reasons:?}");
    assert!(daily.closings.iter().any(|one| one.days.is_none()));
    for closing in &daily.closings {
        let house = houses[closing.room.split('-').next().unwrap()];
        let room = (house.rooms.iter()).find(|room| room.id == closing.room);
        assert_eq!(
            room.unwrap().kind,
            "stay",
            "families need the few rooms there are"
        );
        let closed = |room: &&world::Room| daily.closings.iter().any(|one| one.room == room.id);
        assert_eq!(house.rooms.iter().filter(closed).count(), 1);
    }
}
