//! The use cases: what somebody does at work.
//!
//! Each use case asks [`access`] whether this actor may, applies a rule of `domain`, and hands the vault one
//! change: records, journal entry, clocks and disclosures together. Time and chance come in as arguments.

pub mod access;
pub mod accounts;
pub mod actor;
pub mod attachment;
pub mod barrier;
pub mod case;
pub mod decisions;
pub mod deliver;
pub mod directory;
pub mod disclosure;
pub mod erasure;
pub mod error;
pub mod figures;
pub mod glass;
pub mod guesses;
pub mod health;
pub mod intake;
pub mod journal;
pub mod kept;
pub mod letter;
pub mod logboek;
pub mod may_share;
pub mod measures;
pub mod need;
pub mod open;
pub mod opinion;
pub mod oversight;
pub mod password;
pub mod placement;
pub mod plan;
pub mod reflection;
pub mod registers;
pub mod registration;
pub mod report;
pub mod request;
pub mod restriction;
pub mod retention;
pub mod roster;
pub mod share;
pub mod sign_in;
pub mod tick;

mod setup;
mod shown;

pub use access::{Permit, Role, UseCase};
pub use actor::{Actor, Person};
pub use error::{DeskError, FieldError, Result};
pub use setup::{Desk, Settings};
