//! Seals a change before it queues for its store, so that the one writer only writes.

use sha2::{Digest, Sha256};

use crate::change::{Change, Op, Timer};
use crate::journal::{Context, How, Touched};
use crate::record::{ClearData, Draft};
use crate::seal::{self, Key};
use crate::{Chance, Keyring, Result, Store, VaultError};

/// `due_at` of a record without a deadline: sorts last on both databases.
pub(crate) const NO_DUE: i64 = i64::MAX;

/// A record row as written.
pub(crate) struct RecordRow {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) schema: i64,
    pub(crate) version: i64,
    pub(crate) clear: ClearData,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) summary: Option<Vec<u8>>,
    pub(crate) sealed: Vec<u8>,
    pub(crate) terms: Vec<(Vec<u8>, String)>,
}

/// A step ready for the writer.
pub(crate) enum Step {
    Insert(Box<RecordRow>),
    Update(Box<RecordRow>),
    Read {
        id: String,
    },
    Seek {
        digest: Vec<u8>,
    },
    SetTimer(Timer),
    ClearTimers {
        record: String,
    },
    Fire {
        id: String,
    },
    Send {
        id: String,
        target: Store,
    },
    Receive {
        id: String,
    },
    Delivered {
        id: String,
    },
    Receipt {
        id: Vec<u8>,
        body: Vec<u8>,
        answer: Vec<u8>,
        expires: i64,
    },
    Part {
        record: String,
        number: i64,
        sealed: Vec<u8>,
    },
    Erase {
        id: String,
    },
}

/// A change ready for the writer.
pub(crate) struct Prepared {
    pub(crate) context: Context,
    pub(crate) touched: Vec<Touched>,
    pub(crate) wraps: Vec<(String, Vec<u8>)>,
    pub(crate) steps: Vec<Step>,
}

/// Keys of records that exist already, fetched from the ledger before preparing.
pub(crate) type KnownKeys = std::collections::HashMap<String, Key>;

/// The records whose keys a change needs.
pub(crate) fn needs_keys(change: &Change) -> Vec<String> {
    let created: Vec<&str> = change
        .ops
        .iter()
        .filter_map(|op| match op {
            Op::Create(draft) => Some(draft.id.as_str()),
            _ => None,
        })
        .collect();
    change
        .ops
        .iter()
        .filter_map(|op| match op {
            Op::Update { draft, .. } => Some(draft.id.clone()),
            Op::Part { record, .. } => Some(record.clone()),
            _ => None,
        })
        .filter(|id| !created.contains(&id.as_str()))
        .collect()
}

/// Seals and digests everything in a change.
pub(crate) fn prepare(
    store: Store,
    change: Change,
    ring: &Keyring,
    mut keys: KnownKeys,
    chance: &dyn Chance,
) -> Result<Prepared> {
    let now = change.context.at.as_millisecond();
    let mut out = Prepared {
        context: change.context,
        touched: Vec::with_capacity(change.ops.len()),
        wraps: Vec::new(),
        steps: Vec::with_capacity(change.ops.len()),
    };
    for op in change.ops {
        out.touched.push(touched(&op));
        let step = match op {
            Op::Create(draft) => {
                check_store(store, &draft)?;
                let (key, wrapped) = ring.new_record_key(store, &draft.id, chance);
                out.wraps.push((draft.id.clone(), wrapped));
                let row = row(store, &draft, 1, now, now, &key, ring, chance)?;
                keys.insert(draft.id, key);
                Step::Insert(Box::new(row))
            }
            Op::Update { draft, seen } => {
                check_store(store, &draft)?;
                let key = key_of(&keys, store, &draft.id)?;
                Step::Update(Box::new(row(
                    store,
                    &draft,
                    seen + 1,
                    0,
                    now,
                    key,
                    ring,
                    chance,
                )?))
            }
            Op::Read { id, .. } => Step::Read { id },
            Op::Seek { kind, value } => Step::Seek {
                digest: ring.term(store, &kind, &value),
            },
            Op::SetTimer(timer) => Step::SetTimer(timer),
            Op::ClearTimers { record } => Step::ClearTimers { record },
            Op::Fire { id, .. } => Step::Fire { id },
            Op::Send { disclosure, target } => Step::Send {
                id: disclosure,
                target,
            },
            Op::Receive { disclosure } => Step::Receive { id: disclosure },
            Op::Delivered { disclosure } => Step::Delivered { id: disclosure },
            Op::Receipt {
                key,
                body,
                answer,
                expires,
            } => Step::Receipt {
                id: ring.receipt_digest(store, &key),
                body: Sha256::digest(&body).to_vec(),
                answer: seal::seal(ring.receipt_key(store), b"receipt", &answer, chance),
                expires: expires.as_millisecond(),
            },
            Op::Part {
                record,
                number,
                bytes,
            } => {
                let key = key_of(&keys, store, &record)?;
                let place = part_place(store, &record, number);
                Step::Part {
                    sealed: seal::seal(key, &place, &bytes, chance),
                    record,
                    number,
                }
            }
            Op::Erase { id } => Step::Erase { id },
        };
        out.steps.push(step);
    }
    Ok(out)
}

fn key_of<'a>(keys: &'a KnownKeys, store: Store, id: &str) -> Result<&'a Key> {
    keys.get(id).ok_or_else(|| VaultError::NotFound {
        store,
        id: id.to_owned(),
    })
}

fn check_store(store: Store, draft: &Draft) -> Result<()> {
    if draft.kind.store == store {
        return Ok(());
    }
    Err(VaultError::Undeclared {
        kind: draft.kind.name,
        what: format!("it lives in {}, not in {store}", draft.kind.store),
    })
}

#[expect(
    clippy::too_many_arguments,
    reason = "one private constructor of a row; a struct would be named only here"
)]
fn row(
    store: Store,
    draft: &Draft,
    version: i64,
    created: i64,
    updated: i64,
    key: &Key,
    ring: &Keyring,
    chance: &dyn Chance,
) -> Result<RecordRow> {
    let plain =
        serde_json::to_vec(&serde_json::json!({ "terms": draft.terms, "body": draft.body }))
            .map_err(|e| VaultError::Shape {
                store,
                id: draft.id.clone(),
                kind: draft.kind.name,
                why: e.to_string(),
            })?;
    let schema = i64::from(draft.kind.schema);
    let at = |part| {
        record_place(
            store,
            draft.kind.name,
            &draft.id,
            version,
            schema,
            &draft.clear,
            part,
        )
    };
    let summary = (!draft.summary.is_null()).then(|| {
        seal::seal(
            key,
            &at("summary"),
            draft.summary.to_string().as_bytes(),
            chance,
        )
    });
    Ok(RecordRow {
        id: draft.id.clone(),
        kind: draft.kind.name,
        schema,
        version,
        sealed: seal::seal(key, &at("body"), &plain, chance),
        summary,
        clear: draft.clear.clone(),
        created,
        updated,
        terms: draft
            .terms
            .iter()
            .map(|t| (ring.term(store, &t.kind, &t.value), t.kind.clone()))
            .collect(),
    })
}

/// What a record's seal is bound to: its place, version and every clear column.
pub(crate) fn record_place(
    store: Store,
    kind: &str,
    id: &str,
    version: i64,
    schema: i64,
    clear: &ClearData,
    part: &str,
) -> Vec<u8> {
    let or_none = |o: &Option<String>| {
        o.clone()
            .map_or_else(|| "-".to_owned(), |v| format!("+{v}"))
    };
    seal::place(&[
        "record",
        store.name(),
        kind,
        id,
        &version.to_string(),
        &schema.to_string(),
        &clear.state,
        &or_none(&clear.org),
        &or_none(&clear.region),
        &or_none(&clear.assignee),
        &or_none(&clear.parent),
        &due_millis(clear).to_string(),
        part,
    ])
}

pub(crate) fn part_place(store: Store, record: &str, number: i64) -> Vec<u8> {
    seal::place(&["part", store.name(), record, &number.to_string()])
}

pub(crate) fn due_millis(clear: &ClearData) -> i64 {
    clear.due.map_or(NO_DUE, |t| t.as_millisecond())
}

fn touched(op: &Op) -> Touched {
    let make = |how, kind: &str, id: &str, fields: &[String]| Touched {
        how,
        kind: kind.to_owned(),
        id: id.to_owned(),
        fields: fields.to_vec(),
    };
    match op {
        Op::Create(d) => make(How::Created, d.kind.name, &d.id, &d.fields),
        Op::Update { draft: d, .. } => make(How::Changed, d.kind.name, &d.id, &d.fields),
        Op::Read { id, fields } => make(How::Read, "", id, fields),
        Op::Seek { kind, .. } => make(How::Sought, kind, "", &[]),
        Op::SetTimer(t) => make(How::Timed, &t.kind, &t.record, &["set".to_owned()]),
        Op::ClearTimers { record } => make(How::Timed, "", record, &["cleared".to_owned()]),
        Op::Fire { id, record } => make(How::Timed, id, record, &["fired".to_owned()]),
        Op::Send { disclosure, target } => make(How::Disclosed, target.name(), disclosure, &[]),
        Op::Receive { disclosure } => make(How::Received, "disclosure", disclosure, &[]),
        Op::Delivered { disclosure } => make(How::Disclosed, "delivered", disclosure, &[]),
        Op::Receipt { .. } => make(How::Timed, "receipt", "", &["kept".to_owned()]),
        Op::Part { record, number, .. } => {
            make(How::Attached, "part", record, &[number.to_string()])
        }
        Op::Erase { id } => make(How::Erased, "", id, &["all".to_owned()]),
    }
}
