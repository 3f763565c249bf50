//! Reads the files of the law. Everything is checked; every fault is told at once.

mod act;
mod ages;
mod catalogue;
mod consistency;
mod part;
mod raw;
pub(crate) mod texts;
mod version;

use domain::vocabulary::Vocabulary;
use domain::vocabulary::known::organisation_kind::SUSPECTED;

pub(crate) use part::Faults;
use part::Part;

use crate::codes::{Bits, Codes};
use crate::fault::{PolicyError, Wrong};
use crate::files::{Files, VERSION_FILE};
use crate::model::Policies;

/// The files beside the acts, each of which must be there.
const NAMED: [&str; 10] = [
    "ages.toml",
    "conditions.toml",
    "consent.toml",
    "dpv.toml",
    "duties.toml",
    "groups.toml",
    "laws.toml",
    "signers.toml",
    "texts.toml",
    VERSION_FILE,
];

/// Reads and checks everything. `trusted`: when given, only signatures under these public keys count.
pub(crate) fn policies(
    files: &Files,
    vocabulary: &Vocabulary,
    trusted: Option<&[String]>,
) -> Result<Policies, PolicyError> {
    let faults = Faults::default();
    let read = contents(files, vocabulary, &faults);
    let version = version::check(files, trusted, &faults);
    match (read, version, faults.is_empty()) {
        (Some(mut policies), Some(version), true) => {
            policies.version = version;
            Ok(policies)
        }
        _ => Err(PolicyError::new(faults.into_inner())),
    }
}

/// The same without looking at signatures: for whoever signs or compares.
pub(crate) fn unsigned(files: &Files, vocabulary: &Vocabulary) -> Result<Policies, PolicyError> {
    let faults = Faults::default();
    let read = contents(files, vocabulary, &faults);
    let version = version::header(files, &faults);
    match (read, version, faults.is_empty()) {
        (Some(mut policies), Some(version), true) => {
            policies.version = version;
            Ok(policies)
        }
        _ => Err(PolicyError::new(faults.into_inner())),
    }
}

pub(crate) use version::signers;

fn contents(files: &Files, vocabulary: &Vocabulary, faults: &Faults) -> Option<Policies> {
    let codes = match Codes::of(vocabulary) {
        Ok(codes) => codes,
        Err(error) => {
            let fault = Wrong::Rule(error.to_string());
            faults.note(&files.place(""), 0, None, fault);
            return None;
        }
    };
    names(files, faults);
    let groups = catalogue::groups(files, &codes, faults);
    let laws = catalogue::laws(files, faults);
    let conditions = catalogue::conditions(files, faults);
    let dpv = catalogue::dpv(files, faults);
    let (bands, rules) = ages::read(files, &codes, faults);
    let requirements = catalogue::requirements(files, faults);
    let texts = catalogue::texts(files, faults);
    let duties = catalogue::duties(files, &codes, &groups, vocabulary, faults);
    let known = act::Known {
        codes: &codes,
        groups: &groups,
        laws: &laws,
        conditions: &conditions,
        dpv: &dpv,
        bands: &bands,
        rules: &rules,
        duties: &duties,
    };
    let acts = act::all(files, &known, faults);
    let suspected = codes.orgs.find(SUSPECTED.as_str())?;
    consistency::check(&acts, &codes, suspected, files, faults);
    let parents = ["parents", "one_parent"];
    let parents: Bits = parents
        .iter()
        .filter_map(|code| codes.givers.find(code))
        .collect();
    Some(Policies {
        codes,
        acts,
        groups,
        laws,
        conditions,
        bands,
        rules,
        duties,
        requirements,
        texts,
        version: version::none(),
        parents,
        suspected,
    })
}

/// Files that must be there, and files that nobody would read.
fn names(files: &Files, faults: &Faults) {
    for name in NAMED {
        if files.text(name).is_none() {
            faults.note(&files.place(name), 0, None, Wrong::MissingFile);
        }
    }
    for (name, _) in files.iter() {
        let is_act = name
            .strip_prefix("acts/")
            .is_some_and(|rest| !rest.contains('/'));
        if !is_act && !NAMED.contains(&name) {
            faults.note(&files.place(name), 0, None, Wrong::UnknownFile);
        }
    }
}

/// Reads a file as one table and hands it to `read`, then notes what nobody asked for.
fn with_file<T: Default>(
    files: &Files,
    name: &str,
    faults: &Faults,
    read: impl FnOnce(&mut Part<'_>) -> T,
) -> T {
    let Some(text) = files.text(name) else {
        return T::default();
    };
    let place = files.place(name);
    let mut syntax = Vec::new();
    let table = raw::read(&place, text, &mut syntax);
    faults.extend(syntax);
    let Some(table) = table else {
        return T::default();
    };
    let mut part = Part::new(&place, table, faults);
    let out = read(&mut part);
    part.done();
    out
}
