//! Conformance: records against the schema, the way over OTLP, and what may not be in them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as it should be"
)]

mod otlp;
mod records;
mod schema;
mod trace_context;
