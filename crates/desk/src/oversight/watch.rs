//! The watch: looks at what was added to the journals, takes whoever acted, and asks the rules about each one's last quarter.
//!
//! Several processes may watch one store: a finding's identifier follows from what it says, so the second to find it is refused.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::{OrgId, UserId};
use domain::watch::{
    Decoy, Did, Event, Finding, Move, Place, Related, WatchRules, Why, crawl, decoy_opened,
    follows_person, night_reading, own_relation, search_without_opening,
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use vault::{Change, Entry, How, Store};

use super::finding::StoredFinding;
use super::mark::{self, What};
use super::matter::{Matters, WATCHED, name, number};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::accounts::Account;
use crate::actor::{Actor, OPERATOR};
use crate::error::Result;

const RULES: WatchRules = WatchRules::PILOT;

/// The reader's name under which the marks are kept.
const READER: &str = "oversight";

/// Entries of a store that are looked at in one round.
const ROUND: usize = 50_000;

/// Entries of one person and store that are looked at: the newest.
const MOST: usize = 20_000;

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Watched {
    /// People whose accesses were looked at.
    pub people: usize,
    /// New findings.
    pub findings: usize,
}

/// One round over everything that was added since the last. Call it every few minutes.
pub async fn watch(desk: &Desk, now: Timestamp) -> Result<Watched> {
    let permit = permit(&Actor::System, UseCase::WatchJournals)?;
    let mut ends = Vec::new();
    let mut people = BTreeSet::new();
    for store in WATCHED {
        let from = desk.vault.mark(store, READER).await?;
        let (actors, until) = desk.vault.actors_after(store, from, ROUND).await?;
        people.extend(actors.into_iter().filter(|actor| is_person(actor)));
        ends.push((store, from, until));
    }
    let mut out = Watched {
        people: people.len(),
        findings: 0,
    };
    if !people.is_empty() {
        let known = Known::load(desk).await?;
        for actor in &people {
            for finding in known.look_at(desk, actor, now).await? {
                let org = org_of(desk, actor).await?;
                let stored = StoredFinding::new(finding, org, now);
                let change = Change::new(permit.context(now));
                let change = change.create(stored.draft(&identity(desk, &stored))?);
                match desk.vault.apply(Store::System, change).await {
                    Ok(_) => out.findings += 1,
                    // Another process found it in this very round.
                    Err(vault::VaultError::AlreadyDone { .. }) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
    }
    for (store, from, until) in ends {
        if until > from {
            desk.vault.move_mark(store, READER, from, until).await?;
        }
    }
    Ok(out)
}

/// Somebody with an account; the operator at the command line holds the keys and is watched by the journal of the machine.
fn is_person(actor: &str) -> bool {
    actor.parse::<UserId>().is_ok_and(|user| user != OPERATOR)
}

async fn org_of(desk: &Desk, actor: &str) -> Result<Option<OrgId>> {
    match desk.vault.load::<Account>(actor).await {
        Ok(found) => Ok(Some(found.body.org)),
        Err(vault::VaultError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The same finding has the same identifier, and without the key nobody can make it.
fn identity(desk: &Desk, finding: &StoredFinding) -> String {
    let key = desk.vault.keyring().derive("oversight finding");
    let mut hash = Sha256::new();
    hash.update(*key);
    hash.update(finding.why.code());
    hash.update([0]);
    hash.update(&finding.actor);
    for place in &finding.places {
        hash.update([place.store]);
        hash.update(place.seq.to_be_bytes());
    }
    let digest: [u8; 32] = hash.finalize().into();
    // As every identifier it begins with a moment, here that of the last entry, so that lists show the newest first.
    let moment = finding.last.as_millisecond().to_be_bytes();
    let (_, moment) = moment.split_at(2);
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(moment.iter().chain(&digest)) {
        *to = *from;
    }
    let id = uuid::Builder::from_custom_bytes(bytes).into_uuid();
    id.to_string()
}

/// What the rules must know besides the journals.
struct Known {
    decoys: Vec<Decoy>,
    related: Vec<Related>,
    /// Entries that a finding was made of before, by reason and person.
    told: BTreeMap<(Why, String), BTreeSet<Place>>,
}

impl Known {
    async fn load(desk: &Desk) -> Result<Known> {
        let mut known = Known {
            decoys: Vec::new(),
            related: Vec::new(),
            told: BTreeMap::new(),
        };
        for found in mark::active(desk).await? {
            let mark = found.body;
            let mut matters = Matters::of(mark.store);
            let record = BTreeSet::from([mark.record.clone()]);
            matters.learn_ids(desk, record).await?;
            let top = matters.top(&mark.record).to_owned();
            let matter = name(mark.store, &top);
            match mark.what {
                What::Decoy => known.decoys.push(Decoy {
                    laid_by: maker(desk, mark.store, top).await?,
                    matter,
                }),
                What::Relation { user } => known.related.push(Related {
                    actor: user.to_string(),
                    matter,
                }),
            }
        }
        for found in desk.vault.load_all::<StoredFinding>(&[]).await? {
            let key = (found.body.why, found.body.actor);
            known.told.entry(key).or_default().extend(found.body.places);
        }
        Ok(known)
    }

    async fn look_at(&self, desk: &Desk, actor: &str, now: Timestamp) -> Result<Vec<Finding>> {
        let since = RULES.since(now);
        let mut out = Vec::new();
        let mut everywhere: Vec<Event> = Vec::new();
        for store in WATCHED {
            let entries = desk.vault.journal_by(store, actor, since, MOST).await?;
            if entries.is_empty() {
                continue;
            }
            let mut matters = Matters::of(store);
            matters.learn(desk, &entries).await?;
            let mut events: Vec<Event> = entries.iter().flat_map(|e| matters.events(e)).collect();
            events.sort_by_key(|event| (event.at, event.place));
            out.extend(self.in_one(&events, actor));
            everywhere.extend(events);
        }
        everywhere.sort_by_key(|event| (event.at, event.place));
        let moves = moves(desk, &everywhere).await?;
        let fresh = self.fresh(&everywhere, Why::FollowsPerson, actor);
        out.extend(follows_person(&fresh, &moves, &RULES));
        Ok(out)
    }

    /// What the rules find in one store.
    fn in_one(&self, events: &[Event], actor: &str) -> Vec<Finding> {
        let fresh = |why| self.fresh(events, why, actor);
        let found = [
            night_reading(&fresh(Why::NightReading), &RULES),
            crawl(&fresh(Why::Crawl), &RULES),
            search_without_opening(&fresh(Why::SearchWithoutOpening), &RULES),
            own_relation(&fresh(Why::OwnRelation), &self.related),
            decoy_opened(&fresh(Why::DecoyOpened), &self.decoys),
        ];
        found.into_iter().flatten().collect()
    }

    /// Without what was told before for the same reason; work stays, for it tells what somebody had to do there.
    fn fresh(&self, events: &[Event], why: Why, actor: &str) -> Vec<Event> {
        let told = self.told.get(&(why, actor.to_owned()));
        let is_told = |event: &Event| told.is_some_and(|told| told.contains(&event.place));
        // A relation or a decoy is about every access; there what was told goes, work or not.
        let every = matches!(why, Why::OwnRelation | Why::DecoyOpened);
        let keeps = |event: &&Event| (!every && event.did.is_work()) || !is_told(event);
        events.iter().filter(keeps).cloned().collect()
    }
}

/// Who made the record: the actor of the oldest entry that names it.
async fn maker(desk: &Desk, store: Store, record: String) -> Result<String> {
    let found = desk.vault.journal_of(store, &[record], MOST).await?;
    Ok(found
        .last()
        .map(|entry| entry.context.actor.clone())
        .unwrap_or_default())
}

/// How persons whom somebody looked at came from another compartment: the disclosure that brought each, by the journals of both sides.
/// Asked only for matters that this person read without working on them, and only when this person acted in another store as well.
async fn moves(desk: &Desk, events: &[Event]) -> Result<Vec<Move>> {
    let stores: BTreeSet<u8> = events.iter().map(|event| event.place.store).collect();
    if stores.len() < 2 {
        return Ok(Vec::new());
    }
    let worked: BTreeSet<&str> = events
        .iter()
        .filter(|event| event.did.is_work())
        .map(|event| event.matter.as_str())
        .collect();
    let only_read: BTreeSet<&str> = events
        .iter()
        .filter(|event| event.did == Did::Read)
        .map(|event| event.matter.as_str())
        .filter(|matter| !matter.is_empty() && !worked.contains(matter))
        .collect();
    let mut out = Vec::new();
    for matter in only_read {
        let Some((store, record)) = matter.split_once(':') else {
            continue;
        };
        let Some(store) = Store::from_name(store) else {
            continue;
        };
        let history = desk
            .vault
            .journal_of(store, &[record.to_owned()], MOST)
            .await?;
        let Some((disclosure, at)) = history.iter().rev().find_map(arrival) else {
            continue;
        };
        for sender in WATCHED
            .into_iter()
            .filter(|other| *other != store && stores.contains(&number(*other)))
        {
            if let Some(from) = sent_from(desk, sender, &disclosure).await? {
                out.push(Move {
                    from,
                    to: matter.to_owned(),
                    at,
                });
            }
        }
    }
    Ok(out)
}

/// The disclosure that an entry received.
fn arrival(entry: &Entry) -> Option<(String, Timestamp)> {
    let received = entry
        .records
        .iter()
        .find(|touched| touched.how == How::Received)?;
    Some((received.id.clone(), entry.context.at))
}

/// The matter in the sender's store that a disclosure left.
async fn sent_from(desk: &Desk, sender: Store, disclosure: &str) -> Result<Option<String>> {
    let found = desk
        .vault
        .journal_of(sender, &[disclosure.to_owned()], 10)
        .await?;
    let Some(sent) = found.last() else {
        return Ok(None);
    };
    let mut matters = Matters::of(sender);
    matters.learn(desk, std::slice::from_ref(sent)).await?;
    Ok(matters
        .events(sent)
        .into_iter()
        .map(|event| event.matter)
        .next())
}
