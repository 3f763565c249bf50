//! The use cases on a real embedded vault. One test binary; a module a subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests; a failure must stop the test"
)]

mod placement;
mod report;
mod support;
