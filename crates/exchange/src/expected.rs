//! Why a row is refused, typed: a page says it in its reader's language, `Display` is the English of files and commands.

use std::fmt;

use jiff::civil::Date;

/// What would have been accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// A value where there is none.
    Required,
    /// A value where a spreadsheet has something that is none.
    NotBad(&'static str),
    /// A day.
    Day,
    /// A day up to this one.
    DayUpTo(Date),
    /// A last day that is not before the first.
    EndAfterStart,
    /// An id that no other row has; this line has it already.
    OwnId(u64),
    /// One of these codes; `more` when there are others.
    OneOf {
        /// The first of them.
        codes: Vec<String>,
        /// Whether there are others.
        more: bool,
    },
    /// No code is known for this field.
    NoCode,
    /// For one item of a list.
    For {
        /// The item, shortened.
        item: String,
        /// What would have been accepted instead.
        expected: Box<Expected>,
    },
    /// An item that stands in a list twice.
    Once(String),
    /// Whole euros.
    Euros,
    /// The sum of the rows above; `unreadable` when some of those could not be read.
    Sum {
        /// The sum in euros.
        sum: u64,
        /// Whether some rows could not be read.
        unreadable: bool,
    },
    /// One organisation, and not several.
    OneHolder,
    /// Web addresses.
    WebAddresses,
    /// A quote that is closed; it was opened in this line.
    ClosedQuote(u64),
    /// A file that goes on: its last character is cut off.
    WholeCharacter,
    /// As many fields as the header has.
    Fields {
        /// How many that are.
        width: usize,
        /// How many the row has.
        found: usize,
        /// It is the last row: the file may be cut off.
        last: bool,
    },
    /// Something of a kind of file that no page reads: in English only.
    Words(String),
}

impl From<&str> for Expected {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<String> for Expected {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Required => f.write_str("a value; this field is required"),
            Self::NotBad(what) => write!(f, "a value instead of {what}"),
            Self::Day => f.write_str("a date, as 2026-11-21 or 21-11-2026"),
            Self::DayUpTo(day) => write!(f, "a day up to {day}"),
            Self::EndAfterStart => f.write_str("a day on or after `start`"),
            Self::OwnId(line) => write!(f, "an id of its own; line {line} has the same"),
            Self::OneOf { codes, more } => {
                let rest = if *more { ", …" } else { "" };
                write!(f, "one of {}{rest}", codes.join(", "))
            }
            Self::NoCode => f.write_str("nothing; no codes are known for this field"),
            Self::For { item, expected } => write!(f, "for `{item}`: {expected}"),
            Self::Once(item) => write!(f, "`{item}` only once"),
            Self::Euros => f.write_str("whole euros, digits only"),
            Self::Sum { sum, unreadable } => {
                let hint = if *unreadable {
                    "; some of them could not be read"
                } else {
                    ""
                };
                write!(f, "{sum}, the sum of the rows above{hint}")
            }
            Self::OneHolder => {
                f.write_str("exactly one organisation; put the others under `involved`")
            }
            Self::WebAddresses => f.write_str("web addresses that begin with https:// or http://"),
            Self::ClosedQuote(line) => write!(
                f,
                "a closing quote; the one opened in line {line} is never closed, so the file may be cut off"
            ),
            Self::WholeCharacter => f.write_str("a whole last character; the file is cut off"),
            Self::Fields { width, found, last } => {
                let hint = if *last {
                    " (the file may be cut off)"
                } else {
                    ""
                };
                write!(f, "{width} fields as in the header, found {found}{hint}")
            }
            Self::Words(words) => f.write_str(words),
        }
    }
}
