//! The letter through its public interface.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop at a fault")]

mod support;

mod faults;
mod hostile;
mod map;
mod paper;
mod reading;
mod word;
