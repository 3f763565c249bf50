//! The two answers that a held room needs: the shelter's, then the client's own.

use domain::ids::PlacementId;
use domain::placement::Placement;
use jiff::Timestamp;

use super::holds::own_placement;
use super::reasons::ReasonInput;
use super::requests::{own_case, works_on_case};
use super::stay;
use super::step::{self, Follow, Seats, Step};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;

/// The shelter takes them. The client's own clock starts: the room stays held for her until it ends.
pub async fn accept(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: PlacementId,
    seen: i64,
) -> Result<()> {
    let permit = permit(actor, UseCase::AnswerHold)?;
    let by = actor.by(now)?;
    let until = desk.deadline(step::CLIENT_DECISION, now)?;
    let step = Step {
        id,
        seen: Some(seen),
        context: permit.context(now),
        seats: Seats::Extend,
        follow: Follow::Nothing,
        fired: None,
        allowed: &|placement, _| own_placement(&permit, placement),
        rule: &move |placement: Placement| placement.accept_by_shelter(until, by),
    };
    step::take(desk, now, step).await
}

/// The shelter refuses, with its reason; the seats are free at once and the search goes on.
pub async fn refuse(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: PlacementId,
    seen: i64,
    reason: ReasonInput,
) -> Result<()> {
    let permit = permit(actor, UseCase::AnswerHold)?;
    let reason = reason.of_list(&desk.vocabulary.refusal_reasons, now)?;
    let by = actor.by(now)?;
    let step = Step {
        id,
        seen: Some(seen),
        context: permit.context(now),
        seats: Seats::Free,
        follow: Follow::SearchOn,
        fired: None,
        allowed: &|placement, _| own_placement(&permit, placement),
        rule: &move |placement: Placement| placement.refuse(reason.clone(), by),
    };
    step::take(desk, now, step).await
}

/// What the client says, as the coordinator or the placing officer records it.
#[derive(Debug, Clone)]
pub enum ClientAnswer {
    /// She comes.
    Accepts,
    /// She does not want it, with the reason.
    Declines(ReasonInput),
    /// She is on her way.
    Travels,
}

/// Records the client's own answer, or that she is on her way.
pub async fn client_answers(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: PlacementId,
    seen: i64,
    answer: ClientAnswer,
) -> Result<()> {
    let permit = permit(actor, UseCase::ClientAnswer)?;
    let by = actor.by(now)?;
    if permit.role != crate::access::Role::PlacementOfficer {
        let placement = step::load_placement(desk, id).await?.body.placement;
        let request = step::load_request(desk, placement.request).await?.body;
        works_on_case(desk, &permit, now, &request).await?;
    }
    let allowed = |_: &_, request: &super::StoredRequest| own_case(&permit, request.org);
    let step = Step {
        id,
        seen: Some(seen),
        context: permit.context(now),
        seats: Seats::Keep,
        follow: Follow::Nothing,
        fired: None,
        allowed: &allowed,
        rule: &move |placement: Placement| placement.travel(by),
    };
    match answer {
        ClientAnswer::Travels => {
            let overdue = stay::overdue(desk, now)?;
            let follow = Follow::Travels { overdue };
            step::take(desk, now, Step { follow, ..step }).await
        }
        ClientAnswer::Accepts => {
            let rule = move |placement: Placement| placement.accept_by_client(by);
            let step = Step {
                seats: Seats::Take,
                rule: &rule,
                ..step
            };
            step::take(desk, now, step).await
        }
        ClientAnswer::Declines(reason) => {
            let reason = reason.of_list(&desk.vocabulary.refusal_reasons, now)?;
            let rule = move |placement: Placement| placement.decline(reason.clone(), by);
            let step = Step {
                seats: Seats::Free,
                follow: Follow::SearchOn,
                rule: &rule,
                ..step
            };
            step::take(desk, now, step).await
        }
    }
}
