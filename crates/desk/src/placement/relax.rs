//! Asking less strictly when nothing fits, as a named person's decision: the coordinator who works on the case, with the person.

use domain::SafeText;
use domain::ids::ShelterRequestId;
use domain::shelter_request::{Relaxed, Relaxing, Security};
use jiff::Timestamp;
use vault::{Change, Store};

use super::places::AVOID_MARGIN_KM;
use super::reasons::no_address;
use super::records::{StoredRequest, draft_request};
use super::requests::works_on_case;
use super::step::{load_request, request_refused, search_timer};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// What may be asked less strictly, as the coordinator names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LessStrict {
    /// A smaller distance to one of the municipalities to avoid, in kilometres as asked (the margin comes on top).
    Avoid {
        /// Which, from 0.
        index: usize,
        /// From now on.
        radius_km: u16,
    },
    /// A less secure place.
    Security(Security),
}

/// Asks less strictly from now on. `seen` is the request's version. The search begins anew at once.
pub async fn relax(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ShelterRequestId,
    seen: i64,
    what: LessStrict,
    because: SafeText,
) -> Result<()> {
    let permit = permit(actor, UseCase::RelaxRequest)?;
    no_address("because", Some(&because))?;
    let found = load_request(desk, id).await?;
    works_on_case(desk, &permit, now, &found.body).await?;
    if found.version != seen {
        return Err(DeskError::Conflict);
    }
    let mut stored = found.body;
    let what = named(&mut stored, what)?;
    let decision = Relaxed {
        what,
        because,
        by: actor.by(now)?,
    };
    stored.request = stored.request.relax(decision).map_err(request_refused)?;
    let change = Change::new(permit.context(now))
        .update(
            draft_request(&stored, None)?.changing(&["needs", "relaxed"]),
            found.version,
        )
        .clear_timers(id.to_string())
        .timer(search_timer(id, found.version, now));
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

/// From what was asked to the rule's own terms; the municipality's radius follows.
fn named(stored: &mut StoredRequest, what: LessStrict) -> Result<Relaxing> {
    match what {
        LessStrict::Security(to) => Ok(Relaxing::Security {
            from: stored.request.needs.security,
            to,
        }),
        LessStrict::Avoid { index, radius_km } => {
            let place = stored
                .avoid
                .get_mut(index)
                .ok_or_else(|| DeskError::field("avoid", "choice", "name one of the areas"))?;
            let from_km = place.radius_km.saturating_add(AVOID_MARGIN_KM);
            place.radius_km = radius_km;
            Ok(Relaxing::Circle {
                index,
                from_km,
                to_km: radius_km.saturating_add(AVOID_MARGIN_KM),
            })
        }
    }
}
