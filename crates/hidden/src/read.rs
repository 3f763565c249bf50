//! Lists as CSV: a column of noughts and ones for each list, and a last column `count`.

use std::collections::BTreeMap;

use crate::lists::{Fault, Lists, ListsError, MOST_LISTS, MOST_PEOPLE};

impl Lists {
    /// Reads CSV in UTF-8, with or without a byte order mark. The first line names the lists and ends with `count`; each line
    /// after it is a combination, 1 for each list that these people are on, and how many people are on exactly these.
    ///
    /// # Errors
    /// What is wrong, with line and column and what is expected.
    pub fn read(text: &[u8]) -> Result<Self, ListsError> {
        let text = utf8(text)?;
        let mut rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut records = rows.records();
        let header = match records.next() {
            None => return Err(at(1, Fault::Empty)),
            Some(header) => header.map_err(|error| unreadable(&error))?,
        };
        let names = header_names(&header)?;
        let lists = Self::new(names, []).map_err(|error| at(line(&header), error.fault))?;
        let mut cells: BTreeMap<u16, u64> = BTreeMap::new();
        let mut people = 0u64;
        for record in records {
            let record = record.map_err(|error| unreadable(&error))?;
            let (mask, count) = cell(&record, lists.names())?;
            if cells.insert(mask, count).is_some() {
                return Err(at(line(&record), Fault::Repeated(lists.named(mask))));
            }
            people += count;
            if people > MOST_PEOPLE {
                return Err(at(line(&record), Fault::TooManyPeople));
            }
        }
        Self::new(lists.names().to_vec(), cells)
    }
}

fn utf8(bytes: &[u8]) -> Result<&str, ListsError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let sound = &bytes[..error.valid_up_to()];
        let ends = sound.iter().filter(|byte| **byte == b'\n').count();
        at(u64::try_from(ends + 1).unwrap_or(u64::MAX), Fault::NotText)
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

fn header_names(header: &csv::StringRecord) -> Result<Vec<String>, ListsError> {
    let here = line(header);
    let last = header.iter().next_back().unwrap_or_default().trim();
    if header.len() == 1
        && let Some(other) = [';', '\t', '|'].into_iter().find(|c| last.contains(*c))
    {
        return Err(at(here, Fault::Separator(other)));
    }
    if last != "count" {
        return Err(at(here, Fault::NoCount(shown(last))));
    }
    let lists = header.len() - 1;
    if lists > MOST_LISTS {
        return Err(at(here, Fault::TooMany(lists)));
    }
    let names = header.iter().take(lists);
    Ok(names.map(|name| name.trim().to_owned()).collect())
}

/// One line: the combination and its count.
fn cell(record: &csv::StringRecord, names: &[String]) -> Result<(u16, u64), ListsError> {
    let here = line(record);
    let expected = names.len() + 1;
    if record.len() != expected {
        let found = record.len();
        return Err(at(here, Fault::Ragged { found, expected }));
    }
    let mut mask = 0u16;
    for (list, (value, name)) in record.iter().zip(names).enumerate() {
        mask |= match value.trim() {
            "0" => 0,
            "1" => 1 << list,
            other => return Err(within(here, name, Fault::NotOnOff(shown(other)))),
        };
    }
    let count = record.get(names.len()).unwrap_or_default().trim();
    let digits = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
    let number = count.parse().ok().filter(|number| *number <= MOST_PEOPLE);
    match number.filter(|_| digits) {
        None => Err(within(here, "count", Fault::NotCount(shown(count)))),
        Some(_) if mask == 0 => Err(at(here, Fault::OnNoList)),
        Some(number) => Ok((mask, number)),
    }
}

/// A value from outside, short and without characters that a terminal obeys.
pub(crate) fn shown(value: &str) -> String {
    const LONGEST: usize = 40;
    let plain = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut short: String = value.chars().take(LONGEST).map(plain).collect();
    if value.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}

fn line(record: &csv::StringRecord) -> u64 {
    record.position().map_or(1, csv::Position::line)
}

fn at(line: u64, fault: Fault) -> ListsError {
    ListsError {
        line: Some(line),
        column: None,
        fault,
    }
}

fn within(line: u64, column: &str, fault: Fault) -> ListsError {
    ListsError {
        column: Some(column.to_owned()),
        ..at(line, fault)
    }
}

fn unreadable(error: &csv::Error) -> ListsError {
    at(
        error.position().map_or(1, csv::Position::line),
        Fault::Unreadable,
    )
}
