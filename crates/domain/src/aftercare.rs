//! Aftercare: moments the person chose, over a channel that is safe. Nearly half of the victims fall victim again within
//! years (National Rapporteur), so a case does not just end.

use crate::{answer::By, text::SafeText};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How a moment went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum MomentState {
    /// Still to come.
    Planned,
    /// There was contact.
    Done {
        /// Who and when.
        by: By,
        /// How it is, in short.
        note: Option<SafeText>,
    },
    /// No contact was made.
    Missed {
        /// Who and when.
        by: By,
        /// What is done about it.
        follow_up: SafeText,
    },
    /// The person no longer wants it.
    Cancelled {
        /// Who recorded it, and when.
        by: By,
    },
}

/// One moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AftercareMoment {
    /// The day the person chose.
    pub on: Date,
    /// The channel that is safe.
    pub safe_channel: SafeText,
    /// How it went.
    pub state: MomentState,
}

/// A plan with at least one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AftercarePlan {
    moments: Vec<AftercareMoment>,
}

/// Why a plan was not made or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AftercareError {
    /// No moment.
    #[error("an aftercare plan has at least one moment that the person chose")]
    NoMoment,
    /// A moment in the past.
    #[error("aftercare on {on} lies before {today}")]
    InPast {
        /// Day given.
        on: Date,
        /// Day of reference.
        today: Date,
    },
    /// There is no such planned moment.
    #[error("there is no planned aftercare moment number {number}")]
    NoSuchMoment {
        /// Number, from 1.
        number: usize,
    },
}

impl AftercarePlan {
    /// Makes a plan of days and safe channels, in order of time.
    pub fn new(mut chosen: Vec<(Date, SafeText)>, today: Date) -> Result<Self, AftercareError> {
        if chosen.is_empty() {
            return Err(AftercareError::NoMoment);
        }
        if let Some((on, _)) = chosen.iter().find(|(on, _)| *on < today) {
            return Err(AftercareError::InPast { on: *on, today });
        }
        chosen.sort_by_key(|(on, _)| *on);
        let moments = chosen
            .into_iter()
            .map(|(on, safe_channel)| AftercareMoment {
                on,
                safe_channel,
                state: MomentState::Planned,
            })
            .collect();
        Ok(Self { moments })
    }

    /// The moments, in order of time.
    #[must_use]
    pub fn moments(&self) -> &[AftercareMoment] {
        &self.moments
    }

    /// Records how moment `number` (from 1) went.
    pub fn record(mut self, number: usize, state: MomentState) -> Result<Self, AftercareError> {
        let moment = number
            .checked_sub(1)
            .and_then(|index| self.moments.get_mut(index))
            .filter(|moment| moment.state == MomentState::Planned)
            .ok_or(AftercareError::NoSuchMoment { number })?;
        moment.state = state;
        Ok(self)
    }

    /// The next planned moment.
    #[must_use]
    pub fn next(&self) -> Option<&AftercareMoment> {
        self.moments
            .iter()
            .find(|m| m.state == MomentState::Planned)
    }

    /// Planned moments whose day has passed.
    #[must_use]
    pub fn overdue(&self, today: Date) -> Vec<&AftercareMoment> {
        self.moments
            .iter()
            .filter(|m| m.state == MomentState::Planned && m.on < today)
            .collect()
    }
}
