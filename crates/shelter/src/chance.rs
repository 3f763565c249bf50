//! Chance from a seed, the same on every machine: SplitMix64 (Steele, Lea and Flood 2014). For made-up instances and the
//! simulator only; nothing about a person is ever drawn.

/// A stream of numbers that only depends on its seed.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        let mut chance = Self(seed ^ 0x5AFE_91AC_E000_0001);
        chance.bits();
        chance
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A whole number below `end`; 0 when `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        let wide = u128::from(self.bits()) * end as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A whole number from `from` to `to`, both included.
    pub fn from_to(&mut self, from: i64, to: i64) -> i64 {
        let span = usize::try_from(to - from + 1).unwrap_or(1);
        from + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// Whether something happens that happens in so many of a thousand cases.
    pub fn per_mille(&mut self, share: usize) -> bool {
        self.below(1000) < share
    }

    /// One of a list that is not empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// The position in a list of shares, drawn by share.
    pub fn by_share(&mut self, shares: &[usize]) -> usize {
        let mut left = self.below(shares.iter().sum());
        for (n, share) in shares.iter().enumerate() {
            if left < *share {
                return n;
            }
            left -= share;
        }
        0
    }

    /// A waiting time in whole days with about this mean: a coin each day (geometric).
    pub fn days(&mut self, mean: usize) -> i64 {
        let mut days = 0;
        while days < 36_500 && self.below(mean + 1) != 0 {
            days += 1;
        }
        days
    }
}
