//! Forms with files: the fields first, then the files, each passed on while it comes in and never held whole.
//!
//! What a reporter typed stands before the files in the body, so it is there whatever becomes of them.

mod save;
mod split;

use std::sync::Arc;
use std::time::Duration;

use ::desk::DeskError;
use ::desk::attachment::Arriving;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use domain::attachment::{FileFault, FileGroup, FileKind};
use http_body_util::BodyExt;
use tokio::sync::OwnedSemaphorePermit;

use crate::form::Typed;
use crate::problem::Problem;
use crate::shell::Shell;
use crate::texts::{Key, Message, Say};
use split::{Chosen, Head, Malformed, Piece, Split};

pub use save::save;

/// Name of the field with files, in every form that takes them.
pub const FILE: &str = "file";

/// What a browser offers to choose from; what is taken is decided by the content.
pub const ACCEPT: &str =
    "image/jpeg,image/png,image/webp,application/pdf,text/plain,audio/*,video/*";

/// The same where papers are taken: what somebody has at an office.
pub const PAPERS: &str =
    "image/jpeg,image/png,image/webp,application/pdf,text/plain,.docx,.xlsx,.odt,.ods";

/// Why files were not taken. Nothing of the sending was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// A file is not taken.
    #[error("file {number}: {fault}")]
    File {
        /// Which one, from 1.
        number: usize,
        /// Why not.
        fault: FileFault,
    },
    /// More files than are taken at one time.
    #[error("too many files")]
    TooMany,
    /// More bytes than are taken at one time.
    #[error("too large")]
    TooLarge,
    /// The body ended before it was whole, or nothing came for too long.
    #[error("cut off")]
    CutOff,
    /// The body is not a form with files.
    #[error("malformed")]
    Malformed,
    /// Too many others are sending files.
    #[error("busy")]
    Busy,
}

impl Trouble {
    /// What a person reads.
    pub fn message(self) -> Message {
        let key = match self {
            Trouble::File { number, fault } => {
                let key = match fault {
                    FileFault::Empty => Key::new("files-fault-empty"),
                    FileFault::TooLarge => Key::new("files-fault-too-large"),
                    FileFault::UnknownKind => Key::new("files-fault-kind"),
                    FileFault::UncleanablePhoto => Key::new("files-fault-photo"),
                    FileFault::Macros => Key::new("files-fault-macros"),
                    FileFault::Damaged => Key::new("files-fault-damaged"),
                };
                return Message::new(key).with("n", number.to_string());
            }
            Trouble::TooMany => Key::new("files-fault-many"),
            Trouble::TooLarge => Key::new("files-fault-all-too-large"),
            Trouble::CutOff | Trouble::Malformed => Key::new("files-fault-cut-off"),
            Trouble::Busy => Key::new("files-fault-busy"),
        };
        key.into()
    }

    /// What a person reads who sends papers.
    pub fn message_for_papers(self) -> Message {
        let (key, number) = match self {
            Trouble::File {
                number,
                fault: FileFault::UnknownKind,
            } => (Key::new("files-fault-paper"), number),
            Trouble::File {
                number,
                fault: FileFault::Damaged,
            } => (Key::new("files-fault-paper-damaged"), number),
            Trouble::TooMany => return Key::new("files-fault-papers-many").into(),
            other => return other.message(),
        };
        Message::new(key).with("n", number.to_string())
    }

    /// The status of the answer.
    pub fn status(self) -> StatusCode {
        match self {
            Trouble::File {
                fault: FileFault::TooLarge,
                ..
            }
            | Trouble::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Trouble::File { .. } | Trouble::TooMany => StatusCode::UNPROCESSABLE_ENTITY,
            Trouble::CutOff | Trouble::Malformed => StatusCode::BAD_REQUEST,
            Trouble::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// Why files did not come in.
#[derive(Debug)]
pub enum NotTaken {
    /// The files or the way they came.
    Trouble(Trouble),
    /// The desk.
    Desk(DeskError),
}

impl From<Trouble> for NotTaken {
    fn from(trouble: Trouble) -> NotTaken {
        NotTaken::Trouble(trouble)
    }
}

impl From<DeskError> for NotTaken {
    fn from(error: DeskError) -> NotTaken {
        match error {
            DeskError::File { number, fault } => Trouble::File { number, fault }.into(),
            DeskError::Rule { key, .. } if key == "too-many-files" => Trouble::TooMany.into(),
            other => NotTaken::Desk(other),
        }
    }
}

/// A form with files while it comes in.
pub struct Upload {
    body: Body,
    split: Split,
    shell: Arc<Shell>,
    /// All bytes that have come.
    read: usize,
    /// The head of the first file, once the fields are over.
    next: Option<Head>,
    fields_over: bool,
    ended: bool,
    turn: Option<OwnedSemaphorePermit>,
}

/// More fields than any form has.
const MOST_FIELDS: usize = 500;

/// After a refusal so much is still read, so that the answer reaches a browser that sends before it listens.
const READ_ON: Duration = Duration::from_secs(60);

/// Does this request bring a form with files?
pub fn is_upload(request: &Request) -> bool {
    content_type(request).is_some_and(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind.eq_ignore_ascii_case("multipart/form-data")
    })
}

fn content_type(request: &Request) -> Option<&str> {
    request.headers().get(CONTENT_TYPE)?.to_str().ok()
}

/// Does the work to its end, also when the person who sent went away: what has begun to be kept is then kept or
/// destroyed, and not left half done.
pub async fn to_the_end(
    work: impl Future<Output = Result<Response, Problem>> + Send + 'static,
) -> Result<Response, Problem> {
    match tokio::spawn(work).await {
        Ok(done) => done,
        Err(_) => {
            tracing::error!("a form with files ended in a panic");
            Err(Problem::internal())
        }
    }
}

impl Upload {
    /// A request's form; without a boundary it cannot be read.
    pub fn of(request: Request, shell: &Arc<Shell>) -> Result<Upload, Problem> {
        let boundary = content_type(&request)
            .and_then(split::boundary)
            .ok_or_else(|| Problem::bad_request().because(Key::new("files-fault-cut-off")))?;
        Ok(Upload {
            body: request.into_body(),
            split: Split::new(&boundary),
            shell: shell.clone(),
            read: 0,
            next: None,
            fields_over: false,
            ended: false,
            turn: None,
        })
    }

    /// The fields that stand before the first file. With trouble: those that came whole.
    pub async fn fields(&mut self) -> (Typed, Result<(), Trouble>) {
        let mut typed = Typed::default();
        let done = self.read_fields(&mut typed).await;
        (typed, done)
    }

    async fn read_fields(&mut self, typed: &mut Typed) -> Result<(), Trouble> {
        let mut left = self.shell.settings.limits.body;
        for _ in 0..=MOST_FIELDS {
            let Some(head) = self.head().await? else {
                return Ok(());
            };
            if head.file.is_some() {
                self.next = Some(head);
                return Ok(());
            }
            let mut text = Vec::new();
            while let Some(data) = self.data().await? {
                left = left.checked_sub(data.len()).ok_or(Trouble::TooLarge)?;
                text.extend_from_slice(&data);
            }
            typed
                .take_part(&head.name, text)
                .map_err(|_| Trouble::Malformed)?;
        }
        Err(Trouble::TooLarge)
    }

    /// Goes to the next file that was chosen; false: there is none. Before the first it waits for its turn.
    pub async fn next_file(&mut self) -> Result<bool, Trouble> {
        loop {
            let head = match self.next.take() {
                Some(head) => head,
                None if self.fields_over => match self.head().await? {
                    Some(head) => head,
                    None => return Ok(false),
                },
                None => return Ok(false),
            };
            self.fields_over = true;
            match head.file {
                Some(Chosen::Yes) if head.name == FILE => {
                    self.wait_for_turn().await?;
                    return Ok(true);
                }
                // A field in which nothing was chosen is sent without name or content.
                Some(Chosen::No) if head.name == FILE => {
                    if self.data().await?.is_some() {
                        return Err(Trouble::Malformed);
                    }
                }
                _ => return Err(Trouble::Malformed),
            }
        }
    }

    /// The next bytes of the file; none: it has ended.
    pub async fn data(&mut self) -> Result<Option<Bytes>, Trouble> {
        match self.piece().await? {
            Piece::Data(data) => Ok(Some(data)),
            Piece::End => Ok(None),
            _ => Err(Trouble::Malformed),
        }
    }

    async fn head(&mut self) -> Result<Option<Head>, Trouble> {
        if self.ended {
            return Ok(None);
        }
        match self.piece().await? {
            Piece::Head(head) => Ok(Some(head)),
            Piece::Last => {
                self.ended = true;
                Ok(None)
            }
            _ => Err(Trouble::Malformed),
        }
    }

    async fn piece(&mut self) -> Result<Piece, Trouble> {
        loop {
            match self.split.next() {
                Err(Malformed) => return Err(Trouble::Malformed),
                Ok(Piece::More) => match self.frame().await? {
                    Some(bytes) => self.split.push(&bytes),
                    None => return Err(Trouble::CutOff),
                },
                Ok(piece) => return Ok(piece),
            }
        }
    }

    /// The next bytes of the body, within the limits.
    async fn frame(&mut self) -> Result<Option<Bytes>, Trouble> {
        let limits = &self.shell.settings.limits;
        let (most, silence) = (limits.upload_body, limits.silence);
        let came = tokio::time::timeout(silence, self.body.frame()).await;
        let Some(frame) = came.map_err(|_| Trouble::CutOff)? else {
            return Ok(None);
        };
        let bytes = frame
            .map_err(|_| Trouble::CutOff)?
            .into_data()
            .unwrap_or_default();
        self.read += bytes.len();
        match self.read > most {
            true => Err(Trouble::TooLarge),
            false => Ok(Some(bytes)),
        }
    }

    async fn wait_for_turn(&mut self) -> Result<(), Trouble> {
        if self.turn.is_none() {
            let turns = self.shell.uploads.clone().acquire_owned();
            let wait = self.shell.settings.limits.wait;
            match tokio::time::timeout(wait, turns).await {
                Ok(Ok(turn)) => self.turn = Some(turn),
                _ => return Err(Trouble::Busy),
            }
        }
        Ok(())
    }

    /// Reads what is still sent and drops it, up to the largest body and for a while: a browser hears an answer only
    /// when it may send to the end.
    pub async fn read_on(mut self) {
        self.turn = None;
        let limits = &self.shell.settings.limits;
        let most = limits.largest_body;
        let reading = async {
            while let Some(Ok(frame)) = self.body.frame().await {
                self.read += frame.into_data().map_or(0, |bytes| bytes.len());
                if self.read > most {
                    break;
                }
            }
        };
        // Whether it came to an end is all the same: nothing of it is kept.
        let _ = tokio::time::timeout(READ_ON, reading).await;
    }

    /// Hands the files to the desk as they come. After trouble the rest is read and dropped, and what had come is destroyed.
    pub async fn pour(mut self, mut into: Arriving) -> Result<Arriving, NotTaken> {
        match self.pour_all(&mut into).await {
            Ok(()) => Ok(into),
            Err(error) => {
                into.abandon().await;
                self.read_on().await;
                Err(error)
            }
        }
    }

    async fn pour_all(&mut self, into: &mut Arriving) -> Result<(), NotTaken> {
        while self.next_file().await? {
            into.begin()?;
            while let Some(data) = self.data().await? {
                into.take(&data).await?;
            }
            into.end().await?;
        }
        Ok(())
    }
}

/// What a file is and how large, in words: `foto of schermafdruk, 340 kB`.
pub fn described(t: &Say, kind: FileKind, bytes: u64) -> String {
    let what = match kind.group() {
        FileGroup::Picture => Key::new("files-kind-picture"),
        FileGroup::Document => Key::new("files-kind-document"),
        FileGroup::Text => Key::new("files-kind-text"),
        FileGroup::Video => Key::new("files-kind-video"),
        FileGroup::Sound => Key::new("files-kind-sound"),
        FileGroup::Paper => Key::new("files-kind-paper"),
        FileGroup::Sheet => Key::new("files-kind-sheet"),
    };
    format!("{}, {}", t.key(what), size(t, bytes))
}

/// The same of a file as a report lists it.
pub fn described_told(t: &Say, file: &domain::report::Attachment) -> String {
    match FileKind::of_media_type(&file.media_type) {
        Some(kind) => described(t, kind, file.bytes),
        None => size(t, file.bytes),
    }
}

/// Rounded up, so that nothing has no size.
fn size(t: &Say, bytes: u64) -> String {
    let whole = |unit: u64| i64::try_from(bytes.div_ceil(unit)).unwrap_or(i64::MAX);
    match bytes {
        0..1_000_000 => t.say_with("files-size-kb", "n", t.number(whole(1_000))),
        _ => t.say_with("files-size-mb", "n", t.number(whole(1_000_000))),
    }
}
