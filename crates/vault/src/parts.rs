//! Attachments: stored part by part while they stream in, each part sealed with the attachment record's key.

use crate::prepare::part_place;
use crate::{Change, Context, Result, Store, Vault, VaultError, db, ledger, seal};

/// Size of a part in bytes. An attachment is never held in memory whole.
pub const PART_BYTES: usize = 64 * 1024;

impl Vault {
    /// Stores the next part of an attachment whose record exists.
    pub async fn store_part(
        &self,
        store: Store,
        context: Context,
        record: &str,
        number: i64,
        bytes: Vec<u8>,
    ) -> Result<()> {
        let change = Change::new(context).part(record, number, bytes);
        self.apply(store, change).await.map(|_| ())
    }

    /// One part of an attachment, or `None` behind the last. The reading itself is journalled once, by the
    /// [`Change::read`] of the attachment record that must come first.
    pub async fn part(&self, store: Store, record: &str, number: i64) -> Result<Option<Vec<u8>>> {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let rows = self
            .pool(store)
            .rows(
                "SELECT sealed FROM parts WHERE record_id = $1 AND number = $2",
                vec![record.into(), number.into()],
            )
            .await
            .map_err(fail)?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let sealed = row.blob(0).map_err(fail)?;
        let ids = [record.to_owned()];
        let keys = ledger::keys(self.ledger_pool(store), store, self.keyring(), &ids).await?;
        let key = keys.get(record).ok_or_else(|| VaultError::NotFound {
            store,
            id: record.to_owned(),
        })?;
        seal::open(key, &part_place(store, record, number), &sealed)
            .map(|plain| Some(plain.to_vec()))
            .ok_or_else(|| VaultError::BrokenSeal {
                store,
                what: format!("part {number} of attachment {record}"),
            })
    }
}
