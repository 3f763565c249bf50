//! Files while they come in: cleaned, sealed in parts, belonging to nothing yet.

use domain::attachment::{FileKind, MOST_AT_ONCE, Takes};
use domain::ids::AttachmentId;
use domain::report;
use files::Cleaner;
use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use vault::{Change, ClearData, Context, Draft, PART_BYTES, Store, Timer, VaultError};

use super::clock::ARRIVING_CLOCK;
use super::{ARRIVING, StoredAttachment};
use crate::Desk;
use crate::error::{DeskError, Result};

/// So many parts are written with one change: few journal entries, and little in memory.
const AT_ONCE: usize = 16;

/// After this long a file that belongs to nothing is destroyed. The moment of a report is the start of its hour, so this
/// must be longer than an hour and than any sending takes.
const LONGEST: SignedDuration = SignedDuration::from_hours(2);

/// A file that has come in whole and belongs to nothing yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Its identity.
    pub id: AttachmentId,
    /// What it is.
    pub kind: FileKind,
    /// Its size in bytes, as kept.
    pub bytes: u64,
    /// In how many parts.
    pub parts: i64,
    /// SHA-256 of what is kept, in hexadecimal.
    pub digest: String,
}

impl Arrived {
    /// As a report lists it.
    pub fn told(&self) -> report::Attachment {
        report::Attachment {
            id: self.id,
            media_type: self.kind.media_type().to_owned(),
            bytes: self.bytes,
        }
    }
}

/// The files of one sending. Hand it to the use case that keeps them, or call [`Arriving::abandon`].
pub struct Arriving {
    desk: Desk,
    store: Store,
    context: Context,
    most: usize,
    takes: Takes,
    whole: Vec<Arrived>,
    current: Option<Current>,
    /// A record was written for the current file.
    begun: Vec<AttachmentId>,
}

struct Current {
    id: AttachmentId,
    cleaner: Cleaner,
    waiting: Vec<u8>,
    digest: Sha256,
    bytes: u64,
    parts: i64,
}

impl Arriving {
    /// No file has come yet. The context is the reason that the journal keeps.
    pub(crate) fn new(desk: &Desk, store: Store, context: Context) -> Arriving {
        Arriving {
            desk: desk.clone(),
            store,
            context,
            most: MOST_AT_ONCE,
            takes: Takes::Messages,
            whole: Vec::new(),
            current: None,
            begun: Vec::new(),
        }
    }

    /// The same for more files than somebody can send at one time.
    pub(crate) fn at_most(mut self, most: usize) -> Arriving {
        self.most = most;
        self
    }

    /// The same for what somebody has at an office.
    pub(crate) fn papers(mut self) -> Arriving {
        self.takes = Takes::Papers;
        self
    }

    /// The files that have come in whole, in the order sent.
    pub fn whole(&self) -> &[Arrived] {
        &self.whole
    }

    /// Begins a file.
    pub fn begin(&mut self) -> Result<()> {
        if self.whole.len() >= self.most {
            return Err(too_many(self.most));
        }
        let id = AttachmentId::new(self.desk.vault.new_id(self.context.at));
        self.current = Some(Current {
            id,
            cleaner: Cleaner::taking(self.takes),
            waiting: Vec::new(),
            digest: Sha256::new(),
            bytes: 0,
            parts: 0,
        });
        Ok(())
    }

    /// Takes the next bytes of the file.
    pub async fn take(&mut self, bytes: &[u8]) -> Result<()> {
        let number = self.number();
        let current = self.current.as_mut().ok_or_else(out_of_order)?;
        current
            .cleaner
            .push(bytes, &mut current.waiting)
            .map_err(|fault| DeskError::File { number, fault })?;
        while self.waits() >= AT_ONCE * PART_BYTES {
            self.write(AT_ONCE * PART_BYTES).await?;
        }
        Ok(())
    }

    /// The file has ended.
    pub async fn end(&mut self) -> Result<()> {
        let number = self.number();
        let current = self.current.as_mut().ok_or_else(out_of_order)?;
        let cleaner = std::mem::take(&mut current.cleaner);
        let kind = cleaner
            .end(&mut current.waiting)
            .map_err(|fault| DeskError::File { number, fault })?;
        while self.waits() > 0 {
            self.write(AT_ONCE * PART_BYTES).await?;
        }
        let current = self.current.take().ok_or_else(out_of_order)?;
        self.whole.push(Arrived {
            id: current.id,
            kind,
            bytes: current.bytes,
            parts: current.parts,
            digest: hex::encode(current.digest.finalize()),
        });
        Ok(())
    }

    /// The sending failed: what has come is destroyed. What cannot be destroyed now is destroyed by its clock.
    pub async fn abandon(self) {
        for id in &self.begun {
            if let Err(error) = self.destroy(*id).await {
                tracing::warn!(store = %self.store, %error, "a file that was not kept is destroyed later");
            }
        }
    }

    /// Ends a sending by what became of the change that was to keep its files.
    pub(crate) async fn after<T>(
        self,
        done: Result<T>,
        repeated: impl Fn(&T) -> bool,
    ) -> Result<T> {
        match &done {
            Ok(done) if !repeated(done) => {}
            // Whether it was written is not known, so the files are left to their clock.
            Err(DeskError::Vault(VaultError::Database { .. })) => {}
            _ => self.abandon().await,
        }
        done
    }

    async fn destroy(&self, id: AttachmentId) -> Result<()> {
        let change = Change::new(self.context.clone()).erase(id.to_string());
        match self.desk.vault.apply(self.store, change).await {
            // Its first part was not written, or its clock was first.
            Ok(_) | Err(VaultError::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Which file this is, from 1.
    fn number(&self) -> usize {
        self.whole.len() + 1
    }

    fn waits(&self) -> usize {
        self.current.as_ref().map_or(0, |c| c.waiting.len())
    }

    /// Writes at most so many of the waiting bytes, with the record itself before the first of them.
    async fn write(&mut self, most: usize) -> Result<()> {
        let current = self.current.as_mut().ok_or_else(out_of_order)?;
        let later = current.waiting.split_off(most.min(current.waiting.len()));
        let now = std::mem::replace(&mut current.waiting, later);
        let id = current.id;
        let mut change = Change::new(self.context.clone());
        if current.parts == 0 {
            self.begun.push(id);
            change = change
                .create(arriving(id)?.in_store(self.store))
                .timer(self_destroying(id, &self.context));
        }
        for part in now.chunks(PART_BYTES) {
            change = change.part(id.to_string(), current.parts, part.to_vec());
            current.parts += 1;
        }
        current.digest.update(&now);
        current.bytes += u64::try_from(now.len()).unwrap_or(0);
        self.desk.vault.apply(self.store, change).await?;
        Ok(())
    }
}

fn arriving(id: AttachmentId) -> Result<Draft> {
    let clear = ClearData {
        state: ARRIVING.to_owned(),
        ..ClearData::default()
    };
    Ok(Draft::new(
        id.to_string(),
        &StoredAttachment::Arriving,
        clear,
    )?)
}

fn self_destroying(id: AttachmentId, context: &Context) -> Timer {
    Timer {
        id: format!("{ARRIVING_CLOCK}/{id}"),
        due: context
            .at
            .saturating_add(LONGEST)
            .unwrap_or(jiff::Timestamp::MAX),
        kind: ARRIVING_CLOCK.to_owned(),
        record: id.to_string(),
    }
}

pub(crate) fn too_many(most: usize) -> DeskError {
    DeskError::rule(
        "too-many-files",
        format!("at most {most} files are taken; nothing of this sending was kept"),
    )
}

fn out_of_order() -> DeskError {
    DeskError::Setup("bytes of a file that was not begun".to_owned())
}
