//! `samen verify`: opens every seal, recomputes every index entry, walks every journal and holds the records
//! against it; names the first fault.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::apply::{RECORD_COLUMNS, SealedRow};
use crate::counts;
use crate::db::{Conn, Row};
use crate::journal::{ChainCheck, Entry};
use crate::journal_index;
use crate::prepare::{part_place, receipt_place};
use crate::seal::Key;
use crate::tally::{Stories, Tally};
use crate::vault::{open_row, open_summary};
use crate::{Result, Store, Vault, VaultError, db, ledger, seal};

/// What was checked.
#[derive(Debug, Clone, Default, Serialize)]
pub struct VerifyReport {
    /// Records whose seal opened.
    pub records: u64,
    /// Records whose key was destroyed.
    pub erased: u64,
    /// Index entries recomputed.
    pub terms: u64,
    /// Attachment parts opened.
    pub parts: u64,
    /// Kept answers opened.
    pub receipts: u64,
    /// Records whose seal opened, by type.
    pub kinds: std::collections::BTreeMap<String, u64>,
    /// Journal entries walked.
    pub entries: i64,
}

impl Vault {
    /// Checks everything; `progress` is called with the store and the records checked so far. May run while
    /// the stores are in use: each is seen at one moment.
    pub async fn verify(&self, progress: &mut dyn FnMut(Store, u64)) -> Result<VerifyReport> {
        let mut report = VerifyReport::default();
        for store in Store::ALL {
            let fail = |e: sqlx::Error| db::translate(store, &e);
            let mut conn = self.data_address(store).connect().await.map_err(fail)?;
            let done = self
                .verify_store(store, &mut conn, &mut report, progress)
                .await;
            conn.close().await;
            done?;
        }
        Ok(report)
    }

    async fn verify_store(
        &self,
        store: Store,
        conn: &mut Conn,
        report: &mut VerifyReport,
        progress: &mut dyn FnMut(Store, u64),
    ) -> Result<()> {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        conn.begin_snapshot(&mut None).await.map_err(fail)?;
        let mut check = Check {
            vault: self,
            store,
            conn,
            report,
        };
        let records = check.records(progress).await?;
        check.parts().await?;
        check.receipts().await?;
        let journal = check.journal().await?;
        if records != journal {
            return Err(check.name_difference().await?);
        }
        check.counts().await?;
        // Last, since it can only say that something is wrong, not where.
        check.structure().await?;
        check.conn.commit().await.map_err(fail)
    }
}

/// The checking of one store.
struct Check<'a> {
    vault: &'a Vault,
    store: Store,
    conn: &'a mut Conn,
    report: &'a mut VerifyReport,
}

impl Check<'_> {
    async fn rows(&mut self, sql: &str, args: Vec<db::Val>) -> Result<Vec<Row>> {
        self.conn.rows(sql, args).await.map_err(|e| self.fail(&e))
    }

    fn fail(&self, error: &sqlx::Error) -> VaultError {
        db::translate(self.store, error)
    }

    fn fault(&self, why: String) -> VaultError {
        VaultError::Database {
            store: self.store,
            why,
        }
    }

    /// The file's own structure: pages, and that every index agrees with its table.
    async fn structure(&mut self) -> Result<()> {
        if let Conn::Postgres(_) = self.conn {
            return Ok(());
        }
        let rows = self.rows("PRAGMA integrity_check(1)", vec![]).await?;
        match rows.first().map(|row| row.text(0)) {
            Some(Ok(word)) if word == "ok" => Ok(()),
            _ => Err(self.fault(
                "its database file is damaged (a page, or an index that disagrees with its table); restore it from a backup".to_owned(),
            )),
        }
    }

    /// The kept counts are those of the records.
    async fn counts(&mut self) -> Result<()> {
        let mut read = async |sql| {
            let rows = self.rows(sql, vec![]).await?;
            counts::read(&rows).map_err(|e| self.fail(&e))
        };
        let (found, kept) = (read(counts::RECOUNT).await?, read(counts::KEPT).await?);
        let odd = kept.iter().find(|row| !found.contains(row));
        let missing = found.iter().find(|row| !kept.contains(row));
        match odd.or(missing) {
            None => Ok(()),
            Some(((kind, _, _, state), _)) => Err(self.fault(format!(
                "the kept count of records of type {kind} in state {state} is not what there is"
            ))),
        }
    }

    async fn records(&mut self, progress: &mut dyn FnMut(Store, u64)) -> Result<Tally> {
        let sql = format!(
            "SELECT {RECORD_COLUMNS}, erased_at FROM records WHERE id > $1 ORDER BY id LIMIT 200"
        );
        let mut tally = Tally::default();
        let mut after = String::new();
        loop {
            let rows = self.rows(&sql, vec![after.as_str().into()]).await?;
            let mut sealed = Vec::with_capacity(rows.len());
            let from = after.clone();
            for row in &rows {
                let record = SealedRow::read(row).map_err(|e| self.fail(&e))?;
                let erased = row.int_opt(14).map_err(|e| self.fail(&e))?;
                tally.record(&record.id, record.version, record.created, erased);
                after.clone_from(&record.id);
                match erased {
                    Some(_) => self.erased_row(&record)?,
                    None => sealed.push(record),
                }
            }
            self.page(sealed, &from, (!rows.is_empty()).then_some(&after))
                .await?;
            progress(self.store, self.report.records);
            if rows.is_empty() {
                return Ok(tally);
            }
        }
    }

    /// Of an erased record nothing may be left.
    fn erased_row(&mut self, row: &SealedRow) -> Result<()> {
        let has_more = row.sealed.is_some()
            || row.summary.is_some()
            || row.org.is_some()
            || row.region.is_some()
            || row.assignee.is_some()
            || row.parent.is_some();
        if has_more || row.state != "erased" {
            return Err(self.fault(format!(
                "record {} is erased but not empty: the row was altered",
                row.id
            )));
        }
        self.report.erased += 1;
        Ok(())
    }

    /// Opens a page of records and holds the index entries between `from` and `to` (to the end when `None`)
    /// against them, also those that belong to no record.
    async fn page(&mut self, rows: Vec<SealedRow>, from: &str, to: Option<&String>) -> Result<()> {
        let ids: Vec<String> = rows.iter().map(|r| r.id.clone()).collect();
        let pool = self.vault.ledger_pool(self.store);
        let ring = self.vault.keyring();
        let keys = ledger::keys(pool, self.store, ring, &ids).await?;
        let mut found = self.terms_between(from, to).await?;
        for row in rows {
            let id = row.id.clone();
            let terms = found.remove(&id).unwrap_or_default();
            let Some(key) = keys.get(&id) else {
                if !ledger::is_destroyed(pool, self.store, &id).await? {
                    return Err(VaultError::BrokenSeal {
                        store: self.store,
                        what: format!("record {id} (its key is missing from the ledger)"),
                    });
                }
                self.report.erased += 1;
                continue;
            };
            self.record(row, key, terms)?;
        }
        match found.into_keys().next() {
            Some(id) => Err(self.fault(format!(
                "the index holds entries of record {id}, which is not there"
            ))),
            None => Ok(()),
        }
    }

    fn record(&mut self, row: SealedRow, key: &Key, found: BTreeSet<Entered>) -> Result<()> {
        let ring = self.vault.keyring();
        open_summary(self.store, &row, key)?;
        let raw = open_row(self.store, row, key)?;
        let wanted: BTreeSet<Entered> = raw
            .terms()?
            .iter()
            .map(|t| (ring.term(self.store, &t.kind, &t.value), t.kind.clone()))
            .collect();
        if wanted != found {
            return Err(self.fault(format!(
                "the index of record {} does not match what it holds",
                raw.id
            )));
        }
        self.report.terms += found.len() as u64;
        self.report.records += 1;
        *self.report.kinds.entry(raw.kind().to_owned()).or_default() += 1;
        Ok(())
    }

    async fn terms_between(
        &mut self,
        from: &str,
        to: Option<&String>,
    ) -> Result<BTreeMap<String, BTreeSet<Entered>>> {
        let mut args = vec![from.into()];
        let until = match to {
            Some(id) => {
                args.push(id.as_str().into());
                " AND record_id <= $2"
            }
            None => " LIMIT 1",
        };
        let sql = format!("SELECT record_id, digest, kind FROM terms WHERE record_id > $1{until}");
        let rows = self.rows(&sql, args).await?;
        let mut out: BTreeMap<String, BTreeSet<Entered>> = BTreeMap::new();
        for row in rows {
            let read = || Ok((row.text(0)?, (row.blob(1)?, row.text(2)?)));
            let (id, entered) = read().map_err(|e: sqlx::Error| self.fail(&e))?;
            out.entry(id).or_default().insert(entered);
        }
        Ok(out)
    }

    async fn parts(&mut self) -> Result<()> {
        let (mut record, mut number) = (String::new(), i64::MIN);
        let mut key: Option<Key> = None;
        loop {
            let rows = self
                .rows(
                    "SELECT record_id, number, sealed FROM parts WHERE (record_id, number) > ($1, $2) ORDER BY record_id, number LIMIT 16",
                    vec![record.as_str().into(), number.into()],
                )
                .await?;
            if rows.is_empty() {
                return Ok(());
            }
            for row in rows {
                let read = || Ok((row.text(0)?, row.int(1)?, row.blob(2)?));
                let (id, at, sealed) = read().map_err(|e: sqlx::Error| self.fail(&e))?;
                if key.is_none() || id != record {
                    key = self.key(&id).await?;
                }
                (record, number) = (id, at);
                self.part(key.as_ref(), &record, number, &sealed).await?;
            }
        }
    }

    async fn key(&self, id: &str) -> Result<Option<Key>> {
        let pool = self.vault.ledger_pool(self.store);
        let ids = [id.to_owned()];
        let mut keys = ledger::keys(pool, self.store, self.vault.keyring(), &ids).await?;
        Ok(keys.remove(id))
    }

    async fn part(
        &mut self,
        key: Option<&Key>,
        record: &str,
        number: i64,
        sealed: &[u8],
    ) -> Result<()> {
        let place = part_place(self.store, record, number);
        let opened = key.and_then(|key| seal::open(key, &place, sealed));
        let pool = self.vault.ledger_pool(self.store);
        if opened.is_none()
            && (key.is_some() || !ledger::is_destroyed(pool, self.store, record).await?)
        {
            return Err(VaultError::BrokenSeal {
                store: self.store,
                what: format!("part {number} of attachment {record}"),
            });
        }
        self.report.parts += 1;
        Ok(())
    }

    async fn receipts(&mut self) -> Result<()> {
        let mut after: Vec<u8> = Vec::new();
        loop {
            let rows = self
                .rows(
                    "SELECT id, sealed FROM receipts WHERE id > $1 ORDER BY id LIMIT 500",
                    vec![after.clone().into()],
                )
                .await?;
            if rows.is_empty() {
                return Ok(());
            }
            for row in rows {
                let read = || Ok((row.blob(0)?, row.blob(1)?));
                let (id, sealed) = read().map_err(|e: sqlx::Error| self.fail(&e))?;
                let key = self.vault.keyring().receipt_key(self.store);
                if seal::open(key, &receipt_place(self.store, &id), &sealed).is_none() {
                    return Err(VaultError::BrokenSeal {
                        store: self.store,
                        what: format!("the kept answer {}", hex::encode(&id)),
                    });
                }
                after = id;
                self.report.receipts += 1;
            }
        }
    }

    async fn journal(&mut self) -> Result<Tally> {
        let mut check = ChainCheck::begin(self.store);
        let mut tally = Tally::default();
        let mut named = journal_index::Sum::default();
        let mut after = 0;
        loop {
            let rows = self.journal_page(after).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let entry = self.journal_row(&row, &mut check)?;
                after = entry.seq;
                tally.entry(&entry);
                named.entry(&entry);
            }
        }
        let kept = journal_index::kept(self.conn).await;
        if kept.map_err(|e| self.fail(&e))? != named {
            return Err(self.fault(
                "the index of records in the journal does not say what the entries say".to_owned(),
            ));
        }
        let sql = "SELECT seq, hash FROM journal_head WHERE one = 1";
        let rows = self.rows(sql, vec![]).await?;
        let head = match rows.first() {
            Some(row) => {
                let read = || Ok((row.int(0)?, hex::encode(row.blob(1)?)));
                read().map_err(|e: sqlx::Error| self.fail(&e))?
            }
            None => (0, String::new()),
        };
        let reached = check.head();
        if head != (reached.seq, reached.hash) {
            return Err(self.fault(format!(
                "the journal ends at entry {}, its head says {} or has another hash",
                reached.seq, head.0
            )));
        }
        self.report.entries += reached.seq;
        Ok(tally)
    }

    async fn journal_page(&mut self, after: i64) -> Result<Vec<Row>> {
        self.rows(
            "SELECT entry, hash, seq, at, actor, act, subject FROM journal WHERE seq > $1 ORDER BY seq LIMIT 200",
            vec![after.into()],
        )
        .await
    }

    /// One row of the journal: in the chain, and its search columns as the entry says.
    fn journal_row(&self, row: &Row, check: &mut ChainCheck) -> Result<Entry> {
        let fail = |e: sqlx::Error| self.fail(&e);
        let text = row.text(0).map_err(fail)?;
        let hash = row.blob(1).map_err(fail)?;
        let entry = check.step(&text, &hash).map_err(|why| self.fault(why))?;
        let columns = || {
            Ok::<_, sqlx::Error>(
                row.int(2)? == entry.seq
                    && row.int(3)? == entry.context.at.as_millisecond()
                    && row.text(4)? == entry.context.actor
                    && row.text(5)? == entry.context.act
                    && row.text_opt(6)?.as_deref() == entry.subject(),
            )
        };
        match columns().map_err(fail)? {
            true => Ok(entry),
            false => Err(self.fault(format!(
                "journal of {}, entry {}: its columns do not say what the entry says",
                self.store, entry.seq
            ))),
        }
    }

    /// The sums differ: walks both once more, record by record, and names the first that differs.
    async fn name_difference(&mut self) -> Result<VaultError> {
        let (mut records, mut journal) = (Stories::default(), Stories::default());
        let mut after = String::new();
        loop {
            let rows = self
                .rows(
                    "SELECT id, version, created_at, erased_at FROM records WHERE id > $1 ORDER BY id LIMIT 1000",
                    vec![after.as_str().into()],
                )
                .await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let read = || Ok((row.text(0)?, row.int(1)?, row.int(2)?, row.int_opt(3)?));
                let (id, version, created, erased) =
                    read().map_err(|e: sqlx::Error| self.fail(&e))?;
                records.record(&id, version, created, erased);
                after = id;
            }
        }
        let mut check = ChainCheck::begin(self.store);
        loop {
            let rows = self.journal_page(check.head().seq).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                journal.entry(&self.journal_row(&row, &mut check)?);
            }
        }
        let id = records.first_difference(&journal).unwrap_or("unknown");
        Ok(self.fault(format!(
            "record {id} is not as the journal tells it: a row was taken away, put back or altered"
        )))
    }
}

/// An index entry: digest and kind of value.
type Entered = (Vec<u8>, String);
