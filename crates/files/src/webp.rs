//! WebP (RFC 9649): a RIFF file. Its length stands at its beginning and has gone out when a part is dropped; so a part
//! that may not stay becomes one of the same length that readers pass over, filled with zeros.

use domain::attachment::FileFault;

use crate::walk::{Fate, Held, pass};

/// Pictures, transparency, animation.
const KEPT: [&[u8; 4]; 4] = [b"VP8 ", b"VP8L", b"ALPH", b"ANIM"];
const FILLER: &[u8; 4] = b"JUNK";

/// Flags of an extended file that may stay: transparency and animation. Gone are those of colour profile, EXIF and XMP.
const FLAGS: u8 = 0b0001_0010;

/// What an animation frame says before its own parts begin.
const FRAME: u64 = 16;

#[derive(Debug, Default)]
pub(crate) struct Webp {
    held: Held,
    at: At,
    /// Bytes of the file still to come, as its beginning said.
    left: u64,
    pictures: bool,
}

#[derive(Debug, Default)]
enum At {
    #[default]
    Riff,
    Header,
    Extended,
    Data {
        left: u64,
        fate: Fate,
    },
    Behind,
}

impl Webp {
    pub(crate) fn push(&mut self, mut bytes: &[u8], out: &mut Vec<u8>) -> Result<(), FileFault> {
        while !bytes.is_empty() {
            match &mut self.at {
                At::Riff => {
                    if let Some(riff) = self.held.gather(12, &mut bytes) {
                        self.begin(&riff, out)?;
                    }
                }
                At::Header => {
                    if let Some(header) = self.held.gather(8, &mut bytes) {
                        self.chunk(&header, out)?;
                    }
                }
                At::Extended => {
                    if let Some(mut said) = self.held.gather(10, &mut bytes) {
                        if let Some(flags) = said.first_mut() {
                            *flags &= FLAGS;
                        }
                        out.extend_from_slice(&said);
                        self.next();
                    }
                }
                At::Data { left, fate } => {
                    *left = pass(*left, *fate, &mut bytes, out);
                    if *left == 0 {
                        self.next();
                    }
                }
                At::Behind => return Ok(()),
            }
        }
        Ok(())
    }

    fn begin(&mut self, riff: &[u8], out: &mut Vec<u8>) -> Result<(), FileFault> {
        let [_, _, _, _, a, b, c, d, ..] = riff else {
            return Err(FileFault::Damaged);
        };
        let size = u64::from(u32::from_le_bytes([*a, *b, *c, *d]));
        // `WEBP` itself is counted.
        self.left = size.checked_sub(4).ok_or(FileFault::Damaged)?;
        out.extend_from_slice(riff);
        self.next();
        Ok(())
    }

    fn next(&mut self) {
        self.at = if self.left == 0 {
            At::Behind
        } else {
            At::Header
        };
    }

    fn chunk(&mut self, header: &[u8], out: &mut Vec<u8>) -> Result<(), FileFault> {
        let [name @ .., a, b, c, d] = header else {
            return Err(FileFault::Damaged);
        };
        let size = u64::from(u32::from_le_bytes([*a, *b, *c, *d]));
        let picture = matches!(name, b"VP8 " | b"VP8L");
        if !self.pictures && !picture && name != b"VP8X" {
            return Err(FileFault::Damaged);
        }
        self.pictures = true;
        if name == b"VP8X" {
            self.take(8 + 10)?;
            out.extend_from_slice(header);
            self.at = At::Extended;
            return match size {
                10 => Ok(()),
                _ => Err(FileFault::Damaged),
            };
        }
        if name == b"ANMF" {
            // The parts of a frame follow its first bytes, and are walked over like any others.
            self.take(8 + FRAME)?;
            out.extend_from_slice(header);
            self.at = At::Data {
                left: FRAME,
                fate: Fate::Keep,
            };
            return Ok(());
        }
        let padded = size + size % 2;
        self.take(8 + padded)?;
        let keep = KEPT.iter().any(|kept| kept.as_slice() == name);
        out.extend_from_slice(if keep { name } else { FILLER });
        out.extend_from_slice(&[*a, *b, *c, *d]);
        self.at = At::Data {
            left: padded,
            fate: if keep { Fate::Keep } else { Fate::Blank },
        };
        if padded == 0 {
            self.next();
        }
        Ok(())
    }

    fn take(&mut self, bytes: u64) -> Result<(), FileFault> {
        self.left = self.left.checked_sub(bytes).ok_or(FileFault::Damaged)?;
        Ok(())
    }

    pub(crate) fn is_whole(&self) -> bool {
        matches!(self.at, At::Behind) && self.pictures
    }
}
