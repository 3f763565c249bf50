//! Version and signatures: two people must have signed exactly these files.

use std::collections::BTreeMap;

use domain::Bilingual;
use ed25519_dalek::{Signature, VerifyingKey};
use jiff::civil::Date;

use super::part::{Faults, Part};
use super::with_file;
use crate::fault::Wrong;
use crate::files::{Files, VERSION_FILE};
use crate::model::{Signed, Version};
use crate::sign::message;

/// How many people must sign.
const NEEDED: usize = 2;

/// Somebody who may sign.
#[derive(Debug, Clone)]
pub(crate) struct Signer {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) key: String,
    pub(crate) trial: bool,
}

/// The header and the signatures as they stand, not yet checked.
#[derive(Debug, Default)]
struct Written {
    version: String,
    date: Option<Date>,
    knows_from: Option<Date>,
    digest: String,
    note: Option<Bilingual>,
    signatures: Vec<WrittenSignature>,
}

#[derive(Debug, Clone)]
struct WrittenSignature {
    line: usize,
    signer: String,
    on: Option<Date>,
    value: String,
}

/// A version of nothing, until the real one was checked.
pub(crate) fn none() -> Version {
    Version {
        version: String::new(),
        date: Date::ZERO,
        knows_from: Date::ZERO,
        digest: String::new(),
        note: Bilingual::new("", ""),
        signatures: Vec::new(),
    }
}

/// The header, with the digest of the files as they are now; signatures are not looked at.
pub(crate) fn header(files: &Files, faults: &Faults) -> Option<Version> {
    let written = read(files, faults);
    Some(Version {
        version: written.version,
        date: written.date?,
        knows_from: written.knows_from?,
        digest: files.digest(),
        note: written.note?,
        signatures: Vec::new(),
    })
}

/// The version with its signatures, when two of them hold.
pub(crate) fn check(files: &Files, trusted: Option<&[String]>, faults: &Faults) -> Option<Version> {
    let place = files.place(VERSION_FILE);
    let written = read(files, faults);
    let signers = signers(files, faults);
    let mut version = header(files, &Faults::default())?;
    let refuse = |line: usize, words: String| {
        faults.note(&place, line, None, Wrong::Signature(words));
    };
    if written.digest != version.digest {
        let words = "the files are not those that were signed (another digest); have two people look at the change and run `samen law sign`";
        refuse(1, words.to_owned());
        return None;
    }
    for one in &written.signatures {
        match verify(one, &signers, trusted, &version) {
            Ok(signed) => {
                // Two codes with one key are refused where the signers are read.
                let mut known = version.signatures.iter();
                let again = known.any(|known| known.signer == signed.signer);
                if again {
                    let words = format!("`{}` signed twice; another person must sign", one.signer);
                    refuse(one.line, words);
                } else {
                    version.signatures.push(signed);
                }
            }
            Err(words) => refuse(one.line, words),
        }
    }
    if version.signatures.len() < NEEDED {
        let words = format!(
            "{} of {NEEDED} signatures: the law counts only when two different people have signed; run `samen law sign`",
            version.signatures.len()
        );
        refuse(0, words);
        return None;
    }
    Some(version)
}

fn verify(
    one: &WrittenSignature,
    signers: &BTreeMap<String, Signer>,
    trusted: Option<&[String]>,
    version: &Version,
) -> Result<Signed, String> {
    let signer = signers.get(&one.signer).ok_or_else(|| {
        format!(
            "`{}` is no signer of signers.toml; remove the signature or add the signer",
            one.signer
        )
    })?;
    if trusted.is_some_and(|keys| !keys.contains(&signer.key)) {
        return Err(format!(
            "the key of `{}` is not one of `law_signers` in the settings; this host does not trust it",
            one.signer
        ));
    }
    let on = one.on.ok_or("the signature has no day")?;
    let wrong = || {
        format!(
            "the signature of `{}` does not fit these files; sign again with `samen law sign`",
            one.signer
        )
    };
    let key = public(&signer.key).ok_or_else(|| {
        format!(
            "the key of `{}` in signers.toml is no ed25519 key",
            one.signer
        )
    })?;
    let bytes = hex::decode(&one.value).map_err(|_| wrong())?;
    let signature = Signature::from_slice(&bytes).map_err(|_| wrong())?;
    key.verify_strict(message(version, &signer.code, on).as_bytes(), &signature)
        .map_err(|_| wrong())?;
    Ok(Signed {
        signer: signer.code.clone(),
        name: signer.name.clone(),
        on,
        trial: signer.trial,
    })
}

fn public(key: &str) -> Option<VerifyingKey> {
    let bytes: [u8; 32] = hex::decode(key).ok()?.try_into().ok()?;
    VerifyingKey::from_bytes(&bytes).ok()
}

/// Who may sign, by code.
pub(crate) fn signers(files: &Files, faults: &Faults) -> BTreeMap<String, Signer> {
    with_file(files, "signers.toml", faults, |whole| {
        let mut out: BTreeMap<String, Signer> = BTreeMap::new();
        for mut part in whole.tables("signer") {
            let code = part.own("code");
            let name = part.text("name");
            let line = part.line_of("key");
            let key = part.text("key");
            let trial = part.yes("trial");
            if !key.is_empty() && public(&key).is_none() {
                part.rule(
                    line,
                    "`key` is no ed25519 public key of 64 hexadecimal digits",
                );
            }
            if let Some(other) = out.values().find(|other| other.key == key) {
                let words = format!(
                    "`{}` has the same key: two signers are two people with a key each",
                    other.code
                );
                part.rule(line, words);
            }
            if out.contains_key(&code) {
                part.rule(part.line, "the code also stands above; give it another");
            }
            part.done();
            out.insert(
                code.clone(),
                Signer {
                    code,
                    name,
                    key,
                    trial,
                },
            );
        }
        out
    })
}

fn read(files: &Files, faults: &Faults) -> Written {
    with_file(files, VERSION_FILE, faults, |part: &mut Part<'_>| {
        let day = |part: &mut Part<'_>, member: &str| {
            if !part.has(member) {
                part.note(part.line, Wrong::Missing(member.to_owned()));
            }
            part.day_or_none(member)
        };
        let version = part.own("version");
        let date = day(part, "date");
        let knows_from = day(part, "knows_from");
        let digest = part.text("digest");
        let note = Some(part.both("note"));
        let mut signatures = Vec::new();
        for mut inner in part.tables("signature") {
            let line = inner.line;
            let signer = inner.text("signer");
            let on = day(&mut inner, "on");
            let value = inner.text("value");
            inner.done();
            signatures.push(WrittenSignature {
                line,
                signer,
                on,
                value,
            });
        }
        Written {
            version,
            date,
            knows_from,
            digest,
            note,
            signatures,
        }
    })
}
