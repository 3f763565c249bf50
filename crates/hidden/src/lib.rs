//! How many people are on no list: multiple systems estimation with log-linear models.
//!
//! Who is on two lists tells how far each list reaches, and from that follows an estimate of everybody whom no list holds. Pure: no
//! file, no clock, and chance comes in as a seed. What comes out is an [`Estimate`] with its interval, checks and warnings, or a
//! [`Refusal`] that names the condition that fails; no other number leaves this crate. Formulas are from the papers named in
//! docs/hidden-number.md, where the method, its limits and what was measured are described.
//!
//! ```
//! use hidden::{Lists, Method, Outcome, Settings, estimate};
//!
//! let names = ["police", "care", "border"].map(String::from).to_vec();
//! let counts = [(0b001, 120), (0b010, 90), (0b100, 60), (0b011, 22), (0b101, 14), (0b110, 11), (0b111, 3)];
//! let lists = Lists::new(names, counts)?;
//! let settings = Settings { method: Method::Best, resamples: 1000, seed: 1 };
//! match estimate(&lists, &settings) {
//!     Outcome::Estimate(found) => assert!(found.estimate > 320.0 && found.interval95.is_some()),
//!     Outcome::Refused(reason) => println!("no estimate: {reason}"),
//! }
//! # Ok::<(), hidden::ListsError>(())
//! ```

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

pub use estimate::{estimate, estimate_only};
pub use lists::{Fault, LONGEST_NAME, Lists, ListsError, MOST_LISTS, MOST_PEOPLE};
pub use made_up::MadeUp;
pub use outcome::{
    Check, Estimate, MOST_FAILED, MOST_LISTS_FOR_BIC, MOST_TIMES_SEEN, Method, Outcome, Refusal,
    Resamples, Settings, Warning,
};
