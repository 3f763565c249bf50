//! Reasons: a code of a list of the vocabulary and, where the list asks for it, words. No reason holds an address.

use domain::SafeText;
use domain::address_guard;
use domain::code::ReasonCode;
use domain::placement::Reason;
use domain::time::dutch_date;
use domain::vocabulary::{List, Reasons};
use jiff::Timestamp;

use crate::error::{DeskError, Result};

/// A reason as given.
#[derive(Debug, Clone)]
pub struct ReasonInput {
    /// Code.
    pub code: String,
    /// In words.
    pub note: Option<SafeText>,
}

impl ReasonInput {
    /// A reason with this code, without words.
    #[must_use]
    pub fn of(code: &str) -> ReasonInput {
        ReasonInput {
            code: code.to_owned(),
            note: None,
        }
    }

    /// A reason of a list of the vocabulary that counts today; some must be explained.
    pub(super) fn of_list<L: Reasons>(self, list: &List<L>, now: Timestamp) -> Result<Reason> {
        let entry = list
            .resolve(&self.code, dutch_date(now))
            .map_err(|e| DeskError::field("reason", "unknown", e))?;
        let code = ReasonCode::new(entry.code.as_str())
            .map_err(|e| DeskError::field("reason", "unknown", e))?;
        self.with(code, entry.facts.explanation_required())
    }

    fn with(self, code: ReasonCode, explained: bool) -> Result<Reason> {
        if explained && self.note.is_none() {
            return Err(DeskError::field(
                "note",
                "required",
                "explain this reason in words",
            ));
        }
        no_address("note", self.note.as_ref())?;
        Ok(Reason {
            code,
            note: self.note,
        })
    }
}

/// Refuses a text that looks like an address: that belongs in the address store and nowhere else.
pub(super) fn no_address(field: &str, text: Option<&SafeText>) -> Result<()> {
    match text {
        Some(text) if address_guard::is_suspect(text.as_str()) => Err(DeskError::field(
            field,
            "address",
            "this looks like an address; leave it out",
        )),
        _ => Ok(()),
    }
}
