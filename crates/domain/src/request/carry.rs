//! What follows from a request that was granted: it is carried out, and until then it is owed (AVG 12(3), 16, 17, 19).

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Outcome, PartAnswer, Refusal, RequestError, Right};
use crate::code::{DataCode, OrgKind};
use crate::ids::{DisclosureId, OrgId, UserId};
use crate::restriction::{Ending, Ground};
use crate::share::Confirmation;
use crate::text::SafeText;

/// Who carries a granted request out: whoever granted it. A colleague may do it all the same; then she is named with what was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// Who.
    pub user: UserId,
    /// As colleagues know her; the person never reads it.
    pub name: String,
}

/// How far a granted request reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach<'a> {
    /// All that is kept about her here.
    Whole,
    /// These categories.
    Categories(&'a BTreeSet<DataCode>),
}

/// How it was carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "snake_case", deny_unknown_fields)]
pub enum Way {
    /// Samen destroyed it.
    Erased,
    /// It was changed in the record, and Samen saw that it was.
    Changed,
    /// Her own statement is kept with the record (AVG 16, second sentence).
    Noted {
        /// Her statement.
        statement: SafeText,
        /// Why the record itself was not changed.
        reason: SafeText,
    },
    /// It was done where Samen cannot see it.
    Elsewhere {
        /// Where, and what was done.
        place: SafeText,
    },
    /// It has to be kept after all (AVG 17(3)).
    Kept {
        /// Why, and on which ground.
        refusal: Refusal,
    },
    /// It was marked: it is kept and nothing else, unless the law says so (AVG 18; Wpg 28).
    Restricted {
        /// Why.
        ground: Ground,
        /// When and why it ends, once that was decided: she reads it before (AVG 18(3)).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ending: Option<Ending>,
    },
}

impl Way {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Way::Erased => "erased",
            Way::Changed => "changed",
            Way::Noted { .. } => "noted",
            Way::Elsewhere { .. } => "elsewhere",
            Way::Kept { .. } => "kept",
            Way::Restricted { .. } => "restricted",
        }
    }

    /// Whether a granted request of this kind can be carried out like this.
    #[must_use]
    pub fn serves(&self, right: Right) -> bool {
        match self {
            Way::Erased | Way::Kept { .. } => right == Right::Erasure,
            Way::Noted { .. } => right == Right::Correction,
            Way::Restricted { .. } => right == Right::Restriction,
            Way::Changed | Way::Elsewhere { .. } => {
                matches!(right, Right::Correction | Right::Erasure)
            }
        }
    }
}

/// A receiver that was told (AVG 19), with what it confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// The share that it had.
    pub share: DisclosureId,
    /// The organisation.
    pub to: OrgId,
    /// Its kind: the person reads no more, because a name can say where she is.
    pub kind: OrgKind,
    /// When it was told.
    pub on: Date,
    /// The share ended with it; else the receiver got what is right now.
    pub ended: bool,
    /// What it confirmed: that it is gone, or what it must keep under its own law.
    pub confirmed: Option<Confirmation>,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Done {
    /// When.
    pub on: Date,
    /// How.
    pub way: Way,
    /// In which categories; none: in all that is kept here.
    pub data: BTreeSet<DataCode>,
    /// Who was told.
    pub told: Vec<Told>,
}

impl Done {
    /// Everything that was kept here is gone, and the matter with it.
    #[must_use]
    pub fn left_nothing(&self) -> bool {
        self.way == Way::Erased && self.data.is_empty()
    }
}

impl Right {
    /// Whether something has to be done once it is granted, so that the answer alone is not the end.
    #[must_use]
    pub fn is_carried_out(self) -> bool {
        matches!(
            self,
            Right::Correction | Right::Erasure | Right::Restriction
        )
    }
}

impl PartAnswer {
    /// Whether something is to be done after this answer to a request of this kind.
    #[must_use]
    pub fn is_to_be_carried_out(&self, right: Right) -> bool {
        right.is_carried_out() && self.outcome != Outcome::Refused && self.done.is_none()
    }

    /// How far it reaches: the categories that it names, or everything.
    #[must_use]
    pub fn reach(&self) -> Reach<'_> {
        match self.data.is_empty() {
            true => Reach::Whole,
            false => Reach::Categories(&self.data),
        }
    }

    /// With what was done.
    pub(super) fn carried_out(
        mut self,
        right: Right,
        done: Done,
    ) -> Result<PartAnswer, RequestError> {
        // A way of erasing does not end a correction, and the other way round.
        if !done.way.serves(right) {
            return Err(RequestError::Way);
        }
        // What was granted in part never takes everything, and no more than was granted goes.
        let same = match self.reach() {
            Reach::Whole => done.data.is_empty(),
            Reach::Categories(data) => *data == done.data,
        };
        if !same {
            return Err(RequestError::Reach);
        }
        self.done = Some(done);
        Ok(self)
    }

    /// What was restricted ends, or does not end after all; false: nothing was restricted.
    pub(super) fn ending(&mut self, next: Option<Ending>) -> bool {
        match self.done.as_mut().map(|done| &mut done.way) {
            Some(Way::Restricted { ending, .. }) => {
                *ending = next;
                true
            }
            _ => false,
        }
    }

    /// A receiver confirmed what it was told.
    pub(super) fn confirmed(&mut self, share: DisclosureId, confirmation: Confirmation) -> bool {
        let mut told = self.done.as_mut().into_iter().flat_map(|d| &mut d.told);
        match told.find(|told| told.share == share) {
            Some(told) => {
                told.confirmed = Some(confirmation);
                true
            }
            None => false,
        }
    }
}
