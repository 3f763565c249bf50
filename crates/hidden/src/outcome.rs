//! What comes out: an estimate with its interval, or a refusal with its reason.

use std::fmt;

use serde::{Serialize, Serializer};

/// No number beyond so many times the people seen leaves this crate: it would say only that nobody knows.
pub const MOST_TIMES_SEEN: f64 = 1000.0;
/// A larger share of resampled tables without an estimate makes an interval a fiction.
pub const MOST_FAILED: f64 = 0.2;
/// The most lists with which every model can be tried.
pub const MOST_LISTS_FOR_BIC: usize = 5;

/// How the model is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Independent lists.
    Main,
    /// Pairs of lists come in one by one while they are less likely than 0.02 to be chance (Chan, Silverman and Vincent 2021).
    Stepwise,
    /// The best hierarchical model by BIC, of at most five lists (Silverman, Chan and Vincent 2024).
    Bic,
    /// An average over all models that do well: its interval held the truth most evenly in our measurements.
    Best,
}

/// How to estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// How the model is chosen.
    pub method: Method,
    /// How many tables are drawn anew for the interval; with none there is no interval. [`Method::Best`] needs none.
    pub resamples: u32,
    /// The same seed gives the same interval.
    pub seed: u64,
}

/// What comes out.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// There is an estimate.
    Estimate(Box<Estimate>),
    /// There is none, and why.
    Refused(Refusal),
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Refused<'a> {
            estimate: Option<f64>,
            refused: &'a Refusal,
        }
        match self {
            Self::Estimate(estimate) => estimate.serialize(serializer),
            Self::Refused(refused) => Refused {
                estimate: None,
                refused,
            }
            .serialize(serializer),
        }
    }
}

/// How many people there are in all, seen and not seen: an estimate, never a count.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Estimate {
    /// Everybody on some list.
    pub observed: u64,
    /// People in all. Every digit is kept for comparison; a reader is shown it rounded.
    pub estimate: f64,
    /// Between which numbers the truth lies in 95 of 100 cases, if the assumption holds; none without resamples.
    pub interval95: Option<[f64; 2]>,
    /// The same in 80 of 100.
    pub interval80: Option<[f64; 2]>,
    /// The terms of the chosen model, or of the one with most say: each list, and which lists depend on each other.
    pub model: Vec<String>,
    /// How the model was chosen.
    pub method: Method,
    /// Tables drawn anew.
    pub resamples: Resamples,
    /// What was looked at.
    pub checks: Vec<Check>,
    /// What a reader must know before using the number.
    pub warnings: Vec<Warning>,
}

/// How many tables were drawn anew, and how many had an estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Resamples {
    /// Drawn.
    pub drawn: u32,
    /// With an estimate: these make the interval.
    pub used: u32,
}

/// Something that was looked at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    /// What.
    pub name: &'static str,
    /// Whether it is in order.
    pub passed: bool,
    /// What was found, in words.
    pub found: String,
}

/// What a reader must know.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Warning {
    /// A list that nobody is on.
    #[error("nobody is on list `{0}`; it was left out")]
    EmptyList(String),
    /// No resamples were asked for.
    #[error(
        "no resamples were asked for, so there is no interval; do not use the number without one"
    )]
    NoInterval,
    /// A limit that would be another with another seed.
    #[error(
        "the limits of the {share} % interval are not resolved: fewer than ten resamples lie beyond one of them; ask for more resamples"
    )]
    NotResolved {
        /// Which interval.
        share: u8,
    },
    /// Resampled tables without an estimate.
    #[error(
        "{failed} of {drawn} resampled tables had no estimate and were left out; the overlaps are so few that the upper limit is too low"
    )]
    Failed {
        /// Without.
        failed: u32,
        /// In all.
        drawn: u32,
    },
    /// The estimate lies outside its own interval.
    #[error(
        "the estimate lies outside its {share} % interval: the resampled tables choose other models; use the interval, not the number"
    )]
    Outside {
        /// Which interval.
        share: u8,
    },
    /// Other ways of choosing say something else.
    #[error(
        "other ways of choosing a model give {low:.0} to {high:.0}: which lists depend on each other decides the number"
    )]
    Disagree {
        /// The smallest.
        low: f64,
        /// The largest.
        high: f64,
    },
    /// The model does not describe the table.
    #[error(
        "the model does not describe the table well (chance {chance:.4}): people differ in more ways than the lists show"
    )]
    Fit {
        /// How likely so large a distance is.
        chance: f64,
    },
    /// Few people on more than one list.
    #[error(
        "only {0} people are on more than one list; a few more or fewer change the number much"
    )]
    FewOverlaps(u64),
}

impl Serialize for Warning {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Why there is no estimate. A refusal is an ordinary outcome: these data do not tell how many are hidden.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Fewer than three lists.
    #[error(
        "fewer than three lists with people on them: there are {0}, and with so few nothing tells whether lists depend on each other"
    )]
    FewLists(usize),
    /// Nobody.
    #[error("nobody is on any list")]
    Nobody,
    /// The lists never meet.
    #[error("nobody is on two lists; without any overlap the number can be anything")]
    NoOverlap,
    /// No maximum likelihood estimate.
    #[error(
        "the model of independent lists has no maximum likelihood estimate: too many combinations are empty"
    )]
    NoMaximum,
    /// More terms than the cells can tell apart.
    #[error(
        "the combinations with people cannot tell the terms of the model apart (it is not identifiable)"
    )]
    NotIdentified,
    /// Too large or without end.
    #[error(
        "the estimate is not finite or more than 1,000 times the people seen; that says only that nobody knows"
    )]
    TooLarge,
    /// The average over models has no upper limit.
    #[error(
        "the upper limit of the interval is more than 1,000 times the people seen: these lists bound the number from below only"
    )]
    NoUpperLimit,
    /// Too many lists to try every model.
    #[error(
        "there are {0} lists; every model can be tried with at most {MOST_LISTS_FOR_BIC}: use stepwise, or merge lists"
    )]
    TooManyForBic(usize),
    /// Too many resampled tables without an estimate.
    #[error(
        "{failed} of {drawn} resampled tables have no estimate; with so few overlaps the number has no upper limit"
    )]
    Unsteady {
        /// Without.
        failed: u32,
        /// In all.
        drawn: u32,
    },
}

impl Serialize for Refusal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Main => "main",
            Self::Stepwise => "stepwise",
            Self::Bic => "bic",
            Self::Best => "best",
        })
    }
}
