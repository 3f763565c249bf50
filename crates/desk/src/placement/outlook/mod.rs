//! The country's view: how long it takes, what was refused and why, who was without a place each night, what is to be expected, and what would
//! help. For the placing officer, who sees the requests anyway. Small numbers stand in it as they are, so nothing of it may leave the desk
//! without disclosure control.
//!
//! Every figure comes with the records it rests on ([`Rests`]); what cannot be told from the records is not filled in.

mod engine;
mod nights;
mod times;

use std::collections::BTreeMap;

use jiff::Timestamp;
use vault::{Filter, Stored};

pub use engine::{Helps, Told, room_kind, what_would_help};
pub use nights::{LONGEST, Nights, night};
pub use shelter::forecast::{Ahead, NoForecast, Outlook};
pub use shelter::what_if::{Left, RuleCost, TenMore, WhatIf};
pub use times::Waits;

use super::records::{PlacementSummary, RequestSummary, StoredPlacement, StoredRequest, summary};
use super::shortage::all;
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;

/// What the figures rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rests {
    /// When they were made.
    pub made: Timestamp,
    /// The oldest request; `None` when there is none.
    pub since: Option<Timestamp>,
    /// Requests for somebody without a place.
    pub requests: usize,
    /// Requests that ask a next place for who has one: in none of the figures but the refusals.
    pub moving_on: usize,
    /// Placements, in every state.
    pub placements: usize,
}

/// How often a place was turned down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusals {
    /// Kind of shelter that the request asks first; empty when it names none.
    pub kind: String,
    /// Reason (vocabulary `refusal_reasons`).
    pub reason: String,
    /// Times that the shelter refused.
    pub by_shelter: usize,
    /// Times that the person declined.
    pub by_client: usize,
}

/// The country's view.
#[derive(Debug, Clone)]
pub struct CountryView {
    /// What it rests on.
    pub rests: Rests,
    /// From request to the first hold.
    pub to_offer: Waits,
    /// From request to the first placement that shelter and person accepted.
    pub to_acceptance: Waits,
    /// From request to the first arrival.
    pub to_arrival: Waits,
    /// Refusals, most first.
    pub refusals: Vec<Refusals>,
    /// Holds that nobody answered in time.
    pub expired: usize,
    /// Who was without a fitting place, night by night.
    pub nights: Nights,
}

/// A request as far as figures need it.
struct Request {
    seen: RequestSummary,
    state: String,
    updated: Timestamp,
}

/// When a request first came so far, by state of its placements.
type Firsts = BTreeMap<String, BTreeMap<String, Timestamp>>;

/// Counts, without anything about a person.
pub async fn country_view(desk: &Desk, actor: &Actor, now: Timestamp) -> Result<CountryView> {
    permit(actor, UseCase::CountryView)?;
    let mut requests: BTreeMap<String, Request> = BTreeMap::new();
    for row in all(desk, &StoredRequest::KIND, &Filter::default()).await? {
        let seen: RequestSummary = summary(&row)?;
        let request = Request {
            seen,
            state: row.clear.state,
            updated: row.updated,
        };
        requests.insert(row.id, request);
    }
    let mut firsts = Firsts::new();
    let mut refusals: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    let (mut placements, mut expired) = (0, 0);
    for row in all(desk, &StoredPlacement::KIND, &Filter::default()).await? {
        let seen: PlacementSummary = summary(&row)?;
        let asked = row.clear.parent.clone().unwrap_or_default();
        placements += 1;
        expired += usize::from(row.clear.state == "expired");
        let kind = requests
            .get(&asked)
            .map(|request| request.seen.kind.clone());
        if matches!(row.clear.state.as_str(), "refused" | "declined") {
            let key = (kind.unwrap_or_default(), seen.reason.unwrap_or_default());
            let at = refusals.entry(key).or_default();
            at.0 += usize::from(row.clear.state == "refused");
            at.1 += usize::from(row.clear.state == "declined");
        }
        let first = firsts.entry(asked).or_default();
        for (reached, at) in seen.steps {
            let known = first.entry(reached).or_insert(at);
            *known = (*known).min(at);
        }
    }
    let all = requests.len();
    requests.retain(|_, request| !request.seen.moves_on);
    let waits = |reached: &str| times::waits(&requests, &firsts, reached, now);
    Ok(CountryView {
        rests: Rests {
            made: now,
            since: requests.values().map(|one| one.seen.requested).min(),
            requests: requests.len(),
            moving_on: all - requests.len(),
            placements,
        },
        to_offer: waits("held"),
        to_acceptance: waits("accepted_by_client"),
        to_arrival: waits("arrived"),
        refusals: sorted(refusals),
        expired,
        nights: Nights::of(requests.values(), now),
    })
}

fn sorted(refusals: BTreeMap<(String, String), (usize, usize)>) -> Vec<Refusals> {
    let mut out: Vec<Refusals> = (refusals.into_iter())
        .map(|((kind, reason), (by_shelter, by_client))| Refusals {
            kind,
            reason,
            by_shelter,
            by_client,
        })
        .collect();
    out.sort_by_key(|one| std::cmp::Reverse(one.by_shelter + one.by_client));
    out
}
