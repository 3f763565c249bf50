//! The vault itself: one open set of stores and what can be asked of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use zeroize::Zeroizing;

use crate::apply::{JobOutcome, SealedRow};
use crate::change::{Applied, Change, Op, Timer};
use crate::db::{Address, Pool, Val};
use crate::journal::{Head, SignedHead};
use crate::open::{Addresses, Settings};
use crate::prepare::{self, NO_DUE, Place, Prepared};
use crate::record::{ClearData, Opened, Raw, Stored};
use crate::seal::{self, Key};
use crate::writer::{Ask, Job, PlainJob, Reply, Writer};
use crate::{Chance, Keyring, Result, Store, VaultError, db, ledger};

/// How many changes may wait for a store before callers have to wait too.
const QUEUE: usize = 4096;
/// Records that are read at once where all of them are wanted.
const PAGE: usize = 1000;

/// An open vault. Cheap to clone; the last clone to go closes the stores.
#[derive(Clone)]
pub struct Vault {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    stores: Vec<Open>,
    pub(crate) ring: Keyring,
    pub(crate) chance: Arc<dyn Chance>,
    pub(crate) settings: Settings,
    /// Moment and count of the last identifier.
    last_id: std::sync::Mutex<(i64, u16)>,
}

struct Open {
    queue: mpsc::Sender<Ask>,
    task: std::sync::Mutex<Option<JoinHandle<()>>>,
    data: Pool,
    ledger: Pool,
    addresses: Addresses,
    poisoned: Arc<AtomicBool>,
}

/// A clock that is due.
#[derive(Debug, Clone)]
pub struct DueTimer {
    /// The clock.
    pub timer: Timer,
    /// The store it belongs to.
    pub store: Store,
    /// How often it was tried in vain.
    pub attempts: i64,
}

/// A disclosure on its way.
#[derive(Debug, Clone)]
pub struct Undelivered {
    /// The disclosure's record in the sending store.
    pub id: String,
    /// The sending store.
    pub from: Store,
    /// The receiving store.
    pub target: Store,
    /// How often it was tried in vain.
    pub attempts: i64,
}

impl Vault {
    /// Opens the vault, making and migrating what the settings allow.
    pub async fn open(settings: Settings) -> Result<Vault> {
        // Beside data that exists, new keys would open nothing and hide that the old ones are missing.
        let new_keys = settings.create && !settings.place.holds_data();
        let ring = Keyring::open(&settings.keys, new_keys, &*settings.chance)?;
        let addresses = crate::open::prepare(&settings, &ring).await?;
        let mut stores = Vec::with_capacity(Store::ALL.len());
        for (store, addresses) in Store::ALL.into_iter().zip(addresses) {
            let (queue, asks) = mpsc::channel(QUEUE);
            let poisoned = Arc::new(AtomicBool::new(false));
            let writer = Writer {
                store,
                data: addresses.data.clone(),
                ledger: addresses.ledger.clone(),
                copies: settings.keys.copies(),
                poisoned: poisoned.clone(),
            };
            stores.push(Open {
                queue,
                task: std::sync::Mutex::new(Some(tokio::spawn(writer.run(asks)))),
                data: addresses.data.pool(),
                ledger: addresses.ledger.pool(),
                addresses,
                poisoned,
            });
        }
        Ok(Vault {
            inner: Arc::new(Inner {
                stores,
                chance: settings.chance.clone(),
                ring,
                settings,
                last_id: std::sync::Mutex::default(),
            }),
        })
    }

    fn at(&self, store: Store) -> &Open {
        &self.inner.stores[store.index()]
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }

    pub(crate) fn pool(&self, store: Store) -> &Pool {
        &self.at(store).data
    }

    pub(crate) fn ledger_pool(&self, store: Store) -> &Pool {
        &self.at(store).ledger
    }

    pub(crate) fn data_address(&self, store: Store) -> &Address {
        &self.at(store).addresses.data
    }

    pub(crate) fn ledger_address(&self, store: Store) -> &Address {
        &self.at(store).addresses.ledger
    }

    /// The keys, for what is derived from them elsewhere (return codes, form tokens).
    pub fn keyring(&self) -> &Keyring {
        &self.inner.ring
    }

    /// Where randomness comes from.
    pub fn chance(&self) -> &dyn Chance {
        &*self.inner.chance
    }

    /// A fresh identifier at this moment. Identifiers of one process sort in the order in which they were made, also within a
    /// millisecond, so that two disclosures of one decision arrive in order. A whole hour is the moment of a public
    /// report: its order within the hour stays random.
    pub fn new_id(&self, now: Timestamp) -> uuid::Uuid {
        const HOUR: i64 = 3_600_000;
        let millis = now.as_millisecond();
        if millis % HOUR == 0 {
            return crate::new_id(now, self.chance());
        }
        let mut last = match self.inner.last_id.lock() {
            Ok(last) => last,
            Err(poisoned) => poisoned.into_inner(),
        };
        let count = match *last {
            (moment, count) if moment == millis => count.saturating_add(1),
            _ => 0,
        };
        *last = (millis, count);
        crate::chance::ordered_id(now, count, self.chance())
    }

    /// Applies a change: all of it with its journal entry, or nothing.
    pub async fn apply(&self, store: Store, change: Change) -> Result<Applied> {
        let mut also_created = false;
        // The second round meets a record whose key is in the ledger already: the record exists, or was
        // being made when the program stopped. It is sealed with that key, for a key is never replaced.
        for _ in 0..2 {
            let ids = prepare::needs_keys(&change, also_created);
            let keys = ledger::keys(self.ledger_pool(store), store, &self.inner.ring, &ids).await?;
            let prepared = prepare::prepare(store, &change, &self.inner.ring, keys, self.chance())?;
            match self.enqueue(store, prepared).await? {
                Reply::Done(outcome) => return self.open_outcome(store, &change, outcome).await,
                Reply::KeyTaken => also_created = true,
            }
        }
        Err(VaultError::AlreadyDone {
            what: "a record with this identifier".to_owned(),
        })
    }

    async fn enqueue(&self, store: Store, prepared: Prepared) -> Result<Reply> {
        let open = self.at(store);
        if open.poisoned.load(Ordering::Relaxed) {
            return Err(VaultError::Poisoned { store });
        }
        let (reply, answer) = oneshot::channel();
        let job = Ask::Change(Box::new(Job {
            prepared,
            has_keys: false,
            reply,
        }));
        open.queue.send(job).await.map_err(|_| VaultError::Closed)?;
        answer.await.map_err(|_| VaultError::Closed)?
    }

    pub(crate) async fn plain(
        &self,
        store: Store,
        sql: &'static str,
        args: Vec<Val>,
    ) -> Result<u64> {
        let (reply, answer) = oneshot::channel();
        let job = Ask::Plain(PlainJob { sql, args, reply });
        self.at(store)
            .queue
            .send(job)
            .await
            .map_err(|_| VaultError::Closed)?;
        answer.await.map_err(|_| VaultError::Closed)?
    }

    async fn open_outcome(
        &self,
        store: Store,
        change: &Change,
        outcome: JobOutcome,
    ) -> Result<Applied> {
        let replayed = match outcome.replayed {
            None => None,
            Some((id, sealed)) => Some(self.open_receipt(store, change, &id, &sealed)?),
        };
        Ok(Applied {
            seq: outcome.seq,
            reads: self.open_rows(store, outcome.rows).await?,
            replayed,
        })
    }

    /// The earlier answer, when it was given to the same body.
    fn open_receipt(
        &self,
        store: Store,
        change: &Change,
        id: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>> {
        let ring = &self.inner.ring;
        let place = prepare::receipt_place(store, id);
        let plain = seal::open(ring.receipt_key(store), &place, sealed);
        let parts = plain.as_ref().and_then(|plain| plain.split_at_checked(32));
        let (digest, answer) = parts.ok_or_else(|| VaultError::BrokenSeal {
            store,
            what: "an earlier answer".to_owned(),
        })?;
        let same = change.ops.iter().any(|op| {
            matches!(op, Op::Receipt { key, body, .. }
                if ring.receipt_digest(store, key) == id && Sha256::digest(body).as_slice() == digest)
        });
        match same {
            true => Ok(answer.to_vec()),
            false => Err(VaultError::KeyReused),
        }
    }

    pub(crate) async fn open_rows(&self, store: Store, rows: Vec<SealedRow>) -> Result<Vec<Raw>> {
        let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
        let keys = ledger::keys(self.ledger_pool(store), store, &self.inner.ring, &ids).await?;
        rows.into_iter()
            .map(|row| {
                let key = keys.get(&row.id).ok_or_else(|| VaultError::NotFound {
                    store,
                    id: row.id.clone(),
                })?;
                open_row(store, row, key)
            })
            .collect()
    }

    /// Opens a record for a rule to work on. Nothing of it may be shown: showing needs [`Change::read`], which
    /// journals; the change that follows names the record in its own entry.
    pub async fn load<T: Stored>(&self, id: &str) -> Result<Opened<T>> {
        self.load_in(T::KIND.store, id).await
    }

    /// [`Vault::load`] for types that every compartment keeps its own of (see [`crate::Draft::in_store`]).
    pub async fn load_in<T: Stored>(&self, store: Store, id: &str) -> Result<Opened<T>> {
        let sql = format!(
            "SELECT {} FROM records WHERE id = $1 AND kind = $2 AND erased_at IS NULL",
            crate::apply::RECORD_COLUMNS
        );
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let rows = self
            .pool(store)
            .rows(&sql, vec![id.into(), T::KIND.name.into()])
            .await
            .map_err(fail)?;
        let missing = || VaultError::NotFound {
            store,
            id: id.to_owned(),
        };
        let row = SealedRow::read(rows.first().ok_or_else(missing)?).map_err(fail)?;
        let raw = self.open_rows(store, vec![row]).await?;
        raw.into_iter().next().ok_or_else(missing)?.typed()
    }

    /// Loads every record of a type that has one of these values as a term, for a rule to work on; see [`Vault::load`].
    pub async fn load_by_term<T: Stored>(&self, kind: &str, value: &str) -> Result<Vec<Opened<T>>> {
        self.load_by_term_in(T::KIND.store, kind, value).await
    }

    /// [`Vault::load_by_term`] for types that every compartment keeps its own of (see [`crate::Draft::in_store`]).
    pub async fn load_by_term_in<T: Stored>(
        &self,
        store: Store,
        kind: &str,
        value: &str,
    ) -> Result<Vec<Opened<T>>> {
        let digest = self.inner.ring.term(store, kind, value);
        let columns = crate::apply::RECORD_COLUMNS
            .split(", ")
            .map(|c| format!("r.{c}"))
            .collect::<Vec<_>>()
            .join(", ");
        let sql = format!(
            "SELECT {columns} FROM terms t JOIN records r ON r.id = t.record_id WHERE t.digest = $1 AND r.kind = $2 AND r.erased_at IS NULL"
        );
        let args = vec![digest.into(), T::KIND.name.into()];
        self.load_pages::<T>(store, &sql, "r.id", &args).await
    }

    /// Loads the records of a type under a parent, oldest first, for a rule to work on; see [`Vault::load`].
    pub async fn load_children<T: Stored>(&self, parent: &str) -> Result<Vec<Opened<T>>> {
        self.load_children_in(T::KIND.store, parent).await
    }

    /// [`Vault::load_children`] for types that every compartment keeps its own of (see [`crate::Draft::in_store`]).
    pub async fn load_children_in<T: Stored>(
        &self,
        store: Store,
        parent: &str,
    ) -> Result<Vec<Opened<T>>> {
        let sql = format!(
            "SELECT {} FROM records WHERE parent = $1 AND kind = $2 AND erased_at IS NULL",
            crate::apply::RECORD_COLUMNS
        );
        let args = vec![parent.into(), T::KIND.name.into()];
        self.load_pages::<T>(store, &sql, "id", &args).await
    }

    /// Loads all records of a type in one of these states (all states when empty), for a rule to work on; see
    /// [`Vault::load`]. All of them are in memory at once: meant for small sets (rooms, organisations, actions) and for counting.
    pub async fn load_all<T: Stored>(&self, states: &[&str]) -> Result<Vec<Opened<T>>> {
        let mut args: Vec<Val> = vec![T::KIND.name.into()];
        args.extend(states.iter().map(|s| Val::from(*s)));
        let filter = match states.len() {
            0 => String::new(),
            n => {
                let marks: Vec<String> = (2..n + 2).map(|i| format!("${i}")).collect();
                format!(" AND state IN ({})", marks.join(", "))
            }
        };
        let sql = format!(
            "SELECT {} FROM records WHERE kind = $1{filter} AND erased_at IS NULL",
            crate::apply::RECORD_COLUMNS
        );
        self.load_pages::<T>(T::KIND.store, &sql, "id", &args).await
    }

    /// All rows of a query, in the order of their identifiers, a page at a time: a rule that works on some of the records as if they were
    /// all would count wrongly, and forget what it should destroy.
    async fn load_pages<T: Stored>(
        &self,
        store: Store,
        sql: &str,
        id: &str,
        args: &[Val],
    ) -> Result<Vec<Opened<T>>> {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let sql = format!(
            "{sql} AND {id} > ${} ORDER BY {id} LIMIT {PAGE}",
            args.len() + 1
        );
        let mut out = Vec::new();
        let mut after = String::new();
        loop {
            let mut args = args.to_vec();
            args.push(after.as_str().into());
            let rows = self.pool(store).rows(&sql, args).await.map_err(fail)?;
            let rows = rows
                .iter()
                .map(SealedRow::read)
                .collect::<std::result::Result<Vec<_>, _>>()
                .map_err(fail)?;
            let last = rows.last().map(|row| row.id.clone());
            let full = rows.len() == PAGE;
            for raw in self.open_rows(store, rows).await? {
                out.push(raw.typed()?);
            }
            match last {
                Some(last) if full => after = last,
                _ => return Ok(out),
            }
        }
    }

    /// Clocks that are due in a store, oldest first.
    pub async fn due(&self, store: Store, now: Timestamp, limit: i64) -> Result<Vec<DueTimer>> {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let rows = self
            .pool(store)
            .rows(
                "SELECT id, due_at, kind, record_id, attempts FROM timers WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2",
                vec![now.as_millisecond().into(), limit.into()],
            )
            .await
            .map_err(fail)?;
        rows.iter()
            .map(|row| {
                Ok(DueTimer {
                    timer: Timer {
                        id: row.text(0)?,
                        due: at_millis(row.int(1)?),
                        kind: row.text(2)?,
                        record: row.text(3)?,
                    },
                    store,
                    attempts: row.int(4)?,
                })
            })
            .collect::<std::result::Result<_, sqlx::Error>>()
            .map_err(fail)
    }

    /// Puts a clock off after a failed attempt; the effect has not happened.
    pub async fn put_off(&self, due: &DueTimer, until: Timestamp) -> Result<()> {
        self.plain(
            due.store,
            "UPDATE timers SET due_at = $2, attempts = attempts + 1 WHERE id = $1",
            vec![due.timer.id.as_str().into(), until.as_millisecond().into()],
        )
        .await
        .map(|_| ())
    }

    /// Disclosures of a store that have not arrived, oldest first; those that failed too often are left out.
    pub async fn undelivered(&self, store: Store, limit: i64) -> Result<Vec<Undelivered>> {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let rows = self
            .pool(store)
            .rows(
                "SELECT id, target, attempts FROM outbox WHERE delivered_at IS NULL AND attempts < 20 ORDER BY created_at, id LIMIT $1",
                vec![limit.into()],
            )
            .await
            .map_err(fail)?;
        let mut out = Vec::with_capacity(rows.len());
        for row in rows {
            let target = row.text(1).map_err(fail)?;
            out.push(Undelivered {
                id: row.text(0).map_err(fail)?,
                from: store,
                target: Store::from_name(&target).ok_or(VaultError::Database {
                    store,
                    why: "a disclosure names no known store".to_owned(),
                })?,
                attempts: row.int(2).map_err(fail)?,
            });
        }
        Ok(out)
    }

    /// Notes a failed delivery.
    pub async fn delivery_failed(&self, item: &Undelivered) -> Result<()> {
        self.plain(
            item.from,
            "UPDATE outbox SET attempts = attempts + 1 WHERE id = $1",
            vec![item.id.as_str().into()],
        )
        .await
        .map(|_| ())
    }

    /// Removes answers whose time is over.
    pub async fn forget_receipts(&self, store: Store, now: Timestamp) -> Result<u64> {
        self.plain(
            store,
            "DELETE FROM receipts WHERE expires_at <= $1",
            vec![now.as_millisecond().into()],
        )
        .await
    }

    /// The heads of all journals under one signature.
    pub async fn signed_head(&self, now: Timestamp) -> Result<SignedHead> {
        let mut heads = Vec::with_capacity(Store::ALL.len());
        for store in Store::ALL {
            heads.push(self.head(store).await?);
        }
        Ok(SignedHead::sign(heads, now, &self.inner.ring.signing()))
    }

    pub(crate) async fn head(&self, store: Store) -> Result<Head> {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let rows = self
            .pool(store)
            .rows("SELECT seq, hash FROM journal_head WHERE one = 1", vec![])
            .await
            .map_err(fail)?;
        let row = rows.first().ok_or(VaultError::Database {
            store,
            why: "the journal has no head".to_owned(),
        })?;
        Ok(Head {
            store,
            seq: row.int(0).map_err(fail)?,
            hash: hex::encode(row.blob(1).map_err(fail)?),
        })
    }

    /// Whether every store can read and accepts writes.
    pub async fn is_ready(&self) -> Result<()> {
        for store in Store::ALL {
            self.is_store_ready(store).await?;
        }
        Ok(())
    }

    /// Whether one store can read and accepts writes.
    pub async fn is_store_ready(&self, store: Store) -> Result<()> {
        if self.at(store).poisoned.load(Ordering::Relaxed) {
            return Err(VaultError::Poisoned { store });
        }
        // A write that changes nothing finds a full or read-only disk without leaving a trace.
        self.plain(
            store,
            "UPDATE meta SET value = value WHERE name = 'root_key'",
            vec![],
        )
        .await
        .map(|_| ())
    }

    /// Closes the stores after everything that waits has been written. Clones that are still about get
    /// [`VaultError::Closed`] from then on.
    pub async fn close(self) {
        for open in &self.inner.stores {
            let _ = open.queue.send(Ask::Stop).await;
        }
        for open in &self.inner.stores {
            let task = open.task.lock().ok().and_then(|mut task| task.take());
            if let Some(task) = task {
                let _ = task.await;
            }
            open.data.close().await;
            open.ledger.close().await;
        }
    }
}

pub(crate) fn at_millis(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::MAX)
}

/// Opens one sealed row with its key.
pub(crate) fn open_row(store: Store, row: SealedRow, key: &Key) -> Result<Raw> {
    let broken = || VaultError::BrokenSeal {
        store,
        what: format!("record {}", row.id),
    };
    let clear = clear_of(&row);
    let place = place_of(store, &row, &clear).of("body");
    let sealed = row.sealed.as_deref().ok_or_else(|| VaultError::NotFound {
        store,
        id: row.id.clone(),
    })?;
    let plain: Zeroizing<Vec<u8>> = seal::open(key, &place, sealed).ok_or_else(broken)?;
    Ok(Raw {
        store,
        plain,
        clear,
        created: at_millis(row.created),
        updated: at_millis(row.updated),
        version: row.version,
        id: row.id,
        kind: row.kind,
    })
}

/// Opens the summary of a row, if it has one.
pub(crate) fn open_summary(store: Store, row: &SealedRow, key: &Key) -> Result<Value> {
    let Some(sealed) = &row.summary else {
        return Ok(Value::Null);
    };
    let place = place_of(store, row, &clear_of(row)).of("summary");
    seal::open(key, &place, sealed)
        .and_then(|plain| serde_json::from_slice(&plain).ok())
        .ok_or_else(|| VaultError::BrokenSeal {
            store,
            what: format!("the summary of record {}", row.id),
        })
}

fn place_of<'a>(store: Store, row: &'a SealedRow, clear: &'a ClearData) -> Place<'a> {
    Place {
        store,
        kind: &row.kind,
        id: &row.id,
        version: row.version,
        schema: row.schema,
        updated: row.updated,
        clear,
        has_summary: row.summary.is_some(),
    }
}

pub(crate) fn clear_of(row: &SealedRow) -> ClearData {
    ClearData {
        state: row.state.clone(),
        org: row.org.clone(),
        region: row.region.clone(),
        assignee: row.assignee.clone(),
        parent: row.parent.clone(),
        due: (row.due != NO_DUE).then(|| at_millis(row.due)),
    }
}
