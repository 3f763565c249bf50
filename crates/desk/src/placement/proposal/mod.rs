//! Proposals for everybody who waits at once: which plan of rooms is the best for the whole country, with what is proven of it.
//! Nothing follows from a proposal: a placing officer takes its lines one by one, and each is looked at again when it is taken. Rooms that
//! are held are frozen: who has one is not in the question. An earlier proposal stays as it is for small gains.

mod make;
mod read;
mod record;

pub(super) use make::everybody;
pub use make::{accept_line, propose};
pub use read::{
    Certificate, Line, LineNow, Proposal, ProposalRow, Without, proposals, read_proposal,
    recheck_proposal,
};
pub use record::ProposalSummary;
