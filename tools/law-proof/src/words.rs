//! A request in words.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::{Context, Result};
use cedar_policy::{EvalResult, Request};
use serde::Deserialize;

/// What codes are called, by kind and code, in Dutch.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Words(BTreeMap<String, BTreeMap<String, Label>>);

#[derive(Debug, Deserialize)]
struct Label {
    nl: String,
}

impl Words {
    /// Reads the file that `samen law cedar` wrote.
    pub fn read(text: &str) -> Result<Words> {
        serde_json::from_str(text).context("samen.words.json")
    }

    fn of(&self, kind: &str, code: &str) -> String {
        let label = self.0.get(kind).and_then(|list| list.get(code));
        label.map_or_else(|| code.to_owned(), |label| format!("{} ({code})", label.nl))
    }

    /// Who would give what to whom, for what, when, about whom, with which consents.
    pub fn tell(&self, request: &Request) -> String {
        let id = |uid: Option<&cedar_policy::EntityUid>| {
            uid.map(|uid| uid.id().unescaped().to_owned())
                .unwrap_or_default()
        };
        let from = self.of("Organisation", &id(request.principal()));
        let data = self.of("Data", &id(request.resource()));
        let context = request.context();
        let get = |name: &str| context.and_then(|context| context.get(name));
        let one = |name: &str, kind: &str| match get(name) {
            Some(EvalResult::EntityUid(uid)) => self.of(kind, uid.id().unescaped()),
            _ => String::new(),
        };
        let many = |name: &str, kind: &str| match get(name) {
            Some(EvalResult::Set(set)) => set
                .iter()
                .filter_map(|item| match item {
                    EvalResult::EntityUid(uid) => Some(self.of(kind, uid.id().unescaped())),
                    _ => None,
                })
                .collect::<Vec<String>>()
                .join(", "),
            _ => String::new(),
        };
        let yes = |name: &str| matches!(get(name), Some(EvalResult::Bool(true)));
        let mut out = format!(
            "{from} geeft {data} aan {}, voor {}, op {}, leeftijd: {}",
            one("to", "Organisation"),
            one("purpose", "Purpose"),
            day(get("day").as_ref()),
            one("age", "AgeBand"),
        );
        let mut add = |label: &str, words: String| {
            if !words.is_empty() {
                let _ = write!(out, "; {label}: {words}");
            }
        };
        add("omstandigheden", many("circumstances", "Circumstance"));
        add("toestemming van", many("given", "Giver"));
        add("op papier van", many("written", "Giver"));
        if yes("parent_suspected") {
            add("let op", "een ouder wordt verdacht".to_owned());
        }
        if yes("withdrawn") {
            add("let op", "een toestemming is ingetrokken".to_owned());
        }
        out
    }
}

/// The number of a day as people write it; what is no day stays a number.
fn day(value: Option<&EvalResult>) -> String {
    match value {
        Some(EvalResult::Long(day)) if *day > 9_999_999 && *day < 100_000_000 => {
            format!(
                "{:04}-{:02}-{:02}",
                day / 10_000,
                day / 100 % 100,
                day % 100
            )
        }
        // The solver takes any number; these stand for days before or after every date that the law names.
        Some(EvalResult::Long(day)) if *day > 0 => "een dag ver na nu".to_owned(),
        Some(EvalResult::Long(_)) => "een dag ver voor nu".to_owned(),
        _ => String::new(),
    }
}
