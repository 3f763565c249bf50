//! What a test of the whole program needs: the real binary, a real PostgreSQL, a browser-like client and a load that keeps a ledger.
//!
//! Nothing here knows how Samen is built inside. It uses what outsiders use: the commands, the HTTP routes, the forms on the pages.

pub mod accounts;
pub mod api;
pub mod binary;
pub mod chance;
pub mod client;
pub mod collector;
pub mod command;
pub mod disk;
pub mod load;
pub mod page;
pub mod postgres;
pub mod server;
pub mod store;
pub mod waiting;

pub use accounts::{Account, Accounts};
pub use client::{Client, Reply};
pub use page::{Form, Page};
pub use server::Server;
pub use store::{Store, StoreKind};
