//! A code of one list: a short stable string that says which list it belongs to in its type.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The longest code that is accepted, in bytes. Codes stand in file names, columns and index terms.
pub const LONGEST_CODE: usize = 64;

/// A code of the list that `L` describes, such as [`FormCode`](super::FormCode). A well-shaped code is not yet a
/// known one: ask the [`Vocabulary`](super::Vocabulary) on a date.
pub struct Code<L> {
    text: Cow<'static, str>,
    list: PhantomData<fn() -> L>,
}

/// A text that cannot be a code of any list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` cannot be a code: use 1 to {LONGEST_CODE} letters, digits, `-` or `_`, beginning with a letter or digit"
)]
pub struct MalformedCode {
    text: String,
}

impl<L> Code<L> {
    /// A code that a rule of law names in the program itself, such as `Code::literal("SU")`.
    /// Only for texts written in the source; everything from outside goes through [`Code::new`].
    #[must_use]
    pub const fn literal(text: &'static str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            list: PhantomData,
        }
    }

    /// Reads a code from outside.
    ///
    /// # Errors
    /// When the text is empty, too long or holds another character than ASCII letters, digits, `-` and `_`.
    pub fn new(text: impl Into<String>) -> Result<Self, MalformedCode> {
        let text = text.into();
        if is_well_shaped(&text) {
            Ok(Self {
                text: Cow::Owned(text),
                list: PhantomData,
            })
        } else {
            let text = text.chars().take(LONGEST_CODE).collect();
            Err(MalformedCode { text })
        }
    }

    /// The code as it stands in the file.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

fn is_well_shaped(text: &str) -> bool {
    text.len() <= LONGEST_CODE
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

// Written out, not derived: a derive would ask the same of `L`, which is only a name.

impl<L> Clone for Code<L> {
    fn clone(&self) -> Self {
        Self {
            text: self.text.clone(),
            list: PhantomData,
        }
    }
}

impl<L> PartialEq for Code<L> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<L> Eq for Code<L> {}

impl<L> PartialEq<str> for Code<L> {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl<L> PartialEq<&str> for Code<L> {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

impl<L> PartialOrd for Code<L> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<L> Ord for Code<L> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl<L> Hash for Code<L> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl<L> fmt::Debug for Code<L> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}

impl<L> fmt::Display for Code<L> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl<L> AsRef<str> for Code<L> {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl<L> FromStr for Code<L> {
    type Err = MalformedCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

impl<L> TryFrom<String> for Code<L> {
    type Error = MalformedCode;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(text)
    }
}

impl<L> From<Code<L>> for String {
    fn from(code: Code<L>) -> Self {
        code.text.into_owned()
    }
}

impl<L> Serialize for Code<L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de, L> Deserialize<'de> for Code<L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(text).map_err(serde::de::Error::custom)
    }
}
