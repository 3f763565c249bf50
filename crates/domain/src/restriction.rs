//! Restriction of processing (AVG 18; for police data Wpg 28, *afscherming*): what is marked is kept and nothing else is done with it,
//! unless a ground that the law names was written down first. Before it ends the person is told.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::answer::{By, Compartment};
use crate::code::DataCode;
use crate::text::SafeText;

/// Which law a restriction follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Law {
    /// AVG 18.
    Avg,
    /// Wpg 28; what it may be used for: recital 47 of Directive (EU) 2016/680. Articles to be checked by a lawyer.
    Wpg,
}

impl Law {
    /// The law of a compartment.
    #[must_use]
    pub fn of(compartment: Compartment) -> Law {
        match compartment {
            Compartment::K5 => Law::Wpg,
            _ => Law::Avg,
        }
    }
}

/// Why processing is restricted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// She contests that it is right: until that is looked into (AVG 18(1)(a)), or because it cannot be established (Wpg 28).
    Contested,
    /// It should not have been processed, and she does not want it erased (AVG 18(1)(b)).
    Unlawful,
    /// It is needed here no longer, and she needs it for a legal claim (AVG 18(1)(c)).
    Claim,
    /// She objected: until it is weighed (AVG 18(1)(d)).
    Objected,
    /// It must be kept as evidence, so that it is not destroyed (Wpg 28).
    Evidence,
}

impl Ground {
    /// All of them.
    pub const ALL: [Ground; 5] = [
        Ground::Contested,
        Ground::Unlawful,
        Ground::Claim,
        Ground::Objected,
        Ground::Evidence,
    ];

    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Ground::Contested => "contested",
            Ground::Unlawful => "unlawful",
            Ground::Claim => "claim",
            Ground::Objected => "objected",
            Ground::Evidence => "evidence",
        }
    }

    /// The article under a law; none: that law does not know this ground.
    #[must_use]
    pub fn article(self, law: Law) -> Option<&'static str> {
        match (law, self) {
            (Law::Avg, Ground::Contested) => Some("AVG 18(1)(a)"),
            (Law::Avg, Ground::Unlawful) => Some("AVG 18(1)(b)"),
            (Law::Avg, Ground::Claim) => Some("AVG 18(1)(c)"),
            (Law::Avg, Ground::Objected) => Some("AVG 18(1)(d)"),
            (Law::Wpg, Ground::Contested | Ground::Evidence) => Some("Wpg 28"),
            _ => None,
        }
    }
}

/// On which ground something is done all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Despite {
    /// She consents to it, knowing of the restriction.
    Consent,
    /// A legal claim.
    Claim,
    /// The rights of another person.
    Another,
    /// An important public interest.
    PublicInterest,
    /// The purpose for which it was not destroyed (Wpg).
    KeptFor,
    /// Acute danger to her life or that of her child, which another service averts (Wpg 19).
    Danger,
}

impl Despite {
    /// All of them.
    pub const ALL: [Despite; 6] = [
        Despite::Consent,
        Despite::Claim,
        Despite::Another,
        Despite::PublicInterest,
        Despite::KeptFor,
        Despite::Danger,
    ];

    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Despite::Consent => "consent",
            Despite::Claim => "claim",
            Despite::Another => "another",
            Despite::PublicInterest => "public_interest",
            Despite::KeptFor => "kept_for",
            Despite::Danger => "danger",
        }
    }

    /// The article under a law; none: that law does not know this ground.
    #[must_use]
    pub fn article(self, law: Law) -> Option<&'static str> {
        match (law, self) {
            (
                Law::Avg,
                Despite::Consent | Despite::Claim | Despite::Another | Despite::PublicInterest,
            ) => Some("AVG 18(2)"),
            (Law::Wpg, Despite::KeptFor) => Some("Wpg 28; Richtlijn (EU) 2016/680, overw. 47"),
            (Law::Wpg, Despite::Danger) => Some("Wpg 19, 28"),
            _ => None,
        }
    }
}

/// What is more than keeping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// It goes to somebody else.
    Disclose,
    /// It is changed.
    Change,
    /// It is erased.
    Erase,
}

impl Act {
    /// All of them.
    pub const ALL: [Act; 3] = [Act::Disclose, Act::Change, Act::Erase];

    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Act::Disclose => "disclose",
            Act::Change => "change",
            Act::Erase => "erase",
        }
    }
}

/// Something that may be done in spite of the restriction, written down before it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// What may be done.
    pub act: Act,
    /// On which ground.
    pub despite: Despite,
    /// Why, in words.
    pub reason: SafeText,
    /// With which categories; none: with all.
    pub data: BTreeSet<DataCode>,
    /// Who decided, and when.
    pub by: By,
    /// Last day, inclusive.
    pub until: Date,
}

/// It will end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// Last day on which it holds.
    pub last: Date,
    /// Why it ends; she reads it.
    pub reason: SafeText,
}

/// Where it stands. It is over when its last day is over, whether or not a clock ran.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum RestrictionState {
    /// It holds.
    InForce,
    /// It holds until a day that she was told beforehand (AVG 18(3)).
    Ending {
        /// Who decided, and when.
        by: By,
        /// When and why.
        ending: Ending,
    },
}

/// Processing that is restricted, in one compartment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restriction {
    /// In which compartment, and so under which law.
    pub of: Compartment,
    /// Why.
    pub ground: Ground,
    /// Which categories; none: everything that is kept about her here.
    pub data: BTreeSet<DataCode>,
    /// Who granted it, and when.
    pub by: By,
    state: RestrictionState,
    exceptions: Vec<Exception>,
}

/// Why a step, or an act, is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RestrictionError {
    /// The law of this compartment does not know the ground.
    #[error("the law of this compartment does not know this ground: choose another")]
    Ground,
    /// Not in this state.
    #[error("this restriction is {0}: the step is not possible now")]
    NotNow(&'static str),
    /// She would not have been told beforehand.
    #[error("before it ends she is told (AVG 18(3)): it holds at least until {0}")]
    TooSoon(Date),
    /// Categories that are not restricted.
    #[error("only what is restricted needs a ground: choose among those categories")]
    Data,
    /// Restricted, and no ground was written down.
    #[error(
        "processing is restricted ({article}): it is kept and nothing else, until a ground that the law names is written down at the restriction"
    )]
    Restricted {
        /// The article under which it is restricted.
        article: &'static str,
    },
}

/// The names of the states, as in the picture.
pub const STATES: &[&str] = &["in_force", "ending"];
/// The moves between them.
pub const MOVES: &[(&str, &str)] = &[("in_force", "ending"), ("ending", "in_force")];

impl Restriction {
    /// Marks data as restricted.
    pub fn mark(
        of: Compartment,
        ground: Ground,
        data: BTreeSet<DataCode>,
        by: By,
    ) -> Result<Restriction, RestrictionError> {
        if ground.article(Law::of(of)).is_none() {
            return Err(RestrictionError::Ground);
        }
        Ok(Restriction {
            of,
            ground,
            data,
            by,
            state: RestrictionState::InForce,
            exceptions: Vec::new(),
        })
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> &RestrictionState {
        &self.state
    }

    /// Name of the state.
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            RestrictionState::InForce => "in_force",
            RestrictionState::Ending { .. } => "ending",
        }
    }

    /// When and why it ends, once that was decided.
    #[must_use]
    pub fn ending(&self) -> Option<&Ending> {
        match &self.state {
            RestrictionState::InForce => None,
            RestrictionState::Ending { ending, .. } => Some(ending),
        }
    }

    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, on: Date) -> bool {
        self.ending().is_none_or(|ending| on <= ending.last)
    }

    /// The article under which it is restricted.
    #[must_use]
    pub fn article(&self) -> &'static str {
        // `mark` takes no ground without an article.
        self.ground.article(Law::of(self.of)).unwrap_or_default()
    }

    /// What was written down, oldest first.
    #[must_use]
    pub fn exceptions(&self) -> &[Exception] {
        &self.exceptions
    }

    /// Decides that it ends. `told_by` is the first day on which it may end: she has read it by then.
    pub fn announce(
        self,
        by: By,
        ending: Ending,
        told_by: Date,
    ) -> Result<Restriction, RestrictionError> {
        match self.state {
            RestrictionState::InForce if ending.last < told_by => {
                Err(RestrictionError::TooSoon(told_by))
            }
            RestrictionState::InForce => Ok(Restriction {
                state: RestrictionState::Ending { by, ending },
                ..self
            }),
            RestrictionState::Ending { .. } => Err(RestrictionError::NotNow(self.state_name())),
        }
    }

    /// It stays after all, as long as it has not ended.
    pub fn keep(self, on: Date) -> Result<Restriction, RestrictionError> {
        match self.state {
            RestrictionState::Ending { .. } if self.holds_on(on) => Ok(Restriction {
                state: RestrictionState::InForce,
                ..self
            }),
            _ => Err(RestrictionError::NotNow(self.state_name())),
        }
    }

    /// Writes down on which ground something may be done all the same.
    pub fn except(
        mut self,
        exception: Exception,
        on: Date,
    ) -> Result<Restriction, RestrictionError> {
        if !self.holds_on(on) {
            return Err(RestrictionError::NotNow("over"));
        }
        if exception.despite.article(Law::of(self.of)).is_none() {
            return Err(RestrictionError::Ground);
        }
        if !self.data.is_empty() && !exception.data.is_subset(&self.data) {
            return Err(RestrictionError::Data);
        }
        self.exceptions.push(exception);
        Ok(self)
    }

    /// Whether an act on these categories (none named: on everything) may be done on a day.
    pub fn allows(
        &self,
        act: Act,
        data: &BTreeSet<DataCode>,
        on: Date,
    ) -> Result<(), RestrictionError> {
        let touched = match self.touched(data) {
            Some(touched) if self.holds_on(on) => touched,
            _ => return Ok(()),
        };
        let written = self.exceptions.iter();
        let written = written.filter(|one| one.act == act && on <= one.until);
        let (all, some): (Vec<_>, Vec<_>) = written.partition(|one| one.data.is_empty());
        let covered = |code: &DataCode| some.iter().any(|one| one.data.contains(code));
        let named = !touched.is_empty() && touched.iter().all(covered);
        match !all.is_empty() || named {
            true => Ok(()),
            false => Err(RestrictionError::Restricted {
                article: self.article(),
            }),
        }
    }

    /// What of these categories is restricted: none when nothing is, empty when it is everything and nobody can name it.
    fn touched(&self, data: &BTreeSet<DataCode>) -> Option<BTreeSet<DataCode>> {
        match (self.data.is_empty(), data.is_empty()) {
            (true, _) => Some(data.clone()),
            (false, true) => Some(self.data.clone()),
            (false, false) => {
                let both: BTreeSet<DataCode> = self.data.intersection(data).cloned().collect();
                (!both.is_empty()).then_some(both)
            }
        }
    }
}
