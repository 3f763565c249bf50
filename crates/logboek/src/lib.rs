//! Logboek Dataverwerkingen v1.0.0 in Rust: the record of the standard, its check, and its way to a log over OTLP.
//!
//! The standard (Logius, fixed on 9 April 2026) asks that every processing of data leaves a record that names the processing
//! activity in the register and the person whom it concerned, under a pseudonym, and never who did it. This crate knows the record
//! and nothing of any application: no storage, no network, no clock, no randomness.
//!
//! ```
//! use logboek::{ActivityId, Key, LogRecord, Processing, Scribe, SubjectType};
//!
//! # fn main() -> Result<(), logboek::Fault> {
//! let key = Key::new([7; 32]);
//! let scribe = Scribe::new(key, [("service.name", "example")])?;
//! let activity = ActivityId::under("https://register.example.nl", "case-read", 1)?;
//! let kind = SubjectType::new("https://register.example.nl/subjects/case")?;
//! let subjects = [scribe.subject(&["case", "4711"], &kind)];
//! let records = scribe.records(&Processing {
//!     unique: b"journal entry 12",
//!     activity: &activity,
//!     name: "Dossier gelezen",
//!     start_ms: 1_795_000_000_000,
//!     end_ms: 1_795_000_000_000,
//!     status: logboek::Status::Ok,
//!     subjects: &subjects,
//! })?;
//! let line = records[0].to_json();
//! assert_eq!(LogRecord::from_json(&line)?, records[0]);
//! assert!(!line.contains("4711"));
//! # Ok(())
//! # }
//! ```

mod attributes;
mod fault;
mod ids;
mod key;
pub mod otlp;
mod record;
mod scribe;
mod uri;

pub use attributes::{Attributes, DataSubject, SubjectType};
pub use fault::Fault;
pub use ids::{SpanId, TraceId, TraceParent};
pub use key::{Key, Pseudonym};
pub use record::{LogRecord, Resource, Status};
pub use scribe::{Processing, Scribe};
pub use uri::ActivityId;

/// The version of the standard that these records follow.
pub const STANDARD: &str = "logboek-dataverwerkingen-1.0.0";
