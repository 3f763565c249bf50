//! The sections of an answer: always the same ones, in the same order, each of which opens at a fixed moment.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{DataRequest, PartAnswer};
use crate::answer::Compartment;
use crate::ids::{DisclosureId, OrgId};

/// The section of an answer, one for each compartment that can hold data of a person, in the order in which it is shown.
pub const SECTIONS: [Compartment; 5] = [
    Compartment::K3,
    Compartment::K1,
    Compartment::K2,
    Compartment::K4,
    Compartment::K5,
];

/// What another compartment or organisation answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heard {
    /// From which compartment.
    pub from: Compartment,
    /// From which organisation, where it is one.
    pub org: Option<OrgId>,
    /// The disclosure that brought it.
    pub came: DisclosureId,
    /// What it answered.
    pub answer: PartAnswer,
}

/// A section of the answer as it may be shown now.
#[derive(Debug, Clone, PartialEq)]
pub struct Section<'a> {
    /// The compartment.
    pub of: Compartment,
    /// When it opens.
    pub opens: Timestamp,
    /// Whether it is open.
    pub open: bool,
    /// This right does not reach this compartment: the section says so to everybody, whatever is held there.
    pub beyond: bool,
    /// What is told; empty before it opens, and afterwards when there is nothing that may be told.
    pub answers: Vec<&'a PartAnswer>,
}

impl DataRequest {
    /// When the section of a compartment opens: fixed, whatever is answered and by whom.
    #[must_use]
    pub fn opens(&self, of: Compartment) -> Timestamp {
        match of {
            Compartment::K5 => self.terms.police.max(self.terms.release),
            _ => self.terms.release,
        }
    }

    /// The answer as it may be shown at this moment: the same sections for everybody.
    #[must_use]
    pub fn sections(&self, now: Timestamp) -> Vec<Section<'_>> {
        SECTIONS
            .into_iter()
            .map(|of| {
                let opens = self.opens(of);
                let open = self.is_settled() && now >= opens;
                Section {
                    of,
                    opens,
                    open,
                    beyond: open && of != Compartment::K3 && !self.right.goes_to_others(),
                    answers: if open { self.told(of) } else { Vec::new() },
                }
            })
            .collect()
    }

    fn told(&self, of: Compartment) -> Vec<&PartAnswer> {
        let own = self.own_answer().filter(|_| of == Compartment::K3);
        let others = self.heard.iter().filter(|heard| heard.from == of);
        own.into_iter()
            .chain(others.map(|heard| &heard.answer))
            .collect()
    }
}
