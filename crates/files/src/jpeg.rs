//! JPEG (ISO/IEC 10918-1): segments, and between them the picture's own data.

use domain::attachment::FileFault;

use crate::walk::{Fate, Held, pass};

const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
const JFIF: u8 = 0xE0;
const ADOBE: u8 = 0xEE;

#[derive(Debug, Default)]
pub(crate) struct Jpeg {
    held: Held,
    at: At,
    scanned: bool,
}

#[derive(Debug, Default)]
enum At {
    #[default]
    Start,
    /// A marker must come: `FF`, as often as it likes, and then its code.
    Marker,
    Code,
    Length {
        code: u8,
    },
    /// The first bytes of a segment of which only those may stay.
    Head {
        code: u8,
        left: u64,
    },
    Segment {
        left: u64,
        fate: Fate,
        then_data: bool,
    },
    /// The picture's data, up to a marker.
    Data,
    /// `FF` within the data: a byte that is escaped, a restart, or a marker.
    DataCode,
    Behind,
}

impl Jpeg {
    pub(crate) fn push(&mut self, mut bytes: &[u8], out: &mut Vec<u8>) -> Result<(), FileFault> {
        while !bytes.is_empty() {
            match &self.at {
                At::Start => {
                    if let Some(start) = self.held.gather(2, &mut bytes) {
                        out.extend_from_slice(&start);
                        self.at = At::Marker;
                    }
                }
                At::Marker => match next(&mut bytes) {
                    Some(0xFF) => self.at = At::Code,
                    _ => return Err(FileFault::Damaged),
                },
                At::Code => self.code(next(&mut bytes), out)?,
                At::Length { code } => {
                    let code = *code;
                    if let Some(length) = self.held.gather(2, &mut bytes) {
                        self.segment(code, &length, out)?;
                    }
                }
                At::Head { code, left } => {
                    let (code, left) = (*code, *left);
                    if let Some(head) = self.held.gather(head_of(code), &mut bytes) {
                        shortened(code, &head, out);
                        self.rest(left);
                    }
                }
                At::Segment {
                    left,
                    fate,
                    then_data,
                } => {
                    let (fate, then_data) = (*fate, *then_data);
                    let left = pass(*left, fate, &mut bytes, out);
                    self.at = match left {
                        0 if then_data => At::Data,
                        0 => At::Marker,
                        left => At::Segment {
                            left,
                            fate,
                            then_data,
                        },
                    };
                }
                At::Data => {
                    let end = bytes.iter().position(|byte| *byte == 0xFF);
                    let (data, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
                    out.extend_from_slice(data);
                    bytes = rest;
                    if next(&mut bytes).is_some() {
                        self.at = At::DataCode;
                    }
                }
                At::DataCode => self.data_code(next(&mut bytes), out)?,
                At::Behind => return Ok(()),
            }
        }
        Ok(())
    }

    /// After `FF` within the picture's data.
    fn data_code(&mut self, code: Option<u8>, out: &mut Vec<u8>) -> Result<(), FileFault> {
        match code {
            Some(code @ (0x00 | 0xD0..=0xD7)) => {
                out.extend_from_slice(&[0xFF, code]);
                self.at = At::Data;
                Ok(())
            }
            other => self.code(other, out),
        }
    }

    /// After `FF` between segments.
    fn code(&mut self, code: Option<u8>, out: &mut Vec<u8>) -> Result<(), FileFault> {
        match code {
            Some(0xFF) => self.at = At::Code,
            Some(END) => {
                out.extend_from_slice(&[0xFF, END]);
                self.at = At::Behind;
            }
            // Codes without a length have no place here; a second start is another file.
            None | Some(0x00 | 0x01 | 0xD0..=START) => return Err(FileFault::Damaged),
            Some(code) => self.at = At::Length { code },
        }
        Ok(())
    }

    fn segment(&mut self, code: u8, length: &[u8], out: &mut Vec<u8>) -> Result<(), FileFault> {
        let [a, b] = length else {
            return Err(FileFault::Damaged);
        };
        // The length counts itself.
        let left = u64::from(u16::from_be_bytes([*a, *b]))
            .checked_sub(2)
            .ok_or(FileFault::Damaged)?;
        if is_needed(code) {
            self.scanned |= code == SCAN;
            out.extend_from_slice(&[0xFF, code, *a, *b]);
            self.at = At::Segment {
                left,
                fate: Fate::Keep,
                then_data: code == SCAN,
            };
            // A segment without content has ended already.
            if left == 0 {
                self.at = if code == SCAN { At::Data } else { At::Marker };
            }
            return Ok(());
        }
        let head = u64::try_from(head_of(code)).unwrap_or(0);
        match (code, left.checked_sub(head)) {
            (JFIF | ADOBE, Some(left)) => self.at = At::Head { code, left },
            _ => self.rest(left),
        }
        Ok(())
    }

    /// What is left of a segment goes.
    fn rest(&mut self, left: u64) {
        self.at = match left {
            0 => At::Marker,
            left => At::Segment {
                left,
                fate: Fate::Drop,
                then_data: false,
            },
        };
    }

    pub(crate) fn is_whole(&self) -> bool {
        matches!(self.at, At::Behind) && self.scanned
    }
}

fn next(bytes: &mut &[u8]) -> Option<u8> {
    let (first, rest) = bytes.split_first()?;
    *bytes = rest;
    Some(*first)
}

/// Frames, tables, scans, restart intervals: what the picture is made of.
fn is_needed(code: u8) -> bool {
    matches!(code, 0xC0..=0xC7 | 0xC9..=0xCF | 0xDA..=0xDD)
}

/// How many first bytes of a segment tell how the picture is to be shown.
fn head_of(code: u8) -> usize {
    match code {
        JFIF => 14,
        ADOBE => 12,
        _ => 0,
    }
}

/// The version and density of JFIF without its thumbnail; the colour transform of Adobe. Anything else under these codes goes.
fn shortened(code: u8, head: &[u8], out: &mut Vec<u8>) {
    match (code, head.get(..12)) {
        (JFIF, Some(told)) if told.starts_with(b"JFIF\0") => {
            out.extend_from_slice(&[0xFF, JFIF, 0, 16]);
            out.extend_from_slice(told);
            out.extend_from_slice(&[0, 0]);
        }
        (ADOBE, Some(told)) if told.starts_with(b"Adobe") => {
            out.extend_from_slice(&[0xFF, ADOBE, 0, 14]);
            out.extend_from_slice(told);
        }
        _ => {}
    }
}
