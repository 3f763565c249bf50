//! One test binary, because linking is a large part of the time that tests take.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on should stop; a skipped one says so"
)]

mod capacity;
mod encodings;
mod hostile;
mod hsds;
mod htcds;
mod plan;
mod schemas;
mod sheets;
mod templates;
mod totals;
