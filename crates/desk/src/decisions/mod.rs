//! The log of decisions: one record for each question to the law, with everything that it takes to decide again.
//!
//! A record stands in the compartment of whoever asked, in the same transaction as what followed from the decision. It holds codes, ages and days; of a case only
//! a pseudonym, the one of the logboek. The text of every version of the law that a record names is kept beside it, so that "why was this
//! allowed in March" is answered by the law of March.

mod law;
mod read;
mod record;
mod replay;

pub use read::{Asked, DecisionRow, DecisionView, Listed, Put, Then, decisions, read_decision};
pub use record::StoredDecision;
pub use replay::{Again, Replayed, replay_all};

pub(crate) use record::{About, recorded};
