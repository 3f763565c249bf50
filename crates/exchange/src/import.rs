//! What an import gives.

use serde::Serialize;

use crate::expected::Expected;
use crate::noted::Noted;

/// A record that was accepted, with where it came from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row<T> {
    /// Line of the file (the first line of the record), from 1.
    pub line: u64,
    /// The record.
    pub value: T,
}

/// A reason to refuse a row. A row with three faults is refused three times, so that all can be mended at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// Name of the file.
    pub file: String,
    /// Line of the record, from 1.
    pub line: u64,
    /// The column as the reader of the file sees it: a letter in a spreadsheet, a number from 1 in CSV. Empty when the row
    /// as a whole is refused.
    pub column: String,
    /// The field, by its name in the header. Empty when the row as a whole is refused.
    pub field: String,
    /// What was read: shortened, without control characters; for personal details only their length.
    pub value: String,
    /// What would have been accepted.
    pub expected: String,
    /// The same, typed, for pages in several languages.
    #[serde(skip)]
    pub reason: Expected,
}

/// Something that the importer should know although nothing was refused for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Line it is about, if any.
    pub line: Option<u64>,
    /// The note.
    pub text: String,
    /// The same, typed, for pages in several languages.
    #[serde(skip)]
    pub noted: Noted,
}

impl Note {
    /// A note about a line, or about the whole file.
    pub fn new(line: Option<u64>, noted: impl Into<Noted>) -> Self {
        let noted = noted.into();
        Self {
            line,
            text: noted.to_string(),
            noted,
        }
    }
}

/// The result of reading a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Import<T> {
    /// Records that are sound, in the order of the file.
    pub accepted: Vec<Row<T>>,
    /// Reasons to refuse the others, in the order of the file.
    pub refused: Vec<Refused>,
    /// What was assumed, ignored or found odd.
    pub notes: Vec<Note>,
}

impl<T> Import<T> {
    /// How many rows were refused (a row may be refused for several reasons).
    pub fn refused_rows(&self) -> usize {
        let mut lines: Vec<u64> = self.refused.iter().map(|refused| refused.line).collect();
        lines.sort_unstable();
        lines.dedup();
        lines.len()
    }
}

/// A value that may be shown: at most sixty characters, nothing that steers a terminal or turns text around.
pub(crate) fn shown(value: &str) -> String {
    const MOST: usize = 60;
    let mut safe: String = value
        .chars()
        .take(MOST)
        .map(|c| if is_plain(c) { c } else { '\u{fffd}' })
        .collect();
    let length = value.chars().count();
    if length > MOST {
        safe.push_str(&format!("… ({length} characters)"));
    }
    safe
}

fn is_plain(c: char) -> bool {
    let turns_text = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    !c.is_control() && !turns_text
}

/// A personal detail: its length only.
pub(crate) fn hidden(value: &str) -> String {
    format!("({} characters, not shown)", value.chars().count())
}
