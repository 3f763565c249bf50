//! The journal for those who ask who looked, and for exporters that read it to its end.

use jiff::Timestamp;

use crate::db::{Row, Val};
use crate::journal::Entry;
use crate::{Result, Store, Vault, VaultError, db};

impl Vault {
    /// Entries of one store after a position, oldest first.
    pub async fn journal_after(
        &self,
        store: Store,
        after: i64,
        limit: usize,
    ) -> Result<Vec<Entry>> {
        let sql = "SELECT seq, entry FROM journal WHERE seq > $1 ORDER BY seq LIMIT $2";
        self.entries(store, sql, vec![after.into(), most(limit)])
            .await
    }

    /// The entries of one store at these positions, oldest first; one that is not there is left out.
    pub async fn journal_at(&self, store: Store, positions: &[i64]) -> Result<Vec<Entry>> {
        let mut out = Vec::with_capacity(positions.len());
        for some in positions.chunks(AT_ONCE) {
            let sql = format!(
                "SELECT seq, entry FROM journal WHERE seq IN ({}) ORDER BY seq",
                marks(some.len(), 1)
            );
            let args = some.iter().map(|seq| (*seq).into()).collect();
            out.extend(self.entries(store, &sql, args).await?);
        }
        out.sort_by_key(|entry| entry.seq);
        Ok(out)
    }

    /// The entries of one store that name any of these records, wherever in the entry, newest first, each once. At most `limit`: the
    /// newest.
    pub async fn journal_of(
        &self,
        store: Store,
        records: &[String],
        limit: usize,
    ) -> Result<Vec<Entry>> {
        let mut out: Vec<Entry> = Vec::new();
        for some in records.chunks(AT_ONCE) {
            let n = some.len();
            let (first, second, last) = (marks(n, 1), marks(n, n + 1), 2 * n + 1);
            let sql = format!(
                "SELECT seq, entry FROM journal WHERE seq IN (SELECT seq FROM journal WHERE subject IN ({first}) UNION SELECT seq FROM journal_records WHERE record IN ({second})) ORDER BY seq DESC LIMIT ${last}"
            );
            let ids = || some.iter().map(|id| Val::from(id.as_str()));
            let args = ids().chain(ids()).chain([most(limit)]).collect();
            out.extend(self.entries(store, &sql, args).await?);
        }
        out.sort_by_key(|entry| std::cmp::Reverse(entry.seq));
        out.dedup_by_key(|entry| entry.seq);
        out.truncate(limit);
        Ok(out)
    }

    /// What one actor did in a store since a moment, oldest first. At most `limit`: the newest.
    pub async fn journal_by(
        &self,
        store: Store,
        actor: &str,
        since: Timestamp,
        limit: usize,
    ) -> Result<Vec<Entry>> {
        let sql = "SELECT seq, entry FROM journal WHERE actor = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3";
        let mut out: Vec<Entry> = Vec::new();
        let mut before = i64::MAX;
        while out.len() < limit {
            let args = vec![actor.into(), before.into(), most(AT_ONCE)];
            let page = self.entries(store, sql, args).await?;
            let Some(oldest) = page.last() else {
                break;
            };
            before = oldest.seq;
            // Entries stand in the order of time, but for what a whole hour rounds: the page that crosses the moment is the last.
            let is_last = oldest.context.at < since;
            out.extend(page.into_iter().filter(|entry| entry.context.at >= since));
            if is_last {
                break;
            }
        }
        out.truncate(limit);
        out.reverse();
        Ok(out)
    }

    /// Who acted in a store after a position, and the last position seen: the newest of at most `limit` entries.
    pub async fn actors_after(
        &self,
        store: Store,
        after: i64,
        limit: usize,
    ) -> Result<(std::collections::BTreeSet<String>, i64)> {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let sql = "SELECT seq, actor FROM journal WHERE seq > $1 ORDER BY seq LIMIT $2";
        let args = vec![after.into(), most(limit)];
        let rows = self.pool(store).rows(sql, args).await.map_err(fail)?;
        let mut last = after;
        let mut actors = std::collections::BTreeSet::new();
        for row in rows {
            last = row.int(0).map_err(fail)?;
            actors.insert(row.text(1).map_err(fail)?);
        }
        Ok((actors, last))
    }

    async fn entries(&self, store: Store, sql: &str, args: Vec<Val>) -> Result<Vec<Entry>> {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let rows = self.pool(store).rows(sql, args).await.map_err(fail)?;
        rows.iter().map(|row| entry(store, row)).collect()
    }
}

/// How many identifiers stand in one statement.
const AT_ONCE: usize = 200;

fn most(limit: usize) -> Val {
    i64::try_from(limit).unwrap_or(i64::MAX).into()
}

fn marks(count: usize, from: usize) -> String {
    let marks: Vec<String> = (from..from + count).map(|n| format!("${n}")).collect();
    marks.join(", ")
}

/// An entry of a row that begins with position and text.
pub(crate) fn entry(store: Store, row: &Row) -> Result<Entry> {
    let fail = |e: sqlx::Error| db::translate(store, &e);
    let seq = row.int(0).map_err(fail)?;
    let text = row.text(1).map_err(fail)?;
    serde_json::from_str(&text).map_err(|_| VaultError::Database {
        store,
        why: format!("journal entry {seq} is not readable"),
    })
}
