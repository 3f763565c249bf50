//! Tables that might as well have been seen: people drawn anew.

use rand::SeedableRng;
use rand_distr::{Binomial, Distribution};
use rand_xoshiro::Xoshiro256PlusPlus;

use crate::table::{Table, as_float};

/// Draws tables. The same seed draws the same tables.
#[derive(Debug)]
pub(crate) struct Draws {
    random: Xoshiro256PlusPlus,
}

impl Draws {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            random: Xoshiro256PlusPlus::seed_from_u64(seed),
        }
    }

    /// Draws people with replacement from `cells` (shares of combinations, by mask) into `into`.
    pub(crate) fn draw(&mut self, people: u64, cells: &[(usize, f64)], into: &mut Table) {
        let total: f64 = cells.iter().map(|(_, share)| share).sum();
        let random = &mut self.random;
        into.refill(|counts| {
            counts.fill(0);
            let (mut left, mut rest) = (people, total);
            for (at, &(mask, share)) in cells.iter().enumerate() {
                let last = at + 1 == cells.len();
                counts[mask] = if last {
                    left
                } else {
                    binomial(random, left, share / rest)
                };
                left -= counts[mask];
                rest -= share;
            }
        });
    }

    /// How many of `people` are seen, when each is seen with chance `share`.
    pub(crate) fn seen(&mut self, people: f64, share: f64) -> u64 {
        binomial(&mut self.random, whole(people), share)
    }
}

/// The combinations of a table with people in them, as shares to draw from.
pub(crate) fn shares(table: &Table) -> Vec<(usize, f64)> {
    table
        .filled()
        .map(|(mask, count)| (usize::from(mask), as_float(count)))
        .collect()
}

fn binomial(random: &mut Xoshiro256PlusPlus, from: u64, share: f64) -> u64 {
    let share = share.clamp(0.0, 1.0);
    Binomial::new(from, share).map_or(0, |draw| draw.sample(random))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of people: not negative, and at most a thousand times those seen"
)]
fn whole(people: f64) -> u64 {
    people.round().max(0.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_keep_to_the_number_and_the_shares() {
        let table = Table::new(2, vec![0, 700, 200, 100]);
        let cells = shares(&table);
        let (mut draws, mut drawn) = (Draws::new(1), table.clone());
        let mut sums = [0u64; 4];
        for _ in 0..1000 {
            draws.draw(1000, &cells, &mut drawn);
            assert_eq!(drawn.seen(), 1000);
            for (sum, count) in sums.iter_mut().zip(drawn.counts()) {
                *sum += count;
            }
        }
        assert_eq!(sums[0], 0);
        assert!(
            sums[1].abs_diff(700_000) < 2500 && sums[2].abs_diff(200_000) < 2500,
            "{sums:?}"
        );
    }

    #[test]
    fn the_number_seen_varies_when_everybody_is_looked_for_anew() {
        let table = Table::new(2, vec![0, 700, 200, 100]);
        let (mut draws, mut drawn) = (Draws::new(1), table.clone());
        let mut seen = Vec::new();
        for _ in 0..2000 {
            let people = draws.seen(4000.0, 0.25);
            draws.draw(people, &shares(&table), &mut drawn);
            seen.push(as_float(drawn.seen()));
        }
        let mean = seen.iter().sum::<f64>() / 2000.0;
        let variance = seen.iter().map(|n| (n - mean).powi(2)).sum::<f64>() / 2000.0;
        assert!(
            (mean - 1000.0).abs() < 4.0 && (variance - 750.0).abs() < 90.0,
            "{mean} {variance}"
        );
    }
}
