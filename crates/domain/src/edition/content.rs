//! What an editor writes in an edition, and what corrects it later.

use crate::{
    action::Line,
    answer::By,
    ids::{ActionId, FigureId},
    text::SafeText,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A reference to a letter: as it was written and, when found out, what it really is. The letter of 17 June 2024 cites
/// 28638-249 as "nr. 248"; both must be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterRef {
    /// As written.
    pub as_written: SafeText,
    /// The Kamerstuk number, such as `28638-249`.
    pub resolved: Option<String>,
    /// Its date.
    pub date: Option<Date>,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// Office, such as "De Minister van Justitie en Veiligheid".
    pub office: SafeText,
    /// Name.
    pub name: SafeText,
}

/// A development that an editor picked for a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Highlight {
    /// Line.
    pub line: Line,
    /// Actions it is about.
    pub actions: Vec<ActionId>,
    /// Text, written by the holder.
    pub text: SafeText,
}

/// A correction after freezing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erratum {
    /// Where in the letter, in words.
    pub place: SafeText,
    /// What was wrong.
    pub wrong: SafeText,
    /// What it has to be.
    pub right: SafeText,
    /// Why it is corrected.
    pub reason: SafeText,
    /// Who and when.
    pub by: By,
}

/// What an editor writes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionContent {
    /// The letter before this one.
    pub previous: Option<LetterRef>,
    /// Who signs.
    pub signatory: Option<Signatory>,
    /// On whose behalf as well (`mede namens`).
    pub co_signatories: Vec<Signatory>,
    /// What the letter is about; none: the usual subject.
    #[serde(default)]
    pub subject: Option<SafeText>,
    /// Where it is signed; none: Den Haag.
    #[serde(default)]
    pub place: Option<SafeText>,
    /// The day it is dated; none: the day after its period.
    #[serde(default)]
    pub dated: Option<Date>,
    /// Opening, in the signatory's words.
    pub opening: Option<SafeText>,
    /// The programme and who works in it.
    #[serde(default)]
    pub programme: Option<SafeText>,
    /// How to read the letter; none: the usual words.
    #[serde(default)]
    pub reading_guide: Option<SafeText>,
    /// Most relevant developments per line.
    pub highlights: Vec<Highlight>,
    /// Motions, promises and studies that are reported besides.
    /// The first line of each is its heading.
    pub other_subjects: Vec<SafeText>,
    /// Motions and promises that this letter closes.
    #[serde(default)]
    pub commitments: Vec<Commitment>,
    /// Figures that stand in the letter, in this order.
    #[serde(default)]
    pub figures: Vec<FigureId>,
}

/// A vote of the Chamber or a promise of a minister.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommitmentKind {
    /// Motie.
    Motie,
    /// Toezegging.
    Toezegging,
}

/// A motion or promise that a letter closes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// Motion or promise.
    pub kind: CommitmentKind,
    /// What was asked or promised.
    pub text: SafeText,
    /// Where it stands in the Chamber's papers.
    pub reference: LetterRef,
    /// What closes it.
    pub closed_by: SafeText,
}
