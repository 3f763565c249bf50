//! IOM's Human Trafficking Case Data Standard 2.0 (HTCDS, github.com/UNMigration/HTCDS, CC BY 4.0): its templates, filled
//! in as CSV or XLSX, with many values per cell or one.
//!
//! What the templates do that a reader must know: the field names stand in one row and labels in the next, and in the
//! address columns the two disagree; one column has a label and no name; one name is misspelt; the rows are numbered in a
//! column without a name; labels of industries hold `;` and `,`.

mod case;
mod fields;
mod header;
mod lists;
mod read;
mod values;

pub use case::{Address, Control, HtcdsCase, Referral};
pub use lists::Picked;
pub use read::read_cases;
