//! The PDF. What its pages say is tested beside the typesetter in `src/pdf`.

use crate::support;
use letter::{Lang, Stamp, pdf};

fn stamp() -> Stamp {
    Stamp {
        frozen_at: "2026-12-14T09:00:00Z".parse().unwrap(),
    }
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

#[test]
fn the_pdf_claims_ua_1_and_is_the_same_every_time() {
    let bytes = pdf(&support::letter(), Lang::Nl, stamp()).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"));
    assert!(holds(&bytes, "<pdfuaid:part>1</pdfuaid:part>"));
    assert!(holds(&bytes, "/Lang(nl"));
    assert!(holds(&bytes, "/StructTreeRoot"));
    assert!(holds(&bytes, "2026-12-14T09:00:00"));
    assert!(
        bytes == pdf(&support::letter(), Lang::Nl, stamp()).unwrap(),
        "the same letter gave other bytes"
    );
    let later = Stamp {
        frozen_at: "2026-12-14T09:00:01Z".parse().unwrap(),
    };
    assert!(bytes != pdf(&support::letter(), Lang::Nl, later).unwrap());
}

#[test]
fn the_english_preview_is_a_pdf_too() {
    let bytes = pdf(&support::corrected(), Lang::En, stamp()).unwrap();
    assert!(holds(&bytes, "/Lang(en"));
}

#[test]
fn hundreds_of_footnotes_stay_a_tagged_pdf() {
    let mut letter = support::letter();
    let mut paragraph = letter::model::Paragraph::plain("Een zin");
    for n in 0..400 {
        let note = letter::model::Note::words(format!("Voetnoot {n} [met] <haken> & tekens"));
        paragraph = paragraph.note(note).then(" en verder");
    }
    letter.reading_guide = vec![paragraph];
    let bytes = pdf(&letter, Lang::Nl, stamp()).unwrap();
    assert!(holds(&bytes, "<pdfuaid:part>1</pdfuaid:part>"));
}
