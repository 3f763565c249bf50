//! Records by their clear columns alone: what may be known of a record without opening it.

use jiff::Timestamp;

use crate::apply::{RECORD_COLUMNS, SealedRow};
use crate::record::ClearData;
use crate::vault::{at_millis, clear_of};
use crate::{Result, Store, Vault, db};

/// A record without what is sealed in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Record identifier.
    pub id: String,
    /// Record type.
    pub kind: String,
    /// Clear columns; empty for an erased record.
    pub clear: ClearData,
    /// When it was made.
    pub created: Timestamp,
    /// Whether it was erased.
    pub erased: bool,
}

impl Vault {
    /// The outlines of these records, in the order of their identifiers; one that never was is left out.
    pub async fn outlines(&self, store: Store, ids: &[String]) -> Result<Vec<Outline>> {
        let mut out = Vec::with_capacity(ids.len());
        for some in ids.chunks(200) {
            let marks: Vec<String> = (1..=some.len()).map(|n| format!("${n}")).collect();
            let condition = format!("id IN ({})", marks.join(", "));
            let args = some.iter().map(|id| id.as_str().into()).collect();
            out.extend(self.outlined(store, &condition, args).await?);
        }
        out.sort_by(|a, b| a.id.cmp(&b.id));
        out.dedup_by(|a, b| a.id == b.id);
        Ok(out)
    }

    async fn outlined(
        &self,
        store: Store,
        condition: &str,
        args: Vec<db::Val>,
    ) -> Result<Vec<Outline>> {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let sql = format!("SELECT {RECORD_COLUMNS}, erased_at FROM records WHERE {condition}");
        let rows = self.pool(store).rows(&sql, args).await.map_err(fail)?;
        let mut out = Vec::with_capacity(rows.len());
        for row in rows {
            let erased = row.int_opt(14).map_err(fail)?.is_some();
            let row = SealedRow::read(&row).map_err(fail)?;
            out.push(Outline {
                clear: clear_of(&row),
                created: at_millis(row.created),
                erased,
                id: row.id,
                kind: row.kind,
            });
        }
        Ok(out)
    }
}
