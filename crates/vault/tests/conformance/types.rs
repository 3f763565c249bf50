//! Record types for the tests, and the reasons under which they are written.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Change, Clear, ClearData, Context, Draft, Kind, Store, Stored, Term, Timer, Vault};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub text: String,
    pub phone: String,
}

impl Stored for Report {
    const KIND: Kind = Kind {
        name: "report",
        store: Store::K1,
        schema: 1,
        clear: &[
            Clear::State,
            Clear::Org,
            Clear::Region,
            Clear::Assignee,
            Clear::Parent,
            Clear::Due,
        ],
        terms: &["phone", "plate"],
    };
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub note: String,
}

impl Stored for Case {
    const KIND: Kind = Kind {
        name: "case",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::State],
        terms: &[],
    };
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub street: String,
}

impl Stored for Address {
    const KIND: Kind = Kind {
        name: "address",
        store: Store::Addresses,
        schema: 1,
        clear: &[],
        // Declared on purpose: the store itself must refuse it.
        terms: &["street"],
    };
}

/// A moment of the tests' own calendar.
pub fn at(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(1_790_000_000_000 + millis).unwrap()
}

pub fn why(now: Timestamp) -> Context {
    Context {
        at: now,
        actor: "u-anna".to_owned(),
        role: "signal_desk".to_owned(),
        org: "COM".to_owned(),
        act: "test".to_owned(),
        purpose: "triage".to_owned(),
        ground: "art. 6(1)(e) AVG".to_owned(),
    }
}

pub fn report(text: &str) -> Report {
    Report {
        text: text.to_owned(),
        phone: "+31612345678".to_owned(),
    }
}

pub fn clear(state: &str) -> ClearData {
    ClearData {
        state: state.to_owned(),
        ..ClearData::default()
    }
}

/// Every clear column set.
pub fn full_clear() -> ClearData {
    ClearData {
        state: "open".to_owned(),
        org: Some("org-1".to_owned()),
        region: Some("r-1".to_owned()),
        assignee: Some("u-bert".to_owned()),
        parent: Some("parent-1".to_owned()),
        due: Some(at(5_000)),
    }
}

pub fn draft(id: &str, text: &str) -> Draft {
    Draft::new(id, &report(text), clear("open")).unwrap()
}

pub fn creation(id: &str, text: &str) -> Change {
    Change::new(why(at(0))).create(draft(id, text))
}

pub async fn create(vault: &Vault, id: &str, text: &str) -> i64 {
    vault
        .apply(Store::K1, creation(id, text))
        .await
        .unwrap()
        .seq
}

/// What a public report is: a record with a term, a receipt and a timer.
pub fn public_report(id: &str, key: &str, now: Timestamp) -> Change {
    let draft = Draft::new(id, &report("seen at the car wash"), clear("new"))
        .unwrap()
        .with_terms(vec![Term::new("phone", format!("+316{id}"))])
        .unwrap()
        .with_summary(&serde_json::json!({"form": "labour"}))
        .unwrap();
    Change::new(why(now))
        .create(draft)
        .receipt(
            key,
            id.as_bytes(),
            id.as_bytes().to_vec(),
            at(1_000_000_000),
        )
        .timer(Timer {
            id: format!("{id}:outcome:1"),
            due: at(60_000),
            kind: "outcome".to_owned(),
            record: id.to_owned(),
        })
}
