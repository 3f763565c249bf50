//! Totals that a file says and its rows make: any table with a row of totals, such as the milestones that agencies report.
//!
//! A published file of the US Federal Data Strategy says 13 where its rows make 10. So a total is never taken over: it is computed
//! again, as a sum where the column holds numbers, as the number of rows that are done where it holds words.

use serde::Serialize;

use crate::error::FileError;
use crate::import::{Note, shown};
use crate::limits::Limits;
use crate::record::plain;
use crate::source::{Cell, ColumnNames, SourceRow, Walk, column_names, walk};

/// What a column of words counts when somebody writes a total under it (Dutch and English).
const DONE: [&str; 13] = [
    "complete",
    "completed",
    "done",
    "yes",
    "finished",
    "reached",
    "afgerond",
    "voltooid",
    "gereed",
    "klaar",
    "ja",
    "bereikt",
    "gehaald",
];

/// How the first cell of a row of totals begins.
const TOTAL: [&str; 5] = ["total", "totaal", "subtotal", "subtotaal", "som"];

/// A total that its rows contradict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TotalFault {
    /// Line of the total in the file, from 1.
    pub line: u64,
    /// The column as the reader of the file sees it.
    pub column: String,
    /// The name of the column.
    pub name: String,
    /// What the file says.
    pub says: String,
    /// What its rows make.
    pub makes: String,
    /// How the rows were counted: `sum` or `done`.
    pub how: &'static str,
}

/// What was found about the totals of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Rows that are no totals.
    pub rows: u64,
    /// Totals that were computed again.
    pub checked: u64,
    /// Totals that their rows contradict.
    pub faults: Vec<TotalFault>,
    /// What was assumed or not read.
    pub notes: Vec<Note>,
}

/// Reads a table and computes its totals again. A row of totals counts the rows above it since the last one that is called so in part.
pub fn read_totals(bytes: &[u8], limits: &Limits) -> Result<Totals, FileError> {
    let mut reader = Reader {
        names: column_names(bytes),
        header: Vec::new(),
        columns: Vec::new(),
        found: Totals {
            rows: 0,
            checked: 0,
            faults: Vec::new(),
            notes: Vec::new(),
        },
    };
    let mut notes = Vec::new();
    walk(
        bytes,
        &mut Walk {
            limits,
            is_header: &is_header,
            expected: "a row with the names of at least two columns",
            notes: &mut notes,
            each: &mut |row| {
                reader.row(&row);
                Ok(())
            },
        },
    )?;
    reader.found.notes = notes;
    Ok(reader.found)
}

fn is_header(row: &SourceRow) -> bool {
    row.cells
        .iter()
        .filter(|cell| matches!(cell, Cell::Text(text) if !text.trim().is_empty()))
        .count()
        >= 2
}

/// What stands in a column so far.
#[derive(Default, Clone)]
struct Column {
    sum: f64,
    numbers: u64,
    done: u64,
    words: u64,
}

struct Reader {
    names: ColumnNames,
    header: Vec<String>,
    columns: Vec<Column>,
    found: Totals,
}

impl Reader {
    fn row(&mut self, row: &SourceRow) {
        if self.header.is_empty() {
            self.header = row.cells.iter().map(Cell::text).collect();
            self.columns = vec![Column::default(); row.cells.len()];
            return;
        }
        let first = row
            .cells
            .iter()
            .find(|cell| !cell.is_blank())
            .map(Cell::text);
        let Some(first) = first else { return };
        let name = plain(&first);
        match TOTAL.iter().any(|word| name.starts_with(word)) {
            true => self.total(row),
            false => self.add(row),
        }
    }

    fn add(&mut self, row: &SourceRow) {
        self.found.rows += 1;
        for (cell, column) in row.cells.iter().zip(&mut self.columns) {
            match number(cell) {
                Some(number) => {
                    column.sum += number;
                    column.numbers += 1;
                }
                None if cell.is_blank() => {}
                None => {
                    column.words += 1;
                    column.done += u64::from(DONE.contains(&plain(&cell.text()).as_str()));
                }
            }
        }
    }

    fn total(&mut self, row: &SourceRow) {
        for (at, cell) in row.cells.iter().enumerate() {
            let (Some(says), Some(column)) = (number(cell), self.columns.get(at)) else {
                continue;
            };
            // A column of numbers is summed; one of words is counted, when any of them says that something is done.
            let (makes, how) = match (column.numbers > 0, column.words > 0) {
                (true, false) => (column.sum, "sum"),
                (false, true) if column.done > 0 => {
                    #[expect(
                        clippy::cast_precision_loss,
                        reason = "a file has fewer rows than 2^52"
                    )]
                    let done = column.done as f64;
                    (done, "done")
                }
                _ => continue,
            };
            self.found.checked += 1;
            // Cents and percentages are not exact in a spreadsheet; half a cent is no contradiction.
            if (says - makes).abs() >= 0.005 {
                self.found.faults.push(TotalFault {
                    line: row.line,
                    column: self.names.name(at),
                    name: shown(self.header.get(at).map_or("", String::as_str)),
                    says: said(says),
                    makes: said(makes),
                    how,
                });
            }
        }
    }
}

fn said(number: f64) -> String {
    match number.fract().abs() < 0.005 {
        true => format!("{number:.0}"),
        false => format!("{number:.2}"),
    }
}

/// A number as a cell holds it or as people write it: `1.234`, `1.234,50`, `EUR 1,234.50`.
fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(number) => Some(*number),
        Cell::Text(text) => {
            let text = text.trim();
            let text = text
                .strip_prefix('€')
                .or_else(|| text.strip_prefix("EUR"))
                .unwrap_or(text)
                .trim();
            let plain = |text: &str| {
                let fits = !text.is_empty()
                    && text
                        .bytes()
                        .all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
                fits.then(|| text.parse::<f64>().ok()).flatten()
            };
            let (dot, comma) = (text.rfind('.'), text.rfind(','));
            match (dot, comma) {
                (Some(dot), Some(comma)) if comma > dot => {
                    plain(&text.replace('.', "").replace(',', "."))
                }
                (_, Some(comma)) if text.len() - comma == 4 => plain(&text.replace(',', "")),
                (None, Some(_)) => plain(&text.replace(',', ".")),
                (Some(dot), None) if text.len() - dot == 4 => plain(&text.replace('.', "")),
                (_, Some(_)) => plain(&text.replace(',', "")),
                _ => plain(text),
            }
        }
        _ => None,
    }
}
