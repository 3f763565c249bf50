//! Loads every list from files, collects all faults, then checks what only the whole can tell.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::{Entry, Facts, Validity};
use super::file::{self, VocabularyFile};
use super::list::{List, ListSource};
use super::problem::{Fault, Problem};
use super::row::{Reference, Row};

/// Where an entry stands, for messages about another one.
#[derive(Debug, Clone)]
struct Place {
    file: String,
    line: usize,
    code: String,
    validity: Validity,
}

/// The files being turned into lists.
pub(super) struct Loader {
    files: Vec<VocabularyFile>,
    claimed: BTreeSet<&'static str>,
    known: BTreeMap<&'static str, Vec<(String, Validity)>>,
    references: Vec<Reference>,
    pub(super) problems: Vec<Problem>,
}

impl Loader {
    pub(super) fn new<N: AsRef<str>, T: AsRef<str>>(
        files: impl IntoIterator<Item = (N, T)>,
    ) -> Self {
        let mut problems = Vec::new();
        let files = files
            .into_iter()
            .filter_map(|(name, text)| file::read(name.as_ref(), text.as_ref(), &mut problems))
            .collect();
        Self {
            files,
            claimed: BTreeSet::new(),
            known: BTreeMap::new(),
            references: Vec::new(),
            problems,
        }
    }

    /// Reads the list that `F` describes from every file that holds a part of it, in the order of the file names.
    pub(super) fn list<F: Facts>(&mut self) -> List<F> {
        self.claimed.insert(F::LIST);
        let mut parts: Vec<&VocabularyFile> = self
            .files
            .iter()
            .filter(|file| file.list == F::LIST)
            .collect();
        parts.sort_by(|one, other| one.name.cmp(&other.name));
        let mut entries: Vec<(Place, Entry<F>)> = Vec::new();
        let mut known = Vec::new();
        let mut problems = Vec::new();
        if parts.is_empty() {
            problems.push(fault_at("vocabulary", 0, None, Fault::MissingList(F::LIST)));
        }
        for part in &parts {
            if part.entries.is_empty() {
                problems.push(fault_at(&part.name, part.list_line, None, Fault::EmptyList));
            }
            for raw in &part.entries {
                let line = raw.line;
                let outcome = Row::understand::<F>(&part.name, raw.clone(), &part.defaults);
                problems.extend(outcome.problems);
                self.references.extend(outcome.references);
                if let Some(entry) = outcome.entry {
                    let place = Place {
                        file: part.name.clone(),
                        line,
                        code: entry.code.to_string(),
                        validity: entry.validity,
                    };
                    known.push((place.code.clone(), place.validity));
                    entries.push((place, entry));
                }
            }
        }
        clashes(&entries, &mut problems);
        let sources = parts.iter().map(|part| list_source(part)).collect();
        self.known.insert(F::LIST, known);
        self.problems.extend(problems);
        List::new(
            entries.into_iter().map(|(_, entry)| entry).collect(),
            sources,
        )
    }

    /// Checks what can be checked only when every list is read: references, and files that no list asked for.
    pub(super) fn check_whole(&mut self) {
        for file in &self.files {
            if !self.claimed.contains(file.list.as_str()) {
                let fault = Fault::UnknownList(file.list.clone());
                self.problems
                    .push(fault_at(&file.name, file.list_line, None, fault));
            }
        }
        let sound = self.problems.is_empty();
        for reference in &self.references {
            if let Some(why) = self.why_dangling(reference) {
                // An entry with a fault of its own was dropped: do not report everybody who refers to it as well.
                if sound || !self.names_a_faulty_entry(reference) {
                    self.problems.push(dangling(reference, why));
                }
            }
        }
    }

    fn why_dangling(&self, reference: &Reference) -> Option<&'static str> {
        let versions: Vec<&Validity> = self
            .known
            .get(reference.list)
            .into_iter()
            .flatten()
            .filter(|(code, _)| *code == reference.target)
            .map(|(_, validity)| validity)
            .collect();
        if versions.is_empty() {
            Some("unknown")
        } else if versions
            .iter()
            .any(|validity| validity.overlaps(&reference.validity))
        {
            None
        } else {
            Some("never valid on the same days")
        }
    }

    fn names_a_faulty_entry(&self, reference: &Reference) -> bool {
        let files: BTreeSet<&str> = self
            .files
            .iter()
            .filter(|file| file.list == reference.list)
            .map(|file| file.name.as_str())
            .collect();
        self.problems.iter().any(|problem| {
            files.contains(problem.file.as_str())
                && problem.code.as_deref() == Some(&reference.target)
        })
    }
}

fn list_source(file: &VocabularyFile) -> ListSource {
    ListSource {
        file: file.name.clone(),
        source: file.source.clone(),
        licence: file.licence.clone(),
    }
}

fn fault_at(file: &str, line: usize, code: Option<&str>, fault: Fault) -> Problem {
    Problem {
        file: file.to_owned(),
        line,
        code: code.map(str::to_owned),
        fault,
    }
}

fn dangling(reference: &Reference, why: &'static str) -> Problem {
    let fault = Fault::UnknownReference {
        field: reference.field.clone(),
        target: reference.target.clone(),
        list: reference.list,
        why,
    };
    fault_at(
        &reference.file,
        reference.line,
        Some(&reference.from_code),
        fault,
    )
}

/// Notes codes that stand twice for the same days, and aliases that mean two things.
fn clashes<F>(entries: &[(Place, Entry<F>)], problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<&str, Vec<&Place>> = BTreeMap::new();
    for (place, _) in entries {
        let earlier = seen.entry(place.code.as_str()).or_default();
        if let Some(other) = earlier
            .iter()
            .find(|other| other.validity.overlaps(&place.validity))
        {
            problems.push(fault_at(
                &place.file,
                place.line,
                Some(&place.code),
                clash(place, other),
            ));
        }
        earlier.push(place);
    }
    let mut meanings: BTreeMap<&str, &str> = seen.keys().map(|code| (*code, *code)).collect();
    for (place, entry) in entries {
        for alias in &entry.aliases {
            let meaning = *meanings.entry(alias).or_insert(place.code.as_str());
            if meaning != place.code {
                let fault = Fault::AmbiguousAlias {
                    alias: alias.clone(),
                    other: meaning.to_owned(),
                };
                problems.push(fault_at(&place.file, place.line, Some(&place.code), fault));
            }
        }
    }
}

fn clash(place: &Place, other: &Place) -> Fault {
    if place.validity == other.validity {
        Fault::DuplicateCode {
            other_file: other.file.clone(),
            other_line: other.line,
        }
    } else {
        Fault::OverlappingValidity {
            this: place.validity.to_string(),
            other_file: other.file.clone(),
            other_line: other.line,
            other: other.validity.to_string(),
        }
    }
}
