//! Which requests are admitted: a rule that can be set, because it was a pilot's and may change.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// The admission rule: in the pilot of 2018 a request had to come within four weeks of dismissal or acquittal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdmissionRule {
    /// Weeks within which the request must come; none: no limit.
    pub within_weeks: Option<u16>,
    /// A report to the police (`aangifte`) is needed, with exceptions.
    pub aangifte_needed: bool,
}

impl AdmissionRule {
    /// The rule of the pilot of 2018.
    pub const PILOT: Self = Self {
        within_weeks: Some(4),
        aangifte_needed: true,
    };
}

/// What the rule looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// Day of dismissal (`sepot`) or acquittal, if there was one.
    pub ended_on: Option<Date>,
    /// Was the crime reported to the police?
    pub aangifte: bool,
}

/// What stands in the way of admission under a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "obstacle", rename_all = "snake_case", deny_unknown_fields)]
pub enum Obstacle {
    /// Too late.
    #[error("asked on {asked}, the last day was {last_day}")]
    TooLate {
        /// Last day.
        last_day: Date,
        /// Day of the request.
        asked: Date,
    },
    /// The case has not ended.
    #[error("no dismissal or acquittal is known")]
    NotEnded,
    /// No report to the police.
    #[error("the crime was not reported to the police")]
    NoAangifte,
}

/// What stands in the way of admission; nothing: admissible.
#[must_use]
pub fn obstacles(rule: &AdmissionRule, ground: &Ground, asked: Date) -> Vec<Obstacle> {
    let mut found = Vec::new();
    if let Some(weeks) = rule.within_weeks {
        match ground.ended_on {
            None => found.push(Obstacle::NotEnded),
            Some(ended) => {
                let last_day = ended.saturating_add(i32::from(weeks).weeks());
                if asked > last_day {
                    found.push(Obstacle::TooLate { last_day, asked });
                }
            }
        }
    }
    if rule.aangifte_needed && !ground.aangifte {
        found.push(Obstacle::NoAangifte);
    }
    found
}
