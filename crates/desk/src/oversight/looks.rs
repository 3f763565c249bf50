//! Who looked: every access to one matter in one compartment, each with the relation that explains it, or with none.

use std::collections::{BTreeMap, BTreeSet};

use domain::watch::{Event, Facts, Relation, Span, WatchRules, explain};
use jiff::Timestamp;
use vault::{Change, Entry, Outline, Store, Touched};

use super::matter::{COMPARTMENTS, Matters, did, event, name};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::journal::names;
use crate::opinion::PANEL_SEAT;

/// Accesses that are shown at once.
pub const MOST_SHOWN: usize = 200;

/// Entries of one matter that are looked through: the newest.
const MOST_READ: usize = 20_000;

/// What the auditor asks.
#[derive(Debug, Clone)]
pub struct Ask {
    /// In which compartment; only one at a time.
    pub store: Store,
    /// Which record; all that belongs to the same matter counts.
    pub record: String,
    /// Only this actor.
    pub actor: Option<String>,
    /// From this moment.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub before: Option<Timestamp>,
    /// Only what nothing explains.
    pub unexplained: bool,
}

/// One access.
#[derive(Debug, Clone)]
pub struct Looked {
    /// The entry.
    pub entry: Entry,
    /// Why it was in order; none when nothing explains it.
    pub relation: Option<Relation>,
}

/// Who looked.
#[derive(Debug, Clone)]
pub struct Looks {
    /// The record at the top of the matter.
    pub matter: String,
    /// How many records belong to it.
    pub records: usize,
    /// The accesses, newest first; at most [`MOST_SHOWN`].
    pub looks: Vec<Looked>,
    /// How many there are in the period, by what explains them.
    pub totals: BTreeMap<Option<Relation>, usize>,
    /// More entries than are looked through: the oldest are missing.
    pub cut_off: bool,
    /// Names of the people on this page, by user id.
    pub people: BTreeMap<String, String>,
}

impl Looks {
    /// All accesses in the period.
    pub fn total(&self) -> usize {
        self.totals.values().sum()
    }

    /// Those that nothing explains.
    pub fn unexplained(&self) -> usize {
        self.totals.get(&None).copied().unwrap_or(0)
    }
}

/// Tells who looked. The asking itself stands in the journal of the system's own store: the compartment, the record, how it was narrowed,
/// and the accounts whose names were shown.
pub async fn who_looked(desk: &Desk, actor: &Actor, now: Timestamp, ask: &Ask) -> Result<Looks> {
    let permit = permit(actor, UseCase::SearchLooks)?;
    check(ask)?;
    let matter = Matter::find(desk, ask.store, &ask.record).await?;
    let entries = desk
        .vault
        .journal_of(ask.store, &matter.ids, MOST_READ)
        .await?;
    let cut_off = entries.len() == MOST_READ;
    let mut looks = matter.explained(entries);
    looks.retain(|look| is_asked(ask, look));
    let mut totals: BTreeMap<Option<Relation>, usize> = BTreeMap::new();
    for look in &looks {
        *totals.entry(look.relation).or_default() += 1;
    }
    if ask.unexplained {
        looks.retain(|look| look.relation.is_none());
    }
    looks.truncate(MOST_SHOWN);
    let shown: Vec<&Entry> = looks.iter().map(|look| &look.entry).collect();
    let people = names(desk, &shown).await?;
    let mut change = Change::new(permit.context(now))
        .look("journal", ask.store.name(), &narrowed(ask))
        .look("who_looked", matter.top.clone(), &[]);
    for user in people.keys() {
        change = change.read(user.clone(), &["name"]);
    }
    desk.vault.apply(Store::System, change).await?;
    Ok(Looks {
        records: matter.ids.len(),
        matter: matter.top,
        looks,
        totals,
        cut_off,
        people,
    })
}

fn check(ask: &Ask) -> Result<()> {
    let unknown = |field, what| Err(DeskError::field(field, "unknown", what));
    if !COMPARTMENTS.contains(&ask.store) {
        return unknown(
            "store",
            "who looked is asked in one of the compartments k1 to k6",
        );
    }
    let plain = |text: &str| {
        !text.is_empty() && text.len() <= 100 && text.bytes().all(|b| b.is_ascii_graphic())
    };
    if !plain(&ask.record) {
        return unknown("record", "the identifier of a record");
    }
    if ask.actor.as_deref().is_some_and(|actor| !plain(actor)) {
        return unknown(
            "actor",
            "the identifier of an account, `public` or `system`",
        );
    }
    Ok(())
}

fn is_asked(ask: &Ask, look: &Looked) -> bool {
    let context = &look.entry.context;
    ask.actor
        .as_ref()
        .is_none_or(|actor| *actor == context.actor)
        && ask.from.is_none_or(|from| context.at >= from)
        && ask.before.is_none_or(|before| context.at < before)
}

fn narrowed(ask: &Ask) -> Vec<&'static str> {
    let asked = [
        ("record", true),
        ("actor", ask.actor.is_some()),
        ("from", ask.from.is_some()),
        ("before", ask.before.is_some()),
        ("unexplained", ask.unexplained),
    ];
    let used = asked.into_iter().filter(|(_, used)| *used);
    used.map(|(name, _)| name).collect()
}

/// A matter with what is known of it beside its journal: clear columns only.
struct Matter {
    store: Store,
    top: String,
    ids: Vec<String>,
    facts: Facts,
}

impl Matter {
    async fn find(desk: &Desk, store: Store, record: &str) -> Result<Matter> {
        let mut matters = Matters::of(store);
        matters
            .learn_ids(desk, BTreeSet::from([record.to_owned()]))
            .await?;
        let top = matters.top(record).to_owned();
        let mut ids = desk.vault.ids_under(store, &top).await?;
        ids.push(top.clone());
        // Of an erased matter only the journal is left, under the very record that was asked for.
        if !ids.iter().any(|id| id == record) {
            ids.push(record.to_owned());
        }
        let outlines = desk.vault.outlines(store, &ids).await?;
        let mut facts = facts(store, &top, &outlines);
        if let Some(holder) = &facts.holder {
            facts.duty = duty(desk, holder).await?;
        }
        Ok(Matter {
            facts,
            store,
            top,
            ids,
        })
    }

    /// The accesses with what explains each, newest first.
    fn explained(&self, entries: Vec<Entry>) -> Vec<Looked> {
        let known: BTreeSet<&str> = self.ids.iter().map(String::as_str).collect();
        let is_ours = |touched: &&Touched| touched.id.split(' ').any(|id| known.contains(id));
        let matter = name(self.store, &self.top);
        let mut events: Vec<Event> = entries
            .iter()
            .rev()
            .map(|entry| {
                let ours: Vec<&Touched> = entry.records.iter().filter(is_ours).collect();
                event(entry, matter.clone(), did(&entry.context.act, &ours))
            })
            .collect();
        events.sort_by_key(|event| (event.at, event.place));
        let relations: BTreeMap<i64, Option<Relation>> = events
            .iter()
            .map(|event| {
                let found = explain(event, &events, &self.facts, &WatchRules::PILOT);
                (event.place.seq, found)
            })
            .collect();
        entries
            .into_iter()
            .map(|entry| Looked {
                relation: relations.get(&entry.seq).copied().flatten(),
                entry,
            })
            .collect()
    }
}

/// Who has it, who houses the person, and in whose list it stands, each since when.
fn facts(store: Store, top: &str, outlines: &[Outline]) -> Facts {
    let head = outlines.iter().find(|outline| outline.id == top);
    let of_kind = |kind: &'static str| outlines.iter().filter(move |one| one.kind == kind);
    let placed = of_kind("placement")
        .filter_map(|one| Some((one.clear.org.clone()?, one.created)))
        .collect();
    let roles: &[&str] = match store {
        Store::K1 => &["signal_desk"],
        Store::K2 => &["registrar"],
        // A member looks by her seat, not by her function.
        Store::K4 => &["panel_secretary"],
        _ => &[],
    };
    let since = head.map_or(Timestamp::MIN, |head| head.created);
    let mut desks: Vec<(String, Timestamp)> = roles
        .iter()
        .map(|role| ((*role).to_owned(), since))
        .collect();
    // The placing officers see a case from the day on which a place was asked for.
    let asked = of_kind("shelter_request").map(|one| one.created).min();
    desks.extend(asked.map(|since| ("placement_officer".to_owned(), since)));
    // Whoever reviews a broken glass sees that it was broken, from the first time on.
    let broken = of_kind("break_glass").map(|one| one.created).min();
    desks.extend(broken.map(|since| ("auditor".to_owned(), since)));
    Facts {
        holder: head.and_then(|head| head.clear.org.clone()),
        placed,
        desks,
        team: of_kind("case_team")
            .chain(of_kind(PANEL_SEAT))
            .filter_map(span)
            .collect(),
        glass: of_kind("break_glass").filter_map(span).collect(),
        duty: Vec::new(),
    }
}

/// Whose a record is, from when it was made until the moment that it names.
fn span(outline: &Outline) -> Option<Span> {
    Some(Span {
        actor: outline.clear.assignee.clone()?,
        from: outline.created,
        until: outline.clear.due,
    })
}

/// Who was on duty for an organisation, and when.
async fn duty(desk: &Desk, org: &str) -> Result<Vec<Span>> {
    let shifts = crate::roster::duties_of(desk, org).await?;
    let spans = shifts.into_iter().map(|shift| Span {
        actor: shift.user.to_string(),
        from: shift.from,
        until: Some(shift.until),
    });
    Ok(spans.collect())
}
