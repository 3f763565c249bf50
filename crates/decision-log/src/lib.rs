//! Authorization Decision Log: one record for each decision about access or sharing, so that "why was this allowed in March" is
//! answered by deciding again.
//!
//! The standard is a draft of Logius; [`DRAFT`] names the state that is followed here and every record carries it. A record holds
//! kinds only: roles, purposes, categories, ages, days. No person, no name, no number of a file.
//!
//! ```
//! use decision_log::{Answer, Evaluation, Fact, Group, Ids, Judge, Policies, Record, Replay, Verdict, replay};
//! use logboek::{SpanId, TraceId};
//!
//! # fn main() -> Result<(), decision_log::Fault> {
//! let asked = Evaluation {
//!     subject: Group::of([("type", Fact::code("organisation")?), ("id", Fact::code("POL")?)])?,
//!     action: Group::of([("name", Fact::code("share")?)])?,
//!     resource: Group::of([("type", Fact::code("personal-data")?)])?,
//!     context: Group::default(),
//! };
//! // Both identifiers are drawn at random by the caller, as the draft asks.
//! let ids = Ids { trace_id: TraceId::new([1; 16])?, span_id: SpanId::new([2; 8])?, parent_span_id: None };
//! let policies = Policies::new("sharing", "2026-1", "5557c29e")?;
//! let record = Record::decided(ids, 1_795_000_000_000, &policies, asked, Answer::new(Verdict::No))?;
//! let again = |_: &Policies, _: &Evaluation, _: u64| Ok::<_, String>(Answer::new(Verdict::No));
//! assert_eq!(replay(&record, &again), Replay::Same);
//! # Ok(())
//! # }
//! ```

mod answer;
mod facts;
mod fault;
mod record;
mod replay;

pub use answer::{Answer, Ground, Verdict, Withheld};
pub use facts::{Evaluation, Fact, Group};
pub use fault::Fault;
pub use record::{Attributes, Body, Ids, Policies, Record};
pub use replay::{Judge, Replay, replay};

/// The state of the draft that these records follow: the shape of April 2026. A record of another draft is refused, not guessed at.
pub const DRAFT: &str = "adl-draft-2026-04";

/// The kind of decision: the access evaluation of AuthZEN.
pub const EVENT: &str = "adl.access_evaluation";
