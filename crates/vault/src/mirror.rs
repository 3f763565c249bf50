//! A copy in memory of all records of one type, for sets that are small and asked for often (rooms, locations). Each look asks
//! the store only for what was written since the last one, by the number of the journal entry that wrote it, so the copy is as
//! fresh as the store itself, whoever wrote and from whichever process.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::Mutex;

use crate::apply::{RECORD_COLUMNS, SealedRow};
use crate::record::{Opened, Raw, Stored};
use crate::{Result, Vault, db};

/// All records of a type as one look found them, by identifier.
#[derive(Debug)]
pub struct Seen<T> {
    /// The records, oldest identifier first.
    pub records: BTreeMap<String, Arc<Opened<T>>>,
    /// Number of the journal entry that last wrote one of them. Two looks with the same number saw the same.
    pub until: i64,
}

/// Keeps the copy. Nothing of it may be shown; see [`Vault::load`].
pub struct Mirror<T> {
    seen: Mutex<Arc<Seen<T>>>,
}

impl<T> Default for Mirror<T> {
    fn default() -> Self {
        Mirror {
            seen: Mutex::new(Arc::new(Seen {
                records: BTreeMap::new(),
                // Records written before this number was kept have nought.
                until: -1,
            })),
        }
    }
}

impl<T: Stored> Mirror<T> {
    /// The records as they stand now. Who asks while somebody else does waits for that answer and asks anew, which finds
    /// little left.
    pub async fn look(&self, vault: &Vault) -> Result<Arc<Seen<T>>> {
        let mut seen = self.seen.lock().await;
        let news = vault.written_since::<T>(seen.until).await?;
        if news.is_empty() {
            return Ok(seen.clone());
        }
        let mut records = seen.records.clone();
        let mut until = seen.until;
        for (id, changed, record) in news {
            until = until.max(changed);
            match record {
                Some(record) => records.insert(id, Arc::new(record)),
                None => records.remove(&id),
            };
        }
        *seen = Arc::new(Seen { records, until });
        Ok(seen.clone())
    }
}

/// Identifier, number of the entry that wrote it, and the record unless it is erased.
type News<T> = (String, i64, Option<Opened<T>>);

impl Vault {
    async fn written_since<T: Stored>(&self, until: i64) -> Result<Vec<News<T>>> {
        let store = T::KIND.store;
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let sql = format!(
            "SELECT {RECORD_COLUMNS}, changed, erased_at FROM records WHERE kind = $1 AND changed > $2 ORDER BY changed"
        );
        let args = vec![T::KIND.name.into(), until.into()];
        let rows = self.pool(store).rows(&sql, args).await.map_err(fail)?;
        let (mut out, mut sealed) = (Vec::with_capacity(rows.len()), Vec::new());
        for row in &rows {
            let (changed, erased) = (row.int(14).map_err(fail)?, row.int_opt(15).map_err(fail)?);
            let row = SealedRow::read(row).map_err(fail)?;
            out.push((row.id.clone(), changed, None));
            if erased.is_none() {
                sealed.push(row);
            }
        }
        let mut opened = BTreeMap::new();
        for raw in self.open_rows(store, sealed).await? {
            opened.insert(raw.id.clone(), Raw::typed::<T>(raw)?);
        }
        for (id, _, record) in &mut out {
            *record = opened.remove(id);
        }
        Ok(out)
    }
}
