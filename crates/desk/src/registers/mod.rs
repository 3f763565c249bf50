//! What an auditor or a data protection officer answers for: what was disclosed, what is processed, the facts for a DPIA, how long things
//! are kept and what was destroyed, breaches, and the yearly figures. Made from the records, the journals and the live configuration;
//! never content, never a name of a person. One compartment at a time; only counts stand side by side.

mod breach;
mod disclosures;
mod processing;
mod retention;
mod year;

pub use breach::{
    BreachRow, BreachView, Concerned, Decision, MOST_CONCERNED, Matter, NewBreach, Search,
    StoredBreach, breaches, close, decide, read_breach, record, search,
};
pub use disclosures::{Asked, DisclosureRow, DisclosureSummary, Disclosures, disclosures};
pub use processing::{CompartmentFacts, Facts, Register, facts, register};
pub use retention::{Destroyed, Held, Kept, TermRow, retention};
pub use year::{YearTable, year};

use domain::time::amsterdam;
use jiff::Timestamp;
use jiff::civil::Date;

/// First moment of a day in the Netherlands.
fn start(day: Date) -> Option<Timestamp> {
    Some(day.to_zoned(amsterdam()).ok()?.timestamp())
}

/// First moment after a day in the Netherlands.
fn after(day: Date) -> Option<Timestamp> {
    day.tomorrow().ok().and_then(start)
}
