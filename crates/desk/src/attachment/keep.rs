//! Files that belong to something: kept with it, listed, opened, copied to another compartment.

use domain::SafeText;
use domain::attachment::FileKind;
use domain::ids::AttachmentId;
use jiff::Timestamp;
use vault::{Change, ClearData, Context, Draft, Store};

use super::{Arrived, Attachment, KEPT, Origin, StoredAttachment};
use crate::Desk;
use crate::error::{DeskError, Result};

/// A file in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its identity.
    pub id: AttachmentId,
    /// What is known of it.
    pub file: Attachment,
}

/// A file that was opened, to be given out part by part.
#[derive(Clone)]
pub struct Content {
    desk: Desk,
    store: Store,
    id: AttachmentId,
    /// What it is.
    pub kind: FileKind,
    /// Its size in bytes.
    pub bytes: u64,
    parts: i64,
}

impl Content {
    /// The name under which it is saved: the end of its identity, of which the beginning is a moment, and what it is.
    pub fn name(&self) -> String {
        let short: String = self.id.to_string().chars().skip(28).collect();
        format!("{short}.{}", self.kind.extension())
    }

    /// A part, from 0; none behind the last.
    pub async fn part(&self, number: i64) -> Result<Option<Vec<u8>>> {
        if number >= self.parts {
            return Ok(None);
        }
        let part = self
            .desk
            .vault
            .part(self.store, &self.id.to_string(), number)
            .await?;
        match part {
            Some(part) => Ok(Some(part)),
            None => Err(DeskError::NotFound { what: "file" }),
        }
    }
}

/// Makes files belong to a record of their store, by the change that makes or changes it.
pub(crate) fn keep_all(
    mut change: Change,
    store: Store,
    parent: &str,
    files: &[Arrived],
    origin: &Origin,
    title: Option<&SafeText>,
    at: Timestamp,
) -> Result<Change> {
    for file in files {
        let clear = ClearData {
            state: KEPT.to_owned(),
            parent: Some(parent.to_owned()),
            ..ClearData::default()
        };
        let body = StoredAttachment::Kept(Attachment {
            kind: file.kind,
            bytes: file.bytes,
            parts: file.parts,
            digest: file.digest.clone(),
            origin: origin.clone(),
            title: title.cloned(),
            at,
        });
        let id = file.id.to_string();
        // Version 1 is the record under which it came in.
        change = change
            .update(Draft::new(id.clone(), &body, clear)?.in_store(store), 1)
            .clear_timers(id);
    }
    Ok(change)
}

/// The files of a record, oldest first.
pub(crate) async fn list(desk: &Desk, store: Store, parent: &str) -> Result<Vec<Listed>> {
    let found = desk
        .vault
        .load_children_in::<StoredAttachment>(store, parent)
        .await?;
    found
        .into_iter()
        .filter_map(|found| match found.body {
            StoredAttachment::Kept(file) => Some((found.id, file)),
            StoredAttachment::Arriving => None,
        })
        .map(|(id, file)| {
            let id = id
                .parse()
                .map_err(|_| DeskError::Setup("a file has an unreadable id".to_owned()))?;
            Ok(Listed { id, file })
        })
        .collect()
}

/// One file of a record. A file of another record is not found, whatever its identity.
pub(crate) async fn listed(
    desk: &Desk,
    store: Store,
    parent: &str,
    id: AttachmentId,
) -> Result<Attachment> {
    let missing = || DeskError::NotFound { what: "file" };
    let found = desk
        .vault
        .load_in::<StoredAttachment>(store, &id.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("file"))?;
    match found.body {
        StoredAttachment::Kept(file) if found.clear.parent.as_deref() == Some(parent) => Ok(file),
        _ => Err(missing()),
    }
}

/// Opens a file of a record; the journal says who did, before the first byte is given out.
pub(crate) async fn open(
    desk: &Desk,
    context: Context,
    store: Store,
    parent: &str,
    id: AttachmentId,
) -> Result<Content> {
    let file = listed(desk, store, parent, id).await?;
    let change = Change::new(context).read(id.to_string(), &["content"]);
    desk.vault
        .apply(store, change)
        .await
        .map_err(|e| DeskError::from(e).what("file"))?;
    Ok(Content {
        desk: desk.clone(),
        store,
        id,
        kind: file.kind,
        bytes: file.bytes,
        parts: file.parts,
    })
}
