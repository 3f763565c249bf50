//! Work lists: filters and counts over the clear columns, with summaries that hold nothing about a person.

use jiff::Timestamp;
use serde_json::Value;

use crate::apply::SealedRow;
use crate::db::Val;
use crate::record::{ClearData, Kind};
use crate::vault::{at_millis, clear_of, open_summary};
use crate::{Result, Vault, db, ledger};

/// Which records a list shows. Empty lists mean "any".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only these states.
    pub states: Vec<String>,
    /// Only records held by one of these organisations.
    pub orgs: Vec<String>,
    /// Only records of one of these regions.
    pub regions: Vec<String>,
    /// Only records assigned to this person.
    pub assignee: Option<String>,
    /// Only records under this parent.
    pub parent: Option<String>,
    /// Only records due before this moment.
    pub due_before: Option<Timestamp>,
}

impl Filter {
    /// Whether more than states and deadlines is asked for.
    fn narrows(&self) -> bool {
        !self.orgs.is_empty()
            || !self.regions.is_empty()
            || self.assignee.is_some()
            || self.parent.is_some()
    }

    /// Whether the kept counts know the answer: they know organisations, regions and states.
    fn is_of_shelves(&self) -> bool {
        self.assignee.is_none() && self.parent.is_none() && self.due_before.is_none()
    }
}

/// The order of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// What is due first comes first; without a deadline last.
    #[default]
    Due,
    /// The newest first.
    Newest,
}

/// Where a page ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    due: i64,
    id: String,
}

impl Cursor {
    /// For a link: `due.id`. Holds no personal data.
    pub fn encode(&self) -> String {
        format!("{}.{}", self.due, self.id)
    }

    /// Back from a link; `None` for anything else.
    pub fn decode(text: &str) -> Option<Cursor> {
        let (due, id) = text.split_once('.')?;
        let is_id = id.len() <= 64 && id.bytes().all(|b| b.is_ascii_graphic());
        Some(Cursor {
            due: due.parse().ok()?,
            id: is_id.then(|| id.to_owned())?,
        })
    }
}

/// One line of a list.
#[derive(Debug, Clone)]
pub struct ListRow {
    /// Record identifier.
    pub id: String,
    /// Version.
    pub version: i64,
    /// Clear columns.
    pub clear: ClearData,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
    /// What the record type shows in lists.
    pub summary: Value,
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its lines.
    pub rows: Vec<ListRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

/// Number of records a state.
pub type Counts = Vec<(String, i64)>;

/// Number of records a state and region.
pub type RegionCounts = Vec<(String, Option<String>, i64)>;

struct Where {
    sql: String,
    args: Vec<Val>,
}

impl Where {
    fn new(kind: &Kind) -> Where {
        Where {
            sql: "kind = $1 AND erased_at IS NULL".to_owned(),
            args: vec![kind.name.into()],
        }
    }

    fn mark(&mut self, value: Val) -> String {
        self.args.push(value);
        format!("${}", self.args.len())
    }

    fn one_of(&mut self, column: &str, values: &[String]) {
        if values.is_empty() {
            return;
        }
        let marks: Vec<String> = values
            .iter()
            .map(|v| self.mark(v.as_str().into()))
            .collect();
        match marks.as_slice() {
            [one] => self.sql.push_str(&format!(" AND {column} = {one}")),
            many => self
                .sql
                .push_str(&format!(" AND {column} IN ({})", many.join(", "))),
        }
    }

    /// Over the kept counts.
    fn of_shelves(kind: &Kind, filter: &Filter) -> Where {
        let mut out = Where {
            sql: "kind = $1".to_owned(),
            args: vec![kind.name.into()],
        };
        out.one_of("org", &filter.orgs);
        out.one_of("region", &filter.regions);
        out
    }

    fn of(kind: &Kind, filter: &Filter, with_states: bool) -> Where {
        let mut out = Where::new(kind);
        if with_states {
            out.one_of("state", &filter.states);
        }
        out.one_of("org", &filter.orgs);
        out.one_of("region", &filter.regions);
        if let Some(assignee) = &filter.assignee {
            out.one_of("assignee", std::slice::from_ref(assignee));
        }
        if let Some(parent) = &filter.parent {
            out.one_of("parent", std::slice::from_ref(parent));
        }
        if let Some(due) = filter.due_before {
            let mark = out.mark(due.as_millisecond().into());
            out.sql.push_str(&format!(" AND due_at < {mark}"));
        }
        out
    }
}

impl Vault {
    /// What stands in clear of a record: its type's name, clear columns and version, without opening its seal. `None`
    /// when there is no such record, or no longer.
    pub async fn clear_of(
        &self,
        store: crate::Store,
        id: &str,
    ) -> Result<Option<(String, ClearData, i64)>> {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let sql = format!(
            "SELECT {} FROM records WHERE id = $1 AND erased_at IS NULL",
            crate::apply::RECORD_COLUMNS
        );
        let rows = self
            .pool(store)
            .rows(&sql, vec![id.into()])
            .await
            .map_err(fail)?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let row = SealedRow::read(row).map_err(fail)?;
        let clear = clear_of(&row);
        Ok(Some((row.kind, clear, row.version)))
    }

    /// A page of a work list. Reads no personal data and is therefore not journalled.
    pub async fn list(
        &self,
        kind: &Kind,
        filter: &Filter,
        order: Order,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page> {
        let store = kind.store;
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let mut wanted = Where::of(kind, filter, true);
        if let Some(cursor) = after {
            let id = wanted.mark(cursor.id.as_str().into());
            match order {
                Order::Due => {
                    let due = wanted.mark(cursor.due.into());
                    wanted
                        .sql
                        .push_str(&format!(" AND (due_at, id) > ({due}, {id})"));
                }
                Order::Newest => wanted.sql.push_str(&format!(" AND id < {id}")),
            }
        }
        let sort = match order {
            Order::Due => "due_at, id",
            Order::Newest => "id DESC",
        };
        // With a filter that an index serves, the order must not draw the database to another index and make it
        // look at every row: an expression has no index.
        let inner_sort = match order {
            Order::Newest if filter.narrows() => "id || '' DESC",
            _ => sort,
        };
        let take = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
        let mark = wanted.mark(take.into());
        // First the identifiers, from an index alone; then the rows of this page only.
        let sql = format!(
            "SELECT {} FROM records WHERE id IN (SELECT id FROM records WHERE {} ORDER BY {inner_sort} LIMIT {mark}) ORDER BY {sort}",
            crate::apply::RECORD_COLUMNS,
            wanted.sql
        );
        let rows = self
            .pool(store)
            .rows(&sql, wanted.args)
            .await
            .map_err(fail)?;
        let mut rows = rows
            .iter()
            .map(SealedRow::read)
            .collect::<std::result::Result<Vec<_>, _>>()
            .map_err(fail)?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = more
            .then(|| {
                rows.last().map(|row| Cursor {
                    due: row.due,
                    id: row.id.clone(),
                })
            })
            .flatten();
        Ok(Page {
            rows: self.summaries(kind, rows).await?,
            next,
        })
    }

    /// The lines of the records that have this value as a term, oldest first: for few records that must not be lost among many.
    pub async fn list_by_term(&self, kind: &Kind, term: &str, value: &str) -> Result<Vec<ListRow>> {
        let store = kind.store;
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let digest = self.keyring().term(store, term, value);
        let sql = format!(
            "SELECT {} FROM records WHERE id IN (SELECT record_id FROM terms WHERE digest = $1) AND kind = $2 AND erased_at IS NULL ORDER BY id LIMIT 500",
            crate::apply::RECORD_COLUMNS
        );
        let args = vec![digest.into(), kind.name.into()];
        let rows = self.pool(store).rows(&sql, args).await.map_err(fail)?;
        let rows = rows
            .iter()
            .map(SealedRow::read)
            .collect::<std::result::Result<Vec<_>, _>>()
            .map_err(fail)?;
        self.summaries(kind, rows).await
    }

    async fn summaries(&self, kind: &Kind, rows: Vec<SealedRow>) -> Result<Vec<ListRow>> {
        let store = kind.store;
        let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
        let keys = ledger::keys(self.ledger_pool(store), store, self.keyring(), &ids).await?;
        let mut out = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(key) = keys.get(&row.id) else {
                continue;
            };
            let summary = open_summary(store, &row, key)?;
            out.push(ListRow {
                summary,
                version: row.version,
                created: at_millis(row.created),
                updated: at_millis(row.updated),
                clear: clear_of(&row),
                id: row.id,
            });
        }
        Ok(out)
    }

    /// How many records each state holds, under the same filter without its states.
    pub async fn counts(&self, kind: &Kind, filter: &Filter) -> Result<Counts> {
        let store = kind.store;
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let wanted = match filter.is_of_shelves() {
            true => Where::of_shelves(kind, filter),
            false => Where::of(kind, filter, false),
        };
        // See `list` on why an expression: the filter's index serves, not the group's.
        let sql = match filter.is_of_shelves() {
            true => format!(
                "SELECT state, CAST(sum(n) AS BIGINT) FROM counts WHERE {} GROUP BY state ORDER BY state",
                wanted.sql
            ),
            false => format!(
                "SELECT state || '', count(*) FROM records WHERE {} GROUP BY state || '' ORDER BY state || ''",
                wanted.sql
            ),
        };
        let rows = self
            .pool(store)
            .rows(&sql, wanted.args)
            .await
            .map_err(fail)?;
        rows.iter()
            .map(|row| Ok((row.text(0)?, row.int(1)?)))
            .filter(|row| !matches!(row, Ok((_, 0))))
            .collect::<std::result::Result<_, sqlx::Error>>()
            .map_err(fail)
    }

    /// How many records each state holds in each region (`None` for those without one): all the figures beside the filters of
    /// a list in one question.
    pub async fn counts_by_region(&self, kind: &Kind) -> Result<RegionCounts> {
        let store = kind.store;
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let sql = "SELECT state, region, CAST(sum(n) AS BIGINT) FROM counts WHERE kind = $1 AND n <> 0 GROUP BY state, region ORDER BY state, region";
        let args = vec![kind.name.into()];
        let rows = self.pool(store).rows(sql, args).await.map_err(fail)?;
        rows.iter()
            .map(|row| {
                let region = Some(row.text(1)?).filter(|region| !region.is_empty());
                Ok((row.text(0)?, region, row.int(2)?))
            })
            .collect::<std::result::Result<_, sqlx::Error>>()
            .map_err(fail)
    }

    /// The records under a record, and those under them: what goes when it goes.
    pub async fn ids_under(&self, store: crate::Store, parent: &str) -> Result<Vec<String>> {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let mut out: Vec<String> = Vec::new();
        let mut open = vec![parent.to_owned()];
        while let Some(id) = open.pop() {
            let sql = "SELECT id FROM records WHERE parent = $1 AND erased_at IS NULL ORDER BY id";
            for row in self
                .pool(store)
                .rows(sql, vec![id.into()])
                .await
                .map_err(fail)?
            {
                let child = row.text(0).map_err(fail)?;
                if !out.contains(&child) {
                    out.push(child.clone());
                    open.push(child);
                }
            }
        }
        Ok(out)
    }
}
