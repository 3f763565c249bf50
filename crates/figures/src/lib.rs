//! What may be published? Tables whose small cells are hidden so that nobody can work them out again.
//!
//! Pure: no clock, no storage. A [`Table`] counts records and is for the inside; [`protect`] turns it into a [`Protected`]
//! table, the only form that may leave the house; [`attack`] tries to undo it with nothing but what was published.
//!
//! # Choices
//! * **One mark for every hidden cell.** A mark such as "<10" would tell small cells from those hidden to protect them.
//! * **A zero is a small cell.** "Nobody in this group" is a fact about everyone in the group, and a published zero helps to
//!   solve for its neighbours. Only combinations declared impossible ([`Table::impossible`]) are shown as zero. A publisher
//!   who has judged zeros harmless can say so with [`Zeros::Shown`].
//! * **The number of records is a cell too**: it equals the grand total and is hidden with it.
//! * **Proof instead of hope.** A hidden cell counts as protected only when another table of whole, non-negative numbers
//!   exists that agrees with every published cell and in which the hidden cell differs by enough: see [`protect`].
//! * **Few dimensions.** In sparse tables nearly every cell has to be hidden, in the end the totals too. That is the honest
//!   answer: count by fewer dimensions or coarser categories.
//!
//! [`protect`] looks at one table. Whatever is published more than once about the same records, or over periods that hold
//! one another, goes through the release ledger ([`ledger`]), which counts everything told before as known. Publish closed
//! periods only ([`period`]).

pub mod attack;
mod grid;
pub mod ledger;
pub mod period;
mod protect;
mod publish;
mod table;

pub use protect::{Protection, Zeros, protect};
pub use publish::{Protected, Published, PublishedRow, Status};
pub use table::{About, Dimension, Table, TableError};
