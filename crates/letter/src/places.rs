//! Where in a letter something stands, and a walk over every text in it.

use crate::model::{Cell, Figure, Letter, Paragraph, Reference, Run, Signatory, Unit};
use serde::Serialize;
use std::fmt;

/// A place in a letter as a path, for example `lines/3/highlights/2` or `figures/aanmeldingen/rows/2023/cells/1`. Lines, figures and actions are
/// named by their number or id, everything else is counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place(String);

impl Place {
    pub(crate) fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    pub(crate) fn action(number: &str, field: &str) -> Self {
        Self(format!("annex/actions/{number}/{field}"))
    }

    pub(crate) fn figure(figure: &Figure, field: &str) -> Self {
        Self(format!("figures/{}/{field}", figure.id))
    }

    pub(crate) fn row(figure: &Figure, label: &str, field: &str) -> Self {
        Self(format!("figures/{}/rows/{label}/{field}", figure.id))
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Hands every text of the letter to `see`, with its place.
pub(crate) fn each_text<'a>(letter: &'a Letter, mut see: impl FnMut(Place, &'a str)) {
    let see: &mut dyn FnMut(Place, &'a str) = &mut see;
    see(Place::new("edition"), &letter.edition);
    head(letter, see);
    for (name, paragraphs) in [
        ("opening", &letter.opening),
        ("programme", &letter.programme),
        ("reading_guide", &letter.reading_guide),
    ] {
        paragraph_list(name, paragraphs, see);
    }
    if let Some(previous) = &letter.previous {
        reference("previous/reference", &previous.reference, see);
    }
    for (n, who) in (1..).zip(&letter.co_signatories) {
        signatory(&format!("co_signatories/{n}"), who, see);
    }
    body(letter, see);
    for figure in &letter.figures {
        figure_texts(figure, see);
    }
    annex(letter, see);
    for (n, erratum) in (1..).zip(&letter.errata) {
        let fields = [
            ("place", &erratum.place),
            ("was", &erratum.was),
            ("becomes", &erratum.becomes),
            ("reason", &erratum.reason),
        ];
        for (field, text) in fields {
            see(Place::new(format!("errata/{n}/{field}")), text);
        }
    }
}

fn head<'a>(letter: &'a Letter, see: &mut dyn FnMut(Place, &'a str)) {
    let head = &letter.head;
    let fields = [
        ("dossier", &head.dossier),
        ("dossier_title", &head.dossier_title),
        ("subject", &head.subject),
        ("addressee", &head.addressee),
        ("place", &head.place),
    ];
    for (field, text) in fields {
        see(Place::new(format!("head/{field}")), text);
    }
    signatory("head/signatory", &head.signatory, see);
}

fn signatory<'a>(path: &str, who: &'a Signatory, see: &mut dyn FnMut(Place, &'a str)) {
    see(Place::new(format!("{path}/office")), &who.office);
    if let Some(name) = &who.name {
        see(Place::new(format!("{path}/name")), name);
    }
}

fn body<'a>(letter: &'a Letter, see: &mut dyn FnMut(Place, &'a str)) {
    for line in &letter.lines {
        see(
            Place::new(format!("lines/{}/heading", line.number)),
            &line.heading,
        );
        see(
            Place::new(format!("lines/{}/goal", line.number)),
            &line.goal,
        );
        paragraph_list(
            &format!("lines/{}/highlights", line.number),
            &line.highlights,
            see,
        );
    }
    for (n, subject) in (1..).zip(&letter.subjects) {
        see(
            Place::new(format!("subjects/{n}/heading")),
            &subject.heading,
        );
        paragraph_list(
            &format!("subjects/{n}/paragraphs"),
            &subject.paragraphs,
            see,
        );
    }
    for (n, commitment) in (1..).zip(&letter.commitments) {
        see(
            Place::new(format!("commitments/{n}/text")),
            &commitment.text,
        );
        see(
            Place::new(format!("commitments/{n}/closed_by")),
            &commitment.closed_by,
        );
        reference(
            &format!("commitments/{n}/reference"),
            &commitment.reference,
            see,
        );
    }
    for (n, title) in (2..).zip(&letter.other_annexes) {
        see(Place::new(format!("other_annexes/{n}")), title);
    }
}

fn paragraph_list<'a>(
    path: &str,
    paragraphs: &'a [Paragraph],
    see: &mut dyn FnMut(Place, &'a str),
) {
    for (n, paragraph) in (1..).zip(paragraphs) {
        for run in &paragraph.runs {
            match run {
                Run::Text(text) => see(Place::new(format!("{path}/{n}")), text),
                Run::Note(note) => {
                    see(Place::new(format!("{path}/{n}/note")), &note.text);
                    if let Some(paper) = &note.reference {
                        reference(&format!("{path}/{n}/note/reference"), paper, see);
                    }
                }
            }
        }
    }
}

fn reference<'a>(path: &str, paper: &'a Reference, see: &mut dyn FnMut(Place, &'a str)) {
    see(Place::new(format!("{path}/as_written")), &paper.as_written);
    if let Some(found) = &paper.resolved {
        see(Place::new(format!("{path}/resolved")), &found.dossier);
    }
}

fn figure_texts<'a>(figure: &'a Figure, see: &mut dyn FnMut(Place, &'a str)) {
    let fields = [
        ("title", &figure.title),
        ("definition", &figure.definition),
        ("source", &figure.source),
        ("row_label", &figure.row_label),
    ];
    for (field, text) in fields {
        see(Place::figure(figure, field), text);
    }
    if let Unit::Persons(words) | Unit::Other(words) = &figure.unit {
        see(Place::figure(figure, "unit"), words);
    }
    for (n, column) in (1..).zip(&figure.columns) {
        see(Place::figure(figure, &format!("columns/{n}")), column);
    }
    for row in &figure.rows {
        see(Place::row(figure, &row.label, "label"), &row.label);
        if let Some(Unit::Persons(words) | Unit::Other(words)) = &row.unit {
            see(Place::row(figure, &row.label, "unit"), words);
        }
        if let Some(reason) = &row.break_before {
            see(Place::row(figure, &row.label, "break_before"), reason);
        }
        for (n, cell) in (1..).zip(&row.cells) {
            if let Cell::Text(words) = cell {
                see(Place::row(figure, &row.label, &format!("cells/{n}")), words);
            }
        }
    }
    if let Some(picture) = &figure.picture {
        see(
            Place::figure(figure, "picture/description"),
            &picture.description,
        );
    }
}

fn annex<'a>(letter: &'a Letter, see: &mut dyn FnMut(Place, &'a str)) {
    for action in &letter.annex.actions {
        let fields = [
            ("number", &action.number),
            ("title", &action.title),
            ("holder", &action.holder),
            ("intended_result", &action.intended_result),
        ];
        for (field, text) in fields {
            see(Place::action(&action.number, field), text);
        }
        for (field, list) in [("involved", &action.involved), ("forms", &action.forms)] {
            for text in list {
                see(Place::action(&action.number, field), text);
            }
        }
    }
    for late in &letter.annex.overdue {
        see(
            Place::new(format!("annex/overdue/{}/number", late.number)),
            &late.number,
        );
        see(
            Place::new(format!("annex/overdue/{}/title", late.number)),
            &late.title,
        );
    }
}
