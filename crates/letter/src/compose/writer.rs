//! Collects blocks and numbers what must be numbered.

use super::blocks::{Block, Column, Marked, NoticeKind, Piece, Table, TableRow};
use crate::model::{Paragraph, Run};
use crate::phrases::{Lang, Phrases};

pub(super) struct Writer {
    pub lang: Lang,
    pub phrases: &'static Phrases,
    blocks: Vec<Block>,
    notes: usize,
}

impl Writer {
    pub fn new(lang: Lang) -> Self {
        Self {
            lang,
            phrases: lang.phrases(),
            blocks: Vec::new(),
            notes: 0,
        }
    }

    /// The blocks written since the last time.
    pub fn take(&mut self) -> Vec<Block> {
        std::mem::take(&mut self.blocks)
    }

    pub fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    pub fn notice(&mut self, kind: NoticeKind, text: &str, items: Vec<String>) {
        let items = items
            .iter()
            .map(|item| Marked::fixed(crate::clean(item)))
            .collect();
        self.push(Block::Notice {
            kind,
            text: Marked::fixed(text),
            items,
        });
    }

    pub fn heading(&mut self, level: u8, id: &str, pieces: Vec<Piece>) {
        self.push(Block::Heading {
            level,
            id: id.to_owned(),
            pieces,
        });
    }

    pub fn footnote(&mut self, note: Marked) -> Piece {
        self.notes += 1;
        Piece::Note {
            number: self.notes,
            note,
        }
    }

    pub fn paragraph(&mut self, paragraph: &Paragraph) {
        let pieces = paragraph.runs.iter().map(|run| match run {
            Run::Text(text) => Piece::own(text),
            Run::Note(note) => {
                let words = crate::clean(&note.text);
                let paper = note
                    .reference
                    .as_ref()
                    .map(|paper| self.lang.reference(paper))
                    .unwrap_or_default();
                let apart = if words.is_empty() || paper.is_empty() {
                    ""
                } else {
                    " "
                };
                self.notes += 1;
                Piece::Note {
                    number: self.notes,
                    note: Marked::own(&format!("{words}{apart}{paper}")),
                }
            }
        });
        let pieces = pieces.collect::<Vec<_>>();
        if !pieces.is_empty() {
            self.push(Block::Paragraph { pieces });
        }
    }

    /// Rows are made as long as there are columns, so that no format meets a ragged table.
    pub fn table(
        &mut self,
        id: &str,
        caption: Vec<Piece>,
        columns: Vec<Column>,
        mut rows: Vec<TableRow>,
        notes: Vec<Marked>,
    ) {
        for row in &mut rows {
            row.cells
                .resize_with(columns.len(), || super::TableCell::words(Marked::fixed("")));
        }
        self.push(Block::Table(Table {
            id: id.to_owned(),
            caption,
            columns,
            rows,
            notes,
        }));
    }
}
