//! What goes from a file and what stays.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test that cannot go on stops and says why"
)]

mod hostile;
mod kinds;
mod make;
mod office;
mod pictures;

use domain::attachment::{FileFault, FileKind};
use files::Cleaner;

/// Takes a file in pieces of this size: what it is and what is kept of it.
pub fn clean_in(pieces: usize, file: &[u8]) -> Result<(FileKind, Vec<u8>), FileFault> {
    let mut kept = Vec::new();
    let mut cleaner = Cleaner::new();
    for piece in file.chunks(pieces.max(1)) {
        cleaner.push(piece, &mut kept)?;
    }
    let kind = cleaner.end(&mut kept)?;
    Ok((kind, kept))
}

/// Takes a file whole.
pub fn clean(file: &[u8]) -> Result<(FileKind, Vec<u8>), FileFault> {
    clean_in(usize::MAX, file)
}

/// Whether these bytes stand anywhere in a file.
pub fn holds(file: &[u8], bytes: &[u8]) -> bool {
    file.windows(bytes.len()).any(|window| window == bytes)
}
