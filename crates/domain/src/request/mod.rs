//! A request of a person about her own data: to see them, to have them corrected, erased or only kept, to take them along, to object
//! (AVG 15 to 18, 20 and 21; Wpg 25 and 28).
//!
//! The request is kept by the care organisation that she knows, and is answered in sections: always the same ones, in the same order,
//! each of which opens at a moment that is fixed when the request comes in. Whether a section has something to tell shows at that moment
//! and not before, and a compartment that may tell nothing (Wpg 27) sends nothing: so the request of somebody about whom there is hidden
//! processing looks like every other, at every moment.

mod answer;
mod carry;
mod error;
mod own_file;
mod part;
mod portable;
mod right;
mod section;
mod state;
mod steps;
mod whole;

pub use answer::{Looked, Outcome, PartAnswer, Refusal};
pub use carry::{Done, Owner, Reach, Told, Way};
pub use error::RequestError;
pub use own_file::OwnFile;
pub use part::{PART_MOVES, PART_STATES, Part, PartState};
pub use portable::{Portable, WhyNot, portable};
pub use right::{Asked, IdentityBy, Right};
pub use section::{Heard, SECTIONS, Section};
pub use state::{Extension, MOVES, RequestState, STATES, Terms};
pub use whole::DataRequest;

/// Longest text of a request or an answer, in characters.
pub const WORDS_MAX: usize = 4_000;
