//! The list of refused rows as a file that can be opened in a spreadsheet program without danger.

use std::borrow::Cow;
use std::io::Write;

use crate::error::FileError;
use crate::import::Refused;

/// Makes text harmless for spreadsheet programs: what would start a formula gets an apostrophe before it (OWASP, CSV
/// Injection). `unquoted` takes it off again when our own files come back.
pub fn neutral(text: &str) -> Cow<'_, str> {
    if starts_formula(text)
        || text.starts_with('\'') && starts_formula(text.trim_start_matches('\''))
    {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

fn starts_formula(text: &str) -> bool {
    // Full-width signs too: some programs fold them before they look.
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Takes off the apostrophe of [`neutral`].
pub(crate) fn unquoted(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if starts_formula(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

/// Writes refused rows as `file,line,column,field,value,expected`.
pub fn write_refused_csv(out: impl Write, refused: &[Refused]) -> Result<(), FileError> {
    let failed = |error: csv::Error| FileError::Write(error.to_string());
    let mut writer = csv::Writer::from_writer(out);
    writer
        .write_record(["file", "line", "column", "field", "value", "expected"])
        .map_err(failed)?;
    for row in refused {
        let line = row.line.to_string();
        let cells = [
            &row.file,
            &line,
            &row.column,
            &row.field,
            &row.value,
            &row.expected,
        ];
        writer
            .write_record(cells.map(|cell| neutral(cell).into_owned()))
            .map_err(failed)?;
    }
    writer
        .flush()
        .map_err(|error| FileError::Write(error.to_string()))
}
