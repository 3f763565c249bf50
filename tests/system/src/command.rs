//! Running `samen` as a command, with its promises checked on the way: exit status, one summary line, no panic.

use std::ffi::OsStr;
use std::process::{Command, Output};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::binary;

/// What a command left behind.
#[derive(Debug, Clone)]
pub struct Done {
    /// The exit status: 0 done, 1 refused or faults found, 2 wrong usage or unreadable input.
    pub status: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs `samen` to its end. Variables that begin with `SAMEN_` are taken away, so that the caller's machine has no say.
///
/// # Errors
/// When it cannot be started, ends by a signal, or shows a panic message: no user may ever see one.
pub fn run<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Result<Done> {
    let mut command = samen()?;
    let output = command
        .args(arguments)
        .output()
        .context("samen could not be started")?;
    finished(&output)
}

/// A command that will start `samen`, cleaned of the caller's configuration.
///
/// # Errors
/// When there is no binary.
pub fn samen() -> Result<Command> {
    let mut command = Command::new(binary::samen()?);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("SAMEN_") {
            command.env_remove(name);
        }
    }
    command.current_dir(std::env::temp_dir());
    command.stdin(std::process::Stdio::null());
    Ok(command)
}

fn finished(output: &Output) -> Result<Done> {
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    if err.contains("panicked at") || out.contains("panicked at") {
        bail!("samen showed a panic:\n{err}{out}");
    }
    let status = output
        .status
        .code()
        .with_context(|| format!("samen was ended by a signal: {}\n{err}", output.status))?;
    Ok(Done { status, out, err })
}

impl Done {
    /// Checks the exit status.
    ///
    /// # Errors
    /// When it is another; the message shows what the command said.
    pub fn expect_status(self, wanted: i32) -> Result<Self> {
        if self.status != wanted {
            bail!(
                "samen ended with {}, not {wanted}\n{}\n{}",
                self.status,
                self.err,
                self.out
            );
        }
        Ok(self)
    }

    /// The JSON summary: the last line of standard output.
    ///
    /// # Errors
    /// When the last line is no JSON object.
    pub fn summary(&self) -> Result<Value> {
        let last = self
            .out
            .lines()
            .rfind(|line| !line.trim().is_empty())
            .unwrap_or_default();
        let value: Value = serde_json::from_str(last)
            .with_context(|| format!("the last line is no JSON summary: {last:?}\n{}", self.err))?;
        if !value.is_object() {
            bail!("the summary is no JSON object: {last}");
        }
        Ok(value)
    }
}
