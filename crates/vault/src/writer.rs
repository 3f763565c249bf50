//! The one writer of a store: takes the changes that wait, writes them in one transaction (group commit) and
//! answers each. A change that fails is searched out by halving, and the others are written without it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::{mpsc, oneshot};

use crate::apply::{JobOutcome, WRAPS};
use crate::db::{self, Address, Conn};
use crate::prepare::Prepared;
use crate::transact::transaction;
use crate::{Result, Store, VaultError, ledger};

/// At most this many changes share a transaction: enough to spread the cost of a sync, few enough that no
/// one waits long.
const BATCH: usize = 128;

/// A change on its way to the store.
pub(crate) struct Job {
    pub(crate) prepared: Prepared,
    /// Whether the keys of its new records are in the ledger already.
    pub(crate) has_keys: bool,
    pub(crate) reply: oneshot::Sender<Result<Reply>>,
}

/// What came of a change.
pub(crate) enum Reply {
    /// It was written, or had been before.
    Done(JobOutcome),
    /// The ledger holds a key for a record it would make: prepare it again with that key. Nothing was written.
    KeyTaken,
}

/// What the writer is asked.
pub(crate) enum Ask {
    Change(Box<Job>),
    Plain(PlainJob),
    /// Write what came before, then end.
    Stop,
}

/// A statement outside the journal: sessions' last use, expired receipts. Never a person's data.
pub(crate) struct PlainJob {
    pub(crate) sql: &'static str,
    pub(crate) args: Vec<db::Val>,
    pub(crate) reply: oneshot::Sender<Result<u64>>,
}

pub(crate) struct Writer {
    pub(crate) store: Store,
    pub(crate) data: Address,
    pub(crate) ledger: Address,
    /// Folder with the ledger copies of backups, from which erased keys are removed too.
    pub(crate) copies: std::path::PathBuf,
    pub(crate) poisoned: Arc<AtomicBool>,
}

/// The writer's connections, made when first needed and again after they broke.
pub(crate) struct Lines {
    data: Option<Conn>,
    ledger: Option<Conn>,
    data_at: Address,
    ledger_at: Address,
}

impl Lines {
    pub(crate) async fn data(&mut self) -> std::result::Result<&mut Conn, sqlx::Error> {
        line(&mut self.data, &self.data_at).await
    }

    async fn ledger(&mut self) -> std::result::Result<&mut Conn, sqlx::Error> {
        line(&mut self.ledger, &self.ledger_at).await
    }

    /// Gives up the data connection; the next use makes a new one.
    pub(crate) async fn drop_data(&mut self) {
        if let Some(conn) = self.data.take() {
            conn.close().await;
        }
    }

    async fn drop_all(&mut self) {
        self.drop_data().await;
        if let Some(conn) = self.ledger.take() {
            conn.close().await;
        }
    }
}

async fn line<'a>(
    slot: &'a mut Option<Conn>,
    at: &Address,
) -> std::result::Result<&'a mut Conn, sqlx::Error> {
    let conn = match slot.take() {
        Some(conn) => conn,
        None => at.connect().await?,
    };
    Ok(slot.insert(conn))
}

impl Writer {
    /// Runs until it is told to stop or every sender is gone.
    pub(crate) async fn run(self, mut queue: mpsc::Receiver<Ask>) {
        let mut lines = Lines {
            data: None,
            ledger: None,
            data_at: self.data.clone(),
            ledger_at: self.ledger.clone(),
        };
        let mut batch = Vec::with_capacity(BATCH);
        let mut unfinished_erasures = false;
        let mut go_on = true;
        while go_on && queue.recv_many(&mut batch, BATCH).await > 0 {
            let mut jobs = Vec::with_capacity(batch.len());
            for ask in batch.drain(..) {
                match ask {
                    Ask::Stop => go_on = false,
                    // What came after the stop is not accepted: its reply is dropped.
                    _ if !go_on => {}
                    Ask::Plain(plain) => self.plain(&mut lines, plain).await,
                    Ask::Change(job) => jobs.push(*job),
                }
            }
            if unfinished_erasures {
                unfinished_erasures = self.finish_erasures(&mut lines).await.is_err();
            }
            unfinished_erasures |= self.write(&mut lines, jobs).await;
        }
        lines.drop_all().await;
    }

    async fn plain(&self, lines: &mut Lines, job: PlainJob) {
        let done = match self.is_poisoned() {
            true => Err(VaultError::Poisoned { store: self.store }),
            false => self.try_plain(lines, &job).await.map_err(|error| {
                self.poison_on(&error);
                db::translate(self.store, &error)
            }),
        };
        let _ = job.reply.send(done);
    }

    async fn try_plain(
        &self,
        lines: &mut Lines,
        job: &PlainJob,
    ) -> std::result::Result<u64, sqlx::Error> {
        let first = lines.data().await?.exec(job.sql, job.args.clone()).await;
        match first {
            Err(error) if db::is_gone(&error) => {
                lines.drop_data().await;
                lines.data().await?.exec(job.sql, job.args.clone()).await
            }
            done => done,
        }
    }

    /// Writes the changes, all together if it can be. Returns whether erasures were left unfinished.
    async fn write(&self, lines: &mut Lines, jobs: Vec<Job>) -> bool {
        let mut unfinished = false;
        // Halves still to be written; the earlier half lies on top, so that the order of arrival is kept.
        let mut halves = vec![jobs];
        while let Some(mut jobs) = halves.pop() {
            if jobs.is_empty() {
                continue;
            }
            if self.is_poisoned() {
                self.refuse(jobs, &VaultError::Poisoned { store: self.store });
                continue;
            }
            match self.attempt(lines, &mut jobs).await {
                Ok(outcomes) => unfinished |= self.answer(lines, jobs, outcomes).await,
                Err(failure) if jobs.len() > 1 && failure.may_be_one_job() => {
                    halves.push(jobs.split_off(jobs.len() / 2));
                    halves.push(jobs);
                }
                Err(failure) => self.give_up(failure, jobs),
            }
        }
        unfinished
    }

    async fn attempt(
        &self,
        lines: &mut Lines,
        jobs: &mut [Job],
    ) -> std::result::Result<Vec<JobOutcome>, Failure> {
        self.write_wraps(lines, jobs).await?;
        transaction(self.store, lines, jobs).await
    }

    /// Answers changes that were written. An erasure is answered when its key is destroyed.
    async fn answer(&self, lines: &mut Lines, jobs: Vec<Job>, outcomes: Vec<JobOutcome>) -> bool {
        let erases = jobs.iter().any(|job| job.prepared.erases());
        let finished = match erases {
            true => self.finish_erasures(lines).await,
            false => Ok(()),
        };
        for (job, outcome) in jobs.into_iter().zip(outcomes) {
            let answer = match &finished {
                Err(error) if job.prepared.erases() => Err(error.clone()),
                _ => Ok(Reply::Done(outcome)),
            };
            let _ = job.reply.send(answer);
        }
        finished.is_err()
    }

    fn give_up(&self, failure: Failure, jobs: Vec<Job>) {
        let error = match failure {
            Failure::Refused(error) | Failure::Everyone(error) => error,
            Failure::KeyTaken => {
                for job in jobs {
                    let _ = job.reply.send(Ok(Reply::KeyTaken));
                }
                return;
            }
            Failure::Database(e) if db::is_unique(&e) => VaultError::AlreadyDone {
                what: "a record, attachment part or disclosure with this identifier".to_owned(),
            },
            Failure::Database(e) => {
                self.poison_on(&e);
                db::translate(self.store, &e)
            }
        };
        self.refuse(jobs, &error);
    }

    fn refuse(&self, jobs: Vec<Job>, error: &VaultError) {
        for job in jobs {
            let _ = job.reply.send(Err(error.clone()));
        }
    }

    fn is_poisoned(&self) -> bool {
        self.poisoned.load(Ordering::Relaxed)
    }

    fn poison_on(&self, error: &sqlx::Error) {
        if db::is_sync_failure(error) {
            self.poisoned.store(true, Ordering::Relaxed);
            tracing::error!(store = %self.store, "a disk operation failed; the store refuses writes until restarted");
        }
    }

    /// Puts the keys of new records on disk before the records. A key that exists is never replaced: its record
    /// would become unreadable. Keys left behind by a failed attempt open nothing and do no harm.
    async fn write_wraps(
        &self,
        lines: &mut Lines,
        jobs: &mut [Job],
    ) -> std::result::Result<(), Failure> {
        if jobs.iter().all(Job::needs_no_wraps) {
            return Ok(());
        }
        let mut done = try_wraps(lines, jobs).await;
        if matches!(&done, Err(error) if db::is_gone(error)) {
            // Keys written just before the connection broke come back as taken, which is put right above us.
            lines.ledger = None;
            done = try_wraps(lines, jobs).await;
        }
        match done {
            Ok(()) => {
                jobs.iter_mut().for_each(|job| job.has_keys = true);
                Ok(())
            }
            Err(error) if db::is_unique(&error) => Err(Failure::KeyTaken),
            Err(error) => Err(Failure::Database(error)),
        }
    }

    async fn finish_erasures(&self, lines: &mut Lines) -> Result<()> {
        let done = self.try_erasures(lines).await;
        done.map_err(|error| {
            self.poison_on(&error);
            tracing::warn!(store = %self.store, "keys of erased records could not be destroyed yet; it will be tried again");
            VaultError::Database {
                store: self.store,
                why: format!(
                    "the record is erased, but its key could not be destroyed yet ({}); it will be tried again by itself",
                    db::translate(self.store, &error)
                ),
            }
        })
    }

    async fn try_erasures(&self, lines: &mut Lines) -> std::result::Result<(), sqlx::Error> {
        lines.data().await?;
        lines.ledger().await?;
        let (Some(data), Some(keys)) = (lines.data.as_mut(), lines.ledger.as_mut()) else {
            return Ok(());
        };
        let done = ledger::finish_erasures(data, keys, &self.copies, self.store).await;
        if done.is_err() {
            lines.drop_all().await;
        }
        done
    }
}

impl Job {
    fn needs_no_wraps(&self) -> bool {
        self.has_keys || self.prepared.wraps.is_empty()
    }
}

async fn try_wraps(lines: &mut Lines, jobs: &[Job]) -> std::result::Result<(), sqlx::Error> {
    let rows: Vec<Vec<db::Val>> = jobs
        .iter()
        .filter(|job| !job.has_keys)
        .flat_map(|job| &job.prepared.wraps)
        .map(|(id, wrapped)| vec![id.as_str().into(), wrapped.clone().into()])
        .collect();
    let conn = lines.ledger().await?;
    let written = match conn.begin().await {
        Ok(()) => match WRAPS.insert(conn, rows).await {
            Ok(()) => conn.commit().await,
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    if written.is_err() && !conn.rollback().await {
        lines.ledger = None;
    }
    written
}

/// Why a transaction did not happen.
pub(crate) enum Failure {
    /// One change is refused.
    Refused(VaultError),
    /// None of them can be written.
    Everyone(VaultError),
    /// A key of a new record is in the ledger already.
    KeyTaken,
    /// The database failed.
    Database(sqlx::Error),
}

impl Failure {
    /// Whether the others of a batch could succeed without one of them: not when the disk, the connection or the
    /// database as a whole is the matter.
    fn may_be_one_job(&self) -> bool {
        match self {
            Failure::Refused(_) | Failure::KeyTaken => true,
            Failure::Everyone(_) => false,
            Failure::Database(e) => {
                matches!(e, sqlx::Error::Database(_))
                    && !db::is_full(e)
                    && !db::is_gone(e)
                    && !db::is_sync_failure(e)
                    && !db::is_busy(e)
            }
        }
    }
}
