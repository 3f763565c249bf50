//! Why a whole file cannot be read.

/// A file that gives nothing: what is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Larger than allowed.
    #[error("{what} is larger than the limit of {limit}; split the file")]
    TooLarge {
        /// What is too large: the file, its unpacked content, the rows, the columns, a cell.
        what: String,
        /// The limit with its unit.
        limit: String,
    },
    /// Neither text nor a spreadsheet.
    #[error("this is neither CSV text nor an .xlsx spreadsheet ({found}); save it as one of those")]
    UnknownFormat {
        /// What it looks like.
        found: &'static str,
    },
    /// A spreadsheet that cannot be opened.
    #[error("the spreadsheet is damaged or truncated: {reason}")]
    Damaged {
        /// What the reader met.
        reason: String,
    },
    /// Text in several encodings.
    #[error("line {line} is not in the encoding of the rest ({expected}); save the file as UTF-8")]
    Encoding {
        /// The first line that does not fit, from 1.
        line: u64,
        /// What the rest is.
        expected: &'static str,
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
