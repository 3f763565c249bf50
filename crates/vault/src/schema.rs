//! Migrations: numbered, append-only, one text for both databases.

use crate::db::Conn;
use crate::journal::genesis;
use crate::{Result, Store, VaultError, db};

const DATA: &[&str] = &[include_str!("../migrations/0001_base.sql")];
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
    run(conn, store, "schema_version", DATA).await?;
    let fail = |e: sqlx::Error| db::translate(store, &e);
    conn.exec(
        "INSERT INTO journal_head (one, seq, hash) VALUES (1, 0, $1) ON CONFLICT DO NOTHING",
        vec![genesis(store).to_vec().into()],
    )
    .await
    .map_err(fail)?;
    Ok(())
}

/// Brings a key ledger to the newest version.
pub(crate) async fn migrate_ledger(conn: &mut Conn, store: Store) -> Result<()> {
    run(conn, store, "ledger_version", LEDGER).await
}

async fn run(conn: &mut Conn, store: Store, table: &str, steps: &[&str]) -> Result<()> {
    let fail = |e: sqlx::Error| db::translate(store, &e);
    conn.script(&format!(
        "CREATE TABLE IF NOT EXISTS {table} (version BIGINT PRIMARY KEY)"
    ))
    .await
    .map_err(fail)?;
    let rows = conn
        .rows(
            &format!("SELECT version FROM {table} ORDER BY version"),
            vec![],
        )
        .await
        .map_err(fail)?;
    let done = rows.len();
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
        conn.begin().await.map_err(fail)?;
        let sql = dialect(conn, step);
        let number = i64::try_from(at + 1).unwrap_or(i64::MAX);
        let result = async {
            conn.script(&sql).await?;
            conn.exec(
                &format!("INSERT INTO {table} (version) VALUES ($1)"),
                vec![number.into()],
            )
            .await?;
            conn.commit().await
        }
        .await;
        if let Err(error) = result {
            conn.rollback().await;
            return Err(fail(error));
        }
    }
    Ok(())
}
