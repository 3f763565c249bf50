//! Breaking the glass: looking at one matter without an assignment, for a short time, with an account of it afterwards.
//!
//! What was opened is fixed: nobody lengthens it, widens it or changes its reason. It never reaches an address of a shelter: those are no
//! part of a matter.

use crate::answer::By;
use crate::ids::{BreakGlassId, OrgId, UserId};
use crate::need::MatterId;
use crate::text::SafeText;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How a reviewer judged it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOutcome {
    /// The reason was one, and what was looked at belonged to it.
    InOrder,
    /// It was not; what follows from that, the organisation decides.
    NotInOrder,
}

impl ReviewOutcome {
    /// Stable name.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::InOrder => "in_order",
            Self::NotInOrder => "not_in_order",
        }
    }
}

/// A review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// How it was judged.
    pub outcome: ReviewOutcome,
    /// Why.
    pub reason: SafeText,
    /// Who and when.
    pub by: By,
}

/// Where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum GlassState {
    /// Opened; whether it still holds, the moment says.
    InForce,
    /// Over, and nobody has reviewed it.
    ToReview {
        /// Since when.
        since: Timestamp,
    },
    /// Reviewed.
    Reviewed {
        /// Since when it was over.
        since: Timestamp,
        /// How.
        review: Review,
    },
}

/// Names of the states.
pub const GLASS_STATES: &[&str] = &["in_force", "to_review", "reviewed"];
/// Moves between them.
pub const GLASS_MOVES: &[(&str, &str)] = &[("in_force", "to_review"), ("to_review", "reviewed")];

/// One time that the glass of a matter was broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakGlass {
    /// Identity.
    pub id: BreakGlassId,
    /// Which matter: one.
    #[serde(rename = "case")]
    pub matter: MatterId,
    /// Who, and when.
    pub opened: By,
    /// Until when one may look; the moment itself is no part of it.
    pub until: Timestamp,
    /// Why, in words.
    pub reason: SafeText,
    /// Who led the matter at that moment.
    pub lead: Option<UserId>,
    state: GlassState,
}

/// Why a step was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GlassError {
    /// An earlier time waits for a review.
    #[error(
        "an earlier time that you broke the glass was not reviewed yet: until then you cannot do it again"
    )]
    Suspended,
    /// It is over already.
    #[error("this is over already")]
    Over,
    /// It still holds: what was looked at is not complete.
    #[error("this still holds: review it when it is over")]
    StillInForce,
    /// It was reviewed already.
    #[error("this was reviewed already")]
    Reviewed,
    /// The review names no time of this right.
    #[error("this right waits for the review of another time")]
    Other,
}

impl BreakGlass {
    /// Opens one matter for one person until a moment.
    #[must_use]
    pub fn open(
        id: BreakGlassId,
        matter: impl Into<MatterId>,
        opened: By,
        until: Timestamp,
        reason: SafeText,
        lead: Option<UserId>,
    ) -> Self {
        Self {
            id,
            matter: matter.into(),
            opened,
            until,
            reason,
            lead,
            state: GlassState::InForce,
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> &GlassState {
        &self.state
    }

    /// The state's name.
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            GlassState::InForce => "in_force",
            GlassState::ToReview { .. } => "to_review",
            GlassState::Reviewed { .. } => "reviewed",
        }
    }

    /// When it was over, or will be at the latest.
    #[must_use]
    pub fn over(&self) -> Timestamp {
        match self.state {
            GlassState::InForce => self.until,
            GlassState::ToReview { since } | GlassState::Reviewed { since, .. } => since,
        }
    }

    /// Whether it opens the matter at this moment. A clock that is late lengthens nothing.
    #[must_use]
    pub fn is_in_force(&self, now: Timestamp) -> bool {
        self.state == GlassState::InForce && self.opened.at <= now && now < self.until
    }

    /// It is over: the clock ran out, or whoever opened it needs it no longer.
    pub fn end(self, at: Timestamp) -> Result<Self, GlassError> {
        match self.state {
            GlassState::InForce => Ok(Self {
                state: GlassState::ToReview {
                    since: at.min(self.until),
                },
                ..self
            }),
            GlassState::ToReview { .. } | GlassState::Reviewed { .. } => Err(GlassError::Over),
        }
    }

    /// Somebody else looked at it and says how it was. Who may is asked apart: [`may_review`].
    pub fn review(self, review: Review) -> Result<Self, GlassError> {
        match self.state {
            GlassState::InForce => Err(GlassError::StillInForce),
            GlassState::Reviewed { .. } => Err(GlassError::Reviewed),
            GlassState::ToReview { since } => Ok(Self {
                state: GlassState::Reviewed { since, review },
                ..self
            }),
        }
    }
}

/// A person's right to break the glass: there, or suspended until an earlier time was reviewed. One record a person, so that two
/// attempts at the same moment cannot both succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Right {
    /// Whose.
    pub user: UserId,
    /// The time that was not reviewed yet.
    pub unreviewed: Option<BreakGlassId>,
}

impl Right {
    /// A right that was never used.
    #[must_use]
    pub fn new(user: UserId) -> Self {
        Self {
            user,
            unreviewed: None,
        }
    }

    /// Uses it.
    pub fn take(self, id: BreakGlassId) -> Result<Self, GlassError> {
        match self.unreviewed {
            Some(_) => Err(GlassError::Suspended),
            None => Ok(Self {
                unreviewed: Some(id),
                ..self
            }),
        }
    }

    /// Gives it back after the review of that very time.
    pub fn give_back(self, id: BreakGlassId) -> Result<Self, GlassError> {
        match self.unreviewed {
            Some(waits) if waits == id => Ok(Self {
                unreviewed: None,
                ..self
            }),
            _ => Err(GlassError::Other),
        }
    }
}

/// In which capacity somebody reviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewsAs {
    /// As auditor: of another organisation than the one that looked.
    Auditor,
    /// As colleague: of the same organisation, and of another team.
    Colleague,
}

/// Who reviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reviewer {
    /// Who.
    pub user: UserId,
    /// Of which organisation.
    pub org: OrgId,
    /// As what.
    pub reviews_as: ReviewsAs,
}

/// Why somebody may not review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReviewRefusal {
    /// She opened it herself.
    #[error("you opened it yourself: somebody else reviews it")]
    Own,
    /// She led or leads the matter, or is on its team: she is told, and judges not.
    #[error("you lead this or are on its team: somebody of another team reviews it")]
    SameTeam,
    /// An auditor of the same organisation, or a colleague of another.
    #[error("an auditor of another organisation reviews it, or a colleague of the same one")]
    WrongOrganisation,
}

/// Whether somebody may review. `lead` and `team` are those of now; who led it when the glass was broken counts as well.
pub fn may_review(
    reviewer: Reviewer,
    glass: &BreakGlass,
    lead: Option<UserId>,
    team: &[UserId],
) -> Result<(), ReviewRefusal> {
    let me = Some(reviewer.user);
    if reviewer.user == glass.opened.user {
        return Err(ReviewRefusal::Own);
    }
    if me == lead || me == glass.lead || team.contains(&reviewer.user) {
        return Err(ReviewRefusal::SameTeam);
    }
    let same = reviewer.org == glass.opened.org;
    match reviewer.reviews_as {
        ReviewsAs::Auditor if same => Err(ReviewRefusal::WrongOrganisation),
        ReviewsAs::Colleague if !same => Err(ReviewRefusal::WrongOrganisation),
        ReviewsAs::Auditor | ReviewsAs::Colleague => Ok(()),
    }
}
