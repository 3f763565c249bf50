//! Rows out of CSV text.

use crate::error::{Damage, FileError};
use crate::expected::Expected;
use crate::source::{Cell, HEADER_WITHIN, SourceRow, Walk};
use crate::text::decode;

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

pub(crate) fn walk(bytes: &[u8], walk: &mut Walk<'_>) -> Result<(), FileError> {
    let decoded = decode(bytes)?;
    if let Some(note) = decoded.note {
        walk.note(None, note);
    }
    let (text, delimiter, skipped) = delimiter(&decoded.text);
    if text.trim().is_empty() {
        return Err(FileError::Empty);
    }
    let open_quote = open_quote(text, delimiter).map(|line| line + skipped);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut header_width = None;
    let mut record = csv::StringRecord::new();
    let mut rows = 0;
    let mut lines = Lines::new(text);
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                return Err(FileError::Damaged {
                    reason: Damage::Reader(error.to_string()),
                });
            }
        }
        rows += 1;
        let line = lines.at(record.position().map_or(0, csv::Position::byte)) + skipped;
        walk.check_row(rows, record.len())?;
        let mut row = row(&record, line, walk)?;
        if header_width.is_none() {
            if rows > HEADER_WITHIN as u64 {
                break;
            }
            if (walk.is_header)(&row) {
                header_width = Some(row.cells.len());
            } else {
                continue;
            }
        }
        let last = reader.is_done() || reader.position().byte() >= text.len() as u64;
        row.broken =
            header_width.and_then(|width| broken(&row, width, last, open_quote, decoded.cut_off));
        (walk.each)(row)?;
    }
    if header_width.is_none() {
        return Err(walk.no_header());
    }
    Ok(())
}

/// Line numbers by position. The CSV reader's own lag behind where lines end in `\r\n` or are empty.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
            line: 1,
        }
    }

    /// The line of the record that begins at or, after empty lines, behind this position; positions only grow.
    fn at(&mut self, position: u64) -> u64 {
        let position = usize::try_from(position).unwrap_or(usize::MAX);
        while let Some(byte) = self.bytes.get(self.at)
            && (self.at < position || matches!(byte, b'\r' | b'\n'))
        {
            self.line += u64::from(*byte == b'\n');
            self.at += 1;
        }
        self.line
    }
}

fn row(record: &csv::StringRecord, line: u64, walk: &Walk<'_>) -> Result<SourceRow, FileError> {
    let mut cells = Vec::with_capacity(record.len());
    for field in record {
        walk.check_cell(field.chars().count(), line)?;
        cells.push(if field.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(field.to_owned())
        });
    }
    Ok(SourceRow {
        line,
        cells,
        broken: None,
    })
}

/// Rows that cannot be trusted: cut off, or with another number of fields than the header.
fn broken(
    row: &SourceRow,
    width: usize,
    last: bool,
    open_quote: Option<u64>,
    cut_off: bool,
) -> Option<Expected> {
    if last && let Some(line) = open_quote {
        return Some(Expected::ClosedQuote(line));
    }
    if last && cut_off {
        return Some(Expected::WholeCharacter);
    }
    let found = row.cells.len();
    let is_blank = row.cells.iter().all(Cell::is_blank);
    let extra_filled = row.cells.iter().skip(width).any(|cell| !cell.is_blank());
    if !is_blank && (found < width || extra_filled) {
        return Some(Expected::Fields { width, found, last });
    }
    None
}

/// The delimiter, the text without a leading `sep=` line, and how many lines that took.
fn delimiter(text: &str) -> (&str, u8, u64) {
    for delimiter in DELIMITERS {
        let sign = format!("sep={}", char::from(delimiter));
        if let Some(rest) = text.strip_prefix(&sign)
            && let Some(rest) = rest
                .strip_prefix("\r\n")
                .or_else(|| rest.strip_prefix('\n'))
        {
            return (rest, delimiter, 1);
        }
    }
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut quoted = false;
    for byte in text.lines().take(HEADER_WITHIN).flat_map(str::bytes) {
        quoted ^= byte == b'"';
        if let Some(n) = DELIMITERS
            .iter()
            .position(|delimiter| *delimiter == byte && !quoted)
        {
            counts[n] += 1;
        }
    }
    // The first of equals, which is the comma.
    let best = (0..DELIMITERS.len())
        .rev()
        .max_by_key(|n| counts[*n])
        .unwrap_or(0);
    (text, DELIMITERS[best], 0)
}

/// The line of a quote that is never closed. The CSV reader takes such a field for a whole one up to the file's end.
fn open_quote(text: &str, delimiter: u8) -> Option<u64> {
    let mut bytes = text.bytes().peekable();
    let (mut line, mut opened, mut at_start) = (1, None, true);
    while let Some(byte) = bytes.next() {
        line += u64::from(byte == b'\n');
        match opened {
            Some(_) if byte == b'"' && bytes.peek() == Some(&b'"') => {
                bytes.next();
            }
            Some(_) if byte == b'"' => opened = None,
            Some(_) => {}
            None if at_start && byte == b'"' => opened = Some(line),
            None => {}
        }
        at_start = opened.is_none() && (byte == delimiter || byte == b'\n' || byte == b'\r');
    }
    opened
}
