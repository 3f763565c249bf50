//! The letter for Word: the package and what is in it, read as Word reads it.

use crate::support;
use letter::{Lang, LetterError, Stamp, docx};
use std::io::{Cursor, Read};

fn stamp() -> Stamp {
    Stamp {
        frozen_at: "2026-12-14T09:00:00.123Z".parse().unwrap(),
    }
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    let mut file = package.by_name(name).unwrap();
    file.read_to_string(&mut text).unwrap();
    text
}

fn times(text: &str, what: &str) -> usize {
    text.matches(what).count()
}

#[test]
fn the_same_letter_gives_the_same_bytes_with_fixed_dates() {
    let bytes = docx(&support::letter(), Lang::Nl, stamp()).unwrap();
    assert!(bytes == docx(&support::letter(), Lang::Nl, stamp()).unwrap());
    let mut package = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    for n in 0..package.len() {
        let file = package.by_index(n).unwrap();
        assert_eq!(
            file.last_modified(),
            Some(zip::DateTime::default()),
            "{}",
            file.name().unwrap()
        );
        assert_eq!(
            file.compression(),
            zip::CompressionMethod::Stored,
            "{}",
            file.name().unwrap()
        );
    }
}

#[test]
fn headings_tables_footnotes_and_pictures_are_what_word_calls_them() {
    let letter = support::letter();
    let bytes = docx(&letter, Lang::Nl, stamp()).unwrap();
    let text = part(&bytes, "word/document.xml");
    let notes = part(&bytes, "word/footnotes.xml");
    assert_eq!(times(&text, "w:val=\"Heading1\""), 1);
    assert!(times(&text, "w:val=\"Heading2\"") >= 4);
    assert_eq!(times(&text, "<w:tbl>"), times(&text, "<w:tblHeader/>"));
    assert_eq!(times(&text, "<w:tbl>"), times(&text, "<w:tblCaption "));
    let marks = times(&text, "<w:footnoteReference ");
    assert!(marks > 2);
    assert_eq!(marks + 2, times(&notes, "<w:footnote "));
    let drawn = letter
        .figures
        .iter()
        .filter(|f| f.picture.is_some())
        .count();
    assert_eq!(times(&text, "<w:drawing>"), drawn);
    assert!(text.contains("descr=\"De lijn daalt van 1.311 in 2019"));
    assert!(part(&bytes, "word/styles.xml").contains("w:lang w:val=\"nl-NL\""));
    let core = part(&bytes, "docProps/core.xml");
    assert!(
        core.contains(
            "<dc:title>[verzonnen] Voortgang actieplan Samen tegen mensenhandel</dc:title>"
        )
    );
    assert!(core.contains("2026-12-14T09:00:00Z"));
}

#[test]
fn a_hidden_number_is_not_in_the_file_and_markup_stays_text() {
    let mut letter = support::letter();
    letter.opening = vec!["</w:t><w:br/>\u{1} & \"aanhaling\"".into()];
    let bytes = docx(&letter, Lang::Nl, stamp()).unwrap();
    let text = part(&bytes, "word/document.xml");
    assert!(text.contains("&lt;/w:t&gt;&lt;w:br/&gt;"));
    assert!(text.contains("<w:i/></w:rPr><w:t xml:space=\"preserve\">afgeschermd</w:t>"));
}

#[test]
fn words_by_people_stay_dutch_in_the_english_preview() {
    let bytes = docx(&support::corrected(), Lang::En, stamp()).unwrap();
    let text = part(&bytes, "word/document.xml");
    assert!(part(&bytes, "word/styles.xml").contains("w:lang w:val=\"en-GB\""));
    assert!(text.contains("<w:lang w:val=\"nl-NL\"/></w:rPr><w:t xml:space=\"preserve\">Mensenhandel is een ernstig misdrijf."));
}

#[test]
fn a_letter_with_faults_does_not_leave_as_a_file() {
    let mut letter = support::letter();
    letter.figures[0].source.clear();
    assert!(matches!(
        docx(&letter, Lang::Nl, stamp()),
        Err(LetterError::Faults(_))
    ));
}
