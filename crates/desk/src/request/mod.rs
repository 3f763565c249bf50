//! Requests of a person about her own data (AVG 15, 16, 17 and 21; Wpg 25 and 28): from her own page or said aloud to a care coordinator.
//!
//! The request is a record of care. Once it is settled that it is she, each compartment that has data of her by a disclosure gets its own
//! part by a disclosure, and its own people answer it. Nobody searches across compartments. What may not be told (Wpg 27) leaves no trace
//! in care: neither the record of the request, nor its journal, nor the moment at which an answer opens tell of it.

mod answers;
mod carry;
mod empty;
mod handle;
mod looked;
mod own;
mod part;
mod part_carry;
mod portable;
mod records;
mod restrict;
mod scope;
mod split;

pub use answers::PartAnswered;
pub use carry::{CarryView, WayInput, carry_out, carry_view, gone_view};
pub use empty::Emptying;
pub use handle::{
    AnswerInput, RequestView, answer, enter, extend, list, of_case, read, settle, turn_away,
};
pub use own::{OwnRequest, OwnView, SharedWith, ask, own_view, withdraw};
pub use part::{PartInput, PartView, list_parts, part_case, read_part, respond};
pub use part_carry::{PartCarryView, carry_out_part, carry_view_part};
pub use portable::{OwnData, own_data, portable_view};
pub(crate) use records::go_along;
pub use records::{PartSummary, RequestSummary, StoredPart, StoredRequest};
pub use scope::Scope;
pub use split::PartAsked;

pub(crate) use answers::receive as receive_answer;
pub(crate) use carry::{corrections, holds_some, own_statements, told_back};
pub(crate) use part_carry::part_corrections;
pub(crate) use restrict::{end_for_her, may_end_from};
pub(crate) use split::{org_of, receive as receive_part};

use domain::request::{RequestError, Right, Terms};
use jiff::Timestamp;

use crate::Desk;
use crate::error::{DeskError, Result};

/// For which purpose: to tell her.
pub(crate) const PURPOSE: &str = "inform_victim";

/// On which ground care asks others.
pub(crate) const GROUND: &str = "AVG 12, 15-21";

/// The moments of a request that came in now.
pub(crate) fn terms(desk: &Desk, received: Timestamp) -> Result<Terms> {
    let due = desk.deadline("data_subject_request", received)?;
    Ok(Terms {
        due,
        // A host may set another delay; never one beyond the law.
        release: desk.deadline("data_subject_release", received)?.min(due),
        police: desk.deadline("police_data_request", received)?,
    })
}

/// The moments once it was extended: the due one, and when it opens.
pub(crate) fn extended(desk: &Desk, received: Timestamp) -> Result<(Timestamp, Timestamp)> {
    let due = desk.deadline("data_subject_request_extended", received)?;
    let release = desk.deadline("data_subject_release_extended", received)?;
    Ok((due, release.min(due)))
}

/// Kinds of record that stay when categories are taken out of them at a person's request, for the register of destruction.
pub(crate) const EMPTIED: [&str; 4] = [
    <crate::case::StoredPerson as vault::Stored>::KIND.name,
    <crate::intake::IntakePerson as vault::Stored>::KIND.name,
    <crate::registration::StoredRegistration as vault::Stored>::KIND.name,
    <crate::opinion::OpinionFile as vault::Stored>::KIND.name,
];

/// A rule's refusal under the key of its text.
pub(crate) fn refused(error: RequestError) -> DeskError {
    let key = match &error {
        RequestError::NotNow(_) | RequestError::Twice => "request-not-now",
        RequestError::TooLate(_) => "request-too-late",
        RequestError::Refusal => "request-refusal",
        RequestError::Empty => "request-empty",
        RequestError::Silence => "request-silence",
        RequestError::Way | RequestError::Reach => "request-way",
    };
    DeskError::rule(key, error)
}

/// What she asks has to be said where others need her words.
pub(crate) fn check_words(right: Right, words: Option<&domain::SafeText>) -> Result<()> {
    if right.needs_words() && words.is_none() {
        return Err(DeskError::field(
            "words",
            "required",
            "say what is wrong, or why you object",
        ));
    }
    Ok(())
}
