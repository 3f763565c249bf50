//! The signature under a frozen edition: which files it consists of, with their sizes and check values, signed by this installation.
//!
//! Ed25519 under a key of its own, derived from the root key as the key under the journal's heads is. Whoever has the public key of the
//! installation can check with any tool that a file is the one that was frozen; the text that is signed stands in the manifest, readable.

use ed25519_dalek::{Signature as Ed25519, Signer, SigningKey, VerifyingKey};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::freeze::FrozenForm;
use crate::Desk;

/// A signature and the key it belongs to, hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Ed25519 public key.
    pub key: String,
    /// Ed25519 signature over the manifest's text.
    pub signature: String,
}

/// What is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// Name of the edition.
    pub edition: String,
    /// When it was frozen.
    pub frozen_at: Timestamp,
    /// Its files.
    pub forms: Vec<FrozenForm>,
    /// The text that is signed, byte for byte.
    pub text: String,
    /// The signature; none for an edition that was frozen before editions were signed.
    pub signature: Option<Signature>,
}

/// The text that is signed: one line for each file.
pub(super) fn text(edition: &str, at: Timestamp, forms: &[FrozenForm]) -> String {
    let mut out = format!("samen letter edition v1\nedition {edition}\nfrozen {at}\n");
    for form in forms {
        out.push_str(&format!("{} {} {}\n", form.form, form.sha256, form.bytes));
    }
    out
}

/// Signs a text with the installation's key for letters.
pub(super) fn sign(desk: &Desk, text: &str) -> Signature {
    let key = SigningKey::from_bytes(&desk.vault.keyring().derive("letter signing"));
    Signature {
        key: hex::encode(key.verifying_key().as_bytes()),
        signature: hex::encode(key.sign(text.as_bytes()).to_bytes()),
    }
}

/// Whether a signature belongs to this text and the key that it names.
#[must_use]
pub fn genuine(text: &str, signed: &Signature) -> bool {
    let key = hex::decode(&signed.key)
        .ok()
        .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
        .and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
    let signature = hex::decode(&signed.signature)
        .ok()
        .and_then(|bytes| Ed25519::from_slice(&bytes).ok());
    match (key, signature) {
        (Some(key), Some(signature)) => key.verify_strict(text.as_bytes(), &signature).is_ok(),
        _ => false,
    }
}
