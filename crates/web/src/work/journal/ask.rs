//! What the auditor asks for, from the address: codes and ids only.

use ::desk::kept::{JournalFilter, Store};
use desk::journal::Ask;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::form::Filled;
use crate::texts::Key;
use crate::texts::dates::amsterdam;
use crate::work::Work;

/// The question, and the form as it was filled in.
pub struct Asked {
    /// The question to the desk.
    pub ask: Ask,
    /// The form's values and faults.
    pub filled: Filled,
}

const NAMES: [&str; 6] = ["store", "act", "actor", "record", "from", "until"];

impl Asked {
    /// Reads the question. What cannot be read does not narrow, and its field says so.
    pub fn read(work: &Work) -> Asked {
        let store = Store::from_name(work.query("store")).unwrap_or(Store::K1);
        let mut pairs: Vec<(&str, &str)> =
            NAMES.iter().map(|name| (*name, work.query(name))).collect();
        pairs[0].1 = store.name();
        let mut filled = Filled::with(&pairs);
        let mut code = |field: &'static str| {
            let value = work.query(field);
            if value.is_empty() {
                return None;
            }
            if is_code(value) {
                return Some(value.to_owned());
            }
            filled = filled.clone().refused(field, Key::new("journal-no-code"));
            None
        };
        let (act, actor, record) = (code("act"), code("actor"), code("record"));
        let mut day = |field: &'static str| {
            let value = work.query(field);
            if value.is_empty() {
                return None;
            }
            let day = value.parse::<Date>().ok();
            if day.is_none() {
                filled = filled.clone().refused(field, Key::new("form-error-date"));
            }
            day
        };
        let (from, until) = (day("from"), day("until"));
        let filter = JournalFilter {
            actor,
            act,
            record,
            from: from.and_then(start_of),
            before: until.and_then(|day| day.tomorrow().ok()).and_then(start_of),
        };
        let after = work.query("after").parse().ok();
        Asked {
            ask: Ask {
                store,
                filter,
                after,
            },
            filled,
        }
    }

    /// Is any filter but the store in force?
    pub fn is_narrowed(&self) -> bool {
        self.ask.filter != JournalFilter::default()
    }

    /// The address of this question, from a position on.
    pub fn address(&self, after: Option<i64>) -> String {
        let mut out = self.with(&[]);
        if let Some(after) = after {
            out.push_str(&format!("&after={after}"));
        }
        out
    }

    /// The address of this question with other values for some filters; an empty value takes the filter away.
    pub fn with(&self, other: &[(&str, &str)]) -> String {
        let mut out = format!("/work/journal?store={}", self.ask.store.name());
        for name in NAMES.into_iter().skip(1) {
            let changed = other.iter().find(|(field, _)| *field == name);
            let value = changed.map_or_else(|| self.filled.value(name), |(_, value)| value);
            if is_code(value) {
                out.push_str(&format!("&{name}={value}"));
            }
        }
        out
    }
}

/// An id or code: signs that need no writing out in an address, and nothing that a person's name would have.
fn is_code(value: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    !value.is_empty() && value.len() <= 100 && value.bytes().all(plain)
}

fn start_of(day: Date) -> Option<Timestamp> {
    let start = day.to_zoned(amsterdam()).ok()?;
    Some(start.timestamp())
}
