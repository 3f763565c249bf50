//! The progress letter of an edition: one [`Letter`] in, HTML, PDF, DOCX or Markdown out, the same words and numbers in each.
//!
//! Pure: no clock, no storage, no network. All formats are made from one [`Document`] of blocks ([`compose`]), so that they can't differ in
//! content. The text of people is data all the way: it is escaped in HTML and Markdown and never becomes source code of the typesetter.
//!
//! ```
//! # use letter::{check, Lang};
//! # fn show(draft: &letter::Letter) {
//! if let Err(faults) = check(draft) {
//!     for fault in &faults.0 {
//!         let _ = (fault.place(), fault.explain(Lang::Nl));
//!     }
//! }
//! # }
//! ```

// The letter that tests share with the example and the benchmark names this crate as its users do.
#[cfg(test)]
extern crate self as letter;

mod check;
mod clean;
mod compose;
mod docx;
mod html;
mod markdown;
pub mod model;
mod pdf;
mod phrases;
mod places;
mod svg;

pub use check::{Fault, Faults, SMALL_CELL, check};
pub use clean::clean;
pub use compose::{
    Block, Column, Document, Fact, Marked, NoticeKind, Piece, Table, TableCell, TableRow, compose,
};
pub use docx::{DOCX_MEDIA_TYPE, docx};
pub use html::{Styling, article, html, stylesheet};
pub use markdown::markdown;
pub use model::Letter;
pub use pdf::{LetterError, Stamp, pdf};
pub use phrases::Lang;
pub use places::Place;
pub use svg::{drawable, drawing};
