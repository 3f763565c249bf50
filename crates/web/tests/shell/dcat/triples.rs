//! JSON-LD as triples.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Where a harvester found the catalogue.
pub(super) const HOST: &str = "https://cijfers.voorbeeld.example";

/// The subject or object of a triple.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Term {
    Iri(String),
    Blank(usize),
    Literal {
        text: String,
        lang: Option<String>,
        kind: Option<String>,
    },
}

pub(super) type Triple = (Term, String, Term);

/// JSON-LD as triples, as far as the catalogue uses it: one context of prefixes, node objects in node objects, values with a language or a type.
pub(super) struct Reader {
    prefixes: BTreeMap<String, String>,
    triples: BTreeSet<Triple>,
    blanks: usize,
}

impl Reader {
    pub(super) fn read(document: &Value) -> BTreeSet<Triple> {
        let context = document["@context"].as_object().unwrap().iter();
        let mut reader = Reader {
            prefixes: context
                .map(|(name, space)| (name.clone(), space.as_str().unwrap().to_owned()))
                .collect(),
            triples: BTreeSet::new(),
            blanks: 0,
        };
        reader.node(document);
        reader.triples
    }

    /// A name with a prefix, or a type, as a whole address.
    fn name(&self, short: &str) -> String {
        let (prefix, rest) = short.split_once(':').unwrap();
        let space = self.prefixes.get(prefix);
        format!(
            "{}{rest}",
            space.unwrap_or_else(|| unreachable!("{short}: no such prefix"))
        )
    }

    fn node(&mut self, node: &Value) -> Term {
        let subject = match node.get("@id").and_then(Value::as_str) {
            Some(id) => Term::Iri(absolute(id)),
            None => {
                self.blanks += 1;
                Term::Blank(self.blanks)
            }
        };
        for (key, value) in node.as_object().unwrap() {
            let values = value
                .as_array()
                .cloned()
                .unwrap_or_else(|| vec![value.clone()]);
            match key.as_str() {
                "@context" | "@id" => {}
                "@type" => {
                    for kind in values {
                        let class = Term::Iri(self.name(kind.as_str().unwrap()));
                        self.triples
                            .insert((subject.clone(), TYPE.to_owned(), class));
                    }
                }
                property => {
                    let property = self.name(property);
                    for value in values {
                        let object = self.object(&value);
                        self.triples
                            .insert((subject.clone(), property.clone(), object));
                    }
                }
            }
        }
        subject
    }

    fn object(&mut self, value: &Value) -> Term {
        let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        match (value, text("@value")) {
            (Value::String(words), _) => Term::Literal {
                text: words.clone(),
                lang: None,
                kind: None,
            },
            (_, Some(words)) => Term::Literal {
                text: words,
                lang: text("@language"),
                kind: text("@type").map(|kind| self.name(&kind)),
            },
            _ => self.node(value),
        }
    }
}

/// An address as a harvester resolves it that found the catalogue at this host.
pub(super) fn absolute(iri: &str) -> String {
    match iri.starts_with('/') {
        true => format!("{HOST}{iri}"),
        false => iri.to_owned(),
    }
}

pub(super) const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
pub(super) const DCAT: &str = "http://www.w3.org/ns/dcat#";
pub(super) const DCT: &str = "http://purl.org/dc/terms/";
pub(super) const FOAF: &str = "http://xmlns.com/foaf/0.1/";
pub(super) const VCARD: &str = "http://www.w3.org/2006/vcard/ns#";
pub(super) const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
pub(super) const AUTHORITY: &str = "http://publications.europa.eu/resource/authority";

pub(super) fn long(short: &str) -> String {
    let (prefix, rest) = short.split_once(':').unwrap();
    let space = match prefix {
        "dcat" => DCAT,
        "dct" => DCT,
        "foaf" => FOAF,
        "vcard" => VCARD,
        other => unreachable!("{other}"),
    };
    format!("{space}{rest}")
}

pub(super) fn typed(triples: &BTreeSet<Triple>) -> impl Iterator<Item = (&Term, &str)> {
    triples
        .iter()
        .filter_map(|(subject, property, object)| match object {
            Term::Iri(class) if property == TYPE => Some((subject, class.as_str())),
            _ => None,
        })
}

pub(super) fn values<'a>(
    triples: &'a BTreeSet<Triple>,
    subject: &Term,
    property: &str,
) -> Vec<&'a Term> {
    let of = triples
        .iter()
        .filter(|(s, p, _)| s == subject && p == property);
    of.map(|(_, _, object)| object).collect()
}

pub(super) fn has_class(triples: &BTreeSet<Triple>, term: &Term, class: &str) -> bool {
    typed(triples).any(|(subject, own)| subject == term && own == long(class))
}
