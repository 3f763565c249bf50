//! What a file is, from its first bytes.

use domain::attachment::{FileFault, FileKind};

/// So many bytes tell what a file is.
pub(crate) const ENOUGH: usize = 64;

/// Recognises a file. What is nothing else is plain text; the walk over it says whether that is true.
pub(crate) fn recognise(begin: &[u8]) -> Result<FileKind, FileFault> {
    let at = |from: usize, bytes: &[u8]| begin.get(from..).is_some_and(|b| b.starts_with(bytes));
    Ok(if at(0, b"\xFF\xD8\xFF") {
        FileKind::Jpeg
    } else if at(0, b"\x89PNG\r\n\x1A\n") {
        FileKind::Png
    } else if at(0, b"RIFF") && at(8, b"WEBP") {
        FileKind::Webp
    } else if at(0, b"RIFF") && at(8, b"WAVE") {
        FileKind::Wav
    } else if at(0, b"RIFF") && at(8, b"AVI ") {
        FileKind::Avi
    } else if at(0, b"%PDF-") {
        FileKind::Pdf
    } else if at(0, b"PK\x03\x04") {
        // Which of them, and whether it is one at all, the walk over it tells.
        FileKind::Docx
    } else if at(4, b"ftyp") {
        return media(begin.get(8..12).unwrap_or_default());
    } else if at(0, b"\x1A\x45\xDF\xA3") {
        match begin.windows(4).any(|four| four == b"webm") {
            true => FileKind::Webm,
            false => FileKind::Mkv,
        }
    } else if at(0, b"OggS") {
        FileKind::Ogg
    } else if at(0, b"fLaC") {
        FileKind::Flac
    } else if at(0, b"#!AMR") {
        FileKind::Amr
    } else if at(0, b"ID3") || is_mpeg_audio(begin) {
        FileKind::Mp3
    } else if at(0, b"\xFF\xF1") || at(0, b"\xFF\xF9") {
        FileKind::Aac
    } else {
        FileKind::Text
    })
}

/// A frame of MPEG 1 or 2, layer III.
fn is_mpeg_audio(begin: &[u8]) -> bool {
    matches!(begin, [0xFF, 0xFB | 0xFA | 0xF3 | 0xF2, ..])
}

/// Files of the ISO base media format name their brand.
fn media(brand: &[u8]) -> Result<FileKind, FileFault> {
    match brand {
        b"qt  " => Ok(FileKind::Mov),
        b"M4A " | b"M4B " => Ok(FileKind::M4a),
        [b'3', b'g', b'p' | b'2' | b'r' | b's' | b'g', _] => Ok(FileKind::ThreeGp),
        b"isom" | b"iso2" | b"iso3" | b"iso4" | b"iso5" | b"iso6" | b"iso7" | b"iso8" | b"iso9"
        | b"mp41" | b"mp42" | b"mp71" | b"avc1" | b"M4V " | b"M4VH" | b"M4VP" | b"MSNV"
        | b"dash" | b"mmp4" | b"F4V " | b"f4v " => Ok(FileKind::Mp4),
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"mif2" | b"msf1"
        | b"avif" | b"avis" => Err(FileFault::UncleanablePhoto),
        _ => Err(FileFault::UnknownKind),
    }
}
