//! Applies one prepared change inside the writer's transaction. New rows are gathered and written many at a
//! time; everything else first writes out what was gathered, so that the order of effects is kept.

use crate::counts::Counted;
use crate::db::{Conn, Row, Val};
use crate::journal::{Entry, How, link};
use crate::prepare::{Prepared, RecordRow, Step, due_millis};
use crate::writer::Failure;
use crate::{Store, VaultError};

/// What the writer says of one change; records still sealed.
pub(crate) struct JobOutcome {
    pub(crate) seq: i64,
    pub(crate) rows: Vec<SealedRow>,
    /// Digest of the idempotency key and the sealed answer kept under it.
    pub(crate) replayed: Option<(Vec<u8>, Vec<u8>)>,
}

/// A record row as it came from the database.
pub(crate) struct SealedRow {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) schema: i64,
    pub(crate) version: i64,
    pub(crate) state: String,
    pub(crate) org: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) assignee: Option<String>,
    pub(crate) parent: Option<String>,
    pub(crate) due: i64,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) summary: Option<Vec<u8>>,
    pub(crate) sealed: Option<Vec<u8>>,
}

/// The columns of [`SealedRow`], in its order.
pub(crate) const RECORD_COLUMNS: &str = "id, kind, schema_version, version, state, org, region, assignee, parent, due_at, created_at, updated_at, summary, sealed";

impl SealedRow {
    pub(crate) fn read(row: &Row) -> Result<SealedRow, sqlx::Error> {
        Ok(SealedRow {
            id: row.text(0)?,
            kind: row.text(1)?,
            schema: row.int(2)?,
            version: row.int(3)?,
            state: row.text(4)?,
            org: row.text_opt(5)?,
            region: row.text_opt(6)?,
            assignee: row.text_opt(7)?,
            parent: row.text_opt(8)?,
            due: row.int(9)?,
            created: row.int(10)?,
            updated: row.int(11)?,
            summary: row.blob_opt(12)?,
            sealed: row.blob_opt(13)?,
        })
    }
}

/// Rows gathered for insertion.
#[derive(Default)]
pub(crate) struct Pending {
    records: Vec<Vec<Val>>,
    terms: Vec<Vec<Val>>,
    journal: Vec<Vec<Val>>,
    journal_records: Vec<Vec<Val>>,
    timers: Vec<Vec<Val>>,
    outbox: Vec<Vec<Val>>,
    inbox: Vec<Vec<Val>>,
    receipts: Vec<Vec<Val>>,
    parts: Vec<Vec<Val>>,
    /// Written once, at the end of the transaction.
    pub(crate) counted: Counted,
}

type Outcome<T> = Result<T, Failure>;

fn db(error: sqlx::Error) -> Failure {
    Failure::Database(error)
}

/// A table into which rows are inserted many at a time.
pub(crate) struct Into {
    head: &'static str,
    columns: usize,
    tail: &'static str,
    numbered: [LazyText; GROUPS.len()],
    unnumbered: [LazyText; GROUPS.len()],
}

type LazyText = std::sync::OnceLock<String>;

/// How many rows go into one statement: few statement texts, all kept prepared, and few statements.
const GROUPS: [usize; 4] = [64, 16, 4, 1];

impl Into {
    pub(crate) const fn new(head: &'static str, columns: usize, tail: &'static str) -> Into {
        Into {
            head,
            columns,
            tail,
            numbered: [const { LazyText::new() }; GROUPS.len()],
            unnumbered: [const { LazyText::new() }; GROUPS.len()],
        }
    }

    /// The statement for one size of group. SQLite looks a numbered placeholder up by walking all of them, which
    /// costs a tenth of the whole insert at 64 rows, so it gets plain ones.
    fn text(&self, conn: &Conn, size: usize) -> &str {
        let (texts, mark): (_, fn(usize) -> String) = match conn {
            Conn::Sqlite(_) => (&self.unnumbered, |_| "?".to_owned()),
            Conn::Postgres(_) => (&self.numbered, |n| format!("${n}")),
        };
        texts[size].get_or_init(|| {
            format!(
                "INSERT INTO {} VALUES {}{}",
                self.head,
                placeholders(GROUPS[size], self.columns, mark),
                self.tail
            )
        })
    }

    /// Inserts the rows in their order.
    pub(crate) async fn insert(
        &self,
        conn: &mut Conn,
        rows: Vec<Vec<Val>>,
    ) -> Result<(), sqlx::Error> {
        let mut left = rows.len();
        let mut rows = rows.into_iter();
        for (size, &group) in GROUPS.iter().enumerate() {
            while left >= group {
                let args = rows.by_ref().take(group).flatten().collect();
                let sql = self.text(conn, size);
                conn.exec(sql, args).await?;
                left -= group;
            }
        }
        Ok(())
    }
}

fn placeholders(rows: usize, columns: usize, mark: fn(usize) -> String) -> String {
    let row = |row: usize| {
        let marks: Vec<String> = (1..=columns).map(|c| mark(row * columns + c)).collect();
        format!("({})", marks.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

static RECEIPTS: Into = Into::new("receipts (id, sealed, expires_at)", 3, "");
static INBOX: Into = Into::new("inbox (id, received_at)", 2, "");
static RECORDS: Into = Into::new(
    "records (id, kind, schema_version, version, state, org, region, assignee, parent, due_at, created_at, updated_at, summary, sealed, changed)",
    15,
    "",
);
static TERMS: Into = Into::new(
    "terms (digest, record_id, kind)",
    3,
    " ON CONFLICT DO NOTHING",
);
static TIMERS: Into = Into::new(
    "timers (id, due_at, kind, record_id, attempts)",
    5,
    " ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at, kind = excluded.kind, record_id = excluded.record_id, attempts = 0",
);
static OUTBOX: Into = Into::new("outbox (id, target, created_at, attempts)", 4, "");
static PARTS: Into = Into::new("parts (record_id, number, sealed)", 3, "");
static JOURNAL: Into = Into::new("journal (seq, at, actor, act, subject, entry, hash)", 7, "");
/// The key ledger's rows. A key that exists is never replaced: its record would become unreadable.
pub(crate) static WRAPS: Into = Into::new("wraps (record_id, wrapped)", 2, "");

/// Writes out everything gathered.
pub(crate) async fn flush(conn: &mut Conn, pending: &mut Pending) -> Outcome<()> {
    let counted = std::mem::take(&mut pending.counted);
    let p = std::mem::take(pending);
    pending.counted = counted;
    let tables = [
        (&RECEIPTS, p.receipts),
        (&INBOX, p.inbox),
        (&RECORDS, p.records),
        (&TERMS, p.terms),
        (&TIMERS, last_of_each(p.timers)),
        (&OUTBOX, p.outbox),
        (&PARTS, p.parts),
        (&JOURNAL, p.journal),
        (&crate::journal_index::RECORDS, p.journal_records),
    ];
    for (table, rows) in tables {
        table.insert(conn, rows).await.map_err(db)?;
    }
    Ok(())
}

/// PostgreSQL refuses one upsert statement that meets the same key twice; the last one set is what stays.
fn last_of_each(mut rows: Vec<Vec<Val>>) -> Vec<Vec<Val>> {
    let mut seen = std::collections::HashSet::with_capacity(rows.len());
    rows.reverse();
    rows.retain(|row| match row.first() {
        Some(Val::Text(id)) => seen.insert(id.clone()),
        _ => true,
    });
    rows.reverse();
    rows
}

/// Applies one change; `alone` when it is the only one of its transaction, so that a repetition can be
/// answered instead of failing the batch.
pub(crate) async fn apply_one(
    store: Store,
    conn: &mut Conn,
    job: &Prepared,
    head: &mut (i64, Vec<u8>),
    pending: &mut Pending,
    alone: bool,
) -> Outcome<JobOutcome> {
    let mut outcome = JobOutcome {
        seq: 0,
        rows: Vec::new(),
        replayed: None,
    };
    if alone {
        // Before any other step: a repetition must leave no trace, wherever its receipt stands in the change.
        for step in &job.steps {
            if let Step::Receipt { id, .. } = step
                && let Some(sealed) = earlier(conn, id, job).await?
            {
                outcome.replayed = Some((id.clone(), sealed));
                return Ok(outcome);
            }
        }
    }
    outcome.seq = head.0 + 1;
    let mut touched = job.touched.clone();
    for (at, step) in job.steps.iter().enumerate() {
        if !step.is_insert() {
            flush(conn, pending).await?;
        }
        let found = apply_step(store, conn, job, step, outcome.seq, pending).await?;
        if let (Some(entry), Some(first)) = (touched.get_mut(at), found.first()) {
            entry.kind.clone_from(&first.kind);
            if entry.how == How::Sought {
                entry.id = found
                    .iter()
                    .map(|r| r.id.as_str())
                    .collect::<Vec<_>>()
                    .join(" ");
            }
        }
        outcome.rows.extend(found);
    }
    let entry = Entry {
        seq: outcome.seq,
        store,
        context: job.context.clone(),
        records: touched,
    };
    let canonical = entry.canonical();
    let hash = link(&head.1, &canonical).to_vec();
    let subject = entry.subject().map(str::to_owned);
    pending.journal.push(vec![
        entry.seq.into(),
        entry.context.at.as_millisecond().into(),
        entry.context.actor.as_str().into(),
        entry.context.act.as_str().into(),
        subject.into(),
        canonical.into(),
        hash.clone().into(),
    ]);
    let others = entry.others().into_iter();
    let named = others.map(|id| vec![id.into(), entry.seq.into()]);
    pending.journal_records.extend(named);
    *head = (entry.seq, hash);
    Ok(outcome)
}

impl Step {
    fn is_insert(&self) -> bool {
        matches!(
            self,
            Step::Insert(_)
                | Step::Look
                | Step::SetTimer(_)
                | Step::Send { .. }
                | Step::Receive { .. }
                | Step::Receipt { .. }
        )
    }
}

impl Prepared {
    pub(crate) fn erases(&self) -> bool {
        self.steps
            .iter()
            .any(|step| matches!(step, Step::Erase { .. }))
    }
}

async fn apply_step(
    store: Store,
    conn: &mut Conn,
    job: &Prepared,
    step: &Step,
    seq: i64,
    pending: &mut Pending,
) -> Outcome<Vec<SealedRow>> {
    let now = job.context.at.as_millisecond();
    match step {
        Step::Insert(row) => {
            gather_terms(row, pending);
            pending.counted.comes(row.kind, &row.clear);
            pending.records.push(insert_values(row, seq));
        }
        Step::Update(row) => update(store, conn, row, seq, pending).await?,
        Step::Read { id } => return read(store, conn, id).await.map(|row| vec![row]),
        Step::Seek { digest } => return seek(conn, digest).await,
        Step::Look => {}
        Step::SetTimer(t) => pending.timers.push(vec![
            t.id.as_str().into(),
            not_before(t.due).into(),
            t.kind.as_str().into(),
            t.record.as_str().into(),
            0i64.into(),
        ]),
        Step::ClearTimers { record } => {
            conn.exec(
                "DELETE FROM timers WHERE record_id = $1",
                vec![record.as_str().into()],
            )
            .await
            .map_err(db)?;
        }
        Step::Fire { id } => {
            let sql = "DELETE FROM timers WHERE id = $1";
            once(conn, sql, vec![id.as_str().into()], format!("timer {id}")).await?;
        }
        Step::Send { id, target } => pending.outbox.push(vec![
            id.as_str().into(),
            target.name().into(),
            now.into(),
            0i64.into(),
        ]),
        Step::Receive { id } => receive(conn, id, now, pending).await?,
        Step::Delivered { id } => {
            let sql = "UPDATE outbox SET delivered_at = $2 WHERE id = $1 AND delivered_at IS NULL";
            once(
                conn,
                sql,
                vec![id.as_str().into(), now.into()],
                format!("delivery of {id}"),
            )
            .await?;
        }
        Step::Receipt {
            id,
            sealed,
            expires,
        } => pending.receipts.push(vec![
            id.clone().into(),
            sealed.clone().into(),
            (*expires).into(),
        ]),
        Step::Part {
            record,
            number,
            sealed,
        } => {
            must_exist(store, conn, record).await?;
            pending.parts.push(vec![
                record.as_str().into(),
                (*number).into(),
                sealed.clone().into(),
            ]);
        }
        Step::Erase { id } => {
            pending.counted.goes(conn, id).await.map_err(db)?;
            erase(store, conn, id, now, seq).await?;
        }
    }
    Ok(Vec::new())
}

/// Whole milliseconds, rounded up: a clock is never early.
fn not_before(due: jiff::Timestamp) -> i64 {
    let cut = due.as_millisecond();
    let is_cut = jiff::Timestamp::from_millisecond(cut).is_ok_and(|whole| whole < due);
    cut + i64::from(is_cut)
}

fn gather_terms(row: &RecordRow, pending: &mut Pending) {
    for (digest, kind) in &row.terms {
        pending.terms.push(vec![
            digest.clone().into(),
            row.id.as_str().into(),
            kind.as_str().into(),
        ]);
    }
}

fn insert_values(row: &RecordRow, seq: i64) -> Vec<Val> {
    let clear = &row.clear;
    vec![
        row.id.as_str().into(),
        row.kind.into(),
        row.schema.into(),
        row.version.into(),
        clear.state.as_str().into(),
        clear.org.clone().into(),
        clear.region.clone().into(),
        clear.assignee.clone().into(),
        clear.parent.clone().into(),
        due_millis(clear).into(),
        row.created.into(),
        row.updated.into(),
        row.summary.clone().into(),
        row.sealed.clone().into(),
        seq.into(),
    ]
}

async fn update(
    store: Store,
    conn: &mut Conn,
    row: &RecordRow,
    seq: i64,
    pending: &mut Pending,
) -> Outcome<()> {
    let clear = &row.clear;
    pending.counted.goes(conn, &row.id).await.map_err(db)?;
    pending.counted.comes(row.kind, clear);
    let changed = conn
        .exec(
            "UPDATE records SET schema_version = $3, version = $4, state = $5, org = $6, region = $7, assignee = $8, parent = $9, due_at = $10, updated_at = $11, summary = $12, sealed = $13, changed = $14 WHERE id = $1 AND version = $2 AND erased_at IS NULL",
            vec![
                row.id.as_str().into(),
                (row.version - 1).into(),
                row.schema.into(),
                row.version.into(),
                clear.state.as_str().into(),
                clear.org.clone().into(),
                clear.region.clone().into(),
                clear.assignee.clone().into(),
                clear.parent.clone().into(),
                due_millis(clear).into(),
                row.updated.into(),
                row.summary.clone().into(),
                row.sealed.clone().into(),
                seq.into(),
            ],
        )
        .await
        .map_err(db)?;
    if changed != 1 {
        return Err(Failure::Refused(VaultError::Conflict {
            store,
            id: row.id.clone(),
            seen: row.version - 1,
        }));
    }
    conn.exec(
        "DELETE FROM terms WHERE record_id = $1",
        vec![row.id.as_str().into()],
    )
    .await
    .map_err(db)?;
    gather_terms(row, pending);
    Ok(())
}

async fn read(store: Store, conn: &mut Conn, id: &str) -> Outcome<SealedRow> {
    let sql = format!("SELECT {RECORD_COLUMNS} FROM records WHERE id = $1 AND erased_at IS NULL");
    let rows = conn.rows(&sql, vec![id.into()]).await.map_err(db)?;
    match rows.first() {
        Some(row) => SealedRow::read(row).map_err(db),
        None => Err(Failure::Refused(VaultError::NotFound {
            store,
            id: id.to_owned(),
        })),
    }
}

async fn seek(conn: &mut Conn, digest: &[u8]) -> Outcome<Vec<SealedRow>> {
    let columns = RECORD_COLUMNS
        .split(", ")
        .map(|c| format!("r.{c}"))
        .collect::<Vec<_>>()
        .join(", ");
    let sql = format!(
        "SELECT {columns} FROM terms t JOIN records r ON r.id = t.record_id WHERE t.digest = $1 AND r.erased_at IS NULL ORDER BY r.id LIMIT 200"
    );
    conn.rows(&sql, vec![digest.to_vec().into()])
        .await
        .map_err(db)?
        .iter()
        .map(|row| SealedRow::read(row).map_err(db))
        .collect()
}

/// Runs a statement that must touch exactly one row, else the effect happened before.
async fn once(conn: &mut Conn, sql: &str, args: Vec<Val>, what: String) -> Outcome<()> {
    if conn.exec(sql, args).await.map_err(db)? == 1 {
        return Ok(());
    }
    Err(Failure::Refused(VaultError::AlreadyDone { what }))
}

async fn receive(conn: &mut Conn, id: &str, now: i64, pending: &mut Pending) -> Outcome<()> {
    let before = conn
        .rows("SELECT id FROM inbox WHERE id = $1", vec![id.into()])
        .await
        .map_err(db)?;
    if !before.is_empty() {
        return Err(Failure::Refused(VaultError::AlreadyDone {
            what: format!("receipt of disclosure {id}"),
        }));
    }
    pending.inbox.push(vec![id.into(), now.into()]);
    Ok(())
}

/// The sealed answer given before under this key, if it was and its time is not over.
async fn earlier(conn: &mut Conn, id: &[u8], job: &Prepared) -> Outcome<Option<Vec<u8>>> {
    let rows = conn
        .rows(
            "SELECT sealed, expires_at FROM receipts WHERE id = $1",
            vec![id.to_vec().into()],
        )
        .await
        .map_err(db)?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    if row.int(1).map_err(db)? <= job.context.at.as_millisecond() {
        let sql = "DELETE FROM receipts WHERE id = $1";
        conn.exec(sql, vec![id.to_vec().into()]).await.map_err(db)?;
        return Ok(None);
    }
    Ok(Some(row.blob(0).map_err(db)?))
}

/// Refuses what belongs to a record that is not there, or no longer.
async fn must_exist(store: Store, conn: &mut Conn, id: &str) -> Outcome<()> {
    let sql = "SELECT version FROM records WHERE id = $1 AND erased_at IS NULL";
    let rows = conn.rows(sql, vec![id.into()]).await.map_err(db)?;
    if rows.is_empty() {
        return Err(Failure::Refused(VaultError::NotFound {
            store,
            id: id.to_owned(),
        }));
    }
    Ok(())
}

async fn erase(store: Store, conn: &mut Conn, id: &str, now: i64, seq: i64) -> Outcome<()> {
    let changed = conn
        .exec(
            "UPDATE records SET version = version + 1, state = 'erased', org = NULL, region = NULL, assignee = NULL, parent = NULL, due_at = $2, updated_at = $3, erased_at = $3, summary = NULL, sealed = NULL, changed = $4 WHERE id = $1 AND erased_at IS NULL",
            vec![
                id.into(),
                crate::prepare::NO_DUE.into(),
                now.into(),
                seq.into(),
            ],
        )
        .await
        .map_err(db)?;
    if changed != 1 {
        return Err(Failure::Refused(VaultError::NotFound {
            store,
            id: id.to_owned(),
        }));
    }
    for sql in [
        "DELETE FROM terms WHERE record_id = $1",
        "DELETE FROM timers WHERE record_id = $1",
        "DELETE FROM parts WHERE record_id = $1",
        // A disclosure that has not arrived goes nowhere any more.
        "DELETE FROM outbox WHERE id = $1 AND delivered_at IS NULL",
        "INSERT INTO erasures (record_id) VALUES ($1) ON CONFLICT DO NOTHING",
    ] {
        conn.exec(sql, vec![id.into()]).await.map_err(db)?;
    }
    Ok(())
}
