//! One transaction over many changes: locks the store's chain, applies each change, writes the new head, commits.
//! When the connection breaks, finds out what became of it, so that every change gets a true answer.

use std::time::Duration;

use crate::apply::{JobOutcome, Pending, apply_one, flush};
use crate::db::{self, Conn};
use crate::writer::{Failure, Job, Lines};
use crate::{Store, VaultError};

/// How often and how long apart the database is asked what became of a commit whose answer was lost: half a
/// minute in all, which a restart or a fail-over takes at most.
const ASK_TIMES: usize = 60;
const ASK_EVERY: Duration = Duration::from_millis(500);

/// The position and hash of the last entry of a chain.
type ChainHead = (i64, Vec<u8>);

enum Tried {
    Done(Vec<JobOutcome>),
    /// Nothing was committed.
    Failed(Failure),
    /// The commit was sent and its answer lost.
    Unknown(Vec<JobOutcome>, ChainHead, sqlx::Error),
}

/// All changes in one transaction. It is tried again when PostgreSQL gave it up in favour of another, and
/// when the connection broke before anything was committed.
pub(crate) async fn transaction(
    store: Store,
    lines: &mut Lines,
    jobs: &[Job],
) -> Result<Vec<JobOutcome>, Failure> {
    let mut left = 3;
    loop {
        let failure = match try_once(store, lines, jobs).await {
            Tried::Done(outcomes) => return Ok(outcomes),
            Tried::Failed(failure) => failure,
            Tried::Unknown(outcomes, head, error) => match ask_until_known(lines, &head).await {
                Some(true) => return Ok(outcomes),
                Some(false) => Failure::Database(error),
                None => return Err(Failure::Everyone(unknown(store))),
            },
        };
        let again =
            matches!(&failure, Failure::Database(e) if db::is_transient(e) || db::is_gone(e));
        if !again || left == 0 {
            return Err(failure);
        }
        left -= 1;
    }
}

fn unknown(store: Store) -> VaultError {
    VaultError::Database {
        store,
        why: "the connection broke while the change was being written and the database does not come back; whether it was accepted is not known: repeat it with the same idempotency key".to_owned(),
    }
}

async fn try_once(store: Store, lines: &mut Lines, jobs: &[Job]) -> Tried {
    let tried = match lines.data().await {
        Ok(conn) => on_connection(store, conn, jobs).await,
        // No connection was made, so there is none to break: not worth trying again.
        Err(error) => return Tried::Failed(Failure::Everyone(db::translate(store, &error))),
    };
    match tried {
        (tried, true) => tried,
        (tried, false) => {
            lines.drop_data().await;
            tried
        }
    }
}

/// Returns as well whether the connection may be used again.
async fn on_connection(store: Store, conn: &mut Conn, jobs: &[Job]) -> (Tried, bool) {
    let applied = match conn.begin().await {
        Ok(()) => apply_all(store, conn, jobs).await,
        Err(error) => Err(Failure::Database(error)),
    };
    let (outcomes, head) = match applied {
        Ok(done) => done,
        Err(failure) => {
            let usable = conn.rollback().await;
            return (Tried::Failed(failure), usable);
        }
    };
    match conn.commit().await {
        Ok(()) => (Tried::Done(outcomes), true),
        Err(error) if db::is_gone(&error) => (Tried::Unknown(outcomes, head, error), false),
        Err(error) => {
            let usable = conn.rollback().await;
            (Tried::Failed(Failure::Database(error)), usable)
        }
    }
}

async fn apply_all(
    store: Store,
    conn: &mut Conn,
    jobs: &[Job],
) -> Result<(Vec<JobOutcome>, ChainHead), Failure> {
    let mut head = match lock_chain(conn).await.map_err(Failure::Database)? {
        Some(head) => head,
        None => return Err(no_head(store)),
    };
    let before = head.0;
    let mut pending = Pending::default();
    let mut outcomes = Vec::with_capacity(jobs.len());
    let alone = jobs.len() == 1;
    for job in jobs {
        let outcome = apply_one(store, conn, &job.prepared, &mut head, &mut pending, alone).await?;
        outcomes.push(outcome);
    }
    flush(conn, &mut pending).await?;
    pending
        .counted
        .write(conn)
        .await
        .map_err(Failure::Database)?;
    if head.0 > before {
        conn.exec(
            "UPDATE journal_head SET seq = $1, hash = $2 WHERE one = 1",
            vec![head.0.into(), head.1.clone().into()],
        )
        .await
        .map_err(Failure::Database)?;
    }
    Ok((outcomes, head))
}

/// Locks the chain until the end of the transaction and returns its head. The same text locks it on both
/// databases: SQLite has the whole file locked already, PostgreSQL locks the row against other processes.
async fn lock_chain(conn: &mut Conn) -> Result<Option<ChainHead>, sqlx::Error> {
    let rows = conn
        .rows(
            "UPDATE journal_head SET seq = seq WHERE one = 1 RETURNING seq, hash",
            vec![],
        )
        .await?;
    match rows.first() {
        Some(row) => Ok(Some((row.int(0)?, row.blob(1)?))),
        None => Ok(None),
    }
}

fn no_head(store: Store) -> Failure {
    Failure::Everyone(VaultError::Database {
        store,
        why: "the journal has no head; restore the store from its backup".to_owned(),
    })
}

/// Whether the entry that was to be the chain's head is there; `None` when the database does not come back.
async fn ask_until_known(lines: &mut Lines, head: &ChainHead) -> Option<bool> {
    for _ in 0..ASK_TIMES {
        match was_committed(lines, head).await {
            Ok(known) => return Some(known),
            Err(_) => {
                lines.drop_data().await;
                tokio::time::sleep(ASK_EVERY).await;
            }
        }
    }
    None
}

async fn was_committed(lines: &mut Lines, head: &ChainHead) -> Result<bool, sqlx::Error> {
    let conn = lines.data().await?;
    conn.begin().await?;
    // Waits for the server's old half of the broken connection, if that is still committing.
    lock_chain(conn).await?;
    let rows = conn
        .rows(
            "SELECT hash FROM journal WHERE seq = $1",
            vec![head.0.into()],
        )
        .await?;
    let found = rows.first().map(|row| row.blob(0)).transpose()?;
    conn.exec("ROLLBACK", vec![]).await?;
    Ok(found.as_ref() == Some(&head.1))
}
