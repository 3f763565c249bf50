//! The key under which identifiers and pseudonyms are made, so that nobody without it can find out what they stand for.

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::ids::is_lower_hex;
use crate::{Fault, SpanId, TraceId};

/// A secret of 32 bytes. Use another one wherever two logs must not be brought together by their pseudonyms.
pub struct Key(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for Key {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Key(…)")
    }
}

impl Key {
    /// A key of these bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Key {
        Key(Zeroizing::new(bytes))
    }

    /// The trace of a processing: the same for the same `unique` bytes, so that a record sent twice is recognised.
    #[must_use]
    pub fn trace(&self, unique: &[u8]) -> TraceId {
        TraceId::of_digest(&self.digest(b"trace", &[unique]))
    }

    /// An action of a processing; `part` tells the actions of one processing apart.
    #[must_use]
    pub fn span(&self, unique: &[u8], part: &[u8]) -> SpanId {
        SpanId::of_digest(&self.digest(b"span", &[unique, part]))
    }

    /// The pseudonym of what these parts name: the same for the same parts.
    #[must_use]
    pub fn pseudonym(&self, parts: &[&str]) -> Pseudonym {
        let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
        Pseudonym(hex::encode(self.digest(b"data subject", &parts)))
    }

    /// HMAC-SHA-256 over the label and the parts, each with its length before it, so that no two lists of parts are the same bytes.
    fn digest(&self, label: &[u8], parts: &[&[u8]]) -> [u8; 32] {
        // HMAC takes a key of any length; this one has 32 bytes.
        let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(&*self.0) else {
            return [0; 32];
        };
        for part in std::iter::once(&label).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

/// A keyed pseudonym. Only a [`Key`] makes one, so that no record can hold a number or name by mistake.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pseudonym(String);

impl Pseudonym {
    /// 64 lower-case hexadecimal characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Pseudonym {
    type Error = Fault;

    fn try_from(text: String) -> Result<Pseudonym, Fault> {
        match is_lower_hex(&text, 64) {
            true => Ok(Pseudonym(text)),
            false => Err(Fault::Pseudonym),
        }
    }
}

impl From<Pseudonym> for String {
    fn from(pseudonym: Pseudonym) -> String {
        pseudonym.0
    }
}
