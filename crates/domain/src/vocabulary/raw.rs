//! What stands in a file before it is understood: values, fields, entries, and the references they make.

use jiff::civil::Date;

use super::entry::{Certainty, Validity};

/// A value as it stands in the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Whole(i64),
    YesNo(bool),
    Date(Date),
    List(Vec<Value>),
    /// A cell of a CSV file: a text that is read as the kind the list wants.
    Cell(String),
    /// Something no list ever wants, such as a fraction; the text names its kind.
    Other(&'static str),
}

impl Value {
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Text(text) | Self::Cell(text) => format!("the text `{}`", shortened(text)),
            Self::Whole(number) => format!("the number {number}"),
            Self::YesNo(value) => format!("`{value}`"),
            Self::Date(date) => format!("the date {date}"),
            Self::List(_) => "a list".to_owned(),
            Self::Other(kind) => (*kind).to_owned(),
        }
    }
}

fn shortened(text: &str) -> String {
    const SHOWN: usize = 60;
    if text.chars().count() <= SHOWN {
        text.to_owned()
    } else {
        text.chars().take(SHOWN).chain(['…']).collect()
    }
}

#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) value: Value,
}

/// An entry as it stands in the file, not yet understood.
#[derive(Debug, Clone)]
pub(super) struct RawEntry {
    pub(super) line: usize,
    pub(super) fields: Vec<Field>,
}

/// What the header of a file says for all its entries.
#[derive(Debug, Clone, Default)]
pub(super) struct Defaults {
    pub(super) source: Option<String>,
    pub(super) certainty: Option<Certainty>,
    pub(super) valid_from: Option<Date>,
}

/// A reference to an entry of another list, checked when all lists are read.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) from_code: String,
    pub(super) field: String,
    pub(super) target: String,
    pub(super) list: &'static str,
    pub(super) validity: Validity,
}
