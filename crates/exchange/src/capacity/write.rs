//! Writing a provider's rooms, so that what is read again is the same.

use std::io::Write;

use jiff::civil::Date;
use rust_xlsxwriter::{Workbook, XlsxError};

use super::{COLUMNS, DUTCH, Out, RoomLine};
use crate::error::FileError;
use crate::refused::neutral;

/// Writes rooms as CSV, UTF-8 with a byte-order mark, which Dutch spreadsheet programs need to show accents.
pub fn write_rooms_csv(
    mut out: impl Write,
    rooms: &[RoomLine],
    dutch: bool,
) -> Result<(), FileError> {
    let failed = |error: csv::Error| FileError::Write(error.to_string());
    out.write_all("\u{feff}".as_bytes())
        .map_err(|error| FileError::Write(error.to_string()))?;
    let mut writer = csv::WriterBuilder::new();
    // A Dutch spreadsheet program takes a comma for the sign before the decimals.
    let mut writer = writer
        .delimiter(if dutch { b';' } else { b',' })
        .from_writer(out);
    writer.write_record(header(dutch)).map_err(failed)?;
    for room in rooms {
        let cells = cells(room).map(|cell| neutral(&cell).into_owned());
        writer.write_record(cells).map_err(failed)?;
    }
    writer
        .flush()
        .map_err(|error| FileError::Write(error.to_string()))
}

fn header(dutch: bool) -> [&'static str; COLUMNS.len()] {
    if dutch { DUTCH } else { COLUMNS }
}

/// Writes rooms as a spreadsheet; every cell is text, so that none is a formula.
pub fn write_rooms_xlsx(rooms: &[RoomLine], dutch: bool) -> Result<Vec<u8>, FileError> {
    workbook(rooms, dutch).map_err(|error| FileError::Write(error.to_string()))
}

fn workbook(rooms: &[RoomLine], dutch: bool) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let name = if dutch { "KAMERS" } else { "ROOMS" };
    let sheet = workbook.add_worksheet().set_name(name)?;
    sheet.set_freeze_panes(1, 3)?;
    let header = header(dutch).map(str::to_owned);
    for (line, cells) in (0_u32..).zip(std::iter::once(header).chain(rooms.iter().map(cells))) {
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write_string(line, column, neutral(&cell))?;
        }
    }
    workbook.save_to_buffer()
}

/// The cells in the order of [`COLUMNS`].
fn cells(line: &RoomLine) -> [String; COLUMNS.len()] {
    let row = &line.row;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |n: Option<u16>| n.map_or_else(String::new, |n| n.to_string());
    let day = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    let out = match row.out {
        None => String::new(),
        Some(Out::Nothing) => "0".to_owned(),
        Some(Out::All) => "all".to_owned(),
        Some(Out::Places(n)) => n.to_string(),
    };
    [
        text(&row.room_id),
        text(&row.location),
        text(&row.room),
        number(row.places),
        out,
        day(row.out_from),
        day(row.out_until),
        text(&row.reason),
        text(&row.note),
        number(row.used_by_others),
        number(row.free),
        line.taken.to_string(),
        line.held.to_string(),
        line.leaving.to_string(),
        line.as_of.clone(),
        (if line.stale { "yes" } else { "no" }).to_owned(),
    ]
}
