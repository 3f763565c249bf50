//! Reading a provider's rooms.

use crate::error::FileError;
use crate::import::{Import, Note, Row};
use crate::limits::Limits;
use crate::noted::Noted;
use crate::record::{Columns, Record, plain};
use crate::source::{Cell, ColumnNames, SourceRow, Walk, column_names, walk};

use super::{COLUMNS, DUTCH, Out, RoomRow};

/// Most seats of one room.
const PLACES_MAX: u16 = 200;

/// Reads a provider's rooms. A room is named by `room_id`, or by `location` and `room`.
pub fn read_rooms(file: &str, bytes: &[u8], limits: &Limits) -> Result<Import<RoomRow>, FileError> {
    let mut reader = Reader {
        file,
        names: column_names(bytes),
        columns: None,
        import: Import {
            accepted: Vec::new(),
            refused: Vec::new(),
            notes: Vec::new(),
        },
    };
    let mut notes = Vec::new();
    walk(
        bytes,
        &mut Walk {
            limits,
            is_header: &is_header,
            expected: "room_id, places, out_of_service, reason, used_by_others, free",
            notes: &mut notes,
            each: &mut |row| reader.row(&row),
        },
    )?;
    let mut import = reader.import;
    notes.append(&mut import.notes);
    import.notes = notes;
    Ok(import)
}

fn is_header(row: &SourceRow) -> bool {
    row.cells
        .iter()
        .filter(|cell| column(cell).is_some())
        .count()
        >= 2
}

fn column(cell: &Cell) -> Option<&'static str> {
    let Cell::Text(name) = cell else { return None };
    let name = plain(name);
    let pairs = COLUMNS.iter().zip(DUTCH);
    let found = pairs
        .into_iter()
        .find(|(english, dutch)| plain(english) == name || plain(dutch) == name);
    found.map(|(english, _)| *english)
}

struct Reader<'a> {
    file: &'a str,
    names: ColumnNames,
    columns: Option<Columns>,
    import: Import<RoomRow>,
}

impl Reader<'_> {
    fn row(&mut self, row: &SourceRow) -> Result<(), FileError> {
        let Some(columns) = self.columns.take() else {
            self.columns = Some(self.header(row)?);
            return Ok(());
        };
        if !columns.is_blank(row) || row.broken.is_some() {
            let mut record = Record::new(self.file, row, &columns);
            if row.broken.is_none() {
                let value = room(&mut record);
                if record.refused.is_empty() {
                    self.import.accepted.push(Row {
                        line: row.line,
                        value,
                    });
                }
            }
            self.import.refused.append(&mut record.refused);
        }
        self.columns = Some(columns);
        Ok(())
    }

    fn header(&mut self, row: &SourceRow) -> Result<Columns, FileError> {
        let mut columns = Columns::new(self.names);
        for (at, cell) in row.cells.iter().enumerate() {
            match column(cell) {
                Some(field) => columns.set(field, at)?,
                None if cell.is_blank() => {}
                None => {
                    let column = self.names.name(at);
                    let noted = Noted::UnknownColumn {
                        column,
                        of: "rooms",
                    };
                    let note = Note::new(Some(row.line), noted);
                    self.import.notes.push(note);
                }
            }
        }
        let named = columns.get("room_id").is_some()
            || columns.get("location").is_some() && columns.get("room").is_some();
        if !named {
            return Err(FileError::MissingColumns {
                fields: vec!["room_id".to_owned()],
            });
        }
        Ok(columns)
    }
}

fn room(record: &mut Record<'_>) -> RoomRow {
    let room_id = record.text("room_id");
    let (location, room) = (record.text("location"), record.text("room"));
    if room_id.is_none() && (location.is_none() || room.is_none()) {
        record.refuse("room_id", "the room: its id, or its location and name");
    }
    let places = number(record, "places", 1);
    let out = out(record);
    let (out_from, out_until) = (record.date("out_from"), record.date("out_until"));
    if out_from
        .zip(out_until)
        .is_some_and(|(from, until)| until < from)
    {
        record.refuse("out_until", "a day on or after `out_from`");
    }
    let reason = record.text("reason").map(|code| code.to_lowercase());
    if matches!(out, Some(Out::All | Out::Places(_))) && reason.is_none() {
        record.refuse(
            "reason",
            "a code of the list out_of_service_reasons, such as `onderhoud`",
        );
    }
    RoomRow {
        room_id,
        location,
        room,
        places,
        out,
        out_from,
        out_until,
        reason,
        note: record.text("note"),
        used_by_others: number(record, "used_by_others", 0),
        free: number(record, "free", 0),
    }
}

fn out(record: &mut Record<'_>) -> Option<Out> {
    let text = record.text("out_of_service")?.to_lowercase();
    match text.as_str() {
        "all" | "alles" | "alle" => Some(Out::All),
        _ => number(record, "out_of_service", 0).map(|n| match n {
            0 => Out::Nothing,
            n => Out::Places(n),
        }),
    }
}

/// A whole number of places; a spreadsheet's `3.0` is 3.
pub(crate) fn number(record: &mut Record<'_>, field: &str, least: u16) -> Option<u16> {
    let text = record.text(field)?;
    let whole = text.strip_suffix(".0").unwrap_or(&text);
    let found: Option<u16> = whole.parse().ok();
    let found = found.filter(|n| (least..=PLACES_MAX).contains(n));
    if found.is_none() {
        record.refuse(
            field,
            format!("a whole number from {least} to {PLACES_MAX}"),
        );
    }
    found
}
