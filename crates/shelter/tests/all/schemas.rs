//! The published schemas: every example in them is valid by its own schema, and ours are read and written the same.

use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use shelter::{Instance, InstanceFile, Offers, Rule, Weights};

fn schema(name: &str) -> Value {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("../../schemas/{name}.schema.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Faults of a value, for the few words of JSON Schema that our schemas use; an unknown word is a fault too.
fn faults(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let mut found = vec![];
    for (word, rule) in schema.as_object().unwrap() {
        let sound = match word.as_str() {
            "type" => kinds(rule).iter().any(|kind| is_kind(kind, value)),
            "enum" => rule.as_array().unwrap().contains(value),
            "minimum" => value.as_f64().is_none_or(|n| n >= rule.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|n| n <= rule.as_f64().unwrap()),
            "minLength" => value
                .as_str()
                .is_none_or(|s| s.len() as u64 >= rule.as_u64().unwrap()),
            "minItems" => value
                .as_array()
                .is_none_or(|a| a.len() as u64 >= rule.as_u64().unwrap()),
            "required" => value.as_object().is_none_or(|o| {
                rule.as_array()
                    .unwrap()
                    .iter()
                    .all(|n| o.contains_key(n.as_str().unwrap()))
            }),
            "additionalProperties" => value.as_object().is_none_or(|o| {
                o.keys()
                    .all(|name| schema["properties"].get(name).is_some())
            }),
            "oneOf" => {
                rule.as_array()
                    .unwrap()
                    .iter()
                    .filter(|one| faults(root, one, value, at).is_empty())
                    .count()
                    == 1
            }
            "properties" => {
                for (name, part) in rule.as_object().unwrap() {
                    if let Some(value) = value.get(name) {
                        found.extend(faults(root, part, value, &format!("{at}/{name}")));
                    }
                }
                true
            }
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    found.extend(faults(root, rule, item, &format!("{at}/{n}")));
                }
                true
            }
            "$ref" => {
                let target = root
                    .pointer(rule.as_str().unwrap().trim_start_matches('#'))
                    .expect("a definition");
                found.extend(faults(root, target, value, at));
                true
            }
            // Not tried here: they say what text looks like.
            "format" | "pattern" | "uniqueItems" => true,
            "$schema" | "$id" | "$defs" | "title" | "description" | "examples" => true,
            _ => false,
        };
        if !sound {
            found.push(format!("{at}: {word}"));
        }
    }
    found
}

fn kinds(rule: &Value) -> Vec<&str> {
    match rule {
        Value::String(kind) => vec![kind],
        _ => rule
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect(),
    }
}

fn is_kind(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    }
}

fn round_trip<T: DeserializeOwned + Serialize>(name: &str) -> Vec<T> {
    let schema = schema(name);
    let examples = schema["examples"].as_array().unwrap();
    let read = |example: &Value| -> T { serde_json::from_value(example.clone()).unwrap() };
    for example in examples {
        assert_eq!(
            &serde_json::to_value(read(example)).unwrap(),
            example,
            "{name}"
        );
    }
    examples.iter().map(read).collect()
}

#[test]
fn examples_are_valid_by_their_own_schema() {
    for name in [
        "instance",
        "offers",
        "place-plan",
        "place-gap",
        "action",
        "report",
        "problem",
    ] {
        let schema = schema(name);
        let examples = schema["examples"].as_array().unwrap();
        assert!(!examples.is_empty());
        for example in examples {
            assert_eq!(
                faults(&schema, &schema, example, name),
                Vec::<String>::new()
            );
        }
    }
}

#[test]
fn the_small_validator_does_find_faults() {
    let schema = schema("report");
    let mut found = faults(
        &schema,
        &schema,
        &serde_json::json!({"acute": "no", "storey": "x"}),
        "report",
    );
    // The order of JSON members is nobody's promise.
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "report/acute: type",
            "report: additionalProperties",
            "report: required"
        ]
    );
}

#[test]
fn instances_and_offers_are_read_and_written_as_published() {
    for file in round_trip::<InstanceFile>("instance") {
        Instance::check(file).unwrap();
    }
    round_trip::<Offers>("offers");
    round_trip::<Vec<shelter::gap::GapPlan>>("place-gap");
}

#[test]
fn a_plan_is_as_published_but_for_the_seconds_that_whoever_asks_adds() {
    let published = schema("place-plan");
    let file = shelter::generate::generate(
        &shelter::generate::Size {
            locations: 20,
            waiting: 15,
            movers: 3,
            ..shelter::generate::Size::NORMAL
        },
        1,
    );
    let instance = Instance::check(file).unwrap();
    let plan = shelter::plan(&instance, &Weights::default(), &|| false);
    let mut value = serde_json::to_value(&plan).unwrap();
    value["seconds"] = serde_json::json!(0.0);
    assert_eq!(
        faults(&published, &published, &value, "plan"),
        Vec::<String>::new()
    );
    assert!(!plan.unplaced.is_empty() && !plan.assignments.is_empty());
    assert_eq!(
        published["$defs"]["rule"]["enum"],
        serde_json::json!(Rule::ALL.map(Rule::code))
    );
}

#[test]
fn the_schema_names_every_rule_and_the_weights_in_force() {
    let offers = schema("offers");
    let rules: Vec<_> = Rule::ALL.iter().map(|rule| rule.code()).collect();
    assert_eq!(
        offers["$defs"]["offer"]["properties"]["fails"]["items"]["enum"],
        serde_json::json!(rules)
    );
    assert_eq!(
        offers["examples"][0]["weights"],
        serde_json::to_value(Weights::default()).unwrap()
    );
    assert_eq!(
        offers["examples"][0]["rules_version"],
        shelter::RULES_VERSION
    );
}
