//! Files from outside, read without trusting them: HTCDS cases, the plan's actions, a provider's rooms and HSDS capacity, as CSV or XLSX.
//!
//! Every reader takes the bytes and gives an [`Import`]: what is sound, what is refused (file, line, column, field, value,
//! expected), and notes about what was assumed. Only what makes the whole file unreadable is a [`FileError`]. Nothing here
//! stores anything: the caller shows the result first (`--dry-run`) and then decides.
//!
//! # Hostile files
//! A file is measured before it is opened ([`Limits`]): its size, the size it unpacks to, its rows, columns and cells.
//! Formulas are never evaluated: the value that the spreadsheet program stored is read, and a formula without one is
//! refused. What is written out again is text, so that no cell starts a formula.

pub mod capacity;
mod codes;
mod csv_in;
mod error;
mod expected;
pub mod hsds;
pub mod htcds;
mod import;
mod limits;
mod measure;
mod noted;
pub mod plan;
mod record;
mod refused;
mod source;
mod text;
mod xlsx_in;

pub use codes::{Codes, FORMS, STATUSES};
pub use error::{Damage, Encodings, FileError, Found, Large};
pub use expected::Expected;
pub use import::{Import, Note, Refused, Row};
pub use limits::Limits;
pub use noted::Noted;
pub use refused::{neutral, write_refused_csv};
