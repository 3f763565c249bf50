//! What a command says: results on standard output with one JSON summary as the last line, everything else on standard error.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Done.
    Well,
    /// The work was refused or found faults: exit status 1.
    Faults,
}

/// The work was refused or found faults, as opposed to wrong usage or unreadable input.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

/// Says why on standard error. Exit status 1 for a refusal, 2 for wrong usage or unreadable input.
pub fn fail(error: &anyhow::Error) -> ExitCode {
    let words: Vec<String> = error.chain().map(ToString::to_string).collect();
    let _ = writeln!(std::io::stderr(), "samen: {}", words.join(": "));
    let refused = error.chain().any(|cause| cause.is::<Refused>());
    ExitCode::from(if refused { 1 } else { 2 })
}

/// One line for a person, on standard error.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// The summary: one JSON line, the last on standard output.
pub fn summary(value: &impl Serialize) -> Result<()> {
    let line = serde_json::to_string(value)?;
    writeln!(std::io::stdout(), "{line}").context("standard output cannot be written")
}

/// Writes a result whole or not at all: `-` is standard output, else a temporary name beside the target that is renamed.
pub fn write_whole(out: &Path, bytes: &[u8]) -> Result<()> {
    if out == Path::new("-") {
        return std::io::stdout()
            .write_all(bytes)
            .context("standard output cannot be written");
    }
    let part = part_of(out);
    std::fs::write(&part, bytes).with_context(|| part.display().to_string())?;
    std::fs::rename(&part, out).with_context(|| out.display().to_string())
}

/// The temporary name beside a target.
pub fn part_of(out: &Path) -> std::path::PathBuf {
    let mut name = out
        .file_name()
        .map(std::ffi::OsStr::to_os_string)
        .unwrap_or_default();
    name.push(".part");
    out.with_file_name(name)
}

/// A progress bar on a terminal; nothing elsewhere.
pub fn progress(length: u64, what: &str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length);
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar.set_message(what.to_owned());
    bar
}
