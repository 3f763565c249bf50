//! Migrations: numbered, append-only, one text for both databases.

use crate::db::Conn;
use crate::journal::genesis;
use crate::{Result, Store, VaultError, db};

const DATA: &[&str] = &[
    include_str!("../migrations/0001_base.sql"),
    include_str!("../migrations/0002_changed.sql"),
    include_str!("../migrations/0003_journal_records.sql"),
];
/// The step whose table is filled from the journal.
const JOURNAL_RECORDS: i64 = 3;
const LEDGER: &[&str] = &[include_str!("../migrations/ledger_0001_base.sql")];

fn dialect(conn: &Conn, sql: &str) -> String {
    match conn {
        Conn::Sqlite(_) => sql.to_owned(),
        // The "C" collation sorts like SQLite does, so that pages and state hashes agree between the two.
        Conn::Postgres(_) => sql
            .replace("BLOB", "BYTEA")
            .replace("TEXT", "TEXT COLLATE \"C\""),
    }
}

/// Brings a store's data to the newest version; refuses data of a newer program.
pub(crate) async fn migrate_data(conn: &mut Conn, store: Store) -> Result<()> {
    in_one(conn, store, "schema_version", DATA).await
}

/// Brings a key ledger to the newest version.
pub(crate) async fn migrate_ledger(conn: &mut Conn, store: Store) -> Result<()> {
    in_one(conn, store, "ledger_version", LEDGER).await
}

/// All steps in one transaction: a stop halfway leaves the old version whole, and of two programs that start
/// at once the second finds the work done.
async fn in_one(conn: &mut Conn, store: Store, table: &str, steps: &[&str]) -> Result<()> {
    let fail = |e: sqlx::Error| db::translate(store, &e);
    conn.begin().await.map_err(fail)?;
    let result = match run(conn, store, table, steps).await {
        Ok(()) => conn.commit().await.map_err(fail),
        Err(error) => Err(error),
    };
    if result.is_err() {
        conn.rollback().await;
    }
    result
}

async fn run(conn: &mut Conn, store: Store, table: &str, steps: &[&str]) -> Result<()> {
    let fail = |e: sqlx::Error| db::translate(store, &e);
    if let Conn::Postgres(_) = conn {
        // SQLite has locked the file by now.
        conn.rows("SELECT 1 FROM pg_advisory_xact_lock(7036002)", vec![])
            .await
            .map_err(fail)?;
    }
    conn.script(&format!(
        "CREATE TABLE IF NOT EXISTS {table} (version BIGINT PRIMARY KEY)"
    ))
    .await
    .map_err(fail)?;
    let sql = format!("SELECT version FROM {table} ORDER BY version");
    let done = conn.rows(&sql, vec![]).await.map_err(fail)?.len();
    if done > steps.len() {
        return Err(VaultError::Database {
            store,
            why: format!(
                "the data has version {done}, this program knows {}; use the newer program",
                steps.len()
            ),
        });
    }
    for (at, step) in steps.iter().enumerate().skip(done) {
        let number = i64::try_from(at + 1).unwrap_or(i64::MAX);
        let sql = dialect(conn, step);
        conn.script(&sql).await.map_err(fail)?;
        if table == "schema_version" && number == JOURNAL_RECORDS {
            crate::journal_index::rebuild(conn).await.map_err(fail)?;
        }
        let sql = format!("INSERT INTO {table} (version) VALUES ($1)");
        conn.exec(&sql, vec![number.into()]).await.map_err(fail)?;
    }
    if done == 0 && table == "schema_version" {
        conn.exec(
            "INSERT INTO journal_head (one, seq, hash) VALUES (1, 0, $1)",
            vec![genesis(store).to_vec().into()],
        )
        .await
        .map_err(fail)?;
    }
    Ok(())
}
