//! What a holder proposes: a new status counts only when the programme office has confirmed it; the answer "no" keeps its
//! reason.

use super::{Action, ActionError, StatusChange};
use crate::{answer::By, text::SafeText};
use serde::{Deserialize, Serialize};

/// A proposal that the programme office did not take over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declined {
    /// What was proposed.
    pub proposal: StatusChange,
    /// Why not.
    pub why: SafeText,
    /// Who answered, and when.
    pub by: By,
}

impl Action {
    /// What the holder proposed and nobody answered yet.
    #[must_use]
    pub fn proposal(&self) -> Option<&StatusChange> {
        self.proposal.as_ref()
    }

    /// Proposals that were not taken over, oldest first.
    #[must_use]
    pub fn declined(&self) -> &[Declined] {
        &self.declined
    }

    /// The holder tells how it stands. Results under the same status count at once; another status waits for the
    /// programme office, and replaces a proposal that still waited.
    pub fn propose(mut self, change: StatusChange) -> Result<Self, ActionError> {
        if change.status == self.status() {
            self.history.push(change);
            return Ok(self);
        }
        self.check_move(&change)?;
        self.proposal = Some(change);
        Ok(self)
    }

    /// Takes the proposal over into the register.
    pub fn confirm(mut self, by: By) -> Result<Self, ActionError> {
        let change = self.proposal.take().ok_or(ActionError::NoProposal)?;
        self.check_move(&change)?;
        self.history.push(StatusChange {
            confirmed: Some(by),
            ..change
        });
        Ok(self)
    }

    /// Does not take the proposal over, with the reason.
    pub fn decline(mut self, why: SafeText, by: By) -> Result<Self, ActionError> {
        let proposal = self.proposal.take().ok_or(ActionError::NoProposal)?;
        self.declined.push(Declined { proposal, why, by });
        Ok(self)
    }
}
