//! Chance, repeatable: one ChaCha stream per report and aspect.
//!
//! Draws use integer arithmetic on the raw stream only, so that neither a newer `rand` nor another processor changes a world.

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// What a stream of draws is for; every aspect has its own, so that a longer story never changes a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aspect {
    Link = 1,
    Person = 2,
    Report = 3,
    Life = 4,
    Narrative = 5,
    Network = 6,
    Static = 7,
    Names = 8,
    Before = 9,
}

/// Draws for one thing of the world.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// The draws of aspect `aspect` of thing number `index` under `seed`.
    pub(crate) fn new(seed: u64, aspect: Aspect, index: u64) -> Self {
        let mut stream = ChaCha8Rng::seed_from_u64(seed);
        stream.set_stream(((aspect as u64) << 56) | (index & 0x00ff_ffff_ffff_ffff));
        Self(stream)
    }

    /// A number from 0 up to but not including `bound`; 0 when `bound` is 0.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        // Widening multiplication; its bias is below 2^-32 for every bound used here.
        ((u128::from(self.0.next_u64()) * u128::from(bound)) >> 64) as u64
    }

    /// A position in a list of `len` things; 0 when the list is empty.
    pub(crate) fn index(&mut self, len: usize) -> usize {
        self.below(len as u64) as usize
    }

    /// A number in `low..=high`.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        let span = i64::from(high) - i64::from(low) + 1;
        low + self.below(span.max(1) as u64) as i32
    }

    /// True in `per_mille` of 1,000 cases.
    pub(crate) fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1000) < u64::from(per_mille)
    }

    /// One of the things, all equally likely.
    pub(crate) fn pick<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.index(things.len())]
    }

    /// A position drawn in proportion to its weight; 0 when all weights are 0.
    pub(crate) fn weighted(&mut self, weights: impl Iterator<Item = u64> + Clone) -> usize {
        let total: u64 = weights.clone().sum();
        let mut left = self.below(total);
        for (at, weight) in weights.enumerate() {
            if left < weight {
                return at;
            }
            left -= weight;
        }
        0
    }

    /// The value drawn from a table of values with shares.
    pub(crate) fn share<T: Copy>(&mut self, table: &[(T, u32)]) -> T {
        table[self.weighted(table.iter().map(|&(_, weight)| u64::from(weight)))].0
    }
}

/// A one-to-one shuffle of `0..modulus` for `index`, so that made-up numbers never meet by accident.
///
/// `modulus` must be a power of ten; the multiplier is coprime to it.
pub(crate) fn scatter(index: u64, modulus: u64) -> u64 {
    ((u128::from(index) * 7_654_319 + 1_618_033) % u128::from(modulus)) as u64
}
