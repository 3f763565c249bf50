//! What there is too little of: requests for which nothing fits, counted by rule, and refusals by reason.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Cursor, Filter, Kind, ListRow, Order, Stored};

use super::records::{PlacementSummary, RequestSummary, StoredPlacement, StoredRequest, summary};
use super::worked::WhyNot;
use crate::Desk;
use crate::access::{Role, UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;

/// That nothing fits a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shortage {
    /// Since when.
    pub since: Timestamp,
    /// Main reason in the field's own terms (vocabulary `refusal_reasons`), such as `vol`.
    pub reason: String,
    /// Rooms looked at.
    pub rooms: u32,
    /// Rooms by the first rule that they failed.
    pub first_failed: BTreeMap<String, u32>,
    /// Rooms that failed this rule only.
    pub one_away: BTreeMap<String, u32>,
    /// When something fitted, or they were placed.
    pub resolved: Option<Timestamp>,
    /// That nothing would fit even if the areas to avoid were left out.
    #[serde(default)]
    pub anywhere: Option<Anywhere>,
}

/// That nothing fits wherever the houses lie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anywhere {
    /// Since when.
    pub since: Timestamp,
    /// Main reason in the field's own terms.
    pub reason: String,
}

/// What a search found: with the areas to avoid, and as if there were none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outlook {
    pub(super) why_not: WhyNot,
    pub(super) anywhere: WhyNot,
}

impl Shortage {
    /// The mark after a search: begins, goes on, changes its reason or is resolved.
    pub(super) fn after(before: Option<Shortage>, seen: &Outlook, now: Timestamp) -> Option<Self> {
        let found = &seen.why_not;
        let Some(reason) = found.reason() else {
            return before.map(|mark| mark.resolve(now));
        };
        let going_on = before.filter(|mark| mark.resolved.is_none());
        let since = going_on.as_ref().map_or(now, |mark| mark.since);
        let known = going_on.and_then(|mark| mark.anywhere);
        Some(Shortage {
            since,
            reason: reason.to_owned(),
            rooms: found.rooms,
            first_failed: found.first_failed.clone(),
            one_away: found.one_away.clone(),
            resolved: None,
            anywhere: seen.anywhere.reason().map(|reason| Anywhere {
                since: known.map_or(now, |anywhere| anywhere.since),
                reason: reason.to_owned(),
            }),
        })
    }

    /// As whoever asked may see it; see [`super::records::RequestSummary::for_referrer`].
    pub(super) fn for_referrer(self) -> Option<Shortage> {
        let anywhere = self.anywhere?;
        Some(Shortage {
            since: anywhere.since,
            reason: anywhere.reason.clone(),
            rooms: 0,
            first_failed: BTreeMap::new(),
            one_away: BTreeMap::new(),
            resolved: self.resolved,
            anywhere: Some(anywhere),
        })
    }

    pub(super) fn resolve(self, now: Timestamp) -> Self {
        Shortage {
            anywhere: None,
            resolved: self.resolved.or(Some(now)),
            ..self
        }
    }
}

/// Counts, without anything about a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Shortages {
    /// Requests counted.
    pub requests: i64,
    /// Requests for which nothing fitted at some moment.
    pub ever_without: i64,
    /// Requests for which nothing fits now.
    pub now_without: i64,
    /// Requests for which nothing fitted, by main reason.
    pub by_reason: BTreeMap<String, i64>,
    /// The same, by the rules that rooms failed first: how many requests met the rule.
    pub by_rule: BTreeMap<String, i64>,
    /// Refusals by shelters, by reason.
    pub refused: BTreeMap<String, i64>,
    /// Places that clients declined, by reason.
    pub declined: BTreeMap<String, i64>,
    /// Holds that nobody answered in time.
    pub expired: i64,
    /// Placements that arrived.
    pub arrived: i64,
}

/// What there was too little of. A coordinator sees her own organisation's requests, without what shelters said of
/// others'.
pub async fn shortages(desk: &Desk, actor: &Actor) -> Result<Shortages> {
    let permit = permit(actor, UseCase::ListShelterRequests)?;
    let own = super::read::own_filter(&permit)?;
    let mut out = Shortages::default();
    for row in all(desk, &StoredRequest::KIND, &own).await? {
        let seen: RequestSummary = summary(&row)?;
        let seen = super::read::as_seen_by(&permit, seen);
        out.requests += 1;
        if let Some(reason) = seen.reason {
            out.ever_without += 1;
            *out.by_reason.entry(reason).or_insert(0) += 1;
        }
        if seen.nothing_since.is_some() && row.clear.state == "open" {
            out.now_without += 1;
        }
        for rule in seen.failed_rules.into_keys() {
            *out.by_rule.entry(rule).or_insert(0) += 1;
        }
    }
    if permit.role != Role::PlacementOfficer {
        return Ok(out);
    }
    for row in all(desk, &StoredPlacement::KIND, &Filter::default()).await? {
        let seen: PlacementSummary = summary(&row)?;
        let reason = seen.reason.unwrap_or_default();
        match row.clear.state.as_str() {
            "refused" => *out.refused.entry(reason).or_insert(0) += 1,
            "declined" => *out.declined.entry(reason).or_insert(0) += 1,
            "expired" => out.expired += 1,
            "arrived" | "left" => out.arrived += 1,
            _ => {}
        }
    }
    Ok(out)
}

/// Every row under a filter.
pub(super) async fn all(desk: &Desk, kind: &Kind, filter: &Filter) -> Result<Vec<ListRow>> {
    let mut out = Vec::new();
    let mut after: Option<Cursor> = None;
    loop {
        let page = desk
            .vault
            .list(kind, filter, Order::Newest, after.as_ref(), 500)
            .await?;
        out.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return Ok(out);
        }
    }
}
