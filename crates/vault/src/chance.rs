//! Randomness as an argument: keys, nonces and identifiers are drawn from here and nowhere else.

use jiff::Timestamp;
use uuid::Uuid;

/// A source of random bytes. Production uses the operating system; tests may use a seeded one.
pub trait Chance: Send + Sync {
    /// Fills `out` with random bytes.
    fn fill(&self, out: &mut [u8]);
}

/// The operating system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsChance;

impl Chance for OsChance {
    fn fill(&self, out: &mut [u8]) {
        // INVARIANT: without randomness nothing may be sealed. A system that cannot give any is not one
        // to go on with, so the process stops rather than sealing with a predictable key.
        if getrandom::fill(out).is_err() {
            std::process::abort();
        }
    }
}

/// An identifier that sorts by time: UUID version 7 (RFC 9562) from the given moment and chance.
///
/// Callers that must not reveal the exact moment (public reports) pass a rounded one.
pub fn new_id(now: Timestamp, chance: &dyn Chance) -> Uuid {
    let mut random = [0u8; 10];
    chance.fill(&mut random);
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// As [`new_id`], with a count that orders the identifiers of one millisecond (RFC 9562, section 6.2, method 1: twelve bits).
pub(crate) fn ordered_id(now: Timestamp, count: u16, chance: &dyn Chance) -> Uuid {
    let mut random = [0u8; 10];
    chance.fill(&mut random);
    let [high, low] = count.min(0x0fff).to_be_bytes();
    random[0] = high;
    random[1] = low;
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}
