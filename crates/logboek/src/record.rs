//! The record (logregel) with the fields of the standard's interface, no more and no less.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Attributes, Fault, SpanId, TraceId};

/// How an action ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Status {
    /// Done without an internal fault, also when nothing was found.
    Unset,
    /// Done, said explicitly.
    Ok,
    /// A fault within the system that did it.
    Error,
}

/// The system that made the record, as the organisation names its systems.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// Names and values, such as `service.name`.
    pub attributes: BTreeMap<String, String>,
}

/// One action within a processing of data, about nobody or one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogRecord {
    /// The processing.
    pub trace_id: TraceId,
    /// The action.
    pub span_id: SpanId,
    /// The action that started this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_span_id: Option<SpanId>,
    /// How it ended.
    pub status: Status,
    /// What was done, for people.
    pub name: String,
    /// Begin, milliseconds since 1970-01-01T00:00:00Z.
    pub start_time: u64,
    /// End, milliseconds since 1970-01-01T00:00:00Z.
    pub end_time: u64,
    /// The system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<Resource>,
    /// Activity, person, caller.
    pub attributes: Attributes,
}

impl LogRecord {
    /// Longest name in characters.
    pub const LONGEST_NAME: usize = 200;

    /// Whether the record is one of the standard. Types already keep identifiers, references and pseudonyms right; this looks at the
    /// rest.
    ///
    /// # Errors
    /// The first [`Fault`].
    pub fn check(&self) -> Result<(), Fault> {
        let length = self.name.chars().count();
        if length == 0 || length > Self::LONGEST_NAME || self.name.chars().any(char::is_control) {
            return Err(Fault::Name {
                field: "name",
                longest: Self::LONGEST_NAME,
            });
        }
        if self.end_time < self.start_time {
            return Err(Fault::Times);
        }
        self.attributes.check()
    }

    /// The record as one line of JSON, without its line end.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings, numbers and maps with string keys always serialise.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads and checks a record.
    ///
    /// # Errors
    /// [`Fault::Json`] with the place, or what the check finds.
    pub fn from_json(text: &str) -> Result<LogRecord, Fault> {
        let record: LogRecord = serde_json::from_str(text).map_err(|error| Fault::Json {
            line: error.line(),
            column: error.column(),
            what: match error.classify() {
                serde_json::error::Category::Data => {
                    "a member is unknown, missing or of another form"
                }
                serde_json::error::Category::Eof => "the JSON ends too early",
                _ => "this is not JSON",
            },
        })?;
        record.check()?;
        Ok(record)
    }
}
