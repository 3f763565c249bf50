//! A disk so small that it fills up.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

/// A mounted memory disk of a few megabytes; unmounted when dropped. Needs root.
#[derive(Debug)]
pub struct SmallDisk {
    folder: TempDir,
}

impl SmallDisk {
    /// Mounts a disk of this many megabytes; nothing when this user may not mount.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn mount(megabytes: u32) -> Result<Option<Self>> {
        let folder = tempfile::Builder::new().prefix("samen-disk-").tempdir()?;
        let size = format!("size={megabytes}m,mode=0700");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "samen-test"])
            .arg(folder.path())
            .output();
        let mounted = mounted.is_ok_and(|output| output.status.success());
        Ok(mounted.then_some(Self { folder }))
    }

    /// Where it is mounted.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Fills the disk to the last byte, until [`Filler::remove`] makes the space free again.
    ///
    /// # Errors
    /// When the disk takes no file at all.
    pub fn fill(&self) -> Result<Filler> {
        use std::io::Write;
        let path = self.path().join("filler");
        let mut file = fs::File::create(&path).context("the small disk takes no file")?;
        let mut block = vec![0_u8; 64 * 1024];
        while !block.is_empty() {
            if file.write_all(&block).is_err() {
                block.truncate(block.len() / 2);
            }
        }
        Ok(Filler { path })
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily, because a server that is just being killed may still hold it.
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

/// The file that takes all the space.
#[derive(Debug)]
pub struct Filler {
    path: PathBuf,
}

impl Filler {
    /// Makes the space free again.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn remove(self) -> Result<()> {
        fs::remove_file(&self.path).context("the filler could not be removed")
    }
}

/// Sets how large a file the running process `pid` may write, in bytes; `None` takes the limit away again. Works without root.
///
/// # Errors
/// When `prlimit` (package util-linux) is missing or refuses.
pub fn limit_file_size(pid: u32, bytes: Option<u64>) -> Result<()> {
    let limit = bytes.map_or_else(|| "unlimited".to_owned(), |bytes| bytes.to_string());
    let pid = pid.to_string();
    let output = Command::new("prlimit")
        .args(["--pid", &pid, &format!("--fsize={limit}:")])
        .output();
    let output = output.context("prlimit could not be started; install util-linux")?;
    if !output.status.success() {
        bail!(
            "prlimit refused: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(())
}
