//! Repeatable chance for tests: the same seed gives the same moments and choices.

/// A SplitMix64 sequence (Steele, Lea and Flood, OOPSLA 2014): small, and good enough to scatter the moments at which a server is killed.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// Starts the sequence that belongs to `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The seed of this run: `SAMEN_TEST_SEED` when set, otherwise `default`. Print it, so that a failure can be repeated.
    #[must_use]
    pub fn seed_or(default: u64) -> u64 {
        std::env::var("SAMEN_TEST_SEED")
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(default)
    }

    /// The next number, over the whole range.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` up to and including `high`.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.draw() % (high.saturating_sub(low) + 1)
    }
}
