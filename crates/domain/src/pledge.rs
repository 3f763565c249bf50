//! Motions (moties) and promises (toezeggingen) of the Tweede Kamer, as records of their own (K7): where they stand as it was written
//! and as it was found, which actions answer them, and what closed them.

use crate::{
    answer::By,
    edition::{CommitmentKind, LetterRef},
    ids::{ActionId, PledgeId},
    text::SafeText,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Longest text of a motion or promise, in characters.
pub const PLEDGE_MAX: usize = 5_000;
/// Longest name of whoever asked, in characters.
pub const WHO_MAX: usize = 300;

/// What was asked or promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Motion or promise.
    pub kind: CommitmentKind,
    /// Where it stands: as written, and as found in the Chamber's papers.
    pub reference: LetterRef,
    /// Who asked or promised, as the papers name them: members of the Chamber and ministers, by office.
    pub who: SafeText,
    /// On which day.
    pub on: Date,
    /// What was asked or promised.
    pub text: SafeText,
    /// Actions that answer it.
    pub actions: Vec<ActionId>,
}

/// What closed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// The paper that closes it, as written and as found.
    pub by_letter: Option<LetterRef>,
    /// Why it is closed.
    pub why: SafeText,
    /// Who closed it, and when.
    pub by: By,
}

/// Opened again: the closing is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reopened {
    /// What had closed it.
    pub closing: Closing,
    /// Why it is open again.
    pub why: SafeText,
    /// Who, and when.
    pub by: By,
}

/// A motion or promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pledge {
    /// Identity.
    pub id: PledgeId,
    /// What was asked or promised.
    pub asked: Asked,
    /// Who put it in the register, and when.
    pub by: By,
    closed: Option<Closing>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    reopened: Vec<Reopened>,
}

/// Why a motion or promise was not taken, closed or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PledgeError {
    /// The number found is none.
    #[error("`{0}` is no number of a Kamerstuk: write dossier and number, such as 28638-249")]
    NotAKamerstuk(String),
    /// An action twice.
    #[error("an action stands twice among those that answer it: name it once")]
    ActionTwice,
    /// It is closed already.
    #[error("it is closed already; open it again first, with the reason")]
    Closed,
    /// It is open.
    #[error("it is open; there is nothing to open again")]
    Open,
}

/// Is this the number of a paper, such as `28638-249` or `36547-A`?
#[must_use]
pub fn is_kamerstuk(number: &str) -> bool {
    let Some((dossier, rest)) = number.split_once('-') else {
        return false;
    };
    (4..=6).contains(&dossier.len())
        && dossier.bytes().all(|b| b.is_ascii_digit())
        && (1..=5).contains(&rest.len())
        && rest
            .bytes()
            .all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

/// Where a reference was written otherwise than it was found: the letter of 23 April 2024 is "nr. 248" in one paper, and 28638-249 in
/// the Chamber's own register. Both are kept; this is what a reader must see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The number as written.
    pub written: String,
    /// The number as found.
    pub found: String,
}

/// The difference between the number written and the number found; none when they agree or one of them is not there.
#[must_use]
pub fn difference(reference: &LetterRef) -> Option<Difference> {
    let found = reference.resolved.as_deref()?.rsplit('-').next()?;
    let written = written_number(reference.as_written.as_str())?;
    (written != found).then(|| Difference {
        written,
        found: found.to_owned(),
    })
}

/// The number after "nr.", or the last number of the text.
fn written_number(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let after = ["nr.", "nr ", "no.", "nummer "]
        .iter()
        .filter_map(|mark| lower.rfind(mark).map(|at| at + mark.len()))
        .max();
    let numbers = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_ascii_digit())
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    };
    match after.and_then(|at| lower.get(at..)) {
        Some(rest) => numbers(rest).into_iter().next(),
        None => numbers(&lower).pop(),
    }
}

impl Asked {
    fn check(&self) -> Result<(), PledgeError> {
        resolved(&self.reference)?;
        let mut seen = std::collections::BTreeSet::new();
        match self.actions.iter().all(|action| seen.insert(*action)) {
            true => Ok(()),
            false => Err(PledgeError::ActionTwice),
        }
    }
}

fn resolved(reference: &LetterRef) -> Result<(), PledgeError> {
    match &reference.resolved {
        Some(number) if !is_kamerstuk(number) => Err(PledgeError::NotAKamerstuk(
            number.chars().take(30).collect(),
        )),
        _ => Ok(()),
    }
}

impl Pledge {
    /// Puts it in the register, open.
    pub fn new(id: PledgeId, asked: Asked, by: By) -> Result<Self, PledgeError> {
        asked.check()?;
        Ok(Self {
            id,
            asked,
            by,
            closed: None,
            reopened: Vec::new(),
        })
    }

    /// Is nothing closing it?
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.closed.is_none()
    }

    /// What closed it.
    #[must_use]
    pub fn closed(&self) -> Option<&Closing> {
        self.closed.as_ref()
    }

    /// How often it was opened again, oldest first.
    #[must_use]
    pub fn reopened(&self) -> &[Reopened] {
        &self.reopened
    }

    /// Changes what was written down of it; whether it is open stays.
    pub fn change(self, asked: Asked) -> Result<Self, PledgeError> {
        asked.check()?;
        Ok(Self { asked, ..self })
    }

    /// Closes it, with what closes it and why.
    pub fn close(mut self, closing: Closing) -> Result<Self, PledgeError> {
        if self.closed.is_some() {
            return Err(PledgeError::Closed);
        }
        if let Some(letter) = &closing.by_letter {
            resolved(letter)?;
        }
        self.closed = Some(closing);
        Ok(self)
    }

    /// Opens it again, with the reason; what had closed it is kept.
    pub fn reopen(mut self, why: SafeText, by: By) -> Result<Self, PledgeError> {
        let closing = self.closed.take().ok_or(PledgeError::Open)?;
        self.reopened.push(Reopened { closing, why, by });
        Ok(self)
    }
}
