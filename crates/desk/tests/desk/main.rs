//! The use cases on a real embedded vault. One test binary; a module a subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests; a failure must stop the test"
)]

mod barriers;
mod carried;
mod case;
mod decisions;
mod emptied;
mod erasure;
mod intake;
mod letter;
mod links;
mod logboek;
mod may_share;
mod measures;
mod need;
mod opinion;
mod oversight;
mod placement;
mod plan;
mod plan_evidence;
mod plan_round;
#[path = "../../../vault/tests/conformance/postgres.rs"]
#[allow(
    dead_code,
    clippy::print_stdout,
    reason = "shared with the tests of the vault, which do more with it"
)]
mod postgres;
mod reflection;
mod registers;
mod registration;
mod releases;
mod report;
mod requests;
mod restarts;
mod restricted;
mod retention;
mod roles;
#[path = "../../../logboek/tests/all/schema.rs"]
mod schema;
mod support;
