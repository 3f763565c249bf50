//! The ledger of wrapped record keys: kept apart from the records, so that a copy of the data without it is
//! unreadable and a deleted row erases a record in every backup.

use std::collections::HashMap;
use std::path::Path;

use crate::db::{Address, Conn, Pool, Row, Val};
use crate::prepare::KnownKeys;
use crate::{Keyring, Result, Store, VaultError, db};

/// The keys of these records; records without a key (erased) are left out.
pub(crate) async fn keys(
    pool: &Pool,
    store: Store,
    ring: &Keyring,
    ids: &[String],
) -> Result<KnownKeys> {
    let mut out = HashMap::with_capacity(ids.len());
    for group in ids.chunks(50) {
        let marks: Vec<String> = (1..=group.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "SELECT record_id, wrapped FROM wraps WHERE record_id IN ({})",
            marks.join(", ")
        );
        let args: Vec<Val> = group.iter().map(|id| id.as_str().into()).collect();
        let rows: Vec<Row> = pool
            .rows(&sql, args)
            .await
            .map_err(|e| db::translate(store, &e))?;
        for row in rows {
            let read = |e: sqlx::Error| db::translate(store, &e);
            let id = row.text(0).map_err(read)?;
            let key = ring.unwrap_record_key(store, &id, &row.blob(1).map_err(read)?)?;
            out.insert(id, key);
        }
    }
    Ok(out)
}

/// Deletes wrapped keys and leaves no copy of the deleted bytes in the database's own files.
pub(crate) async fn destroy(
    ledger: &mut Conn,
    ids: &[String],
) -> std::result::Result<(), sqlx::Error> {
    for id in ids {
        ledger
            .exec(
                "DELETE FROM wraps WHERE record_id = $1",
                vec![id.as_str().into()],
            )
            .await?;
    }
    match ledger {
        // secure_delete zeroes the page; the write-ahead log must not keep the old one.
        Conn::Sqlite(_) => ledger
            .rows("PRAGMA wal_checkpoint(TRUNCATE)", vec![])
            .await
            .map(|_| ()),
        Conn::Postgres(_) => ledger.exec("VACUUM wraps", vec![]).await.map(|_| ()),
    }
}

/// Deletes wrapped keys from the ledger copies that belong to backups.
pub(crate) async fn destroy_in_copies(
    copies: &Path,
    store: Store,
    ids: &[String],
) -> std::result::Result<(), sqlx::Error> {
    for path in copy_files(copies) {
        let mut copy = Address::sqlite(&path).connect().await?;
        copy.begin().await?;
        for id in ids {
            copy.exec(
                "DELETE FROM copies WHERE store = $1 AND record_id = $2",
                vec![store.name().into(), id.as_str().into()],
            )
            .await?;
        }
        copy.commit().await?;
        copy.rows("PRAGMA wal_checkpoint(TRUNCATE)", vec![]).await?;
        copy.close().await;
    }
    Ok(())
}

fn copy_files(copies: &Path) -> Vec<std::path::PathBuf> {
    std::fs::read_dir(copies)
        .map(|dir| {
            dir.filter_map(|entry| entry.ok().map(|e| e.path()))
                .filter(|path| path.extension().is_some_and(|e| e == "ledger"))
                .collect()
        })
        .unwrap_or_default()
}

/// The file of a backup's ledger copy.
pub(crate) fn copy_file(copies: &Path, backup: &str) -> std::path::PathBuf {
    copies.join(format!("{backup}.ledger"))
}

/// Opens (making it when asked) a ledger copy.
pub(crate) async fn open_copy(path: &Path, create: bool) -> Result<Conn> {
    let fail = |e: sqlx::Error| VaultError::File {
        file: path.display().to_string(),
        what: match e {
            sqlx::Error::Database(_) => "not a readable ledger copy".to_owned(),
            _ => "cannot be opened".to_owned(),
        },
    };
    let mut conn = match Address::sqlite(path) {
        Address::Sqlite(o) => Address::Sqlite(o.create_if_missing(create))
            .connect()
            .await
            .map_err(fail)?,
        other => other.connect().await.map_err(fail)?,
    };
    conn.script("CREATE TABLE IF NOT EXISTS copies (store TEXT NOT NULL, record_id TEXT NOT NULL, wrapped BLOB NOT NULL, PRIMARY KEY (store, record_id))")
        .await
        .map_err(fail)?;
    Ok(conn)
}
