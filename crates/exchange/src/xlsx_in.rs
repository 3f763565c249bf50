//! Rows out of an .xlsx spreadsheet: values only, streamed cell by cell (a sheet may claim a range of billions).

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{CellErrorType, DataRef, Reader, SheetType, SheetVisible, Xlsx};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::error::{Damage, FileError, Large};
use crate::measure::measure;
use crate::noted::Noted;
use crate::source::{Cell, ColumnNames, HEADER_WITHIN, SourceRow, Walk};

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

pub(crate) fn walk(bytes: &[u8], walk: &mut Walk<'_>) -> Result<(), FileError> {
    measure(bytes, walk.limits)?;
    // The reader is not ours: should it trip over a hostile file, that is the file's fault and ends nothing but this import.
    let outcome = catch_unwind(AssertUnwindSafe(|| walk_workbook(bytes, walk)));
    let given_up = |_| {
        Err(FileError::Damaged {
            reason: Damage::NotUnderstood,
        })
    };
    outcome.unwrap_or_else(given_up)
}

fn damaged(reason: impl ToString) -> FileError {
    FileError::Damaged {
        reason: Damage::Reader(reason.to_string()),
    }
}

fn walk_workbook(bytes: &[u8], walk: &mut Walk<'_>) -> Result<(), FileError> {
    let mut workbook: Workbook<'_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let sheet = choose_sheet(&mut workbook, walk)?.ok_or_else(|| walk.no_header())?;
    let mut seen_header = false;
    let mut text_left = walk.limits.unpacked_bytes;
    let mut rows = 0;
    each_row(&mut workbook, &sheet, walk, |row, walk| {
        rows += 1;
        walk.check_row(rows, row.cells.len())?;
        let text: u64 = row
            .cells
            .iter()
            .map(|cell| {
                if let Cell::Text(text) = cell {
                    text.len() as u64
                } else {
                    0
                }
            })
            .sum();
        text_left = text_left.checked_sub(text).ok_or(FileError::TooLarge {
            what: Large::Text,
            limit: walk.limits.unpacked_bytes,
        })?;
        seen_header = seen_header || (walk.is_header)(&row);
        if seen_header {
            (walk.each)(row)?;
        }
        Ok(true)
    })?;
    note_merged(&mut workbook, &sheet, walk);
    Ok(())
}

/// The first visible sheet with a header; the others are named in notes.
fn choose_sheet(
    workbook: &mut Workbook<'_>,
    walk: &mut Walk<'_>,
) -> Result<Option<String>, FileError> {
    let sheets = workbook.sheets_metadata().to_vec();
    let mut chosen = None;
    for sheet in sheets
        .into_iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
    {
        if sheet.visible != SheetVisible::Visible {
            walk.note(None, Noted::HiddenSheet(crate::import::shown(&sheet.name)));
        } else if chosen.is_none() && has_header(workbook, &sheet.name, walk)? {
            chosen = Some(sheet.name);
        } else {
            walk.note(None, Noted::OtherSheet(crate::import::shown(&sheet.name)));
        }
    }
    Ok(chosen)
}

fn has_header(
    workbook: &mut Workbook<'_>,
    sheet: &str,
    walk: &mut Walk<'_>,
) -> Result<bool, FileError> {
    let (mut found, mut searched) = (false, 0);
    each_row(workbook, sheet, walk, |row, walk| {
        found = (walk.is_header)(&row);
        searched += 1;
        Ok(!found && searched < HEADER_WITHIN)
    })?;
    Ok(found)
}

/// Gives each row that has cells, until `take` says no more.
fn each_row(
    workbook: &mut Workbook<'_>,
    sheet: &str,
    walk: &mut Walk<'_>,
    mut take: impl FnMut(SourceRow, &mut Walk<'_>) -> Result<bool, FileError>,
) -> Result<(), FileError> {
    let is_1904 = workbook.has_1904_epoch();
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(damaged)?;
    let mut row: Option<SourceRow> = None;
    while let Some(record) = cells.next_cell_with_formula_metadata().map_err(damaged)? {
        let (at, column) = (u64::from(record.pos.0), record.pos.1 as usize);
        let line = at + 1;
        if column >= walk.limits.columns {
            // A styled but empty cell far to the right is no column.
            if matches!(record.value, DataRef::Empty) {
                continue;
            }
            walk.check_row(0, column + 1)?;
        }
        if row.as_ref().is_some_and(|row| row.line > line) {
            return Err(FileError::Damaged {
                reason: Damage::Order(line),
            });
        }
        if row.as_ref().is_some_and(|row| row.line < line)
            && let Some(done) = row.take()
            && !take(done, walk)?
        {
            return Ok(());
        }
        walk.check_row(line, 0)?;
        let cell = cell(&record.value, record.formula.is_some(), is_1904);
        if let Cell::Text(text) = &cell {
            walk.check_cell(text.chars().count(), line)?;
        }
        let row = row.get_or_insert_with(|| SourceRow {
            line,
            cells: Vec::new(),
            broken: None,
        });
        if row.cells.len() <= column {
            row.cells.resize(column + 1, Cell::Empty);
        }
        row.cells[column] = cell;
    }
    if let Some(done) = row {
        take(done, walk)?;
    }
    Ok(())
}

fn cell(value: &DataRef<'_>, is_formula: bool, is_1904: bool) -> Cell {
    match value {
        DataRef::Empty if is_formula => Cell::Bad("a formula without a stored value"),
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => {
            #[expect(
                clippy::cast_precision_loss,
                reason = "spreadsheet numbers are floating point to begin with"
            )]
            let number = *number as f64;
            Cell::Number(number)
        }
        DataRef::Float(number) if number.is_finite() => Cell::Number(*number),
        DataRef::Float(_) => Cell::Bad("a number out of range"),
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Bool(yes) => Cell::Bool(*yes),
        DataRef::DateTime(moment) if moment.is_datetime() => serial_date(moment.as_f64(), is_1904)
            .map_or(Cell::Bad("a date out of range"), Cell::Date),
        DataRef::DateTime(_) | DataRef::DurationIso(_) => Cell::Bad("a duration"),
        DataRef::DateTimeIso(text) => Cell::Text(text.clone()),
        DataRef::Error(CellErrorType::Ref) => Cell::Bad("the error #REF!"),
        DataRef::Error(CellErrorType::NA) => Cell::Bad("the error #N/A"),
        DataRef::Error(_) => Cell::Bad("an error value"),
    }
}

/// The day of a spreadsheet's serial number. In the 1900 system day 60 is a 29 February that never was.
pub(crate) fn serial_date(serial: f64, is_1904: bool) -> Option<Date> {
    const LAST: f64 = 2_958_466.0;
    if !(1.0..LAST).contains(&serial) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "just checked to be between 1 and 2958466"
    )]
    let days = serial.floor() as i32;
    let epoch = match (is_1904, days) {
        (true, _) => date(1904, 1, 1),
        (false, 60) => return None,
        (false, ..60) => date(1899, 12, 31),
        (false, _) => date(1899, 12, 30),
    };
    epoch.checked_add(days.days()).ok()
}

/// Merged cells keep their value in the first cell only, so that the others were read as empty.
fn note_merged(workbook: &mut Workbook<'_>, sheet: &str, walk: &mut Walk<'_>) {
    let merged = workbook
        .merge_cells_by_sheet_name(sheet)
        .unwrap_or_default();
    for region in merged.iter().take(20) {
        let corner = |(row, column): (u32, u32)| {
            format!(
                "{}{}",
                ColumnNames::Letters.name(column as usize),
                u64::from(row) + 1
            )
        };
        let (from, to) = (corner(region.start), corner(region.end));
        let line = u64::from(region.start.0) + 1;
        walk.note(Some(line), Noted::Merged { from, to });
    }
    if merged.len() > 20 {
        walk.note(None, Noted::MoreMerged(merged.len() - 20));
    }
}
