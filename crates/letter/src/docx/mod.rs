//! The document as DOCX (Office Open XML, ISO/IEC 29500 transitional), for Word and LibreOffice.
//!
//! Written with our own few elements: headings, lists and captions are styles, tables repeat their head, footnotes are real ones, pictures
//! carry their description, and every run of words has a language. Pictures are pixels and not SVG: what Word draws of an SVG differs by
//! version (it knows no patterns) and older versions draw nothing. The table under each picture has the numbers.
//!
//! The parts are stored without compression and dated 1 January 1980, so that the same letter gives the same bytes whichever version of a
//! compressor was built in.

mod body;
mod fixed;
mod picture;
mod xml;

use crate::check::check;
use crate::compose::{Document, compose};
use crate::model::Letter;
use crate::pdf::{LetterError, Stamp};
use crate::phrases::Lang;
use body::Body;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Media type of the bytes.
pub const DOCX_MEDIA_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The letter as DOCX.
///
/// # Errors
/// [`LetterError::Faults`] when [`check`] finds any, [`LetterError::Word`] when a picture or the package could not be made.
pub fn docx(letter: &Letter, lang: Lang, stamp: Stamp) -> Result<Vec<u8>, LetterError> {
    check(letter)?;
    let document = compose(letter, lang);
    let body = body::write(&document)?;
    package(&document, &body, stamp)
}

fn package(document: &Document, body: &Body, stamp: Stamp) -> Result<Vec<u8>, LetterError> {
    let mut parts: Vec<(String, Vec<u8>)> = [
        ("[Content_Types].xml", fixed::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", fixed::ROOT_RELATIONS.to_owned()),
        ("docProps/app.xml", fixed::APP.to_owned()),
        ("docProps/core.xml", fixed::core(document, stamp)),
        ("word/document.xml", body.document.clone()),
        ("word/footnotes.xml", body.footnotes.clone()),
        ("word/styles.xml", fixed::styles(document.lang)),
        ("word/numbering.xml", fixed::NUMBERING.to_owned()),
        ("word/settings.xml", fixed::settings(document.lang)),
        ("word/header1.xml", fixed::header(document)),
        ("word/footer1.xml", fixed::footer(document)),
        (
            "word/_rels/document.xml.rels",
            fixed::relations(body.pictures.len()),
        ),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text.into_bytes()))
    .collect();
    let pictures = (1..).zip(&body.pictures);
    parts.extend(pictures.map(|(n, png)| (format!("word/media/image{n}.png"), png.clone())));
    pack(&parts).map_err(|error| LetterError::Word(error.to_string()))
}

fn pack(parts: &[(String, Vec<u8>)]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default());
    for (name, bytes) in parts {
        writer.start_file(name.as_str(), stored)?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}
