//! Loads every list from files, collects all faults, then checks what only the whole can tell.

use std::collections::BTreeMap;

use super::entry::{Entry, Facts, Validity};
use super::file::{self, VocabularyFile};
use super::list::{List, ListSource};
use super::problem::{Fault, Problem};
use super::raw::Reference;
use super::row::Row;

/// Where an entry stands, for messages about it or about another one.
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
    /// Some file does not even say which list it holds, so a missing list is no news.
    nameless: bool,
    places: BTreeMap<&'static str, Vec<Place>>,
    references: Vec<Reference>,
    problems: Vec<Problem>,
}

impl Loader {
    pub(super) fn new<N: AsRef<str>, T: AsRef<str>>(
        given: impl IntoIterator<Item = (N, T)>,
    ) -> Self {
        let mut problems = Vec::new();
        let mut files = Vec::new();
        let mut nameless = false;
        for (name, text) in given {
            match file::read(name.as_ref(), text.as_ref(), &mut problems) {
                Some(file) => files.push(file),
                None => nameless = true,
            }
        }
        files.sort_by(|one, other| one.name.cmp(&other.name));
        Self {
            files,
            nameless,
            places: BTreeMap::new(),
            references: Vec::new(),
            problems,
        }
    }

    /// Reads the list that `F` describes from every file that holds a part of it, in the order of the file names.
    pub(super) fn list<F: Facts>(&mut self) -> List<F> {
        let parts: Vec<&VocabularyFile> = self
            .files
            .iter()
            .filter(|file| file.list == F::LIST)
            .collect();
        let mut reading = Reading::default();
        if parts.is_empty() && !self.nameless {
            let fault = Fault::MissingList(F::LIST);
            reading
                .problems
                .push(fault_at("vocabulary", 0, None, fault));
        }
        for part in &parts {
            reading.read(part);
        }
        clashes(&reading.entries, &mut reading.problems);
        let sources = parts.iter().map(|part| list_source(part)).collect();
        self.references.append(&mut reading.references);
        self.problems.append(&mut reading.problems);
        let (places, entries) = reading.entries.into_iter().unzip();
        self.places.insert(F::LIST, places);
        List::new(entries, sources)
    }

    /// Checks references, and files that no list asked for. To be called when every list is read.
    pub(super) fn check_references(&mut self) {
        let mut found = Vec::new();
        for file in &self.files {
            if !self.places.contains_key(file.list.as_str()) {
                let fault = Fault::UnknownList(file.list.clone());
                found.push(fault_at(&file.name, file.list_line, None, fault));
            }
        }
        for reference in &self.references {
            if let Some(why) = self.why_dangling(reference)
                && !self.names_a_faulty_entry(reference)
            {
                found.push(dangling(reference, why));
            }
        }
        self.problems.append(&mut found);
    }

    fn why_dangling(&self, reference: &Reference) -> Option<&'static str> {
        let mut versions = self
            .places
            .get(reference.list)
            .into_iter()
            .flatten()
            .filter(|place| place.code == reference.target)
            .peekable();
        if versions.peek().is_none() {
            Some("unknown")
        } else if versions.any(|place| place.validity.overlaps(&reference.validity)) {
            None
        } else {
            Some("never valid on the same days")
        }
    }

    /// Whether the target may well be there, in an entry or file that was dropped for a fault of its own.
    fn names_a_faulty_entry(&self, reference: &Reference) -> bool {
        if self.nameless {
            return true;
        }
        let mut parts = self.files.iter().filter(|file| file.list == reference.list);
        parts.any(|file| {
            file.broken
                || self.problems.iter().any(|problem| {
                    problem.file == file.name && problem.code.as_deref() == Some(&reference.target)
                })
        })
    }

    /// Whether nothing has been found wrong so far.
    pub(super) fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    /// Notes that an entry breaks a rule of the whole, with the place where the entry stands.
    pub(super) fn inconsistent<F: Facts>(&mut self, entry: &Entry<F>, message: String) {
        let place = self
            .places
            .get(F::LIST)
            .into_iter()
            .flatten()
            .find(|place| entry.code == place.code.as_str() && place.validity == entry.validity);
        let (file, line) = place.map_or(("vocabulary", 0), |place| (&place.file, place.line));
        let fault = Fault::Inconsistent(message);
        self.problems
            .push(fault_at(file, line, Some(entry.code.as_str()), fault));
    }

    /// Notes that a list lacks a code that the program names.
    pub(super) fn required(&mut self, list: &'static str, code: &str) {
        let place = self.files.iter().find(|file| file.list == list);
        let (file, line) = place.map_or(("vocabulary", 0), |file| (&file.name, file.list_line));
        let problem = fault_at(file, line, Some(code), Fault::RequiredCode(list));
        self.problems.push(problem);
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}

/// One list while it is being read.
struct Reading<F> {
    entries: Vec<(Place, Entry<F>)>,
    references: Vec<Reference>,
    problems: Vec<Problem>,
}

impl<F> Default for Reading<F> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            references: Vec::new(),
            problems: Vec::new(),
        }
    }
}

impl<F: Facts> Reading<F> {
    fn read(&mut self, part: &VocabularyFile) {
        if part.entries.is_empty() && !part.broken {
            self.problems
                .push(fault_at(&part.name, part.list_line, None, Fault::EmptyList));
        }
        for raw in &part.entries {
            let outcome = Row::understand::<F>(&part.name, raw.clone(), &part.defaults);
            self.problems.extend(outcome.problems);
            self.references.extend(outcome.references);
            if let Some(entry) = outcome.entry {
                let place = Place {
                    file: part.name.clone(),
                    line: raw.line,
                    code: entry.code.to_string(),
                    validity: entry.validity,
                };
                self.entries.push((place, entry));
            }
        }
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
