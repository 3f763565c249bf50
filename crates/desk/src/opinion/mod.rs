//! Opinions on victimhood (K4): asked at care for a person, on what the person releases; admitted or not by a rule that a
//! host sets; given by a panel, with reasons; told to nobody but the person, through care.
//!
//! It is an opinion (`deskundigenbericht`): no law makes it binding on anybody, and nothing in this room leads to K5.

mod ask;
mod clock;
mod file;
mod panel;
mod read;
mod receive;
mod seat;
mod status;

pub use ask::{
    Asked, AskedItem, NewAsk, OpinionAsked, ask, asked, release, take_back, withdraw_ask,
};
pub use clock::clock;
pub use file::{OpinionFile, OpinionSummary, Step, Why};
pub use panel::{
    Admission, Given, MemberChoice, NotAdmitted, SendTo, admit, compose, give, not_admit, recuse,
    send, withdraw,
};
pub use read::{Candidate, ItemView, OpinionView, Secretary, candidates, list, read};
pub use receive::{receive, receive_change};
pub(crate) use seat::PANEL_SEAT;

use domain::opinion::OpinionError;

use crate::error::DeskError;

/// The clock that ends when an opinion may no longer be relied on.
pub(crate) const VALIDITY: &str = "opinion.validity";

/// A rule's refusal about an opinion, under a key of its own so that the page can say it in the reader's language.
pub(crate) fn refused(error: OpinionError) -> DeskError {
    let key = match &error {
        OpinionError::WrongState { .. } => "opinion-state",
        OpinionError::Obstacle(_) => "opinion-obstacle",
        OpinionError::PanelTooSmall(_) => "opinion-panel-too-small",
        OpinionError::Recused => "opinion-recused",
        OpinionError::NoMandate => "opinion-no-mandate",
        OpinionError::NoSuchItem(_) => "opinion-no-such-item",
        OpinionError::NothingReleased => "opinion-nothing-released",
        OpinionError::NotReleased(_) => "opinion-not-released",
        OpinionError::EndsBeforeStart { .. } => "opinion-ends-before-start",
        OpinionError::NoWish => "opinion-no-wish",
    };
    DeskError::rule(key, error)
}
