//! Which reports are about the same person.

use std::collections::BTreeSet;

use crate::calibration::course::{DUPLICATE_WINDOW, DUPLICATES};
use crate::dice::{Aspect, Dice};

/// Follows later reports back to the first one, knowing nothing but the seed and the places of the scenarios.
#[derive(Debug, Clone)]
pub(crate) struct Links {
    seed: u64,
    /// Reports written by hand; nobody else's report is about their people.
    fixed: BTreeSet<u64>,
}

impl Links {
    pub(crate) fn new(seed: u64, fixed: BTreeSet<u64>) -> Self {
        Self { seed, fixed }
    }

    /// The first report about the person of report `index`; `index` itself when it is the first.
    pub(crate) fn root(&self, index: u64) -> u64 {
        let mut at = index;
        while let Some(earlier) = self.earlier(at) {
            at = earlier;
        }
        at
    }

    /// The earlier report that this one repeats.
    fn earlier(&self, index: u64) -> Option<u64> {
        let mut dice = Dice::new(self.seed, Aspect::Link, index);
        let repeats = dice.chance(DUPLICATES.value);
        let back = 1 + dice.below(DUPLICATE_WINDOW.value);
        index.checked_sub(back).filter(|earlier| {
            repeats && !self.fixed.contains(earlier) && !self.fixed.contains(&index)
        })
    }
}
