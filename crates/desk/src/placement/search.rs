//! Which rooms fit a request now, and why the others don't. The engine of `shelter` ranks; the desk adds what the engine
//! does not know: who may place, rooms out of service, earlier refusals.

use std::collections::BTreeSet;

use domain::code::{LanguageCode, OrgKind, org};
use domain::ids::{LocationId, RoomId};
use domain::placement::PlacementState;
use domain::room::{RoomKind, ShelterKind};
use domain::shelter_request::{CareNeed, Needs, Security};
use jiff::Timestamp;
use serde::Serialize;
use shelter::{Because, Weights};

use super::country::Country;
use super::grid::fresh;
use super::places::Shown;
use super::question::{authority, question};
use super::records::{StoredPlacement, StoredRequest};
use super::shortage::Outlook;
use super::worked::{ASKED, Answer, Question, RELAXABLE, Ranked, WhyNot, checked};
use crate::Desk;
use crate::error::Result;

/// A room as the placing officer sees it: no name, no provider, no town, no distance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfferView {
    /// The room.
    pub room: RoomId,
    /// What kind of shelter.
    pub kind: ShelterKind,
    /// What kind of room.
    pub room_kind: RoomKind,
    /// How secure.
    pub security: Security,
    /// Region, or elsewhere.
    pub place: Shown,
    /// Longest stay in days.
    pub max_stay_days: Option<u16>,
    /// Free seats.
    pub free: u16,
    /// The moment that the provider's figure is about; `None` when nothing was told beside the description.
    pub as_of: Option<Timestamp>,
    /// The figure is so old that the house should be called before somebody travels.
    pub stale: bool,
    /// Care on offer that was asked.
    pub care_met: Vec<CareNeed>,
    /// Languages in common.
    pub languages: Vec<LanguageCode>,
    /// The terms that make it less fitting.
    pub because: Vec<Because>,
    /// Their sum; less is better.
    pub cost: i64,
    /// Rules that it fails; empty when it may be offered.
    pub fails: Vec<String>,
    /// The shelter or its municipality decides here; this centre mediates.
    pub mediated: bool,
}

impl OfferView {
    /// It fails only rules that may be set aside with a reason.
    pub fn is_relaxable(&self) -> bool {
        !self.fails.is_empty() && self.fails.iter().all(|f| RELAXABLE.contains(&f.as_str()))
    }
}

/// The answer for the placing officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The best rooms; when none fits, those for which something can be done, with the rules that they fail.
    pub offers: Vec<OfferView>,
    /// Why the others don't.
    pub why_not: WhyNot,
    /// When none fits: the least that would have to change.
    pub nearest: Vec<shelter::Relaxation>,
    /// Version of the rules.
    pub rules: String,
}

/// What is sought, for whom, by whom.
pub(super) struct Asking<'a> {
    pub(super) needs: &'a Needs,
    /// Kinds of shelter that the ways to a place name.
    pub(super) kinds: BTreeSet<ShelterKind>,
    /// Locations that refused or were declined.
    pub(super) refused: BTreeSet<LocationId>,
    /// Rooms of who must not be met.
    pub(super) mates: BTreeSet<RoomId>,
    /// Kind of the organisation that places.
    pub(super) places_for: OrgKind,
}

impl<'a> Asking<'a> {
    /// The search for a stored request, with what came of earlier placements; who must not be met comes apart. A refusal because the
    /// room was full says nothing about tomorrow.
    pub(super) fn of(stored: &'a StoredRequest, before: &[StoredPlacement]) -> Asking<'a> {
        let refused = before
            .iter()
            .filter(|p| match p.placement.state() {
                PlacementState::Refused { reason, .. } => !reason.code.is("vol"),
                PlacementState::Declined { .. } => true,
                _ => false,
            })
            .map(|p| p.placement.location)
            .collect();
        Asking {
            needs: &stored.request.needs,
            kinds: kinds_of(stored),
            refused,
            mates: BTreeSet::new(),
            places_for: OrgKind::literal(org::COM),
        }
    }
}

pub(super) fn kinds_of(stored: &StoredRequest) -> BTreeSet<ShelterKind> {
    let routes = stored.placing.routes.iter();
    routes.flat_map(|route| route.kinds.clone()).collect()
}

/// The best rooms and why the others don't.
pub(super) fn look(
    desk: &Desk,
    now: Timestamp,
    country: &Country,
    asking: &Asking<'_>,
) -> Result<Found> {
    let question = question(desk, now, country, asking);
    let answer = question.answer()?;
    Ok(found(desk, now, country, asking, question.rules, answer))
}

/// What a search finds, with the areas to avoid and without them.
pub(super) fn outlook(
    desk: &Desk,
    now: Timestamp,
    country: &Country,
    asking: &Asking<'_>,
) -> Result<Outlook> {
    let mut question = question(desk, now, country, asking);
    let why_not = question.answer()?.why_not;
    let mut circles = false;
    for request in &mut question.instance.requests {
        circles |= !request.avoid.is_empty();
        request.avoid.clear();
    }
    let anywhere = match circles {
        true => question.answer()?.why_not,
        false => why_not.clone(),
    };
    Ok(Outlook { why_not, anywhere })
}

/// The answer as the placing officer sees it.
fn found(
    desk: &Desk,
    now: Timestamp,
    country: &Country,
    asking: &Asking<'_>,
    rules: String,
    answer: Answer,
) -> Found {
    let offers = (answer.offers.into_iter())
        .filter_map(|offer| view(desk, now, country, asking, offer))
        .collect();
    Found {
        offers,
        why_not: answer.why_not,
        nearest: answer.nearest,
        rules,
    }
}

/// One room with every rule it fails, its cost and the terms of that.
pub(super) fn look_at_one(
    desk: &Desk,
    now: Timestamp,
    country: &Country,
    asking: &Asking<'_>,
    question: &Question,
    room: RoomId,
) -> Result<Option<OfferView>> {
    let whole = checked(question.instance.clone())?;
    let name = room.to_string();
    let (Some(fails), Some(index), Some(asked)) = (
        question.fails(&whole)?.remove(&name),
        whole.room_indices().find(|n| whole.room(*n).id == name),
        whole.find_request(ASKED),
    ) else {
        return Ok(None);
    };
    let cost = shelter::cost::soft(&whole, asked, index, &Weights::default());
    let offer = Ranked {
        room: name,
        cost: cost.total,
        because: cost.because,
        fails,
    };
    Ok(view(desk, now, country, asking, offer))
}

fn view(
    desk: &Desk,
    now: Timestamp,
    country: &Country,
    asking: &Asking<'_>,
    offer: Ranked,
) -> Option<OfferView> {
    let stored = country.room_named(&offer.room)?;
    let found = country.location(stored.room.location)?;
    let admits = &found.location.admits;
    let (authority, _) = authority(desk, now, found, &asking.places_for);
    Some(OfferView {
        room: stored.room.id,
        kind: found.location.kind,
        room_kind: stored.room.kind,
        security: found.location.security,
        place: country.shown(&found.location.region),
        max_stay_days: stored.room.max_stay_days,
        free: stored.capacity().free_now(now),
        as_of: stored.told.said.map(|said| said.as_of),
        stale: (fresh(desk, now).ok()).is_none_or(|fresh| stored.told.is_stale(&fresh, now)),
        care_met: common(&asking.needs.care, &admits.care),
        languages: common(&asking.needs.languages, &admits.languages),
        because: offer.because,
        cost: offer.cost,
        fails: offer.fails,
        mediated: !authority,
    })
}

fn common<T: Clone + PartialEq>(asked: &[T], offered: &[T]) -> Vec<T> {
    asked
        .iter()
        .filter(|one| offered.contains(one))
        .cloned()
        .collect()
}
