//! Writing ACTIONS, so that what is read again is the same.

use std::io::Write;

use jiff::civil::Date;
use rust_xlsxwriter::{Workbook, XlsxError};

use super::{ActionRow, COLUMNS, MORE_COLUMNS};
use crate::error::FileError;
use crate::refused::neutral;

/// Writes actions as CSV, UTF-8 with a byte-order mark, which Dutch spreadsheet programs need to show accents.
pub fn write_actions_csv(mut out: impl Write, actions: &[ActionRow]) -> Result<(), FileError> {
    let failed = |error: csv::Error| FileError::Write(error.to_string());
    out.write_all("\u{feff}".as_bytes())
        .map_err(|error| FileError::Write(error.to_string()))?;
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(header()).map_err(failed)?;
    for action in actions {
        writer
            .write_record(cells(action).map(|cell| neutral(&cell).into_owned()))
            .map_err(failed)?;
    }
    writer
        .flush()
        .map_err(|error| FileError::Write(error.to_string()))
}

/// Writes actions as a spreadsheet; every cell is text, so that none is a formula.
pub fn write_actions_xlsx(actions: &[ActionRow]) -> Result<Vec<u8>, FileError> {
    workbook(actions).map_err(|error| FileError::Write(error.to_string()))
}

fn workbook(actions: &[ActionRow]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("ACTIONS")?;
    sheet.set_freeze_panes(1, 0)?;
    for (line, cells) in (0_u32..).zip(std::iter::once(header()).chain(actions.iter().map(cells))) {
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write_string(line, column, neutral(&cell))?;
        }
    }
    workbook.save_to_buffer()
}

const ALL: usize = COLUMNS.len() + MORE_COLUMNS.len();

/// The names of all columns, in their order.
fn header() -> [String; ALL] {
    let mut names = COLUMNS.into_iter().chain(MORE_COLUMNS);
    std::array::from_fn(|_| names.next().unwrap_or_default().to_owned())
}

/// The cells in the order of [`header`].
fn cells(action: &ActionRow) -> [String; ALL] {
    let day = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    let list = |parts: &[String]| parts.join(";");
    [
        action.id.clone(),
        action.line.clone(),
        action.title.clone(),
        action.description.clone(),
        action.goal.clone(),
        action.holder.clone(),
        list(&action.involved),
        list(&action.forms),
        list(&action.ages),
        action.result.clone(),
        day(action.start),
        day(action.end),
        action.status.clone(),
        day(action.status_date),
        action
            .budget_eur
            .map_or_else(String::new, |euros| euros.to_string()),
        list(&action.indicators),
        list(&action.links),
        action.policy.clone(),
        list(&action.regions),
        list(&action.milestones),
        list(&action.measures),
        list(&action.money),
        action.lessons.clone(),
    ]
}
