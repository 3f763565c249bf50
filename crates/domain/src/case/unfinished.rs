//! What may still be open when a case is closed, and that somebody closed it knowing that.

use serde::{Deserialize, Serialize};

use super::{AftercareChoice, Case, CaseClosing, ClosingReason};
use crate::text::SafeText;

/// Something about a person that goes on, or that is owed, whether or not the case is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unfinished {
    /// Tasks are to be done.
    Tasks,
    /// A place is sought, somebody is on the way to one, or lives in one.
    Shelter,
    /// A reflection period was offered, accepted, or runs.
    Reflection,
    /// An opinion was asked and has not come.
    Opinion,
    /// The person is neither registered nor counted.
    Registration,
}

impl Unfinished {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Tasks,
        Self::Shelter,
        Self::Reflection,
        Self::Opinion,
        Self::Registration,
    ];

    /// Whether a case that ends for this reason leaves it open: who goes on with the person also registers her, and who is
    /// no victim is not counted.
    #[must_use]
    pub fn is_left_by(self, reason: &ClosingReason) -> bool {
        let elsewhere = matches!(
            reason,
            ClosingReason::HandedOver { .. }
                | ClosingReason::Duplicate { .. }
                | ClosingReason::NoTrafficking
        );
        self != Self::Registration || !elsewhere
    }
}

/// What was left open, and why the case was closed all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOpen {
    /// What.
    pub what: Vec<Unfinished>,
    /// Why, in words.
    pub why: SafeText,
}

impl Case {
    /// Whether a closing with this aftercare leaves tasks undone. The search for somebody who cannot be asked is no such
    /// task: that it goes on is what was chosen.
    #[must_use]
    pub fn leaves_tasks(&self, aftercare: &AftercareChoice) -> bool {
        let search = match aftercare {
            AftercareChoice::CannotBeAsked { follow_up } => Some(*follow_up),
            _ => None,
        };
        let mut open = self.tasks.iter().filter(|t| t.is_open());
        open.any(|t| Some(t.id) != search)
    }

    /// Whether tasks would be left without anybody having said so.
    pub(super) fn forgets_tasks(&self, closing: &CaseClosing) -> bool {
        let named = closing
            .left_open
            .as_ref()
            .is_some_and(|left| left.what.contains(&Unfinished::Tasks));
        !named && self.leaves_tasks(&closing.aftercare)
    }
}
