//! From a letter to a document: what is said, in which order, independent of how it is printed.

mod annex;
mod blocks;
mod figures;
mod writer;

pub use blocks::{
    Block, CellKind, Column, Document, Fact, Marked, NoticeKind, Part, Piece, Table, TableCell,
    TableRow,
};

use crate::check::{Faults, check};
use crate::model::{Letter, Signatory, Subject};
use crate::phrases::Lang;
use writer::Writer;

/// Puts the letter in order as a document in the given language.
///
/// A letter with faults still becomes a document, so that its editor can see it; it then begins with a notice that lists them.
#[must_use]
pub fn compose(letter: &Letter, lang: Lang) -> Document {
    let mut writer = Writer::new(lang);
    notices(letter, check(letter), &mut writer);
    introduction(letter, &mut writer);
    lines(letter, &mut writer);
    subjects(letter, &mut writer);
    signature(&letter.head.signatory, &mut writer);
    annex::list(letter, &mut writer);
    figures::figures(&letter.figures, &mut writer);
    errata(letter, &mut writer);
    let front = Part {
        landscape: false,
        blocks: writer.take(),
    };
    annex::annex(letter, &mut writer);
    let wide = Part {
        landscape: true,
        blocks: writer.take(),
    };
    Document {
        lang,
        title: crate::clean(&letter.head.subject),
        edition: crate::clean(&letter.edition),
        author: crate::clean(&letter.head.signatory.office),
        made_up: letter.made_up,
        running_head: format!(
            "{} {}",
            crate::clean(&letter.head.dossier),
            crate::clean(&letter.head.dossier_title)
        ),
        date: letter.head.date,
        parts: vec![front, wide],
    }
}

fn notices(letter: &Letter, checked: Result<(), Faults>, writer: &mut Writer) {
    let phrases = writer.phrases;
    if let Err(Faults(faults)) = checked {
        let lang = writer.lang;
        let items = faults
            .iter()
            .map(|fault| format!("{}: {}", fault.place(), fault.explain(lang)));
        writer.notice(NoticeKind::Draft, phrases.draft, items.collect());
    }
    if letter.made_up {
        writer.notice(NoticeKind::MadeUp, phrases.made_up, Vec::new());
    }
    if writer.lang == Lang::En {
        writer.notice(NoticeKind::Courtesy, phrases.courtesy, Vec::new());
    }
    if !letter.errata.is_empty() {
        writer.notice(NoticeKind::Corrected, phrases.corrected, Vec::new());
    }
    let head = &letter.head;
    let number = head
        .number
        .map_or_else(|| "…".to_owned(), |number| number.to_string());
    writer.push(Block::Head {
        dossier: Marked::own(&head.dossier),
        dossier_title: Marked::own(&head.dossier_title),
        number: Marked::own(&format!("Nr. {number}")),
        kind: Marked::own(&head.kind()),
        addressee: Marked::own(&head.addressee),
        place_and_date: Marked::fixed(format!(
            "{}, {}",
            crate::clean(&head.place),
            writer.lang.date(head.date)
        )),
        edition: Marked::fixed(format!(
            "{} {}",
            phrases.edition,
            crate::clean(&letter.edition)
        )),
        subject: Marked::own(&head.subject),
    });
}

fn introduction(letter: &Letter, writer: &mut Writer) {
    let (lang, phrases) = (writer.lang, writer.phrases);
    writer.heading(2, "inleiding", vec![Piece::fixed(phrases.introduction)]);
    for paragraph in letter.opening.iter().chain(&letter.programme) {
        writer.paragraph(paragraph);
    }
    let mut promise = Vec::new();
    if let Some(previous) = &letter.previous {
        promise.push(Piece::fixed(lang.previous(previous.date)));
        promise.push(writer.footnote(Marked::own(&lang.reference(&previous.reference))));
        promise.push(Piece::fixed(" "));
    }
    promise.push(Piece::fixed(lang.cycle(letter.cycle)));
    if !letter.co_signatories.is_empty() {
        let the = phrases.signed.to_lowercase();
        let offices = letter
            .co_signatories
            .iter()
            .map(|who| format!("{the} {}", crate::clean(&who.office)));
        promise.push(Piece::fixed(format!(
            " {}",
            lang.on_behalf(&offices.collect::<Vec<_>>())
        )));
    }
    writer.push(Block::Paragraph { pieces: promise });
    if letter.reading_guide.is_empty() {
        writer.push(Block::Paragraph {
            pieces: vec![Piece::fixed(phrases.reading_guide)],
        });
    }
    for paragraph in &letter.reading_guide {
        writer.paragraph(paragraph);
    }
}

fn lines(letter: &Letter, writer: &mut Writer) {
    let phrases = writer.phrases;
    writer.heading(2, "actielijnen", vec![Piece::fixed(phrases.lines)]);
    for line in &letter.lines {
        let label = format!("{} {}: ", phrases.line, line.number);
        let heading = vec![Piece::fixed(label), Piece::own(&line.heading)];
        writer.heading(3, &format!("actielijn-{}", line.number), heading);
        if !crate::clean(&line.goal).is_empty() {
            writer.push(Block::Goal {
                label: Marked::fixed(phrases.goal),
                text: Marked::own(&line.goal),
            });
        }
        if line.highlights.is_empty() {
            writer.push(Block::Paragraph {
                pieces: vec![Piece::fixed(phrases.no_highlights)],
            });
        }
        for paragraph in &line.highlights {
            writer.paragraph(paragraph);
        }
    }
}

fn subjects(letter: &Letter, writer: &mut Writer) {
    let phrases = writer.phrases;
    if letter.subjects.is_empty() && letter.commitments.is_empty() {
        return;
    }
    writer.heading(
        2,
        "andere-onderwerpen",
        vec![Piece::fixed(phrases.subjects)],
    );
    writer.push(Block::Paragraph {
        pieces: vec![Piece::fixed(phrases.subjects_intro)],
    });
    for (
        n,
        Subject {
            heading,
            paragraphs,
        },
    ) in (1..).zip(&letter.subjects)
    {
        writer.heading(3, &format!("onderwerp-{n}"), vec![Piece::own(heading)]);
        for paragraph in paragraphs {
            writer.paragraph(paragraph);
        }
    }
    if !letter.commitments.is_empty() {
        commitments(letter, writer);
    }
}

fn commitments(letter: &Letter, writer: &mut Writer) {
    let (lang, phrases) = (writer.lang, writer.phrases);
    writer.heading(3, "afgedaan", vec![Piece::fixed(phrases.commitments)]);
    let rows = letter.commitments.iter().map(|commitment| {
        TableRow::plain(vec![
            Marked::fixed(lang.commitment(commitment.kind)).into(),
            Marked::own(&commitment.text).into(),
            Marked::own(&lang.reference(&commitment.reference)).into(),
            Marked::own(&commitment.closed_by).into(),
        ])
    });
    let rows = rows.collect();
    let columns = Column::words(&phrases.commitment_columns, &[2, 5, 4, 5]);
    writer.table(
        "tabel-afgedaan",
        vec![Piece::fixed(phrases.commitments_caption)],
        columns,
        rows,
        Vec::new(),
    );
}

fn signature(who: &Signatory, writer: &mut Writer) {
    writer.push(Block::Signature {
        office: vec![
            Piece::fixed(format!("{} ", writer.phrases.signed)),
            Piece::own(&who.office),
        ],
        name: who.name.as_deref().map(Marked::own),
    });
}

fn errata(letter: &Letter, writer: &mut Writer) {
    if letter.errata.is_empty() {
        return;
    }
    let phrases = writer.phrases;
    writer.heading(2, "verbeteringen", vec![Piece::fixed(phrases.errata)]);
    writer.push(Block::Paragraph {
        pieces: vec![Piece::fixed(phrases.errata_intro)],
    });
    let rows = letter.errata.iter().map(|erratum| {
        TableRow::plain(vec![
            TableCell::date(erratum.date),
            Marked::own(&erratum.place).into(),
            Marked::own(&erratum.was).into(),
            Marked::own(&erratum.becomes).into(),
            Marked::own(&erratum.reason).into(),
        ])
    });
    let rows = rows.collect();
    let columns = Column::words(&phrases.erratum_columns, &[3, 4, 4, 4, 5]);
    writer.table(
        "tabel-verbeteringen",
        vec![Piece::fixed(format!(
            "{} {}",
            phrases.errata_caption,
            crate::clean(&letter.edition)
        ))],
        columns,
        rows,
        Vec::new(),
    );
}
