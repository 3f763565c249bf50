//! The one writer of a store: takes the changes that wait, writes them in one transaction (group commit) and
//! answers each. A change that fails is taken out and the others are written without it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::{mpsc, oneshot};

use crate::apply::{JobOutcome, apply_one, flush};
use crate::db::{self, Address, Conn};
use crate::prepare::Prepared;
use crate::{Result, Store, VaultError};

/// At most this many changes share a transaction: enough to spread the cost of a sync, few enough that no
/// one waits long.
const BATCH: usize = 128;

pub(crate) struct Job {
    pub(crate) prepared: Prepared,
    pub(crate) reply: oneshot::Sender<Result<JobOutcome>>,
}

/// What the writer is asked.
pub(crate) enum Ask {
    Change(Box<Job>),
    Plain(PlainJob),
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

struct Open {
    data: Conn,
    ledger: Conn,
}

impl Writer {
    /// Runs until every sender is gone.
    pub(crate) async fn run(self, mut queue: mpsc::Receiver<Ask>) {
        let mut open: Option<Open> = None;
        let mut batch = Vec::with_capacity(BATCH);
        while queue.recv_many(&mut batch, BATCH).await > 0 {
            if self.poisoned.load(Ordering::Relaxed) {
                refuse(batch.drain(..), &VaultError::Poisoned { store: self.store });
                continue;
            }
            let connection = match open.take() {
                Some(connection) => Ok(connection),
                None => self.connect().await,
            };
            match connection {
                Err(error) => refuse(batch.drain(..), &db::translate(self.store, &error)),
                Ok(mut connection) => {
                    let keep = self.serve(&mut connection, &mut batch).await;
                    if keep {
                        open = Some(connection);
                    } else {
                        connection.data.close().await;
                        connection.ledger.close().await;
                    }
                }
            }
        }
        if let Some(connection) = open {
            connection.data.close().await;
            connection.ledger.close().await;
        }
    }

    async fn connect(&self) -> std::result::Result<Open, sqlx::Error> {
        let mut open = Open {
            data: self.data.connect().await?,
            ledger: self.ledger.connect().await?,
        };
        self.finish_erasures(&mut open).await?;
        Ok(open)
    }

    /// Writes one batch. Returns whether the connections can go on being used.
    async fn serve(&self, open: &mut Open, batch: &mut Vec<Ask>) -> bool {
        let mut jobs = Vec::with_capacity(batch.len());
        let mut keep = true;
        for ask in batch.drain(..) {
            match ask {
                Ask::Change(job) => jobs.push(*job),
                Ask::Plain(plain) => {
                    let done = open.data.exec(plain.sql, plain.args).await;
                    keep &= !done.as_ref().is_err_and(db::is_gone);
                    let _ = plain
                        .reply
                        .send(done.map_err(|e| db::translate(self.store, &e)));
                }
            }
        }
        if jobs.is_empty() {
            return keep;
        }
        keep && self.write(open, jobs).await
    }

    async fn write(&self, open: &mut Open, jobs: Vec<Job>) -> bool {
        let erases = jobs.iter().any(|job| job.prepared.erases());
        let first = match self.write_wraps(&mut open.ledger, &jobs).await {
            Ok(()) => self.transaction(open, &jobs).await.map_err(|e| (e, true)),
            Err(failure) => Err((failure, false)),
        };
        let keep = match first {
            Ok(outcomes) => {
                for (job, outcome) in jobs.into_iter().zip(outcomes) {
                    let _ = job.reply.send(Ok(outcome));
                }
                true
            }
            Err((failure, wrapped)) if failure.may_be_one_job() => {
                self.one_by_one(open, jobs, wrapped).await
            }
            Err((failure, _)) => self.give_up(&failure, jobs.into_iter()),
        };
        if keep && erases {
            return self.finish_erasures(open).await.is_ok();
        }
        keep
    }

    /// Each change in a transaction of its own; `wrapped` when the keys of all are in the ledger already.
    async fn one_by_one(&self, open: &mut Open, jobs: Vec<Job>, wrapped: bool) -> bool {
        let mut jobs = jobs.into_iter();
        while let Some(job) = jobs.next() {
            let single = std::slice::from_ref(&job);
            let ready = match wrapped {
                true => Ok(()),
                false => self.write_wraps(&mut open.ledger, single).await,
            };
            let done = match ready {
                Ok(()) => self.transaction(open, single).await,
                Err(failure) => Err(failure),
            };
            match done {
                Ok(mut outcomes) => {
                    if let Some(outcome) = outcomes.pop() {
                        let _ = job.reply.send(Ok(outcome));
                    }
                }
                Err(failure) => {
                    let go_on = self.give_up(&failure, std::iter::once(job));
                    if !go_on {
                        return self.give_up(&failure, jobs);
                    }
                }
            }
        }
        true
    }

    /// Answers with the failure. Returns whether the connection may be used again.
    fn give_up(&self, failure: &Failure, jobs: impl Iterator<Item = Job>) -> bool {
        let (error, keep) = match failure {
            Failure::Refused(error) => (error.clone(), true),
            Failure::Database(e) if db::is_unique(e) => {
                let what = "a record, timer or receipt with this identifier".to_owned();
                (VaultError::AlreadyDone { what }, true)
            }
            Failure::Database(e) => {
                if db::is_sync_failure(e) {
                    self.poisoned.store(true, Ordering::Relaxed);
                    tracing::error!(store = %self.store, "a disk operation failed; the store refuses writes until restarted");
                }
                let keep = !db::is_gone(e) && !db::is_sync_failure(e);
                (db::translate(self.store, e), keep)
            }
        };
        for job in jobs {
            let _ = job.reply.send(Err(error.clone()));
        }
        keep
    }

    /// All jobs in one transaction, tried again when PostgreSQL gave it up in favour of another.
    async fn transaction(
        &self,
        open: &mut Open,
        jobs: &[Job],
    ) -> std::result::Result<Vec<JobOutcome>, Failure> {
        let mut done = self.try_transaction(open, jobs).await;
        for _ in 0..3 {
            if !matches!(&done, Err(Failure::Database(e)) if db::is_transient(e)) {
                break;
            }
            done = self.try_transaction(open, jobs).await;
        }
        done
    }

    async fn try_transaction(
        &self,
        open: &mut Open,
        jobs: &[Job],
    ) -> std::result::Result<Vec<JobOutcome>, Failure> {
        open.data.begin().await.map_err(Failure::Database)?;
        let done = match self.apply_all(&mut open.data, jobs).await {
            Ok(outcomes) => {
                let committed = open.data.commit().await;
                committed.map(|()| outcomes).map_err(Failure::Database)
            }
            Err(failure) => Err(failure),
        };
        if done.is_err() {
            open.data.rollback().await;
        }
        done
    }

    async fn apply_all(
        &self,
        conn: &mut Conn,
        jobs: &[Job],
    ) -> std::result::Result<Vec<JobOutcome>, Failure> {
        // The same text locks the chain on both databases: SQLite by its write lock, PostgreSQL by the row.
        let rows = conn
            .rows(
                "UPDATE journal_head SET seq = seq WHERE one = 1 RETURNING seq, hash",
                vec![],
            )
            .await
            .map_err(Failure::Database)?;
        let row = rows.first().ok_or_else(|| self.no_head())?;
        let mut head = (
            row.int(0).map_err(Failure::Database)?,
            row.blob(1).map_err(Failure::Database)?,
        );
        let mut pending = crate::apply::Pending::default();
        let mut outcomes = Vec::with_capacity(jobs.len());
        let alone = jobs.len() == 1;
        for job in jobs {
            outcomes.push(
                apply_one(
                    self.store,
                    conn,
                    &job.prepared,
                    &mut head,
                    &mut pending,
                    alone,
                )
                .await?,
            );
        }
        flush(conn, &mut pending).await?;
        conn.exec(
            "UPDATE journal_head SET seq = $1, hash = $2 WHERE one = 1",
            vec![head.0.into(), head.1.into()],
        )
        .await
        .map_err(Failure::Database)?;
        Ok(outcomes)
    }

    fn no_head(&self) -> Failure {
        Failure::Refused(VaultError::Database {
            store: self.store,
            why: "the journal has no head; restore the store from its backup".to_owned(),
        })
    }

    /// Puts the keys of new records on disk before the records. A key that exists is never replaced: its record
    /// would become unreadable. Keys left behind by a failed attempt open nothing and do no harm.
    async fn write_wraps(
        &self,
        ledger: &mut Conn,
        jobs: &[Job],
    ) -> std::result::Result<(), Failure> {
        let rows: Vec<Vec<db::Val>> = jobs
            .iter()
            .flat_map(|job| &job.prepared.wraps)
            .map(|(id, wrapped)| vec![id.as_str().into(), wrapped.clone().into()])
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        ledger.begin().await.map_err(Failure::Database)?;
        let sql = "INSERT INTO wraps (record_id, wrapped) VALUES";
        let written = match crate::apply::insert_many(ledger, sql, "", rows).await {
            Ok(()) => ledger.commit().await,
            Err(error) => Err(error),
        };
        if let Err(error) = written {
            ledger.rollback().await;
            return Err(Failure::Database(error));
        }
        Ok(())
    }

    /// Destroys the keys of erased records in the ledger and in the ledger copies of backups.
    async fn finish_erasures(&self, open: &mut Open) -> std::result::Result<(), sqlx::Error> {
        let ids: Vec<String> = open
            .data
            .rows("SELECT record_id FROM erasures ORDER BY record_id", vec![])
            .await?
            .iter()
            .map(|row| row.text(0))
            .collect::<std::result::Result<_, _>>()?;
        if ids.is_empty() {
            return Ok(());
        }
        crate::ledger::destroy(&mut open.ledger, &ids).await?;
        crate::ledger::destroy_in_copies(&self.copies, self.store, &ids).await?;
        for id in ids {
            open.data
                .exec("DELETE FROM erasures WHERE record_id = $1", vec![id.into()])
                .await?;
        }
        Ok(())
    }
}

/// Why a transaction did not happen.
pub(crate) enum Failure {
    /// One change is refused.
    Refused(VaultError),
    /// The database failed.
    Database(sqlx::Error),
}

impl Failure {
    /// Whether the others of a batch could succeed without one of them.
    fn may_be_one_job(&self) -> bool {
        match self {
            Failure::Refused(_) => true,
            Failure::Database(e) => db::is_unique(e),
        }
    }
}

fn refuse(asks: impl Iterator<Item = Ask>, error: &VaultError) {
    for ask in asks {
        match ask {
            Ask::Change(job) => drop(job.reply.send(Err(error.clone()))),
            Ask::Plain(plain) => drop(plain.reply.send(Err(error.clone()))),
        }
    }
}
