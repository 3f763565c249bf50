//! Which column is what, although names and labels may disagree.

use super::fields::{by_label, by_name};
use super::lists::country;
use crate::error::FileError;
use crate::record::Columns;
use crate::source::{Cell, ColumnNames, SourceRow};

/// Whether a row is a header: at least three fields, and they are most of what stands there.
pub(crate) fn is_header(row: &SourceRow) -> bool {
    looks_like(row, by_name) || looks_like(row, by_label)
}

fn looks_like(row: &SourceRow, field: fn(&str) -> Option<&'static str>) -> bool {
    let filled = row.cells.iter().filter(|cell| !cell.is_blank()).count();
    let known = row
        .cells
        .iter()
        .filter(|cell| text(cell).and_then(field).is_some())
        .count();
    known >= 3 && known * 2 > filled
}

fn text(cell: &Cell) -> Option<&str> {
    if let Cell::Text(text) = cell {
        Some(text)
    } else {
        None
    }
}

/// A column that its name and its label call differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Contested {
    pub(crate) column: usize,
    pub(crate) by_name: &'static str,
    pub(crate) by_label: &'static str,
}

/// What the header rows say.
pub(crate) struct Header {
    names: ColumnNames,
    sure: Vec<(&'static str, usize)>,
    pub(crate) contested: Vec<Contested>,
    /// Columns with a heading that is no field.
    pub(crate) unknown: Vec<(usize, String)>,
    /// Whether a row of labels follows the names.
    pub(crate) has_labels: bool,
}

/// Reads the header and, if the next row holds labels, those.
pub(crate) fn read(names: ColumnNames, first: &SourceRow, second: Option<&SourceRow>) -> Header {
    let named = looks_like(first, by_name);
    let labels = second.filter(|row| named && looks_like(row, by_label));
    let mut header = Header {
        names,
        sure: Vec::new(),
        contested: Vec::new(),
        unknown: Vec::new(),
        has_labels: labels.is_some(),
    };
    let width = first
        .cells
        .len()
        .max(labels.map_or(0, |row| row.cells.len()));
    let at = |row: &SourceRow, column: usize| {
        row.cells
            .get(column)
            .and_then(text)
            .map(str::to_owned)
            .unwrap_or_default()
    };
    for column in 0..width {
        let name = at(first, column);
        let label = labels.map(|row| at(row, column)).unwrap_or_default();
        let own = if named {
            by_name(&name)
        } else {
            by_label(&name).or_else(|| by_name(&name))
        };
        match (own, by_label(&label)) {
            (Some(by_name), Some(by_label)) if by_name != by_label => {
                header.contested.push(Contested {
                    column,
                    by_name,
                    by_label,
                });
            }
            (Some(field), _) | (None, Some(field)) => header.sure.push((field, column)),
            (None, None) => header.unknown.push((column, name)),
        }
    }
    header
}

/// Whether the row of names or the row of labels is to be believed about contested columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Believe {
    Names,
    Labels,
    Neither,
}

impl Header {
    /// Asks the rows themselves: the column that holds countries tells which heading the people who filled it in followed.
    pub(crate) fn believe(&self, rows: &[SourceRow]) -> Believe {
        let country_by = |field: fn(&Contested) -> &'static str| {
            self.contested
                .iter()
                .find(|contested| field(contested) == "prs_MailingCountry")
                .map(|contested| contested.column)
        };
        let holds_country = |row: &SourceRow, column: Option<usize>| {
            let cell = column.and_then(|column| row.cells.get(column));
            cell.is_some_and(|cell| country(&cell.text()).is_some())
        };
        let (by_name, by_label) = (country_by(|c| c.by_name), country_by(|c| c.by_label));
        let votes = |row: &&SourceRow| (holds_country(row, by_name), holds_country(row, by_label));
        let names = rows
            .iter()
            .filter(|row| votes(row) == (true, false))
            .count();
        let labels = rows
            .iter()
            .filter(|row| votes(row) == (false, true))
            .count();
        match (names, labels) {
            (1.., 0) => Believe::Names,
            (0, 1..) => Believe::Labels,
            _ => Believe::Neither,
        }
    }

    /// The columns; contested ones are left out when neither heading is believed.
    pub(crate) fn columns(&self, believe: Believe) -> Result<Columns, FileError> {
        let mut columns = Columns::new(self.names);
        for (field, column) in &self.sure {
            columns.set(field, *column)?;
        }
        for contested in &self.contested {
            match believe {
                Believe::Names => columns.set(contested.by_name, contested.column)?,
                Believe::Labels => columns.set(contested.by_label, contested.column)?,
                Believe::Neither => {}
            }
        }
        Ok(columns)
    }

    pub(crate) fn column_name(&self, column: usize) -> String {
        self.names.name(column)
    }
}
