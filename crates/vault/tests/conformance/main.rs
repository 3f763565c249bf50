//! One suite for both stores: every check runs on SQLite and on a PostgreSQL server that the tests start.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops at the first thing that is not as it should be"
)]

/// Makes two tests of one check, `sqlite` and `postgres`.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => { $(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name(crate::place::Place::sqlite()).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(place) = crate::place::Place::postgres().await {
                    super::$name(place).await;
                }
            }
        }
    )+ };
}

mod apart;
mod attachments;
mod backups;
mod batches;
mod beneath;
mod clocks;
mod erasure;
mod exports;
mod journal_search;
mod kill;
mod lists;
mod marks;
mod mirror;
mod model;
mod place;
mod postgres;
mod processes;
mod receipts;
mod records;
mod secrecy;
mod sessions;
mod supervision;
mod tamper;
mod types;
