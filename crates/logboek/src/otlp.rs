//! The way to a log: OTLP over HTTP with JSON (OpenTelemetry Protocol 1.x, `POST /v1/traces`), which the standard recommends.
//!
//! This module makes the body and reads the answer; sending is the application's. What was not acknowledged must be sent again:
//! the identifiers are the same each time, so that a log that knows `(trace_id, span_id)` keeps one.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{LogRecord, Resource, STANDARD, Status};

/// The path under a collector's address.
pub const PATH: &str = "/v1/traces";
/// The content type of the body.
pub const CONTENT_TYPE: &str = "application/json";

/// `SPAN_KIND_INTERNAL`: an action within the application.
const INTERNAL: u8 = 1;
/// Trace flags of W3C with the bit `sampled`: a collector that thins out by that bit keeps these.
const SAMPLED: u8 = 1;

/// The body of one export (`ExportTraceServiceRequest`): the records by the system that made them.
#[must_use]
pub fn body(records: &[LogRecord]) -> Value {
    let mut by_system: BTreeMap<Option<&Resource>, Vec<Value>> = BTreeMap::new();
    for record in records {
        let system = by_system.entry(record.resource.as_ref()).or_default();
        system.push(span(record));
    }
    let systems: Vec<Value> = by_system
        .into_iter()
        .map(|(resource, spans)| {
            let named = resource.map(|r| &r.attributes).into_iter().flatten();
            json!({
                "resource": { "attributes": named.map(|(name, value)| pair(name, value)).collect::<Vec<_>>() },
                "scopeSpans": [{ "scope": { "name": STANDARD }, "spans": spans }],
            })
        })
        .collect();
    json!({ "resourceSpans": systems })
}

/// Identifiers are hexadecimal in OTLP's JSON and 64-bit numbers are texts.
fn span(record: &LogRecord) -> Value {
    let pairs = record.attributes.pairs();
    let mut span = json!({
        "traceId": record.trace_id,
        "spanId": record.span_id,
        "flags": SAMPLED,
        "name": record.name,
        "kind": INTERNAL,
        "startTimeUnixNano": nanos(record.start_time),
        "endTimeUnixNano": nanos(record.end_time),
        "attributes": pairs.into_iter().map(|(name, value)| pair(name, value)).collect::<Vec<_>>(),
        "status": { "code": code(record.status) },
    });
    if let Some(parent) = record.parent_span_id {
        span["parentSpanId"] = json!(parent);
    }
    span
}

fn pair(name: &str, value: &str) -> Value {
    json!({ "key": name, "value": { "stringValue": value } })
}

fn nanos(millis: u64) -> String {
    (u128::from(millis) * 1_000_000).to_string()
}

fn code(status: Status) -> u8 {
    match status {
        Status::Unset => 0,
        Status::Ok => 1,
        Status::Error => 2,
    }
}

/// What a log says to an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Every record is written.
    Acknowledged,
    /// Not now; send the same again.
    Later,
    /// Not so. Somebody must look; nothing is passed over.
    Refused {
        /// The status of HTTP.
        status: u16,
        /// How many records were not taken, when the log said it.
        rejected: u64,
    },
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Response {
    partial_success: Option<Partial>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Partial {
    rejected_spans: Value,
}

/// Reads an answer. Only success with an empty body or an answer of OTLP that names no rejected record is an acknowledgement: the
/// friendly page of a proxy in between is none.
#[must_use]
pub fn answer(status: u16, body: &[u8]) -> Answer {
    match status {
        200 | 202 | 204 => {}
        408 | 429 | 502..=504 => return Answer::Later,
        _ => {
            return Answer::Refused {
                status,
                rejected: 0,
            };
        }
    }
    let response = match body.trim_ascii() {
        [] => Response::default(),
        body => match serde_json::from_slice(body) {
            Ok(response) => response,
            Err(_) => {
                return Answer::Refused {
                    status,
                    rejected: 0,
                };
            }
        },
    };
    let rejected = response
        .partial_success
        .map(|partial: Partial| partial.rejected_spans);
    let rejected = match rejected {
        Some(Value::String(text)) => text.parse().unwrap_or(0),
        Some(Value::Number(number)) => number.as_u64().unwrap_or(0),
        _ => 0,
    };
    match rejected {
        0 => Answer::Acknowledged,
        rejected => Answer::Refused { status, rejected },
    }
}
