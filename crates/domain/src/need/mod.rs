//! Need to know: access to the content of a matter follows an assignment, not a job title.
//!
//! Whoever works for the organisation that has a matter may see in a list that it is there. Opening it asks a reason that somebody
//! gave: leading it, being named on its team, having to answer what arrived, being on duty, or having broken the glass. Everybody else
//! hears why not, and what to do. Grounds: AVG art. 5(1)(b), (c) and (f), 25(2) and 32; Wpg art. 4a and 6.

mod glass;
mod matter;
mod shift;

pub use glass::{
    BreakGlass, GLASS_MOVES, GLASS_STATES, GlassError, GlassState, Review, ReviewOutcome,
    ReviewRefusal, Reviewer, ReviewsAs, Right, may_review,
};
pub use matter::{MatterId, MatterKind};
pub use shift::{Shift, ShiftError, ShiftKind};

use crate::ids::{OrgId, UserId};
use jiff::Timestamp;

/// Who wants to open something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    /// Who.
    pub user: UserId,
    /// For which organisation.
    pub org: OrgId,
}

/// Where a matter stands between arriving and being taken on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It arrived and waits: somebody has to look at it to answer.
    Waits,
    /// It arrived and waits for whoever is on duty. When the roster names nobody at this moment, it opens for everybody who answers
    /// for the organisation: else it would wait for nobody.
    WaitsForDuty {
        /// The roster names somebody who is on duty now.
        somebody: bool,
    },
    /// It was taken on, or was begun here.
    TakenOn,
    /// It was sent back: nothing more is done with it here.
    SentBack {
        /// By whom.
        by: UserId,
    },
}

/// What the rule must know of a matter. Nothing about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Matter<'a> {
    /// The organisation that has it.
    pub owner: OrgId,
    /// Who leads it: the coordinator of a case, the investigator of an intake.
    pub lead: Option<UserId>,
    /// Where it stands.
    pub standing: Standing,
    /// Who is named on its team now.
    pub team: &'a [UserId],
    /// Who may not come near it, whatever her function: a conflict of interest.
    pub barred: &'a [UserId],
}

/// What gives access beside the matter itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Beside<'a> {
    /// Shifts of the roster.
    pub shifts: &'a [Shift],
    /// Times that the glass of this very matter was broken.
    pub glass: &'a [BreakGlass],
}

/// Why somebody may open a matter, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// Leads it.
    Leads,
    /// Named on its team.
    Team,
    /// It waits for an answer, and this organisation gives it.
    Arrived,
    /// Gave the answer: sent it back.
    Answered,
    /// On duty for the organisation.
    OnDuty {
        /// Until when.
        until: Timestamp,
    },
    /// Broke the glass of this matter.
    BreakGlass {
        /// Until when.
        until: Timestamp,
    },
}

impl Because {
    /// Whether one may also work on it. Behind broken glass one looks: whoever has to go on working takes the matter over or joins
    /// the team, so that somebody answers for what is done.
    #[must_use]
    pub fn may_work(self) -> bool {
        !matches!(self, Self::BreakGlass { .. } | Self::Answered)
    }
}

/// Why somebody may not open a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It belongs to another organisation: to this one it does not exist.
    #[error("it belongs to another organisation")]
    OtherOrganisation,
    /// She has a conflict of interest.
    #[error("a conflict of interest was recorded for you: this is closed to you")]
    Barred,
    /// It is new, and somebody else is on duty for what is new.
    #[error("it is new, and a colleague is on duty for that: take it up, and it opens for you")]
    ForDuty,
    /// Nobody leads it.
    #[error("nobody leads it yet: take it over, and it opens for you")]
    NobodyLeads,
    /// Somebody else leads it.
    #[error(
        "a colleague leads it and you are not on its team: take it over with a reason, ask to be added to the team, or break the glass"
    )]
    NotAssigned {
        /// Who.
        lead: UserId,
    },
    /// It was sent back by somebody else.
    #[error(
        "a colleague sent it back: nothing is done with it here; in an emergency, break the glass"
    )]
    SentBack,
}

/// A way to come to a matter all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Lead it from now on, with a reason that the earlier lead hears.
    TakeOver,
    /// Ask who leads it to be named on the team.
    AskTeam,
    /// Break the glass: look for a short time, and account for it.
    BreakGlass,
}

impl Refusal {
    /// What one can do.
    #[must_use]
    pub fn ways(self) -> &'static [Way] {
        match self {
            Self::OtherOrganisation | Self::Barred => &[],
            Self::NobodyLeads | Self::ForDuty => &[Way::TakeOver],
            Self::NotAssigned { .. } => &[Way::TakeOver, Way::AskTeam, Way::BreakGlass],
            Self::SentBack => &[Way::BreakGlass],
        }
    }
}

/// Why this actor may open this matter now, or why not.
pub fn may_open(
    asker: Asker,
    matter: Matter<'_>,
    beside: Beside<'_>,
    now: Timestamp,
) -> Result<Because, Refusal> {
    by_assignment(asker, matter).or_else(|refusal| match refusal {
        Refusal::OtherOrganisation | Refusal::Barred => Err(refusal),
        _ => on_duty(asker, beside.shifts, now)
            .or_else(|| behind_glass(asker, beside.glass, now))
            .ok_or(refusal),
    })
}

/// The part of the rule that asks only the matter itself; roster and broken glass need not be looked up when it says yes.
pub fn by_assignment(asker: Asker, matter: Matter<'_>) -> Result<Because, Refusal> {
    if asker.org != matter.owner {
        return Err(Refusal::OtherOrganisation);
    }
    if matter.barred.contains(&asker.user) {
        return Err(Refusal::Barred);
    }
    match (matter.standing, matter.lead) {
        (Standing::Waits | Standing::WaitsForDuty { somebody: false }, _) => Ok(Because::Arrived),
        (Standing::WaitsForDuty { somebody: true }, _) => Err(Refusal::ForDuty),
        (Standing::SentBack { by }, _) if by == asker.user => Ok(Because::Answered),
        (Standing::SentBack { .. }, _) => Err(Refusal::SentBack),
        (Standing::TakenOn, Some(lead)) if lead == asker.user => Ok(Because::Leads),
        (Standing::TakenOn, _) if matter.team.contains(&asker.user) => Ok(Because::Team),
        (Standing::TakenOn, Some(lead)) => Err(Refusal::NotAssigned { lead }),
        (Standing::TakenOn, None) => Err(Refusal::NobodyLeads),
    }
}

fn on_duty(asker: Asker, shifts: &[Shift], now: Timestamp) -> Option<Because> {
    let mine = shifts
        .iter()
        .filter(|shift| shift.kind == ShiftKind::Duty && shift.is_of(asker) && shift.holds(now));
    let until = mine.map(|shift| shift.until).max()?;
    Some(Because::OnDuty { until })
}

fn behind_glass(asker: Asker, glass: &[BreakGlass], now: Timestamp) -> Option<Because> {
    let mine = glass
        .iter()
        .filter(|broken| broken.opened.user == asker.user && broken.is_in_force(now));
    let until = mine.map(|broken| broken.until).max()?;
    Some(Because::BreakGlass { until })
}

/// Why a take-over was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TakeOverError {
    /// A colleague leads it and is not absent: she hears the reason.
    #[error("a colleague who is not absent leads it: say why you take it over; she is told")]
    ReasonMissing,
    /// She leads it already.
    #[error("you lead it already")]
    AlreadyYours,
}

/// Whether a matter may be taken over, with or without a reason. Who is absent cannot be asked, and is told all the same.
pub fn may_take_over(
    asker: Asker,
    lead: Option<UserId>,
    lead_is_absent: bool,
    has_reason: bool,
) -> Result<(), TakeOverError> {
    match lead {
        Some(lead) if lead == asker.user => Err(TakeOverError::AlreadyYours),
        Some(_) if !lead_is_absent && !has_reason => Err(TakeOverError::ReasonMissing),
        _ => Ok(()),
    }
}

/// Longest reason that is taken down here, in characters.
pub const REASON_MAX: usize = 1_000;
