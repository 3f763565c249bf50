//! One row seen through the header: fields by name, faults collected.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::error::FileError;
use crate::expected::Expected;
use crate::import::{Refused, shown};
use crate::refused::unquoted;
use crate::source::{Cell, ColumnNames, SourceRow};

/// A name without what people change about names: case, spaces, underscores, punctuation.
pub(crate) fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Which field stands in which column.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    pub(crate) names: ColumnNames,
    at: BTreeMap<String, usize>,
}

impl Columns {
    pub(crate) fn new(names: ColumnNames) -> Self {
        Self {
            names,
            at: BTreeMap::new(),
        }
    }

    /// Puts a field into a column; a field may have only one.
    pub(crate) fn set(&mut self, field: &str, column: usize) -> Result<(), FileError> {
        if let Some(first) = self.at.insert(field.to_owned(), column) {
            return Err(FileError::DuplicateColumn {
                field: field.to_owned(),
                first: self.names.name(first),
                second: self.names.name(column),
            });
        }
        Ok(())
    }

    pub(crate) fn get(&self, field: &str) -> Option<usize> {
        self.at.get(field).copied()
    }

    pub(crate) fn is_blank(&self, row: &SourceRow) -> bool {
        self.at
            .values()
            .all(|column| row.cells.get(*column).is_none_or(Cell::is_blank))
    }
}

/// A row being read.
pub(crate) struct Record<'a> {
    file: &'a str,
    row: &'a SourceRow,
    columns: &'a Columns,
    pub(crate) refused: Vec<Refused>,
}

impl<'a> Record<'a> {
    pub(crate) fn new(file: &'a str, row: &'a SourceRow, columns: &'a Columns) -> Self {
        let mut record = Self {
            file,
            row,
            columns,
            refused: Vec::new(),
        };
        if let Some(expected) = &row.broken {
            record.push(String::new(), "", String::new(), expected.clone());
        }
        record
    }

    fn push(&mut self, column: String, field: &str, value: String, reason: Expected) {
        self.refused.push(Refused {
            file: self.file.to_owned(),
            line: self.row.line,
            column,
            field: field.to_owned(),
            value,
            expected: reason.to_string(),
            reason,
        });
    }

    pub(crate) fn cell(&self, field: &str) -> &'a Cell {
        const EMPTY: &Cell = &Cell::Empty;
        (self.columns.get(field))
            .and_then(|column| self.row.cells.get(column))
            .unwrap_or(EMPTY)
    }

    /// Refuses the row for what stands in a field.
    pub(crate) fn refuse(&mut self, field: &str, expected: impl Into<Expected>) {
        let value = shown(&self.cell(field).text());
        let column = self
            .columns
            .get(field)
            .map_or_else(String::new, |column| self.columns.names.name(column));
        self.push(column, field, value, expected.into());
    }

    /// The text of a field, trimmed; nothing when it is blank.
    pub(crate) fn text(&mut self, field: &str) -> Option<String> {
        let cell = self.cell(field);
        if let Cell::Bad(what) = cell {
            self.refuse(field, Expected::NotBad(what));
            return None;
        }
        let text = cell.text();
        let text = unquoted(text.trim()).trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Text that must be there.
    pub(crate) fn required(&mut self, field: &str) -> Option<String> {
        let found = self.text(field);
        if found.is_none() && !matches!(self.cell(field), Cell::Bad(_)) {
            self.refuse(field, Expected::Required);
        }
        found
    }

    /// A date: a date cell, `2026-11-21`, or `21-11-2026` as the Dutch write it.
    pub(crate) fn date(&mut self, field: &str) -> Option<Date> {
        if let Cell::Date(date) = self.cell(field) {
            return Some(*date);
        }
        let text = self.text(field)?;
        let date = parse_date(&text);
        if date.is_none() {
            self.refuse(field, Expected::Day);
        }
        date
    }

    /// The parts of a list separated by `;`.
    pub(crate) fn list(&mut self, field: &str) -> Vec<String> {
        let text = self.text(field).unwrap_or_default();
        let parts = text
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    }
}

pub(crate) fn parse_date(text: &str) -> Option<Date> {
    // Programs write a date with an empty time behind it.
    let day = text
        .strip_suffix("T00:00:00")
        .or_else(|| text.strip_suffix(" 00:00:00"))
        .unwrap_or(text);
    let parts: Vec<&str> = day.split('-').collect();
    let [first, month, last] = parts[..] else {
        return None;
    };
    let number = |part: &str| {
        if part.bytes().all(|b| b.is_ascii_digit()) {
            part.parse::<i16>().ok()
        } else {
            None
        }
    };
    let (year, day) = match (first.len(), last.len()) {
        (4, 2) => (number(first)?, number(last)?),
        (1 | 2, 4) => (number(last)?, number(first)?),
        _ => return None,
    };
    Date::new(
        year,
        i8::try_from(number(month)?).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}
