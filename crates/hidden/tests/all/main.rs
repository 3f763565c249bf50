//! One test binary, because linking is a large part of the time that tests take.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::cast_possible_truncation,
    reason = "a test that cannot go on should stop"
)]

mod hostile;
mod parity;
mod properties;
mod published;
mod refusals;
