//! Bytes into text: UTF-8 with or without a mark, UTF-16 with a mark, Windows-1252 as older Dutch programs write it.

use std::borrow::Cow;

use crate::error::{Encodings, FileError, Found};
use crate::noted::Noted;

/// Text, what it was before, and whether the file ends in the middle of a character.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) note: Option<Noted>,
    pub(crate) cut_off: bool,
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, FileError> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8_or_1252(rest),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => utf8_or_1252(bytes),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Decoded<'_>, FileError> {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    let mut text = String::with_capacity(bytes.len() / 2);
    for decoded in char::decode_utf16(units) {
        match decoded {
            Ok('\0') => {
                return Err(FileError::UnknownFormat { found: Found::Nul });
            }
            Ok(c) => text.push(c),
            Err(_) => {
                return Err(FileError::Encoding {
                    line: lines(text.as_bytes()),
                    expected: Encodings::Utf16,
                });
            }
        }
    }
    Ok(Decoded {
        text: Cow::Owned(text),
        note: Some(Noted::Utf16),
        cut_off: !bytes.len().is_multiple_of(2),
    })
}

fn utf8_or_1252(bytes: &[u8]) -> Result<Decoded<'_>, FileError> {
    if bytes.contains(&0) {
        return Err(FileError::UnknownFormat { found: Found::Nul });
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => {
            return Ok(Decoded {
                text: Cow::Borrowed(text),
                note: None,
                cut_off: false,
            });
        }
        Err(error) => error,
    };
    let (sound, rest) = bytes.split_at(error.valid_up_to());
    let sound = str::from_utf8(sound).unwrap_or_default();
    if error.error_len().is_none() && !sound.is_ascii() {
        // A character begun and not ended, in a file that is UTF-8 up to there: the end is missing.
        return Ok(Decoded {
            text: Cow::Borrowed(sound),
            note: None,
            cut_off: true,
        });
    }
    if !sound.is_ascii() || has_utf8_pairs(rest) {
        // Reading all of it as Windows-1252 would turn the sound characters into rubbish.
        return Err(FileError::Encoding {
            line: lines(sound.as_bytes()),
            expected: Encodings::Utf8,
        });
    }
    let text: Option<String> = bytes.iter().map(|byte| windows_1252(*byte)).collect();
    match text {
        Some(text) => Ok(Decoded {
            text: Cow::Owned(text),
            note: Some(Noted::Windows1252),
            cut_off: false,
        }),
        None => Err(FileError::Encoding {
            line: lines(sound.as_bytes()),
            expected: Encodings::Utf8Or1252,
        }),
    }
}

/// Whether a two-byte UTF-8 character of Latin script is in here; as Windows-1252 it would be `Ã` or `Â` with a symbol.
fn has_utf8_pairs(bytes: &[u8]) -> bool {
    bytes
        .windows(2)
        .any(|pair| matches!(pair, [0xc2..=0xc5, 0x80..=0xbf]))
}

/// The line in which the text ends, from 1.
fn lines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64 + 1
}

/// Windows-1252; the five bytes that it leaves open give nothing.
fn windows_1252(byte: u8) -> Option<char> {
    const HIGH: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0',
        '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => Some(HIGH[usize::from(byte - 0x80)]).filter(|c| *c != '\0'),
        _ => Some(char::from(byte)),
    }
}
