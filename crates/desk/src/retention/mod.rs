//! Retention: what has been kept as long as it may be is destroyed, unless a legal hold keeps it.
//!
//! A term is a clock of the vocabulary (`vocabulary/retention.toml`) with its source; it runs from the end of the matter that
//! a record belongs to. A matter goes as a whole, with everything under it and with the copies that its own compartment
//! made to send: their keys are destroyed, here and in every backup, and the journal says by which term. What has no
//! term stays; the report counts it.

mod hold;
mod matters;
mod run;

pub use hold::{LegalHold, hold, hold_on, holds, holds_on, release};
pub use matters::{Matter, Term};
pub use run::{Due, Kept, Outcome, run};
