//! The catalogue of the open figures in DCAT (profile DCAT-AP-NL 3.0), as JSON-LD and as Turtle: the same statements in both.
//!
//! Addresses are relative: a harvester resolves them against where it found the catalogue, and no host has to be configured.

use std::collections::BTreeSet;
use std::sync::Arc;

use ::desk::letter::Lang as Phrases;
use ::desk::open::{self, OpenMeasure};
use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use super::data::file;
use crate::app::App;
use crate::problem::Problem;
use crate::shell::Settings;

const AUTHORITY: &str = "http://publications.europa.eu/resource/authority";
const CC0: &str = "http://publications.europa.eu/resource/authority/licence/CC0";

/// The catalogue as JSON-LD.
pub(super) async fn json(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    let all = open::read(&app.desk, Phrases::Nl).await?;
    let body = catalog(&app, &all.measures);
    let text = serde_json::to_string_pretty(&body).map_err(|_| Problem::internal())?;
    Ok(file("application/ld+json", text))
}

/// The catalogue as Turtle.
pub(super) async fn turtle(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    let all = open::read(&app.desk, Phrases::Nl).await?;
    let body = catalog(&app, &all.measures);
    let mut out = String::new();
    for (prefix, space) in SPACES {
        out.push_str(&format!("@prefix {prefix}: <{space}> .\n"));
    }
    out.push('\n');
    subject(&body, &mut out);
    Ok(file("text/turtle; charset=utf-8", out))
}

const SPACES: [(&str, &str); 5] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

fn id(iri: &str) -> Value {
    json!({ "@id": iri })
}

fn both(nl: &str, en: &str) -> Value {
    json!([{ "@value": nl, "@language": "nl" }, { "@value": en, "@language": "en" }])
}

fn languages() -> Value {
    json!([
        id(&format!("{AUTHORITY}/language/NLD")),
        id(&format!("{AUTHORITY}/language/ENG"))
    ])
}

fn catalog(app: &App, measures: &[OpenMeasure]) -> Value {
    let publisher = publisher(&app.shell.settings);
    let contact = contact(&app.shell.settings);
    let context: serde_json::Map<String, Value> = SPACES
        .iter()
        .map(|(prefix, space)| ((*prefix).to_owned(), json!(space)))
        .collect();
    let sets = measures.iter().filter(|one| !one.tables.is_empty());
    let sets: Vec<Value> = sets.map(|one| dataset(one, &publisher, &contact)).collect();
    json!({
        "@context": context,
        "@id": "/figures#catalog",
        "@type": "dcat:Catalog",
        "dct:title": both("Open cijfers over de aanpak van mensenhandel", "Open figures on the approach to human trafficking"),
        "dct:description": both(
            "Cijfers bij de voortgangsbrieven van het actieplan Samen tegen mensenhandel, met definitie, bron en peildatum.",
            "Figures of the progress letters of the action plan Together against human trafficking, with definition, source and reference date.",
        ),
        "dct:publisher": publisher,
        "dcat:contactPoint": contact,
        "dct:license": id(CC0),
        "dct:language": languages(),
        "foaf:homepage": page("/figures"),
        "dcat:dataset": sets,
    })
}

/// A page that tells of something, apart from the thing itself.
fn page(address: &str) -> Value {
    json!({ "@id": address, "@type": "foaf:Document" })
}

/// Who runs this site, by its address in a list of organisations when the host gave one.
fn publisher(settings: &Settings) -> Value {
    let mut agent = json!({ "@type": "foaf:Agent", "foaf:name": settings.host_name });
    if let Some(address) = &settings.host_uri {
        agent["@id"] = json!(address);
    }
    agent
}

/// How to reach the host: by e-mail when it gave an address, and always by the page that says how.
fn contact(settings: &Settings) -> Value {
    let how = settings.host_contact.as_str();
    let mut point = json!({
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": settings.host_name,
        "vcard:hasURL": id("/privacy"),
    });
    if how.contains('@') {
        point["vcard:hasEmail"] = id(&format!("mailto:{how}"));
    }
    point
}

/// Who counted: others, each by name, where the numbers are theirs, and the host for what this program counts.
fn creators(one: &OpenMeasure, publisher: &Value) -> Vec<Value> {
    let names: BTreeSet<&str> = (one.sources.iter())
        .map(|source| source.publisher.as_str())
        .collect();
    let others = names
        .iter()
        .map(|name| json!({ "@type": "foaf:Agent", "foaf:name": name }));
    let own = one.measure.facts.function.is_some() || one.sources.is_empty();
    own.then(|| publisher.clone())
        .into_iter()
        .chain(others)
        .collect()
}

fn dataset(one: &OpenMeasure, publisher: &Value, contact: &Value) -> Value {
    let (measure, facts) = (&one.measure, &one.measure.facts);
    let code = measure.code.as_str();
    let frequency = match one.sources.is_empty() {
        true => "ANNUAL_2",
        false => "ANNUAL",
    };
    let days = one.tables.iter().filter_map(|t| t.figure.reference_date);
    let version = one.tables.iter().map(|t| t.version).max().unwrap_or(1);
    let mut set = json!({
        "@id": format!("/figures/{code}#dataset"),
        "@type": "dcat:Dataset",
        "dct:identifier": format!("urn:x-samen:measure/{code}"),
        "dct:title": both(&measure.label.nl, &measure.label.en),
        "dct:description": both(&facts.definition.nl, &facts.definition.en),
        "dct:publisher": publisher,
        "dct:creator": creators(one, publisher),
        "dcat:contactPoint": contact,
        "dct:accessRights": id(&format!("{AUTHORITY}/access-right/PUBLIC")),
        "dcat:theme": id(&format!("{AUTHORITY}/data-theme/JUST")),
        "dct:accrualPeriodicity": id(&format!("{AUTHORITY}/frequency/{frequency}")),
        "dct:language": languages(),
        "dct:provenance": { "@type": "dct:ProvenanceStatement", "dct:description": both(&facts.query.nl, &facts.query.en) },
        "dcat:version": version.to_string(),
        "dcat:landingPage": page(&format!("/figures/{code}")),
        "dcat:distribution": [
            distribution(code, "csv", "CSV", "text/csv"),
            distribution(code, "json", "JSON", "application/json"),
        ],
    });
    if let Some(day) = days.max() {
        set["dct:temporal"] = json!({
            "@type": "dct:PeriodOfTime",
            "dcat:endDate": { "@value": day.to_string(), "@type": "xsd:date" },
        });
    }
    set
}

fn distribution(code: &str, ending: &str, kind: &str, media: &str) -> Value {
    let address = format!("/figures/{code}/data.{ending}");
    json!({
        "@id": format!("/figures/{code}#{ending}"),
        "@type": "dcat:Distribution",
        "dct:title": kind,
        "dcat:accessURL": id(&address),
        "dcat:downloadURL": id(&address),
        "dct:license": id(CC0),
        "dct:rights": id(&format!("{AUTHORITY}/access-right/PUBLIC")),
        "dct:format": id(&format!("{AUTHORITY}/file-type/{kind}")),
        "dcat:mediaType": id(&format!("https://www.iana.org/assignments/media-types/{media}")),
    })
}

/// A node with a name of its own as a statement; nodes with names inside it follow as statements of their own.
fn subject(node: &Value, out: &mut String) {
    let mut later = Vec::new();
    let name = node.get("@id").and_then(Value::as_str).unwrap_or_default();
    out.push_str(&format!("<{}>", iri(name)));
    out.push_str(&properties(node, &mut later));
    out.push_str(" .\n\n");
    for inner in later {
        subject(inner, out);
    }
}

fn properties<'a>(node: &'a Value, later: &mut Vec<&'a Value>) -> String {
    let mut parts = Vec::new();
    for (name, value) in node.as_object().into_iter().flatten() {
        match (name.as_str(), value) {
            ("@id" | "@context", _) => {}
            ("@type", Value::Array(kinds)) => {
                let kinds: Vec<&str> = kinds.iter().filter_map(Value::as_str).collect();
                parts.push(format!(" a {}", kinds.join(", ")));
            }
            ("@type", kind) => parts.push(format!(" a {}", kind.as_str().unwrap_or_default())),
            (name, Value::Array(values)) => {
                let all: Vec<String> = values.iter().map(|v| object(v, later)).collect();
                if !all.is_empty() {
                    parts.push(format!(" {name} {}", all.join(", ")));
                }
            }
            (name, value) => parts.push(format!(" {name} {}", object(value, later))),
        }
    }
    parts.join(" ;\n   ")
}

fn object<'a>(value: &'a Value, later: &mut Vec<&'a Value>) -> String {
    if let Some(text) = value.as_str() {
        return literal(text);
    }
    if let Some(text) = value.get("@value").and_then(Value::as_str) {
        let tag = value.get("@language").and_then(Value::as_str);
        let kind = value.get("@type").and_then(Value::as_str);
        return match (tag, kind) {
            (Some(tag), _) => format!("{}@{tag}", literal(text)),
            (None, Some(kind)) => format!("{}^^{kind}", literal(text)),
            (None, None) => literal(text),
        };
    }
    match value.get("@id").and_then(Value::as_str) {
        Some(name) => {
            if value.get("@type").is_some() {
                later.push(value);
            }
            format!("<{}>", iri(name))
        }
        None => format!("[{} ]", properties(value, later)),
    }
}

fn literal(text: &str) -> String {
    let kept: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    format!("\"{}\"", kept.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Signs that may not stand in an address are written as their code.
fn iri(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' | '>' | '"' | '{' | '}' | '|' | '^' | '`' | '\\' => {
                out.push_str(&format!("%{:02X}", u32::from(c)))
            }
            c if c.is_control() || c == ' ' => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{contact, publisher, subject};
    use crate::shell::Settings;

    #[test]
    fn a_host_that_has_an_address_in_a_list_of_organisations_publishes_under_it() {
        let ministry = "https://identifier.overheid.nl/tooi/id/ministerie/mnre1058";
        let settings = Settings {
            host_name: "Ministerie van Voorbeelden".to_owned(),
            host_uri: Some(ministry.to_owned()),
            host_contact: "cijfers@voorbeeld.example".to_owned(),
            ..Settings::default()
        };
        let agent = publisher(&settings);
        assert_eq!(agent["@id"], ministry);
        assert_eq!(agent["foaf:name"], "Ministerie van Voorbeelden");
        assert!(publisher(&Settings::default()).get("@id").is_none());
        let mut turtle = String::new();
        subject(&agent, &mut turtle);
        assert!(
            turtle.starts_with(&format!("<{ministry}> a foaf:Agent")),
            "{turtle}"
        );
        let point = contact(&settings);
        assert_eq!(
            point["vcard:hasEmail"]["@id"],
            "mailto:cijfers@voorbeeld.example"
        );
        assert!(
            contact(&Settings::default())
                .get("vcard:hasEmail")
                .is_none()
        );
    }
}
