//! Whether the journal and the records tell the same story, in constant memory: both are summed up, each
//! event by a digest, and equal stories give equal sums.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::journal::{Entry, How};
use crate::seal;

/// What became of the records of one store: how often each was written, when made, when erased, and which
/// attachment parts it has.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    written: u128,
    made: u128,
    erased: u128,
}

impl Tally {
    /// A record as it stands.
    pub(crate) fn record(&mut self, id: &str, version: i64, created: i64, erased: Option<i64>) {
        let times = u128::from(version.unsigned_abs());
        add(
            &mut self.written,
            mark("written", id, 0).wrapping_mul(times),
        );
        add(&mut self.made, mark("made", id, created));
        if let Some(at) = erased {
            add(&mut self.erased, mark("erased", id, at));
        }
    }

    /// A journal entry.
    pub(crate) fn entry(&mut self, entry: &Entry) {
        let at = entry.context.at.as_millisecond();
        for touched in &entry.records {
            let id = touched.id.as_str();
            match touched.how {
                How::Created => add(&mut self.made, mark("made", id, at)),
                How::Erased => add(&mut self.erased, mark("erased", id, at)),
                How::Changed => {}
                _ => continue,
            }
            add(&mut self.written, mark("written", id, 0));
        }
    }
}

fn add(sum: &mut u128, value: u128) {
    *sum = sum.wrapping_add(value);
}

fn mark(what: &str, id: &str, at: i64) -> u128 {
    let digest = Sha256::digest(seal::place(&[what, id, &at.to_string()]));
    let mut half = [0u8; 16];
    half.copy_from_slice(&digest[..16]);
    u128::from_be_bytes(half)
}

/// The same per record, to name the first that differs once the sums did.
#[derive(Default)]
pub(crate) struct Stories(BTreeMap<String, Tally>);

impl Stories {
    pub(crate) fn record(&mut self, id: &str, version: i64, created: i64, erased: Option<i64>) {
        self.of(id).record(id, version, created, erased);
    }

    pub(crate) fn entry(&mut self, entry: &Entry) {
        for touched in &entry.records {
            let single = Entry {
                records: vec![touched.clone()],
                ..entry.clone()
            };
            if matches!(touched.how, How::Created | How::Changed | How::Erased) {
                self.of(&touched.id).entry(&single);
            }
        }
    }

    fn of(&mut self, id: &str) -> &mut Tally {
        self.0.entry(id.to_owned()).or_default()
    }

    /// The first record of which the two tell different stories.
    pub(crate) fn first_difference<'a>(&'a self, other: &'a Stories) -> Option<&'a str> {
        let ids = self.0.keys().chain(other.0.keys());
        ids.filter(|id| self.0.get(*id) != other.0.get(*id))
            .min()
            .map(String::as_str)
    }
}
