//! Keeping a held room although it no longer fits in everything: the placing officer's decision, with its reason.

use domain::SafeText;
use domain::ids::PlacementId;
use domain::placement::Despite;
use jiff::Timestamp;
use vault::{Change, Store};

use super::fit::misfit_in;
use super::reasons::no_address;
use super::records::{StoredPlacement, draft_placement};
use super::step::{load_placement, load_request, load_room, refused};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// Keeps the room. `seen` is the placement's version. What fails is looked at now: the decision is about that, and about nothing else
/// that may fail later.
pub async fn keep_despite(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: PlacementId,
    seen: i64,
    because: SafeText,
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepDespite)?;
    no_address("because", Some(&because))?;
    let found = load_placement(desk, id).await?;
    if found.version != seen {
        return Err(DeskError::Conflict);
    }
    let request = load_request(desk, found.body.placement.request).await?;
    let room = load_room(desk, found.body.placement.room).await?;
    let Some(misfit) = misfit_in(desk, now, room, &found.body, &request.body).await? else {
        return Err(DeskError::rule(
            "shelter.fits",
            "this room fits: there is nothing to decide",
        ));
    };
    if !misfit.decidable {
        return Err(DeskError::rule(
            "shelter.protects",
            "what this room does not meet protects somebody or is the law: take the placement back",
        ));
    }
    let decision = Despite {
        rules: misfit.rules,
        because,
        by: actor.by(now)?,
    };
    let placement = found.body.placement.clone().keep_despite(decision);
    let stored = StoredPlacement {
        placement: placement.map_err(refused)?,
        ..found.body
    };
    let change = Change::new(permit.context(now)).update(
        draft_placement(&stored)?.changing(&["despite"]),
        found.version,
    );
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}
