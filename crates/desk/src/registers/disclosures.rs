//! The register of disclosures: what went from one compartment to which other, when, for which purpose, on which ground and by which
//! organisation; and what became of it.

use std::collections::BTreeSet;

use domain::ids::{DisclosureId, OrgId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vault::{Change, Counts, Filter, Kind, ListRow, Order, Store, Stored};

use super::{after, start};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::disclosure::{Disclosure, Payload};
use crate::error::Result;
use crate::share::StoredShare;

/// Lines that are shown at once.
pub const MOST_SHOWN: usize = 200;
/// Disclosures that are looked through.
const MOST_READ: usize = 20_000;
/// Disclosures under way that are asked for.
const UNDER_WAY: i64 = 10_000;

/// What the register shows of a disclosure: nothing that it carries, and nothing about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisclosureSummary {
    /// Receiving compartment.
    pub to: Store,
    /// Purpose, a vocabulary code.
    pub purpose: String,
    /// Legal ground.
    pub ground: String,
    /// The organisation that decided; none: a rule sent it by itself.
    pub by: Option<OrgId>,
    /// Whether it rests on a recorded consent.
    pub consent: bool,
    /// It was decided for a vital interest, because the person could not consent.
    #[serde(default)]
    pub vital: bool,
    /// The earlier disclosure that it answers or follows.
    pub thread: Option<DisclosureId>,
}

impl DisclosureSummary {
    pub(crate) fn of(disclosure: &Disclosure) -> DisclosureSummary {
        DisclosureSummary {
            to: disclosure.to,
            purpose: disclosure.purpose.clone(),
            ground: disclosure.ground.clone(),
            by: disclosure.by.map(|by| by.org),
            consent: disclosure.consent.is_some(),
            vital: matches!(&disclosure.payload, Payload::ToCare(handed) if handed.vital.is_some()),
            thread: disclosure.thread,
        }
    }
}

/// What the auditor asks. One sending compartment at a time.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Sending compartment.
    pub from: Store,
    /// Only to this compartment.
    pub to: Option<Store>,
    /// Only what is named so.
    pub what: Option<String>,
    /// From this day.
    pub since: Option<Date>,
    /// Until this day, inclusive.
    pub until: Option<Date>,
}

/// One disclosure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisclosureRow {
    /// Its identity.
    pub id: String,
    /// What it was.
    pub what: String,
    /// When.
    pub at: Timestamp,
    /// The organisation it went to, where it is one.
    pub org: Option<OrgId>,
    /// The rest.
    pub summary: DisclosureSummary,
    /// Whether it arrived.
    pub arrived: bool,
    /// Where the share stands that it belongs to: offered, refused, gone, held, ending, ended.
    pub share: Option<String>,
}

/// The register.
#[derive(Debug, Clone)]
pub struct Disclosures {
    /// Newest first, at most a page of them.
    pub rows: Vec<DisclosureRow>,
    /// How many of each name this compartment has sent at all.
    pub counts: Counts,
    /// Whether there are more.
    pub more: bool,
}

fn kind(store: Store) -> Kind {
    Kind {
        store,
        ..Disclosure::KIND
    }
}

/// Shows the register of one sending compartment; the journal says so.
pub async fn disclosures(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    asked: &Asked,
) -> Result<Disclosures> {
    let permit = permit(actor, UseCase::ReadDisclosures)?;
    let look =
        Change::new(permit.context(now)).look("register", "disclosures", &[asked.from.name()]);
    desk.vault.apply(Store::System, look).await?;
    let (found, more) = all(desk, asked, MOST_SHOWN).await?;
    let waiting = desk.vault.undelivered(asked.from, UNDER_WAY).await?;
    let waiting: BTreeSet<String> = waiting.into_iter().map(|item| item.id).collect();
    let mut rows = Vec::with_capacity(found.len());
    for (row, summary) in found {
        let share = match (row.clear.state.as_str(), summary.thread) {
            ("share", Some(share)) => share_state(desk, share).await?,
            _ => None,
        };
        rows.push(DisclosureRow {
            arrived: !waiting.contains(&row.id),
            what: row.clear.state,
            at: row.created,
            org: row.clear.org.and_then(|org| org.parse().ok()),
            id: row.id,
            summary,
            share,
        });
    }
    let counts = desk
        .vault
        .counts(&kind(asked.from), &Filter::default())
        .await?;
    Ok(Disclosures { rows, counts, more })
}

/// The disclosures of one store that are asked for, newest first, at most `most`; and whether there are more.
pub(super) async fn all(
    desk: &Desk,
    asked: &Asked,
    most: usize,
) -> Result<(Vec<(ListRow, DisclosureSummary)>, bool)> {
    let kind = kind(asked.from);
    let filter = Filter {
        states: asked.what.iter().cloned().collect(),
        ..Filter::default()
    };
    let (since, until) = (asked.since.and_then(start), asked.until.and_then(after));
    let mut out = Vec::new();
    let mut cursor = None;
    let mut read = 0;
    loop {
        let page = desk
            .vault
            .list(&kind, &filter, Order::Newest, cursor.as_ref(), 500)
            .await?;
        read += page.rows.len();
        let past = page
            .rows
            .last()
            .is_some_and(|last| since.is_some_and(|since| last.created < since));
        for row in page.rows {
            let Ok(summary) = serde_json::from_value::<DisclosureSummary>(row.summary.clone())
            else {
                continue;
            };
            let asked_for = since.is_none_or(|since| row.created >= since)
                && until.is_none_or(|until| row.created < until)
                && asked.to.is_none_or(|to| summary.to == to);
            if asked_for {
                if out.len() == most {
                    return Ok((out, true));
                }
                out.push((row, summary));
            }
        }
        match page.next {
            Some(next) if !past && read < MOST_READ.max(most) => cursor = Some(next),
            next => return Ok((out, next.is_some() && !past)),
        }
    }
}

/// Where a share stands, by its clear state alone; both sides are in the same compartment.
async fn share_state(desk: &Desk, share: DisclosureId) -> Result<Option<String>> {
    let id = share.to_string();
    let found = desk.vault.clear_of(StoredShare::KIND.store, &id).await?;
    Ok(found
        .filter(|(kind, _, _)| kind == StoredShare::KIND.name)
        .map(|(_, clear, _)| clear.state))
}
