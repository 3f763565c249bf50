//! Keeping persons apart: those of one network, or who are a danger to each other, are never in one house.

use std::collections::BTreeSet;

use domain::SafeText;
use domain::ids::{RoomId, ShelterRequestId};
use domain::shelter_request::RequestState;
use jiff::Timestamp;
use vault::{Change, Filter, Store, Stored};

use super::reasons::no_address;
use super::records::{
    ApartChoice, RequestSummary, StoredPlacement, StoredRequest, draft_request, summary,
};
use super::requests::arrived_at;
use super::shortage::all;
use super::step::load_request;
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// Keeps the persons of two requests apart from now on, with the reason. Who is kept apart from one of a group is kept apart from all.
/// Only the placing officer, who sees both; a request says nothing about the other one to who asked.
pub async fn keep_apart(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ShelterRequestId,
    seen: i64,
    from: ShelterRequestId,
    because: SafeText,
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepApart)?;
    no_address("because", Some(&because))?;
    if id == from {
        return Err(DeskError::field("from", "choice", "name another request"));
    }
    let one = load_request(desk, id).await?;
    let other = load_request(desk, from).await?;
    if one.version != seen {
        return Err(DeskError::Conflict);
    }
    let word = match (
        &one.body.request.needs.apart,
        &other.body.request.needs.apart,
    ) {
        (Some(word), None) | (None, Some(word)) => word.clone(),
        (None, None) => desk.vault.new_id(now).to_string(),
        (Some(a), Some(b)) if a == b => return Ok(()),
        (Some(_), Some(_)) => {
            return Err(DeskError::rule(
                "shelter.two_groups",
                "both belong to a group of their own already: name a request that is in none",
            ));
        }
    };
    let choice = ApartChoice {
        because,
        by: actor.by(now)?,
    };
    let mut change = Change::new(permit.context(now));
    for found in [one, other] {
        let mut stored = found.body;
        if stored.request.needs.apart.as_ref() == Some(&word) {
            continue;
        }
        stored.request.needs.apart = Some(word.clone());
        stored.apart = Some(choice.clone());
        let draft = draft_request(&stored, arrived_at(&stored))?.changing(&["apart"]);
        change = change.update(draft, found.version);
    }
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

/// Rooms that the others of the same group have or are held: where the persons of this request may not meet them.
pub(super) async fn mates(desk: &Desk, stored: &StoredRequest) -> Result<BTreeSet<RoomId>> {
    let mut out = BTreeSet::new();
    let Some(word) = &stored.request.needs.apart else {
        return Ok(out);
    };
    let filter = Filter {
        states: vec!["offered".to_owned(), "fulfilled".to_owned()],
        ..Filter::default()
    };
    for row in all(desk, &StoredRequest::KIND, &filter).await? {
        let seen: RequestSummary = summary(&row)?;
        // The same persons, before they asked for a next place, are nobody else.
        let own = [Some(stored.request.id), stored.follows];
        let is_own = own.iter().flatten().any(|own| own.to_string() == row.id);
        if seen.apart.as_ref() != Some(word) || is_own {
            continue;
        }
        out.extend(room_of(desk, &row.id).await?);
    }
    Ok(out)
}

/// The room that a request has now, or that is held for it.
async fn room_of(desk: &Desk, request: &str) -> Result<Option<RoomId>> {
    let found = desk.vault.load::<StoredRequest>(request).await?;
    let placement = match found.body.request.state() {
        RequestState::Offered { placement } | RequestState::Fulfilled { placement, .. } => {
            *placement
        }
        _ => return Ok(None),
    };
    let there = desk
        .vault
        .load::<StoredPlacement>(&placement.to_string())
        .await?;
    let left = matches!(there.body.placement.state_name(), "left");
    Ok((!left).then_some(there.body.placement.room))
}
