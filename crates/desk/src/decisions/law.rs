//! Every version of the law by which something was decided: its files, as they were.

use std::collections::BTreeMap;
use std::sync::Arc;

use ::law::{Files, Law, Version};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Change, Clear, ClearData, Draft, Kind, Store, Stored, VaultError};

use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// The files of a version by name. Its identifier is the digest over them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredLaw {
    /// The version's name.
    pub version: String,
    /// Every file by name.
    pub files: BTreeMap<String, String>,
}

impl Stored for StoredLaw {
    const KIND: Kind = Kind {
        name: "law_version",
        store: Store::System,
        schema: 1,
        clear: &[Clear::State],
        terms: &[],
    };
}

/// Keeps the law in force, before anything is decided by it. Does nothing when it is kept already.
pub(crate) async fn keep_law(desk: &Desk, now: Timestamp, law: &Law) -> Result<()> {
    let version = law.version();
    if desk.knows_law(&version.digest) {
        return Ok(());
    }
    if kept(desk, &version.digest).await?.is_none()
        && let Err(error) = write(desk, now, law).await
        // Another process may have been first; anything else is a fault.
        && kept(desk, &version.digest).await?.is_none()
    {
        return Err(error);
    }
    desk.remember_law(&version.digest);
    Ok(())
}

async fn write(desk: &Desk, now: Timestamp, law: &Law) -> Result<()> {
    let permit = permit(&Actor::System, UseCase::KeepLaw)?;
    let version = law.version();
    let body = StoredLaw {
        version: version.version.clone(),
        files: law
            .files()
            .iter()
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .collect(),
    };
    let clear = ClearData {
        state: "kept".to_owned(),
        ..ClearData::default()
    };
    let draft = Draft::new(version.digest.clone(), &body, clear)?.changing(&["files"]);
    let change = Change::new(permit.context(now)).create(draft);
    desk.vault.apply(Store::System, change).await?;
    Ok(())
}

async fn kept(desk: &Desk, digest: &str) -> Result<Option<StoredLaw>> {
    match desk.vault.load::<StoredLaw>(digest).await {
        Ok(found) => Ok(Some(found.body)),
        Err(VaultError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The law with this digest: the one in force, or an earlier one from its kept files. None when it was never kept.
pub(super) async fn law_of(desk: &Desk, digest: &str) -> Result<Option<Arc<Law>>> {
    let now = desk.law()?;
    if is(now.version(), digest) {
        return Ok(Some(now));
    }
    let Some(found) = kept(desk, digest).await? else {
        return Ok(None);
    };
    let files = Files::new(digest, found.files);
    // Its signatures were asked for when it came into force; its signers may have left since.
    let law = Law::open_unsigned(&files, &desk.vocabulary)
        .map_err(|error| DeskError::rule("decision-law", error))?;
    Ok(is(law.version(), digest).then(|| Arc::new(law)))
}

fn is(version: &Version, digest: &str) -> bool {
    version.digest == digest
}
