//! What of a room cannot be used, told in dated revisions.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::CapacityError;
use crate::{answer::By, code::ReasonCode, placement::Reason};

/// How much cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "out", rename_all = "snake_case", deny_unknown_fields)]
pub enum Out {
    /// Whatever is free or becomes free: nobody new comes, who is there stays.
    All {
        /// Why.
        reason: Reason,
    },
    /// So many places.
    Places {
        /// How many.
        number: u16,
        /// Why.
        reason: Reason,
    },
    /// Nothing: back in service.
    Nothing,
}

impl Out {
    /// Why, unless it is back in service.
    #[must_use]
    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Self::All { reason } | Self::Places { reason, .. } => Some(reason),
            Self::Nothing => None,
        }
    }
}

/// What was told about some days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutRevision {
    /// First day.
    pub from: Date,
    /// Last day; `None`: until further notice.
    pub until: Option<Date>,
    /// How much.
    pub out: Out,
    /// Who told it, and when.
    pub by: By,
}

impl OutRevision {
    /// Whether it says something about a day.
    #[must_use]
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// Everything that was told, first to last. About a day counts what was told last of all that covers it; nothing is ever
/// taken away, so that what was known on an earlier day can be seen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct OutOfService(Vec<OutRevision>);

impl OutOfService {
    /// Everything that was told, first to last.
    #[must_use]
    pub fn history(&self) -> &[OutRevision] {
        &self.0
    }

    /// What counts for a day, unless all is in service.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<&OutRevision> {
        let last = self.0.iter().rev().find(|said| said.covers(day));
        last.filter(|said| said.out != Out::Nothing)
    }

    /// Tells it anew for the days of the revision. Earlier ones stay, and count for their other days.
    pub fn say(mut self, revision: OutRevision, today: Date) -> Result<Self, CapacityError> {
        if let Some(until) = revision.until {
            if until < revision.from {
                let from = revision.from;
                return Err(CapacityError::Reversed { from, until });
            }
            if until < today {
                return Err(CapacityError::Past { until, today });
            }
        }
        if matches!(revision.out, Out::Places { number: 0, .. }) {
            return Err(CapacityError::NoPlaces);
        }
        self.0.push(revision);
        Ok(self)
    }

    /// Back in service from a day on, for as long as what counts on that day would have lasted. What is planned later stays.
    pub fn end(self, from: Date, by: By) -> Result<Self, CapacityError> {
        let until = match self.on(from) {
            Some(said) => said.until,
            None => return Err(CapacityError::NothingOut(from)),
        };
        let mut all = self.0;
        all.push(OutRevision {
            from,
            until,
            out: Out::Nothing,
            by,
        });
        Ok(Self(all))
    }
}

/// As it is kept: a list, or the single period that rooms had before.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    All(Vec<OutRevision>),
    One(Option<Before>),
}

/// The shape of rooms of schema 1.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Before {
    since: Date,
    until: Option<Date>,
    reason: ReasonCode,
    by: By,
}

impl From<Stored> for OutOfService {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::All(all) => Self(all),
            Stored::One(one) => Self(one.into_iter().map(OutRevision::from).collect()),
        }
    }
}

impl From<Before> for OutRevision {
    fn from(before: Before) -> Self {
        Self {
            from: before.since,
            until: before.until,
            out: Out::All {
                reason: Reason {
                    code: before.reason,
                    note: None,
                },
            },
            by: before.by,
        }
    }
}
