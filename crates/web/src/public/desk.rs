//! What the public pages need from the signal desk: three acts, behind one interface that the binary wires to the use cases.

use std::future::Future;
use std::pin::Pin;

use domain::attachment::FileKind;
use jiff::Timestamp;

use crate::problem::Problem;
use crate::texts::{Key, Lang};
use crate::upload::{Trouble, Upload};

/// An answer that comes later.
pub type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<T, PublicError>> + Send + 'a>>;

/// The signal desk as the public sees it. Nothing here knows who asks: no address, no cookie, no session.
pub trait PublicDesk: Send + Sync {
    /// Accepts a report. The same [`FormId`] gives the same receipt: a double click is one report. Returns only after it is durable.
    fn submit(&self, report: ReportInput) -> Reply<'_, Receipt>;

    /// Opens the mailbox of a return code; `None` for every code that is not one, after the same time.
    fn open(&self, code: ReturnCode) -> Reply<'_, Option<Mailbox>>;

    /// Adds a message to a mailbox and returns it; the same [`FormId`] adds it once.
    fn write(&self, code: ReturnCode, id: FormId, text: String) -> Reply<'_, Option<Mailbox>>;

    /// As [`PublicDesk::submit`], with the files that follow in the body: all of it is kept or nothing.
    fn submit_with(&self, report: ReportInput, files: Upload) -> Reply<'_, Receipt>;

    /// As [`PublicDesk::write`], with the files that follow in the body. Without a file the message must say something.
    fn write_with(&self, message: MessageInput, files: Upload) -> Reply<'_, Option<Mailbox>>;
}

/// A message with files.
#[derive(Clone, Debug)]
pub struct MessageInput {
    /// Which mailbox.
    pub code: ReturnCode,
    /// Idempotency key.
    pub id: FormId,
    /// The words, if any.
    pub text: Option<String>,
    /// The words that stand there when nothing was written and there are files.
    pub silent: String,
}

/// A file that was kept: what it is and how large. Its name is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentFile {
    /// What it is.
    pub kind: FileKind,
    /// Its size in bytes, as kept.
    pub bytes: u64,
}

/// Why the desk did not do it. Nothing was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PublicError {
    /// Too much at once.
    #[error("too busy; try again soon")]
    Busy,
    /// No room to keep anything.
    #[error("no room left; free disk space")]
    Full,
    /// Too often; try again after so many seconds.
    #[error("too many attempts; try again after {seconds} s")]
    TooMany {
        /// How long to wait.
        seconds: u32,
    },
    /// The files were not taken.
    #[error("{0}")]
    Files(Trouble),
    /// There was neither a word nor a file.
    #[error("nothing was said")]
    Nothing,
    /// The same form id came with other words.
    #[error("this form was sent before with other words")]
    OtherWords,
    /// Something else; the place that noticed it has logged it.
    #[error("not available now")]
    Unavailable,
}

impl From<PublicError> for Problem {
    fn from(error: PublicError) -> Problem {
        match error {
            PublicError::Busy => Problem::busy(),
            PublicError::Full => Problem::full(),
            PublicError::TooMany { seconds } => Problem::too_many(seconds),
            PublicError::Files(trouble) => {
                Problem::of_status(trouble.status()).because(trouble.message())
            }
            PublicError::Nothing => Problem::unprocessable(),
            PublicError::OtherWords => Problem::conflict(),
            PublicError::Unavailable => Problem::unavailable(),
        }
    }
}

impl From<Trouble> for PublicError {
    fn from(trouble: Trouble) -> PublicError {
        PublicError::Files(trouble)
    }
}

/// The random name of one unsent form: 32 hexadecimal characters. Serves as idempotency key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FormId(String);

impl FormId {
    /// Reads it from a hidden field.
    pub fn parse(text: &str) -> Option<FormId> {
        (text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')))
            .then(|| FormId(text.to_owned()))
    }

    /// As it stands in the form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A return code as typed: letters and digits only. The desk decides whether it is one.
#[derive(Clone, PartialEq, Eq)]
pub struct ReturnCode(String);

impl ReturnCode {
    /// Without the spaces and dashes that people put in; `None` when nothing is left or it is far too long.
    pub fn parse(text: &str) -> Option<ReturnCode> {
        let code: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        (!code.is_empty() && code.len() <= 100).then_some(ReturnCode(code))
    }

    /// The bare code. Never for a log, address or title.
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for ReturnCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReturnCode(…)")
    }
}

/// Is somebody in danger now?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Danger {
    /// Yes: the reporter was told to call 112 first.
    Yes,
    /// No.
    No,
    /// The reporter does not know.
    Unknown,
}

/// Whom it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The reporter.
    Me,
    /// One or more other people.
    Other,
    /// A place or business where something seems wrong.
    Place,
}

/// How old the people concerned are, as far as the reporter knows. Doubt means minor (the desk's rule).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ages {
    /// Under 18.
    Minor,
    /// 18 or over.
    Adult,
    /// Several people, at least one of them under 18.
    Mixed,
    /// The reporter does not know.
    Unknown,
}

/// Where it happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// A municipality by its CBS code, with what the reporter typed.
    Municipality {
        /// Such as `GM0363`.
        code: String,
    },
    /// In the reporter's words: a village, a street, online.
    Words(String),
    /// The reporter does not know.
    Unknown,
}

/// What happens, in everyday words. Codes of our own; the desk maps them to the vocabulary's indicators and forms, which are never shown to a reporter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    missing_docs,
    reason = "each code is its own description; the question's words stand in report.ftl"
)]
pub enum Situation {
    LittlePay,
    LongHours,
    PapersTaken,
    Debt,
    Watched,
    Threatened,
    BadHousing,
    ForcedSex,
    ForcedImages,
    ForcedCrime,
    BankAccount,
    Begging,
    ForcedMarriage,
    Child,
    Organ,
    SomethingElse,
}

/// What the reporter would like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Help for the reporter or the person concerned.
    Help,
    /// No help, but questions are welcome.
    Contact,
    /// Only to tell.
    Nothing,
}

/// How to reach the reporter outside the mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Calling.
    Phone,
    /// A text message without content ("there is a message").
    Text,
    /// E-mail without content.
    Email,
    /// Through somebody whom the reporter trusts.
    Person,
}

/// How to reach the reporter safely, in the reporter's own rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contact {
    /// Do not.
    None,
    /// Only through the mailbox, with the return code.
    Mailbox,
    /// Outside too, by these rules.
    Reach {
        /// By what.
        channel: Channel,
        /// Number, address or person.
        at: String,
        /// When it is safe.
        when: Option<String>,
        /// Never call.
        never_call: bool,
        /// What to say first, so that the reporter knows who it is.
        code_word: Option<String>,
        /// Who else may answer, and what they may know.
        others: Option<String>,
    },
}

/// A complete report from the public pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportInput {
    /// Idempotency key.
    pub id: FormId,
    /// The language of the pages.
    pub language: Lang,
    /// Acute danger.
    pub danger: Danger,
    /// What happens, in the reporter's words; at most 10,000 characters.
    pub story: String,
    /// Whom it is about.
    pub about: About,
    /// Ages.
    pub ages: Ages,
    /// Where.
    pub place: Where,
    /// What was ticked; may be empty.
    pub situations: Vec<Situation>,
    /// What the reporter would like.
    pub wish: Wish,
    /// How to reach the reporter.
    pub contact: Contact,
}

/// Proof that the report was kept.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// The return code, grouped for reading: `4711 0815 1234 5678`. Shown once.
    pub code: String,
    /// When it was kept.
    pub received_at: Timestamp,
    /// The files that were kept with it.
    pub files: Vec<SentFile>,
}

/// How far a report is, in words that a reporter understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailboxStatus {
    /// Kept, not yet read.
    Received,
    /// Being read.
    Reading,
    /// Passed on to an organisation that acts.
    PassedOn,
    /// Somebody is helping.
    Helping,
    /// Finished.
    Closed,
}

impl MailboxStatus {
    /// Its name.
    pub fn label(self) -> Key {
        match self {
            MailboxStatus::Received => Key::new("mailbox-status-received"),
            MailboxStatus::Reading => Key::new("mailbox-status-reading"),
            MailboxStatus::PassedOn => Key::new("mailbox-status-passed-on"),
            MailboxStatus::Helping => Key::new("mailbox-status-helping"),
            MailboxStatus::Closed => Key::new("mailbox-status-closed"),
        }
    }

    /// What it means.
    pub fn meaning(self) -> Key {
        match self {
            MailboxStatus::Received => Key::new("mailbox-meaning-received"),
            MailboxStatus::Reading => Key::new("mailbox-meaning-reading"),
            MailboxStatus::PassedOn => Key::new("mailbox-meaning-passed-on"),
            MailboxStatus::Helping => Key::new("mailbox-meaning-helping"),
            MailboxStatus::Closed => Key::new("mailbox-meaning-closed"),
        }
    }
}

/// A message in a mailbox.
#[derive(Clone, Debug)]
pub struct MailboxMessage {
    /// Written by the reporter; else by the desk.
    pub yours: bool,
    /// When.
    pub at: Timestamp,
    /// The words.
    pub text: String,
}

/// What a return code opens.
#[derive(Clone, Debug)]
pub struct Mailbox {
    /// How far it is.
    pub status: MailboxStatus,
    /// When the report was kept.
    pub received_at: Timestamp,
    /// Oldest first.
    pub messages: Vec<MailboxMessage>,
    /// The files that were sent, the first first.
    pub files: Vec<SentFile>,
}
