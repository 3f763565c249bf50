//! A list of dated entries: look up by code on a day, walk in the order of the file.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use super::code::Code;
use super::entry::{Entry, Facts, Validity};

/// The entries of one list. A code may stand in it more than once, for days that do not overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List<F> {
    entries: Vec<Entry<F>>,
    /// Code or alias to the places in `entries`, oldest validity first.
    by_name: BTreeMap<String, Vec<usize>>,
    titles: Vec<ListSource>,
}

/// Where a list comes from: the header of one of its files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListSource {
    /// The file name, such as `forms.toml`.
    pub file: String,
    /// What the list as a whole rests on.
    pub source: String,
    /// The licence under which its content may be passed on.
    pub licence: String,
}

/// A code that does not count on the day asked: never existed, not yet, or no longer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{code}` is not a code of the list `{list}` on {on}: {why}")]
pub struct UnknownCode {
    /// The list that was asked.
    pub list: &'static str,
    /// The code asked for.
    pub code: String,
    /// The day asked for.
    pub on: Date,
    /// Why it does not count.
    pub why: WhyUnknown,
}

/// Why a code does not count on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyUnknown {
    /// The list has no such code on any day.
    NeverExisted,
    /// The list has it, on other days.
    OtherDays(Vec<Validity>),
}

impl fmt::Display for WhyUnknown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeverExisted => {
                write!(formatter, "it has never existed; choose a code of the list")
            }
            Self::OtherDays(days) => {
                write!(formatter, "it counts ")?;
                for (place, validity) in days.iter().enumerate() {
                    let comma = if place == 0 { "" } else { ", " };
                    write!(formatter, "{comma}{validity}")?;
                }
                write!(formatter, "; choose a code that counts on that day")
            }
        }
    }
}

impl<F: Facts> List<F> {
    pub(super) fn new(entries: Vec<Entry<F>>, titles: Vec<ListSource>) -> Self {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, entry) in entries.iter().enumerate() {
            let names = std::iter::once(entry.code.as_str())
                .chain(entry.aliases.iter().map(String::as_str));
            for name in names {
                by_name.entry(name.to_owned()).or_default().push(place);
            }
        }
        for places in by_name.values_mut() {
            places.sort_by_key(|place| entries.get(*place).map(|entry| entry.validity.from));
        }
        Self {
            entries,
            by_name,
            titles,
        }
    }

    /// The name of this list in the files.
    #[must_use]
    pub fn name(&self) -> &'static str {
        F::LIST
    }

    /// The files this list was read from, with source and licence.
    #[must_use]
    pub fn sources(&self) -> &[ListSource] {
        &self.titles
    }

    /// The entry that counts on the day.
    ///
    /// # Errors
    /// [`UnknownCode`] when the code never existed or does not count on that day; it says which.
    pub fn get(&self, code: &Code<F>, on: Date) -> Result<&Entry<F>, UnknownCode> {
        self.resolve(code.as_str(), on)
    }

    /// The entry that counts on the day, for a code or alias as an outsider wrote it.
    ///
    /// # Errors
    /// [`UnknownCode`] as for [`List::get`].
    pub fn resolve(&self, text: &str, on: Date) -> Result<&Entry<F>, UnknownCode> {
        self.versions(text)
            .find(|entry| entry.validity.includes(on))
            .ok_or_else(|| self.unknown(text, on))
    }

    fn unknown(&self, text: &str, on: Date) -> UnknownCode {
        let days: Vec<Validity> = self.versions(text).map(|entry| entry.validity).collect();
        let why = if days.is_empty() {
            WhyUnknown::NeverExisted
        } else {
            WhyUnknown::OtherDays(days)
        };
        UnknownCode {
            list: F::LIST,
            code: text.chars().take(super::code::LONGEST_CODE).collect(),
            on,
            why,
        }
    }

    fn versions(&self, text: &str) -> impl Iterator<Item = &Entry<F>> {
        let places = self
            .by_name
            .get(text)
            .map(Vec::as_slice)
            .unwrap_or_default();
        places.iter().filter_map(|place| self.entries.get(*place))
    }

    /// The newest entry with this code, whatever the day: for showing what was once recorded.
    #[must_use]
    pub fn newest(&self, code: &Code<F>) -> Option<&Entry<F>> {
        self.versions(code.as_str()).last()
    }

    /// Whether the code counts on the day.
    #[must_use]
    pub fn contains(&self, code: &Code<F>, on: Date) -> bool {
        self.versions(code.as_str())
            .any(|entry| entry.validity.includes(on))
    }

    /// The entries that count on the day, in the order of the file.
    pub fn valid_on(&self, day: Date) -> impl Iterator<Item = &Entry<F>> {
        self.entries
            .iter()
            .filter(move |entry| entry.validity.includes(day))
    }

    /// Every entry of every day, in the order of the file.
    #[must_use]
    pub fn all(&self) -> &[Entry<F>] {
        &self.entries
    }
}

impl<F: Serialize> Serialize for List<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(&self.entries)
    }
}
