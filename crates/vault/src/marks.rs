//! Marks: how far a reader of a store's journal has come, and whether all of it is made up. Kept in the store itself and so as durable as
//! the journal, and in its backups.

use crate::{Result, Store, Vault, db};

impl Vault {
    /// How far the reader of this name has come; 0 when it never began.
    pub async fn mark(&self, store: Store, reader: &str) -> Result<i64> {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let sql = "SELECT value FROM meta WHERE name = $1";
        let args = vec![name(reader).into()];
        let rows = self.pool(store).rows(sql, args).await.map_err(fail)?;
        let Some(row) = rows.first() else {
            return Ok(0);
        };
        Ok(row.text(0).map_err(fail)?.parse().unwrap_or(0))
    }

    /// Moves the mark of a reader from where it stood. False when it stands elsewhere by now: another process was first. On disk when
    /// this returns.
    pub async fn move_mark(&self, store: Store, reader: &str, from: i64, to: i64) -> Result<bool> {
        let sql = "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE meta.value = $3";
        let args = vec![
            name(reader).into(),
            to.to_string().into(),
            from.to_string().into(),
        ];
        Ok(self.plain(store, sql, args).await? > 0)
    }

    /// Whether everything in this vault is made up, as it was told when it was filled.
    pub async fn is_made_up(&self) -> Result<bool> {
        Ok(self.mark(Store::System, MADE_UP).await? > 0)
    }

    /// Tells that everything in this vault is made up. It stays so: nothing takes it back. On disk when this returns.
    pub async fn say_made_up(&self) -> Result<()> {
        self.move_mark(Store::System, MADE_UP, 0, 1).await?;
        Ok(())
    }
}

/// The mark of a made-up store; no reader has this name.
const MADE_UP: &str = "everything here is made up";

fn name(reader: &str) -> String {
    format!("mark:{reader}")
}
