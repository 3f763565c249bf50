//! The figures block.

use super::blocks::{Block, CellKind, Column, Fact, Marked, Piece, TableCell, TableRow};
use super::writer::Writer;
use crate::model::{Cell, Figure, PictureKind, Row};
use crate::phrases::Lang;
use crate::svg;

pub(super) fn figures(figures: &[Figure], writer: &mut Writer) {
    if figures.is_empty() {
        return;
    }
    let phrases = writer.phrases;
    writer.heading(2, "cijfers", vec![Piece::fixed(phrases.figures)]);
    writer.push(Block::Paragraph {
        pieces: vec![Piece::fixed(phrases.figures_intro)],
    });
    let mut pictures = 0;
    for (n, figure) in (1..).zip(figures) {
        writer.heading(3, &format!("cijfer-{n}"), vec![Piece::own(&figure.title)]);
        if figure.picture.is_some() {
            pictures += 1;
            picture(figure, pictures, writer);
        }
        let drawn = figure.picture.is_some().then_some(pictures);
        table(figure, n, drawn, writer);
        facts(figure, writer);
    }
}

fn picture(figure: &Figure, number: usize, writer: &mut Writer) {
    let (lang, phrases) = (writer.lang, writer.phrases);
    let Some(picture) = &figure.picture else {
        return;
    };
    let id = format!("figuur-{number}");
    let numbers = |row: &Row| row.cells.iter().all(|cell| cell.value().is_some());
    let description = crate::clean(&picture.description);
    let gaps = match picture.kind {
        PictureKind::Map if !svg::is_whole(figure) => Some(phrases.no_number_on_map),
        PictureKind::Bar | PictureKind::Line if !figure.rows.iter().all(numbers) => {
            Some(phrases.not_drawn)
        }
        _ => None,
    };
    let alt = gaps.map_or_else(
        || description.clone(),
        |gaps| format!("{description} {gaps}"),
    );
    let svg = svg::draw(figure, picture.kind, &id, &alt, lang);
    let caption = vec![
        Piece::fixed(format!("{} {number}. ", phrases.picture_of)),
        Piece::own(&figure.title),
    ];
    writer.push(Block::Picture {
        id,
        caption,
        alt,
        svg,
    });
}

fn table(figure: &Figure, number: usize, drawn: Option<usize>, writer: &mut Writer) {
    let (lang, phrases) = (writer.lang, writer.phrases);
    let first = Column {
        heading: Marked::own(&figure.row_label),
        numeric: false,
        share: 3,
    };
    let numbers = figure.columns.iter().map(|name| Column {
        heading: Marked::own(name),
        numeric: true,
        share: 2,
    });
    let columns = std::iter::once(first).chain(numbers).collect();
    let rows = figure.rows.iter().map(|row| table_row(row, lang)).collect();
    let mut notes = Vec::new();
    if figure.has_suppressed() {
        notes.push(Marked::fixed(phrases.suppressed_explained));
    }
    for row in &figure.rows {
        if let Some(reason) = &row.break_before {
            let (label, reason) = (crate::clean(&row.label), crate::clean(reason));
            notes.push(Marked::fixed(format!(
                "{} {label}: {reason}",
                phrases.break_in_series
            )));
        }
    }
    let unit = crate::clean(figure.unit.words());
    let mut caption = vec![Piece::fixed(format!("{} {number}. ", phrases.table_of))];
    match drawn {
        Some(picture) => caption.push(Piece::fixed(lang.numbers_of_picture(picture))),
        None => caption.push(Piece::own(&figure.title)),
    }
    caption.extend([Piece::fixed(" ("), Piece::own(&unit), Piece::fixed(")")]);
    writer.table(&format!("tabel-{number}"), caption, columns, rows, notes);
}

fn table_row(row: &Row, lang: Lang) -> TableRow {
    let label = TableCell::words(Marked::own(&row.label));
    let cells = row.cells.iter().map(|cell| match cell {
        Cell::Value(number) => TableCell {
            text: Marked::fixed(lang.number(*number)),
            kind: CellKind::Number,
        },
        Cell::Suppressed => TableCell {
            text: Marked::fixed(lang.phrases().suppressed),
            kind: CellKind::Suppressed,
        },
        Cell::Text(words) => TableCell::words(Marked::own(words)),
    });
    TableRow {
        cells: std::iter::once(label).chain(cells).collect(),
        total: row.total,
    }
}

fn facts(figure: &Figure, writer: &mut Writer) {
    let (lang, phrases) = (writer.lang, writer.phrases);
    let own_or_missing = |text: &str| match crate::clean(text) {
        empty if empty.is_empty() => Marked::fixed(phrases.missing),
        text => Marked { text, own: true },
    };
    let date = figure
        .reference_date
        .map_or_else(|| phrases.missing.to_owned(), |date| lang.date(date));
    let items = [
        (phrases.definition, own_or_missing(&figure.definition)),
        (phrases.unit, own_or_missing(figure.unit.words())),
        (phrases.source, own_or_missing(&figure.source)),
        (phrases.reference_date, Marked::fixed(date)),
    ];
    let items = items.into_iter().map(|(term, meaning)| Fact {
        term: Marked::fixed(term),
        meaning,
    });
    writer.push(Block::Facts {
        items: items.collect(),
    });
}
