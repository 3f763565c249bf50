//! The made-up country as files, and back.

mod read;
mod write;

use std::path::{Path, PathBuf};

pub use read::{Static, Stories, read_static, read_stories};
pub use write::{Summary, write_files};

/// A file of a world could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The operating system refused.
    #[error("cannot {what} `{}`: {source}; check that the path exists, is writable and that the disk has room", path.display())]
    Disk {
        /// What was tried.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A line is not a story.
    #[error("`{}` line {line}, column {column}: {reason}; expected one story of `samen world` as a JSON object", path.display())]
    NotAStory {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: u64,
        /// Column, from 1.
        column: usize,
        /// What was wrong.
        reason: String,
    },
    /// A line is longer than any story can be.
    #[error("`{}` line {line}: longer than {limit} bytes; this is not a file of `samen world`", path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: u64,
        /// Longest line accepted, bytes.
        limit: usize,
    },
    /// A story does not say that it is made up.
    #[error("`{}` line {line}: `made_up` is not true; only made-up stories are loaded", path.display())]
    NotMadeUp {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: u64,
    },
    /// A whole file is not what it should be.
    #[error("`{}`: {reason}", path.display())]
    NotReadable {
        /// The file.
        path: PathBuf,
        /// What was wrong.
        reason: String,
    },
}

pub(crate) fn disk(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> FileError {
    let path = path.to_owned();
    move |source| FileError::Disk { what, path, source }
}
