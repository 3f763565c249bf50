//! The reporter's mailbox: a return code, and messages both ways.

use crate::{answer::By, text::SafeText};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

pub use crate::report::PublicStatus;

/// Digits in a return code.
pub const CODE_DIGITS: usize = 16;
/// Longest message, in characters.
pub const MESSAGE_MAX: usize = 4_000;
/// Most messages in one mailbox.
pub const MESSAGES_MAX: usize = 500;

/// A return code: sixteen digits, drawn elsewhere. Held in memory only as long as needed and never printed by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct ReturnCode([u8; CODE_DIGITS]);

/// The text is not a return code. What was typed is not in the message: it may be nearly right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Something else than digits, spaces and dashes, at a place counted from 1.
    #[error("character {at} of the code is not a digit: a code has sixteen digits")]
    NotADigit {
        /// Position in characters.
        at: usize,
    },
    /// Not sixteen digits.
    #[error("the code has {digits} digits: it must have sixteen")]
    WrongLength {
        /// Digits found.
        digits: usize,
    },
}

impl ReturnCode {
    /// Makes a code from drawn numbers; each is taken modulo ten, so draw below ten for an even spread.
    #[must_use]
    pub fn from_digits(digits: [u8; CODE_DIGITS]) -> Self {
        Self(digits.map(|d| d % 10))
    }

    /// Reads what somebody typed; spaces, dashes and dots between digits do not matter, and digits of other scripts
    /// (Arabic-Indic, Persian) count.
    pub fn parse(typed: &str) -> Result<Self, CodeError> {
        let mut digits = [0; CODE_DIGITS];
        let mut count = 0;
        for (index, c) in typed.chars().enumerate() {
            if c.is_whitespace()
                || matches!(c, '-' | '.' | '_' | '\u{2010}'..='\u{2015}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}')
            {
                continue;
            }
            let digit = digit(c).ok_or(CodeError::NotADigit { at: index + 1 })?;
            if let Some(place) = digits.get_mut(count) {
                *place = digit;
            }
            count += 1;
        }
        if count == CODE_DIGITS {
            Ok(Self(digits))
        } else {
            Err(CodeError::WrongLength { digits: count })
        }
    }

    /// Four groups of four, for the screen on which it is shown once.
    #[must_use]
    pub fn grouped(&self) -> String {
        let mut out = String::with_capacity(CODE_DIGITS + 3);
        for (index, digit) in self.0.iter().enumerate() {
            if index > 0 && index % 4 == 0 {
                out.push(' ');
            }
            out.push(char::from(b'0' + digit));
        }
        out
    }

    /// The digits without spaces, for hashing.
    #[must_use]
    pub fn secret(&self) -> String {
        self.0.iter().map(|d| char::from(b'0' + d)).collect()
    }
}

fn digit(c: char) -> Option<u8> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{0660}'..='\u{0669}' => '\u{0660}',
        '\u{06F0}'..='\u{06F9}' => '\u{06F0}',
        '\u{FF10}'..='\u{FF19}' => '\u{FF10}',
        _ => return None,
    };
    u8::try_from(u32::from(c) - u32::from(zero)).ok()
}

impl fmt::Debug for ReturnCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReturnCode(…)")
    }
}

/// Who wrote a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case", deny_unknown_fields)]
pub enum Sender {
    /// The reporter.
    Reporter {
        /// When.
        at: Timestamp,
    },
    /// The desk.
    Desk {
        /// Who and when; the reporter sees neither name nor organisation.
        by: By,
    },
}

impl Sender {
    /// When it was sent.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Reporter { at } => *at,
            Self::Desk { by } => by.at,
        }
    }
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Who wrote it.
    pub sender: Sender,
    /// What it says.
    pub text: SafeText,
}

/// The messages of one report, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mailbox {
    messages: Vec<Message>,
    burned: bool,
}

/// Why a message was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MailboxError {
    /// Full.
    #[error("the mailbox holds {MESSAGES_MAX} messages and takes no more")]
    Full,
    /// A message longer than taken.
    #[error("`message` has {length} characters, at most {MESSAGE_MAX} are taken")]
    TooLong {
        /// Characters given.
        length: usize,
    },
    /// The reporter has ended the conversation.
    #[error("the reporter has ended this conversation")]
    Burned,
}

impl Mailbox {
    /// Empty.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// Adds a message.
    pub fn with(mut self, message: Message) -> Result<Self, MailboxError> {
        if self.burned {
            return Err(MailboxError::Burned);
        }
        if self.messages.len() >= MESSAGES_MAX {
            return Err(MailboxError::Full);
        }
        match message.text.chars() {
            length if length > MESSAGE_MAX => Err(MailboxError::TooLong { length }),
            _ => {
                self.messages.push(message);
                Ok(self)
            }
        }
    }

    /// All messages, oldest first.
    #[must_use]
    pub fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// The reporter ends the conversation: its texts go, the report stays.
    #[must_use]
    pub fn burn(self) -> Self {
        Self {
            messages: Vec::new(),
            burned: true,
        }
    }

    /// Ended by the reporter?
    #[must_use]
    pub fn is_burned(&self) -> bool {
        self.burned
    }

    /// Is the last word the reporter's, so that the desk owes an answer?
    #[must_use]
    pub fn awaits_desk(&self) -> bool {
        matches!(
            self.messages.last(),
            Some(Message {
                sender: Sender::Reporter { .. },
                ..
            })
        )
    }
}
