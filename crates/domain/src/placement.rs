//! One attempt to bring a request into a room: proposed, held, accepted by both sides, travelled, arrived, left.

mod address;
mod despite;

pub use address::{AddressAccess, AddressViewer, HiddenBecause, may_see_address};
pub use despite::Despite;

use crate::{
    answer::By,
    code::ReasonCode,
    ids::{CaseId, LocationId, PersonId, PlacementId, RoomId, ShelterRequestId},
    text::SafeText,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A reason from the list, with words where the list is not enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Code, such as `vol`.
    pub code: ReasonCode,
    /// In words.
    pub note: Option<SafeText>,
}

/// How far it is; each state carries what must be known in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum PlacementState {
    /// The placing officer proposes a room.
    Proposed,
    /// The seats are held; the shelter has to answer before `until`.
    Held {
        /// End of the hold, exclusive.
        until: Timestamp,
        /// Who held it, and when.
        by: By,
    },
    /// The shelter takes them; the client has to answer before `until`.
    AcceptedByShelter {
        /// End of the hold, exclusive.
        until: Timestamp,
        /// Who accepted, and when.
        by: By,
    },
    /// The client comes.
    AcceptedByClient {
        /// Who recorded it, and when.
        by: By,
    },
    /// On the way.
    Travelling {
        /// Who recorded it, and when.
        by: By,
    },
    /// There.
    Arrived {
        /// Who recorded it, and when.
        by: By,
    },
    /// Gone from there.
    Left {
        /// Why.
        reason: Reason,
        /// Who recorded it, and when.
        by: By,
    },
    /// The shelter refuses; never without its reason.
    Refused {
        /// Why.
        reason: Reason,
        /// Who refused, and when.
        by: By,
    },
    /// The client does not want it.
    Declined {
        /// Why.
        reason: Reason,
        /// Who recorded it, and when.
        by: By,
    },
    /// Nobody answered in time.
    Expired {
        /// When the hold ended.
        at: Timestamp,
    },
    /// The placing officer takes it back.
    Withdrawn {
        /// Why.
        reason: Reason,
        /// Who and when.
        by: By,
    },
}

impl PlacementState {
    /// Stable name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Held { .. } => "held",
            Self::AcceptedByShelter { .. } => "accepted_by_shelter",
            Self::AcceptedByClient { .. } => "accepted_by_client",
            Self::Travelling { .. } => "travelling",
            Self::Arrived { .. } => "arrived",
            Self::Left { .. } => "left",
            Self::Refused { .. } => "refused",
            Self::Declined { .. } => "declined",
            Self::Expired { .. } => "expired",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    /// Over: nothing follows.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(
            self,
            Self::Left { .. }
                | Self::Refused { .. }
                | Self::Declined { .. }
                | Self::Expired { .. }
                | Self::Withdrawn { .. }
        )
    }
}

/// A step that was taken, kept to measure request → offer → acceptance → arrival.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The state that was reached.
    pub reached: String,
    /// When.
    pub at: Timestamp,
}

/// A placement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placement {
    /// Identity.
    pub id: PlacementId,
    /// Of which request.
    pub request: ShelterRequestId,
    /// Of which case.
    pub case: CaseId,
    /// Which room.
    pub room: RoomId,
    /// In which location.
    pub location: LocationId,
    /// The persons known here who come.
    pub persons: Vec<PersonId>,
    /// Seats needed; at least the persons known.
    seats: u16,
    /// Who placed, and when.
    pub placed: By,
    /// Why this room, in the placing officer's words.
    pub because: Option<SafeText>,
    /// Decisions to keep the room although it no longer fits in everything, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub despite: Vec<Despite>,
    state: PlacementState,
    steps: Vec<Step>,
}

/// Why a step was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlacementError {
    /// Not possible in this state.
    #[error("cannot {step} a placement that is {state}")]
    WrongState {
        /// What was tried.
        step: &'static str,
        /// The state.
        state: &'static str,
    },
    /// The hold is over.
    #[error("the hold ended at {until}: propose the room again")]
    HoldExpired {
        /// End of the hold.
        until: Timestamp,
    },
    /// The hold is not over yet.
    #[error("the hold lasts until {until}")]
    HoldNotExpired {
        /// End of the hold.
        until: Timestamp,
    },
    /// A hold that is over before it begins.
    #[error("the hold would end at {until}, which is not after {now}")]
    HoldInPast {
        /// End given.
        until: Timestamp,
        /// Moment of reference.
        now: Timestamp,
    },
    /// For nobody.
    #[error("a placement needs at least one seat, and a seat for each person")]
    NoSeats,
    /// A refusal without its reason.
    #[error("give the reason: a refusal without one cannot be recorded")]
    NoReason,
    /// A decision about nothing.
    #[error("`rules` is empty: name the rules that the room no longer meets")]
    NoRule,
}

/// The names of the states, as in the picture.
pub const STATES: &[&str] = &[
    "proposed",
    "held",
    "accepted_by_shelter",
    "accepted_by_client",
    "travelling",
    "arrived",
    "left",
    "refused",
    "declined",
    "expired",
    "withdrawn",
];
/// The moves between them.
pub const MOVES: &[(&str, &str)] = &[
    ("proposed", "held"),
    ("proposed", "withdrawn"),
    ("held", "accepted_by_shelter"),
    ("held", "refused"),
    ("held", "declined"),
    ("held", "expired"),
    ("held", "withdrawn"),
    ("accepted_by_shelter", "accepted_by_client"),
    ("accepted_by_shelter", "declined"),
    ("accepted_by_shelter", "expired"),
    ("accepted_by_shelter", "withdrawn"),
    ("accepted_by_client", "travelling"),
    ("accepted_by_client", "declined"),
    ("accepted_by_client", "withdrawn"),
    ("travelling", "arrived"),
    ("travelling", "withdrawn"),
    ("arrived", "left"),
];

impl Placement {
    /// Proposes a room.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is a different fact of the proposal and has its own type"
    )]
    pub fn propose(
        id: PlacementId,
        request: ShelterRequestId,
        case: CaseId,
        room: RoomId,
        location: LocationId,
        persons: Vec<PersonId>,
        seats: u16,
        placed: By,
        because: Option<SafeText>,
    ) -> Result<Self, PlacementError> {
        if seats == 0 || usize::from(seats) < persons.len() {
            return Err(PlacementError::NoSeats);
        }
        let steps = vec![Step {
            reached: PlacementState::Proposed.name().to_owned(),
            at: placed.at,
        }];
        let state = PlacementState::Proposed;
        Ok(Self {
            id,
            request,
            case,
            room,
            location,
            persons,
            seats,
            placed,
            because,
            despite: Vec::new(),
            state,
            steps,
        })
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self) -> &PlacementState {
        &self.state
    }

    /// Name of the state.
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        self.state.name()
    }

    /// Seats needed.
    #[must_use]
    pub fn seats(&self) -> u16 {
        self.seats
    }

    /// The steps taken, oldest first.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// When a state was first reached.
    #[must_use]
    pub fn reached(&self, state: &str) -> Option<Timestamp> {
        self.steps.iter().find(|s| s.reached == state).map(|s| s.at)
    }

    /// Holds the seats until a moment.
    pub fn hold(self, until: Timestamp, by: By) -> Result<Self, PlacementError> {
        if self.state != PlacementState::Proposed {
            return Err(self.wrong("hold seats for"));
        }
        if until <= by.at {
            return Err(PlacementError::HoldInPast { until, now: by.at });
        }
        Ok(self.now(PlacementState::Held { until, by }, by.at))
    }

    /// The shelter takes them. From here the clock is the client's: the seats stay held until `client_until`, so that a
    /// late answer of the shelter leaves her all her time to decide. An acceptance never shortens the hold.
    pub fn accept_by_shelter(
        self,
        client_until: Timestamp,
        by: By,
    ) -> Result<Self, PlacementError> {
        let PlacementState::Held { until, .. } = self.state else {
            return Err(self.wrong("accept"));
        };
        alive(until, by.at)?;
        let until = until.max(client_until);
        Ok(self.now(PlacementState::AcceptedByShelter { until, by }, by.at))
    }

    /// The shelter refuses; also a late refusal counts, because its reason is worth having.
    pub fn refuse(self, reason: Reason, by: By) -> Result<Self, PlacementError> {
        given(&reason)?;
        match self.state {
            PlacementState::Held { .. } => {
                Ok(self.now(PlacementState::Refused { reason, by }, by.at))
            }
            _ => Err(self.wrong("refuse")),
        }
    }

    /// The client comes.
    pub fn accept_by_client(self, by: By) -> Result<Self, PlacementError> {
        let PlacementState::AcceptedByShelter { until, .. } = self.state else {
            return Err(self.wrong("let the client accept"));
        };
        alive(until, by.at)?;
        Ok(self.now(PlacementState::AcceptedByClient { by }, by.at))
    }

    /// The client does not want it; always allowed before travelling.
    pub fn decline(self, reason: Reason, by: By) -> Result<Self, PlacementError> {
        given(&reason)?;
        match self.state {
            PlacementState::Held { .. }
            | PlacementState::AcceptedByShelter { .. }
            | PlacementState::AcceptedByClient { .. } => {
                Ok(self.now(PlacementState::Declined { reason, by }, by.at))
            }
            _ => Err(self.wrong("decline")),
        }
    }

    /// The client sets out.
    pub fn travel(self, by: By) -> Result<Self, PlacementError> {
        match self.state {
            PlacementState::AcceptedByClient { .. } => {
                Ok(self.now(PlacementState::Travelling { by }, by.at))
            }
            _ => Err(self.wrong("start the journey of")),
        }
    }

    /// The client is there.
    pub fn arrive(self, by: By) -> Result<Self, PlacementError> {
        match self.state {
            PlacementState::Travelling { .. } => {
                Ok(self.now(PlacementState::Arrived { by }, by.at))
            }
            _ => Err(self.wrong("record arrival for")),
        }
    }

    /// The client has gone from there.
    pub fn leave(self, reason: Reason, by: By) -> Result<Self, PlacementError> {
        given(&reason)?;
        match self.state {
            PlacementState::Arrived { .. } => {
                Ok(self.now(PlacementState::Left { reason, by }, by.at))
            }
            _ => Err(self.wrong("end the stay of")),
        }
    }

    /// Takes the proposal back.
    pub fn withdraw(self, reason: Reason, by: By) -> Result<Self, PlacementError> {
        given(&reason)?;
        match self.state {
            PlacementState::Arrived { .. } => Err(self.wrong("withdraw")),
            ref state if state.is_over() => Err(self.wrong("withdraw")),
            _ => Ok(self.now(PlacementState::Withdrawn { reason, by }, by.at)),
        }
    }

    /// The hold is over and nobody answered.
    pub fn expire(self, now: Timestamp) -> Result<Self, PlacementError> {
        match self.state {
            PlacementState::Held { until, .. }
            | PlacementState::AcceptedByShelter { until, .. } => {
                if now < until {
                    return Err(PlacementError::HoldNotExpired { until });
                }
                Ok(self.now(PlacementState::Expired { at: until }, now))
            }
            _ => Err(self.wrong("expire")),
        }
    }

    /// Until when the hold lasts, while there is one.
    #[must_use]
    pub fn held_until(&self) -> Option<Timestamp> {
        match self.state {
            PlacementState::Held { until, .. }
            | PlacementState::AcceptedByShelter { until, .. } => Some(until),
            _ => None,
        }
    }

    fn now(mut self, state: PlacementState, at: Timestamp) -> Self {
        self.steps.push(Step {
            reached: state.name().to_owned(),
            at,
        });
        self.state = state;
        self
    }

    fn wrong(&self, step: &'static str) -> PlacementError {
        PlacementError::WrongState {
            step,
            state: self.state_name(),
        }
    }
}

fn alive(until: Timestamp, now: Timestamp) -> Result<(), PlacementError> {
    if now < until {
        Ok(())
    } else {
        Err(PlacementError::HoldExpired { until })
    }
}

fn given(reason: &Reason) -> Result<(), PlacementError> {
    if reason.code.as_str().trim().is_empty() {
        Err(PlacementError::NoReason)
    } else {
        Ok(())
    }
}
