//! How long things are kept, what is kept longer and why, and what was destroyed.

use std::collections::BTreeMap;

use domain::time::dutch_date;
use domain::vocabulary::ClockLength;
use jiff::Timestamp;
use vault::{Change, How, JournalFilter, Store};

use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;
use crate::request::EMPTIED;
use crate::retention::{holds, run};

/// A term of keeping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermRow {
    /// Its code.
    pub code: String,
    /// How long; `HostDecides`: nobody has said.
    pub length: ClockLength,
    /// What it rests on.
    pub source: String,
    /// Matters whose term is over and that would go.
    pub due: usize,
    /// Matters whose term is over and that stay.
    pub kept: usize,
    /// Matters that are over and wait for a decision about the term.
    pub waiting: u64,
}

/// A legal hold in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Which store.
    pub store: String,
    /// Which record.
    pub record: String,
    /// Since when.
    pub since: Timestamp,
}

/// One destruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destroyed {
    /// Position in the journal of its store.
    pub seq: i64,
    /// Which store.
    pub store: Store,
    /// When.
    pub at: Timestamp,
    /// The act.
    pub act: String,
    /// The term or ground.
    pub ground: String,
    /// How many records.
    pub records: usize,
}

/// What is kept, and what went.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The terms, in the order of the vocabulary.
    pub terms: Vec<TermRow>,
    /// The holds in force.
    pub holds: Vec<Held>,
    /// What was destroyed in the store that was asked for, newest first.
    pub destroyed: Vec<Destroyed>,
}

/// Acts that destroy by a term or at a request.
const ACTS: [&str; 3] = ["retention.run", "record.erase", "restore"];

/// Lines of the register of destruction that are shown.
const MOST: usize = 100;

/// Shows the terms, the holds and the register of destruction of one store; the journal says so.
pub async fn retention(desk: &Desk, actor: &Actor, now: Timestamp, store: Store) -> Result<Kept> {
    let permit = permit(actor, UseCase::ReadRetention)?;
    let look = Change::new(permit.context(now)).look("register", "retention", &[store.name()]);
    desk.vault.apply(Store::System, look).await?;
    let outcome = run(desk, &Actor::System, now, now, true).await?;
    let mut due: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    // What is due and stays is not counted among what would go.
    for matter in &outcome.due {
        due.entry(matter.term).or_default().0 += 1;
    }
    for kept in &outcome.kept {
        due.entry(kept.matter.term).or_default().1 += 1;
    }
    let clocks = desk.vocabulary.clocks.valid_on(dutch_date(now));
    let terms = clocks
        .filter(|clock| clock.code.as_str().starts_with("retention_"))
        .map(|clock| {
            let code = clock.code.as_str();
            let (due, kept) = due.get(code).copied().unwrap_or_default();
            TermRow {
                code: code.to_owned(),
                length: clock.facts.length,
                source: clock.source.to_string(),
                due,
                kept,
                waiting: outcome.host_decides.get(code).copied().unwrap_or_default(),
            }
        })
        .collect();
    let held = holds(desk, &Actor::System).await?;
    Ok(Kept {
        terms,
        holds: held
            .into_iter()
            .map(|(_, hold)| Held {
                store: hold.store,
                record: hold.record,
                since: hold.placed,
            })
            .collect(),
        destroyed: destroyed(desk, store).await?,
    })
}

async fn destroyed(desk: &Desk, store: Store) -> Result<Vec<Destroyed>> {
    let mut out = Vec::new();
    for act in ACTS {
        let filter = JournalFilter {
            act: Some(act.to_owned()),
            ..JournalFilter::default()
        };
        let page = desk.vault.journal_page(store, &filter, None, MOST).await?;
        for entry in page.entries {
            let emptied = |t: &vault::Touched| {
                act == "record.erase" && t.how == How::Changed && EMPTIED.contains(&t.kind.as_str())
            };
            let records = entry.records.iter();
            // Of a record of which categories were emptied the rest stays; it counts as one.
            let gone = records.filter(|t| t.how == How::Erased || emptied(t));
            let records = gone.count();
            if records > 0 {
                out.push(Destroyed {
                    seq: entry.seq,
                    store,
                    at: entry.context.at,
                    act: entry.context.act,
                    ground: entry.context.ground,
                    records,
                });
            }
        }
    }
    out.sort_by_key(|line| std::cmp::Reverse(line.seq));
    out.truncate(MOST);
    Ok(out)
}
