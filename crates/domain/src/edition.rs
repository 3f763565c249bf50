//! An edition of the progress letter (K7): drafted, frozen, sent; after that only an erratum.

use crate::{
    action::{Action, Line},
    answer::By,
    figure::{Figure, FigureError},
    ids::EditionId,
};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

mod content;

pub use content::{
    Commitment, CommitmentKind, EditionContent, Erratum, Highlight, LetterRef, Signatory,
};

/// How often a letter goes out. The government promised "twee keer per jaar" (letter of 4 July 2025).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cycle {
    /// Four times a year.
    Quarterly,
    /// Twice a year.
    #[default]
    HalfYearly,
    /// Once a year.
    Yearly,
}

impl Cycle {
    /// Editions in a year.
    #[must_use]
    pub fn per_year(self) -> i8 {
        match self {
            Self::Quarterly => 4,
            Self::HalfYearly => 2,
            Self::Yearly => 1,
        }
    }

    /// Months that one edition covers.
    #[must_use]
    pub fn months(self) -> i8 {
        12 / self.per_year()
    }
}

/// Name of an edition, such as `2026-2`: the second of 2026.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EditionName {
    year: i16,
    number: i8,
}

/// The period an edition covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionPeriod {
    /// First day.
    pub from: Date,
    /// Last day, inclusive.
    pub until: Date,
}

impl EditionName {
    /// The edition of a cycle; none when the cycle has no such number.
    #[must_use]
    pub fn new(year: i16, number: i8, cycle: Cycle) -> Option<Self> {
        let fits = (2000..=2999).contains(&year) && (1..=cycle.per_year()).contains(&number);
        fits.then_some(Self { year, number })
    }

    /// The edition in whose period a day lies.
    #[must_use]
    pub fn of(day: Date, cycle: Cycle) -> Self {
        Self {
            year: day.year(),
            number: (day.month() - 1) / cycle.months() + 1,
        }
    }

    /// The edition before this one.
    #[must_use]
    pub fn previous(self, cycle: Cycle) -> Self {
        if self.number > 1 {
            Self {
                number: self.number - 1,
                ..self
            }
        } else {
            Self {
                year: self.year - 1,
                number: cycle.per_year(),
            }
        }
    }

    /// The period it covers; none when the cycle has no such number.
    #[must_use]
    pub fn period(self, cycle: Cycle) -> Option<EditionPeriod> {
        Self::new(self.year, self.number, cycle)?;
        let from = Date::new(self.year, (self.number - 1) * cycle.months() + 1, 1).ok()?;
        let until = from
            .checked_add(i32::from(cycle.months()).months())
            .ok()?
            .yesterday()
            .ok()?;
        Some(EditionPeriod { from, until })
    }
}

impl fmt::Display for EditionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.year, self.number)
    }
}

/// Not a name such as `2026-2`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the name of an edition: expected a year and a number, such as 2026-2")]
pub struct BadName(String);

impl FromStr for EditionName {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        let bad = || BadName(text.chars().take(40).collect());
        let (year, number) = text.split_once('-').ok_or_else(bad)?;
        let year = year.parse().map_err(|_| bad())?;
        let number = number.parse().map_err(|_| bad())?;
        Self::new(year, number, Cycle::Quarterly).ok_or_else(bad)
    }
}

impl TryFrom<String> for EditionName {
    type Error = BadName;

    fn try_from(text: String) -> Result<Self, BadName> {
        text.parse()
    }
}

impl From<EditionName> for String {
    fn from(name: EditionName) -> Self {
        name.to_string()
    }
}

/// What a frozen edition holds, copied so that it stays the same whatever the register does later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// Actions of annex 1: running, delayed or finished, in order of line and number.
    pub annex: Vec<Action>,
    /// Figures.
    pub figures: Vec<Figure>,
    /// Who froze it, and when.
    pub by: By,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum EditionState {
    /// Being written.
    Draft,
    /// Text, actions and figures are fixed.
    Frozen {
        /// What is fixed.
        snapshot: Snapshot,
    },
    /// Sent to the Tweede Kamer.
    Sent {
        /// What is fixed.
        snapshot: Snapshot,
        /// The day it was sent.
        on: Date,
        /// The Kamerstuk number, once known.
        kamerstuk: Option<String>,
    },
}

/// An edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// Identity.
    pub id: EditionId,
    /// Name.
    pub name: EditionName,
    /// Cycle.
    pub cycle: Cycle,
    /// Period it covers.
    pub period: EditionPeriod,
    content: EditionContent,
    errata: Vec<Erratum>,
    state: EditionState,
}

/// Why a step was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditionError {
    /// The cycle has no such edition.
    #[error("there is no edition {0} in this cycle")]
    NoSuchEdition(EditionName),
    /// Frozen: only an erratum can change it.
    #[error("edition {0} is frozen: add an erratum instead")]
    Frozen(EditionName),
    /// Not frozen yet.
    #[error("edition {0} is a draft: freeze it first")]
    NotFrozen(EditionName),
    /// Sent already.
    #[error("edition {0} was sent already")]
    AlreadySent(EditionName),
    /// Nobody signs.
    #[error("edition {0} has no signatory")]
    NoSignatory(EditionName),
    /// A highlight names an action that is not in the register.
    #[error("a highlight on line {} names an action that is not in the register", .0.number())]
    UnknownAction(Line),
    /// A figure is not in order.
    #[error("figure {number}: {error}")]
    Figure {
        /// Figure, from 1.
        number: usize,
        /// What is wrong.
        error: FigureError,
    },
}

/// The names of the states, as in the picture.
pub const STATES: &[&str] = &["draft", "frozen", "sent"];
/// The moves between them.
pub const MOVES: &[(&str, &str)] = &[("draft", "frozen"), ("frozen", "sent")];

impl Edition {
    /// Begins an edition.
    pub fn begin(id: EditionId, name: EditionName, cycle: Cycle) -> Result<Self, EditionError> {
        let period = name
            .period(cycle)
            .ok_or(EditionError::NoSuchEdition(name))?;
        let content = EditionContent::default();
        Ok(Self {
            id,
            name,
            cycle,
            period,
            content,
            errata: Vec::new(),
            state: EditionState::Draft,
        })
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self) -> &EditionState {
        &self.state
    }

    /// Name of the state.
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            EditionState::Draft => "draft",
            EditionState::Frozen { .. } => "frozen",
            EditionState::Sent { .. } => "sent",
        }
    }

    /// What the editor wrote.
    #[must_use]
    pub fn content(&self) -> &EditionContent {
        &self.content
    }

    /// Corrections after freezing.
    #[must_use]
    pub fn errata(&self) -> &[Erratum] {
        &self.errata
    }

    /// What was fixed.
    #[must_use]
    pub fn snapshot(&self) -> Option<&Snapshot> {
        match &self.state {
            EditionState::Draft => None,
            EditionState::Frozen { snapshot } | EditionState::Sent { snapshot, .. } => {
                Some(snapshot)
            }
        }
    }

    /// The highlights of one line, in the order in which they were picked.
    pub fn highlights(&self, line: Line) -> impl Iterator<Item = &Highlight> {
        self.content
            .highlights
            .iter()
            .filter(move |h| h.line == line)
    }

    /// Changes the draft.
    pub fn write(self, content: EditionContent) -> Result<Self, EditionError> {
        match self.state {
            EditionState::Draft => Ok(Self { content, ..self }),
            _ => Err(EditionError::Frozen(self.name)),
        }
    }

    /// Fixes text, actions and figures.
    pub fn freeze(
        self,
        register: &[Action],
        figures: Vec<Figure>,
        by: By,
    ) -> Result<Self, EditionError> {
        if self.state != EditionState::Draft {
            return Err(EditionError::Frozen(self.name));
        }
        if self.content.signatory.is_none() {
            return Err(EditionError::NoSignatory(self.name));
        }
        for highlight in &self.content.highlights {
            if highlight
                .actions
                .iter()
                .any(|id| !register.iter().any(|a| a.id == *id))
            {
                return Err(EditionError::UnknownAction(highlight.line));
            }
        }
        for (index, figure) in figures.iter().enumerate() {
            figure.check().map_err(|error| EditionError::Figure {
                number: index + 1,
                error,
            })?;
        }
        let snapshot = Snapshot {
            annex: annex(register),
            figures,
            by,
        };
        Ok(Self {
            state: EditionState::Frozen { snapshot },
            ..self
        })
    }

    /// Records that it was sent.
    pub fn sent(self, on: Date, kamerstuk: Option<String>) -> Result<Self, EditionError> {
        match self.state {
            EditionState::Draft => Err(EditionError::NotFrozen(self.name)),
            EditionState::Sent { .. } => Err(EditionError::AlreadySent(self.name)),
            EditionState::Frozen { snapshot } => Ok(Self {
                state: EditionState::Sent {
                    snapshot,
                    on,
                    kamerstuk,
                },
                ..self
            }),
        }
    }

    /// Corrects a frozen edition beside its text, never in it.
    pub fn correct(mut self, erratum: Erratum) -> Result<Self, EditionError> {
        if self.state == EditionState::Draft {
            return Err(EditionError::NotFrozen(self.name));
        }
        self.errata.push(erratum);
        Ok(self)
    }
}

/// The actions of annex 1, in order of line and number (`3.b` before `3.j`, `3.2` before `3.10`).
#[must_use]
pub fn annex(register: &[Action]) -> Vec<Action> {
    let mut annex: Vec<Action> = register
        .iter()
        .filter(|a| a.status().in_annex())
        .cloned()
        .collect();
    annex.sort_by_cached_key(|a| (a.plan.line, number_key(&a.plan.number), a.id));
    annex
}

/// The order of numbers in the plan: `3.2` before `3.10`, `3.b` before `3.j`.
#[must_use]
pub fn number_key(number: &str) -> Vec<(u32, String)> {
    number
        .split(['.', '-', ' '])
        .map(|part| {
            let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
            (digits.parse().unwrap_or(u32::MAX), part.to_lowercase())
        })
        .collect()
}

/// Actions whose holder told nothing since the edition's period began. What was sent in a round and not accepted yet is not known
/// here: see `desk::plan::sent`.
#[must_use]
pub fn overdue<'a>(register: &'a [Action], period: &EditionPeriod) -> Vec<&'a Action> {
    register
        .iter()
        .filter(|a| a.is_overdue(period.from))
        .collect()
}
