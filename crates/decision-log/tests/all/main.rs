//! Conformance of records of decisions, and deciding again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as it should be"
)]

mod kinds;
mod records;
#[path = "../../../logboek/tests/all/schema.rs"]
mod schema;
