//! Reasons: a code of a list and, where the list asks for it, words. No reason holds an address.

use domain::SafeText;
use domain::address_guard;
use domain::code::ReasonCode;
use domain::placement::Reason;
use domain::time::dutch_date;
use jiff::Timestamp;

use crate::Desk;
use crate::error::{DeskError, Result};

/// Why somebody left a place.
pub const LEFT: &[&str] = &[
    "uitgestroomd",
    "doorgeplaatst",
    "eigen_wens",
    "terugkeer",
    "mob",
    "anders",
];
/// Why a placement or a request is taken back.
pub const WITHDRAWN: &[&str] = &[
    "andere_plek",
    "niet_meer_nodig",
    "veiligheid",
    "vergissing",
    "anders",
];
/// Why a room cannot be used.
pub const OUT_OF_SERVICE: &[&str] = &["onderhoud", "personeel", "schade", "besmetting", "anders"];

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

    /// A reason of refusal of the vocabulary; some must be explained.
    pub(super) fn of_refusal(self, desk: &Desk, now: Timestamp) -> Result<Reason> {
        let code = code(&self.code)?;
        let entry = desk
            .vocabulary
            .refusal_reasons
            .get(&code, dutch_date(now))
            .map_err(|e| DeskError::field("reason", "unknown", e))?;
        self.with(code, entry.facts.explanation_required)
    }

    /// A reason of one of the lists above; `anders` must be explained.
    pub(super) fn of_list(self, list: &[&str]) -> Result<Reason> {
        let code = code(&self.code)?;
        if !list.contains(&code.as_str()) {
            return Err(DeskError::field("reason", "unknown", "not in the list"));
        }
        let explained = code.is("anders");
        self.with(code, explained)
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

fn code(text: &str) -> Result<ReasonCode> {
    ReasonCode::new(text).map_err(|e| DeskError::field("reason", "unknown", e))
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
