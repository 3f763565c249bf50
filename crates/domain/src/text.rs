//! Text that came from outside and may be kept: no control characters, bounded, and silent in logs.

use serde::{Deserialize, Serialize};
use std::fmt;

/// No text in the system is longer than this, in characters.
pub const LONGEST: usize = 40_000;

/// Why a text was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space where something is needed.
    #[error("`{field}` is empty: fill it in")]
    Empty {
        /// Name of the field.
        field: &'static str,
    },
    /// More characters than the field takes.
    #[error("`{field}` has {length} characters, at most {max} are taken: shorten it")]
    TooLong {
        /// Name of the field.
        field: &'static str,
        /// Characters given.
        length: usize,
        /// Characters taken.
        max: usize,
    },
    /// A control character, such as NUL.
    #[error("`{field}` holds the control character U+{code:04X} at character {at}: remove it")]
    Control {
        /// Name of the field.
        field: &'static str,
        /// The character's code point.
        code: u32,
        /// Position in characters, from 1.
        at: usize,
    },
}

impl TextError {
    /// The field that the message is about.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::Empty { field } | Self::TooLong { field, .. } | Self::Control { field, .. } => {
                field
            }
        }
    }
}

/// Text without control characters except line feed and tab, trimmed, line ends made `\n`.
///
/// `Debug` tells only the length, and there is no `Display`: what people wrote does not end up in a log by accident.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SafeText(String);

impl SafeText {
    /// Takes a text that must say something, at most `max` characters (Unicode scalar values).
    pub fn new(field: &'static str, raw: &str, max: usize) -> Result<Self, TextError> {
        match Self::optional(field, raw, max)? {
            Some(text) => Ok(text),
            None => Err(TextError::Empty { field }),
        }
    }

    /// As [`SafeText::new`], but an empty text is `None` and not an error.
    pub fn optional(field: &'static str, raw: &str, max: usize) -> Result<Option<Self>, TextError> {
        let cleaned = clean(field, raw)?;
        let length = cleaned.chars().count();
        if length > max.min(LONGEST) {
            return Err(TextError::TooLong {
                field,
                length,
                max: max.min(LONGEST),
            });
        }
        Ok((length > 0).then_some(Self(cleaned)))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Length in characters.
    #[must_use]
    pub fn chars(&self) -> usize {
        self.0.chars().count()
    }
}

/// Invisible direction marks are dropped, not refused: chat programs put them around copied phone numbers.
fn clean(field: &'static str, raw: &str) -> Result<String, TextError> {
    let mut out = String::with_capacity(raw.len().min(LONGEST * 4));
    let mut before = ' ';
    for (index, c) in raw.chars().enumerate() {
        match c {
            '\r' => out.push('\n'),
            '\n' if before == '\r' => {}
            '\n' | '\t' => out.push(c),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => {}
            c if c.is_control() => {
                return Err(TextError::Control {
                    field,
                    code: u32::from(c),
                    at: index + 1,
                });
            }
            c => out.push(c),
        }
        before = c;
    }
    Ok(out.trim().to_owned())
}

impl fmt::Debug for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SafeText({} characters)", self.chars())
    }
}

impl TryFrom<String> for SafeText {
    type Error = TextError;

    fn try_from(raw: String) -> Result<Self, TextError> {
        Self::new("text", &raw, LONGEST)
    }
}

impl From<SafeText> for String {
    fn from(text: SafeText) -> Self {
        text.0
    }
}
