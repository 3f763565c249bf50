//! What may be kept of a file from outside, byte by byte as it comes in: its kind is recognised, and from pictures goes what
//! betrays who made them, where and with what.
//!
//! Nothing is decoded. A picture is a row of labelled parts; what is needed to show it stays as it is, everything else goes:
//! EXIF, XMP, IPTC, comments, colour profiles, thumbnails, and whatever stands behind the picture's end (motion photos, the
//! uncropped original that some programs leave there, a second file). What stays is a list, so that a part nobody thought of
//! goes too. No length that a file names is ever used to make room in memory.
//!
//! Written here and not taken from a library, because those found (`img-parts`, `little_exif`) want the whole file in
//! memory and remove what they know, while this keeps what it knows; the walk over the parts is short.
//!
//! ```
//! use domain::attachment::{FileFault, FileKind};
//! use files::Cleaner;
//!
//! let mut kept = Vec::new();
//! let mut cleaner = Cleaner::new();
//! cleaner.push(b"Hij ", &mut kept)?;
//! cleaner.push(b"stuurde dit.", &mut kept)?;
//! assert_eq!(cleaner.end(&mut kept)?, FileKind::Text);
//! assert_eq!(kept, b"Hij stuurde dit.");
//! # Ok::<(), FileFault>(())
//! ```

mod jpeg;
mod kind;
mod office;
mod png;
mod text;
mod walk;
mod webp;

use domain::attachment::{FileFault, FileKind, MOST_BYTES, Takes};

use kind::{ENOUGH, recognise};
use walk::Walk;

/// Takes a file in as it comes and gives out what may be kept of it.
#[derive(Debug)]
pub struct Cleaner {
    takes: Takes,
    read: u64,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// Too little has come to know what it is.
    Unknown(Vec<u8>),
    /// It is known.
    Known(Walk),
}

impl Default for Cleaner {
    fn default() -> Self {
        Cleaner::new()
    }
}

impl Cleaner {
    /// Nothing has come yet; it takes what somebody has on a telephone.
    #[must_use]
    pub fn new() -> Cleaner {
        Cleaner::taking(Takes::Messages)
    }

    /// Nothing has come yet.
    #[must_use]
    pub fn taking(takes: Takes) -> Cleaner {
        Cleaner {
            takes,
            read: 0,
            stage: Stage::Unknown(Vec::with_capacity(ENOUGH)),
        }
    }

    /// Takes the next bytes and adds to `out` what may be kept of them. After an error the file is not taken, and what was
    /// given out before must not be kept.
    pub fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), FileFault> {
        self.read = self
            .read
            .saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if self.read > MOST_BYTES {
            return Err(FileFault::TooLarge);
        }
        let rest = match &mut self.stage {
            Stage::Known(walk) => return walk.push(bytes, out),
            Stage::Unknown(begin) => {
                let lacks = ENOUGH.saturating_sub(begin.len()).min(bytes.len());
                let (first, rest) = bytes.split_at(lacks);
                begin.extend_from_slice(first);
                if begin.len() < ENOUGH {
                    return Ok(());
                }
                rest
            }
        };
        self.decide(out)?.push(rest, out)
    }

    /// The file has ended: what it is, or why it is not taken.
    pub fn end(mut self, out: &mut Vec<u8>) -> Result<FileKind, FileFault> {
        if self.read == 0 {
            return Err(FileFault::Empty);
        }
        if let Stage::Unknown(_) = self.stage {
            self.decide(out)?;
        }
        match self.stage {
            Stage::Known(walk) => walk.end(),
            Stage::Unknown(_) => Err(FileFault::UnknownKind),
        }
    }

    /// Recognises the file by what has come and walks over that.
    fn decide(&mut self, out: &mut Vec<u8>) -> Result<&mut Walk, FileFault> {
        if let Stage::Unknown(begin) = &mut self.stage {
            let begin = std::mem::take(begin);
            let kind = recognise(&begin)?;
            if !self.takes.includes(kind) {
                return Err(FileFault::UnknownKind);
            }
            let mut walk = Walk::of(kind);
            walk.push(&begin, out)?;
            self.stage = Stage::Known(walk);
        }
        match &mut self.stage {
            Stage::Known(walk) => Ok(walk),
            Stage::Unknown(_) => Err(FileFault::UnknownKind),
        }
    }
}
