//! Supervision: who did what, why and on which ground. Never content; and reading it is itself written down.

use std::collections::BTreeMap;

use jiff::Timestamp;
use vault::{Change, Entry, JournalFilter, SignedHead, Store};

use crate::Desk;
use crate::access::{RULES, UseCase, permit};
use crate::accounts::Account;
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::oversight::is_colleague;

/// Entries a page.
pub const PAGE: usize = 50;

/// What the auditor asks to see.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Which store's journal.
    pub store: Store,
    /// Which entries.
    pub filter: JournalFilter,
    /// Where the page before ended.
    pub after: Option<i64>,
}

/// A page of a journal.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Entries, newest first.
    pub entries: Vec<Entry>,
    /// Where the next page begins, if there is one.
    pub next: Option<i64>,
    /// Names of the people who acted on this page, by user id; who has no account any more is absent.
    pub people: BTreeMap<String, String>,
    /// The ends of all journals under one signature, as they were before this reading.
    pub head: SignedHead,
}

/// The acts that a store's journal can hold, in the order of the access table.
pub fn acts_of(store: Store) -> impl Iterator<Item = &'static str> {
    RULES
        .iter()
        .filter(move |rule| rule.store == store)
        .map(|rule| rule.name)
}

/// Reads a page of a journal. The entry that says so stands in the journal of the system's own store and names
/// the journal read, by what it was narrowed, and the accounts whose names were shown.
pub async fn read(desk: &Desk, actor: &Actor, now: Timestamp, ask: &Ask) -> Result<Shown> {
    let permit = permit(actor, UseCase::ReadJournal)?;
    check(&ask.filter)?;
    let head = desk.vault.signed_head(now).await?;
    let page = desk
        .vault
        .journal_page(ask.store, &ask.filter, ask.after, PAGE)
        .await?;
    let mut entries = page.entries;
    if ask.store == Store::System {
        entries = without_own_watch(desk, actor, entries).await?;
    }
    let people = names(desk, &entries.iter().collect::<Vec<_>>()).await?;
    let mut change =
        Change::new(permit.context(now)).look("journal", ask.store.name(), &narrowed(&ask.filter));
    for user in people.keys() {
        change = change.read(user.clone(), &["name"]);
    }
    desk.vault.apply(Store::System, change).await?;
    Ok(Shown {
        entries,
        next: page.next,
        people,
        head,
    })
}

/// Without the entries of oversight about an account of the reader's own organisation, or about the reader: who is watched would stand
/// in them. What is left out shows as a gap in the numbers; the export for outsiders holds everything.
async fn without_own_watch(desk: &Desk, actor: &Actor, entries: Vec<Entry>) -> Result<Vec<Entry>> {
    let mut out = Vec::with_capacity(entries.len());
    for entry in entries {
        let mut near = false;
        if entry.context.act.starts_with("oversight.") && entry.context.actor != actor.id() {
            let accounts = entry
                .records
                .iter()
                .filter(|touched| touched.kind == "account");
            for touched in accounts {
                near = near || is_colleague(desk, actor, &touched.id).await?;
            }
        }
        if !near {
            out.push(entry);
        }
    }
    Ok(out)
}

/// Ids and codes are short and plain; anything else finds nothing and would only cost time.
fn check(filter: &JournalFilter) -> Result<()> {
    let fields = [
        ("actor", &filter.actor),
        ("act", &filter.act),
        ("record", &filter.record),
    ];
    for (name, value) in fields {
        let plain = value
            .as_ref()
            .is_none_or(|v| v.len() <= 100 && v.bytes().all(|b| b.is_ascii_graphic()));
        if !plain {
            return Err(DeskError::field(
                name,
                "unknown",
                "an identifier or code has at most 100 letters, digits and signs without spaces",
            ));
        }
    }
    Ok(())
}

/// The names of the filters in force: the entry tells how the auditor searched, by field, as everywhere.
fn narrowed(filter: &JournalFilter) -> Vec<&'static str> {
    let asked = [
        ("actor", filter.actor.is_some()),
        ("act", filter.act.is_some()),
        ("record", filter.record.is_some()),
        ("from", filter.from.is_some()),
        ("before", filter.before.is_some()),
    ];
    asked
        .into_iter()
        .filter_map(|(name, used)| used.then_some(name))
        .collect()
}

/// Names of the people who acted in these entries, by user id; who has no account any more is absent. Whoever shows them says so in
/// the journal.
pub(crate) async fn names(desk: &Desk, entries: &[&Entry]) -> Result<BTreeMap<String, String>> {
    let mut out = BTreeMap::new();
    for entry in entries {
        let actor = &entry.context.actor;
        if out.contains_key(actor) || actor.parse::<domain::ids::UserId>().is_err() {
            continue;
        }
        match desk.vault.load::<Account>(actor).await {
            Ok(found) => {
                out.insert(actor.clone(), found.body.name);
            }
            Err(vault::VaultError::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(out)
}
