//! `samen verify`: opens every seal, recomputes every index entry and walks every journal; names the first fault.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::apply::{RECORD_COLUMNS, SealedRow};
use crate::journal::ChainCheck;
use crate::prepare::part_place;
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
    /// Journal entries walked.
    pub entries: i64,
}

impl Vault {
    /// Checks everything; `progress` is called with the store and the records checked so far.
    pub async fn verify(&self, progress: &mut dyn FnMut(Store, u64)) -> Result<VerifyReport> {
        let mut report = VerifyReport::default();
        for store in Store::ALL {
            self.verify_records(store, &mut report, progress).await?;
            self.verify_parts(store, &mut report).await?;
            self.verify_journal(store, &mut report).await?;
        }
        Ok(report)
    }

    async fn verify_records(
        &self,
        store: Store,
        report: &mut VerifyReport,
        progress: &mut dyn FnMut(Store, u64),
    ) -> Result<()> {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let sql = format!(
            "SELECT {RECORD_COLUMNS}, erased_at FROM records WHERE id > $1 ORDER BY id LIMIT 500"
        );
        let mut after = String::new();
        loop {
            let rows = self
                .pool(store)
                .rows(&sql, vec![after.as_str().into()])
                .await
                .map_err(fail)?;
            if rows.is_empty() {
                return Ok(());
            }
            let mut sealed = Vec::with_capacity(rows.len());
            for row in &rows {
                let record = SealedRow::read(row).map_err(fail)?;
                after.clone_from(&record.id);
                if row.int_opt(14).map_err(fail)?.is_some() {
                    report.erased += 1;
                } else {
                    sealed.push(record);
                }
            }
            self.verify_page(store, sealed, report).await?;
            progress(store, report.records);
        }
    }

    async fn verify_page(
        &self,
        store: Store,
        rows: Vec<SealedRow>,
        report: &mut VerifyReport,
    ) -> Result<()> {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let ids: Vec<String> = rows.iter().map(|r| r.id.clone()).collect();
        let keys = ledger::keys(self.ledger_pool(store), store, self.keyring(), &ids).await?;
        for row in rows {
            let key = keys.get(&row.id).ok_or_else(|| VaultError::BrokenSeal {
                store,
                what: format!("record {} (its key is missing from the ledger)", row.id),
            })?;
            open_summary(store, &row, key)?;
            let raw = open_row(store, row, key)?;
            let wanted: BTreeSet<Vec<u8>> = raw
                .terms
                .iter()
                .map(|t| self.keyring().term(store, &t.kind, &t.value))
                .collect();
            let found: BTreeSet<Vec<u8>> = self
                .pool(store)
                .rows(
                    "SELECT digest FROM terms WHERE record_id = $1",
                    vec![raw.id.as_str().into()],
                )
                .await
                .map_err(fail)?
                .iter()
                .map(|r| r.blob(0))
                .collect::<std::result::Result<_, _>>()
                .map_err(fail)?;
            if wanted != found {
                return Err(VaultError::Database {
                    store,
                    why: format!(
                        "the index of record {} does not match what it holds",
                        raw.id
                    ),
                });
            }
            report.terms += found.len() as u64;
            report.records += 1;
        }
        Ok(())
    }

    async fn verify_parts(&self, store: Store, report: &mut VerifyReport) -> Result<()> {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let (mut record, mut number) = (String::new(), -1i64);
        loop {
            let rows = self
                .pool(store)
                .rows(
                    "SELECT record_id, number, sealed FROM parts WHERE (record_id, number) > ($1, $2) ORDER BY record_id, number LIMIT 20",
                    vec![record.as_str().into(), number.into()],
                )
                .await
                .map_err(fail)?;
            if rows.is_empty() {
                return Ok(());
            }
            for row in rows {
                record = row.text(0).map_err(fail)?;
                number = row.int(1).map_err(fail)?;
                let ids = [record.clone()];
                let keys =
                    ledger::keys(self.ledger_pool(store), store, self.keyring(), &ids).await?;
                let place = part_place(store, &record, number);
                let sealed = row.blob(2).map_err(fail)?;
                let opened = keys
                    .get(&record)
                    .and_then(|key| seal::open(key, &place, &sealed));
                if opened.is_none() {
                    return Err(VaultError::BrokenSeal {
                        store,
                        what: format!("part {number} of attachment {record}"),
                    });
                }
                report.parts += 1;
            }
        }
    }

    async fn verify_journal(&self, store: Store, report: &mut VerifyReport) -> Result<()> {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let fault = |why: String| VaultError::Database { store, why };
        let mut check = ChainCheck::begin(store);
        loop {
            let rows = self
                .pool(store)
                .rows(
                    "SELECT entry, hash FROM journal WHERE seq > $1 ORDER BY seq LIMIT 1000",
                    vec![check.head().seq.into()],
                )
                .await
                .map_err(fail)?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let text = row.text(0).map_err(fail)?;
                let hash = row.blob(1).map_err(fail)?;
                check.step(&text, &hash).map_err(fault)?;
            }
        }
        let signed = self.signed_head(jiff::Timestamp::UNIX_EPOCH).await?;
        let head = signed.heads.get(store.index());
        if head != Some(&check.head()) {
            return Err(fault(format!(
                "the journal ends at entry {}, its head says {}",
                check.head().seq,
                head.map_or(0, |h| h.seq)
            )));
        }
        report.entries += check.head().seq;
        Ok(())
    }
}
