//! A proposal as the placing officer reads it, and working it out again.

use std::collections::BTreeMap;

use domain::code::RegionCode;
use domain::ids::ShelterRequestId;
use domain::room::{RoomKind, ShelterKind};
use domain::shelter_request::Security;
use jiff::Timestamp;
use shelter::plan::{Blocked, Unplaced};
use shelter::{Because, InstanceFile, Relaxation, RequestFile, Steady};
use vault::{Change, Filter, Order, Outline, Store, Stored};

use super::record::{ProposalSummary, StoredPart, StoredProposal, Whole, locations};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::placement::country::Country;
use crate::placement::kept::Again;
use crate::placement::places::Shown;
use crate::placement::records::summary;

/// What is proven of a plan, in the units of the cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Certificate {
    /// What it costs.
    pub objective: i64,
    /// No plan costs less.
    pub bound: i64,
    /// Both are equal.
    pub optimal: bool,
    /// What leaving the earlier proposal as it was costs; `None` when it was not left so.
    pub forgone: Option<i64>,
}

/// What may be done with a line now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineNow {
    /// The room can be held.
    Ready,
    /// The room is not free: somebody of the proposal has to move on first, or it was given to somebody else.
    Full,
    /// They stay where they are.
    Stays,
    /// Another step was taken for the request: something is held, they are there, or it was withdrawn.
    Over,
}

/// A request with the room proposed for it.
#[derive(Debug, Clone)]
pub struct Line {
    /// The request.
    pub request: ShelterRequestId,
    /// 1 to 5; 0 when the request has been erased since.
    pub urgency: i64,
    /// Seats.
    pub seats: usize,
    /// It moves on from another place.
    pub moves: bool,
    /// What kind of shelter, of which kind of room, how secure; `None` when the room is no more.
    pub room: Option<(ShelterKind, RoomKind, Security)>,
    /// Region as it may be shown.
    pub region: Option<RegionCode>,
    /// What makes it fit less well.
    pub because: Vec<Because>,
    /// What may be done.
    pub now: LineNow,
}

/// A request that stays without, and what is in the way.
#[derive(Debug, Clone)]
pub struct Without {
    /// The request.
    pub request: ShelterRequestId,
    /// 1 to 5; 0 when the request has been erased since.
    pub urgency: i64,
    /// Seats.
    pub seats: usize,
    /// Rules with the number of rooms that fail them.
    pub blocked_by: Vec<Blocked>,
    /// The least that would have to change.
    pub nearest: Vec<Relaxation>,
    /// It still waits.
    pub waits: bool,
}

/// A proposal.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// When it was made.
    pub made: Timestamp,
    /// Version of the rules.
    pub rules: String,
    /// What is proven.
    pub certificate: Certificate,
    /// Who gets which room, the most urgent first.
    pub lines: Vec<Line>,
    /// Who stays without.
    pub without: Vec<Without>,
    /// What one seat more would be worth at most, by kind of shelter and room.
    pub prices: Vec<(ShelterKind, RoomKind, i64)>,
}

/// A row of the list of proposals.
#[derive(Debug, Clone)]
pub struct ProposalRow {
    /// Its identity.
    pub id: String,
    /// What lists show.
    pub seen: ProposalSummary,
}

/// The last proposals, newest first.
pub async fn proposals(desk: &Desk, actor: &Actor) -> Result<Vec<ProposalRow>> {
    permit(actor, UseCase::ReadProposals)?;
    let kind = StoredProposal::KIND;
    let page = desk
        .vault
        .list(&kind, &Filter::default(), Order::Newest, None, 20)
        .await?;
    (page.rows.iter())
        .map(|row| {
            Ok(ProposalRow {
                id: row.id.clone(),
                seen: summary(row)?,
            })
        })
        .collect()
}

/// Reads a proposal; the journal says that it was seen.
pub async fn read_proposal(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: &str,
) -> Result<Proposal> {
    let permit = permit(actor, UseCase::ReadProposals)?;
    let stored = opened(desk, Change::new(permit.context(now)), id).await?;
    let result: Steady = stored.result.open()?;
    let parts = parts(desk, &stored).await?;
    let asked: Vec<String> = stored.parts.iter().map(|part| part.0.clone()).collect();
    let outlines = desk.vault.outlines(Store::K3, &asked).await?;
    let states: BTreeMap<&str, &Outline> = (outlines.iter())
        .map(|one| (one.id.as_str(), one))
        .collect();
    let view = View {
        country: &*Country::load(desk).await?,
        now,
        parts: &parts,
        states: &states,
    };
    let mut lines: Vec<Line> = (result.plan.assignments.iter())
        .filter_map(|one| view.line(&one.request, &one.room, one.because.clone()))
        .collect();
    lines.sort_by_key(|line| (std::cmp::Reverse(line.urgency), line.request));
    let mut without: Vec<Without> = (result.plan.unplaced.iter())
        .filter_map(|one| view.without(one))
        .collect();
    without.sort_by_key(|one| (std::cmp::Reverse(one.urgency), one.request));
    Ok(Proposal {
        made: stored.by.at,
        rules: stored.rules,
        certificate: Certificate {
            objective: result.plan.objective,
            bound: result.plan.bound,
            optimal: result.plan.optimal,
            forgone: result.kept.then_some(result.forgone),
        },
        prices: view.prices(&result),
        lines,
        without,
    })
}

struct View<'a> {
    country: &'a Country,
    now: Timestamp,
    parts: &'a BTreeMap<String, RequestFile>,
    states: &'a BTreeMap<&'a str, &'a Outline>,
}

impl View<'_> {
    fn of(&self, request: &str) -> (i64, usize, bool) {
        self.parts.get(request).map_or((0, 0, false), |part| {
            let moves = part.current_room.is_some();
            (part.urgency, part.persons.len(), moves)
        })
    }

    fn waits(&self, request: &str) -> bool {
        self.states
            .get(request)
            .is_some_and(|one| !one.erased && one.clear.state == "open")
    }

    fn line(&self, request: &str, room: &str, because: Vec<Because>) -> Option<Line> {
        let (urgency, seats, moves) = self.of(request);
        let stays = self
            .parts
            .get(request)
            .is_some_and(|part| part.current_room.as_deref() == Some(room));
        let found = self.country.room_named(room);
        let house = found.and_then(|room| self.country.location(room.room.location));
        let free = found.map_or(0, |room| usize::from(room.capacity().free_now(self.now)));
        Some(Line {
            request: request.parse().ok()?,
            urgency,
            seats,
            moves,
            room: found.zip(house).map(|(room, house)| {
                let location = &house.location;
                (location.kind, room.room.kind, location.security)
            }),
            region: house.and_then(|house| match self.country.shown(&house.location.region) {
                Shown::Region(region) => Some(region),
                Shown::Elsewhere => None,
            }),
            because,
            now: match () {
                () if !self.waits(request) => LineNow::Over,
                () if stays => LineNow::Stays,
                () if free < seats.max(1) => LineNow::Full,
                () => LineNow::Ready,
            },
        })
    }

    fn without(&self, one: &Unplaced) -> Option<Without> {
        let (urgency, seats, _) = self.of(&one.request);
        Some(Without {
            request: one.request.parse().ok()?,
            urgency,
            seats,
            blocked_by: one.blocked_by.clone(),
            nearest: one.nearest_options.clone(),
            waits: self.waits(&one.request),
        })
    }

    /// The dearest seats, by kind only: which house it is tells nobody anything, and where it is is nobody's business.
    fn prices(&self, result: &Steady) -> Vec<(ShelterKind, RoomKind, i64)> {
        let mut most: BTreeMap<(ShelterKind, u8), (RoomKind, i64)> = BTreeMap::new();
        for price in &result.plan.prices {
            let Some(room) = self.country.room_named(&price.room) else {
                continue;
            };
            let Some(house) = self.country.location(room.room.location) else {
                continue;
            };
            let kind = room.room.kind;
            let at = most
                .entry((house.location.kind, kind as u8))
                .or_insert((kind, price.price));
            at.1 = at.1.max(price.price);
        }
        let mut out: Vec<_> = (most.into_iter())
            .map(|((shelter, _), (room, price))| (shelter, room, price))
            .collect();
        out.sort_by_key(|(_, _, price)| std::cmp::Reverse(*price));
        out
    }
}

async fn opened(desk: &Desk, change: Change, id: &str) -> Result<StoredProposal> {
    let missing = || DeskError::NotFound { what: "proposal" };
    // Only a proposal: another record of this name is not read.
    desk.vault
        .load::<StoredProposal>(id)
        .await
        .map_err(|e| DeskError::from(e).what("proposal"))?;
    let read = desk
        .vault
        .apply(Store::K3, change.read(id, &["lines"]))
        .await?
        .reads;
    let raw = read.into_iter().next().ok_or_else(missing)?;
    Ok(raw.typed::<StoredProposal>()?.body)
}

/// The parts that are still there, by request.
async fn parts(desk: &Desk, stored: &StoredProposal) -> Result<BTreeMap<String, RequestFile>> {
    let mut out = BTreeMap::new();
    for (request, part) in &stored.parts {
        match desk.vault.load::<StoredPart>(part).await {
            Ok(found) => {
                out.insert(request.clone(), found.body.request);
            }
            Err(vault::VaultError::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(out)
}

/// Works a proposal out again; `None` when a request of it has been erased since, so that the question is not whole any more.
pub async fn recheck_proposal(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: &str,
) -> Result<Option<Again>> {
    let permit = permit(actor, UseCase::RecheckPlacing)?;
    let stored = opened(desk, Change::new(permit.context(now)), id).await?;
    if stored.rules != shelter::RULES_VERSION {
        return Ok(Some(Again::OtherRules));
    }
    let mut parts = parts(desk, &stored).await?;
    let mut requests = Vec::with_capacity(stored.parts.len());
    for (request, _) in &stored.parts {
        let Some(part) = parts.remove(request) else {
            return Ok(None);
        };
        requests.push(part);
    }
    let whole = Whole {
        file: InstanceFile {
            as_of: domain::time::dutch_date(stored.by.at),
            locations: locations(&stored)?,
            requests,
        },
        earlier: stored.earlier.clone(),
        weights: stored.weights.clone(),
        worth: stored.worth,
    };
    let stopped = stored.stopped;
    let worked = tokio::task::spawn_blocking(move || {
        whole.work_out(&move |n| stopped.is_some_and(|at| n >= at))
    })
    .await
    .map_err(|_| DeskError::Setup("the proposal could not be worked out".to_owned()))??;
    let kept: Steady = stored.result.open()?;
    Ok(Some(match kept == worked.result {
        true => Again::Same,
        false => Again::Different,
    }))
}
