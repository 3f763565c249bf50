//! Requests as they are read: the order of who waits, lists, the request with its rooms, the steps for the page of a case.

use domain::code::RegionCode;
use domain::ids::{CaseId, PlacementId, ShelterRequestId};
use jiff::Timestamp;
use vault::{Change, Counts, Cursor, Filter, ListRow, Order, Page, Store, Stored};

use super::apart::mates;
use super::country::Country;
use super::fit::{Misfit, misfit};
use super::holds::PlacementSeen;
use super::records::{PlacementSummary, RequestSummary, StoredPlacement, StoredRequest, summary};
use super::requests::{CaseRef, own_case};
use super::search::{Asking, Found, look};
use super::shortage::{Shortage, all};
use super::step::{load_placement, load_request};
use super::today::{as_of_today, as_shown};
use crate::Desk;
use crate::access::{Permit, Role, UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// How many requests somebody chooses from at most; who is older stays in the search by reference.
const RUNNING: usize = 300;

/// The filter of whom one sees: the placing officer everybody, others their own organisation's.
pub(super) fn own_filter(permit: &Permit) -> Result<Filter> {
    let mut filter = Filter::default();
    if permit.role != Role::PlacementOfficer {
        filter.orgs.push(permit.actor.person()?.org.to_string());
    }
    Ok(filter)
}

/// What somebody sees of a request: the placing officer all of it, others as whoever asked.
pub(super) fn as_seen_by(permit: &Permit, seen: RequestSummary) -> RequestSummary {
    if permit.role == Role::PlacementOfficer {
        return seen;
    }
    seen.for_referrer()
}

/// A request that waits, with its place in the order.
#[derive(Debug, Clone)]
pub struct WaitingRow {
    /// The request.
    pub id: String,
    /// What lists show of it.
    pub seen: RequestSummary,
    /// Place in the country's order, from 1.
    pub position: usize,
}

/// The requests that wait: the most urgent first, and among equally urgent ones who waits longest. A coordinator sees her
/// own organisation's, each with its place among all.
pub async fn waiting(desk: &Desk, actor: &Actor) -> Result<Vec<WaitingRow>> {
    let permit = permit(actor, UseCase::ListShelterRequests)?;
    let own = own_filter(&permit)?;
    let filter = Filter {
        states: vec!["open".to_owned()],
        ..Filter::default()
    };
    let mut rows = Vec::new();
    for row in all(desk, &StoredRequest::KIND, &filter).await? {
        let seen: RequestSummary = summary(&row)?;
        rows.push((row, seen));
    }
    rows.sort_by(|(a, x), (b, y)| {
        y.urgency
            .cmp(&x.urgency)
            .then(x.requested.cmp(&y.requested))
            .then_with(|| a.id.cmp(&b.id))
    });
    let mine = |org: &Option<String>| {
        own.orgs.is_empty() || org.as_ref().is_some_and(|org| own.orgs.contains(org))
    };
    Ok(rows
        .into_iter()
        .enumerate()
        .filter(|(_, (row, _))| mine(&row.clear.org))
        .map(|(n, (row, seen))| WaitingRow {
            id: row.id,
            seen: as_seen_by(&permit, seen),
            position: n + 1,
        })
        .collect())
}

/// The requests for which a place is sought or held, newest first: those that may have to be kept apart from one another.
pub async fn running(desk: &Desk, actor: &Actor) -> Result<Vec<WaitingRow>> {
    permit(actor, UseCase::KeepApart)?;
    let filter = Filter {
        states: vec![
            "open".to_owned(),
            "offered".to_owned(),
            "fulfilled".to_owned(),
        ],
        ..Filter::default()
    };
    let rows = all(desk, &StoredRequest::KIND, &filter).await?;
    (rows.into_iter().take(RUNNING).enumerate())
        .map(|(n, row)| {
            Ok(WaitingRow {
                seen: summary(&row)?,
                id: row.id,
                position: n + 1,
            })
        })
        .collect()
}

/// A page of requests in one state, newest first, and how many there are in each state.
pub async fn list(
    desk: &Desk,
    actor: &Actor,
    state: Option<&str>,
    after: Option<&Cursor>,
) -> Result<(Page, Counts)> {
    let permit = permit(actor, UseCase::ListShelterRequests)?;
    let mut filter = own_filter(&permit)?;
    filter.states.extend(state.map(str::to_owned));
    let kind = StoredRequest::KIND;
    let mut page = desk
        .vault
        .list(&kind, &filter, Order::Newest, after, 50)
        .await?;
    for row in &mut page.rows {
        let seen = as_seen_by(&permit, summary(row)?);
        row.summary = serde_json::to_value(seen)
            .map_err(|_| DeskError::Setup(format!("the summary of {} is unwritable", row.id)))?;
    }
    let counts = desk.vault.counts(&kind, &filter).await?;
    Ok((page, counts))
}

/// A request with everything that its reader sees.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The request; no name is in it. Her age, the ways to a place and the right to it are those of today while a place is sought, and
    /// those that the hold kept after.
    pub stored: StoredRequest,
    /// Version to name when changing it.
    pub version: i64,
    /// Rooms that fit and why others don't: only for the placing officer, while a place is sought.
    pub found: Option<Found>,
    /// Its placements, oldest first.
    pub placements: Vec<PlacementSeen>,
    /// Place in the order of who waits, while it waits.
    pub position: Option<usize>,
}

/// Reads a request; the journal says that it was seen.
pub async fn read(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ShelterRequestId,
) -> Result<Dossier> {
    let permit = permit(actor, UseCase::ReadShelterRequest)?;
    let found = load_request(desk, id).await?;
    own_case(&permit, found.body.org)?;
    if permit.role != Role::PlacementOfficer {
        crate::case::own(desk, actor, now, found.body.request.case).await?;
    }
    let placements = desk
        .vault
        .load_children::<StoredPlacement>(&id.to_string())
        .await?;
    let mut change = Change::new(permit.context(now)).read(id.to_string(), &["needs", "placing"]);
    for placement in &placements {
        change = change.read(&placement.id, &["state"]);
    }
    let mut reads = desk
        .vault
        .apply(Store::K3, change)
        .await
        .map_err(|e| DeskError::from(e).what("shelter request"))?
        .reads
        .into_iter();
    let missing = DeskError::NotFound {
        what: "shelter request",
    };
    let found = reads.next().ok_or(missing)?.typed::<StoredRequest>()?;
    let mut seen = Vec::new();
    let mut before = Vec::new();
    for raw in reads {
        let placement = raw.typed::<StoredPlacement>()?;
        before.push(placement.body.clone());
        let misfit = match placement.body.placement.state().is_under_way() {
            true => {
                let country = Country::load(desk).await?;
                misfit(desk, now, &country, &placement.body, &found.body).await?
            }
            false => None,
        };
        let misfit = misfit.map(|one| one.seen_by(permit.role));
        seen.push(PlacementSeen::of(placement, misfit));
    }
    let open = found.body.request.state_name() == "open";
    let rooms = if open && permit.role == Role::PlacementOfficer {
        let country = Country::load(desk).await?;
        let today = as_of_today(desk, now, found.body.clone()).await?;
        let asking = Asking {
            places_for: permit.actor.person()?.org_kind.clone(),
            mates: mates(desk, &found.body).await?,
            ..Asking::of(&today, &before)
        };
        Some(look(desk, now, &country, &asking)?)
    } else {
        None
    };
    let position = if open {
        waiting(desk, actor)
            .await?
            .into_iter()
            .find(|row| row.id == found.id)
            .map(|row| row.position)
    } else {
        None
    };
    let shown = as_shown(desk, now, found.body).await?;
    let stored = match permit.role {
        Role::PlacementOfficer => shown,
        _ => StoredRequest {
            shortage: shown.shortage.clone().and_then(Shortage::for_referrer),
            ..shown
        },
    };
    Ok(Dossier {
        stored,
        version: found.version,
        found: rooms,
        placements: seen,
        position,
    })
}

/// Where the shelter of a case stands, for the page of that case: states, moments and region, nothing more.
#[derive(Debug, Clone)]
pub struct CaseStep {
    /// The request.
    pub request: ShelterRequestId,
    /// State of the request.
    pub state: String,
    /// What lists show of it.
    pub seen: RequestSummary,
    /// Its placements, oldest first: identity, state, until when it is held, and what lists show.
    pub placements: Vec<(PlacementId, String, Option<Timestamp>, PlacementSummary)>,
    /// What the room of the placement that runs no longer meets, as far as a coordinator sees it.
    pub misfit: Option<Misfit>,
}

impl CaseStep {
    /// The region of the placement that runs, as it may be shown; `None` is elsewhere in the country.
    pub fn region(&self) -> Option<&RegionCode> {
        self.placements
            .last()
            .and_then(|(_, _, _, seen)| seen.region.as_ref())
    }
}

/// How far the shelter of a case is. For the organisation that holds the case and the placing officer.
pub async fn steps_of_case(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    case: CaseId,
) -> Result<Vec<CaseStep>> {
    let permit = permit(actor, UseCase::ReadShelterRequest)?;
    let case = CaseRef::find(desk, case).await?;
    own_case(&permit, case.org)?;
    let under = |parent: String| Filter {
        parent: Some(parent),
        ..Filter::default()
    };
    let mut out = Vec::new();
    let mut requests = all(desk, &StoredRequest::KIND, &under(case.id.to_string())).await?;
    requests.reverse();
    for row in requests {
        let mut placements = all(desk, &StoredPlacement::KIND, &under(row.id.clone())).await?;
        placements.reverse();
        let placements = placements
            .into_iter()
            .map(|p| {
                let seen: PlacementSummary = summary(&p)?;
                let id = id_of(&p.id)?;
                Ok((PlacementId::new(id), p.clear.state, p.clear.due, seen))
            })
            .collect::<Result<Vec<_>>>()?;
        let misfit = running_misfit(desk, now, &row).await?;
        out.push(CaseStep {
            misfit: misfit.map(Misfit::for_others),
            request: ShelterRequestId::new(id_of(&row.id)?),
            seen: as_seen_by(&permit, summary(&row)?),
            state: row.clear.state,
            placements,
        });
    }
    Ok(out)
}

/// What the room of the placement that runs for a request no longer meets.
async fn running_misfit(desk: &Desk, now: Timestamp, row: &ListRow) -> Result<Option<Misfit>> {
    if row.clear.state != "offered" {
        return Ok(None);
    }
    let request = desk.vault.load::<StoredRequest>(&row.id).await?.body;
    let Some(running) = request.request.running() else {
        return Ok(None);
    };
    let placement = load_placement(desk, running).await?.body;
    let country = Country::load(desk).await?;
    misfit(desk, now, &country, &placement, &request).await
}

fn id_of(text: &str) -> Result<uuid::Uuid> {
    uuid::Uuid::parse_str(text)
        .map_err(|_| DeskError::Setup("a record has an unreadable id".into()))
}
