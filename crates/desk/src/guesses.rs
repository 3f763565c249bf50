//! Doors that open with a code alone: the mailbox of a report, a person's own page. Nothing is known of who stands before
//! them, so what is limited is how often all together may be wrong.
//!
//! A code has sixteen digits. With a million codes in use, who guesses as fast as this allows finds one in about three hundred years.
//! When too many were wrong nobody is let in for a moment, also with a right code: else the limit would tell which codes are
//! right. Each process counts for itself, and the count is gone with it: there is nothing to store.

use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};

use crate::error::{DeskError, Result};

/// So many codes can be wrong at once: far more than people mistype together.
pub const MOST: u32 = 300;
/// After that one more each so often.
pub const EVERY: SignedDuration = SignedDuration::from_secs(1);

/// A door that opens with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// The mailbox of a report.
    Mailbox,
    /// A person's own page, and the place where she goes.
    OwnPage,
}

/// How many more may be wrong, by door.
#[derive(Debug, Default)]
pub(crate) struct Guesses {
    mailbox: Bucket,
    own_page: Bucket,
}

impl Guesses {
    fn at(&self, door: Door) -> &Bucket {
        match door {
            Door::Mailbox => &self.mailbox,
            Door::OwnPage => &self.own_page,
        }
    }

    /// Lets a search happen if it finds, or if one more may be wrong. `found` says whether it found; a fault of the store is no guess.
    pub(crate) async fn guard<T>(
        &self,
        door: Door,
        now: Timestamp,
        search: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        // Taken before and given back, so that many at the same time cannot all be the last.
        self.at(door).take(now)?;
        let found = search.await;
        if !matches!(found, Err(DeskError::NotFound { .. })) {
            self.at(door).give_back();
        }
        found
    }
}

/// Wrong codes since the bucket was last full. Time only fills it.
#[derive(Debug, Default)]
struct Bucket(Mutex<Wrong>);

#[derive(Debug, Default)]
struct Wrong {
    count: u32,
    since: Option<Timestamp>,
}

impl Bucket {
    fn take(&self, now: Timestamp) -> Result<()> {
        let Ok(mut wrong) = self.0.lock() else {
            return Err(DeskError::TooManyAttempts { seconds: 60 });
        };
        wrong.forget(now);
        if wrong.count >= MOST {
            return Err(DeskError::TooManyAttempts {
                seconds: EVERY.as_secs().max(1),
            });
        }
        wrong.count += 1;
        Ok(())
    }

    fn give_back(&self) {
        if let Ok(mut wrong) = self.0.lock() {
            wrong.count = wrong.count.saturating_sub(1);
        }
    }
}

impl Wrong {
    /// One less for each [`EVERY`] that has passed.
    fn forget(&mut self, now: Timestamp) {
        let since = *self.since.get_or_insert(now);
        let passed = now.duration_since(since);
        let steps = passed.as_millis() / EVERY.as_millis().max(1);
        if steps <= 0 {
            return;
        }
        self.count = self
            .count
            .saturating_sub(u32::try_from(steps).unwrap_or(u32::MAX));
        let steps = i32::try_from(steps).unwrap_or(i32::MAX);
        self.since = match self.count {
            0 => None,
            _ => since.saturating_add(EVERY * steps).ok(),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap_or(Timestamp::MAX)
    }

    fn allowed(bucket: &Bucket, now: Timestamp) -> usize {
        (0..1_000).take_while(|_| bucket.take(now).is_ok()).count()
    }

    #[test]
    fn so_many_may_be_wrong_and_then_one_each_second() {
        let bucket = Bucket::default();
        assert_eq!(allowed(&bucket, at(0)), 300);
        assert_eq!(allowed(&bucket, at(0)), 0);
        assert_eq!(allowed(&bucket, at(1)), 1);
        assert_eq!(allowed(&bucket, at(11)), 10);
        assert_eq!(allowed(&bucket, at(10_000)), 300, "it never holds more");
        assert_eq!(
            allowed(&bucket, at(9_000)),
            0,
            "a clock that goes back gives nothing"
        );
    }

    #[test]
    fn what_was_right_costs_nothing() {
        let bucket = Bucket::default();
        for _ in 0..1_000 {
            assert!(bucket.take(at(0)).is_ok());
            bucket.give_back();
        }
        assert_eq!(allowed(&bucket, at(0)), 300);
    }
}
