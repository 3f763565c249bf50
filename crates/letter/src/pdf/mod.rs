//! The document as an accessible PDF (PDF/UA-1), set by Typst.
//!
//! The template is fixed source; the letter reaches it as JSON data in a virtual file. So no text can become markup, whatever it says.

mod fit;
mod fonts;
mod world;

use crate::check::{Faults, check};
use crate::compose::{Document, compose};
use crate::model::Letter;
use crate::phrases::Lang;
use fonts::Cover;
use serde::Serialize;
use serde_json::Value;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Datetime, Smart};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use world::LetterWorld;

/// The moment written into a file. Same letter, same stamp: same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// When the edition was frozen.
    pub frozen_at: jiff::Timestamp,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// The letter has faults; a draft is previewed as HTML.
    #[error(transparent)]
    Faults(#[from] Faults),
    /// The letter could not be handed to the typesetter.
    #[error("the letter could not be written as data for the typesetter: {0}")]
    Data(#[from] serde_json::Error),
    /// The typesetter refused. Not the writer's mistake: a fault in our template or its fonts.
    #[error("the typesetter refused the letter: {0}; report this with the edition's name")]
    Typesetter(String),
    /// The file for Word could not be made. Not the writer's mistake.
    #[error("the letter could not be written for Word: {0}; report this with the edition's name")]
    Word(String),
}

/// The letter as PDF/UA-1.
///
/// # Errors
/// [`LetterError::Faults`] when [`check`] finds any, [`LetterError::Typesetter`] when the PDF could not be made accessible.
pub fn pdf(letter: &Letter, lang: Lang, stamp: Stamp) -> Result<Vec<u8>, LetterError> {
    check(letter)?;
    let document = compose(letter, lang);
    let data = serde_json::to_value(Paper {
        words: words(lang),
        document: &document,
    })?;
    let ident = format!("samen letter {} {}", document.edition, lang.tag());
    // A mark without its letter may have no picture in any one font; then plain Latin with the code points of the rest is still readable.
    typeset(&data, Cover::AllFonts, &ident, stamp)
        .or_else(|_| typeset(&data, Cover::TextFont, &ident, stamp))
}

/// What the template reads.
#[derive(Serialize)]
struct Paper<'a> {
    words: Words,
    #[serde(flatten)]
    document: &'a Document,
}

/// What stands at the head and foot of each page.
#[derive(Serialize)]
struct Words {
    page: &'static str,
    of: &'static str,
    edition: &'static str,
    made_up: &'static str,
}

fn words(lang: Lang) -> Words {
    let phrases = lang.phrases();
    Words {
        page: phrases.page,
        of: phrases.page_of,
        edition: phrases.edition,
        made_up: phrases.made_up_short,
    }
}

fn world(data: &Value, cover: Cover) -> Result<LetterWorld, LetterError> {
    let mut data = data.clone();
    fit::fit(&mut data, cover);
    LetterWorld::new(serde_json::to_vec(&data)?)
        .map_err(|error| LetterError::Typesetter(error.to_string()))
}

fn typeset(data: &Value, cover: Cover, ident: &str, stamp: Stamp) -> Result<Vec<u8>, LetterError> {
    let world = world(data, cover)?;
    let Warned { output, .. } = typst::compile(&world);
    let bytes = output.and_then(|document| typst_pdf::pdf(&document, &options(ident, stamp)?));
    // What the typesetter remembers between runs would otherwise grow with every letter.
    typst::comemo::evict(4);
    bytes.map_err(|errors| LetterError::Typesetter(said(&errors)))
}

fn options(ident: &str, stamp: Stamp) -> Result<PdfOptions, typst::ecow::EcoVec<SourceDiagnostic>> {
    let detached = typst::syntax::Span::detached();
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| {
        typst::ecow::eco_vec![SourceDiagnostic::error(detached, error.message().clone())]
    })?;
    Ok(PdfOptions {
        ident: Smart::Custom(ident.to_owned()),
        creator: Smart::Custom(Some("Samen".to_owned())),
        timestamp: moment(stamp).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    })
}

fn moment(stamp: Stamp) -> Option<Datetime> {
    let at = stamp.frozen_at.to_zoned(jiff::tz::TimeZone::UTC);
    let part = |n: i8| u8::try_from(n).ok();
    Datetime::from_ymd_hms(
        i32::from(at.year()),
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
    )
}

fn said(errors: &[SourceDiagnostic]) -> String {
    errors
        .iter()
        .map(|error| error.message.as_str())
        .collect::<Vec<_>>()
        .join("; ")
}

#[cfg(test)]
mod tests;
