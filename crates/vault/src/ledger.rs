//! The ledger of wrapped record keys: kept apart from the records, so that a copy of the data without it is
//! unreadable and an emptied row erases a record in every backup.

use std::collections::HashMap;
use std::path::Path;

use crate::db::{Address, Conn, Pool, Row, Val};
use crate::prepare::KnownKeys;
use crate::{Keyring, Result, Store, VaultError, db};

type DbResult<T> = std::result::Result<T, sqlx::Error>;

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
            let wrapped = row.blob(1).map_err(read)?;
            if wrapped.is_empty() {
                continue;
            }
            let key = ring.unwrap_record_key(store, &id, &wrapped)?;
            out.insert(id, key);
        }
    }
    Ok(out)
}

/// Whether the key of a record was destroyed, as against lost.
pub(crate) async fn is_destroyed(pool: &Pool, store: Store, id: &str) -> Result<bool> {
    let fail = |e: sqlx::Error| db::translate(store, &e);
    let rows = pool
        .rows(
            "SELECT wrapped FROM wraps WHERE record_id = $1",
            vec![id.into()],
        )
        .await
        .map_err(fail)?;
    Ok(match rows.first() {
        Some(row) => row.blob(0).map_err(fail)?.is_empty(),
        None => false,
    })
}

/// Destroys the keys of erased records in the ledger and in the ledger copies of backups. What could not be
/// done stays listed and is tried again.
pub(crate) async fn finish_erasures(
    data: &mut Conn,
    ledger: &mut Conn,
    copies: &Path,
    store: Store,
) -> DbResult<()> {
    let ids: Vec<String> = data
        .rows("SELECT record_id FROM erasures ORDER BY record_id", vec![])
        .await?
        .iter()
        .map(|row| row.text(0))
        .collect::<DbResult<_>>()?;
    if ids.is_empty() {
        return Ok(());
    }
    destroy(ledger, &ids).await?;
    destroy_in_copies(copies, store, &ids).await?;
    data.begin().await?;
    for id in ids {
        let sql = "DELETE FROM erasures WHERE record_id = $1";
        if let Err(error) = data.exec(sql, vec![id.into()]).await {
            data.rollback().await;
            return Err(error);
        }
    }
    data.commit().await
}

/// Empties wrapped keys and leaves no copy of the old bytes in the database's own files.
async fn destroy(ledger: &mut Conn, ids: &[String]) -> DbResult<()> {
    ledger.begin().await?;
    for id in ids {
        let sql = "INSERT INTO wraps (record_id, wrapped) VALUES ($1, $2) ON CONFLICT (record_id) DO UPDATE SET wrapped = excluded.wrapped";
        let args = vec![id.as_str().into(), Vec::new().into()];
        if let Err(error) = ledger.exec(sql, args).await {
            ledger.rollback().await;
            return Err(error);
        }
    }
    ledger.commit().await?;
    match ledger {
        // secure_delete zeroes the page; the write-ahead log must not keep the old one.
        Conn::Sqlite(_) => empty_log(ledger).await,
        Conn::Postgres(_) => ledger.exec("VACUUM wraps", vec![]).await.map(|_| ()),
    }
}

/// Writes the whole write-ahead log into the file and cuts it to nothing; a reader that is in the way is
/// an error, since the old bytes would stay.
async fn empty_log(conn: &mut Conn) -> DbResult<()> {
    let rows = conn.rows("PRAGMA wal_checkpoint(TRUNCATE)", vec![]).await?;
    match rows.first().map(|row| row.int(0)).transpose()? {
        Some(0) => Ok(()),
        _ => Err(sqlx::Error::Protocol(
            "a reader keeps the old log in use".to_owned(),
        )),
    }
}

/// Empties wrapped keys in the ledger copies that belong to backups. Every copy is tried, also after one failed.
async fn destroy_in_copies(copies: &Path, store: Store, ids: &[String]) -> DbResult<()> {
    let mut worst = Ok(());
    for path in copy_files(copies) {
        let done = destroy_in_copy(&path, store, ids).await;
        if let Err(error) = done {
            tracing::warn!(copy = %path.display(), store = %store, "erased keys could not be removed from a backup's ledger copy; it will be tried again");
            worst = Err(error);
        }
    }
    worst
}

async fn destroy_in_copy(path: &Path, store: Store, ids: &[String]) -> DbResult<()> {
    let mut copy = Address::sqlite(path, false).connect().await?;
    let done = empty_in_copy(&mut copy, store, ids).await;
    copy.close().await;
    done
}

async fn empty_in_copy(copy: &mut Conn, store: Store, ids: &[String]) -> DbResult<()> {
    copy.begin().await?;
    for id in ids {
        copy.exec(
            "INSERT INTO copies (store, record_id, wrapped) VALUES ($1, $2, $3) ON CONFLICT (store, record_id) DO UPDATE SET wrapped = excluded.wrapped",
            vec![store.name().into(), id.as_str().into(), Vec::new().into()],
        )
        .await?;
    }
    copy.commit().await?;
    empty_log(copy).await
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
    let mut conn = Address::sqlite(path, create)
        .connect()
        .await
        .map_err(fail)?;
    conn.script("CREATE TABLE IF NOT EXISTS copies (store TEXT NOT NULL, record_id TEXT NOT NULL, wrapped BLOB NOT NULL, PRIMARY KEY (store, record_id))")
        .await
        .map_err(fail)?;
    Ok(conn)
}
