//! Signing a version: the message, the keys, the text of `version.toml`.

use std::fmt::Write as _;

use domain::vocabulary::Vocabulary;
use ed25519_dalek::{Signer as _, SigningKey};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::fault::PolicyError;
use crate::files::{Files, VERSION_FILE};
use crate::model::Version;
use crate::read;

/// What is signed: everything that the version file says but the signatures, who signs, and when.
pub(crate) fn message(version: &Version, signer: &str, on: Date) -> String {
    format!(
        "samen law v1\nversion {}\ndate {}\nknows from {}\ndigest {}\nnote {}\nnote {}\nsigned by {signer}\non {on}\n",
        version.version,
        version.date,
        version.knows_from,
        version.digest,
        version.note.nl,
        version.note.en,
    )
}

/// A signing key.
pub struct Key(SigningKey);

impl Key {
    /// The key from its 32 secret bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Key {
        Key(SigningKey::from_bytes(bytes))
    }

    /// The key from the 64 hexadecimal digits of a key file.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Key> {
        let bytes: [u8; 32] = hex::decode(text.trim()).ok()?.try_into().ok()?;
        Some(Key::from_bytes(&bytes))
    }

    /// The key of a signer for trials: made from the signer's own code, so that everybody can make it. It proves nothing but that
    /// the files are as they were when somebody ran the command.
    #[must_use]
    pub fn trial(signer: &str) -> Key {
        let bytes: [u8; 32] = Sha256::digest(format!("samen trial signer {signer}")).into();
        Key::from_bytes(&bytes)
    }

    /// The public key, as it stands in `signers.toml`.
    #[must_use]
    pub fn public(&self) -> String {
        hex::encode(self.0.verifying_key().as_bytes())
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Key(…)")
    }
}

/// Why a version was not signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The files have faults: nobody signs what cannot count.
    #[error("{0}")]
    Faults(PolicyError),
    /// The signer is not in `signers.toml`, or with another key.
    #[error(
        "`{0}` is not in signers.toml with this key; add the signer first, since the list of signers is signed too"
    )]
    NotASigner(String),
}

/// The signers for trials that `signers.toml` names.
pub fn trial_signers(files: &Files) -> Vec<String> {
    let faults = read::Faults::default();
    let signers = read::signers(files, &faults);
    signers
        .into_values()
        .filter(|signer| signer.trial)
        .map(|signer| signer.code)
        .collect()
}

/// The new text of `version.toml` with this signature. Signatures over other files than these are dropped: whoever made them
/// has to look again.
pub fn sign(
    files: &Files,
    vocabulary: &Vocabulary,
    signer: &str,
    key: &Key,
    on: Date,
) -> Result<String, SignError> {
    let policies = read::unsigned(files, vocabulary).map_err(SignError::Faults)?;
    let faults = read::Faults::default();
    let known = read::signers(files, &faults);
    let listed = known
        .get(signer)
        .is_some_and(|known| known.key == key.public());
    if !listed {
        return Err(SignError::NotASigner(signer.to_owned()));
    }
    let version = policies.version;
    let value = hex::encode(
        key.0
            .sign(message(&version, signer, on).as_bytes())
            .to_bytes(),
    );
    let kept = kept_signatures(files, &version, signer);
    Ok(text(&version, &kept, signer, on, &value))
}

/// The signatures of others that still fit.
fn kept_signatures(files: &Files, version: &Version, signer: &str) -> Vec<String> {
    let old = files.text(VERSION_FILE).unwrap_or_default();
    let same = old
        .lines()
        .any(|line| line.trim() == format!("digest = \"{}\"", version.digest));
    if !same {
        return Vec::new();
    }
    let blocks = old.split("[[signature]]").skip(1);
    blocks
        .filter(|block| !block.contains(&format!("signer = \"{signer}\"")))
        .map(|block| block.trim().to_owned())
        .collect()
}

fn text(version: &Version, kept: &[String], signer: &str, on: Date, value: &str) -> String {
    let mut out = String::from(
        "# Which version of the law this is. The digest is over all other files of this folder; two different people sign it.\n\
         # Written by `samen law sign`; whoever changes a file, an act or a word of it, has it signed anew.\n\n",
    );
    let quoted = |text: &str| format!("{text:?}");
    let _ = writeln!(out, "version = {}", quoted(&version.version));
    let _ = writeln!(out, "date = {}", version.date);
    let _ = writeln!(out, "knows_from = {}", version.knows_from);
    let _ = writeln!(out, "note_nl = {}", quoted(&version.note.nl));
    let _ = writeln!(out, "note_en = {}", quoted(&version.note.en));
    let _ = writeln!(out, "digest = {}", quoted(&version.digest));
    for block in kept {
        let _ = writeln!(out, "\n[[signature]]\n{block}");
    }
    let _ = writeln!(
        out,
        "\n[[signature]]\nsigner = {}\non = {on}\nvalue = {}",
        quoted(signer),
        quoted(value)
    );
    out
}
