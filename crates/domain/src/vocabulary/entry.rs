//! What every entry of every list carries: code, labels, validity, source and how certain the source is.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::code::Code;
use super::row::Row;

/// A language in which every label of the vocabulary exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Dutch, at level B1 where the public reads it.
    Nl,
    /// English.
    En,
}

impl Lang {
    /// Both languages, the legally leading one first.
    pub const ALL: [Self; 2] = [Self::Nl, Self::En];

    /// The language tag of BCP 47, as in the HTML attribute `lang`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
        }
    }
}

/// The words for one entry, in each [`Lang`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    /// The Dutch words.
    pub nl: String,
    /// The English words.
    pub en: String,
}

impl Label {
    /// The words in the language asked for.
    #[must_use]
    pub fn in_language(&self, lang: Lang) -> &str {
        match lang {
            Lang::Nl => &self.nl,
            Lang::En => &self.en,
        }
    }
}

/// The days on which an entry counts: from the first day up to, and not including, the day `until`.
/// Half-open, so that a successor begins on the very day its predecessor ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Validity {
    /// The first day; none means: as far back as anybody asks.
    #[serde(rename = "valid_from", skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The first day on which the entry no longer counts; none means: no end is known.
    #[serde(rename = "valid_until", skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl Validity {
    /// Whether the entry counts on this day.
    #[must_use]
    pub fn includes(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }

    /// Whether there is a day on which both count.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let starts_before_end = |from: Option<Date>, until: Option<Date>| match (from, until) {
            (Some(from), Some(until)) => from < until,
            _ => true,
        };
        starts_before_end(self.from, other.until) && starts_before_end(other.from, self.until)
    }
}

impl fmt::Display for Validity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.until) {
            (None, None) => write!(formatter, "always"),
            (Some(from), None) => write!(formatter, "from {from}"),
            (None, Some(until)) => write!(formatter, "before {until}"),
            (Some(from), Some(until)) => write!(formatter, "from {from} until {until} (exclusive)"),
        }
    }
}

/// How far an entry may be trusted. Nothing below `Sourced` may be shown as an established fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// The named source was read and says so.
    Sourced,
    /// Common knowledge of the field; a person must check it before it is called a fact.
    GeneralKnowledge,
    /// Proposed by the makers of this program; no source asks for it.
    Proposal,
    /// Plausible, found in no current source: for demonstration data only.
    Reconstruction,
}

pub(super) const CERTAINTIES: &[(&str, Certainty)] = &[
    ("sourced", Certainty::Sourced),
    ("general_knowledge", Certainty::GeneralKnowledge),
    ("proposal", Certainty::Proposal),
    ("reconstruction", Certainty::Reconstruction),
];

/// What one list knows about its entries beyond code, label, validity and source.
pub trait Facts: Sized {
    /// The name of the list, as the files say it in `list = "…"`.
    const LIST: &'static str;

    /// Reads the fields that only this list has. Faults are noted in the row; what is returned then is never used.
    fn read(row: &mut Row<'_>) -> Self;
}

/// One line of the vocabulary: a code with its words, the days it counts, where it comes from and its own facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(bound(serialize = "F: Serialize"))]
pub struct Entry<F> {
    /// The stable code.
    pub code: Code<F>,
    /// The words for people.
    pub label: Label,
    /// The days on which it counts.
    #[serde(flatten)]
    pub validity: Validity,
    /// The primary source: a law article, a publication, or "proposal".
    pub source: String,
    /// How far that source carries.
    pub certainty: Certainty,
    /// A remark for whoever maintains the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Other spellings under which outsiders send the same code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// What only this list says.
    #[serde(flatten)]
    pub facts: F,
}

impl<F> Entry<F> {
    /// The words in the language asked for.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &str {
        self.label.in_language(lang)
    }
}

/// A list whose entries are only words: its type is a name. Used by lists such as channels and purposes.
pub(super) trait OnlyWords: Default {
    const NAME: &'static str;
}

impl<T: OnlyWords> Facts for T {
    const LIST: &'static str = T::NAME;

    fn read(_row: &mut Row<'_>) -> Self {
        Self::default()
    }
}
