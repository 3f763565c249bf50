//! Records: what a type declares, what is written, what is read.

use jiff::Timestamp;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::{Result, Store, VaultError};

/// What may stand in clear beside the seal, for lists and filters. A record type declares its own set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clear {
    /// The state of the record's state machine.
    State,
    /// The organisation that holds it.
    Org,
    /// The region it belongs to.
    Region,
    /// The person it is assigned to.
    Assignee,
    /// The record it belongs to, in the same store.
    Parent,
    /// When it is due.
    Due,
}

/// A record type: where it lives and what it may show.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Stable name.
    pub name: &'static str,
    /// Its only store.
    pub store: Store,
    /// Version of the stored shape.
    pub schema: u32,
    /// What may stand in clear.
    pub clear: &'static [Clear],
    /// Kinds of value that may be found again by equality (keyed digests).
    pub terms: &'static [&'static str],
}

/// A type that can be kept in the vault.
pub trait Stored: Serialize + DeserializeOwned {
    /// Its declaration.
    const KIND: Kind;
}

/// The clear columns of a record. Set only what the record type declares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClearData {
    /// See [`Clear::State`].
    pub state: String,
    /// See [`Clear::Org`].
    pub org: Option<String>,
    /// See [`Clear::Region`].
    pub region: Option<String>,
    /// See [`Clear::Assignee`].
    pub assignee: Option<String>,
    /// See [`Clear::Parent`].
    pub parent: Option<String>,
    /// See [`Clear::Due`].
    pub due: Option<Timestamp>,
}

/// A value to be found again by equality, already normalised (see `domain`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Kind of value, as declared by the record type.
    pub kind: String,
    /// The normalised value; sealed with the record, stored outside only as a keyed digest.
    pub value: String,
}

impl Term {
    /// A term of this kind.
    pub fn new(kind: &str, value: impl Into<String>) -> Term {
        Term {
            kind: kind.to_owned(),
            value: value.into(),
        }
    }
}

/// A record ready to be written.
#[derive(Debug, Clone)]
pub struct Draft {
    pub(crate) kind: Kind,
    pub(crate) id: String,
    pub(crate) clear: ClearData,
    pub(crate) terms: Vec<Term>,
    pub(crate) summary: Value,
    pub(crate) body: Value,
    pub(crate) fields: Vec<String>,
}

impl Draft {
    /// A record of type `T` with this identifier.
    pub fn new<T: Stored>(id: impl Into<String>, body: &T, clear: ClearData) -> Result<Draft> {
        let id = id.into();
        let kind = T::KIND;
        let body = serde_json::to_value(body).map_err(|e| VaultError::Shape {
            store: kind.store,
            id: id.clone(),
            kind: kind.name,
            why: e.to_string(),
        })?;
        let draft = Draft {
            kind,
            id,
            clear,
            terms: Vec::new(),
            summary: Value::Null,
            body,
            fields: vec!["all".to_owned()],
        };
        draft.check_clear()?;
        Ok(draft)
    }

    /// Values under which the record can be found again.
    pub fn with_terms(mut self, terms: Vec<Term>) -> Result<Draft> {
        for term in &terms {
            if !self.kind.terms.contains(&term.kind.as_str()) {
                return Err(self.undeclared(format!("term `{}` is not declared", term.kind)));
            }
        }
        if self.kind.store == Store::Addresses && !terms.is_empty() {
            return Err(self.undeclared("an address is never indexed".to_owned()));
        }
        self.terms = terms;
        Ok(self)
    }

    /// What a work list shows of the record: sealed like the record itself, but opened for lists, so it must hold
    /// nothing about a person.
    pub fn with_summary<S: Serialize>(mut self, summary: &S) -> Result<Draft> {
        self.summary = serde_json::to_value(summary).map_err(|e| VaultError::Shape {
            store: self.kind.store,
            id: self.id.clone(),
            kind: self.kind.name,
            why: e.to_string(),
        })?;
        Ok(self)
    }

    /// The fields that this write changes, for the journal (names only, never values).
    pub fn changing(mut self, fields: &[&str]) -> Draft {
        self.fields = fields.iter().map(|f| (*f).to_owned()).collect();
        self
    }

    /// The same record in another store: for types that every compartment keeps its own of (disclosures).
    pub fn in_store(mut self, store: Store) -> Draft {
        self.kind.store = store;
        self
    }

    /// The record's identifier.
    pub fn id(&self) -> &str {
        &self.id
    }

    fn undeclared(&self, what: String) -> VaultError {
        VaultError::Undeclared {
            kind: self.kind.name,
            what,
        }
    }

    fn check_clear(&self) -> Result<()> {
        let c = &self.clear;
        let used = [
            (Clear::State, !c.state.is_empty()),
            (Clear::Org, c.org.is_some()),
            (Clear::Region, c.region.is_some()),
            (Clear::Assignee, c.assignee.is_some()),
            (Clear::Parent, c.parent.is_some()),
            (Clear::Due, c.due.is_some()),
        ];
        for (column, set) in used {
            if set && !self.kind.clear.contains(&column) {
                return Err(self.undeclared(format!("{column:?} may not stand in clear")));
            }
        }
        Ok(())
    }
}

/// A record opened from the vault.
#[derive(Debug, Clone)]
pub struct Opened<T> {
    /// Identifier.
    pub id: String,
    /// Version to name when changing it.
    pub version: i64,
    /// Clear columns.
    pub clear: ClearData,
    /// Values it can be found by.
    pub terms: Vec<Term>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
    /// The content.
    pub body: T,
}

/// A record opened without its type yet.
#[derive(Clone)]
pub struct Raw {
    pub(crate) kind: String,
    pub(crate) store: Store,
    pub(crate) id: String,
    pub(crate) version: i64,
    pub(crate) clear: ClearData,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    /// What the seal held, as it was written; read once, as its type.
    pub(crate) plain: Zeroizing<Vec<u8>>,
}

/// What a record's seal holds.
#[derive(Deserialize)]
struct Content<T> {
    terms: Vec<Term>,
    body: T,
}

impl std::fmt::Debug for Raw {
    /// Nothing of the content: a record in an error or a log would be a leak.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Raw({} {})", self.kind, self.id)
    }
}

impl Raw {
    /// The record as its type.
    pub fn typed<T: Stored>(self) -> Result<Opened<T>> {
        if self.kind != T::KIND.name {
            return Err(VaultError::NotFound {
                store: self.store,
                id: self.id,
            });
        }
        let content = self.content::<T>(T::KIND.name)?;
        Ok(Opened {
            id: self.id,
            version: self.version,
            clear: self.clear,
            terms: content.terms,
            created: self.created,
            updated: self.updated,
            body: content.body,
        })
    }

    /// The values by which it can be found.
    pub(crate) fn terms(&self) -> Result<Vec<Term>> {
        Ok(self.content::<IgnoredAny>("record")?.terms)
    }

    fn content<T: DeserializeOwned>(&self, kind: &'static str) -> Result<Content<T>> {
        serde_json::from_slice(&self.plain).map_err(|e| VaultError::Shape {
            store: self.store,
            id: self.id.clone(),
            kind,
            // serde's message can quote a value; only its category may leave.
            why: format!("{:?} error", e.classify()),
        })
    }

    /// The record type's name.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The record's identifier.
    pub fn id(&self) -> &str {
        &self.id
    }
}
