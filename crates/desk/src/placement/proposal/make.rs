//! Making a proposal, and taking one of its lines.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::ids::{LocationId, PlacementId, RoomId, ShelterRequestId};
use domain::time::dutch_date;
use jiff::Timestamp;
use shelter::{Earlier, InstanceFile, LocationFile, RequestFile, Weights};
use vault::{Change, Filter, Opened, Order, Store, Stored};

use super::record::{
    ProposalSummary, StoredPart, StoredProposal, Whole, draft_part, draft_proposal, lines,
};
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::placement::apart::mates;
use crate::placement::country::Country;
use crate::placement::holds::{HoldInput, hold};
use crate::placement::kept::Packed;
use crate::placement::question::{authority, kinds, locations, request_file};
use crate::placement::records::{StoredPlacement, StoredRequest, StoredRoom};
use crate::placement::search::Asking;
use crate::placement::shortage::all;
use crate::placement::step::load_request;
use crate::placement::today::as_of_today;

/// From which gain on a line of the earlier proposal is changed, in the units of the cost. The worst room that fits costs 1,000, a
/// place for one more person some 20,000: lines change for people, not for a shorter journey.
const WORTH: i64 = 500;

/// Makes a proposal for everybody who waits. `late` says whether the time for it is over; what was found until then is kept, with
/// what is proven of it.
pub async fn propose(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    late: Arc<dyn Fn() -> bool + Send + Sync>,
) -> Result<String> {
    let permit = permit(actor, UseCase::ProposePlaces)?;
    let whole = everybody(desk, &permit, now).await?;
    let asked = whole.clone();
    let worked = tokio::task::spawn_blocking(move || asked.work_out(&|_| late()))
        .await
        .map_err(|_| DeskError::Setup("the proposal could not be worked out".to_owned()))??;
    let id = desk.vault.new_id(now).to_string();
    let mut change = Change::new(permit.context(now));
    let mut parts = Vec::with_capacity(whole.file.requests.len());
    for request in whole.file.requests {
        let part = desk.vault.new_id(now).to_string();
        parts.push((request.id.clone(), part.clone()));
        let stored = StoredPart {
            proposal: id.clone(),
            request,
        };
        change = change.create(draft_part(&part, &stored)?);
    }
    let plan = &worked.result.plan;
    let summary = ProposalSummary {
        made: now,
        requests: parts.len(),
        placed: plan.assignments.len(),
        unplaced: plan.unplaced.len(),
        optimal: plan.optimal,
    };
    let stored = StoredProposal {
        by: actor.by(now)?,
        rules: shelter::RULES_VERSION.to_owned(),
        locations: Packed::of(&whole.file.locations)?,
        parts,
        earlier: whole.earlier,
        weights: whole.weights,
        worth: whole.worth,
        stopped: worked.stopped,
        result: Packed::of(&worked.result)?,
    };
    let change = change.create(draft_proposal(&id, &stored, &summary)?);
    desk.vault.apply(Store::K3, change).await?;
    Ok(id)
}

/// The question: all rooms, everybody who waits, and the lines of the proposal before.
pub(in crate::placement) async fn everybody(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
) -> Result<Whole> {
    let country = Country::load(desk).await?;
    let filter = Filter {
        states: vec!["open".to_owned()],
        ..Filter::default()
    };
    let mut waiting = Vec::new();
    for row in all(desk, &StoredRequest::KIND, &filter).await? {
        match desk.vault.load::<StoredRequest>(&row.id).await {
            Ok(found) => waiting.push(found),
            // Erased in this moment.
            Err(vault::VaultError::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    waiting.sort_by(|a, b| a.id.cmp(&b.id));
    let lived_in: BTreeSet<RoomId> = (waiting.iter())
        .filter_map(|found| found.body.request.needs.current_room)
        .collect();
    let locations = rooms(desk, permit, now, &country, &lived_in)?;
    let known: BTreeSet<&str> = (locations.iter())
        .flat_map(|location| &location.rooms)
        .map(|room| room.id.as_str())
        .collect();
    let mut requests = Vec::with_capacity(waiting.len());
    for found in &waiting {
        requests.push(request(desk, now, &country, found, &known).await?);
    }
    Ok(Whole {
        earlier: earlier(desk).await?,
        file: InstanceFile {
            as_of: dutch_date(now),
            locations,
            requests,
        },
        weights: Weights::default(),
        worth: WORTH,
    })
}

/// The rooms where this organisation may place, and those where somebody lives who asks a next place: nobody is moved there.
fn rooms(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    country: &Country,
    lived_in: &BTreeSet<RoomId>,
) -> Result<Vec<LocationFile>> {
    let kind = permit.actor.person()?.org_kind.clone();
    let open = |room: &StoredRoom| {
        let found = country.location(room.room.location);
        let ours = found.is_some_and(|found| {
            let (listed, exclusive) = authority(desk, now, found, &kind);
            listed || !exclusive
        });
        ours && room.room.in_service_on(dutch_date(now))
    };
    let shut: BTreeSet<String> = (country.rooms())
        .filter(|room| !open(room))
        .map(|room| room.room.id.to_string())
        .collect();
    let mut out = locations(now, country, |room| {
        open(room) || lived_in.contains(&room.room.id)
    });
    for room in out.iter_mut().flat_map(|location| &mut location.rooms) {
        if shut.contains(&room.id) {
            room.free = 0;
        }
    }
    Ok(out)
}

async fn request(
    desk: &Desk,
    now: Timestamp,
    country: &Country,
    found: &Opened<StoredRequest>,
    known: &BTreeSet<&str>,
) -> Result<RequestFile> {
    let stored = &found.body;
    let before: Vec<StoredPlacement> = desk
        .vault
        .load_children::<StoredPlacement>(&found.id)
        .await?
        .into_iter()
        .map(|p| p.body)
        .collect();
    let today = as_of_today(desk, now, stored.clone()).await?;
    let asking = Asking::of(&today, &before);
    let met = mates(desk, stored).await?;
    let houses: BTreeSet<LocationId> = (met.iter())
        .filter_map(|room| country.room(*room))
        .map(|room| room.room.location)
        .chain(asking.refused.iter().copied())
        .collect();
    let needs = &today.request.needs;
    let waited = now.duration_since(stored.request.requested.at).as_hours() / 24;
    Ok(RequestFile {
        waiting_days: waited.clamp(0, 36_500),
        kinds: kinds(&asking.kinds),
        not_in: houses.iter().map(ToString::to_string).collect(),
        apart: needs.apart.clone(),
        current_room: needs
            .current_room
            .map(|room| room.to_string())
            .filter(|room| known.contains(room.as_str())),
        ..request_file(&found.id, needs)
    })
}

/// The lines of the last proposal.
async fn earlier(desk: &Desk) -> Result<Earlier> {
    let kind = StoredProposal::KIND;
    let page = desk
        .vault
        .list(&kind, &Filter::default(), Order::Newest, None, 1)
        .await?;
    let Some(row) = page.rows.first() else {
        return Ok(BTreeMap::new());
    };
    let found = desk.vault.load::<StoredProposal>(&row.id).await?;
    Ok(lines(&found.body.result.open()?))
}

/// Takes one line of a proposal: the room is held for the request, if it still fits. The rules are asked again now.
pub async fn accept_line(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    proposal: &str,
    id: ShelterRequestId,
) -> Result<PlacementId> {
    permit(actor, UseCase::HoldRoom)?;
    let missing = || DeskError::NotFound {
        what: "line of the proposal",
    };
    let found = desk.vault.load::<StoredProposal>(proposal).await?;
    let lines = lines(&found.body.result.open()?);
    let room = lines.get(&id.to_string()).ok_or_else(missing)?;
    let room: RoomId = room.parse().map_err(|_| missing())?;
    let request = load_request(desk, id).await?;
    let input = HoldInput {
        room,
        because: None,
        relax_because: None,
        proposal: Some(proposal.to_owned()),
    };
    hold(desk, actor, now, id, request.version, input).await
}
