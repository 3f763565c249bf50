//! The whole program, from outside: the real binary over HTTP, on both stores, on good days and bad ones.
//!
//! One binary with a module per subject, because each test binary is linked for itself.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on stops and says why"
)]

/// Makes a test for each store out of functions that take the kind of store: `contract::sqlite::…` and `contract::postgres::…`.
macro_rules! on_both_stores {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() -> anyhow::Result<()> { super::$name(system_tests::StoreKind::Sqlite) })+
        }
        mod postgres {
            $(#[test] fn $name() -> anyhow::Result<()> { super::$name(system_tests::StoreKind::Postgres) })+
        }
    };
}

mod attachments;
mod bad_input;
mod commands;
mod contract;
mod crash;
mod disk_full;
mod hidden;
mod law;
mod logboek;
mod no_trace;
mod place;
mod scenarios;
mod sign_in;
mod two_processes;
