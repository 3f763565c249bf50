//! One step of a placement with everything that follows from it, in one change: the placement, the seats of its room, the
//! request, the clocks. The room's version is checked too, so that no seat is given away twice; if somebody else changed
//! the room in that moment, the step is worked out again on what stands there now.

use domain::SafeText;
use domain::code::ReasonCode;
use domain::ids::PlacementId;
use domain::placement::{Placement, PlacementError};
use domain::room::SeatError;
use domain::shelter_request::RequestError;
use domain::{By, ids::ShelterRequestId};
use jiff::Timestamp;
use vault::{Change, Context, Opened, Store, Timer};

use super::fit::misfit_in;
use super::records::{
    StoredPlacement, StoredRequest, StoredRoom, draft_placement, draft_request, redraft_room,
};
use super::stay;
use crate::Desk;
use crate::case::{PlacementFact, note_placement};
use crate::error::{DeskError, Result};

/// The clock of a hold.
pub(super) const HOLD: &str = "placement.hold";
/// The clock of the vocabulary that runs for the client once a shelter accepted.
pub(super) const CLIENT_DECISION: &str = "client_decision";
/// The clock by which a search is done again.
pub(super) const SEARCH: &str = "placement.search";
/// How often a step is worked out again after somebody else changed the room.
pub(super) const TRIES: usize = 60;

/// What happens to the seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seats {
    Keep,
    /// Held until the placement's own end, which became later.
    Extend,
    Take,
    Free,
}

/// What happens to the request.
#[derive(Debug, Clone)]
pub(super) enum Follow {
    Nothing,
    /// They are on their way; somebody looks for them when they have not arrived at this moment.
    Travels {
        overdue: Timestamp,
    },
    SearchOn,
    /// They are there; the stay has this norm, if it has one.
    Fulfilled {
        by: By,
        norm: Option<Timestamp>,
    },
    Withdrawn {
        reason: ReasonCode,
        note: Option<SafeText>,
        by: By,
    },
}

/// A step: what changes, for whom it is allowed, what follows.
pub(super) struct Step<'a> {
    pub(super) id: PlacementId,
    /// The version that the person saw; `None` for a clock.
    pub(super) seen: Option<i64>,
    /// The reason, for the journal.
    pub(super) context: Context,
    pub(super) seats: Seats,
    pub(super) follow: Follow,
    /// The clock that causes it.
    pub(super) fired: Option<&'a Timer>,
    /// Refuses who has nothing to do with this placement.
    pub(super) allowed: &'a (dyn Fn(&StoredPlacement, &StoredRequest) -> Result<()> + Sync),
    /// The rule.
    pub(super) rule:
        &'a (dyn Fn(Placement) -> std::result::Result<Placement, PlacementError> + Sync),
}

/// Takes a step.
pub(super) async fn take(desk: &Desk, now: Timestamp, step: Step<'_>) -> Result<()> {
    for _ in 0..TRIES {
        let found = load_placement(desk, step.id).await?;
        let request = load_request(desk, found.body.placement.request).await?;
        (step.allowed)(&found.body, &request.body)?;
        if step.seen.is_some_and(|seen| seen != found.version) {
            return Err(DeskError::Conflict);
        }
        let change = work_out(desk, now, &step, &found, &request).await?;
        match desk.vault.apply(Store::K3, change).await {
            Err(vault::VaultError::Conflict { .. }) => {}
            other => return other.map(|_| ()).map_err(DeskError::from),
        }
    }
    Err(DeskError::Conflict)
}

async fn work_out(
    desk: &Desk,
    now: Timestamp,
    step: &Step<'_>,
    found: &Opened<StoredPlacement>,
    request: &Opened<StoredRequest>,
) -> Result<Change> {
    let id = step.id;
    let placement = (step.rule)(found.body.placement.clone()).map_err(refused)?;
    let over_hold = placement.held_until().is_none() && found.body.placement.held_until().is_some();
    let room = load_room(desk, placement.room).await?;
    if placement.state().needs_fit() {
        must_fit(desk, now, room.clone(), found, request).await?;
    }
    let stored = StoredPlacement {
        placement,
        ..found.body.clone()
    };
    let mut change = Change::new(step.context.clone());
    if let Some(timer) = step.fired {
        change = change.fire(timer);
    }
    change = change.update(
        draft_placement(&stored)?.changing(&["state"]),
        found.version,
    );
    change = tell_case(desk, change, &stored.placement, now).await?;
    let held_until = stored.placement.held_until();
    if over_hold || step.seats == Seats::Extend {
        change = change.clear_timers(id.to_string());
    }
    change = stay::clocks(desk, change, &step.follow, &found.body.placement, id)?;
    if let (Seats::Extend, Some(until)) = (step.seats, held_until) {
        change = change.timer(hold_timer(id, until));
    }
    if step.seats != Seats::Keep {
        let occupancy = room.body.occupancy.clone();
        let occupancy = match (step.seats, held_until) {
            (Seats::Extend, Some(until)) => occupancy.extend(id, until, now).map_err(no_seat)?,
            (Seats::Take, _) => occupancy.take(id, now).map_err(no_seat)?,
            _ => occupancy.release(id),
        };
        change = change.update(redraft_room(&room, occupancy)?, room.version);
    }
    follow(now, change, step, request)
}

/// Refuses to go on with a room that no longer fits, unless somebody decided to keep it.
async fn must_fit(
    desk: &Desk,
    now: Timestamp,
    room: Opened<StoredRoom>,
    found: &Opened<StoredPlacement>,
    request: &Opened<StoredRequest>,
) -> Result<()> {
    let Some(misfit) = misfit_in(desk, now, room, &found.body, &request.body).await? else {
        return Ok(());
    };
    let rules = misfit.for_others().rules.join(", ");
    Err(DeskError::rule(
        "shelter.fits_no_more",
        format!(
            "this room no longer fits ({rules}): the placing officer decides, or takes it back"
        ),
    ))
}

/// Tells the case how far it is, in the same change.
pub(super) async fn tell_case(
    desk: &Desk,
    change: Change,
    placement: &Placement,
    now: Timestamp,
) -> Result<Change> {
    let fact = PlacementFact {
        state: placement.state_name().to_owned(),
        since: now,
    };
    match note_placement(desk, change.clone(), placement.case, fact).await {
        // An erased case needs no word; its seats must be freed all the same.
        Err(DeskError::NotFound { .. }) => Ok(change),
        other => other,
    }
}

fn follow(
    now: Timestamp,
    change: Change,
    step: &Step<'_>,
    found: &Opened<StoredRequest>,
) -> Result<Change> {
    let asked = found.body.request.clone();
    let text = found.id.clone();
    let (request, arrived) = match &step.follow {
        Follow::Nothing | Follow::Travels { .. } => return Ok(change),
        Follow::SearchOn => (asked.failed(step.id), None),
        Follow::Fulfilled { by, .. } => (asked.fulfilled(step.id, *by), Some(now)),
        Follow::Withdrawn { reason, note, by } => {
            (asked.withdraw(reason.clone(), note.clone(), *by), None)
        }
    };
    let request = request.map_err(request_refused)?;
    let shortage = match arrived {
        Some(_) => found.body.shortage.clone().map(|mark| mark.resolve(now)),
        None => found.body.shortage.clone(),
    };
    let stored = StoredRequest {
        request,
        shortage,
        ..found.body.clone()
    };
    let draft = draft_request(&stored, arrived)?.changing(&["state"]);
    let change = change.update(draft, found.version).clear_timers(&text);
    Ok(match step.follow {
        Follow::SearchOn => change.timer(search_timer(stored.request.id, found.version, now)),
        _ => change,
    })
}

/// The clock that ends a hold; its name holds the end, so that the clock of an earlier end cannot be taken for it.
pub(super) fn hold_timer(id: PlacementId, until: Timestamp) -> Timer {
    Timer {
        id: format!("{HOLD}/{id}/{}", until.as_second()),
        due: until,
        kind: HOLD.to_owned(),
        record: id.to_string(),
    }
}

/// The clock that searches again; its name holds the request's version, so that it fires once.
pub(super) fn search_timer(id: ShelterRequestId, version: i64, due: Timestamp) -> Timer {
    Timer {
        id: format!("{SEARCH}/{id}/{version}"),
        due,
        kind: SEARCH.to_owned(),
        record: id.to_string(),
    }
}

pub(super) async fn load_placement(
    desk: &Desk,
    id: PlacementId,
) -> Result<Opened<StoredPlacement>> {
    desk.vault
        .load::<StoredPlacement>(&id.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("placement"))
}

pub(super) async fn load_request(
    desk: &Desk,
    id: ShelterRequestId,
) -> Result<Opened<StoredRequest>> {
    desk.vault
        .load::<StoredRequest>(&id.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("shelter request"))
}

pub(super) async fn load_room(desk: &Desk, id: domain::ids::RoomId) -> Result<Opened<StoredRoom>> {
    desk.vault
        .load::<StoredRoom>(&id.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("room"))
}

/// A rule's refusal about a placement.
pub(super) fn refused(error: PlacementError) -> DeskError {
    let key = match error {
        PlacementError::HoldExpired { .. } => "shelter.hold_over",
        PlacementError::WrongState { .. } => "shelter.state",
        _ => "shelter.placement",
    };
    DeskError::rule(key, error)
}

/// A rule's refusal about a request.
pub(super) fn request_refused(error: RequestError) -> DeskError {
    let key = match error {
        RequestError::WrongState { .. } | RequestError::OtherPlacement(_) => "shelter.state",
        _ => "shelter.request",
    };
    DeskError::rule(key, error)
}

/// A rule's refusal about seats.
pub(super) fn no_seat(error: SeatError) -> DeskError {
    let key = match error {
        SeatError::Full { .. } => "shelter.room_full",
        SeatError::NoHold(_) => "shelter.hold_over",
        SeatError::TooSmall { .. } => "shelter.too_small",
        _ => "shelter.seats",
    };
    DeskError::rule(key, error)
}
