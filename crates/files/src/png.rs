//! PNG (ISO/IEC 15948): chunks of length, type, data and checksum.

use domain::attachment::FileFault;

use crate::walk::{Fate, Held, pass};

const SIGNATURE: usize = 8;

/// What is needed to show the picture, animated ones too (APNG). Not `iCCP`: a colour profile names a device.
const KEPT: [&[u8; 4]; 12] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"acTL",
    b"fcTL", b"fdAT",
];

#[derive(Debug, Default)]
pub(crate) struct Png {
    held: Held,
    at: At,
    first_seen: bool,
}

#[derive(Debug, Default)]
enum At {
    #[default]
    Signature,
    Header,
    Data {
        left: u64,
        fate: Fate,
        last: bool,
    },
    /// Behind the end nothing is kept.
    Behind,
}

impl Png {
    pub(crate) fn push(&mut self, mut bytes: &[u8], out: &mut Vec<u8>) -> Result<(), FileFault> {
        while !bytes.is_empty() {
            match &mut self.at {
                At::Signature => {
                    if let Some(signature) = self.held.gather(SIGNATURE, &mut bytes) {
                        out.extend_from_slice(&signature);
                        self.at = At::Header;
                    }
                }
                At::Header => {
                    if let Some(header) = self.held.gather(8, &mut bytes) {
                        self.chunk(&header, out)?;
                    }
                }
                At::Data { left, fate, last } => {
                    *left = pass(*left, *fate, &mut bytes, out);
                    if *left == 0 {
                        self.at = if *last { At::Behind } else { At::Header };
                    }
                }
                At::Behind => return Ok(()),
            }
        }
        Ok(())
    }

    fn chunk(&mut self, header: &[u8], out: &mut Vec<u8>) -> Result<(), FileFault> {
        let [a, b, c, d, name @ ..] = header else {
            return Err(FileFault::Damaged);
        };
        let first = name == b"IHDR";
        if first == self.first_seen {
            return Err(FileFault::Damaged);
        }
        self.first_seen = true;
        let keep = KEPT.iter().any(|kept| kept.as_slice() == name);
        if keep {
            out.extend_from_slice(header);
        }
        const CHECKSUM: u64 = 4;
        self.at = At::Data {
            left: u64::from(u32::from_be_bytes([*a, *b, *c, *d])) + CHECKSUM,
            fate: if keep { Fate::Keep } else { Fate::Drop },
            last: name == b"IEND",
        };
        Ok(())
    }

    pub(crate) fn is_whole(&self) -> bool {
        matches!(self.at, At::Behind)
    }
}
