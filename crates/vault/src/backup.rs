//! Backup and restore: a consistent copy of every store in one sealed file, without the record keys.
//!
//! The file holds sealed records, indexes, journals, clocks and disclosures; the record keys go to a ledger
//! copy in the key directory, so that destroying a key reaches every backup, and a stolen backup file
//! cannot be read. Either kind of store can be restored from either kind's backup.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::db::{Conn, Row, Val};
use crate::open::Settings;
use crate::seal::{self, Key};
use crate::{Keyring, Result, Store, Vault, VaultError, db, ledger};

const MAGIC: &[u8] = b"SAMEN-BACKUP-1\n";
const FRAME: usize = 256 * 1024;

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

/// Where to restore to.
pub type RestoreTarget = Settings;

#[derive(Clone, Copy)]
enum Column {
    Int,
    Text,
    TextOpt,
    IntOpt,
    Blob,
    BlobOpt,
}

struct Table {
    name: &'static str,
    columns: &'static [(&'static str, Column)],
    order: &'static str,
}

use Column::{Blob, BlobOpt, Int, IntOpt, Text, TextOpt};

const TABLES: &[Table] = &[
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
        columns: &[
            ("id", Blob),
            ("body", Blob),
            ("answer", Blob),
            ("expires_at", Int),
        ],
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
struct Header {
    root_key: String,
    backup: String,
    key_directory: PathBuf,
}

impl Vault {
    /// Writes a consistent copy of every store to `out`; each store is seen at one moment.
    pub async fn backup(
        &self,
        out: &mut (dyn Write + Send),
        file: &str,
        id: &str,
    ) -> Result<BackupReport> {
        let io = |e: std::io::Error| file_error(file, e.to_string());
        let inner = self.inner();
        let header = Header {
            root_key: self.keyring().fingerprint(),
            backup: id.to_owned(),
            key_directory: std::path::absolute(inner.settings.keys.path()).map_err(io)?,
        };
        out.write_all(MAGIC).map_err(io)?;
        let text = serde_json::to_string(&header).map_err(|e| file_error(file, e.to_string()))?;
        out.write_all(format!("{text}\n").as_bytes()).map_err(io)?;
        let mut frames = Frames::new(out, inner.ring.backup_key(), id, &*inner.chance);
        let mut state = State::default();
        for store in Store::ALL {
            let mut conn = self.connect_data(store).await?;
            let copied = copy_store(&mut conn, store, &mut frames, &mut state).await;
            conn.close().await;
            copied?;
        }
        frames.finish().map_err(io)?;
        // After the data: a key written before its record is in the copy then.
        self.copy_ledgers(id).await?;
        Ok(state.report(id))
    }

    /// The hash over every row of every store, as a backup would have it now.
    pub async fn state_hash(&self) -> Result<BackupReport> {
        let mut state = State::default();
        let mut sink = Sink;
        let mut nowhere = Frames::new(
            &mut sink,
            self.inner().ring.backup_key(),
            "",
            &*self.inner().chance,
        );
        for store in Store::ALL {
            let mut conn = self.connect_data(store).await?;
            let copied = copy_store(&mut conn, store, &mut nowhere, &mut state).await;
            conn.close().await;
            copied?;
        }
        Ok(state.report(""))
    }

    async fn connect_data(&self, store: Store) -> Result<Conn> {
        self.data_address(store)
            .connect()
            .await
            .map_err(|e| db::translate(store, &e))
    }

    async fn copy_ledgers(&self, id: &str) -> Result<()> {
        let copies = self.inner().settings.keys.copies();
        std::fs::create_dir_all(&copies)
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
                crate::apply::insert_many(
                    &mut copy,
                    "INSERT INTO copies (record_id, store, wrapped) VALUES",
                    "",
                    values,
                )
                .await
                .map_err(fail)?;
            }
            copy.commit().await.map_err(fail)?;
            from.close().await;
        }
        copy.close().await;
        Ok(())
    }
}

/// Restores a backup file into an empty place. The key directory is the target's when it holds the right root
/// key, else the one named in the backup. Proves equality: the state hash is computed from what was written.
pub async fn restore(file: &Path, target: RestoreTarget) -> Result<BackupReport> {
    let name = file.display().to_string();
    let io = |e: std::io::Error| file_error(&name, e.to_string());
    let mut input = std::io::BufReader::new(std::fs::File::open(file).map_err(io)?);
    let header = read_header(&mut input, &name)?;
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
    let addresses = crate::open::prepare(&target, &ring).await?;
    let mut frames = FrameReader::new(&mut input, ring.backup_key(), &header.backup, name.clone());
    for (store, address) in Store::ALL.into_iter().zip(&addresses) {
        let mut conn = address
            .data
            .connect()
            .await
            .map_err(|e| db::translate(store, &e))?;
        let written = restore_store(&mut conn, store, &mut frames, &name).await;
        conn.close().await;
        written?;
        let mut ledger_conn = address
            .ledger
            .connect()
            .await
            .map_err(|e| db::translate(store, &e))?;
        let written = restore_ledger(&mut ledger_conn, store, &copy_path).await;
        ledger_conn.close().await;
        written?;
    }
    frames.expect_end()?;
    let vault = Vault::open(target).await?;
    let report = vault.state_hash().await?;
    vault.close().await;
    Ok(BackupReport {
        ledger_copy: header.backup,
        ..report
    })
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

fn read_header(input: &mut impl std::io::BufRead, name: &str) -> Result<Header> {
    let not_a_backup = || file_error(name, "not a backup file of Samen".to_owned());
    let mut magic = vec![0u8; MAGIC.len()];
    input.read_exact(&mut magic).map_err(|_| not_a_backup())?;
    if magic != MAGIC {
        return Err(not_a_backup());
    }
    let mut line = Vec::new();
    std::io::BufRead::read_until(&mut input.take(65_536), b'\n', &mut line)
        .map_err(|_| not_a_backup())?;
    serde_json::from_slice(&line).map_err(|_| not_a_backup())
}

fn file_error(file: &str, what: String) -> VaultError {
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
) -> Result<()> {
    let fail = |e: sqlx::Error| db::translate(store, &e);
    let io = |e: std::io::Error| file_error("backup", e.to_string());
    conn.begin_snapshot().await.map_err(fail)?;
    for (number, table) in TABLES.iter().enumerate() {
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
                "SELECT {} FROM {} {beyond} ORDER BY {} LIMIT 2000",
                columns.join(", "),
                table.name,
                table.order
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
                let tag = u8::try_from(number).unwrap_or(u8::MAX);
                out.row(tag, &bytes).map_err(io)?;
            }
        }
    }
    out.row(u8::MAX, &[]).map_err(io)?;
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
        if tag == u8::MAX {
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
        // The live ledger of the same key directory may hold the key already, or have lost it by erasure;
        // the copy follows every erasure, so what it holds is what may be read.
        crate::apply::insert_many(
            conn,
            "INSERT INTO wraps (record_id, wrapped) VALUES",
            " ON CONFLICT DO NOTHING",
            values,
        )
        .await
        .map_err(fail)?;
    }
    conn.commit().await.map_err(fail)?;
    copy.close().await;
    Ok(())
}

struct Sink;

impl Write for Sink {
    fn write(&mut self, buf: &[u8]) -> std::io::Result<usize> {
        Ok(buf.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Rows in sealed frames, numbered, so that none can be left out, moved or altered.
struct Frames<'a> {
    out: &'a mut (dyn Write + Send),
    key: Key,
    id: String,
    chance: &'a dyn crate::Chance,
    number: u64,
    buffer: Vec<u8>,
}

fn frame_place(id: &str, number: u64, last: bool) -> Vec<u8> {
    seal::place(&[
        "backup",
        id,
        &number.to_string(),
        if last { "last" } else { "more" },
    ])
}

impl<'a> Frames<'a> {
    fn new(
        out: &'a mut (dyn Write + Send),
        key: Key,
        id: &str,
        chance: &'a dyn crate::Chance,
    ) -> Self {
        Frames {
            out,
            key,
            id: id.to_owned(),
            chance,
            number: 0,
            buffer: Vec::with_capacity(FRAME * 2),
        }
    }

    fn row(&mut self, tag: u8, bytes: &[u8]) -> std::io::Result<()> {
        self.buffer.push(tag);
        self.buffer
            .extend_from_slice(&(bytes.len() as u64).to_be_bytes());
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= FRAME {
            self.frame(false)?;
        }
        Ok(())
    }

    fn frame(&mut self, last: bool) -> std::io::Result<()> {
        let place = frame_place(&self.id, self.number, last);
        let sealed = seal::seal(&self.key, &place, &self.buffer, self.chance);
        self.out.write_all(&[u8::from(last)])?;
        self.out.write_all(&(sealed.len() as u64).to_be_bytes())?;
        self.out.write_all(&sealed)?;
        self.number += 1;
        self.buffer.clear();
        Ok(())
    }

    fn finish(mut self) -> std::io::Result<()> {
        self.frame(true)?;
        self.out.flush()
    }
}

struct FrameReader<'a> {
    input: &'a mut (dyn Read + Send),
    key: Key,
    id: String,
    file: String,
    number: u64,
    last: bool,
    buffer: Vec<u8>,
    at: usize,
}

impl<'a> FrameReader<'a> {
    fn new(input: &'a mut (dyn Read + Send), key: Key, id: &str, file: String) -> Self {
        FrameReader {
            input,
            key,
            id: id.to_owned(),
            file,
            number: 0,
            last: false,
            buffer: Vec::new(),
            at: 0,
        }
    }

    fn damaged(&self) -> VaultError {
        file_error(
            &self.file,
            format!(
                "part {} of the backup is cut off or altered",
                self.number + 1
            ),
        )
    }

    fn next_frame(&mut self) -> Result<()> {
        if self.last {
            return Err(self.damaged());
        }
        let mut head = [0u8; 9];
        self.input
            .read_exact(&mut head)
            .map_err(|_| self.damaged())?;
        let last = head[0] == 1;
        let mut length = [0u8; 8];
        length.copy_from_slice(&head[1..]);
        let length = u64::from_be_bytes(length);
        // A frame holds one row more than its nominal size at most; rows are far below 64 MiB.
        if length > 80 * 1024 * 1024 {
            return Err(self.damaged());
        }
        let mut sealed = Vec::new();
        let read = std::io::Read::take(&mut self.input, length).read_to_end(&mut sealed);
        if read.map_or(true, |n| n as u64 != length) {
            return Err(self.damaged());
        }
        let place = frame_place(&self.id, self.number, last);
        let plain = seal::open(&self.key, &place, &sealed).ok_or_else(|| self.damaged())?;
        self.buffer.clear();
        self.buffer.extend_from_slice(&plain);
        self.at = 0;
        self.last = last;
        self.number += 1;
        Ok(())
    }

    fn row(&mut self) -> Result<(u8, Vec<u8>)> {
        while self.at >= self.buffer.len() {
            self.next_frame()?;
        }
        let rest = &self.buffer[self.at..];
        let (head, rest) = rest.split_at_checked(9).ok_or_else(|| self.damaged())?;
        let mut length = [0u8; 8];
        length.copy_from_slice(&head[1..]);
        let length = usize::try_from(u64::from_be_bytes(length)).map_err(|_| self.damaged())?;
        let bytes = rest.get(..length).ok_or_else(|| self.damaged())?.to_vec();
        let tag = head[0];
        self.at += 9 + length;
        Ok((tag, bytes))
    }

    fn expect_end(&mut self) -> Result<()> {
        if !self.last {
            self.next_frame()?;
        }
        if self.last && self.at >= self.buffer.len() {
            return Ok(());
        }
        Err(self.damaged())
    }
}
