//! What a reader of files assumed or left out, typed: a page says it in its reader's language, `Display` is the English of commands.

use std::fmt;

/// What was assumed, ignored or found odd.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Noted {
    /// The text was UTF-16.
    Utf16,
    /// The text was no UTF-8 and was taken for Windows-1252.
    Windows1252,
    /// A hidden sheet, by its name.
    HiddenSheet(String),
    /// A sheet beside the one that was read, by its name.
    OtherSheet(String),
    /// Cells that were merged: the others are empty.
    Merged {
        /// The first.
        from: String,
        /// The last.
        to: String,
    },
    /// So many merged regions that are not named.
    MoreMerged(usize),
    /// A column, as the reader of the file sees it, that is none of these.
    UnknownColumn {
        /// The column.
        column: String,
        /// What its columns would be, in English.
        of: &'static str,
    },
    /// Columns that are not in the file.
    Absent(Vec<String>),
    /// Something of a kind of file that no page tells notes of: in English only.
    Words(String),
}

impl fmt::Display for Noted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utf16 => f.write_str("the file was UTF-16 and was read as such"),
            Self::Windows1252 => f.write_str(
                "the file was not UTF-8; it was read as Windows-1252: check names with accents",
            ),
            Self::HiddenSheet(name) => write!(f, "hidden sheet `{name}` was not read"),
            Self::OtherSheet(name) => write!(f, "sheet `{name}` was not read"),
            Self::Merged { from, to } => {
                write!(
                    f,
                    "cells {from}:{to} are merged; only the first holds the value"
                )
            }
            Self::MoreMerged(n) => write!(f, "{n} more merged regions"),
            Self::UnknownColumn { column, of } => {
                write!(f, "column {column} is no column of {of} and was not read")
            }
            Self::Absent(columns) => {
                write!(
                    f,
                    "columns not in the file, left empty: {}",
                    columns.join(", ")
                )
            }
            Self::Words(words) => f.write_str(words),
        }
    }
}

impl From<String> for Noted {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<&str> for Noted {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}
