//! The document as Markdown (CommonMark with tables and footnotes).

use crate::compose::{Block, CellKind, Document, Marked, Piece, Table, compose};
use crate::model::Letter;
use crate::phrases::Lang;
use std::fmt::Write as _;

/// The letter as Markdown, in Dutch. Pictures become their description; the numbers are in the table under it.
#[must_use]
pub fn markdown(letter: &Letter) -> String {
    let document = compose(letter, Lang::Nl);
    let mut notes = Vec::new();
    let mut blocks = Vec::new();
    for block in document.parts.iter().flat_map(|part| &part.blocks) {
        blocks.push(print(block, &document, &mut notes));
    }
    for (number, note) in notes {
        blocks.push(format!("[^{number}]: {}", escape(&note.text)));
    }
    let mut out = blocks.join("\n\n");
    out.push('\n');
    out
}

fn print<'a>(
    block: &'a Block,
    document: &Document,
    notes: &mut Vec<(usize, &'a Marked)>,
) -> String {
    let phrases = document.lang.phrases();
    match block {
        Block::Notice { text, items, .. } => {
            let mut lines = vec![format!("> **{}**", escape(&text.text))];
            lines.extend(
                items
                    .iter()
                    .map(|item| format!("> - {}", escape(&item.text))),
            );
            lines.join("\n")
        }
        Block::Head {
            dossier,
            dossier_title,
            number,
            kind,
            addressee,
            place_and_date,
            edition,
            subject,
        } => {
            let both =
                |a: &Marked, b: &Marked| format!("{} **{}**", escape(&a.text), escape(&b.text));
            let lines = [
                both(dossier, dossier_title),
                both(number, kind),
                escape(&addressee.text),
                escape(&place_and_date.text),
                escape(&edition.text),
                format!("# {}", escape(&subject.text)),
            ];
            lines.join("\n\n")
        }
        Block::Heading { level, pieces, .. } => {
            format!(
                "{} {}",
                "#".repeat(usize::from(*level)),
                inline(pieces, notes)
            )
        }
        Block::Paragraph { pieces } => inline(pieces, notes),
        Block::Goal { label, text } => {
            format!("**{}:** {}", escape(&label.text), escape(&text.text))
        }
        Block::List { items } => items
            .iter()
            .map(|item| format!("- {}", escape(&item.text)))
            .collect::<Vec<_>>()
            .join("\n"),
        Block::Facts { items } => {
            let lines = items.iter().map(|fact| {
                format!(
                    "- {}: {}",
                    escape(&fact.term.text),
                    escape(&fact.meaning.text)
                )
            });
            lines.collect::<Vec<_>>().join("\n")
        }
        Block::Picture { caption, alt, .. } => {
            format!(
                "**{}** {}: {}",
                inline(caption, notes),
                escape(phrases.description),
                escape(alt)
            )
        }
        Block::Table(table) => print_table(table, notes),
        Block::Signature { office, name } => {
            let name = name
                .as_ref()
                .map(|name| format!("\\\n{}", escape(&name.text)))
                .unwrap_or_default();
            format!("{},{name}", inline(office, notes))
        }
    }
}

fn print_table<'a>(table: &'a Table, notes: &mut Vec<(usize, &'a Marked)>) -> String {
    let mut out = format!("**{}**\n\n", inline(&table.caption, notes));
    let cells = |texts: Vec<String>| format!("| {} |\n", texts.join(" | "));
    out.push_str(&cells(
        table
            .columns
            .iter()
            .map(|column| escape(&column.heading.text))
            .collect(),
    ));
    let rule = |numeric: bool| if numeric { "---:" } else { "---" }.to_owned();
    out.push_str(&cells(
        table
            .columns
            .iter()
            .map(|column| rule(column.numeric))
            .collect(),
    ));
    for row in &table.rows {
        let texts = row.cells.iter().map(|cell| match (cell.kind, row.total) {
            (CellKind::Suppressed, _) => format!("*{}*", escape(&cell.text.text)),
            (_, true) if !cell.text.text.is_empty() => format!("**{}**", escape(&cell.text.text)),
            _ => escape(&cell.text.text),
        });
        out.push_str(&cells(texts.collect()));
    }
    for note in &table.notes {
        // Writing to a String can't fail.
        let _ = write!(out, "\n{}\n", escape(&note.text));
    }
    out.trim_end().to_owned()
}

fn inline<'a>(pieces: &'a [Piece], notes: &mut Vec<(usize, &'a Marked)>) -> String {
    let mut text = String::new();
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(marked) => text.push_str(&marked.text),
            Piece::Note { number, note } => {
                notes.push((*number, note));
                out.push_str(&escape_at(&text, out.is_empty()));
                text.clear();
                // Writing to a String can't fail.
                let _ = write!(out, "[^{number}]");
            }
        }
    }
    out.push_str(&escape_at(&text, out.is_empty()));
    out
}

fn escape(text: &str) -> String {
    escape_at(text, true)
}

/// Puts a backslash before everything that Markdown could read as markup. What only counts at the start of a line (lists, rules, numbers
/// with a full stop) is escaped only there, to keep the text readable; addresses are broken up so that none becomes a link by itself.
fn escape_at(text: &str, line_start: bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let start = if line_start {
        text.find(|c: char| !c.is_ascii_digit() && c != ' ')
    } else {
        None
    };
    for (i, c) in text.char_indices() {
        let rest = text.get(i..).unwrap_or_default();
        let always = matches!(
            c,
            '\\' | '`'
                | '*'
                | '_'
                | '['
                | ']'
                | '<'
                | '>'
                | '|'
                | '~'
                | '&'
                | '#'
                | '$'
                | '^'
                | '@'
        );
        let first = start == Some(i)
            && (matches!(c, '-' | '+' | '=' | ':' | '%') || (i > 0 && matches!(c, '.' | ')')));
        let address = (c == ':' && rest.starts_with("://"))
            || (c == '.'
                && text
                    .get(i.saturating_sub(3)..i)
                    .is_some_and(|before| before.eq_ignore_ascii_case("www")));
        if always || first || address {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_becomes_markup() {
        assert_eq!(escape("# kop *vet* <b>"), "\\# kop \\*vet\\* \\<b\\>");
        assert_eq!(escape("1. een lijst"), "1\\. een lijst");
        assert_eq!(escape("3.b actie"), "3\\.b actie");
        assert_eq!(
            escape("- een lijst - met streep"),
            "\\- een lijst - met streep"
        );
        assert_eq!(escape("28 638, nr. 259"), "28 638, nr. 259");
        assert_eq!(
            escape("https://a.nl www.b.nl c@d.nl"),
            "https\\://a.nl www\\.b.nl c\\@d.nl"
        );
    }
}
