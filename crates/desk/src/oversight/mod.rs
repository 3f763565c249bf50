//! Oversight: who looked at a matter and why that was in order, and what in the journals asks for a person's look.
//!
//! It reads journals, never content. Who looked is asked in one compartment at a time; nothing here joins two. A finding is a reason
//! and entries; it goes to an auditor of another organisation than the one it is about, who decides with a reason.

mod finding;
mod looks;
mod mark;
mod matter;
mod watch;

pub(crate) use finding::is_colleague;
pub use finding::{
    Decision, FindingRow, FindingView, StoredFinding, Verdict, decide, findings, read_finding,
    unseen,
};
pub use looks::{Ask, Looked, Looks, MOST_SHOWN, who_looked};
pub use mark::{Mark, MarkRow, NewMark, What, end_mark, make_mark, marks};
pub use matter::COMPARTMENTS;
pub use watch::{Watched, watch};
