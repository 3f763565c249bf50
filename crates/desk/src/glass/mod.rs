//! Breaking the glass of a case: looking for an hour without an assignment, told to who leads it, and reviewed by somebody else.
//!
//! What it opens is the case of care and nothing else. The address of a shelter has a door of its own, which asks for a placement.

mod open;
mod records;
mod review;

pub use open::{break_glass, end, mine};
pub use records::{GlassSummary, StoredGlass, StoredRight};
pub use review::{Look, ReviewRow, ReviewView, read_review, review, reviews};

pub(crate) use open::clock;
pub(crate) use records::{is_suspended, of_person};

use domain::need::{GlassError, ReviewRefusal};

use crate::case::Named;

/// The clock on which it is over.
pub(crate) const END: &str = "glass.end";
/// Clock of the vocabulary: how long one may look.
const HOLDS: &str = "break_glass";
/// Clock of the vocabulary: until when somebody reviews it.
const REVIEW: &str = "break_glass_review";

impl Named for GlassError {
    fn key(&self) -> &'static str {
        match self {
            GlassError::Suspended => "glass-suspended",
            GlassError::Over => "glass-over",
            GlassError::StillInForce => "glass-in-force",
            GlassError::Reviewed | GlassError::Other => "glass-reviewed",
        }
    }
}

impl Named for ReviewRefusal {
    fn key(&self) -> &'static str {
        match self {
            ReviewRefusal::Own => "glass-own",
            ReviewRefusal::SameTeam => "glass-same-team",
            ReviewRefusal::WrongOrganisation => "glass-organisation",
        }
    }
}
