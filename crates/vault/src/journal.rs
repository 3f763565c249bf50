//! The journal: one entry for every change and every reading of a person's data, chained by hash.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Store;

/// Who does what, why and on which ground: given by the caller for every change and every reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// When, as the caller's clock has it.
    pub at: Timestamp,
    /// User id, or `public`, `timer`, `system`.
    pub actor: String,
    /// The role in which the actor acts.
    pub role: String,
    /// The actor's organisation.
    pub org: String,
    /// The use case.
    pub act: String,
    /// The purpose, a vocabulary code.
    pub purpose: String,
    /// The legal ground.
    pub ground: String,
}

/// What happened to one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Made.
    Created,
    /// Changed.
    Changed,
    /// Shown to a person.
    Read,
    /// Searched for by an equal value.
    Sought,
    /// Its key destroyed.
    Erased,
    /// Sent to another store.
    Disclosed,
    /// Received from another store.
    Received,
    /// A timer was set, fired or cleared.
    Timed,
    /// A part of an attachment was stored.
    Attached,
}

/// One record touched by an entry: names only, never values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touched {
    /// What happened.
    pub how: How,
    /// Record type.
    pub kind: String,
    /// Record identifier.
    pub id: String,
    /// Field names.
    pub fields: Vec<String>,
}

/// A journal entry as it is chained, stored and exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Position in the store's chain, from 1 without gaps.
    pub seq: i64,
    /// The store.
    pub store: Store,
    /// Who, why, on which ground.
    #[serde(flatten)]
    pub context: Context,
    /// What was touched.
    pub records: Vec<Touched>,
}

impl Entry {
    /// The bytes that are hashed: the entry as JSON with its members in fixed order.
    pub fn canonical(&self) -> String {
        // A struct of strings and numbers always serialises.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The record an entry is found by: the first it names.
    pub(crate) fn subject(&self) -> Option<&str> {
        let mut ids = self.records.iter().map(|touched| touched.id.as_str());
        ids.find(|id| !id.is_empty())
    }

    /// Every record that the entry names besides its subject, each once. A search that found several names them in one line.
    pub(crate) fn others(&self) -> std::collections::BTreeSet<&str> {
        let subject = self.subject().unwrap_or_default();
        let ids = self
            .records
            .iter()
            .flat_map(|touched| touched.id.split(' '));
        ids.filter(|id| !id.is_empty() && *id != subject).collect()
    }
}

/// SHA-256 over the previous hash and the entry's bytes.
pub fn link(previous: &[u8], canonical: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"samen journal v1");
    hash.update(previous);
    hash.update(canonical.as_bytes());
    hash.finalize().into()
}

/// The hash before the first entry of a store.
pub fn genesis(store: Store) -> [u8; 32] {
    Sha256::digest(format!("samen journal v1 {store}").as_bytes()).into()
}

/// The end of one store's chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The store.
    pub store: Store,
    /// Last position, 0 when empty.
    pub seq: i64,
    /// Hash after that position, hexadecimal.
    pub hash: String,
}

/// The heads of all chains under one signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedHead {
    /// One head per store, in the order of [`Store::ALL`].
    pub heads: Vec<Head>,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// Ed25519 public key, hexadecimal.
    pub key: String,
    /// Ed25519 signature over heads and moment, hexadecimal.
    pub signature: String,
}

impl SignedHead {
    /// Signs the heads.
    pub(crate) fn sign(heads: Vec<Head>, signed_at: Timestamp, key: &SigningKey) -> SignedHead {
        let signature = key.sign(&message(&heads, signed_at));
        SignedHead {
            heads,
            signed_at,
            key: hex::encode(key.verifying_key().as_bytes()),
            signature: hex::encode(signature.to_bytes()),
        }
    }

    /// Whether the signature belongs to these heads and this key.
    pub fn is_genuine(&self) -> bool {
        let key = hex::decode(&self.key)
            .ok()
            .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
            .and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
        let signature = hex::decode(&self.signature)
            .ok()
            .and_then(|bytes| Signature::from_slice(&bytes).ok());
        match (key, signature) {
            (Some(key), Some(signature)) => key
                .verify_strict(&message(&self.heads, self.signed_at), &signature)
                .is_ok(),
            _ => false,
        }
    }
}

fn message(heads: &[Head], at: Timestamp) -> Vec<u8> {
    let mut out = format!("samen journal head v1 {at}").into_bytes();
    for head in heads {
        out.extend_from_slice(format!("\n{} {} {}", head.store, head.seq, head.hash).as_bytes());
    }
    out
}

/// Walks one store's chain and names the first fault.
#[derive(Debug)]
pub struct ChainCheck {
    store: Store,
    seq: i64,
    hash: [u8; 32],
}

impl ChainCheck {
    /// Begins at the empty chain of a store.
    pub fn begin(store: Store) -> ChainCheck {
        ChainCheck {
            store,
            seq: 0,
            hash: genesis(store),
        }
    }

    /// Takes the next entry as its exact text and the hash claimed for it.
    pub fn step(&mut self, canonical: &str, claimed: &[u8]) -> std::result::Result<Entry, String> {
        let at = format!("journal of {}, entry {}", self.store, self.seq + 1);
        let entry: Entry = serde_json::from_str(canonical)
            .map_err(|_| format!("{at}: not a readable journal entry"))?;
        if entry.store != self.store || entry.seq != self.seq + 1 {
            return Err(format!(
                "{at}: found entry {} of {} in its place",
                entry.seq, entry.store
            ));
        }
        let hash = link(&self.hash, canonical);
        if hash.as_slice() != claimed {
            return Err(format!(
                "{at}: the hash does not follow from what was written"
            ));
        }
        self.seq = entry.seq;
        self.hash = hash;
        Ok(entry)
    }

    /// The head reached.
    pub fn head(&self) -> Head {
        Head {
            store: self.store,
            seq: self.seq,
            hash: hex::encode(self.hash),
        }
    }
}
