//! Why a step was not taken.

use jiff::Timestamp;

/// Why a step was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// Not in this state.
    #[error("this request is {0}: the step is not possible now")]
    NotNow(&'static str),
    /// Extended after the moment at which the answer opens.
    #[error(
        "the answer opened on {0}: it can be extended only before (AVG 12(3): within one month, with the reason)"
    )]
    TooLate(Timestamp),
    /// A refusal without its reason or ground, or a full answer with one.
    #[error("a refusal names its reason and its ground in law; a full answer has neither")]
    Refusal,
    /// Nothing is told.
    #[error("an answer says something: fill in what the person reads")]
    Empty,
    /// Only investigation may keep silent (Wpg 27).
    #[error("only investigation may keep silent: others refuse with the reason and the ground")]
    Silence,
    /// The same answer came before.
    #[error("this answer came before")]
    Twice,
    /// A way that ends another right.
    #[error("this is no way to carry out what was asked")]
    Way,
    /// More, less or something else than was granted.
    #[error("what is carried out is what was granted: no more and no less")]
    Reach,
}
