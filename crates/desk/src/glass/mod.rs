//! Breaking the glass of a matter: looking for a short time without an assignment, told to who leads it, and reviewed by somebody else.
//!
//! What it opens is that case of care or that intake, and nothing else. The address of a shelter has a door of its own, which asks for a placement.

mod open;
mod records;
mod review;

pub use open::{break_glass, end, mine};
pub use records::{GlassSummary, StoredGlass, StoredRight};
pub use review::{Look, ReviewRow, ReviewView, read_review, review, reviews};

pub(crate) use open::clock;
pub(crate) use records::{is_suspended, of_person};

use domain::need::{GlassError, ReviewRefusal};
use jiff::Timestamp;

use crate::Desk;
use crate::case::Named;
use crate::error::Result;

/// The clock on which it is over.
pub(crate) const END: &str = "glass.end";
/// Clock of the vocabulary: how long one may look.
const HOLDS: &str = "break_glass";
/// Clock of the vocabulary: until when somebody reviews it.
const REVIEW: &str = "break_glass_review";

/// For how many minutes one may look, by the clock of the host's vocabulary.
pub fn minutes(desk: &Desk, now: Timestamp) -> Result<i64> {
    let until = desk.deadline(HOLDS, now)?;
    Ok(until.duration_since(now).as_mins())
}

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
