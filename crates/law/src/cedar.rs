//! From acts to Cedar: a schema, and one policy an act. Text only; the engine and auditors read the same.

use std::fmt::Write as _;

use crate::codes::{Bits, Index};
use crate::model::{Act, ConsentNeed, Effect, Grade, Policies};

/// The schema: what can be asked. Every code is one of a closed list, so that a policy cannot name what does not exist.
pub(crate) fn schema(policies: &Policies) -> String {
    let codes = &policies.codes;
    let mut out = String::from(
        "// What can be asked of the law of sharing. Made from the vocabulary; do not edit.\n\n",
    );
    closed(&mut out, "Organisation", &all(&codes.orgs));
    closed(&mut out, "Data", &all(&codes.data));
    closed(&mut out, "Purpose", &all(&codes.purposes));
    closed(&mut out, "Circumstance", &all(&codes.circumstances));
    closed(&mut out, "Giver", &all(&codes.givers));
    let bands: Vec<String> = policies
        .bands
        .iter()
        .map(|band| band.code.clone())
        .collect();
    closed(&mut out, "AgeBand", &bands);
    out.push_str(
        "\n// One category of data is asked at a time. `day` is the day of the question as 20261121. `given` and `written` are\n\
         // those whose consent names this purpose, this receiver and this category and is in force; `written` those on paper.\n\
         // `withdrawn`: such a consent was taken back.\n\
         type Asked = {\n  to: Organisation,\n  purpose: Purpose,\n  day: Long,\n  circumstances: Set<Circumstance>,\n  age: AgeBand,\n  \
         parent_suspected: Bool,\n  given: Set<Giver>,\n  written: Set<Giver>,\n  withdrawn: Bool\n};\n\n\
         // share: may it go. consult: would an act of grade C cover it, so that somebody has to decide.\n\
         action share appliesTo { principal: [Organisation], resource: [Data], context: Asked };\n\
         action consult appliesTo { principal: [Organisation], resource: [Data], context: Asked };\n",
    );
    out
}

fn closed(out: &mut String, name: &str, codes: &[String]) {
    let quoted: Vec<String> = codes.iter().map(|code| format!("\"{code}\"")).collect();
    let _ = writeln!(out, "entity {name} enum [{}];", quoted.join(", "));
}

fn all<F: domain::vocabulary::Facts>(index: &Index<F>) -> Vec<String> {
    index.codes(index.all())
}

/// What the codes of the schema are called: for whoever tells a request in words.
pub(crate) fn words(policies: &Policies) -> serde_json::Value {
    let codes = &policies.codes;
    let bands: serde_json::Map<String, serde_json::Value> = policies
        .bands
        .iter()
        .map(|band| (band.code.clone(), serde_json::json!(band.label)))
        .collect();
    serde_json::json!({
        "Organisation": labels(&codes.orgs),
        "Data": labels(&codes.data),
        "Purpose": labels(&codes.purposes),
        "Circumstance": labels(&codes.circumstances),
        "Giver": labels(&codes.givers),
        "AgeBand": bands,
    })
}

fn labels<F: domain::vocabulary::Facts>(index: &Index<F>) -> serde_json::Value {
    let all = index.all();
    let pairs = index.codes(all).into_iter().zip(index.labels(all));
    pairs
        .map(|(code, label)| (code, serde_json::json!(label)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// Every policy, each with a line above it that says what it is.
pub(crate) fn policies(policies: &Policies) -> String {
    let mut out = format!(
        "// The law of sharing, version {}. Made from policies/; do not edit.\n",
        policies.version.tag()
    );
    for act in &policies.acts {
        let _ = write!(out, "\n// {}\n{}", act.title.en, policy(policies, act));
    }
    out
}

/// The policy of one act.
pub(crate) fn policy(policies: &Policies, act: &Act) -> String {
    let mut out = String::new();
    annotations(&mut out, policies, act);
    let (effect, action) = match (act.effect, act.grade) {
        (Effect::Forbid, _) => (
            "forbid",
            "action in [Action::\"share\", Action::\"consult\"]",
        ),
        (Effect::Permit, Grade::C) => ("permit", "action == Action::\"consult\""),
        (Effect::Permit, _) => ("permit", "action == Action::\"share\""),
    };
    let conditions = conditions(policies, act);
    let _ = write!(out, "{effect} (principal, {action}, resource)");
    if conditions.is_empty() {
        out.push_str(";\n");
    } else {
        let _ = write!(out, "\nwhen {{\n  {}\n}};\n", conditions.join(" &&\n  "));
    }
    out
}

fn annotations(out: &mut String, policies: &Policies, act: &Act) {
    let mut note = |name: &str, value: &str| {
        let _ = writeln!(out, "@{name}({value:?})");
    };
    note("id", &act.key());
    if let Some(row) = act.row {
        note("row", &row.to_string());
    }
    note("certainty", act.grade.letter());
    for (place, ground) in act.grounds.iter().enumerate() {
        note(
            &format!("ground_{}", place + 1),
            &format!("{} {}", ground.law, ground.article),
        );
    }
    if let Some(need) = &act.consent {
        let rule = policies
            .rules
            .get(need.rule)
            .map_or("", |rule| rule.code.as_str());
        let form = if need.written { "written" } else { "any" };
        note("consent", &format!("{rule}:{form}"));
    }
    if let Some(activity) = &act.activity {
        note(
            "processing_activity_id",
            &format!("{}:{}", activity.id, activity.version),
        );
    }
}

/// The cheapest and most telling conditions first: Cedar stops at the first that fails.
fn conditions(policies: &Policies, act: &Act) -> Vec<String> {
    let codes = &policies.codes;
    let mut out = Vec::new();
    among(&mut out, "context.to", "Organisation", &codes.orgs, act.to);
    among(
        &mut out,
        "context.purpose",
        "Purpose",
        &codes.purposes,
        act.purposes,
    );
    among(&mut out, "principal", "Organisation", &codes.orgs, act.from);
    among(&mut out, "resource", "Data", &codes.data, act.data);
    if let Some(from) = act.validity.from {
        out.push(format!("context.day >= {}", day_number(from)));
    }
    if let Some(until) = act.validity.until {
        out.push(format!("context.day < {}", day_number(until)));
    }
    for place in act.circumstances.iter() {
        let code = codes.circumstances.code(place);
        out.push(format!(
            "context.circumstances.contains(Circumstance::\"{code}\")"
        ));
    }
    let bands: Vec<String> = act
        .ages
        .iter()
        .filter_map(|band| policies.bands.get(usize::from(band)))
        .map(|band| band.code.clone())
        .collect();
    if bands.len() < policies.bands.len() {
        out.push(one_of("context.age", "AgeBand", &bands));
    }
    if act.not_after_withdrawal {
        out.push("!context.withdrawn".to_owned());
    }
    if let Some(need) = &act.consent {
        out.push(consent(policies, need));
    }
    out
}

/// Nothing is said where every code counts.
fn among<F: domain::vocabulary::Facts>(
    out: &mut Vec<String>,
    what: &str,
    kind: &str,
    index: &Index<F>,
    bits: Bits,
) {
    if bits != index.all() {
        out.push(one_of(what, kind, &index.codes(bits)));
    }
}

fn one_of(what: &str, kind: &str, codes: &[String]) -> String {
    match codes {
        [one] => format!("{what} == {kind}::\"{one}\""),
        many => {
            let quoted: Vec<String> = many.iter().map(|c| format!("{kind}::\"{c}\"")).collect();
            format!("[{}].contains({what})", quoted.join(", "))
        }
    }
}

/// Who must have signed, by age. A suspected parent's name counts for nothing, whatever the rule says.
fn consent(policies: &Policies, need: &ConsentNeed) -> String {
    let set = if need.written { "written" } else { "given" };
    let rule = policies.rules.get(need.rule);
    let mut ways = Vec::new();
    for line in rule.map(|rule| rule.at.as_slice()).unwrap_or_default() {
        let Some(band) = policies.bands.get(usize::from(line.band)) else {
            continue;
        };
        for givers in &line.who {
            let mut all = vec![format!("context.age == AgeBand::\"{}\"", band.code)];
            for giver in givers.iter() {
                let code = policies.codes.givers.code(giver);
                all.push(format!("context.{set}.contains(Giver::\"{code}\")"));
            }
            if givers.meets(policies.parents) {
                all.push("!context.parent_suspected".to_owned());
            }
            ways.push(format!("({})", all.join(" && ")));
        }
    }
    format!("({})", ways.join(" ||\n   "))
}

/// A day as a number that grows with it: 21 November 2026 is 20261121.
pub(crate) fn day_number(day: jiff::civil::Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::day_number;

    #[test]
    fn a_day_is_a_number_that_grows_with_it() {
        assert_eq!(day_number(date(2026, 11, 21)), 20_261_121);
        assert!(day_number(date(2026, 11, 21)) < day_number(date(2026, 11, 22)));
    }
}
