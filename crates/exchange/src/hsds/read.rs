//! Reading `service_capacity` and `units`.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use super::{BED, COLUMNS, Capacity, UNIT_COLUMNS, Unit};
use crate::capacity::number;
use crate::error::FileError;
use crate::import::{Import, Note, Row};
use crate::limits::Limits;
use crate::record::{Columns, Record, plain};
use crate::source::{Cell, SourceRow, Walk, column_names, walk};

/// Reads the rows of capacity. `units` are the units they may name, by id; without a file of units (`None`) only our own unit
/// is known, so that nobody has to guess what a number counts. A row is as new as `now` at most.
pub fn read_capacity(
    file: &str,
    bytes: &[u8],
    units: Option<&[Unit]>,
    now: Timestamp,
    limits: &Limits,
) -> Result<Import<Capacity>, FileError> {
    let known: Option<BTreeMap<&str, &Unit>> =
        units.map(|units| units.iter().map(|unit| (unit.id.as_str(), unit)).collect());
    let mut seen: HashMap<String, u64> = HashMap::new();
    let mut described = 0u64;
    let required = ["id", "service_id", "unit_id", "available", "updated"];
    let mut import = table(file, bytes, &COLUMNS, &required, limits, |record, line| {
        let id = record.required("id");
        if let Some(id) = &id {
            match seen.get(id) {
                Some(first) => {
                    record.refuse("id", format!("an id of its own; line {first} has the same"));
                }
                None => {
                    seen.insert(id.clone(), line);
                }
            }
        }
        let service_id = record.required("service_id");
        unit(record, known.as_ref());
        let available = number(record, "available", 0);
        if available.is_none() && record.cell("available").is_blank() {
            record.refuse("available", "a value; this field is required");
        }
        let maximum = number(record, "maximum", 1);
        if let (Some(available), Some(maximum)) = (available, maximum)
            && available > maximum
        {
            let most =
                format!("at most the maximum: {available} available of {maximum} is impossible");
            record.refuse("available", most);
        }
        let updated = moment(record, now);
        let description = record.text("description");
        described += u64::from(description.is_some());
        Some(Capacity {
            id: id?,
            service_id: service_id?,
            available: available?,
            maximum,
            description,
            updated: updated?,
        })
    })?;
    if described > 0 {
        let words = format!("the description of {described} rows is not taken over");
        import.notes.push(Note::new(None, words));
    }
    if units.is_none() {
        let words = "there is no file of units: rows in another unit than our own are refused";
        import.notes.push(Note::new(None, words));
    }
    Ok(import)
}

fn unit(record: &mut Record<'_>, known: Option<&BTreeMap<&str, &Unit>>) {
    let Some(id) = record.required("unit_id") else {
        return;
    };
    match (known.and_then(|units| units.get(id.as_str())), known) {
        (Some(unit), _) if unit.is_place() => {}
        (Some(unit), _) => {
            let name = crate::import::shown(&unit.name);
            record.refuse(
                "unit_id",
                format!("a unit that is a place for one person; this is `{name}`"),
            );
        }
        (None, _) if id == BED => {}
        (None, Some(_)) => record.refuse(
            "unit_id",
            "a unit of the file of units; this one is not there",
        ),
        (None, None) => record.refuse("unit_id", "a unit that is known; name the file of units"),
    }
}

fn moment(record: &mut Record<'_>, now: Timestamp) -> Option<Timestamp> {
    let text = record.required("updated")?;
    let Ok(at) = text.parse::<Timestamp>() else {
        record.refuse(
            "updated",
            "a moment with its offset, as 2026-11-22T14:23:06+01:00",
        );
        return None;
    };
    if at > now {
        record.refuse("updated", "a moment that is not still to come");
        return None;
    }
    Some(at)
}

/// Reads the units.
pub fn read_units(file: &str, bytes: &[u8], limits: &Limits) -> Result<Import<Unit>, FileError> {
    table(
        file,
        bytes,
        &UNIT_COLUMNS,
        &["id", "name"],
        limits,
        |record, _| {
            let (id, name) = (record.required("id"), record.required("name"));
            let identifier = record.text("identifier");
            Some(Unit {
                id: id?,
                name: name?,
                identifier,
            })
        },
    )
}

/// A table with a header of known columns, read row by row.
fn table<T>(
    file: &str,
    bytes: &[u8],
    known: &'static [&'static str],
    required: &[&str],
    limits: &Limits,
    mut read: impl FnMut(&mut Record<'_>, u64) -> Option<T>,
) -> Result<Import<T>, FileError> {
    let column = |cell: &Cell| {
        let Cell::Text(name) = cell else { return None };
        known
            .iter()
            .copied()
            .find(|column| plain(column) == plain(name))
    };
    let is_header = |row: &SourceRow| row.cells.iter().filter(|c| column(c).is_some()).count() >= 2;
    let names = column_names(bytes);
    let mut columns: Option<Columns> = None;
    let mut import = Import {
        accepted: Vec::new(),
        refused: Vec::new(),
        notes: Vec::new(),
    };
    let mut notes = Vec::new();
    let mut each = |row: SourceRow| {
        let Some(columns) = &columns else {
            let mut found = Columns::new(names);
            for (at, cell) in row.cells.iter().enumerate() {
                match column(cell) {
                    Some(field) => found.set(field, at)?,
                    None if cell.is_blank() => {}
                    None => {
                        let words =
                            format!("column {} is not known and was not read", names.name(at));
                        import.notes.push(Note::new(Some(row.line), words));
                    }
                }
            }
            let missing = required.iter().filter(|name| found.get(name).is_none());
            let fields: Vec<String> = missing.map(|name| (*name).to_owned()).collect();
            if !fields.is_empty() {
                return Err(FileError::MissingColumns { fields });
            }
            columns = Some(found);
            return Ok(());
        };
        if columns.is_blank(&row) && row.broken.is_none() {
            return Ok(());
        }
        let mut record = Record::new(file, &row, columns);
        if row.broken.is_none()
            && let Some(value) = read(&mut record, row.line)
            && record.refused.is_empty()
        {
            import.accepted.push(Row {
                line: row.line,
                value,
            });
        }
        import.refused.append(&mut record.refused);
        Ok(())
    };
    walk(
        bytes,
        &mut Walk {
            limits,
            is_header: &is_header,
            expected: &required.join(", "),
            notes: &mut notes,
            each: &mut each,
        },
    )?;
    notes.append(&mut import.notes);
    import.notes = notes;
    Ok(import)
}
