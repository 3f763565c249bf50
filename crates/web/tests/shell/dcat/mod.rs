//! The catalogue of the open figures against DCAT-AP-NL 3.0 (Geonovum, version of 12 December 2024), which sharpens DCAT-AP 3.0: what is served
//! is read as triples, and every mandatory property, every most, every class and every controlled vocabulary of the classes that are used is
//! held against them. The names in brackets are the chapters and sections of the profile.

mod profile;
mod triples;

use serde_json::{Value, json};

use self::profile::faults;
use self::triples::{
    AUTHORITY, DCAT, DCT, FOAF, HOST, Reader, TYPE, Term, VCARD, XSD, long, typed,
};
use crate::real::Real;

async fn served(real: &Real) -> Value {
    let answer = real.site.get("/figures/catalog.jsonld").await;
    assert_eq!(answer.header("content-type"), "application/ld+json");
    serde_json::from_str(&answer.body).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_keeps_every_rule_of_the_profile() {
    let real = Real::new().await;
    let triples = Reader::read(&served(&real).await);
    let found = faults(&triples);
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(
        typed(&triples)
            .filter(|(_, class)| *class == long("dcat:Dataset"))
            .count()
            >= 5
    );
    // No data service is told of, so the rules about that class ask nothing.
    assert!(!typed(&triples).any(|(_, class)| class == long("dcat:DataService")));
    // What is told of a page or a file leads somewhere.
    for (_, property, object) in &triples {
        let leads = [
            "dcat:accessURL",
            "dcat:landingPage",
            "foaf:homepage",
            "vcard:hasURL",
        ];
        if let Term::Iri(iri) = object
            && leads.iter().any(|short| long(short) == *property)
        {
            let path = iri.strip_prefix(HOST).unwrap();
            assert_eq!(real.site.get(path).await.status, 200, "{path}");
        }
    }
}

type Change = fn(&mut Value);

fn without(document: &mut Value, property: &str) {
    let set = document["dcat:dataset"][0].as_object_mut().unwrap();
    set.remove(property).unwrap();
}

/// The reader is no formality: each rule that is broken is found.
#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_a_rule_is_found() {
    let real = Real::new().await;
    let whole = served(&real).await;
    let broken = |change: Change| {
        let mut document = whole.clone();
        change(&mut document);
        faults(&Reader::read(&document)).join("\n")
    };
    let changes: [(Change, &str); 12] = [
        (|d| without(d, "dct:creator"), "creator"),
        (|d| without(d, "dct:identifier"), "identifier"),
        (
            |d| d["dcat:dataset"][0]["dct:identifier"] = json!(["a", "b"]),
            "identifier",
        ),
        (
            |d| {
                d["dcat:dataset"][1]["dct:identifier"] =
                    d["dcat:dataset"][0]["dct:identifier"].clone()
            },
            "of another",
        ),
        (
            |d| {
                d["dcat:dataset"][0]["dcat:theme"] =
                    json!({ "@id": format!("{AUTHORITY}/data-theme/CRIME") })
            },
            "theme",
        ),
        (
            |d| {
                d["dcat:dataset"][0]["dct:accessRights"] =
                    json!({ "@id": format!("{AUTHORITY}/access-right/SENSITIVE") })
            },
            "accessRights",
        ),
        (
            |d| d["dcat:dataset"][0]["dcat:distribution"][0]["dct:license"] = json!("CC0"),
            "license",
        ),
        (
            |d| d["dcat:dataset"][0]["dct:title"] = json!({ "@value": " ", "@language": "nl" }),
            "title",
        ),
        (
            |d| d["dcat:dataset"][0]["dcat:titel"] = json!("x"),
            "no such property",
        ),
        (
            |d| d["dct:publisher"] = json!({ "@type": "foaf:Agent" }),
            "name",
        ),
        (
            |d| d["dcat:contactPoint"] = json!({ "@type": "vcard:Kind", "vcard:fn": "x" }),
            "no way to reach",
        ),
        (
            |d| d["dcat:dataset"][0]["dct:temporal"]["dcat:endDate"] = json!("2023-12-31"),
            "endDate",
        ),
    ];
    for (change, words) in changes {
        let said = broken(change);
        assert!(said.contains(words), "{words}: {said}");
    }
}

/// Both files make the same statements: the Turtle is read as far as the catalogue writes it.
#[tokio::test(flavor = "multi_thread")]
async fn the_turtle_says_the_same() {
    let real = Real::new().await;
    let triples = Reader::read(&served(&real).await);
    let turtle = real.site.get("/figures/catalog.ttl").await.body;
    for (subject, property, object) in &triples {
        if let Term::Iri(iri) = subject {
            let own = iri.strip_prefix(HOST).unwrap_or(iri);
            assert!(turtle.contains(&format!("<{own}>")), "{own}");
        }
        let short = match property.as_str() {
            TYPE => " a ".to_owned(),
            other => {
                let spaces = [
                    ("dcat:", DCAT),
                    ("dct:", DCT),
                    ("foaf:", FOAF),
                    ("vcard:", VCARD),
                ];
                let found = spaces.iter().find_map(|(short, space)| {
                    Some(format!(" {short}{} ", other.strip_prefix(space)?))
                });
                found.unwrap()
            }
        };
        assert!(turtle.contains(&short), "{short}");
        match object {
            Term::Literal { text, lang, kind } => {
                let mut said = format!("\"{text}\"");
                if let Some(lang) = lang {
                    said = format!("{said}@{lang}");
                }
                if let Some(kind) = kind {
                    said = format!("{said}^^xsd:{}", kind.strip_prefix(XSD).unwrap());
                }
                assert!(turtle.contains(&said), "{said}");
            }
            Term::Iri(class) if property == TYPE => {
                let name = class.rsplit(['#', '/']).next().unwrap();
                assert!(turtle.contains(&format!(":{name}")), "{name}");
            }
            Term::Iri(iri) => {
                let own = iri.strip_prefix(HOST).unwrap_or(iri);
                assert!(turtle.contains(&format!("<{own}>")), "{own}");
            }
            Term::Blank(_) => {}
        }
    }
}
