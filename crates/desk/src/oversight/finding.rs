//! Findings: kept, shown to who may see them, decided by a person with a reason.

use std::collections::BTreeMap;

use domain::ids::OrgId;
use domain::watch::{Finding, Measured, Place, Why};
use domain::{By, SafeText};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Change, Clear, ClearData, Draft, Entry, Filter, Kind, Opened, Order, Store, Stored};

use super::matter::store_of;
use crate::Desk;
use crate::access::{Role, UseCase, permit};
use crate::accounts::{self, Account};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::journal::names;

/// What an auditor decides of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// There was a reason.
    Explained,
    /// Somebody must talk, look further or act.
    FollowUp,
}

impl Verdict {
    /// Stable name, also the state of the finding.
    pub fn code(self) -> &'static str {
        match self {
            Verdict::Explained => "explained",
            Verdict::FollowUp => "follow_up",
        }
    }
}

/// State of a finding that nobody has decided.
pub const OPEN: &str = "open";

/// A decision, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// What.
    pub verdict: Verdict,
    /// Why.
    pub reason: SafeText,
    /// Who and when.
    pub by: By,
}

/// A finding as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredFinding {
    /// Why.
    pub why: Why,
    /// Whose accesses.
    pub actor: String,
    /// The organisation of that person when it was found.
    pub org: Option<OrgId>,
    /// The entries.
    pub places: Vec<Place>,
    /// The first of them.
    pub first: Timestamp,
    /// The last of them.
    pub last: Timestamp,
    /// What was counted.
    pub measured: Measured,
    /// When it was found.
    pub found_at: Timestamp,
    /// What was decided, oldest first.
    pub decisions: Vec<Decision>,
}

/// What a list shows of a finding: nobody's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Summary {
    why: Why,
    entries: usize,
    found_at: Timestamp,
}

impl Stored for StoredFinding {
    const KIND: Kind = Kind {
        name: "oversight_finding",
        store: Store::System,
        schema: 1,
        clear: &[Clear::State, Clear::Org],
        terms: &[],
    };
}

impl StoredFinding {
    pub(super) fn new(finding: Finding, org: Option<OrgId>, found_at: Timestamp) -> StoredFinding {
        StoredFinding {
            why: finding.why,
            actor: finding.actor,
            org,
            places: finding.places,
            first: finding.first,
            last: finding.last,
            measured: finding.measured,
            found_at,
            decisions: Vec::new(),
        }
    }

    fn state(&self) -> &'static str {
        self.decisions
            .last()
            .map_or(OPEN, |decision| decision.verdict.code())
    }

    pub(super) fn draft(&self, id: &str) -> Result<Draft> {
        let clear = ClearData {
            state: self.state().to_owned(),
            org: self.org.map(|org| org.to_string()),
            ..ClearData::default()
        };
        let summary = Summary {
            why: self.why,
            entries: self.places.len(),
            found_at: self.found_at,
        };
        Ok(Draft::new(id, self, clear)?.with_summary(&summary)?)
    }
}

/// A finding in the list.
#[derive(Debug, Clone)]
pub struct FindingRow {
    /// Identifier.
    pub id: String,
    /// `open`, `explained`, `follow_up`.
    pub state: String,
    /// Why.
    pub why: Why,
    /// Entries behind it.
    pub entries: usize,
    /// When it was found.
    pub found_at: Timestamp,
}

/// A finding with the entries behind it.
#[derive(Debug, Clone)]
pub struct FindingView {
    /// Identifier.
    pub id: String,
    /// Version to name when deciding.
    pub version: i64,
    /// The finding.
    pub finding: StoredFinding,
    /// The entries, oldest first.
    pub entries: Vec<Entry>,
    /// Names by user id: whose accesses, and who decided.
    pub people: BTreeMap<String, String>,
}

/// Findings that are listed at once.
const MOST: usize = 500;

/// The findings that this auditor may see, newest first; `state` narrows. One about an own colleague, or about the auditor, is not
/// there.
pub async fn findings(desk: &Desk, actor: &Actor, state: Option<&str>) -> Result<Vec<FindingRow>> {
    permit(actor, UseCase::ReadFindings)?;
    let org = actor.person()?.org.to_string();
    let filter = Filter {
        states: state.iter().map(|state| (*state).to_owned()).collect(),
        ..Filter::default()
    };
    let kind = &StoredFinding::KIND;
    let page = desk
        .vault
        .list(kind, &filter, Order::Newest, None, MOST)
        .await?;
    let visible = page
        .rows
        .into_iter()
        .filter(|row| row.clear.org.as_deref() != Some(&org));
    let mut out = Vec::new();
    for row in visible {
        let Ok(summary) = serde_json::from_value::<Summary>(row.summary) else {
            continue;
        };
        out.push(FindingRow {
            id: row.id,
            state: row.clear.state,
            why: summary.why,
            entries: summary.entries,
            found_at: summary.found_at,
        });
    }
    Ok(out)
}

async fn visible(desk: &Desk, actor: &Actor, id: &str) -> Result<Opened<StoredFinding>> {
    let missing = || DeskError::NotFound { what: "finding" };
    let found = desk.vault.load::<StoredFinding>(id).await;
    let found = found.map_err(|e| DeskError::from(e).what("finding"))?;
    let own = found.body.org == Some(actor.person()?.org);
    // Of the organisation then, and of the one where that person works now.
    if own || is_colleague(desk, actor, &found.body.actor).await? {
        return Err(missing());
    }
    Ok(found)
}

/// Whether somebody is the actor or of the actor's organisation: a person's team does not watch over her, and not over itself.
pub(crate) async fn is_colleague(desk: &Desk, actor: &Actor, user: &str) -> Result<bool> {
    let me = actor.person()?;
    if me.user.to_string() == user {
        return Ok(true);
    }
    match desk.vault.load::<Account>(user).await {
        Ok(account) => Ok(account.body.org == me.org),
        Err(vault::VaultError::NotFound { .. }) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Reads a finding with the entries behind it; the journal says that it was seen.
pub async fn read_finding(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: &str,
) -> Result<FindingView> {
    let permit = permit(actor, UseCase::ReadFindings)?;
    let found = visible(desk, actor, id).await?;
    let mut entries = Vec::new();
    let mut by_store: BTreeMap<Store, Vec<i64>> = BTreeMap::new();
    for place in &found.body.places {
        if let Some(store) = store_of(*place) {
            by_store.entry(store).or_default().push(place.seq);
        }
    }
    for (store, positions) in by_store {
        entries.extend(desk.vault.journal_at(store, &positions).await?);
    }
    entries.sort_by_key(|entry| (entry.context.at, entry.store, entry.seq));
    let mut people = names(desk, &entries.iter().collect::<Vec<_>>()).await?;
    for decision in &found.body.decisions {
        let user = decision.by.user.to_string();
        if let Ok(account) = desk.vault.load::<Account>(&user).await {
            people.insert(user, account.body.name);
        }
    }
    let mut change = Change::new(permit.context(now)).read(id, &["all"]);
    for user in people.keys() {
        change = change.read(user.clone(), &["name"]);
    }
    desk.vault.apply(Store::System, change).await?;
    Ok(FindingView {
        id: found.id,
        version: found.version,
        finding: found.body,
        entries,
        people,
    })
}

/// Decides a finding, or decides it anew: the earlier decision stays.
pub async fn decide(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: &str,
    seen: i64,
    verdict: Verdict,
    reason: SafeText,
) -> Result<()> {
    let permit = permit(actor, UseCase::JudgeFinding)?;
    let found = visible(desk, actor, id).await?;
    if found.version != seen {
        return Err(DeskError::Conflict);
    }
    let mut finding = found.body;
    finding.decisions.push(Decision {
        verdict,
        reason,
        by: actor.by(now)?,
    });
    let draft = finding.draft(id)?.changing(&["decisions"]);
    let change = Change::new(permit.context(now)).update(draft, seen);
    desk.vault.apply(Store::System, change).await?;
    Ok(())
}

/// How many open findings no auditor with an active account may see, because all auditors are of the organisation concerned. Somebody
/// must appoint one of another organisation.
pub async fn unseen(desk: &Desk) -> Result<usize> {
    let open = desk.vault.load_all::<StoredFinding>(&[OPEN]).await?;
    if open.is_empty() {
        return Ok(0);
    }
    let accounts = desk.vault.load_all::<Account>(&[accounts::ACTIVE]).await?;
    let auditors: Vec<&Account> = accounts
        .iter()
        .map(|account| &account.body)
        .filter(|account| account.roles.contains(&Role::Auditor))
        .collect();
    let nobody = |finding: &StoredFinding| {
        let org_now = accounts.iter().find(|account| account.id == finding.actor);
        let org_now = org_now.map(|account| account.body.org);
        let may =
            |account: &&&Account| Some(account.org) != finding.org && Some(account.org) != org_now;
        !auditors.iter().any(|account| may(&account))
    };
    Ok(open.iter().filter(|found| nobody(&found.body)).count())
}
