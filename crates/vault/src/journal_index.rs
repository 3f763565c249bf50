//! The index of the records that entries name: kept in the transaction that writes the entry, made anew from the entries, and
//! compared with them.

use sha2::{Digest, Sha256};

use crate::apply::Into;
use crate::db::{Conn, Row};
use crate::journal::Entry;

/// Rows of the index are inserted many at a time.
pub(crate) static RECORDS: Into = Into::new("journal_records (record, seq)", 2, "");

/// Entries and rows read at a time.
const PAGE: i64 = 500;

type DbResult<T> = Result<T, sqlx::Error>;

/// Makes the index from the entries of a store: for a store that had none, and after a restore, which brings entries only.
pub(crate) async fn rebuild(conn: &mut Conn) -> DbResult<()> {
    conn.exec("DELETE FROM journal_records", vec![]).await?;
    let mut after = 0;
    loop {
        let sql = "SELECT seq, entry FROM journal WHERE seq > $1 ORDER BY seq LIMIT $2";
        let rows = conn.rows(sql, vec![after.into(), PAGE.into()]).await?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = last.int(0)?;
        let mut values = Vec::new();
        for row in &rows {
            // An unreadable entry is found by `verify`; it names nothing here.
            if let Some(entry) = read(row)? {
                let seq = entry.seq;
                values.extend(
                    entry
                        .others()
                        .into_iter()
                        .map(|id| vec![id.into(), seq.into()]),
                );
            }
        }
        RECORDS.insert(conn, values).await?;
    }
}

fn read(row: &Row) -> DbResult<Option<Entry>> {
    Ok(serde_json::from_str(&row.text(1)?).ok())
}

/// A sum over rows in any order: the same rows, the same sum.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    rows: u64,
    sum: u128,
}

impl Sum {
    fn add(&mut self, record: &str, seq: i64) {
        let mut hash = Sha256::new();
        hash.update(seq.to_be_bytes());
        hash.update(record.as_bytes());
        let digest: [u8; 32] = hash.finalize().into();
        let (half, _) = digest.split_at(16);
        let half = half.try_into().map_or(0, u128::from_be_bytes);
        self.rows += 1;
        self.sum = self.sum.wrapping_add(half);
    }

    /// What an entry should have in the index.
    pub(crate) fn entry(&mut self, entry: &Entry) {
        for id in entry.others() {
            self.add(id, entry.seq);
        }
    }
}

/// The sum over the index as it is kept.
pub(crate) async fn kept(conn: &mut Conn) -> DbResult<Sum> {
    let mut sum = Sum::default();
    let (mut record, mut seq) = (String::new(), 0);
    loop {
        let sql = "SELECT record, seq FROM journal_records WHERE (record, seq) > ($1, $2) ORDER BY record, seq LIMIT $3";
        let args = vec![record.as_str().into(), seq.into(), PAGE.into()];
        let rows = conn.rows(sql, args).await?;
        if rows.is_empty() {
            return Ok(sum);
        }
        for row in rows {
            (record, seq) = (row.text(0)?, row.int(1)?);
            sum.add(&record, seq);
        }
    }
}
