//! From the text of a TOML file to values that know their line.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::fault::{Fault, Wrong};

/// A value as it stands in the file.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    Whole(i64),
    YesNo(bool),
    Date(Date),
    List(Vec<(usize, Value)>),
    Table(Table),
    /// What no file of the law ever wants: a fraction, a moment, a date that is none.
    Other,
}

/// A table: its line, and its members with theirs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    pub(crate) line: usize,
    pub(crate) members: Vec<(String, usize, Value)>,
}

/// Reads one file; syntax faults are noted and nothing is returned then.
pub(crate) fn read(file: &str, text: &str, faults: &mut Vec<Fault>) -> Option<Table> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = Lines::of(text);
    let (document, errors) = DeTable::parse_recoverable(text);
    let sound = errors.is_empty();
    for error in errors {
        faults.push(Fault {
            file: file.to_owned(),
            line: error.span().map_or(1, |span| lines.at(span.start)),
            id: None,
            what: Wrong::Syntax(error.message().trim().to_owned()),
        });
    }
    sound.then(|| table(document.into_inner(), 1, &lines))
}

/// Turns byte offsets into line numbers.
struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        let after_breaks = text.match_indices('\n').map(|(place, _)| place + 1);
        Self {
            starts: std::iter::once(0).chain(after_breaks).collect(),
        }
    }

    fn at(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }
}

fn table(table: DeTable<'_>, line: usize, lines: &Lines) -> Table {
    let mut members: Vec<_> = table
        .into_iter()
        .map(|(key, value)| {
            let line = lines.at(key.span().start);
            (
                key.into_inner().into_owned(),
                line,
                read_value(value, lines),
            )
        })
        .collect();
    // The parser keeps keys sorted; people read a file from top to bottom.
    members.sort_by_key(|(_, line, _)| *line);
    Table { line, members }
}

fn read_value(value: Spanned<DeValue<'_>>, lines: &Lines) -> Value {
    let line = lines.at(value.span().start);
    match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Other, Value::Whole)
        }
        DeValue::Boolean(value) => Value::YesNo(value),
        DeValue::Datetime(moment) => civil(&moment).map_or(Value::Other, Value::Date),
        DeValue::Array(values) => Value::List(
            values
                .into_iter()
                .map(|value| (lines.at(value.span().start), read_value(value, lines)))
                .collect(),
        ),
        DeValue::Table(inner) => Value::Table(table(inner, line, lines)),
        DeValue::Float(_) => Value::Other,
    }
}

fn civil(moment: &toml::value::Datetime) -> Option<Date> {
    if moment.time.is_some() || moment.offset.is_some() {
        return None;
    }
    let date = moment.date?;
    Date::new(
        i16::try_from(date.year).ok()?,
        i8::try_from(date.month).ok()?,
        i8::try_from(date.day).ok()?,
    )
    .ok()
}
