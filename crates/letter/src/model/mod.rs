//! What a progress letter to the Tweede Kamer consists of.
//!
//! The parts and their order follow the letters of 4 July 2025 (Kamerstuk 28 638, nr. 257) and 15 December 2025 (28 638, nr. 259).
//! A [`Letter`] may be a draft: it can be previewed with faults in it, but [`crate::check`] names them and [`crate::pdf`] refuses them.
//! Text is plain text everywhere; nothing in it is ever read as markup.

mod annex;
mod figure;
mod text;

pub use annex::{Action, Annex, Overdue, Status, UnknownStatus};
pub use figure::{Cell, Figure, Picture, PictureKind, Row, Unit, UnitKind};
pub use text::{Kamerstuk, Note, Paragraph, Reference, Run};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One progress letter of one edition, as the editor composed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Name of the edition, for example `2026-2`.
    pub edition: String,
    /// True when the letter tells about a made-up country; then every page says so.
    pub made_up: bool,
    /// How often the Chamber gets such a letter.
    pub cycle: Cycle,
    /// Dossier, number, sender, addressee, place and date.
    pub head: Head,
    /// Seriousness of trafficking, its forms, who the victims are.
    pub opening: Vec<Paragraph>,
    /// The programme and who works in it.
    pub programme: Vec<Paragraph>,
    /// The letter before this one; none for the first.
    pub previous: Option<PreviousLetter>,
    /// Those in whose name the letter is sent as well ("mede namens").
    pub co_signatories: Vec<Signatory>,
    /// Own reading guide; when empty the fixed phrase is used.
    pub reading_guide: Vec<Paragraph>,
    /// The action lines in the order of the plan.
    pub lines: Vec<Line>,
    /// What else the Chamber is told: studies, motions, promises.
    pub subjects: Vec<Subject>,
    /// Motions and promises that this letter closes.
    pub commitments: Vec<Commitment>,
    /// The figures, each with definition, source and date.
    pub figures: Vec<Figure>,
    /// Annex 1: all actions that run, are late or are finished.
    pub annex: Annex,
    /// Titles of further annexes, numbered from 2.
    pub other_annexes: Vec<String>,
    /// Corrections made after the edition was frozen, oldest first.
    pub errata: Vec<Erratum>,
}

/// How often a progress letter is due. The promise to the Chamber is twice a year (Kamerstuk 28 638, nr. 257).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Cycle {
    /// Twice a year.
    #[default]
    HalfYearly,
    /// Once a year.
    Yearly,
    /// Every so many months.
    EveryMonths(u8),
}

/// The head of a parliamentary letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Number of the dossier as printed, for example `28 638`.
    pub dossier: String,
    /// Title of the dossier, for example `Mensenhandel`.
    pub dossier_title: String,
    /// Number in the dossier; the Chamber gives it, so a new letter has none yet.
    pub number: Option<u32>,
    /// What the letter is about; the title of the document.
    pub subject: String,
    /// Who signs; the line "BRIEF VAN DE …" is made from the office.
    pub signatory: Signatory,
    /// To whom, for example `Aan de Voorzitter van de Tweede Kamer der Staten-Generaal`.
    pub addressee: String,
    /// Where it is signed.
    pub place: String,
    /// The day it is dated.
    pub date: Date,
}

impl Head {
    /// The line that tells what kind of document this is: "BRIEF VAN DE MINISTER VAN …".
    #[must_use]
    pub fn kind(&self) -> String {
        format!("BRIEF VAN DE {}", self.signatory.office.to_uppercase())
    }
}

/// An office and, if given, the person who holds it. Changes with every cabinet, so it is data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    /// The office without article, for example `Minister van Justitie en Veiligheid`.
    pub office: String,
    /// The name under the signature.
    pub name: Option<String>,
}

/// The letter that this one follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousLetter {
    /// Its date.
    pub date: Date,
    /// Its Kamerstuk, as written and as found.
    pub reference: Reference,
}

/// One action line of the plan with what the editor chose to tell about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Number of the line in the plan, from 1.
    pub number: u8,
    /// Its heading.
    pub heading: String,
    /// What it is to reach.
    pub goal: String,
    /// The developments chosen for this letter; may be empty.
    pub highlights: Vec<Paragraph>,
}

/// A subject outside the action lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Its heading.
    pub heading: String,
    /// What is told.
    pub paragraphs: Vec<Paragraph>,
}

/// What the Chamber asked and the government promised or was asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommitmentKind {
    /// Motie: a vote of the Chamber.
    Motie,
    /// Toezegging: a promise by a minister.
    Toezegging,
}

/// A motion or promise that this letter closes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// Motion or promise.
    pub kind: CommitmentKind,
    /// What was asked or promised.
    pub text: String,
    /// Where it stands in the Chamber's papers.
    pub reference: Reference,
    /// What closes it.
    pub closed_by: String,
}

/// A correction of a frozen edition. The edition itself stays as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erratum {
    /// The day of the correction.
    pub date: Date,
    /// Where in the letter, in words.
    pub place: String,
    /// What it said.
    pub was: String,
    /// What it must say.
    pub becomes: String,
    /// Why.
    pub reason: String,
}
