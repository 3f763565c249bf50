//! One test binary, because linking is a large part of the time that tests take.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod brute;
mod checker;
mod contract;
mod forecast;
mod gap;
mod made;
#[cfg(feature = "highs")]
mod oracle;
mod plan;
mod properties;
mod schemas;
mod steady;
mod what_if;
