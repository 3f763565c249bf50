//! The use cases on a real embedded vault. One test binary; a module a subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests; a failure must stop the test"
)]

mod intake;
mod placement;
mod reflection;
mod report;
mod support;
