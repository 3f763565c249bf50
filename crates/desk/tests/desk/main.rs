//! The use cases on a real embedded vault. One test binary; a module a subject.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it fails; clippy excuses only functions marked as tests, not their helpers"
)]

mod intake;
mod reflection;
mod report;
mod support;
