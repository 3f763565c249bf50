//! Sharing a part of a file at care with another organisation, in care or at an investigating service: the law is asked, the sender sees exactly what goes, the receiver a
//! preview without personal data; the content goes after acceptance, when the law has been asked again; what ends is confirmed.
//!
//! Both sides speak only through disclosures, also within one compartment, so that each keeps its own record and sees its own part.

mod ask;
mod end;
mod inbox;
mod messages;
mod offer;
mod on_file;
mod records;
mod restricted;
mod sent;
mod side;
mod told;

pub use ask::{Asked, Decided, ask};
pub use end::{clock, recall};
pub use inbox::{Content, Inbox, accept, confirm, list, read, refuse};
pub use messages::{Restricted, ShareMessage, receive};
pub use offer::{Offering, Preview, ShareInput, offer, preview, receivers};
pub use records::{OnlyKept, ReceivedSummary, StoredContent, StoredReceived, StoredShare};
pub use restricted::confirm_only_kept;
pub use sent::{SentLine, SentShare, of_case, read_sent};
pub use side::Side;

pub(crate) use end::consent_withdrawn;
pub(crate) use on_file::{OnFile, ask_of_file};
pub(crate) use records::content_draft;
pub(crate) use restricted::restrict_shares;
pub(crate) use told::{correct_shares, end_for_erasure};

use domain::share::ShareError;

use crate::case::Named;

impl Named for ShareError {
    fn key(&self) -> &'static str {
        match self {
            ShareError::Empty => "share-empty",
            ShareError::Term { .. } => "share-term",
            ShareError::NotNow(_) => "share-not-now",
        }
    }
}
