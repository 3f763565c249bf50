//! Annex 1 and the list of further annexes.

use super::blocks::{Block, Column, Marked, Piece, TableCell, TableRow};
use super::writer::Writer;
use crate::model::{Action, Letter, Line, Overdue, Status};
use crate::phrases::Lang;

pub(super) fn annex(letter: &Letter, writer: &mut Writer) {
    let (lang, phrases) = (writer.lang, writer.phrases);
    let title = format!("{} 1: {}", phrases.annex, phrases.annex_title);
    writer.heading(2, "bijlage-1", vec![Piece::fixed(title)]);
    let actions = &letter.annex.actions;
    let counts = [Status::Loopt, Status::Vertraagd, Status::Afgerond].map(|status| {
        actions
            .iter()
            .filter(|action| action.status == status)
            .count()
    });
    let counted = lang.actions_counted(letter.annex.as_of, actions.len(), counts);
    writer.push(Block::Paragraph {
        pieces: vec![Piece::fixed(counted)],
    });
    for line in &letter.lines {
        let of_line = actions
            .iter()
            .filter(|action| action.line == line.number)
            .collect::<Vec<_>>();
        if !of_line.is_empty() {
            line_table(line, &of_line, writer);
        }
    }
    let stray = actions
        .iter()
        .filter(|action| !letter.lines.iter().any(|line| line.number == action.line))
        .collect::<Vec<_>>();
    if !stray.is_empty() {
        let unknown = Line {
            number: 0,
            heading: String::new(),
            goal: String::new(),
            highlights: Vec::new(),
        };
        line_table(&unknown, &stray, writer);
    }
    overdue(letter, writer);
}

fn line_table(line: &Line, actions: &[&Action], writer: &mut Writer) {
    let (lang, phrases) = (writer.lang, writer.phrases);
    let label = format!("{} {}: ", phrases.line, line.number);
    let heading = vec![Piece::fixed(label), Piece::own(&line.heading)];
    writer.heading(3, &format!("bijlage-1-lijn-{}", line.number), heading);
    let caption = vec![Piece::fixed(
        lang.actions_of_line(line.number, actions.len()),
    )];
    let columns = Column::words(&phrases.action_columns, &[4, 16, 10, 15, 12, 9, 9, 17, 9]);
    let rows = actions.iter().map(|action| row(action, lang)).collect();
    writer.table(
        &format!("tabel-bijlage-1-{}", line.number),
        caption,
        columns,
        rows,
        Vec::new(),
    );
}

fn row(action: &Action, lang: Lang) -> TableRow {
    let join = |list: &[String]| {
        Marked::own(
            &list
                .iter()
                .map(|item| crate::clean(item))
                .collect::<Vec<_>>()
                .join(", "),
        )
    };
    let not_set = || Marked::fixed(lang.phrases().not_set).into();
    TableRow::plain(vec![
        Marked::own(&action.number).into(),
        Marked::own(&action.title).into(),
        Marked::own(&action.holder).into(),
        join(&action.involved).into(),
        join(&action.forms).into(),
        Marked::fixed(lang.status(action.status)).into(),
        TableCell::date(action.status_date),
        Marked::own(&action.intended_result).into(),
        action.end.map_or_else(not_set, TableCell::date),
    ])
}

/// What is missing, and what came and was not taken over yet: two things that a reader must not confuse.
fn overdue(letter: &Letter, writer: &mut Writer) {
    let (lang, phrases) = (writer.lang, writer.phrases);
    let title = |late: &Overdue| {
        let number = crate::clean(&late.number);
        format!("{number} {}", crate::clean(&late.title))
    };
    let all = letter.annex.overdue.iter();
    let missing = all.clone().filter(|late| late.sent.is_none());
    let missing = missing
        .map(|late| Marked::fixed(lang.overdue_item(&title(late), late.last_update)))
        .collect();
    let head = (phrases.overdue, phrases.overdue_intro);
    list_under(writer, "zonder-nieuws", head, missing);
    let sent = all
        .filter_map(|late| Some(Marked::fixed(lang.sent_item(&title(late), late.sent?))))
        .collect();
    let head = (phrases.sent, phrases.sent_intro);
    list_under(writer, "nog-niet-overgenomen", head, sent);
}

fn list_under(
    writer: &mut Writer,
    id: &'static str,
    (heading, intro): (&'static str, &'static str),
    items: Vec<Marked>,
) {
    if items.is_empty() {
        return;
    }
    writer.heading(3, id, vec![Piece::fixed(heading)]);
    writer.push(Block::Paragraph {
        pieces: vec![Piece::fixed(intro)],
    });
    writer.push(Block::List { items });
}

/// The annexes of the letter, named under the signature.
pub(super) fn list(letter: &Letter, writer: &mut Writer) {
    let phrases = writer.phrases;
    writer.heading(2, "bijlagen", vec![Piece::fixed(phrases.annexes)]);
    let first = std::iter::once((1, phrases.annex_title.to_owned()));
    let others = (2..).zip(letter.other_annexes.iter().map(|title| crate::clean(title)));
    let items = first
        .chain(others)
        .map(|(n, title)| Marked::fixed(format!("{} {n}: {title}", phrases.annex)));
    writer.push(Block::List {
        items: items.collect(),
    });
}
