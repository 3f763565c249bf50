//! A held room that no longer fits in everything: only a named person's decision with its reason keeps it.

use serde::{Deserialize, Serialize};

use super::{Placement, PlacementError, PlacementState};
use crate::answer::By;
use crate::text::SafeText;

/// The decision to keep a held room although it no longer fits in everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Despite {
    /// The rules that it no longer meets; another one that fails later asks another decision.
    pub rules: Vec<String>,
    /// Why it is possible all the same, in words.
    pub because: SafeText,
    /// Who decided, and when.
    pub by: By,
}

impl PlacementState {
    /// Somebody is to come and is not there yet: if the room stops fitting now, that must be known.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        matches!(
            self,
            Self::Held { .. }
                | Self::AcceptedByShelter { .. }
                | Self::AcceptedByClient { .. }
                | Self::Travelling { .. }
        )
    }

    /// A state that a room may only reach while it fits, or by a decision to keep it all the same. Arriving is not among them: nobody who
    /// stands at the door is sent away by a rule.
    #[must_use]
    pub fn needs_fit(&self) -> bool {
        self.is_under_way() && !matches!(self, Self::Held { .. })
    }
}

impl Placement {
    /// Keeps the room although it no longer meets some rules.
    pub fn keep_despite(mut self, decision: Despite) -> Result<Self, PlacementError> {
        if !self.state.is_under_way() {
            return Err(self.wrong("keep the room of"));
        }
        if decision.rules.is_empty() {
            return Err(PlacementError::NoRule);
        }
        self.despite.push(decision);
        Ok(self)
    }

    /// Whether somebody decided that this rule may stay unmet.
    #[must_use]
    pub fn is_kept_despite(&self, rule: &str) -> bool {
        (self.despite.iter()).any(|one| one.rules.iter().any(|known| known == rule))
    }
}
