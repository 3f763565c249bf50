//! Restore: a backup file written into an empty place, proved equal, and what was erased since kept erased.

use std::io::Read;
use std::path::Path;

use crate::apply::Into;
use crate::backup::Column::{Blob, BlobOpt, Int, IntOpt, Text, TextOpt};
use crate::backup::{
    BackupReport, Header, MAGIC, STATE_HASH, STORE_END, TABLES, Table, file_error,
};
use crate::db::{Conn, Row, Val};
use crate::frames::FrameReader;
use crate::open::{Addresses, Settings, Where};
use crate::{Change, Context, Keyring, Result, Store, Vault, VaultError, db, ledger};

/// Where to restore to.
pub type RestoreTarget = Settings;

/// A key that was destroyed stays so, whichever of the ledger and the copy knows it.
static WRAPS: Into = Into::new(
    "wraps (record_id, wrapped)",
    2,
    " ON CONFLICT (record_id) DO UPDATE SET wrapped = excluded.wrapped WHERE length(excluded.wrapped) = 0",
);

/// Restores a backup file into an empty place. The key directory is the target's when it holds the right root
/// key, else the one named in the backup. The file is read to its end before anything is written. Proves
/// equality: the state hash is computed from what was written and must be the one in the file. Records that
/// were erased after the backup was made are then erased again.
pub async fn restore(file: &Path, target: RestoreTarget) -> Result<BackupReport> {
    let name = file.display().to_string();
    let (_, header, _) = open_file(file, &name)?;
    let mut target = target;
    target.keys = choose_keys(&target.keys, &header)?;
    let ring = Keyring::open(&target.keys, false, &*target.chance)?;
    let copy_path = ledger::copy_file(&target.keys.copies(), &header.backup);
    if !copy_path.exists() {
        return Err(VaultError::Keys(format!(
            "the ledger copy {} of this backup is missing; without it the records stay sealed",
            copy_path.display()
        )));
    }
    read_through(file, &name, &ring)?;
    let was_empty = !target.place.holds_data();
    let done = write_all(file, &name, &target, &ring, &copy_path).await;
    if let (Err(_), true, Where::Directory(dir)) = (&done, was_empty, &target.place) {
        remove_stores(dir);
    }
    done
}

type OpenFile = (std::io::BufReader<std::fs::File>, Header, String);

/// The file behind its header, the header, and the header's text.
fn open_file(file: &Path, name: &str) -> Result<OpenFile> {
    let opened = std::fs::File::open(file).map_err(|e| file_error(name, e.to_string()))?;
    let mut input = std::io::BufReader::new(opened);
    let (header, text) = read_header(&mut input, name)?;
    Ok((input, header, text))
}

/// Opens every frame of the file, so that a damaged one is refused before anything is written.
fn read_through(file: &Path, name: &str, ring: &Keyring) -> Result<()> {
    let (mut input, _, text) = open_file(file, name)?;
    let mut frames = FrameReader::new(&mut input, ring.backup_key(), &text, name.to_owned());
    loop {
        let (tag, bytes) = frames.row()?;
        let sound = match tag {
            STORE_END => true,
            STATE_HASH => return frames.expect_end(),
            tag => TABLES
                .get(usize::from(tag))
                .is_some_and(|table| decode(table, &bytes).is_some()),
        };
        if !sound {
            return Err(file_error(name, "a row is damaged".to_owned()));
        }
    }
}

async fn write_all(
    file: &Path,
    name: &str,
    target: &Settings,
    ring: &Keyring,
    copy_path: &Path,
) -> Result<BackupReport> {
    let addresses = crate::open::prepare(target, ring).await?;
    let (mut input, header, text) = open_file(file, name)?;
    let mut frames = FrameReader::new(&mut input, ring.backup_key(), &text, name.to_owned());
    for (store, address) in Store::ALL.into_iter().zip(&addresses) {
        write_store(store, address, &mut frames, name, copy_path).await?;
    }
    let (_, wanted) = frames.row()?;
    let vault = Vault::open(target.clone()).await?;
    let report = vault.state_hash().await?;
    let proved = match report.state_hash.as_bytes() == wanted {
        true => erase_again(&vault).await,
        false => Err(file_error(
            name,
            "what was restored differs from what the backup says it holds".to_owned(),
        )),
    };
    vault.close().await;
    proved?;
    Ok(BackupReport {
        ledger_copy: header.backup,
        ..report
    })
}

async fn write_store(
    store: Store,
    address: &Addresses,
    frames: &mut FrameReader<'_>,
    name: &str,
    copy_path: &Path,
) -> Result<()> {
    let fail = |e: sqlx::Error| db::translate(store, &e);
    let mut conn = address.data.connect().await.map_err(fail)?;
    let written = restore_store(&mut conn, store, frames, name).await;
    conn.close().await;
    written?;
    let mut conn = address.ledger.connect().await.map_err(fail)?;
    let written = restore_ledger(&mut conn, store, copy_path).await;
    conn.close().await;
    written
}

/// Takes away the stores of a restore that failed, so that it can be repeated.
fn remove_stores(dir: &Path) {
    for store in Store::ALL {
        for end in ["db", "db-wal", "db-shm"] {
            let _ = std::fs::remove_file(dir.join(format!("{store}.{end}")));
        }
    }
}

/// Erases what the backup still holds of records whose keys were destroyed since: the seals open no more, but
/// index and clear columns would have come back. The entry carries the time of the last one restored.
async fn erase_again(vault: &Vault) -> Result<()> {
    for store in Store::ALL {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let rows = vault
            .pool(store)
            .rows("SELECT at FROM journal ORDER BY seq DESC LIMIT 1", vec![])
            .await
            .map_err(fail)?;
        let Some(row) = rows.first() else {
            continue;
        };
        let context = Context {
            at: crate::vault::at_millis(row.int(0).map_err(fail)?),
            actor: "system".to_owned(),
            role: "system".to_owned(),
            org: String::new(),
            act: "restore".to_owned(),
            purpose: "erasure".to_owned(),
            ground: "art. 17 AVG".to_owned(),
        };
        let mut after = String::new();
        loop {
            let gone = destroyed_after(vault, store, &after).await?;
            let Some(last) = gone.last() else {
                break;
            };
            after.clone_from(last);
            let mut change = Change::new(context.clone());
            for id in still_there(vault, store, &gone).await? {
                change = change.erase(id);
            }
            if !change.is_empty() {
                vault.apply(store, change).await?;
            }
        }
    }
    Ok(())
}

async fn destroyed_after(vault: &Vault, store: Store, after: &str) -> Result<Vec<String>> {
    let fail = |e: sqlx::Error| db::translate(store, &e);
    let sql = "SELECT record_id FROM wraps WHERE record_id > $1 AND length(wrapped) = 0 ORDER BY record_id LIMIT 200";
    let rows = vault
        .ledger_pool(store)
        .rows(sql, vec![after.into()])
        .await
        .map_err(fail)?;
    rows.iter().map(|row| row.text(0).map_err(fail)).collect()
}

async fn still_there(vault: &Vault, store: Store, ids: &[String]) -> Result<Vec<String>> {
    let fail = |e: sqlx::Error| db::translate(store, &e);
    let marks: Vec<String> = (1..=ids.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT id FROM records WHERE erased_at IS NULL AND id IN ({}) ORDER BY id",
        marks.join(", ")
    );
    let args = ids.iter().map(|id| id.as_str().into()).collect();
    let rows = vault.pool(store).rows(&sql, args).await.map_err(fail)?;
    rows.iter().map(|row| row.text(0).map_err(fail)).collect()
}

fn choose_keys(wanted: &crate::KeyDir, header: &Header) -> Result<crate::KeyDir> {
    let fits = |dir: &crate::KeyDir| {
        Keyring::open(dir, false, &crate::OsChance)
            .is_ok_and(|ring| ring.fingerprint() == header.root_key)
    };
    let recorded = crate::KeyDir::at(header.key_directory.clone());
    [wanted.clone(), recorded]
        .into_iter()
        .find(fits)
        .ok_or_else(|| {
            VaultError::Keys(format!(
                "this backup was sealed under root key {}; name the key directory that holds it with --keys (it was {})",
                header.root_key,
                header.key_directory.display()
            ))
        })
}

fn read_header(input: &mut impl std::io::BufRead, name: &str) -> Result<(Header, String)> {
    let not_a_backup = || file_error(name, "not a backup file of Samen".to_owned());
    let mut magic = vec![0u8; MAGIC.len()];
    input.read_exact(&mut magic).map_err(|_| not_a_backup())?;
    if magic != MAGIC {
        return Err(not_a_backup());
    }
    let mut line = Vec::new();
    std::io::BufRead::read_until(&mut input.take(65_536), b'\n', &mut line)
        .map_err(|_| not_a_backup())?;
    let text = String::from_utf8(line).map_err(|_| not_a_backup())?;
    let text = text.strip_suffix('\n').ok_or_else(not_a_backup)?;
    let header = serde_json::from_str(text).map_err(|_| not_a_backup())?;
    Ok((header, text.to_owned()))
}

fn decode(table: &Table, bytes: &[u8]) -> Option<Vec<Val>> {
    let mut rest = bytes;
    let mut out = Vec::with_capacity(table.columns.len());
    for (_, column) in table.columns {
        let (flag, after) = rest.split_first()?;
        rest = after;
        let value = if *flag == 1 {
            let (length, after) = rest.split_at_checked(4)?;
            let length = u32::from_be_bytes(length.try_into().ok()?) as usize;
            let (value, after) = after.split_at_checked(length)?;
            rest = after;
            Some(value)
        } else {
            None
        };
        let int = |v: &[u8]| v.try_into().ok().map(i64::from_be_bytes);
        let text = |v: &[u8]| String::from_utf8(v.to_vec()).ok();
        out.push(match (column, value) {
            (Int, Some(v)) => Val::Int(int(v)?),
            (IntOpt, Some(v)) => Val::IntOpt(Some(int(v)?)),
            (IntOpt, None) => Val::IntOpt(None),
            (Text, Some(v)) => Val::Text(text(v)?),
            (TextOpt, Some(v)) => Val::TextOpt(Some(text(v)?)),
            (TextOpt, None) => Val::TextOpt(None),
            (Blob, Some(v)) => Val::Blob(v.to_vec()),
            (BlobOpt, Some(v)) => Val::BlobOpt(Some(v.to_vec())),
            (BlobOpt, None) => Val::BlobOpt(None),
            _ => return None,
        });
    }
    rest.is_empty().then_some(out)
}

async fn restore_store(
    conn: &mut Conn,
    store: Store,
    frames: &mut FrameReader<'_>,
    name: &str,
) -> Result<()> {
    let fail = |e: sqlx::Error| db::translate(store, &e);
    let rows = conn
        .rows("SELECT count(*) FROM records", vec![])
        .await
        .map_err(fail)?;
    let journal = conn
        .rows("SELECT count(*) FROM journal", vec![])
        .await
        .map_err(fail)?;
    let count = |rows: &[Row]| rows.first().map_or(Ok(0), |r| r.int(0));
    if count(&rows).map_err(fail)? + count(&journal).map_err(fail)? > 0 {
        return Err(VaultError::Database {
            store,
            why: "the place to restore to already holds data; choose an empty one".to_owned(),
        });
    }
    conn.begin().await.map_err(fail)?;
    for table in ["meta", "journal_head"] {
        conn.exec(&format!("DELETE FROM {table}"), vec![])
            .await
            .map_err(fail)?;
    }
    loop {
        let (tag, bytes) = frames.row()?;
        if tag == STORE_END {
            break;
        }
        let damaged = || file_error(name, format!("a row of store {store} is damaged"));
        let table = TABLES.get(usize::from(tag)).ok_or_else(damaged)?;
        let values = decode(table, &bytes).ok_or_else(damaged)?;
        let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
        let marks: Vec<String> = (1..=columns.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "INSERT INTO {} ({}) VALUES ({})",
            table.name,
            columns.join(", "),
            marks.join(", ")
        );
        conn.exec(&sql, values).await.map_err(fail)?;
    }
    crate::counts::rebuild(conn).await.map_err(fail)?;
    crate::journal_index::rebuild(conn).await.map_err(fail)?;
    conn.commit().await.map_err(fail)
}

async fn restore_ledger(conn: &mut Conn, store: Store, copy_path: &Path) -> Result<()> {
    let fail = |e: sqlx::Error| db::translate(store, &e);
    let mut copy = ledger::open_copy(copy_path, false).await?;
    let mut after = String::new();
    conn.begin().await.map_err(fail)?;
    loop {
        let rows = copy
            .rows(
                "SELECT record_id, wrapped FROM copies WHERE store = $1 AND record_id > $2 ORDER BY record_id LIMIT 1000",
                vec![store.name().into(), after.as_str().into()],
            )
            .await
            .map_err(fail)?;
        if rows.is_empty() {
            break;
        }
        let mut values = Vec::with_capacity(rows.len());
        for row in rows {
            after = row.text(0).map_err(fail)?;
            values.push(vec![
                after.as_str().into(),
                row.blob(1).map_err(fail)?.into(),
            ]);
        }
        WRAPS.insert(conn, values).await.map_err(fail)?;
    }
    conn.commit().await.map_err(fail)?;
    copy.close().await;
    Ok(())
}
