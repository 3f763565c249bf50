//! From the text of a TOML or CSV file to its header and its raw entries, each field with its line.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::entry::CERTAINTIES;
use super::problem::{Fault, Problem};
use super::raw::{Defaults, Field, RawEntry, Value};

/// A vocabulary file, syntactically sound as far as it was read.
#[derive(Debug)]
pub(super) struct VocabularyFile {
    pub(super) name: String,
    pub(super) list: String,
    pub(super) list_line: usize,
    pub(super) source: String,
    pub(super) licence: String,
    pub(super) defaults: Defaults,
    pub(super) entries: Vec<RawEntry>,
    /// Its syntax has faults: its entries were not read, and what refers to them cannot be judged.
    pub(super) broken: bool,
}

/// Reads one file; the ending of its name says whether it is TOML or CSV. None when it does not say which list it is.
pub(super) fn read(name: &str, text: &str, problems: &mut Vec<Problem>) -> Option<VocabularyFile> {
    // Editors on Windows begin a file with a mark that is no part of its text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut complaints = Complaints {
        file: name,
        problems,
    };
    let before = complaints.problems.len();
    let (fields, mut entries) = if name.ends_with(".csv") {
        read_csv(text, &mut complaints)
    } else {
        read_toml(text, &mut complaints)
    };
    let broken = complaints.problems.len() > before;
    if broken {
        // What a repaired parse makes of the rest would only add faults that are not there.
        entries.clear();
    }
    let mut file = VocabularyFile {
        name: name.to_owned(),
        list: String::new(),
        list_line: 1,
        source: String::new(),
        licence: String::new(),
        defaults: Defaults::default(),
        entries,
        broken,
    };
    read_header(&mut file, fields, &mut complaints);
    (!file.list.is_empty()).then_some(file)
}

struct Complaints<'a> {
    file: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl Complaints<'_> {
    fn add(&mut self, line: usize, fault: Fault) {
        self.problems.push(Problem {
            file: self.file.to_owned(),
            line,
            code: None,
            fault,
        });
    }
}

fn read_header(file: &mut VocabularyFile, fields: Vec<Field>, complaints: &mut Complaints<'_>) {
    if file.broken {
        // Only its list is of use, so that nobody is told that the list is missing.
        let mut ignored = Vec::new();
        let mut deaf = Complaints {
            file: "",
            problems: &mut ignored,
        };
        for field in fields.into_iter().filter(|field| field.name == "list") {
            header_field(file, field, &mut deaf);
        }
        return;
    }
    for field in fields {
        header_field(file, field, complaints);
    }
    for (required, value) in [
        ("list", &file.list),
        ("source", &file.source),
        ("licence", &file.licence),
    ] {
        if value.is_empty() {
            complaints.add(1, Fault::MissingField(required.to_owned()));
        }
    }
    // Said once for the file, not again for each of its entries.
    file.defaults
        .source
        .get_or_insert_with(|| String::from("?"));
}

fn header_field(file: &mut VocabularyFile, field: Field, complaints: &mut Complaints<'_>) {
    let line = field.line;
    match (field.name.as_str(), field.value) {
        ("list", Value::Text(text)) => {
            file.list = text;
            file.list_line = line;
        }
        ("source", Value::Text(text)) => {
            file.defaults.source = Some(text.clone());
            file.source = text;
        }
        ("licence", Value::Text(text)) => file.licence = text,
        ("note", Value::Text(_)) => {}
        ("valid_from", Value::Date(date)) => file.defaults.valid_from = Some(date),
        ("valid_from", Value::Text(text)) if text.parse::<Date>().is_ok() => {
            file.defaults.valid_from = text.parse().ok();
        }
        ("certainty", Value::Text(text)) => {
            file.defaults.certainty = CERTAINTIES
                .iter()
                .find(|(word, _)| *word == text)
                .map(|(_, certainty)| *certainty);
            if file.defaults.certainty.is_none() {
                let words: Vec<&str> = CERTAINTIES.iter().map(|(word, _)| *word).collect();
                complaints.add(
                    line,
                    Fault::WrongValue {
                        field: "certainty".to_owned(),
                        found: format!("`{text}`"),
                        expected: format!("one of {}", words.join(", ")),
                    },
                );
            }
        }
        ("list" | "source" | "licence" | "note" | "valid_from" | "certainty", _) => complaints.add(
            line,
            Fault::WrongValue {
                field: field.name,
                found: "of another kind".to_owned(),
                expected: "a text (a date for `valid_from`)".to_owned(),
            },
        ),
        _ => complaints.add(line, Fault::UnknownField(field.name)),
    }
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

fn read_toml(text: &str, complaints: &mut Complaints<'_>) -> (Vec<Field>, Vec<RawEntry>) {
    let lines = Lines::of(text);
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let line = error.span().map_or(1, |span| lines.at(span.start));
        complaints.problems.push(Problem {
            file: complaints.file.to_owned(),
            line,
            code: code_around(text, line),
            fault: Fault::Syntax(error.message().trim().to_owned()),
        });
    }
    let mut header = Vec::new();
    let mut entries = Vec::new();
    for (key, value) in document.into_inner() {
        if key.get_ref() == "entry" {
            entries = toml_entries(value, &lines, complaints);
        } else {
            header.push(toml_field(&key, value, &lines));
        }
    }
    // A table keeps its keys sorted; people read a file from top to bottom.
    header.sort_by_key(|field| field.line);
    (header, entries)
}

/// The code of the entry around a line, found by eye: the file cannot be parsed there.
fn code_around(text: &str, line: usize) -> Option<String> {
    let begins = |text: &str| text.trim_start().starts_with("[[entry");
    let before: Vec<&str> = text.lines().take(line).collect();
    let begin = before.iter().rposition(|text| begins(text))?;
    let entry = text
        .lines()
        .skip(begin + 1)
        .take_while(|text| !begins(text));
    entry
        .filter_map(|text| text.split_once('='))
        .find(|(name, _)| name.trim() == "code")
        .map(|(_, value)| value.trim().trim_matches('"').to_owned())
}

fn toml_entries(
    value: Spanned<DeValue<'_>>,
    lines: &Lines,
    complaints: &mut Complaints<'_>,
) -> Vec<RawEntry> {
    let line = lines.at(value.span().start);
    let wrong = |found: &str| Fault::WrongValue {
        field: "entry".to_owned(),
        found: found.to_owned(),
        expected: "a table: begin every entry with `[[entry]]`".to_owned(),
    };
    let DeValue::Array(array) = value.into_inner() else {
        complaints.add(line, wrong("not a list"));
        return Vec::new();
    };
    let mut entries = Vec::new();
    for element in array {
        let line = lines.at(element.span().start);
        match element.into_inner() {
            DeValue::Table(table) => {
                let mut fields: Vec<Field> = table
                    .into_iter()
                    .map(|(key, value)| toml_field(&key, value, lines))
                    .collect();
                fields.sort_by_key(|field| field.line);
                entries.push(RawEntry { line, fields });
            }
            _ => complaints.add(line, wrong("another value")),
        }
    }
    entries
}

fn toml_field(
    key: &Spanned<std::borrow::Cow<'_, str>>,
    value: Spanned<DeValue<'_>>,
    lines: &Lines,
) -> Field {
    Field {
        name: key.get_ref().to_string(),
        line: lines.at(key.span().start),
        value: toml_value(value.into_inner()),
    }
}

fn toml_value(value: DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Value::Other("a number out of range"), Value::Whole),
        DeValue::Boolean(value) => Value::YesNo(value),
        DeValue::Datetime(moment) => {
            civil_date(&moment).map_or(Value::Other("not a date of the calendar"), Value::Date)
        }
        DeValue::Array(values) => Value::List(
            values
                .into_iter()
                .map(|value| toml_value(value.into_inner()))
                .collect(),
        ),
        DeValue::Float(_) => Value::Other("a fraction"),
        DeValue::Table(_) => Value::Other("a table"),
    }
}

fn civil_date(moment: &toml::value::Datetime) -> Option<Date> {
    if moment.time.is_some() || moment.offset.is_some() {
        return None;
    }
    let date = moment.date?;
    let year = i16::try_from(date.year).ok()?;
    let month = i8::try_from(date.month).ok()?;
    let day = i8::try_from(date.day).ok()?;
    Date::new(year, month, day).ok()
}

/// A CSV file begins with lines `# key: value`, its header; then the names of the columns, then the rows.
fn read_csv(text: &str, complaints: &mut Complaints<'_>) -> (Vec<Field>, Vec<RawEntry>) {
    let header = csv_header(text);
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let columns = match reader.headers() {
        Ok(columns) => columns.clone(),
        Err(error) => {
            complaints.add(csv_line(&error), csv_fault(&error));
            return (header, Vec::new());
        }
    };
    let mut entries = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                entries.push(csv_entry(
                    &columns,
                    &record,
                    usize::try_from(line).unwrap_or(0),
                ));
            }
            Err(error) => complaints.add(csv_line(&error), csv_fault(&error)),
        }
    }
    (header, entries)
}

fn csv_header(text: &str) -> Vec<Field> {
    let commented = text
        .lines()
        .enumerate()
        .map_while(|(place, line)| Some((place + 1, line.strip_prefix('#')?)));
    commented
        .filter_map(|(line, comment)| {
            let (name, value) = comment.split_once(':')?;
            Some(Field {
                name: name.trim().to_owned(),
                line,
                value: Value::Text(value.trim().to_owned()),
            })
        })
        .collect()
}

fn csv_entry(columns: &csv::StringRecord, record: &csv::StringRecord, line: usize) -> RawEntry {
    let filled = columns
        .iter()
        .zip(record.iter())
        .filter(|(_, cell)| !cell.is_empty());
    let fields = filled
        .map(|(column, cell)| Field {
            name: column.to_owned(),
            line,
            value: Value::Cell(cell.to_owned()),
        })
        .collect();
    RawEntry { line, fields }
}

fn csv_line(error: &csv::Error) -> usize {
    let line = error.position().map_or(1, csv::Position::line);
    usize::try_from(line).unwrap_or(1)
}

fn csv_fault(error: &csv::Error) -> Fault {
    Fault::Syntax(match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            format!("the row has {len} cells where the names of the columns are {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "the row is not UTF-8".to_owned(),
        _ => error.to_string(),
    })
}
