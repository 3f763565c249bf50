//! The document as an accessible HTML page.

use crate::compose::{
    Block, CellKind, Column, Document, Fact, Marked, NoticeKind, Part, Piece, Table, TableRow,
    compose,
};
use crate::model::Letter;
use crate::phrases::{Lang, Phrases};
use crate::svg::escape;
use std::fmt::Write as _;

/// Where the page gets its looks from. There is never a `style` attribute in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Styling<'a> {
    /// Our own small stylesheet in the page, with the nonce that the page's content policy names.
    Embedded {
        /// The nonce of this answer.
        nonce: &'a str,
    },
    /// A stylesheet at this address; [`stylesheet`] is what we would put there.
    Linked {
        /// Its address.
        href: &'a str,
    },
    /// None.
    Plain,
}

/// Our own stylesheet for letters.
#[must_use]
pub fn stylesheet() -> &'static str {
    include_str!("letter.css")
}

/// The letter as a whole HTML document.
#[must_use]
pub fn html(letter: &Letter, lang: Lang, styling: &Styling<'_>) -> String {
    let document = compose(letter, lang);
    let style = match styling {
        Styling::Embedded { nonce } => format!(
            "<style nonce=\"{}\">\n{}</style>\n",
            escape(nonce),
            stylesheet()
        ),
        Styling::Linked { href } => {
            format!("<link rel=\"stylesheet\" href=\"{}\">\n", escape(href))
        }
        Styling::Plain => String::new(),
    };
    let mark = if document.made_up {
        format!("[{}] ", made_up_word(lang))
    } else {
        String::new()
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}{}</title>\n{style}</head>\n<body>\n<main>\n{}</main>\n</body>\n</html>\n",
        lang.tag(),
        mark,
        escape(&document.title),
        render(&document),
    )
}

/// The letter as one `article` element, to stand in a page of somebody else. It holds the heading of level 1.
#[must_use]
pub fn article(letter: &Letter, lang: Lang) -> String {
    render(&compose(letter, lang))
}

fn made_up_word(lang: Lang) -> &'static str {
    match lang {
        Lang::Nl => "verzonnen",
        Lang::En => "made up",
    }
}

fn render(document: &Document) -> String {
    let mut page = Page {
        out: String::new(),
        lang: document.lang,
        notes: Vec::new(),
    };
    page.line(&format!(
        "<article class=\"letter\" lang=\"{}\">",
        document.lang.tag()
    ));
    for part in &document.parts {
        page.part(part, document.made_up);
    }
    page.notes();
    page.line("</article>");
    page.out
}

struct Page<'a> {
    out: String,
    lang: Lang,
    notes: Vec<(usize, &'a Marked)>,
}

impl<'a> Page<'a> {
    fn line(&mut self, html: &str) {
        self.out.push_str(html);
        self.out.push('\n');
    }

    fn phrases(&self) -> &'static Phrases {
        self.lang.phrases()
    }

    fn part(&mut self, part: &'a Part, made_up: bool) {
        if part.landscape {
            self.line("<section class=\"letter-annex\">");
            if made_up {
                let text = escape(self.phrases().made_up);
                self.line(&format!("<p class=\"letter-made-up\">{text}</p>"));
            }
        }
        for block in &part.blocks {
            self.block(block);
        }
        if part.landscape {
            self.line("</section>");
        }
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Notice { kind, text, items } => self.notice(*kind, text, items),
            Block::Head { .. } => self.head(block),
            Block::Heading { level, id, pieces } => {
                let text = self.pieces(pieces);
                self.line(&format!("<h{level} id=\"{id}\">{text}</h{level}>"));
            }
            Block::Paragraph { pieces } => {
                let text = self.pieces(pieces);
                self.line(&format!("<p>{text}</p>"));
            }
            Block::Goal { label, text } => {
                let (label, text) = (self.marked(label), self.marked(text));
                self.line(&format!(
                    "<p class=\"letter-goal\"><strong>{label}:</strong> {text}</p>"
                ));
            }
            Block::List { items } => self.list(items),
            Block::Facts { items } => self.facts(items),
            Block::Picture {
                id, caption, svg, ..
            } => {
                let caption = self.pieces(caption);
                self.line(&format!("<figure class=\"letter-picture\" id=\"{id}\">"));
                self.line(svg);
                self.line(&format!("<figcaption>{caption}</figcaption>\n</figure>"));
            }
            Block::Table(table) => self.table(table),
            Block::Signature { office, name } => {
                let office = self.pieces(office);
                let name = name
                    .as_ref()
                    .map(|name| format!("<br>\n{}", self.marked(name)))
                    .unwrap_or_default();
                self.line(&format!(
                    "<p class=\"letter-signature\">{office},{name}</p>"
                ));
            }
        }
    }

    fn notice(&mut self, kind: NoticeKind, text: &Marked, items: &[Marked]) {
        let class = match kind {
            NoticeKind::Draft => "draft",
            NoticeKind::MadeUp => "made-up",
            NoticeKind::Courtesy => "courtesy",
            NoticeKind::Corrected => "corrected",
        };
        self.line(&format!(
            "<div class=\"letter-notice letter-notice-{class}\" role=\"note\">"
        ));
        let text = self.marked(text);
        let link = match kind {
            NoticeKind::Corrected => format!(
                " <a href=\"#verbeteringen\">{}</a>",
                escape(self.phrases().errata)
            ),
            _ => String::new(),
        };
        self.line(&format!("<p>{text}{link}</p>"));
        if !items.is_empty() {
            self.list(items);
        }
        self.line("</div>");
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
        self.line("<header class=\"letter-head\">");
        let (dossier, title) = (self.marked(dossier), self.marked(dossier_title));
        self.line(&format!(
            "<p class=\"letter-dossier\"><span>{dossier}</span> <strong>{title}</strong></p>"
        ));
        let (number, kind) = (self.marked(number), self.marked(kind));
        self.line(&format!(
            "<p class=\"letter-kind\"><span>{number}</span> <strong>{kind}</strong></p>"
        ));
        for (class, text) in [
            ("addressee", addressee),
            ("date", place_and_date),
            ("edition", edition),
        ] {
            let text = self.marked(text);
            self.line(&format!("<p class=\"letter-{class}\">{text}</p>"));
        }
        let subject = self.marked(subject);
        self.line(&format!("<h1>{subject}</h1>\n</header>"));
    }

    fn list(&mut self, items: &[Marked]) {
        self.line("<ul>");
        for item in items {
            let item = self.marked(item);
            self.line(&format!("<li>{item}</li>"));
        }
        self.line("</ul>");
    }

    fn facts(&mut self, items: &[Fact]) {
        self.line("<dl class=\"letter-facts\">");
        for Fact { term, meaning } in items {
            let (term, meaning) = (self.marked(term), self.marked(meaning));
            self.line(&format!("<div><dt>{term}</dt><dd>{meaning}</dd></div>"));
        }
        self.line("</dl>");
    }

    /// The scroller can be reached by keyboard, so that a wide table can be read on a phone without a mouse.
    fn table(&mut self, table: &'a Table) {
        let id = &table.id;
        let caption = self.pieces(&table.caption);
        self.line(&format!(
            "<div class=\"letter-table\" role=\"region\" aria-labelledby=\"{id}-titel\" tabindex=\"0\">\n<table id=\"{id}\">\n<caption id=\"{id}-titel\">{caption}</caption>\n<thead>\n<tr>"
        ));
        for column in &table.columns {
            let class = if column.numeric {
                " class=\"letter-number\""
            } else {
                ""
            };
            let heading = self.marked(&column.heading);
            self.line(&format!("<th scope=\"col\"{class}>{heading}</th>"));
        }
        self.line("</tr>\n</thead>\n<tbody>");
        for row in &table.rows {
            self.row(row, &table.columns);
        }
        self.line("</tbody>\n</table>\n</div>");
        for note in &table.notes {
            let note = self.marked(note);
            self.line(&format!("<p class=\"letter-table-note\">{note}</p>"));
        }
    }

    fn row(&mut self, row: &TableRow, columns: &[Column]) {
        self.line(if row.total {
            "<tr class=\"letter-total\">"
        } else {
            "<tr>"
        });
        for (n, cell) in row.cells.iter().enumerate() {
            let text = self.marked(&cell.text);
            let numeric = columns.get(n).is_some_and(|column| column.numeric);
            let html = match (n, cell.kind) {
                (0, CellKind::Date) => {
                    format!("<th scope=\"row\" class=\"letter-date-cell\">{text}</th>")
                }
                (0, _) => format!("<th scope=\"row\">{text}</th>"),
                (_, CellKind::Words) if !numeric => format!("<td>{text}</td>"),
                (_, CellKind::Date) => format!("<td class=\"letter-date-cell\">{text}</td>"),
                (_, CellKind::Words | CellKind::Number) => {
                    format!("<td class=\"letter-number\">{text}</td>")
                }
                (_, CellKind::Suppressed) => {
                    format!("<td class=\"letter-number\"><em>{text}</em></td>")
                }
            };
            self.line(&html);
        }
        self.line("</tr>");
    }

    /// Text by people in an English preview is marked as Dutch, so that a screen reader pronounces it well.
    fn marked(&self, marked: &Marked) -> String {
        let text = escape(&marked.text);
        if marked.own && self.lang != Lang::Nl && !text.is_empty() {
            format!("<span lang=\"nl\">{text}</span>")
        } else {
            text
        }
    }

    fn pieces(&mut self, pieces: &'a [Piece]) -> String {
        let mut out = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(marked) => out.push_str(&self.marked(marked)),
                Piece::Note { number, note } => {
                    self.notes.push((*number, note));
                    let label = escape(self.phrases().note);
                    // Writing to a String can't fail.
                    let _ = write!(
                        out,
                        "<sup><a id=\"noot-{number}-bron\" href=\"#noot-{number}\" aria-label=\"{label} {number}\">{number}</a></sup>"
                    );
                }
            }
        }
        out
    }

    fn notes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        let (title, back) = (
            escape(self.phrases().notes),
            escape(self.phrases().back_to_text),
        );
        self.line(&format!("<section class=\"letter-notes\" aria-labelledby=\"noten\">\n<h2 id=\"noten\">{title}</h2>\n<ol>"));
        for (number, note) in std::mem::take(&mut self.notes) {
            let note = self.marked(note);
            self.line(&format!(
                "<li id=\"noot-{number}\">{note} <a href=\"#noot-{number}-bron\" aria-label=\"{back}, {number}\">↩</a></li>"
            ));
        }
        self.line("</ol>\n</section>");
    }
}
