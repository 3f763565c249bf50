//! Which room fits whom: hard rules, an integer cost, and the best offers for one request.
//!
//! Pure: no clock, no storage, no chance. The same instance gives the same bytes on every machine. A file is read into
//! [`InstanceFile`], checked into [`Instance`], and only a checked instance can be asked for [`best_offers`].
//!
//! ```
//! let file = shelter::InstanceFile {
//!     as_of: jiff::civil::date(2026, 11, 21),
//!     locations: vec![],
//!     requests: vec![],
//! };
//! let instance = shelter::Instance::check(file).map_err(|faults| faults.to_string())?;
//! assert!(instance.requests().is_empty());
//! # Ok::<(), String>(())
//! ```
//!
//! Nobody is judged here: rules and costs rank rooms, people decide, and each answer says why.

pub mod audit;
mod branch;
mod chance;
mod check;
pub mod compiled;
pub mod cost;
mod fault;
mod file;
mod fill;
mod flow;
pub mod forecast;
pub mod gap;
pub mod generate;
mod instance;
mod knapsack;
mod lagrange;
#[cfg(feature = "highs")]
pub mod mip;
mod model;
mod nearest;
pub mod offers;
mod parts;
pub mod plan;
pub mod rules;
pub mod simulate;
mod solve;
pub mod steady;
pub mod what_if;

pub use chance::Chance;
pub use compiled::Compiled;
pub use cost::{Because, Cost, Term, Weights};
pub use fault::{Fault, Faults};
pub use file::{
    AvoidFile, InstanceFile, LocationFile, NearFile, PersonFile, RequestFile, RoomFile, RoomKind,
};
pub use instance::{Instance, Location, Person, Point, Request, RequestIndex, Room, RoomIndex};
pub use nearest::Relaxation;
pub use offers::{Offer, Offers, UnknownRequest, best_of, best_offers, best_offers_with};
pub use plan::{Plan, plan};
pub use rules::{Rule, RuleSet, Standing};
pub use steady::{Earlier, Steady, steady};

/// Names the set of rules and default costs in force, kept with every proposal so that it can be recomputed years later.
pub const RULES_VERSION: &str = "2026-11.2";
