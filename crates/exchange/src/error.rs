//! Why a whole file cannot be read, typed: a page says it in its reader's language, `Display` is the English of commands.

use std::fmt;

/// A file that gives nothing: what is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Larger than allowed.
    #[error("{what} is larger than the limit of {limit}{}; split the file", .what.unit())]
    TooLarge {
        /// What is too large.
        what: Large,
        /// The limit, in the unit of what is too large.
        limit: u64,
    },
    /// Neither text nor a spreadsheet.
    #[error("this is neither CSV text nor an .xlsx spreadsheet ({found}); save it as one of those")]
    UnknownFormat {
        /// What it looks like.
        found: Found,
    },
    /// A spreadsheet that cannot be opened.
    #[error("the spreadsheet is damaged or truncated: {reason}")]
    Damaged {
        /// What the reader met.
        reason: Damage,
    },
    /// Text in several encodings.
    #[error("line {line} is not in the encoding of the rest ({expected}); save the file as UTF-8")]
    Encoding {
        /// The first line that does not fit, from 1.
        line: u64,
        /// What the rest is.
        expected: Encodings,
    },
    /// No header in the first rows.
    #[error("no header found in the first {searched} rows; expected columns such as {expected}")]
    NoHeader {
        /// How many rows were searched.
        searched: usize,
        /// Some of the expected columns.
        expected: String,
    },
    /// Two columns with one meaning.
    #[error("column `{field}` appears twice, in columns {first} and {second}; keep one")]
    DuplicateColumn {
        /// The field.
        field: String,
        /// The first column.
        first: String,
        /// The second column.
        second: String,
    },
    /// Columns without which nothing can be read.
    #[error("missing columns: {}", .fields.join(", "))]
    MissingColumns {
        /// Their names.
        fields: Vec<String>,
    },
    /// The result could not be written.
    #[error("could not write: {0}")]
    Write(String),
}

/// What is larger than allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Large {
    /// The file, in bytes.
    File,
    /// A spreadsheet when it is unpacked, in bytes.
    Unpacked,
    /// The text in all cells together, in bytes.
    Text,
    /// How many parts a spreadsheet has.
    Parts,
    /// How many rows there are.
    Rows,
    /// How many columns there are.
    Columns,
    /// One cell of this line, in characters.
    Cell(u64),
}

impl Large {
    fn unit(self) -> &'static str {
        match self {
            Self::File | Self::Unpacked | Self::Text => " bytes",
            Self::Parts | Self::Rows | Self::Columns => "",
            Self::Cell(_) => " characters",
        }
    }
}

impl fmt::Display for Large {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => f.write_str("the file"),
            Self::Unpacked => f.write_str("the unpacked spreadsheet"),
            Self::Text => f.write_str("the text in all cells"),
            Self::Parts => f.write_str("the number of parts in the spreadsheet"),
            Self::Rows => f.write_str("the number of rows"),
            Self::Columns => f.write_str("the number of columns"),
            Self::Cell(line) => write!(f, "a cell in line {line}"),
        }
    }
}

/// What a file is that is neither text nor a spreadsheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// The older format of spreadsheets, also that of one with a password.
    OldSpreadsheet,
    /// A PDF.
    Pdf,
    /// Bytes or characters that no text has.
    Nul,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OldSpreadsheet => "an old .xls file, or a spreadsheet locked with a password",
            Self::Pdf => "a PDF",
            Self::Nul => "it holds NUL characters, which no text has",
        })
    }
}

/// What is wrong with a spreadsheet that cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// The reader of spreadsheets gave up.
    NotUnderstood,
    /// This row comes after a later one.
    Order(u64),
    /// It says that it holds more text than it does.
    Claims,
    /// What the reader of spreadsheets said, in its own English.
    Reader(String),
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUnderstood => f.write_str("the reader could not make sense of it"),
            Self::Order(row) => write!(f, "row {row} comes after a later one"),
            Self::Claims => f.write_str("it claims more text than it holds"),
            Self::Reader(words) => f.write_str(words),
        }
    }
}

/// The encodings that a text can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encodings {
    /// UTF-8.
    Utf8,
    /// UTF-16.
    Utf16,
    /// UTF-8 or Windows-1252: up to there it could be both.
    Utf8Or1252,
}

impl fmt::Display for Encodings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16 => "UTF-16",
            Self::Utf8Or1252 => "UTF-8 or Windows-1252",
        })
    }
}
