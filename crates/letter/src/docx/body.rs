//! The blocks as the main text and its footnotes.

use super::picture;
use super::xml::{Look, escape, paragraph, run};
use crate::compose::{
    Block, CellKind, Document, Fact, Marked, Part, Piece, Table, TableCell, TableRow,
};
use crate::pdf::LetterError;

/// The main text, its footnotes, and the pictures in order.
pub(super) struct Body {
    pub document: String,
    pub footnotes: String,
    pub pictures: Vec<Vec<u8>>,
}

/// Namespaces of the parts that hold text.
pub(super) const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";

pub(super) const DECLARATION: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Width of the text in twentieths of a point.
const PORTRAIT: u32 = 9_070;
const LANDSCAPE: u32 = 14_570;

struct Printer<'a> {
    document: &'a Document,
    out: String,
    notes: String,
    pictures: Vec<Vec<u8>>,
    width: u32,
}

pub(super) fn write(document: &Document) -> Result<Body, LetterError> {
    let mut printer = Printer {
        document,
        out: String::new(),
        notes: String::new(),
        pictures: Vec::new(),
        width: PORTRAIT,
    };
    let last = document.parts.len().saturating_sub(1);
    for (n, part) in document.parts.iter().enumerate() {
        printer.part(part, n == last)?;
    }
    Ok(Body {
        document: format!(
            "{DECLARATION}<w:document {SPACES}><w:body>\n{}</w:body></w:document>",
            printer.out
        ),
        footnotes: footnotes(&printer.notes),
        pictures: printer.pictures,
    })
}

/// The two first are the lines between text and notes, which every Word document has.
fn footnotes(notes: &str) -> String {
    let rule = |id: i8, kind: &str, mark: &str| {
        format!(
            "<w:footnote w:type=\"{kind}\" w:id=\"{id}\"><w:p><w:r>{mark}</w:r></w:p></w:footnote>\n"
        )
    };
    format!(
        "{DECLARATION}<w:footnotes {SPACES}>\n{}{}{notes}</w:footnotes>",
        rule(-1, "separator", "<w:separator/>"),
        rule(0, "continuationSeparator", "<w:continuationSeparator/>"),
    )
}

fn section(landscape: bool) -> String {
    let page = if landscape {
        "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>"
    } else {
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1418\" w:right=\"1418\" w:bottom=\"1418\" w:left=\"1418\" w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/>"
    };
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rIdHeader\"/><w:footerReference w:type=\"default\" r:id=\"rIdFooter\"/>{page}</w:sectPr>"
    )
}

impl Printer<'_> {
    fn part(&mut self, part: &Part, last: bool) -> Result<(), LetterError> {
        self.width = if part.landscape { LANDSCAPE } else { PORTRAIT };
        for block in &part.blocks {
            self.block(block)?;
        }
        let section = section(part.landscape);
        if last {
            self.out.push_str(&section);
        } else {
            // A part other than the last ends in a paragraph that carries the shape of its pages.
            self.out
                .push_str(&format!("<w:p><w:pPr>{section}</w:pPr></w:p>\n"));
        }
        Ok(())
    }

    fn block(&mut self, block: &Block) -> Result<(), LetterError> {
        match block {
            Block::Notice { text, items, .. } => self.notice(text, items),
            Block::Head { .. } => self.head(block),
            Block::Heading { level, pieces, .. } => {
                let runs = self.pieces(pieces, Look::Plain);
                self.line(&format!("Heading{level}"), "", &runs);
            }
            Block::Paragraph { pieces } => {
                let runs = self.pieces(pieces, Look::Plain);
                self.line("BodyText", "", &runs);
            }
            Block::Goal { label, text } => self.term("Goal", label, text),
            Block::List { items } => self.list(items),
            Block::Facts { items } => {
                for Fact { term, meaning } in items {
                    self.term("Fact", term, meaning);
                }
            }
            Block::Picture {
                caption, alt, svg, ..
            } => self.picture(caption, alt, svg)?,
            Block::Table(table) => self.table(table),
            Block::Signature { office, name } => {
                let mut runs = self.pieces(office, Look::Plain);
                runs.push_str(&self.fixed(","));
                if let Some(name) = name {
                    runs.push_str("<w:r><w:br/></w:r>");
                    runs.push_str(&self.run(name, Look::Plain));
                }
                self.line("Signature", "", &runs);
            }
        }
        Ok(())
    }

    fn line(&mut self, style: &str, more: &str, runs: &str) {
        self.out.push_str(&paragraph(style, more, runs));
    }

    fn run(&self, marked: &Marked, look: Look) -> String {
        run(self.document, marked, look)
    }

    fn fixed(&self, text: &str) -> String {
        self.run(&Marked::fixed(text), Look::Plain)
    }

    fn notice(&mut self, text: &Marked, items: &[Marked]) {
        let runs = self.run(text, Look::Strong);
        self.line("Notice", "", &runs);
        self.list(items);
    }

    fn head(&mut self, block: &Block) {
        let Block::Head {
            dossier,
            dossier_title,
            number,
            kind,
            addressee,
            place_and_date,
            edition,
            subject,
        } = block
        else {
            return;
        };
        for (left, right) in [(dossier, dossier_title), (number, kind)] {
            let mut runs = self.run(left, Look::Plain);
            runs.push_str("<w:r><w:tab/></w:r>");
            runs.push_str(&self.run(right, Look::Strong));
            self.line("LetterHead", "", &runs);
        }
        for text in [addressee, place_and_date, edition] {
            let runs = self.run(text, Look::Plain);
            self.line("BodyText", "", &runs);
        }
        let runs = self.run(subject, Look::Plain);
        self.line("Heading1", "", &runs);
    }

    fn term(&mut self, style: &str, label: &Marked, text: &Marked) {
        let mut runs = self.run(label, Look::Strong);
        runs.push_str(&self.fixed(": "));
        runs.push_str(&self.run(text, Look::Plain));
        self.line(style, "", &runs);
    }

    fn list(&mut self, items: &[Marked]) {
        for item in items {
            let runs = self.run(item, Look::Plain);
            self.line("ListBullet", "", &runs);
        }
    }

    fn picture(&mut self, caption: &[Piece], alt: &str, svg: &str) -> Result<(), LetterError> {
        let drawn = picture::draw(svg)?;
        self.pictures.push(drawn.png);
        let title = words(caption);
        let run = picture::place(self.pictures.len(), drawn.height, &title, alt);
        self.line("Picture", "", &run);
        let runs = self.pieces(caption, Look::Plain);
        self.line("PictureCaption", "", &runs);
        Ok(())
    }

    fn table(&mut self, table: &Table) {
        let caption = self.pieces(&table.caption, Look::Plain);
        self.line("Caption", "", &caption);
        let shares: u32 = table.columns.iter().map(|c| u32::from(c.share)).sum();
        let widths: Vec<u32> = table
            .columns
            .iter()
            .map(|c| self.width * u32::from(c.share) / shares.max(1))
            .collect();
        let grid: String = widths
            .iter()
            .map(|width| format!("<w:gridCol w:w=\"{width}\"/>"))
            .collect();
        let head = table.columns.iter().zip(&widths).map(|(column, width)| {
            let runs = self.run(&column.heading, Look::Strong);
            cell(*width, column.numeric, &runs)
        });
        let head: String = head.collect();
        let rows: String = table
            .rows
            .iter()
            .map(|row| self.row(row, table, &widths))
            .collect();
        self.out.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"LetterTable\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>\
             <w:tblLook w:val=\"00A0\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"1\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>\
             <w:tblCaption w:val=\"{}\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>\n\
             <w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>\n{rows}</w:tbl>\n",
            widths.iter().sum::<u32>(),
            escape(&words(&table.caption)),
        ));
        if table.notes.is_empty() {
            self.line("TableEnd", "", "");
        }
        for note in &table.notes {
            let runs = self.run(note, Look::Plain);
            self.line("TableNote", "", &runs);
        }
    }

    fn row(&self, row: &TableRow, table: &Table, widths: &[u32]) -> String {
        let cells = row.cells.iter().enumerate().map(|(n, one)| {
            let numeric = table.columns.get(n).is_some_and(|column| column.numeric);
            let runs = self.run(&one.text, look(one, row.total));
            cell(widths.get(n).copied().unwrap_or(0), numeric, &runs)
        });
        let cells: String = cells.collect();
        format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>\n")
    }

    fn pieces(&mut self, pieces: &[Piece], look: Look) -> String {
        let mut out = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(marked) => out.push_str(&self.run(marked, look)),
                Piece::Note { number, note } => {
                    out.push_str(&format!(
                        "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"{number}\"/></w:r>"
                    ));
                    self.note(*number, note);
                }
            }
        }
        out
    }

    fn note(&mut self, number: usize, note: &Marked) {
        let mark = "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> </w:t></w:r>";
        let words = format!("{mark}{}", self.run(note, Look::Plain));
        let text = paragraph("FootnoteText", "", &words);
        self.notes.push_str(&format!(
            "<w:footnote w:id=\"{number}\">{text}</w:footnote>\n"
        ));
    }
}

fn look(cell: &TableCell, total: bool) -> Look {
    match cell.kind {
        CellKind::Suppressed => Look::Emphasis,
        _ if total => Look::Strong,
        _ => Look::Plain,
    }
}

fn cell(width: u32, numeric: bool, runs: &str) -> String {
    let side = if numeric {
        "<w:jc w:val=\"right\"/>"
    } else {
        ""
    };
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{}</w:tc>",
        paragraph("TableText", side, runs)
    )
}

/// The words of a caption, without its footnotes.
fn words(pieces: &[Piece]) -> String {
    let texts = pieces.iter().filter_map(|piece| match piece {
        Piece::Text(marked) => Some(marked.text.as_str()),
        Piece::Note { .. } => None,
    });
    texts.collect()
}
