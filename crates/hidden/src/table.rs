//! A table of counts by combination of lists, and the two sums over it that everything else is made of.
//!
//! A combination is a bit mask: bit `i` is set for who is on list `i`. Mask 0, on no list, is the cell that nobody can see.

/// How many people were seen in each combination of lists, with the sums over all combinations that contain a given one.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    lists: usize,
    counts: Vec<u64>,
    margins: Vec<f64>,
    seen: u64,
}

impl Table {
    /// From the counts of all `2^lists` combinations; that of no list is nought.
    pub(crate) fn new(lists: usize, counts: Vec<u64>) -> Self {
        debug_assert_eq!(counts.len(), 1 << lists);
        debug_assert_eq!(counts.first(), Some(&0));
        let mut table = Self {
            lists,
            margins: vec![0.0; counts.len()],
            counts,
            seen: 0,
        };
        table.sum();
        table
    }

    /// Sums anew after the counts were changed.
    fn sum(&mut self) {
        for (margin, count) in self.margins.iter_mut().zip(&self.counts) {
            *margin = as_float(*count);
        }
        over_supersets(&mut self.margins, self.lists);
        self.seen = self.counts.iter().sum();
    }

    /// The same lists with other counts, in the memory of this table.
    pub(crate) fn refill(&mut self, fill: impl FnOnce(&mut [u64])) {
        fill(&mut self.counts);
        self.sum();
    }

    pub(crate) fn lists(&self) -> usize {
        self.lists
    }

    pub(crate) fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// Everybody who was seen.
    pub(crate) fn seen(&self) -> u64 {
        self.seen
    }

    /// How many are on all the lists of `mask`, whatever else they are on: the sufficient statistic of that term.
    pub(crate) fn on_all(&self, mask: u16) -> f64 {
        self.margins[usize::from(mask)]
    }

    /// The combinations with somebody in them, and how many.
    pub(crate) fn filled(&self) -> impl Iterator<Item = (u16, u64)> + '_ {
        (0u16..)
            .zip(self.counts.iter().copied())
            .filter(|(_, count)| *count > 0)
    }

    /// Which combinations have somebody in them: existence depends on nothing else of the table.
    pub(crate) fn support(&self) -> Support {
        let mut support = Support::default();
        for (mask, _) in self.filled() {
            support.0[usize::from(mask >> 6)] |= 1 << (mask & 63);
        }
        support
    }

    /// The table of the other lists, when one list is taken away. Who was on that list only is no longer seen.
    pub(crate) fn without(&self, list: usize) -> Self {
        let below = (1usize << list) - 1;
        let mut counts = vec![0; self.counts.len() / 2];
        for (mask, count) in self.counts.iter().enumerate() {
            let left = (mask & below) | ((mask >> 1) & !below);
            if left != 0 {
                counts[left] += count;
            }
        }
        Self::new(self.lists - 1, counts)
    }
}

/// Which of at most 256 combinations have somebody in them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Support([u64; 4]);

/// Replaces each entry by the sum over all masks that contain its mask.
pub(crate) fn over_supersets(values: &mut [f64], lists: usize) {
    for list in 0..lists {
        let bit = 1 << list;
        for block in values.chunks_exact_mut(2 * bit) {
            let (without, with) = block.split_at_mut(bit);
            for (low, high) in without.iter_mut().zip(with) {
                *low += *high;
            }
        }
    }
}

/// Replaces each entry by the sum over all masks that its mask contains.
pub(crate) fn over_subsets(values: &mut [f64], lists: usize) {
    for list in 0..lists {
        let bit = 1 << list;
        for block in values.chunks_exact_mut(2 * bit) {
            let (without, with) = block.split_at_mut(bit);
            for (low, high) in without.iter().zip(with) {
                *high += *low;
            }
        }
    }
}

/// A count as a number to reckon with; counts stay far below 2^53.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts are at most a thousand million"
)]
pub(crate) fn as_float(count: u64) -> f64 {
    count as f64
}
