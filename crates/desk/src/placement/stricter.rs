//! An area to stay away from that becomes known after the request was made.

use domain::SafeText;
use domain::ids::ShelterRequestId;
use jiff::Timestamp;
use vault::{Change, Store};

use super::reasons::no_address;
use super::records::{AvoidPlace, StoredRequest, draft_request};
use super::requests::{circles, works_on_case};
use super::step::{load_request, request_refused, search_timer};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// Adds an area to avoid. While a place is sought the search begins anew; a room that is held already is looked at again by the placing
/// officer, wherever it lies (see [`super::TOLD_SINCE`]).
pub async fn avoid_more(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ShelterRequestId,
    seen: i64,
    place: AvoidPlace,
    because: SafeText,
) -> Result<()> {
    let permit = permit(actor, UseCase::AvoidMore)?;
    no_address("because", Some(&because))?;
    let found = load_request(desk, id).await?;
    works_on_case(desk, &permit, now, &found.body).await?;
    if found.version != seen {
        return Err(DeskError::Conflict);
    }
    let by = actor.by(now)?;
    let mut stored: StoredRequest = found.body;
    for circle in circles(desk, now, std::slice::from_ref(&place))? {
        stored.request =
            (stored.request.avoid_more(circle, because.clone(), by)).map_err(request_refused)?;
    }
    stored.avoid.push(place);
    let open = stored.request.state_name() == "open";
    let mut change = Change::new(permit.context(now)).update(
        draft_request(&stored, None)?.changing(&["needs", "avoided_more"]),
        found.version,
    );
    if open {
        change = change
            .clear_timers(id.to_string())
            .timer(search_timer(id, found.version, now));
    }
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}
