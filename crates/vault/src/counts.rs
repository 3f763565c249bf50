//! How many records stand under the same clear columns, kept in the transaction that writes them: the figures beside a list
//! then cost the same whatever the number of records.

use std::collections::BTreeMap;

use crate::db::{Conn, Row, Val};
use crate::record::ClearData;

/// The clear columns that are counted by: kind, organisation, region, state. Nothing is the empty text.
type Shelf = (String, String, String, String);

/// What a transaction adds to and takes from each shelf.
#[derive(Default)]
pub(crate) struct Counted(BTreeMap<Shelf, i64>);

/// The counts as the records have them.
pub(crate) const RECOUNT: &str = "SELECT kind, COALESCE(org, '') AS org, COALESCE(region, '') AS region, state, count(*) AS n FROM records WHERE erased_at IS NULL GROUP BY kind, COALESCE(org, ''), COALESCE(region, ''), state ORDER BY 1, 2, 3, 4";

/// The counts as they are kept.
pub(crate) const KEPT: &str =
    "SELECT kind, org, region, state, n FROM counts WHERE n <> 0 ORDER BY kind, org, region, state";

type DbResult<T> = Result<T, sqlx::Error>;

impl Counted {
    /// A record that came to stand here.
    pub(crate) fn comes(&mut self, kind: &str, clear: &ClearData) {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let shelf = (
            kind.to_owned(),
            text(&clear.org),
            text(&clear.region),
            clear.state.clone(),
        );
        self.add(shelf, 1);
    }

    /// A record that no longer stands where it stood. Nothing when it is not there: the step itself is refused then.
    pub(crate) async fn goes(&mut self, conn: &mut Conn, id: &str) -> DbResult<()> {
        let sql = "SELECT kind, COALESCE(org, ''), COALESCE(region, ''), state FROM records WHERE id = $1 AND erased_at IS NULL";
        for row in conn.rows(sql, vec![id.into()]).await? {
            self.add(shelf(&row)?, -1);
        }
        Ok(())
    }

    fn add(&mut self, shelf: Shelf, by: i64) {
        let n = self.0.entry(shelf).or_insert(0);
        *n = n.saturating_add(by);
    }

    /// Writes what changed. The chain is locked by now, so two processes never wait for each other here.
    pub(crate) async fn write(&mut self, conn: &mut Conn) -> DbResult<()> {
        for ((kind, org, region, state), by) in std::mem::take(&mut self.0) {
            if by == 0 {
                continue;
            }
            let sql = "INSERT INTO counts (kind, org, region, state, n) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (kind, org, region, state) DO UPDATE SET n = counts.n + excluded.n";
            let args: Vec<Val> = vec![
                kind.into(),
                org.into(),
                region.into(),
                state.into(),
                by.into(),
            ];
            conn.exec(sql, args).await?;
        }
        Ok(())
    }
}

fn shelf(row: &Row) -> DbResult<Shelf> {
    Ok((row.text(0)?, row.text(1)?, row.text(2)?, row.text(3)?))
}

/// The rows of [`RECOUNT`] or [`KEPT`].
pub(crate) fn read(rows: &[Row]) -> DbResult<Vec<(Shelf, i64)>> {
    rows.iter()
        .map(|row| Ok((shelf(row)?, row.int(4)?)))
        .collect()
}

/// Counts anew: after a restore, which brings records only.
pub(crate) async fn rebuild(conn: &mut Conn) -> DbResult<()> {
    conn.exec("DELETE FROM counts", vec![]).await?;
    let sql = format!("INSERT INTO counts (kind, org, region, state, n) {RECOUNT}");
    conn.exec(&sql, vec![]).await.map(|_| ())
}
