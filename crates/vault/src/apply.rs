//! Applies one prepared change inside the writer's transaction. New rows are gathered and written many at a
//! time; everything else first writes out what was gathered, so that the order of effects is kept.

use crate::db::{Conn, Row, Val};
use crate::journal::{Entry, How, link};
use crate::prepare::{Prepared, RecordRow, Step, due_millis};
use crate::writer::Failure;
use crate::{Store, VaultError};

/// What the writer says of one change; records still sealed.
pub(crate) struct JobOutcome {
    pub(crate) seq: i64,
    pub(crate) rows: Vec<SealedRow>,
    pub(crate) replayed: Option<Vec<u8>>,
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
    timers: Vec<Vec<Val>>,
    outbox: Vec<Vec<Val>>,
    inbox: Vec<Vec<Val>>,
    receipts: Vec<Vec<Val>>,
    parts: Vec<Vec<Val>>,
}

type Outcome<T> = Result<T, Failure>;

fn db(error: sqlx::Error) -> Failure {
    Failure::Database(error)
}

/// Writes out everything gathered.
pub(crate) async fn flush(conn: &mut Conn, pending: &mut Pending) -> Outcome<()> {
    let p = std::mem::take(pending);
    let tables = [
        (
            "INSERT INTO receipts (id, body, answer, expires_at) VALUES",
            "",
            p.receipts,
        ),
        ("INSERT INTO inbox (id, received_at) VALUES", "", p.inbox),
        (
            "INSERT INTO records (id, kind, schema_version, version, state, org, region, assignee, parent, due_at, created_at, updated_at, summary, sealed) VALUES",
            "",
            p.records,
        ),
        (
            "INSERT INTO terms (digest, record_id, kind) VALUES",
            " ON CONFLICT DO NOTHING",
            p.terms,
        ),
        (
            "INSERT INTO timers (id, due_at, kind, record_id, attempts) VALUES",
            " ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at, attempts = 0",
            p.timers,
        ),
        (
            "INSERT INTO outbox (id, target, created_at, attempts) VALUES",
            "",
            p.outbox,
        ),
        (
            "INSERT INTO parts (record_id, number, sealed) VALUES",
            "",
            p.parts,
        ),
        (
            "INSERT INTO journal (seq, at, actor, act, subject, entry, hash) VALUES",
            "",
            p.journal,
        ),
    ];
    for (head, tail, rows) in tables {
        insert_many(conn, head, tail, rows).await.map_err(db)?;
    }
    Ok(())
}

/// Inserts rows sixteen at a time, then singly: two statement texts a table, both kept prepared.
pub(crate) async fn insert_many(
    conn: &mut Conn,
    head: &str,
    tail: &str,
    rows: Vec<Vec<Val>>,
) -> Result<(), sqlx::Error> {
    const MANY: usize = 16;
    let Some(columns) = rows.first().map(Vec::len) else {
        return Ok(());
    };
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut group: Vec<Vec<Val>> = rows.by_ref().take(MANY).collect();
        if group.len() == MANY && distinct_keys(&group) {
            let sql = format!("{head} {}{tail}", placeholders(MANY, columns));
            conn.exec(&sql, group.drain(..).flatten().collect()).await?;
        } else {
            let sql = format!("{head} {}{tail}", placeholders(1, columns));
            for row in group {
                conn.exec(&sql, row).await?;
            }
        }
    }
    Ok(())
}

/// PostgreSQL refuses one upsert statement that meets the same key twice.
fn distinct_keys(group: &[Vec<Val>]) -> bool {
    let keys: Vec<String> = group
        .iter()
        .map(|row| format!("{:?}", row.first()))
        .collect();
    keys.iter().collect::<std::collections::BTreeSet<_>>().len() == keys.len()
        || !matches!(group.first().and_then(|r| r.first()), Some(Val::Text(_)))
}

fn placeholders(rows: usize, columns: usize) -> String {
    let mut out = String::with_capacity(rows * columns * 5);
    for row in 0..rows {
        out.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            let separator = if column == 0 { "" } else { ", " };
            out.push_str(&format!("{separator}${}", row * columns + column + 1));
        }
        out.push(')');
    }
    out
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
    let mut touched = job.touched.clone();
    for (at, step) in job.steps.iter().enumerate() {
        if !step.is_insert() {
            flush(conn, pending).await?;
        }
        if let Step::Receipt { id, body, .. } = step
            && alone
            && let Some(answer) = earlier(conn, id, body, job).await?
        {
            outcome.replayed = Some(answer);
            return Ok(outcome);
        }
        let found = apply_step(store, conn, job, step, pending).await?;
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
    outcome.seq = head.0 + 1;
    let entry = Entry {
        seq: outcome.seq,
        store,
        context: job.context.clone(),
        records: touched,
    };
    let canonical = entry.canonical();
    let hash = link(&head.1, &canonical).to_vec();
    let subject = entry
        .records
        .iter()
        .map(|r| &r.id)
        .find(|id| !id.is_empty())
        .cloned();
    pending.journal.push(vec![
        entry.seq.into(),
        entry.context.at.as_millisecond().into(),
        entry.context.actor.as_str().into(),
        entry.context.act.as_str().into(),
        subject.into(),
        canonical.into(),
        hash.clone().into(),
    ]);
    *head = (entry.seq, hash);
    Ok(outcome)
}

impl Step {
    fn is_insert(&self) -> bool {
        matches!(
            self,
            Step::Insert(_)
                | Step::SetTimer(_)
                | Step::Send { .. }
                | Step::Receive { .. }
                | Step::Receipt { .. }
                | Step::Part { .. }
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
    pending: &mut Pending,
) -> Outcome<Vec<SealedRow>> {
    let now = job.context.at.as_millisecond();
    match step {
        Step::Insert(row) => {
            gather_terms(row, pending);
            pending.records.push(insert_values(row));
        }
        Step::Update(row) => update(store, conn, row, pending).await?,
        Step::Read { id } => return read(store, conn, id).await.map(|row| vec![row]),
        Step::Seek { digest } => return seek(conn, digest).await,
        Step::SetTimer(t) => pending.timers.push(vec![
            t.id.as_str().into(),
            t.due.as_millisecond().into(),
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
            body,
            answer,
            expires,
        } => pending.receipts.push(vec![
            id.clone().into(),
            body.clone().into(),
            answer.clone().into(),
            (*expires).into(),
        ]),
        Step::Part {
            record,
            number,
            sealed,
        } => pending.parts.push(vec![
            record.as_str().into(),
            (*number).into(),
            sealed.clone().into(),
        ]),
        Step::Erase { id } => erase(store, conn, id, now).await?,
    }
    Ok(Vec::new())
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

fn insert_values(row: &RecordRow) -> Vec<Val> {
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
    ]
}

async fn update(
    store: Store,
    conn: &mut Conn,
    row: &RecordRow,
    pending: &mut Pending,
) -> Outcome<()> {
    let clear = &row.clear;
    let changed = conn
        .exec(
            "UPDATE records SET schema_version = $3, version = $4, state = $5, org = $6, region = $7, assignee = $8, parent = $9, due_at = $10, updated_at = $11, summary = $12, sealed = $13 WHERE id = $1 AND version = $2 AND erased_at IS NULL",
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

/// The sealed answer given before under this key, if it was.
async fn earlier(
    conn: &mut Conn,
    id: &[u8],
    body: &[u8],
    job: &Prepared,
) -> Outcome<Option<Vec<u8>>> {
    let rows = conn
        .rows(
            "SELECT body, answer, expires_at FROM receipts WHERE id = $1",
            vec![id.to_vec().into()],
        )
        .await
        .map_err(db)?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    if row.int(2).map_err(db)? <= job.context.at.as_millisecond() {
        conn.exec(
            "DELETE FROM receipts WHERE id = $1",
            vec![id.to_vec().into()],
        )
        .await
        .map_err(db)?;
        return Ok(None);
    }
    if row.blob(0).map_err(db)? != body {
        return Err(Failure::Refused(VaultError::KeyReused));
    }
    Ok(Some(row.blob(1).map_err(db)?))
}

async fn erase(store: Store, conn: &mut Conn, id: &str, now: i64) -> Outcome<()> {
    let changed = conn
        .exec(
            "UPDATE records SET version = version + 1, state = 'erased', org = NULL, region = NULL, assignee = NULL, parent = NULL, due_at = $2, updated_at = $3, erased_at = $3, summary = NULL, sealed = NULL WHERE id = $1 AND erased_at IS NULL",
            vec![id.into(), crate::prepare::NO_DUE.into(), now.into()],
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
        "INSERT INTO erasures (record_id) VALUES ($1) ON CONFLICT DO NOTHING",
    ] {
        conn.exec(sql, vec![id.into()]).await.map_err(db)?;
    }
    Ok(())
}
