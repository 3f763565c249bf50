//! Arrival and departure, recorded by the shelter.

use domain::ids::PlacementId;
use domain::placement::Placement;
use jiff::Timestamp;

use super::holds::own_placement;
use super::reasons::ReasonInput;
use super::stay;
use super::step::{self, Follow, Seats, Step};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;

/// They are there: the request is fulfilled.
pub async fn arrive(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: PlacementId,
    seen: i64,
) -> Result<()> {
    let permit = permit(actor, UseCase::RecordStay)?;
    let by = actor.by(now)?;
    let norm = stay::norm(desk, now, id).await?;
    let step = Step {
        id,
        seen: Some(seen),
        context: permit.context(now),
        seats: Seats::Keep,
        follow: Follow::Fulfilled { by, norm },
        fired: None,
        allowed: &|placement, _| own_placement(&permit, placement),
        rule: &move |placement: Placement| placement.arrive(by),
    };
    step::take(desk, now, step).await
}

/// They have left; the seats are free.
pub async fn leave(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: PlacementId,
    seen: i64,
    reason: ReasonInput,
) -> Result<()> {
    let permit = permit(actor, UseCase::RecordStay)?;
    let reason = reason.of_list(&desk.vocabulary.leaving_reasons, now)?;
    let by = actor.by(now)?;
    let step = Step {
        id,
        seen: Some(seen),
        context: permit.context(now),
        seats: Seats::Free,
        follow: Follow::Nothing,
        fired: None,
        allowed: &|placement, _| own_placement(&permit, placement),
        rule: &move |placement: Placement| placement.leave(reason.clone(), by),
    };
    step::take(desk, now, step).await
}
