//! A spreadsheet is measured before it is read: archives can claim to be small and unpack to anything, and a part can
//! claim more strings than the reader's memory holds.

use std::io::{Cursor, Read};

use crate::error::{Damage, FileError, Large};
use crate::limits::Limits;

/// Unpacks every part without keeping it.
pub(crate) fn measure(bytes: &[u8], limits: &Limits) -> Result<(), FileError> {
    let damaged = |reason: String| FileError::Damaged {
        reason: Damage::Reader(reason),
    };
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    if archive.len() > limits.parts {
        return Err(FileError::TooLarge {
            what: Large::Parts,
            limit: limits.parts as u64,
        });
    }
    let mut left = limits.unpacked_bytes;
    for n in 0..archive.len() {
        let part = archive
            .by_index(n)
            .map_err(|error| damaged(error.to_string()))?;
        let mut counted = Scan::default();
        // One byte more than is left tells a part that fits exactly from one that does not.
        let size = std::io::copy(&mut part.take(left + 1), &mut counted)
            .map_err(|error| damaged(error.to_string()))?;
        if size > left {
            return Err(FileError::TooLarge {
                what: Large::Unpacked,
                limit: limits.unpacked_bytes,
            });
        }
        left -= size;
        if counted.claims_too_much(size) {
            return Err(FileError::Damaged {
                reason: Damage::Claims,
            });
        }
    }
    Ok(())
}

/// Looks for `uniqueCount="…"` while the bytes go by. The reader reserves memory for that many strings before it has seen
/// one, so that a claim of billions would end the program.
#[derive(Default)]
struct Scan {
    matched: usize,
    number: Option<u64>,
    largest: u64,
}

const CLAIM: &[u8] = b"uniqueCount";
/// The shortest string in a shared-strings table is `<si/>`.
const SHORTEST_STRING: u64 = 5;

impl Scan {
    fn claims_too_much(&self, size: u64) -> bool {
        self.largest > size / SHORTEST_STRING
    }

    fn byte(&mut self, byte: u8) {
        if let Some(number) = self.number {
            match byte {
                b'0'..=b'9' => {
                    let grown = number
                        .saturating_mul(10)
                        .saturating_add(u64::from(byte - b'0'));
                    self.number = Some(grown);
                    self.largest = self.largest.max(grown);
                    return;
                }
                // Between the name and the digits; zero bytes belong to text in UTF-16.
                b'=' | b'"' | b'\'' | b' ' | b'\t' | b'\r' | b'\n' | b'+' | 0 => return,
                _ => self.number = None,
            }
        }
        match byte {
            0 => {}
            _ if CLAIM.get(self.matched) == Some(&byte) => self.matched += 1,
            _ => self.matched = usize::from(CLAIM.first() == Some(&byte)),
        }
        if self.matched == CLAIM.len() {
            self.matched = 0;
            self.number = Some(0);
        }
    }
}

impl std::io::Write for Scan {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        bytes.iter().for_each(|byte| self.byte(*byte));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
