//! The most one agent can earn: by table where the capacity is small, else a true upper bound by fractions.

/// Cells of a table that is still filled.
const LARGEST_TABLE: usize = 4_000_000;

/// Room for the work, used again and again.
#[derive(Default)]
pub(super) struct Knapsack {
    /// Job, what it earns, what it takes; only what earns something and fits.
    pub items: Vec<(usize, i64, i64)>,
    /// The jobs taken.
    pub chosen: Vec<usize>,
    table: Vec<i64>,
    with: Vec<bool>,
}

impl Knapsack {
    /// The most that the items can earn, or a little more when the table would be too large.
    pub fn most(&mut self, capacity: i64) -> i64 {
        self.chosen.clear();
        let wanted: i64 = self.items.iter().map(|i| i.2).sum();
        if wanted <= capacity {
            self.chosen.extend(self.items.iter().map(|i| i.0));
            return self.items.iter().map(|i| i.1).sum();
        }
        let wide = usize::try_from(capacity).unwrap_or(usize::MAX - 1) + 1;
        match wide.checked_mul(self.items.len()) {
            Some(cells) if cells <= LARGEST_TABLE => self.by_table(wide),
            _ => self.by_fractions(capacity),
        }
    }

    fn by_table(&mut self, wide: usize) -> i64 {
        self.table.clear();
        self.table.resize(wide, 0);
        self.with.clear();
        self.with.resize(wide * self.items.len(), false);
        for (n, (_, earned, need)) in self.items.iter().enumerate() {
            let need = usize::try_from(*need).unwrap_or(wide);
            for at in (need..wide).rev() {
                let better = self.table[at - need] + earned;
                if better > self.table[at] {
                    self.table[at] = better;
                    self.with[n * wide + at] = true;
                }
            }
        }
        let mut at = wide - 1;
        for (n, (job, _, need)) in self.items.iter().enumerate().rev() {
            if self.with[n * wide + at] {
                self.chosen.push(*job);
                at -= usize::try_from(*need).unwrap_or(0);
            }
        }
        self.table[wide - 1]
    }

    fn by_fractions(&mut self, capacity: i64) -> i64 {
        let better = |a: &(usize, i64, i64), b: &(usize, i64, i64)| {
            let (left, right) = (
                i128::from(b.1) * i128::from(a.2),
                i128::from(a.1) * i128::from(b.2),
            );
            left.cmp(&right).then(a.0.cmp(&b.0))
        };
        self.items.sort_unstable_by(better);
        let (mut left, mut earned) = (capacity, 0);
        for (job, worth, need) in &self.items {
            if *need <= left {
                left -= need;
                earned += worth;
                self.chosen.push(*job);
            } else {
                let part = i128::from(*worth) * i128::from(left) / i128::from((*need).max(1)) + 1;
                return earned + i64::try_from(part).unwrap_or(i64::MAX / 4);
            }
        }
        earned
    }
}
