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
    /// Nothing to do in the store: the step stands in the journal entry only.
    Look,
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
        sealed: Vec<u8>,
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

/// The largest record that is stored, in bytes: what is larger is an attachment.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// The records whose keys a change needs; `also_created` asks for the keys of those it makes as well, after
/// the ledger turned out to hold one already.
pub(crate) fn needs_keys(change: &Change, also_created: bool) -> Vec<String> {
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
            Op::Create(draft) | Op::Update { draft, .. } => Some(draft.id.clone()),
            Op::Part { record, .. } => Some(record.clone()),
            _ => None,
        })
        .filter(|id| also_created || !created.contains(&id.as_str()))
        .collect()
}

/// Seals and digests everything in a change. `keys` are those of records that have one already.
pub(crate) fn prepare(
    store: Store,
    change: &Change,
    ring: &Keyring,
    mut keys: KnownKeys,
    chance: &dyn Chance,
) -> Result<Prepared> {
    let mut out = Prepared {
        context: change.context.clone(),
        touched: Vec::with_capacity(change.ops.len()),
        wraps: Vec::new(),
        steps: Vec::with_capacity(change.ops.len()),
    };
    let maker = Maker {
        store,
        now: change.context.at.as_millisecond(),
        ring,
        chance,
    };
    for op in &change.ops {
        out.touched.push(touched(op));
        let step = maker.step(op, &mut keys, &mut out.wraps)?;
        out.steps.push(step);
    }
    Ok(out)
}

/// What every step is made with.
struct Maker<'a> {
    store: Store,
    now: i64,
    ring: &'a Keyring,
    chance: &'a dyn Chance,
}

impl Maker<'_> {
    fn step(
        &self,
        op: &Op,
        keys: &mut KnownKeys,
        wraps: &mut Vec<(String, Vec<u8>)>,
    ) -> Result<Step> {
        let store = self.store;
        Ok(match op {
            Op::Create(draft) => {
                check_store(store, draft)?;
                if !keys.contains_key(&draft.id) {
                    let (key, wrapped) = self.ring.new_record_key(store, &draft.id, self.chance);
                    wraps.push((draft.id.clone(), wrapped));
                    keys.insert(draft.id.clone(), key);
                }
                let key = key_of(keys, store, &draft.id)?;
                Step::Insert(Box::new(self.row(draft, 1, key)?))
            }
            Op::Update { draft, seen } => {
                check_store(store, draft)?;
                let key = key_of(keys, store, &draft.id)?;
                Step::Update(Box::new(self.row(draft, seen.saturating_add(1), key)?))
            }
            Op::Read { id, .. } => Step::Read { id: id.clone() },
            Op::Seek { kind, value } => Step::Seek {
                digest: self.ring.term(store, kind, value),
            },
            Op::Look { .. } => Step::Look,
            Op::SetTimer(timer) => Step::SetTimer(timer.clone()),
            Op::ClearTimers { record } => Step::ClearTimers {
                record: record.clone(),
            },
            Op::Fire { id, .. } => Step::Fire { id: id.clone() },
            Op::Send { disclosure, target } => Step::Send {
                id: disclosure.clone(),
                target: *target,
            },
            Op::Receive { disclosure } => Step::Receive {
                id: disclosure.clone(),
            },
            Op::Delivered { disclosure } => Step::Delivered {
                id: disclosure.clone(),
            },
            Op::Receipt {
                key,
                body,
                answer,
                expires,
            } => self.receipt(key, body, answer, expires.as_millisecond()),
            Op::Part {
                record,
                number,
                bytes,
            } => self.part(key_of(keys, store, record)?, record, *number, bytes)?,
            Op::Erase { id } => Step::Erase { id: id.clone() },
        })
    }

    /// The digest of the body is sealed with the answer: even a keyed digest of what somebody sent may not
    /// lie in a store (an address is never digested).
    fn receipt(&self, key: &str, body: &[u8], answer: &[u8], expires: i64) -> Step {
        let id = self.ring.receipt_digest(self.store, key);
        let mut plain = zeroize::Zeroizing::new(Sha256::digest(body).to_vec());
        plain.extend_from_slice(answer);
        Step::Receipt {
            sealed: seal::seal(
                self.ring.receipt_key(self.store),
                &receipt_place(self.store, &id),
                &plain,
                self.chance,
            ),
            id,
            expires,
        }
    }

    fn part(&self, key: &Key, record: &str, number: i64, bytes: &[u8]) -> Result<Step> {
        if bytes.len() > crate::PART_BYTES {
            return Err(VaultError::Undeclared {
                kind: "attachment",
                what: format!(
                    "a part holds at most {} bytes, this one has {}",
                    crate::PART_BYTES,
                    bytes.len()
                ),
            });
        }
        let place = part_place(self.store, record, number);
        Ok(Step::Part {
            sealed: seal::seal(key, &place, bytes, self.chance),
            record: record.to_owned(),
            number,
        })
    }

    fn row(&self, draft: &Draft, version: i64, key: &Key) -> Result<RecordRow> {
        let refused = |why: String| VaultError::Shape {
            store: self.store,
            id: draft.id.clone(),
            kind: draft.kind.name,
            why,
        };
        let plain = zeroize::Zeroizing::new(
            serde_json::to_vec(&Content {
                terms: &draft.terms,
                body: &draft.body,
            })
            .map_err(|e| refused(e.to_string()))?,
        );
        if plain.len() > MOST_BYTES {
            return Err(refused(format!(
                "it has {} bytes, a record holds at most {MOST_BYTES}; store it as an attachment",
                plain.len()
            )));
        }
        let schema = i64::from(draft.kind.schema);
        let place = Place {
            store: self.store,
            kind: draft.kind.name,
            id: &draft.id,
            version,
            schema,
            updated: self.now,
            clear: &draft.clear,
            has_summary: !draft.summary.is_null(),
        };
        let summary = place.has_summary.then(|| {
            let text = draft.summary.to_string();
            seal::seal(key, &place.of("summary"), text.as_bytes(), self.chance)
        });
        Ok(RecordRow {
            id: draft.id.clone(),
            kind: draft.kind.name,
            schema,
            version,
            sealed: seal::seal(key, &place.of("body"), &plain, self.chance),
            summary,
            clear: draft.clear.clone(),
            created: self.now,
            updated: self.now,
            terms: draft
                .terms
                .iter()
                .map(|t| {
                    (
                        self.ring.term(self.store, &t.kind, &t.value),
                        t.kind.clone(),
                    )
                })
                .collect(),
        })
    }
}

/// What is sealed of a record.
#[derive(serde::Serialize)]
struct Content<'a> {
    terms: &'a [crate::Term],
    body: &'a serde_json::Value,
}

fn key_of<'a>(keys: &'a KnownKeys, store: Store, id: &str) -> Result<&'a Key> {
    keys.get(id).ok_or_else(|| VaultError::NotFound {
        store,
        id: id.to_owned(),
    })
}

fn check_store(store: Store, draft: &Draft) -> Result<()> {
    // Here too, since a draft can be moved to another store after its terms were set.
    if store == Store::Addresses && !draft.terms.is_empty() {
        return Err(VaultError::Undeclared {
            kind: draft.kind.name,
            what: "an address is never indexed".to_owned(),
        });
    }
    if draft.kind.store == store {
        return Ok(());
    }
    Err(VaultError::Undeclared {
        kind: draft.kind.name,
        what: format!("it lives in {}, not in {store}", draft.kind.store),
    })
}

/// What a record's seal is bound to: its place, version, last change and every clear column, and whether a
/// summary stands beside the body, so that none of them can be altered or taken away unnoticed.
pub(crate) struct Place<'a> {
    pub(crate) store: Store,
    pub(crate) kind: &'a str,
    pub(crate) id: &'a str,
    pub(crate) version: i64,
    pub(crate) schema: i64,
    pub(crate) updated: i64,
    pub(crate) clear: &'a ClearData,
    pub(crate) has_summary: bool,
}

impl Place<'_> {
    /// The bytes to bind for one sealed part of the row: `body` or `summary`.
    pub(crate) fn of(&self, part: &str) -> Vec<u8> {
        let or_none = |o: &Option<String>| {
            o.as_ref()
                .map_or_else(|| "-".to_owned(), |v| format!("+{v}"))
        };
        let clear = self.clear;
        seal::place(&[
            "record",
            self.store.name(),
            self.kind,
            self.id,
            &self.version.to_string(),
            &self.schema.to_string(),
            &self.updated.to_string(),
            &clear.state,
            &or_none(&clear.org),
            &or_none(&clear.region),
            &or_none(&clear.assignee),
            &or_none(&clear.parent),
            &due_millis(clear).to_string(),
            if self.has_summary {
                "summarised"
            } else {
                "plain"
            },
            part,
        ])
    }
}

/// What an answer's seal is bound to.
pub(crate) fn receipt_place(store: Store, id: &[u8]) -> Vec<u8> {
    seal::place(&["receipt", store.name(), &hex::encode(id)])
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
        // The kind of value sought; what was found is filled in by the writer.
        Op::Seek { kind, .. } => make(How::Sought, "", "", std::slice::from_ref(kind)),
        Op::Look { what, at, fields } => make(How::Read, what, at, fields),
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
