//! Files from outside: read whole within a limit, and the refused rows written beside them.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use exchange::{Limits, Note, Refused};

use crate::output;

/// The codes that count on a day: those of the page that takes the same files.
pub use web::work::plan::file::codes;

/// A file's bytes. One larger than the limit is not read into memory: one byte more tells.
pub fn read(file: &Path, limits: &Limits) -> Result<Vec<u8>> {
    let name = || file.display().to_string();
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).with_context(name)?;
    opened
        .take(limits.file_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .with_context(name)?;
    Ok(bytes)
}

/// The same fault with the file's name before it.
pub fn fault(file: &Path, error: &exchange::FileError) -> anyhow::Error {
    anyhow!("{}: {error}", file.display())
}

/// The name of the file with refused rows: the file's own name with `.refused.csv` behind it.
pub fn refused_name(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".refused.csv");
    PathBuf::from(name)
}

/// Writes the refused rows beside the file, and says where. Without any, a list that an earlier run left is emptied, so that
/// nobody mends what is mended.
pub fn write_refused(file: &Path, refused: &[Refused]) -> Result<Option<PathBuf>> {
    let out = refused_name(file);
    if refused.is_empty() && !out.exists() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    exchange::write_refused_csv(&mut bytes, refused).map_err(|error| fault(&out, &error))?;
    output::write_whole(&out, &bytes)?;
    Ok((!refused.is_empty()).then_some(out))
}

/// Says what was refused and what was noted, on standard error: the first of each, for a person to read.
pub fn tell(refused: &[Refused], notes: &[Note]) {
    const MOST: usize = 20;
    for one in refused.iter().take(MOST) {
        let column = match (one.column.is_empty(), one.field.is_empty()) {
            (false, false) => format!(", column {} ({})", one.column, one.field),
            (false, true) => format!(", column {}", one.column),
            (true, false) => format!(", field {}", one.field),
            (true, true) => String::new(),
        };
        output::say(&format!(
            "{}, line {}{column}: found `{}`, expected {}",
            one.file, one.line, one.value, one.expected
        ));
    }
    if refused.len() > MOST {
        output::say(&format!("… and {} more", refused.len() - MOST));
    }
    for note in notes.iter().take(MOST) {
        match note.line {
            Some(line) => output::say(&format!("note, line {line}: {}", note.text)),
            None => output::say(&format!("note: {}", note.text)),
        }
    }
    if notes.len() > MOST {
        output::say(&format!("… and {} notes more", notes.len() - MOST));
    }
}

/// How many lines were refused; a line with three faults counts once.
pub fn refused_lines(refused: &[Refused]) -> usize {
    let lines: std::collections::BTreeSet<u64> = refused.iter().map(|r| r.line).collect();
    lines.len()
}
