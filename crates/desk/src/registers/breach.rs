//! Breaches: whom one concerned and which fields were seen, told by the journals; and the record of it with its 72 hours (AVG 33, 34).

use std::collections::{BTreeMap, BTreeSet};

use domain::SafeText;
use domain::breach::{Breach, BreachError, Ending, Notice, Scope};
use domain::ids::BreachId;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vault::{
    Change, Clear, ClearData, Counts, Draft, Entry, Filter, JournalFilter, Kind, Opened, Order,
    Store, Stored, Touched,
};

use super::{after, start};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::case::fresh;
use crate::error::{DeskError, Result};
use crate::logboek::is_about_nobody;

/// Matters that are shown at once.
pub const MOST_CONCERNED: usize = 500;
/// Entries that are looked through: the newest.
const MOST_READ: usize = 50_000;
/// How many records lie above one at most.
const DEEPEST: usize = 5;

/// A breach as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredBreach(pub Breach);

impl Stored for StoredBreach {
    const KIND: Kind = Kind {
        name: "breach",
        store: Store::System,
        schema: 1,
        clear: &[Clear::State, Clear::Due],
        terms: &[],
    };
}

/// What the list shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct BreachSummary {
    known: Timestamp,
    matters: usize,
    notified: Option<bool>,
}

impl StoredBreach {
    fn draft(&self, fields: &[&str]) -> Result<Draft> {
        let breach = &self.0;
        let clear = ClearData {
            state: breach.state_name().to_owned(),
            due: breach.owed(),
            ..ClearData::default()
        };
        let summary = BreachSummary {
            known: breach.known,
            matters: breach.scope.matters,
            notified: breach
                .notice()
                .map(|notice| matches!(notice, Notice::Notified { .. })),
        };
        Ok(Draft::new(breach.id.to_string(), self, clear)?
            .with_summary(&summary)?
            .changing(fields))
    }
}

/// What is looked for: a day range, and an account or a record or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// In which store; only one at a time.
    pub store: Store,
    /// What this account did.
    pub account: Option<String>,
    /// What happened to this record.
    pub record: Option<String>,
    /// First day.
    pub from: Date,
    /// Last day, inclusive.
    pub until: Date,
}

/// One matter that was concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// The record at its top.
    pub record: String,
    /// Type of the records that were seen.
    pub kinds: BTreeSet<String>,
    /// Names of the fields that were seen; `all`: the whole record.
    pub fields: BTreeSet<String>,
    /// Accounts that acted.
    pub accounts: BTreeSet<String>,
    /// First and last time.
    pub span: (Timestamp, Timestamp),
    /// In how many entries.
    pub entries: usize,
}

/// Who was concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concerned {
    /// The matters, most entries first; at most [`MOST_CONCERNED`].
    pub matters: Vec<Matter>,
    /// How many there are.
    pub total: usize,
    /// Names of all fields that were seen.
    pub fields: BTreeSet<String>,
    /// Entries that were counted.
    pub entries: usize,
    /// More entries than are looked through: the oldest are missing.
    pub cut_off: bool,
}

/// Looks up who was concerned. The asking stands in the journal of the system's own store.
pub async fn search(desk: &Desk, actor: &Actor, now: Timestamp, ask: &Search) -> Result<Concerned> {
    let permit = permit(actor, UseCase::SearchBreach)?;
    check(ask)?;
    let look = Change::new(permit.context(now)).look("register", "breach", &[ask.store.name()]);
    desk.vault.apply(Store::System, look).await?;
    concerned(desk, ask).await
}

fn check(ask: &Search) -> Result<()> {
    let plain = |text: &String| {
        !text.is_empty() && text.len() <= 100 && text.bytes().all(|b| b.is_ascii_graphic())
    };
    let fault = |field, detail| Err(DeskError::field(field, "unknown", detail));
    if ask.account.is_none() && ask.record.is_none() {
        return fault("account", "name an account or a record");
    }
    if !ask.account.iter().all(plain) {
        return fault("account", "the identifier of an account");
    }
    if !ask.record.iter().all(plain) {
        return fault("record", "the identifier of a record");
    }
    if ask.from > ask.until {
        return fault("until", "the last day lies before the first");
    }
    Ok(())
}

async fn concerned(desk: &Desk, ask: &Search) -> Result<Concerned> {
    let (entries, cut_off) = entries(desk, ask).await?;
    let mut tops = Tops::new(ask.store);
    let mut matters: BTreeMap<String, Matter> = BTreeMap::new();
    let wanted = match &ask.record {
        Some(record) => Some(tops.top(desk, record).await?),
        None => None,
    };
    for entry in &entries {
        let mut of_entry: BTreeMap<String, Vec<&Touched>> = BTreeMap::new();
        for touched in entry.records.iter().filter(|t| !is_about_nobody(&t.kind)) {
            for id in touched.id.split(' ').filter(|id| !id.is_empty()) {
                let top = tops.top(desk, id).await?;
                if wanted.as_ref().is_none_or(|wanted| *wanted == top) {
                    of_entry.entry(top).or_default().push(touched);
                }
            }
        }
        for (record, touched) in of_entry {
            note(&mut matters, record, entry, &touched);
        }
    }
    let total = matters.len();
    let fields = matters.values().flat_map(|m| m.fields.clone()).collect();
    let mut matters: Vec<Matter> = matters.into_values().collect();
    matters.sort_by_key(|matter| std::cmp::Reverse(matter.entries));
    matters.truncate(MOST_CONCERNED);
    Ok(Concerned {
        matters,
        total,
        fields,
        entries: entries.len(),
        cut_off,
    })
}

fn note(
    matters: &mut BTreeMap<String, Matter>,
    record: String,
    entry: &Entry,
    touched: &[&Touched],
) {
    let at = entry.context.at;
    let matter = matters.entry(record.clone()).or_insert_with(|| Matter {
        record,
        kinds: BTreeSet::new(),
        fields: BTreeSet::new(),
        accounts: BTreeSet::new(),
        span: (at, at),
        entries: 0,
    });
    matter.entries += 1;
    matter.span = (matter.span.0.min(at), matter.span.1.max(at));
    matter.accounts.insert(entry.context.actor.clone());
    for one in touched {
        matter.kinds.insert(one.kind.clone());
        matter.fields.extend(one.fields.iter().cloned());
    }
}

/// The entries of the days, newest first, of the account or the record.
async fn entries(desk: &Desk, ask: &Search) -> Result<(Vec<Entry>, bool)> {
    if let (Some(record), None) = (&ask.record, &ask.account) {
        // All under the matter counts, wherever an entry names it.
        let top = Tops::new(ask.store).top(desk, record).await?;
        let mut ids = desk.vault.ids_under(ask.store, &top).await?;
        ids.extend([top, record.clone()]);
        let found = desk.vault.journal_of(ask.store, &ids, MOST_READ).await?;
        let cut_off = found.len() == MOST_READ;
        let (from, until) = (start(ask.from), after(ask.until));
        let within = |entry: &Entry| {
            from.is_none_or(|from| entry.context.at >= from)
                && until.is_none_or(|until| entry.context.at < until)
        };
        return Ok((found.into_iter().filter(within).collect(), cut_off));
    }
    let filter = JournalFilter {
        actor: ask.account.clone(),
        from: start(ask.from),
        before: after(ask.until),
        ..JournalFilter::default()
    };
    let page = desk
        .vault
        .journal_page(ask.store, &filter, None, MOST_READ)
        .await?;
    Ok((page.entries, page.next.is_some()))
}

/// The record at the top of each, asked once.
struct Tops {
    store: Store,
    known: BTreeMap<String, String>,
}

impl Tops {
    fn new(store: Store) -> Tops {
        Tops {
            store,
            known: BTreeMap::new(),
        }
    }

    async fn top(&mut self, desk: &Desk, record: &str) -> Result<String> {
        if let Some(top) = self.known.get(record) {
            return Ok(top.clone());
        }
        let mut at = record.to_owned();
        for _ in 0..DEEPEST {
            match desk.vault.clear_of(self.store, &at).await? {
                Some((_, clear, _)) if clear.parent.is_some() => {
                    at = clear.parent.unwrap_or_default();
                }
                _ => break,
            }
        }
        self.known.insert(record.to_owned(), at.clone());
        Ok(at)
    }
}

/// A new breach.
#[derive(Debug, Clone)]
pub struct NewBreach {
    /// When it became known.
    pub known: Timestamp,
    /// What happened.
    pub what: SafeText,
    /// Where the journals were asked; none: nothing to look up.
    pub search: Option<Search>,
}

fn refused(error: BreachError) -> DeskError {
    match &error {
        BreachError::Ahead(_) => DeskError::field("known", "breach-ahead", error),
        BreachError::LateWithoutReason(_) => DeskError::field("late", "breach-late", error),
        BreachError::NotNow(_) => DeskError::rule("breach-not-now", error),
    }
}

/// Writes a breach down, with what the journals tell of it now.
pub async fn record(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    new: NewBreach,
) -> Result<BreachId> {
    let permit = permit(actor, UseCase::KeepBreaches)?;
    let scope = match &new.search {
        None => Scope::default(),
        Some(ask) => {
            check(ask)?;
            let found = concerned(desk, ask).await?;
            Scope {
                store: ask.store.name().to_owned(),
                account: ask.account.clone(),
                record: ask.record.clone(),
                from: Some(ask.from),
                until: Some(ask.until),
                matters: found.total,
                fields: found.fields.into_iter().collect(),
            }
        }
    };
    let id = BreachId::new(desk.vault.new_id(now));
    let due = desk.deadline("breach_notice", new.known)?;
    let breach = Breach::found(id, actor.by(now)?, new.known, due, new.what, scope);
    let draft = StoredBreach(breach.map_err(refused)?).draft(&["all"])?;
    let change = Change::new(permit.context(now)).create(draft);
    desk.vault.apply(Store::System, change).await?;
    Ok(id)
}

/// A breach in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreachRow {
    /// Its identity.
    pub id: String,
    /// State.
    pub state: String,
    /// When it became known.
    pub known: Timestamp,
    /// Until when the authority has to be told, while nothing was decided.
    pub due: Option<Timestamp>,
    /// Matters concerned.
    pub matters: usize,
    /// Whether the authority was told; none: not decided.
    pub notified: Option<bool>,
}

/// The breaches, what is due first, and how many in each state.
pub async fn breaches(desk: &Desk, actor: &Actor) -> Result<(Vec<BreachRow>, Counts)> {
    permit(actor, UseCase::KeepBreaches)?;
    let (kind, filter) = (&StoredBreach::KIND, Filter::default());
    let page = desk
        .vault
        .list(kind, &filter, Order::Due, None, 200)
        .await?;
    let rows = page.rows.into_iter().filter_map(|row| {
        let summary: BreachSummary = serde_json::from_value(row.summary).ok()?;
        Some(BreachRow {
            id: row.id,
            state: row.clear.state,
            known: summary.known,
            due: row.clear.due,
            matters: summary.matters,
            notified: summary.notified,
        })
    });
    Ok((rows.collect(), desk.vault.counts(kind, &filter).await?))
}

/// A breach as it is read.
#[derive(Debug, Clone)]
pub struct BreachView {
    /// The breach.
    pub breach: Breach,
    /// Version to name when taking a step.
    pub version: i64,
}

/// Reads a breach.
pub async fn read_breach(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: BreachId,
) -> Result<BreachView> {
    let permit = permit(actor, UseCase::KeepBreaches)?;
    // As its type first: another record of this store, such as an account, is not read by its identifier.
    let found: Opened<StoredBreach> = desk
        .vault
        .load(&id.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("breach"))?;
    let change = Change::new(permit.context(now)).read(id.to_string(), &["all"]);
    desk.vault.apply(Store::System, change).await?;
    Ok(BreachView {
        breach: found.body.0,
        version: found.version,
    })
}

/// What is decided about the authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It was told, with why not within 72 hours.
    Notified(Option<SafeText>),
    /// It need not be told.
    NotNeeded(SafeText),
}

/// Decides about the authority.
pub async fn decide(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: BreachId,
    seen: i64,
    decision: Decision,
) -> Result<()> {
    let by = actor.by(now)?;
    let notice = match decision {
        Decision::Notified(late) => Notice::Notified { by, late },
        Decision::NotNeeded(reason) => Notice::NotNeeded { by, reason },
    };
    step(desk, actor, now, id, seen, |breach| breach.decide(notice)).await
}

/// Ends a breach with what was done about the people concerned.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, which, seen, and the three answers"
)]
pub async fn close(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: BreachId,
    seen: i64,
    people_told: bool,
    people_why: SafeText,
    measures: SafeText,
) -> Result<()> {
    let ending = Ending {
        by: actor.by(now)?,
        people_told,
        people_why,
        measures,
    };
    step(desk, actor, now, id, seen, |breach| breach.close(ending)).await
}

async fn step(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: BreachId,
    seen: i64,
    take: impl FnOnce(Breach) -> std::result::Result<Breach, BreachError>,
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepBreaches)?;
    let found: Opened<StoredBreach> = desk
        .vault
        .load(&id.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("breach"))?;
    fresh(&found, seen)?;
    let next = take(found.body.0).map_err(refused)?;
    let draft = StoredBreach(next).draft(&["state"])?;
    let change = Change::new(permit.context(now)).update(draft, seen);
    desk.vault.apply(Store::System, change).await?;
    Ok(())
}
