//! Backup and restore: a consistent copy of every store in one sealed file, without the record keys.
//!
//! The file holds sealed records, indexes, journals, clocks and disclosures; the record keys go to a ledger
//! copy in the key directory, so that destroying a key reaches every backup, and a stolen backup file
//! cannot be read. Either kind of store can be restored from either kind's backup.

use std::io::Write;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::apply::Into;
use crate::db::{Conn, Row, Val};
use crate::frames::{Frames, Sink};
use crate::{Result, Store, Vault, VaultError, db, ledger, seal};

pub(crate) const MAGIC: &[u8] = b"SAMEN-BACKUP-1\n";
/// Marks the end of a store's rows.
pub(crate) const STORE_END: u8 = u8::MAX;
/// Marks the state hash behind the last store.
pub(crate) const STATE_HASH: u8 = u8::MAX - 1;

static COPIES: Into = Into::new("copies (record_id, store, wrapped)", 3, "");

/// What a backup or restore made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupReport {
    /// Hash over every row of every store, in fixed order.
    pub state_hash: String,
    /// Rows in all tables.
    pub rows: u64,
    /// Name of the ledger copy in the key directory.
    pub ledger_copy: String,
}

#[derive(Clone, Copy)]
pub(crate) enum Column {
    Int,
    Text,
    TextOpt,
    IntOpt,
    Blob,
    BlobOpt,
}

pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [(&'static str, Column)],
    order: &'static str,
}

impl Table {
    /// How many rows are held in memory at once: parts of attachments are large.
    fn page(&self) -> usize {
        match self.name {
            "parts" => 16,
            "records" => 200,
            _ => 2000,
        }
    }
}

use Column::{Blob, BlobOpt, Int, IntOpt, Text, TextOpt};

pub(crate) const TABLES: &[Table] = &[
    Table {
        name: "meta",
        columns: &[("name", Text), ("value", Text)],
        order: "name",
    },
    Table {
        name: "records",
        columns: &[
            ("id", Text),
            ("kind", Text),
            ("schema_version", Int),
            ("version", Int),
            ("state", Text),
            ("org", TextOpt),
            ("region", TextOpt),
            ("assignee", TextOpt),
            ("parent", TextOpt),
            ("due_at", Int),
            ("created_at", Int),
            ("updated_at", Int),
            ("summary", BlobOpt),
            ("sealed", BlobOpt),
            ("erased_at", IntOpt),
        ],
        order: "id",
    },
    Table {
        name: "terms",
        columns: &[("digest", Blob), ("record_id", Text), ("kind", Text)],
        order: "digest, record_id",
    },
    Table {
        name: "journal",
        columns: &[
            ("seq", Int),
            ("at", Int),
            ("actor", Text),
            ("act", Text),
            ("subject", TextOpt),
            ("entry", Text),
            ("hash", Blob),
        ],
        order: "seq",
    },
    Table {
        name: "journal_head",
        columns: &[("one", Int), ("seq", Int), ("hash", Blob)],
        order: "one",
    },
    Table {
        name: "timers",
        columns: &[
            ("id", Text),
            ("due_at", Int),
            ("kind", Text),
            ("record_id", Text),
            ("attempts", Int),
        ],
        order: "id",
    },
    Table {
        name: "outbox",
        columns: &[
            ("id", Text),
            ("target", Text),
            ("created_at", Int),
            ("delivered_at", IntOpt),
            ("attempts", Int),
        ],
        order: "id",
    },
    Table {
        name: "inbox",
        columns: &[("id", Text), ("received_at", Int)],
        order: "id",
    },
    Table {
        name: "receipts",
        columns: &[("id", Blob), ("sealed", Blob), ("expires_at", Int)],
        order: "id",
    },
    Table {
        name: "parts",
        columns: &[("record_id", Text), ("number", Int), ("sealed", Blob)],
        order: "record_id, number",
    },
    Table {
        name: "erasures",
        columns: &[("record_id", Text)],
        order: "record_id",
    },
];

#[derive(Serialize, Deserialize)]
pub(crate) struct Header {
    pub(crate) root_key: String,
    pub(crate) backup: String,
    pub(crate) key_directory: PathBuf,
}

impl Vault {
    /// Writes a consistent copy to `out`: every store is seen at the same moment, so that no disclosure is
    /// delivered in one and not received in the other. `id` names the ledger copy and must be new.
    pub async fn backup(
        &self,
        out: &mut (dyn Write + Send),
        file: &str,
        id: &str,
    ) -> Result<BackupReport> {
        let io = |e: std::io::Error| file_error(file, e.to_string());
        let inner = self.inner();
        let copy = ledger::copy_file(&inner.settings.keys.copies(), id);
        if id.contains(['/', '\\']) || copy.exists() {
            return Err(file_error(
                &copy.display().to_string(),
                "this backup exists already; give the new one another name".to_owned(),
            ));
        }
        let header = Header {
            root_key: self.keyring().fingerprint(),
            backup: id.to_owned(),
            key_directory: std::path::absolute(inner.settings.keys.path()).map_err(io)?,
        };
        out.write_all(MAGIC).map_err(io)?;
        let text = serde_json::to_string(&header).map_err(|e| file_error(file, e.to_string()))?;
        out.write_all(format!("{text}\n").as_bytes()).map_err(io)?;
        let mut frames = Frames::new(out, inner.ring.backup_key(), &text, &*inner.chance);
        let state = self.copy_stores(&mut frames, file).await?;
        let report = state.report(id);
        frames
            .row(STATE_HASH, report.state_hash.as_bytes())
            .and_then(|()| frames.finish())
            .map_err(io)?;
        // After the data: a key written before its record is in the copy then.
        self.copy_ledgers(id).await?;
        Ok(report)
    }

    /// The hash over every row of every store, as a backup would have it now.
    pub async fn state_hash(&self) -> Result<BackupReport> {
        let mut sink = Sink;
        let inner = self.inner();
        let mut nowhere = Frames::counting(&mut sink, inner.ring.backup_key(), &*inner.chance);
        Ok(self.copy_stores(&mut nowhere, "").await?.report(""))
    }

    async fn copy_stores(&self, frames: &mut Frames<'_>, file: &str) -> Result<State> {
        let mut state = State::default();
        for (store, mut conn) in Store::ALL.into_iter().zip(self.snapshots().await?) {
            let copied = copy_store(&mut conn, store, frames, &mut state, file).await;
            conn.close().await;
            copied?;
        }
        Ok(state)
    }

    async fn connect_data(&self, store: Store) -> Result<Conn> {
        self.data_address(store)
            .connect()
            .await
            .map_err(|e| db::translate(store, &e))
    }

    /// One reading connection a store, all of them seeing the same moment.
    async fn snapshots(&self) -> Result<Vec<Conn>> {
        // On SQLite nobody writes while the nine readings begin; on PostgreSQL one snapshot is shared.
        let mut locks = Vec::new();
        let mut shared: Option<String> = None;
        let mut out = Vec::with_capacity(Store::ALL.len());
        for store in Store::ALL {
            let mut conn = self.connect_data(store).await?;
            if let Conn::Sqlite(_) = conn {
                conn.begin().await.map_err(|e| db::translate(store, &e))?;
                locks.push(conn);
            }
        }
        for store in Store::ALL {
            let mut conn = self.connect_data(store).await?;
            let begun = conn.begin_snapshot(&mut shared).await;
            begun.map_err(|e| db::translate(store, &e))?;
            out.push(conn);
        }
        for mut lock in locks {
            lock.rollback().await;
            lock.close().await;
        }
        Ok(out)
    }

    async fn copy_ledgers(&self, id: &str) -> Result<()> {
        let copies = self.inner().settings.keys.copies();
        crate::keys::create_private_dir(&copies)
            .map_err(|e| file_error(&copies.display().to_string(), e.to_string()))?;
        let path = ledger::copy_file(&copies, id);
        let fail = |e: sqlx::Error| {
            file_error(
                &path.display().to_string(),
                db::translate(Store::System, &e).to_string(),
            )
        };
        let mut copy = ledger::open_copy(&path, true).await?;
        for store in Store::ALL {
            let mut from = self.ledger_address(store).connect().await.map_err(fail)?;
            let mut after = String::new();
            copy.begin().await.map_err(fail)?;
            loop {
                let rows = from
                    .rows("SELECT record_id, wrapped FROM wraps WHERE record_id > $1 ORDER BY record_id LIMIT 1000", vec![after.as_str().into()])
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
                        store.name().into(),
                        row.blob(1).map_err(fail)?.into(),
                    ]);
                }
                COPIES.insert(&mut copy, values).await.map_err(fail)?;
            }
            copy.commit().await.map_err(fail)?;
            from.close().await;
        }
        copy.close().await;
        Ok(())
    }
}

pub(crate) fn file_error(file: &str, what: String) -> VaultError {
    VaultError::File {
        file: file.to_owned(),
        what,
    }
}

#[derive(Default)]
struct State {
    hash: Sha256,
    rows: u64,
}

impl State {
    fn row(&mut self, store: Store, table: &str, bytes: &[u8]) {
        self.hash.update(seal::place(&[store.name(), table]));
        self.hash.update((bytes.len() as u64).to_be_bytes());
        self.hash.update(bytes);
        self.rows += 1;
    }

    fn report(self, id: &str) -> BackupReport {
        BackupReport {
            state_hash: hex::encode(self.hash.finalize()),
            rows: self.rows,
            ledger_copy: id.to_owned(),
        }
    }
}

async fn copy_store(
    conn: &mut Conn,
    store: Store,
    out: &mut Frames<'_>,
    state: &mut State,
    file: &str,
) -> Result<()> {
    let fail = |e: sqlx::Error| db::translate(store, &e);
    let io = |e: std::io::Error| file_error(file, e.to_string());
    for (number, table) in TABLES.iter().enumerate() {
        let tag = u8::try_from(number).unwrap_or(u8::MAX);
        let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
        let keys: Vec<&str> = table.order.split(", ").collect();
        let marks: Vec<String> = (1..=keys.len()).map(|n| format!("${n}")).collect();
        let mut after: Option<Vec<Val>> = None;
        loop {
            let beyond = match &after {
                None => String::new(),
                Some(_) => format!("WHERE ({}) > ({})", table.order, marks.join(", ")),
            };
            let sql = format!(
                "SELECT {} FROM {} {beyond} ORDER BY {} LIMIT {}",
                columns.join(", "),
                table.name,
                table.order,
                table.page()
            );
            let rows = conn
                .rows(&sql, after.take().unwrap_or_default())
                .await
                .map_err(fail)?;
            let Some(last) = rows.last() else {
                break;
            };
            after = Some(key_of(table, &keys, last).map_err(fail)?);
            for row in rows {
                let bytes = encode(table, &row).map_err(fail)?;
                state.row(store, table.name, &bytes);
                out.row(tag, &bytes).map_err(io)?;
            }
        }
    }
    out.row(STORE_END, &[]).map_err(io)?;
    conn.commit().await.map_err(fail)
}

/// The values of a row's ordering columns, to go on behind it.
fn key_of(table: &Table, keys: &[&str], row: &Row) -> std::result::Result<Vec<Val>, sqlx::Error> {
    keys.iter()
        .filter_map(|key| table.columns.iter().position(|(name, _)| name == key))
        .map(|at| {
            Ok(match table.columns[at].1 {
                Int | IntOpt => Val::Int(row.int(at)?),
                Text | TextOpt => Val::Text(row.text(at)?),
                Blob | BlobOpt => Val::Blob(row.blob(at)?),
            })
        })
        .collect()
}

fn encode(table: &Table, row: &Row) -> std::result::Result<Vec<u8>, sqlx::Error> {
    let mut out = Vec::with_capacity(256);
    let mut put = |bytes: Option<&[u8]>| match bytes {
        None => out.push(0),
        Some(bytes) => {
            out.push(1);
            out.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
            out.extend_from_slice(bytes);
        }
    };
    for (at, (_, column)) in table.columns.iter().enumerate() {
        match column {
            Int => put(Some(&row.int(at)?.to_be_bytes())),
            IntOpt => put(row
                .int_opt(at)?
                .map(i64::to_be_bytes)
                .as_ref()
                .map(|b| b.as_slice())),
            Text => put(Some(row.text(at)?.as_bytes())),
            TextOpt => put(row.text_opt(at)?.as_deref().map(str::as_bytes)),
            Blob => put(Some(&row.blob(at)?)),
            BlobOpt => put(row.blob_opt(at)?.as_deref()),
        }
    }
    Ok(out)
}
