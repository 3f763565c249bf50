//! A small validator for the words of JSON Schema that our schemas of records use; a word or pattern that it does not know is a fault.

use std::path::PathBuf;

use serde_json::Value;

/// A published schema by its file name without the end.
pub fn schema(name: &str) -> Value {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("../../schemas/{name}.schema.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Every fault of a value, with its place.
pub fn faults(schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let mut found = vec![];
    for (word, rule) in schema.as_object().unwrap() {
        let sound = match word.as_str() {
            "type" => is_kind(rule.as_str().unwrap(), value),
            "const" => rule == value,
            "enum" => rule.as_array().unwrap().contains(value),
            "minimum" => value.as_f64().is_none_or(|n| n >= rule.as_f64().unwrap()),
            "minLength" => value
                .as_str()
                .is_none_or(|s| s.len() as u64 >= rule.as_u64().unwrap()),
            "minItems" => value
                .as_array()
                .is_none_or(|a| a.len() as u64 >= rule.as_u64().unwrap()),
            "pattern" => value
                .as_str()
                .is_none_or(|text| matches(rule.as_str().unwrap(), text)),
            "format" => rule == "uri" && value.as_str().is_none_or(|text| text.contains(':')),
            "required" => value
                .as_object()
                .is_none_or(|object| names(rule).iter().all(|name| object.contains_key(*name))),
            "dependentRequired" => value.as_object().is_none_or(|object| {
                rule.as_object().unwrap().iter().all(|(name, needed)| {
                    !object.contains_key(name)
                        || names(needed).iter().all(|n| object.contains_key(*n))
                })
            }),
            "additionalProperties" => additional(schema, rule, value, at, &mut found),
            "properties" => {
                for (name, part) in rule.as_object().unwrap() {
                    if let Some(value) = value.get(name) {
                        found.extend(faults(part, value, &format!("{at}/{name}")));
                    }
                }
                true
            }
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    found.extend(faults(rule, item, &format!("{at}/{n}")));
                }
                true
            }
            "$schema" | "$id" | "title" | "description" | "examples" => true,
            _ => false,
        };
        if !sound {
            found.push(format!("{at}: {word}"));
        }
    }
    found
}

fn additional(
    schema: &Value,
    rule: &Value,
    value: &Value,
    at: &str,
    found: &mut Vec<String>,
) -> bool {
    let own = |name: &str| schema["properties"].get(name).is_some();
    let others = value
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| !own(name));
    for (name, value) in others {
        if rule == &Value::Bool(false) {
            return false;
        }
        found.extend(faults(rule, value, &format!("{at}/{name}")));
    }
    true
}

/// The patterns in use: `^[set]{count}$` or `^[set]{least,most}$`, with ranges in the set.
fn matches(pattern: &str, text: &str) -> bool {
    let inner = pattern
        .strip_prefix("^[")
        .and_then(|p| p.strip_suffix("}$"));
    let (set, counts) = inner
        .and_then(|p| p.rsplit_once("]{"))
        .expect("a known pattern");
    let (least, most) = counts.split_once(',').unwrap_or((counts, counts));
    let length = text.chars().count();
    let right_length = (least.parse().unwrap()..=most.parse().unwrap()).contains(&length);
    right_length && text.chars().all(|c| is_in(set, c))
}

fn is_in(set: &str, c: char) -> bool {
    let signs: Vec<char> = set.chars().collect();
    let mut at = 0;
    while at < signs.len() {
        let range = at + 2 < signs.len() && signs[at + 1] == '-';
        let (first, last) = if range {
            (signs[at], signs[at + 2])
        } else {
            (signs[at], signs[at])
        };
        if (first..=last).contains(&c) {
            return true;
        }
        at += if range { 3 } else { 1 };
    }
    false
}

fn names(rule: &Value) -> Vec<&str> {
    rule.as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect()
}

fn is_kind(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        _ => false,
    }
}
