//! Watching over those who look: why an access was in order, and what in somebody's accesses asks for a person's look.
//!
//! Everything here is a function of journal entries: who, when, which matter, which act. Nothing opens a record. A finding is a reason
//! and the entries behind it, for somebody of another organisation to judge; it is no score and no verdict.
//!
//! Grounds: AVG art. 5(2), 24 and 32 (who has access, and checking it), Wpg art. 32a (logging), NEN 7513 (systematic review of
//! logging in care; AP, decision on HagaZiekenhuis, 2019).

mod detect;
mod event;
mod relation;
mod rules;

pub use detect::{
    Decoy, Move, Related, crawl, decoy_opened, follows_person, night_reading, own_relation,
    search_without_opening,
};
pub use event::{Did, Event, Finding, Measured, Place, Why};
pub use relation::{Facts, Relation, Span, explain};
pub use rules::WatchRules;
