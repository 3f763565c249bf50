//! The journal for people who supervise: pages of entries, newest first. An entry holds names of fields, never values.

use jiff::Timestamp;

use crate::db::Val;
use crate::journal::Entry;
use crate::{Result, Store, Vault, db};

/// Which entries a page shows. What is absent does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JournalFilter {
    /// Only what this actor did: a user's id, `public`, `system`.
    pub actor: Option<String>,
    /// Only this act, such as `report.read`.
    pub act: Option<String>,
    /// Only entries that name this record, wherever in the entry.
    pub record: Option<String>,
    /// From this moment.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub before: Option<Timestamp>,
}

/// A page of a journal.
#[derive(Debug, Clone)]
pub struct JournalPage {
    /// Its entries, newest first.
    pub entries: Vec<Entry>,
    /// The position after which the next page begins, if there is one.
    pub next: Option<i64>,
}

struct Wanted {
    sql: String,
    args: Vec<Val>,
}

impl Wanted {
    /// Adds a condition; `?` in it stands for the value.
    fn and(&mut self, condition: &str, value: Val) {
        self.args.push(value);
        let mark = format!("${}", self.args.len());
        self.sql.push_str(" AND ");
        self.sql.push_str(&condition.replace('?', &mark));
    }

    fn of(filter: &JournalFilter, after: Option<i64>) -> Wanted {
        let mut out = Wanted {
            sql: "SELECT seq, entry FROM journal WHERE seq > 0".to_owned(),
            args: Vec::new(),
        };
        if let Some(after) = after {
            out.and("seq < ?", after.into());
        }
        if let Some(actor) = &filter.actor {
            out.and("actor = ?", actor.as_str().into());
        }
        if let Some(act) = &filter.act {
            out.and("act = ?", act.as_str().into());
        }
        if let Some(record) = &filter.record {
            // One column names the first record of an entry, a table the others: nobody who saw it is missed.
            out.and(
                "seq IN (SELECT seq FROM journal WHERE subject = ? UNION SELECT seq FROM journal_records WHERE record = ?)",
                record.as_str().into(),
            );
        }
        if let Some(from) = filter.from {
            out.and("at >= ?", from.as_millisecond().into());
        }
        if let Some(before) = filter.before {
            out.and("at < ?", before.as_millisecond().into());
        }
        out
    }
}

impl Vault {
    /// A page of one store's journal, newest first; `after` is [`JournalPage::next`] of the page before. Callers
    /// journal the reading itself (see [`crate::Change::look`]).
    pub async fn journal_page(
        &self,
        store: Store,
        filter: &JournalFilter,
        after: Option<i64>,
        limit: usize,
    ) -> Result<JournalPage> {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let mut wanted = Wanted::of(filter, after);
        let take = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
        wanted.args.push(take.into());
        let sql = format!(
            "{} ORDER BY seq DESC LIMIT ${}",
            wanted.sql,
            wanted.args.len()
        );
        let rows = self
            .pool(store)
            .rows(&sql, wanted.args)
            .await
            .map_err(fail)?;
        let more = rows.len() > limit;
        let mut entries = Vec::with_capacity(rows.len().min(limit));
        for row in rows.iter().take(limit) {
            entries.push(crate::journal_search::entry(store, row)?);
        }
        let next = if more {
            entries.last().map(|entry| entry.seq)
        } else {
            None
        };
        Ok(JournalPage { entries, next })
    }
}
