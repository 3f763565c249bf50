//! The journal as records of Logboek Dataverwerkingen 1.0.0, and the way of those records to a log outside.
//!
//! The journal entry is written in the same transaction as its effect, so the journal itself is the outbox: a mark in each store
//! says up to which entry the log has acknowledged. A record says which activity of the register and about whom, under a pseudonym;
//! it holds no user, organisation, name, number or field.

mod register;
mod subjects;

use jiff::{SignedDuration, Timestamp};
use logboek::{ActivityId, Fault, Key, LogRecord, Processing, Scribe, Status, SubjectType};
use vault::{Entry, Store};

pub use register::{Activity, activity_code, register};
pub(crate) use subjects::is_about_nobody;

use crate::Desk;
use crate::error::{DeskError, Result};
use domain::vocabulary::{Lang, ProcessingActivity};

/// Where the register stands when the host names no place: a name that leads nowhere, so that nobody takes it for an address.
pub const NO_REGISTER: &str = "urn:x-samen:activity";

/// The reader's name under which the mark is kept.
const READER: &str = "logboek";

/// Entries that become one export.
pub const MOST: usize = 200;

/// Makes records of journal entries.
pub struct Logboek {
    desk: Desk,
    base: String,
    kind: SubjectType,
    scribes: Vec<(Store, Scribe)>,
}

/// What waits in one store: records up to a position of its journal.
#[derive(Debug)]
pub struct Batch {
    /// The store.
    pub store: Store,
    /// Where the mark stands.
    from: i64,
    /// Where it stands once these are acknowledged: the last entry that they are made of.
    pub until: i64,
    /// The records.
    pub records: Vec<LogRecord>,
}

fn broken(fault: Fault) -> DeskError {
    DeskError::Setup(format!("logboek: {fault}"))
}

impl Logboek {
    /// Records for a register under `base`, made by this version of the program. Every store has a key of its own, derived from the
    /// root key, so that pseudonyms of two compartments cannot be brought together.
    pub fn new(desk: &Desk, base: &str, version: &str) -> Result<Logboek> {
        let ring = desk.vault.keyring();
        let mut scribes = Vec::with_capacity(Store::ALL.len());
        for store in Store::ALL {
            let key = Key::new(*ring.derive(&format!("logboek {store}")));
            let named = [
                ("service.name", "samen"),
                ("service.version", version),
                ("samen.store", store.name()),
            ];
            scribes.push((store, Scribe::new(key, named).map_err(broken)?));
        }
        let kind = format!("{}/data-subject/1", base.trim_end_matches('/'));
        // Also a check of the base, before anything is sent under it.
        ActivityId::under(base, "check", 1).map_err(broken)?;
        Ok(Logboek {
            desk: desk.clone(),
            base: base.to_owned(),
            kind: SubjectType::new(kind).map_err(broken)?,
            scribes,
        })
    }

    fn scribe(&self, store: Store) -> Result<&Scribe> {
        let found = self.scribes.iter().find(|(known, _)| *known == store);
        let missing = || DeskError::Setup(format!("logboek: no key for store {store}"));
        found.map(|(_, scribe)| scribe).ok_or_else(missing)
    }

    /// The records of one entry: the same for the same entry, whenever they are made. They are named after the whole entry, not its
    /// number alone: after a restore another entry can have the number.
    pub fn records(&self, entry: &Entry) -> Result<Vec<LogRecord>> {
        let scribe = self.scribe(entry.store)?;
        let words = &self.desk.vocabulary.processing_activities;
        let at = moment(entry);
        let activity = register::of_act(words, &entry.context.act, entry.context.at)?;
        let subjects: Vec<_> = subjects::of(entry, activity)
            .into_iter()
            .map(|id| scribe.subject(&[id], &self.kind))
            .collect();
        let whole = entry.canonical();
        let processing = Processing {
            unique: whole.as_bytes(),
            activity: &self.id(activity)?,
            name: activity.label(Lang::Nl),
            start_ms: at,
            end_ms: at,
            status: Status::Ok,
            subjects: &subjects,
        };
        scribe.records(&processing).map_err(broken)
    }

    /// The identifier of an activity: one space for these records, the register and the decisions.
    pub fn id(&self, activity: &ProcessingActivity) -> Result<ActivityId> {
        let code = activity.code.as_str();
        ActivityId::under(&self.base, code, activity.facts.version).map_err(broken)
    }

    /// The pseudonyms under which a record of a store and all under it can stand in the log: for a request of a person about herself.
    pub async fn pseudonyms(&self, store: Store, record: &str) -> Result<Vec<String>> {
        let mut ids = self.desk.vault.ids_under(store, record).await?;
        ids.insert(0, record.to_owned());
        let scribe = self.scribe(store)?;
        let each = ids.iter().map(|id| scribe.subject(&[id], &self.kind));
        Ok(each.map(|subject| subject.id.as_str().to_owned()).collect())
    }

    /// What waits in a store, oldest first; none when the log has everything that may go. What somebody without an account did waits
    /// until its hour is over, and so does all behind it: a record that arrives must not tell when she wrote.
    pub async fn waiting(&self, store: Store, now: Timestamp) -> Result<Option<Batch>> {
        let from = self.desk.vault.mark(store, READER).await?;
        self.after(store, from, now).await
    }

    /// As [`Logboek::waiting`], after an entry of the caller's choice: for a file that holds everything.
    pub async fn after(&self, store: Store, from: i64, now: Timestamp) -> Result<Option<Batch>> {
        let entries = self.desk.vault.journal_after(store, from, MOST).await?;
        let ripe: Vec<&Entry> = entries
            .iter()
            .take_while(|entry| is_ripe(entry, now))
            .collect();
        let Some(last) = ripe.last() else {
            return Ok(None);
        };
        let until = last.seq;
        let mut records = Vec::with_capacity(ripe.len());
        for entry in ripe {
            records.extend(self.records(entry)?);
        }
        Ok(Some(Batch {
            store,
            from,
            until,
            records,
        }))
    }

    /// Notes that the log has acknowledged every record of a batch. When another process was first, nothing changes: it sent the
    /// same records.
    pub async fn acknowledged(&self, batch: &Batch) -> Result<()> {
        let vault = &self.desk.vault;
        vault
            .move_mark(batch.store, READER, batch.from, batch.until)
            .await?;
        Ok(())
    }

    /// Lets the next sender begin with the first entry of every store: for another log.
    pub async fn begin_again(&self) -> Result<()> {
        for store in Store::ALL {
            let from = self.desk.vault.mark(store, READER).await?;
            self.desk.vault.move_mark(store, READER, from, 0).await?;
        }
        Ok(())
    }

    /// How many entries of each store wait.
    pub async fn backlog(&self) -> Result<Vec<(Store, i64)>> {
        let mut out = Vec::with_capacity(Store::ALL.len());
        let head = self.desk.vault.signed_head(Timestamp::UNIX_EPOCH).await?;
        for store_head in head.heads {
            let mark = self.desk.vault.mark(store_head.store, READER).await?;
            out.push((store_head.store, store_head.seq.saturating_sub(mark)));
        }
        Ok(out)
    }
}

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Done by somebody without an account: a reporter, or the person herself. Whoever signs in is at work.
fn is_public(entry: &Entry) -> bool {
    entry.context.actor == "public" && entry.store != Store::System
}

fn is_ripe(entry: &Entry, now: Timestamp) -> bool {
    let until = whole_hour(entry.context.at).saturating_add(HOUR);
    !is_public(entry) || until.is_ok_and(|until| until <= now)
}

/// When it was done, in milliseconds; of what somebody without an account did, the hour only.
fn moment(entry: &Entry) -> u64 {
    let at = match is_public(entry) {
        true => whole_hour(entry.context.at),
        false => entry.context.at,
    };
    u64::try_from(at.as_millisecond()).unwrap_or(0)
}

fn whole_hour(at: Timestamp) -> Timestamp {
    let second = at.as_second();
    Timestamp::from_second(second - second.rem_euclid(3600)).unwrap_or(at)
}
