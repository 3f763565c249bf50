//! One way to walk over the rows of a file, whatever its format.

use jiff::civil::Date;

use crate::error::{FileError, Found, Large};
use crate::import::Note;
use crate::limits::Limits;
use crate::noted::Noted;
use crate::{csv_in, xlsx_in};

/// A header may stand below titles, but not deeper than this.
pub(crate) const HEADER_WITHIN: usize = 20;

/// A cell as it was stored.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Number(f64),
    Bool(bool),
    Date(Date),
    /// A cell without a usable value: what was found there.
    Bad(&'static str),
}

impl Cell {
    /// The cell as text; numbers as people type them.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Bool(yes) => (if *yes { "TRUE" } else { "FALSE" }).to_owned(),
            Self::Date(date) => date.to_string(),
            Self::Bad(what) => (*what).to_owned(),
        }
    }

    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// A row with its line in the file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SourceRow {
    pub(crate) line: u64,
    pub(crate) cells: Vec<Cell>,
    /// Why the row cannot be trusted as a whole, if so.
    pub(crate) broken: Option<crate::expected::Expected>,
}

/// How columns are called where the reader of the file sees them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnNames {
    Numbers,
    Letters,
}

impl ColumnNames {
    /// The name of the column at an index from 0.
    pub(crate) fn name(self, index: usize) -> String {
        match self {
            Self::Numbers => (index + 1).to_string(),
            Self::Letters => letters(index),
        }
    }
}

fn letters(index: usize) -> String {
    let mut rest = index + 1;
    let mut name = Vec::new();
    while rest > 0 {
        rest -= 1;
        name.push(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest % 26] as char);
        rest /= 26;
    }
    name.into_iter().rev().collect()
}

/// Walks over a file.
pub(crate) struct Walk<'a> {
    pub(crate) limits: &'a Limits,
    /// Whether a row is the header.
    pub(crate) is_header: &'a dyn Fn(&SourceRow) -> bool,
    /// Columns to name when there is no header.
    pub(crate) expected: &'a str,
    pub(crate) notes: &'a mut Vec<Note>,
    /// Takes the header and every row after it.
    pub(crate) each: &'a mut dyn FnMut(SourceRow) -> Result<(), FileError>,
}

impl Walk<'_> {
    pub(crate) fn note(&mut self, line: Option<u64>, noted: Noted) {
        self.notes.push(Note::new(line, noted));
    }

    pub(crate) fn no_header(&self) -> FileError {
        FileError::NoHeader {
            searched: HEADER_WITHIN,
            expected: self.expected.to_owned(),
        }
    }

    /// What a cell may be at most.
    pub(crate) fn check_cell(&self, chars: usize, line: u64) -> Result<(), FileError> {
        if chars > self.limits.cell_chars {
            return Err(FileError::TooLarge {
                what: Large::Cell(line),
                limit: self.limits.cell_chars as u64,
            });
        }
        Ok(())
    }

    pub(crate) fn check_row(&self, rows: u64, columns: usize) -> Result<(), FileError> {
        if rows > self.limits.rows {
            return Err(FileError::TooLarge {
                what: Large::Rows,
                limit: self.limits.rows,
            });
        }
        if columns > self.limits.columns {
            return Err(FileError::TooLarge {
                what: Large::Columns,
                limit: self.limits.columns as u64,
            });
        }
        Ok(())
    }
}

/// The two formats, told apart by their first bytes and never by the file's name.
pub(crate) fn column_names(bytes: &[u8]) -> ColumnNames {
    if is_zip(bytes) {
        ColumnNames::Letters
    } else {
        ColumnNames::Numbers
    }
}

fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Gives the header and every row after it.
pub(crate) fn walk(bytes: &[u8], walk: &mut Walk<'_>) -> Result<(), FileError> {
    if bytes.is_empty() {
        return Err(FileError::Empty);
    }
    if bytes.len() as u64 > walk.limits.file_bytes {
        return Err(FileError::TooLarge {
            what: Large::File,
            limit: walk.limits.file_bytes,
        });
    }
    match bytes {
        _ if is_zip(bytes) => xlsx_in::walk(bytes, walk),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(FileError::UnknownFormat {
            found: Found::OldSpreadsheet,
        }),
        [b'%', b'P', b'D', b'F', ..] => Err(FileError::UnknownFormat { found: Found::Pdf }),
        _ => csv_in::walk(bytes, walk),
    }
}
