//! The blocks a document is made of.

use crate::phrases::Lang;
use jiff::civil::Date;
use serde::{Serialize, Serializer};

/// A letter in order, ready to be printed in any format. All text in it is clean (see [`crate::clean`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Language of the fixed phrases.
    #[serde(serialize_with = "tag")]
    pub lang: Lang,
    /// Title of the document: the subject of the letter.
    pub title: String,
    /// Name of the edition.
    pub edition: String,
    /// The office that sends it.
    pub author: String,
    /// True when it tells about a made-up country.
    pub made_up: bool,
    /// Dossier number and title, for the head of each page.
    pub running_head: String,
    /// The day it is dated.
    #[serde(skip)]
    pub date: Date,
    /// The parts in order.
    pub parts: Vec<Part>,
}

fn tag<S: Serializer>(lang: &Lang, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(lang.tag())
}

/// A run of blocks on pages of one shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// True when its pages lie on their side, for wide tables.
    pub landscape: bool,
    /// The blocks in order.
    pub blocks: Vec<Block>,
}

/// One block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// Something every reader must see first.
    Notice {
        /// Why.
        kind: NoticeKind,
        /// The sentence.
        text: Marked,
        /// Points under it.
        items: Vec<Marked>,
    },
    /// The head of the letter; its subject is the heading of level 1.
    Head {
        /// Dossier number.
        dossier: Marked,
        /// Dossier title.
        dossier_title: Marked,
        /// "Nr. 259".
        number: Marked,
        /// "BRIEF VAN DE …".
        kind: Marked,
        /// To whom.
        addressee: Marked,
        /// Where and when.
        place_and_date: Marked,
        /// Name of the edition.
        edition: Marked,
        /// The title.
        subject: Marked,
    },
    /// A heading.
    Heading {
        /// 2, 3 or 4.
        level: u8,
        /// Name for links, made by us.
        id: String,
        /// Its words.
        pieces: Vec<Piece>,
    },
    /// A paragraph.
    Paragraph {
        /// Its words and footnotes.
        pieces: Vec<Piece>,
    },
    /// What an action line is to reach.
    Goal {
        /// "Doel".
        label: Marked,
        /// The goal.
        text: Marked,
    },
    /// A list.
    List {
        /// Its items.
        items: Vec<Marked>,
    },
    /// Terms with their meaning.
    Facts {
        /// In order.
        items: Vec<Fact>,
    },
    /// A drawing.
    Picture {
        /// Name, made by us.
        id: String,
        /// "Figuur 1. …".
        caption: Vec<Piece>,
        /// What can be seen, for those who can't.
        alt: String,
        /// The drawing as a complete SVG element.
        svg: String,
    },
    /// A table.
    Table(Table),
    /// Who signs.
    Signature {
        /// The office.
        office: Vec<Piece>,
        /// The name.
        name: Option<Marked>,
    },
}

/// Why a notice stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// The letter has faults.
    Draft,
    /// The data are made up.
    MadeUp,
    /// The English preview.
    Courtesy,
    /// There are errata.
    Corrected,
}

/// A text and whose it is: the letter's own (Dutch, written by people) or a fixed phrase (in the document's language).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Marked {
    /// The text, clean.
    pub text: String,
    /// True when people wrote it, in Dutch.
    pub own: bool,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "piece", rename_all = "snake_case")]
pub enum Piece {
    /// Words.
    Text(Marked),
    /// A footnote, numbered from 1 through the document.
    Note {
        /// Its number.
        number: usize,
        /// Its words.
        note: Marked,
    },
}

/// A term and its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The term.
    pub term: Marked,
    /// The meaning.
    pub meaning: Marked,
}

/// A table; the first cell of each row is its heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Name, made by us.
    pub id: String,
    /// What it shows.
    pub caption: Vec<Piece>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with as many cells as there are columns.
    pub rows: Vec<TableRow>,
    /// Explanations under it.
    pub notes: Vec<Marked>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its heading.
    pub heading: Marked,
    /// True for numbers, set flush right.
    pub numeric: bool,
    /// Its share of the width.
    pub share: u8,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableRow {
    /// Its cells.
    pub cells: Vec<TableCell>,
    /// True when it adds up the others.
    pub total: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableCell {
    /// What it says.
    pub text: Marked,
    /// What it is.
    pub kind: CellKind,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CellKind {
    /// Words.
    Words,
    /// A number.
    Number,
    /// A date in digits, not to be broken.
    Date,
    /// The mark of a number that is not printed.
    Suppressed,
}

impl Marked {
    pub(crate) fn own(text: &str) -> Self {
        Self {
            text: crate::clean(text),
            own: true,
        }
    }

    /// Fixed phrases are ours, but may carry data; so the spaces at their ends stay and the caller cleans the data.
    pub(crate) fn fixed(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            own: false,
        }
    }
}

impl Piece {
    /// Text by people; spaces at its ends stay, because the next piece may be the next word.
    pub(crate) fn own(text: &str) -> Self {
        let mut clean = crate::clean(text);
        if !clean.is_empty() {
            if text.starts_with(char::is_whitespace) {
                clean.insert(0, ' ');
            }
            if text.ends_with(char::is_whitespace) {
                clean.push(' ');
            }
        }
        Self::Text(Marked {
            text: clean,
            own: true,
        })
    }

    pub(crate) fn fixed(text: impl Into<String>) -> Self {
        Self::Text(Marked::fixed(text))
    }
}

impl Column {
    pub(crate) fn words(headings: &[&str], shares: &[u8]) -> Vec<Self> {
        let shares = shares.iter().copied().chain(std::iter::repeat(1));
        let column = |(heading, share): (&&str, u8)| Self {
            heading: Marked::fixed(*heading),
            numeric: false,
            share,
        };
        headings.iter().zip(shares).map(column).collect()
    }
}

impl TableRow {
    pub(crate) fn plain(cells: Vec<TableCell>) -> Self {
        Self {
            cells,
            total: false,
        }
    }
}

impl From<Marked> for TableCell {
    fn from(text: Marked) -> Self {
        Self::words(text)
    }
}

impl TableCell {
    pub(crate) fn date(date: Date) -> Self {
        Self {
            text: Marked::fixed(Lang::short_date(date)),
            kind: CellKind::Date,
        }
    }

    pub(crate) fn words(text: Marked) -> Self {
        Self {
            text,
            kind: CellKind::Words,
        }
    }
}
