//! Where the `samen` binary under test is, built when it is not there yet.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use anyhow::{Context, Result, bail};

static FOUND: Mutex<Option<PathBuf>> = Mutex::new(None);

/// The root folder of the workspace.
#[must_use]
pub fn workspace_root() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root.pop();
    root
}

/// The folder that cargo builds into.
#[must_use]
pub fn target_dir() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) if Path::new(&dir).is_absolute() => PathBuf::from(dir),
        Some(dir) => workspace_root().join(dir),
        None => workspace_root().join("target"),
    }
}

/// The binary under test: `SAMEN_BIN` when set, otherwise the development build of this workspace, brought up to date once per process.
///
/// # Errors
/// When `SAMEN_BIN` names no file, or cargo cannot build the binary.
pub fn samen() -> Result<PathBuf> {
    let mut found = FOUND
        .lock()
        .map_err(|_| anyhow::anyhow!("another test failed while it built the binary"))?;
    if let Some(path) = found.as_ref() {
        return Ok(path.clone());
    }
    let path = match std::env::var_os("SAMEN_BIN") {
        Some(path) => PathBuf::from(path),
        None => build()?,
    };
    if !path.is_file() {
        bail!(
            "there is no binary at {}; run `cargo build -p samen`, or set SAMEN_BIN",
            path.display()
        );
    }
    *found = Some(path.clone());
    Ok(path)
}

fn build() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--quiet", "-p", "samen", "--bin", "samen"])
        .current_dir(workspace_root())
        .status()
        .context("cargo could not be started to build the binary under test")?;
    if !status.success() {
        bail!("`cargo build -p samen` failed, so there is nothing to test");
    }
    Ok(target_dir().join("debug").join("samen"))
}
