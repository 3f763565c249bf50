//! The walk over a file, whatever it is, and how a walk gathers a few bytes that may come in pieces.

use domain::attachment::{FileFault, FileKind};

use crate::jpeg::Jpeg;
use crate::office::Office;
use crate::png::Png;
use crate::text::Text;
use crate::webp::Webp;

/// A walk under way.
#[derive(Debug)]
pub(crate) enum Walk {
    Jpeg(Jpeg),
    Png(Png),
    Webp(Webp),
    Text(Text),
    Office(Office),
    /// Kept as it is, unread.
    Opaque(FileKind),
}

impl Walk {
    pub(crate) fn of(kind: FileKind) -> Walk {
        match kind {
            FileKind::Jpeg => Walk::Jpeg(Jpeg::default()),
            FileKind::Png => Walk::Png(Png::default()),
            FileKind::Webp => Walk::Webp(Webp::default()),
            FileKind::Text => Walk::Text(Text::default()),
            FileKind::Docx | FileKind::Xlsx | FileKind::Odt | FileKind::Ods => {
                Walk::Office(Office::default())
            }
            other => Walk::Opaque(other),
        }
    }

    pub(crate) fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), FileFault> {
        match self {
            Walk::Jpeg(walk) => walk.push(bytes, out),
            Walk::Png(walk) => walk.push(bytes, out),
            Walk::Webp(walk) => walk.push(bytes, out),
            Walk::Text(walk) => walk.push(bytes, out),
            Walk::Office(walk) => {
                walk.push(bytes)?;
                out.extend_from_slice(bytes);
                Ok(())
            }
            Walk::Opaque(_) => {
                out.extend_from_slice(bytes);
                Ok(())
            }
        }
    }

    /// What it was, when it is whole.
    pub(crate) fn end(self) -> Result<FileKind, FileFault> {
        let (kind, whole) = match self {
            Walk::Jpeg(walk) => (FileKind::Jpeg, walk.is_whole()),
            Walk::Png(walk) => (FileKind::Png, walk.is_whole()),
            Walk::Webp(walk) => (FileKind::Webp, walk.is_whole()),
            Walk::Text(walk) => return walk.end().map(|()| FileKind::Text),
            Walk::Office(walk) => return walk.end(),
            Walk::Opaque(kind) => (kind, true),
        };
        match whole {
            true => Ok(kind),
            false => Err(FileFault::Damaged),
        }
    }
}

/// A few bytes that are wanted together and may come in pieces.
#[derive(Debug, Default)]
pub(crate) struct Held(Vec<u8>);

impl Held {
    /// Takes from `bytes` until `want` are there; then gives them and is empty again. `want` is small and never a
    /// number from a file.
    pub(crate) fn gather(&mut self, want: usize, bytes: &mut &[u8]) -> Option<Vec<u8>> {
        let lacks = want.saturating_sub(self.0.len()).min(bytes.len());
        let (now, later) = bytes.split_at(lacks);
        self.0.extend_from_slice(now);
        *bytes = later;
        (self.0.len() >= want).then(|| std::mem::take(&mut self.0))
    }
}

/// The rest of a part that is passed over: kept, dropped or blanked.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fate {
    Keep,
    Drop,
    /// Zeros in its place, where the length of the whole was told before.
    Blank,
}

/// Passes over at most `left` bytes; returns how many are still to come.
pub(crate) fn pass(left: u64, fate: Fate, bytes: &mut &[u8], out: &mut Vec<u8>) -> u64 {
    let here = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
    let (now, later) = bytes.split_at(here);
    match fate {
        Fate::Keep => out.extend_from_slice(now),
        Fate::Drop => {}
        Fate::Blank => out.resize(out.len() + now.len(), 0),
    }
    *bytes = later;
    left - u64::try_from(here).unwrap_or(left)
}
