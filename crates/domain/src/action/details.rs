//! What an action carries besides what it is: the standing policy that it ties to, where it works, milestones, what it was to do to
//! which indicator, money per year with its source, lessons for others.
//!
//! Milestones, measures and money are one line of text each, the same in a spreadsheet's cell, in a form and in an export:
//!
//! ```text
//! 2026-03-01 Alle regio's hebben een profiel | bereikt 2026-04-02 | https://voorbeeld.example/profiel
//! aanmeldingen omhoog
//! 2026 begroot 200000 | Rijksbegroting VI, artikel 33
//! ```

use crate::{code::RegionCode, text::SafeText};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Longest text of a milestone, a source or a standing policy, in characters.
pub const DETAIL_MAX: usize = 500;
/// Longest text with lessons, in characters.
pub const LESSONS_MAX: usize = 5_000;

/// A moment on the way: what must be there, when, and whether it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// The day on which it must be there.
    pub day: Date,
    /// What must be there.
    pub what: SafeText,
    /// The day on which it was there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<Date>,
    /// Where that can be seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<SafeText>,
}

impl Milestone {
    /// Its day is past and it was not reached.
    #[must_use]
    pub fn is_late(&self, today: Date) -> bool {
        self.reached.is_none() && self.day < today
    }
}

/// Which way an action is to move an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Up.
    Up,
    /// Down.
    Down,
    /// It is to stay as it is.
    Same,
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Up, Self::Down, Self::Same];

    /// As it is written in a line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Up => "omhoog",
            Self::Down => "omlaag",
            Self::Same => "gelijk",
        }
    }
}

/// What an action was to do to an indicator that is defined elsewhere. Indicators in the holder's own words stand beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Code of the definition, such as `aanmeldingen`.
    pub code: String,
    /// Which way it is to go.
    pub way: Way,
}

/// Meant to be spent, or spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoneyKind {
    /// Budget.
    Budget,
    /// Spending.
    Spent,
}

impl MoneyKind {
    /// As it is written in a line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Budget => "begroot",
            Self::Spent => "besteed",
        }
    }
}

/// Money of one year, with where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Year.
    pub year: i16,
    /// Budget or spending.
    pub kind: MoneyKind,
    /// Whole euros.
    pub euros: u64,
    /// Where it stands, such as an article of the national budget.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SafeText>,
}

/// What an action carries besides what it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Details {
    /// The standing policy that it is tied to: actions come in addition to that.
    pub policy: Option<SafeText>,
    /// Regions in which it works; empty: the whole country.
    pub regions: Vec<RegionCode>,
    /// Milestones, in the order of the plan.
    pub milestones: Vec<Milestone>,
    /// Indicators with a definition, and which way they are to go.
    pub measures: Vec<Measure>,
    /// Budget and spending per year.
    pub money: Vec<Money>,
    /// What others can learn from it.
    pub lessons: Option<SafeText>,
}

impl Details {
    /// Nothing is filled in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whole euros of a kind over all years; none when no year has any.
    #[must_use]
    pub fn euros(&self, kind: MoneyKind) -> Option<u64> {
        let mut of_kind = self.money.iter().filter(|m| m.kind == kind).peekable();
        of_kind.peek()?;
        Some(of_kind.fold(0, |sum, m| sum.saturating_add(m.euros)))
    }

    /// Two lines for one year and kind: which of them would count?
    pub(super) fn money_twice(&self) -> Option<(i16, MoneyKind)> {
        let keys = |m: &Money| (m.year, m.kind);
        let mut seen = std::collections::BTreeSet::new();
        self.money.iter().map(keys).find(|key| !seen.insert(*key))
    }
}

/// A line that cannot be read: what was expected. What was written is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// A milestone.
    #[error(
        "a milestone is a day and what must be there, such as `2026-03-01 profile agreed | bereikt 2026-04-02 | https://…`"
    )]
    Milestone,
    /// A measure.
    #[error("a measure is a code and a way: omhoog (up), omlaag (down) or gelijk (same)")]
    Measure,
    /// Money.
    #[error(
        "money is a year, begroot (budget) or besteed (spent) and whole euros, such as `2026 begroot 200000 | source`"
    )]
    Money,
}

fn parts(line: &str) -> impl Iterator<Item = &str> {
    line.split('|').map(str::trim)
}

/// A `;` separates lines in a cell, so none may stand in one.
fn text(field: &'static str, raw: &str) -> Option<SafeText> {
    let safe = SafeText::new(field, raw, DETAIL_MAX).ok();
    safe.filter(|_| !raw.contains(';'))
}

impl FromStr for Milestone {
    type Err = LineError;

    fn from_str(line: &str) -> Result<Self, LineError> {
        let mut parts = parts(line);
        let first = parts.next().unwrap_or_default();
        let (day, what) = first
            .split_once(char::is_whitespace)
            .ok_or(LineError::Milestone)?;
        let mut milestone = Self {
            day: day.parse().map_err(|_| LineError::Milestone)?,
            what: text("milestone", what).ok_or(LineError::Milestone)?,
            reached: None,
            evidence: None,
        };
        for part in parts.filter(|part| !part.is_empty()) {
            let reached = part
                .strip_prefix("bereikt ")
                .or_else(|| part.strip_prefix("reached "));
            match reached {
                Some(day) => {
                    milestone.reached = Some(day.trim().parse().map_err(|_| LineError::Milestone)?)
                }
                None if milestone.evidence.is_none() => {
                    milestone.evidence = Some(text("evidence", part).ok_or(LineError::Milestone)?);
                }
                None => return Err(LineError::Milestone),
            }
        }
        Ok(milestone)
    }
}

impl fmt::Display for Milestone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.day, self.what.as_str())?;
        if let Some(day) = self.reached {
            write!(f, " | bereikt {day}")?;
        }
        match &self.evidence {
            Some(evidence) => write!(f, " | {}", evidence.as_str()),
            None => Ok(()),
        }
    }
}

impl FromStr for Measure {
    type Err = LineError;

    fn from_str(line: &str) -> Result<Self, LineError> {
        let (code, way) = line
            .trim()
            .rsplit_once(char::is_whitespace)
            .ok_or(LineError::Measure)?;
        let way = match way {
            "omhoog" | "up" => Way::Up,
            "omlaag" | "down" => Way::Down,
            "gelijk" | "same" => Way::Same,
            _ => return Err(LineError::Measure),
        };
        let code = code.trim();
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        match (1..=60).contains(&code.len()) && code.chars().all(plain) {
            true => Ok(Self {
                code: code.to_owned(),
                way,
            }),
            false => Err(LineError::Measure),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.way.word())
    }
}

impl FromStr for Money {
    type Err = LineError;

    fn from_str(line: &str) -> Result<Self, LineError> {
        let mut parts = parts(line);
        let mut words = parts.next().unwrap_or_default().split_whitespace();
        let (Some(year), Some(kind), Some(euros), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Err(LineError::Money);
        };
        let kind = match kind {
            "begroot" | "budget" => MoneyKind::Budget,
            "besteed" | "spent" => MoneyKind::Spent,
            _ => return Err(LineError::Money),
        };
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit()) && text.len() <= 15;
        let year: i16 = year.parse().map_err(|_| LineError::Money)?;
        if !(2000..=2999).contains(&year) || !digits(euros) {
            return Err(LineError::Money);
        }
        let source = parts.next().filter(|part| !part.is_empty());
        Ok(Self {
            year,
            kind,
            euros: euros.parse().map_err(|_| LineError::Money)?,
            source: match source {
                Some(source) => Some(text("source", source).ok_or(LineError::Money)?),
                None => None,
            },
        })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.year, self.kind.word(), self.euros)?;
        match &self.source {
            Some(source) => write!(f, " | {}", source.as_str()),
            None => Ok(()),
        }
    }
}
