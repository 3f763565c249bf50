//! The example of the contract, its costs worked out by hand, and every fault by name.

use serde_json::{Value, json};
use shelter::{Fault, Instance, InstanceFile, Term, Weights, best_offers, cost};

/// The instance of contract section 3, with a second location so that there is a diagonal.
fn example() -> Value {
    json!({"as_of": "2026-11-21",
     "locations": [
      {"id": "L1", "provider": "O17", "kind": "COSM", "municipality": "GM0363", "x_km": 121.5, "y_km": 487.2,
       "security": 2, "sex": ["F", "X"], "min_age": 18, "max_age": null, "forms": ["SU", "AU"],
       "entitlements": ["reflection_period", "wmo"], "care": ["medical", "mental_health", "addiction", "lvb"],
       "wheelchair": true, "pets": false, "languages": ["nl", "en", "pl"],
       "rooms": [{"id": "L1-a", "kind": "family", "places": 6, "free": 2, "max_stay_days": 90},
                 {"id": "L1-b", "kind": "crisis", "places": 2, "free": 2, "max_stay_days": null}]},
      {"id": "L2", "provider": "O18", "kind": "WO", "municipality": "GM0599", "x_km": 91.5, "y_km": 447.2,
       "security": 3, "sex": ["F", "M", "X"], "min_age": null, "max_age": null, "forms": ["SU"],
       "entitlements": ["reflection_period"], "care": ["addiction"],
       "wheelchair": true, "pets": true, "languages": ["nl"],
       "rooms": [{"id": "L2-a", "kind": "family", "places": 4, "free": 4, "max_stay_days": null}]}],
     "requests": [{"id": "R1", "persons": [{"id": "P1", "age": 31, "sex": "F"}, {"id": "P2", "age": 4, "sex": "M"}],
       "form": "SU", "entitlement": "reflection_period", "security": 2, "care": ["addiction"], "wheelchair": false, "pets": false,
       "languages": ["pl"], "urgency": 3, "waiting_days": 4,
       "avoid": [{"x_km": 136.0, "y_km": 455.0, "radius_km": 30, "reason": "offender"}],
       "near": {"x_km": 91.5, "y_km": 447.2, "weight": 1},
       "current_room": null, "apart": "net-4"}]})
}

fn check(value: &Value) -> Result<Instance, shelter::Faults> {
    let file: InstanceFile = serde_json::from_value(value.clone()).expect("readable instance");
    Instance::check(file)
}

#[test]
fn the_costs_are_those_worked_out_by_hand() {
    let offers = best_offers(&check(&example()).unwrap(), "R1", 5).unwrap();
    let found: Vec<_> = offers
        .offers
        .iter()
        .map(|o| (o.room.as_str(), o.cost))
        .collect();
    // L1 stands 50 km from the point to be near, which is the whole diagonal: 150. L1-a: + 60 for 90 days. L1-b: + 220 crisis.
    // L2 stands on the point: 0 + 160 no language + 60 one level of security too much.
    assert_eq!(found, [("L1-a", 210), ("L2-a", 220), ("L1-b", 370)]);
    let terms: Vec<_> = offers.offers[0]
        .because
        .iter()
        .map(|b| (b.term, b.cost))
        .collect();
    assert_eq!(terms, [(Term::Distance, 150), (Term::ShortStay, 60)]);
}

#[test]
fn offers_are_written_as_the_contract_says() {
    let offers = best_offers(&check(&example()).unwrap(), "R1", 1).unwrap();
    let value = serde_json::to_value(&offers).unwrap();
    let expected = json!([{"room": "L1-a", "cost": 210, "fails": [],
        "because": [{"term": "distance", "cost": 150}, {"term": "short_stay", "cost": 60}]}]);
    assert_eq!(value["offers"], expected);
    assert_eq!(value["weights"]["crisis"], 220);
}

#[test]
fn when_nothing_fits_the_failed_rules_are_named() {
    let mut file = example();
    file["requests"][0]["entitlement"] = json!("wmo");
    file["requests"][0]["persons"][0]["age"] = json!(17);
    let offers = best_offers(&check(&file).unwrap(), "R1", 5).unwrap();
    let value = serde_json::to_value(&offers).unwrap();
    assert_eq!(value["offers"][0]["room"], "L1-a");
    assert_eq!(value["offers"][0]["fails"], json!(["age"]));
    assert_eq!(value["offers"][1]["room"], "L2-a");
    assert_eq!(value["offers"][1]["fails"], json!(["entitlement"]));
}

#[test]
fn a_place_exactly_on_the_circle_is_inside_it() {
    let mut file = example();
    // L1 is 50 km from L2 in tenths of kilometres that no binary fraction holds.
    file["requests"][0]["avoid"] =
        json!([{"x_km": 91.5, "y_km": 447.2, "radius_km": 50, "reason": "offender"}]);
    let offers = best_offers(&check(&file).unwrap(), "R1", 5).unwrap();
    assert!(offers.offers.iter().all(|o| !o.fails.is_empty()));
    file["requests"][0]["avoid"][0]["radius_km"] = json!(49.999);
    let offers = best_offers(&check(&file).unwrap(), "R1", 5).unwrap();
    assert_eq!(offers.offers[0].room, "L1-a");
}

#[test]
fn leaving_someone_unplaced_costs_by_urgency_waiting_and_persons() {
    let instance = check(&example()).unwrap();
    // (20000 + 6000 × 2 + 40 × 4) × 2 persons.
    assert_eq!(
        cost::unplaced(&instance.requests()[0], &Weights::default()),
        64_320
    );
}

#[test]
fn a_misspelt_rule_is_refused_instead_of_ignored() {
    let mut file = example();
    file["requests"][0]["avoids"] = json!([]);
    let error = serde_json::from_value::<InstanceFile>(file).unwrap_err();
    assert!(error.to_string().contains("avoids"), "{error}");
}

#[test]
fn an_unknown_request_is_named() {
    let error = best_offers(&check(&example()).unwrap(), "R9", 5).unwrap_err();
    assert_eq!(error.to_string(), "no request `R9` in this instance");
}

/// Changes one value of the example and expects this one fault.
fn faulty(pointer: &str, value: Value, expected: &str) {
    let mut file = example();
    *file
        .pointer_mut(pointer)
        .unwrap_or_else(|| panic!("no {pointer}")) = value;
    let faults = check(&file).expect_err("a fault");
    assert!(
        faults.0.iter().any(|f| f.to_string() == expected),
        "{pointer}: {faults}"
    );
}

#[test]
fn every_fault_says_where_and_what() {
    faulty(
        "/locations/1/id",
        json!("L1"),
        "location `L1` appears twice; give each location its own id",
    );
    faulty(
        "/locations/1/rooms/0/id",
        json!("L1-a"),
        "room `L1-a` appears twice; room ids are unique over all locations",
    );
    faulty(
        "/requests/0/persons/1/id",
        json!("P1"),
        "person `P1` appears again in request `R1`; a person can be placed only once",
    );
    faulty(
        "/requests/0/persons",
        json!([]),
        "request `R1` has no persons; name at least one",
    );
    faulty(
        "/requests/0/current_room",
        json!("L9-z"),
        "request `R1` is said to be in room `L9-z`, which no location has",
    );
    faulty(
        "/locations/0/rooms/0/free",
        json!(7),
        "room `L1-a` has 7 places free of 6; free can be at most the places",
    );
    faulty(
        "/locations/0/rooms/0/free",
        json!(-1),
        "room L1-a: `free` is -1, expected a number of places from 0 to 100000",
    );
    faulty(
        "/locations/0/rooms/0/places",
        json!(-6),
        "room L1-a: `places` is -6, expected a number of places from 0 to 100000",
    );
    faulty(
        "/locations/0/max_age",
        json!(17),
        "location `L1` admits from 18 to 17 years, which is nobody",
    );
    faulty(
        "/locations/0/security",
        json!(4),
        "location L1: `security` is 4, expected 1 (open), 2 (secret address) or 3 (guarded)",
    );
    faulty(
        "/requests/0/urgency",
        json!(0),
        "request R1: `urgency` is 0, expected a whole number from 1 to 1000",
    );
    faulty(
        "/requests/0/persons/1/age",
        json!(-4),
        "person P2: `age` is -4, expected an age in years from 0 to 150",
    );
    faulty(
        "/requests/0/avoid/0/radius_km",
        json!(-1.0),
        "request R1: `radius_km` is -1, expected kilometres from 0 to 10000",
    );
    faulty(
        "/locations/0/x_km",
        json!(121_500.0),
        "location L1: `x_km` is 121500, expected kilometres on the Dutch grid, between -10000 and 10000",
    );
    faulty("/requests/0/id", json!(""), "a request has an empty id");
}

#[test]
fn all_faults_are_named_at_once() {
    let mut file = example();
    file["locations"][0]["security"] = json!(0);
    file["requests"][0]["current_room"] = json!("nowhere");
    let faults = check(&file).unwrap_err();
    assert_eq!(faults.0.len(), 2);
    assert!(matches!(faults.0[1], Fault::UnknownRoom { .. }));
}
