//! Asking more strictly: a danger that becomes known later counts at once, also for a room that is held already.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AvoidCircle, RequestError, RequestState, ShelterRequest};
use crate::answer::By;
use crate::text::SafeText;

/// An area to stay away from that was told after the request was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AvoidedMore {
    /// Which of the circles, from 0.
    pub index: usize,
    /// What became known, in words.
    pub because: SafeText,
    /// Who told it, and when.
    pub by: By,
}

impl ShelterRequest {
    /// Adds an area to stay away from: while a place is sought, and while one is held or somebody is on the way.
    pub fn avoid_more(
        mut self,
        circle: AvoidCircle,
        because: SafeText,
        by: By,
    ) -> Result<Self, RequestError> {
        if !matches!(
            self.state(),
            RequestState::Open | RequestState::Offered { .. }
        ) {
            return Err(self.wrong("add an area to avoid to"));
        }
        self.avoided_more.push(AvoidedMore {
            index: self.needs.avoid.len(),
            because,
            by,
        });
        self.needs.avoid.push(circle);
        self.needs.check()?;
        Ok(self)
    }

    /// Whether an area was told after a moment.
    #[must_use]
    pub fn avoids_more_since(&self, moment: Timestamp) -> bool {
        self.avoided_more.iter().any(|one| one.by.at > moment)
    }
}
