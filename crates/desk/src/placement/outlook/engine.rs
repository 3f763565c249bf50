//! What would help, worked out over today's question: the same that a proposal for everybody answers.

use std::sync::Arc;

use jiff::Timestamp;
use shelter::what_if::{WhatIf, what_if};

use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::placement::proposal::everybody;

/// How often each of the plans may ask whether to stop: a national question is proven well within it nine times in ten.
const PATIENCE: u32 = 3_000;

/// What would help, and what that rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Helps {
    /// When.
    pub made: Timestamp,
    /// Requests that wait, those that ask a next place included.
    pub requests: usize,
    /// Rooms in the question.
    pub rooms: usize,
    /// Version of the rules.
    pub rules: &'static str,
    /// The answer.
    pub found: WhatIf,
}

/// Hears how many of how many plans are made.
pub type Told = Arc<dyn Fn(usize, usize) + Send + Sync>;

/// Which rules cost how many people a place, and what ten more places of each kind would do. Takes some seconds for a whole country.
pub async fn what_would_help(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    told: Told,
) -> Result<Helps> {
    let permit = permit(actor, UseCase::CountryView)?;
    let whole = everybody(desk, &permit, now).await?;
    let (file, weights) = (whole.file, whole.weights);
    let requests = file.requests.len();
    let rooms = file.locations.iter().map(|one| one.rooms.len()).sum();
    let found = tokio::task::spawn_blocking(move || what_if(&file, &weights, PATIENCE, &*told))
        .await
        .map_err(|_| DeskError::Setup("what would help could not be worked out".to_owned()))?
        .map_err(|e| DeskError::Setup(format!("placing question: {e}")))?;
    Ok(Helps {
        made: now,
        requests,
        rooms,
        rules: shelter::RULES_VERSION,
        found,
    })
}

/// A kind of room of the engine, as the house calls it.
pub fn room_kind(of: shelter::RoomKind) -> domain::room::RoomKind {
    match of {
        shelter::RoomKind::Stay => domain::room::RoomKind::Stay,
        shelter::RoomKind::Family => domain::room::RoomKind::Family,
        shelter::RoomKind::Crisis => domain::room::RoomKind::Crisis,
    }
}
