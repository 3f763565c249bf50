//! Writing `service_capacity` and `units`.

use std::io::Write;

use super::{BED, COLUMNS, Capacity, UNIT_COLUMNS};
use crate::error::FileError;
use crate::refused::neutral;

/// Writes rows of capacity, in our own unit.
pub fn write_capacity_csv(out: impl Write, rows: &[Capacity]) -> Result<(), FileError> {
    let rows = rows.iter().map(|row| {
        [
            row.id.clone(),
            row.service_id.clone(),
            BED.to_owned(),
            row.available.to_string(),
            row.maximum.map_or_else(String::new, |n| n.to_string()),
            row.description.clone().unwrap_or_default(),
            row.updated.to_string(),
        ]
    });
    write(out, &COLUMNS, rows)
}

/// Writes the one unit that we use.
pub fn write_units_csv(out: impl Write) -> Result<(), FileError> {
    let bed = [BED, "Bed", "", "bed", ""].map(str::to_owned);
    write(out, &UNIT_COLUMNS, [bed])
}

fn write<const N: usize>(
    out: impl Write,
    header: &[&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Result<(), FileError> {
    let failed = |error: csv::Error| FileError::Write(error.to_string());
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(header).map_err(failed)?;
    for row in rows {
        let cells = row.map(|cell| neutral(&cell).into_owned());
        writer.write_record(cells).map_err(failed)?;
    }
    writer
        .flush()
        .map_err(|error| FileError::Write(error.to_string()))
}
