//! References into the register of processing activities.

use serde::{Deserialize, Serialize};

use crate::Fault;

/// `dpl.core.processing_activity_id`: the URI of one version of a processing activity. Every change that matters gets another
/// version, so that a record says for ever what was done under it (register, behaviour 1).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ActivityId(String);

impl ActivityId {
    /// The activity `code` in version `version` under the base of a register: `BASE/CODE/VERSION`.
    ///
    /// # Errors
    /// [`Fault::Uri`] when the whole is no absolute URI or the code holds more than letters, digits, `-`, `_` and `.`.
    pub fn under(base: &str, code: &str, version: u16) -> Result<ActivityId, Fault> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        let base = base.trim_end_matches('/');
        if code.is_empty() || !code.bytes().all(plain) || !is_absolute(base) {
            return Err(fault());
        }
        ActivityId::try_from(format!("{base}/{code}/{version}"))
    }

    /// The URI.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn fault() -> Fault {
    Fault::Uri {
        field: "dpl.core.processing_activity_id",
    }
}

impl TryFrom<String> for ActivityId {
    type Error = Fault;

    fn try_from(text: String) -> Result<ActivityId, Fault> {
        match is_absolute(&text) {
            true => Ok(ActivityId(text)),
            false => Err(fault()),
        }
    }
}

impl From<ActivityId> for String {
    fn from(id: ActivityId) -> String {
        id.0
    }
}

/// Longest URI that a record carries, in bytes.
const LONGEST: usize = 2000;

/// An absolute URI as far as its characters tell (RFC 3986): a scheme, a colon, and something behind it.
pub(crate) fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let starts = scheme
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_alphabetic());
    let named = scheme
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    let carried = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b);
    let behind = rest.trim_start_matches('/');
    starts && named && !behind.is_empty() && rest.bytes().all(carried) && text.len() <= LONGEST
}
