//! Telling how an action stands. The holder's results count at once, a new status waits for the programme office; the
//! office itself changes the register directly. What is finished never goes back without a reason.

use domain::SafeText;
use domain::action::{Action, ActionError, Status, StatusChange};
use domain::ids::ActionId;
use jiff::Timestamp;
use vault::{Change, Store};

use super::{draft, own, refused};
use crate::Desk;
use crate::access::{Permit, Role, UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;

/// What is told.
#[derive(Debug, Clone)]
pub struct Tell {
    /// How it stands; the same as before when only results are told.
    pub status: Status,
    /// Results reached, in the holder's words.
    pub results: Option<SafeText>,
    /// Why; needed for a delay, for dropping it, and for leaving a final status.
    pub why: Option<SafeText>,
}

/// Tells how an action stands. `seen` is the version on which it is based.
pub async fn tell(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ActionId,
    seen: i64,
    input: Tell,
) -> Result<()> {
    let permit = permit(actor, UseCase::UpdateAction)?;
    let change = StatusChange {
        status: input.status,
        results: input.results,
        why: input.why,
        by: actor.by(now)?,
        confirmed: None,
    };
    let told = |action: Action| match permit.role {
        Role::ProgrammeOffice => action.update(change),
        _ => action.propose(change),
    };
    step(desk, &permit, now, id, seen, "status", told).await
}

/// Takes a holder's proposal over into the register.
pub async fn confirm(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ActionId,
    seen: i64,
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepActions)?;
    let by = actor.by(now)?;
    step(desk, &permit, now, id, seen, "status", |a| a.confirm(by)).await
}

/// Does not take a holder's proposal over, with the reason.
pub async fn decline(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ActionId,
    seen: i64,
    why: SafeText,
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepActions)?;
    let by = actor.by(now)?;
    step(desk, &permit, now, id, seen, "proposal", |a| {
        a.decline(why, by)
    })
    .await
}

async fn step(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    id: ActionId,
    seen: i64,
    field: &str,
    rule: impl FnOnce(Action) -> std::result::Result<Action, ActionError>,
) -> Result<()> {
    let found = own(desk, permit, id).await?;
    if found.version != seen {
        return Err(crate::DeskError::Conflict);
    }
    let action = rule(found.body.0).map_err(refused)?;
    let change = Change::new(permit.context(now)).update(draft(&action, &[field])?, seen);
    desk.vault.apply(Store::K7, change).await?;
    Ok(())
}
