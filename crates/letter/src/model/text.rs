//! Paragraphs with footnotes, and references to parliamentary papers.

use serde::{Deserialize, Serialize};

/// A paragraph: text with footnotes in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Paragraph {
    /// The pieces in reading order.
    pub runs: Vec<Run>,
}

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Run {
    /// Plain text.
    Text(String),
    /// A footnote at this point.
    Note(Note),
}

/// A footnote: words, a parliamentary paper, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The words; may be empty when there is a reference.
    pub text: String,
    /// The paper it points to.
    pub reference: Option<Reference>,
}

/// A reference to a parliamentary paper, as a document wrote it and as it was found.
///
/// The two can differ: the letter of 17 June 2024 cites the letter of 23 April 2024 as nr. 248, the Chamber's site numbers it 249.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// As written, for example `Kamerstukken II 2023/24, 28 638, nr. 248`.
    pub as_written: String,
    /// As found in the Chamber's register; none when nobody looked it up yet.
    pub resolved: Option<Kamerstuk>,
}

/// A paper in the Chamber's register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kamerstuk {
    /// Dossier as printed, for example `28 638`.
    pub dossier: String,
    /// Number in the dossier.
    pub number: u32,
}

impl Paragraph {
    /// A paragraph of plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            runs: vec![Run::Text(text.into())],
        }
    }

    /// The same paragraph with more text at its end.
    #[must_use]
    pub fn then(mut self, text: impl Into<String>) -> Self {
        self.runs.push(Run::Text(text.into()));
        self
    }

    /// The same paragraph with a footnote at its end.
    #[must_use]
    pub fn note(mut self, note: Note) -> Self {
        self.runs.push(Run::Note(note));
        self
    }
}

impl From<&str> for Paragraph {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

impl Note {
    /// A footnote of words alone.
    pub fn words(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            reference: None,
        }
    }

    /// A footnote that is a reference alone.
    #[must_use]
    pub fn paper(reference: Reference) -> Self {
        Self {
            text: String::new(),
            reference: Some(reference),
        }
    }
}

impl Reference {
    /// A reference that was looked up in the Chamber's register.
    pub fn found(as_written: impl Into<String>, dossier: impl Into<String>, number: u32) -> Self {
        Self {
            as_written: as_written.into(),
            resolved: Some(Kamerstuk {
                dossier: dossier.into(),
                number,
            }),
        }
    }

    /// True when the text names the number under which the paper was found, or when nobody looked it up.
    #[must_use]
    pub fn agrees(&self) -> bool {
        let Some(found) = &self.resolved else {
            return true;
        };
        let digits = |text: &str| {
            text.chars()
                .filter(char::is_ascii_digit)
                .collect::<String>()
        };
        let dossier = digits(&found.dossier);
        let written = self
            .as_written
            .rsplit(|c: char| !c.is_ascii_digit())
            .find(|part| !part.is_empty());
        written == Some(found.number.to_string().as_str())
            && digits(&self.as_written).contains(&dossier)
    }
}

impl std::fmt::Display for Kamerstuk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Kamerstuk {}, nr. {}", self.dossier, self.number)
    }
}
