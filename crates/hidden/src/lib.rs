//! How many people are on no list.
//!
//! Pure.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod average;
mod checks;
mod estimate;
mod exact;
mod exists;
mod fit;
mod limits;
mod lists;
mod made_up;
mod model;
mod outcome;
mod read;
mod resample;
mod select;
mod table;

pub use estimate::estimate;
pub use lists::{Fault, LONGEST_NAME, Lists, ListsError, MOST_LISTS, MOST_PEOPLE};
pub use made_up::MadeUp;

pub use outcome::{
    Check, Estimate, MOST_FAILED, MOST_LISTS_FOR_BIC, MOST_TIMES_SEEN, Method, Outcome, Refusal,
    Resamples, Settings, Warning,
};
