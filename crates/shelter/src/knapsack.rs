//! The most that a room can earn from whole families, from whom, and what each would cost it.

/// Who would pay for seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Item {
    /// What the room earns.
    pub earned: i64,
    /// Seats, above 0.
    pub size: i64,
    /// The request.
    pub ask: u32,
    /// Its pair with this room.
    pub pair: u32,
}

/// Room for the work, used again and again.
#[derive(Default)]
pub(crate) struct Knapsack {
    /// Who would pay; for [`Self::singles`] and [`Self::whole`] only those who pay something and fit.
    pub items: Vec<Item>,
    /// Who is taken.
    pub chosen: Vec<Item>,
    table: Vec<i64>,
    with: Vec<bool>,
}

impl Knapsack {
    /// Everybody takes one seat: the best pay.
    pub fn singles(&mut self, capacity: i64) -> i64 {
        let seats = usize::try_from(capacity).unwrap_or(0);
        if self.items.len() > seats {
            if seats == 0 {
                self.items.clear();
            } else {
                let best = |i: &Item| (std::cmp::Reverse(i.earned), i.ask);
                self.items.select_nth_unstable_by_key(seats - 1, best);
                self.items.truncate(seats);
            }
        }
        self.chosen.clear();
        self.chosen.extend_from_slice(&self.items);
        self.items.iter().map(|i| i.earned).sum()
    }

    /// Families stay whole: by table.
    pub fn whole(&mut self, capacity: i64) -> i64 {
        let wanted: i64 = self.items.iter().map(|i| i.size).sum();
        self.chosen.clear();
        if wanted <= capacity {
            self.chosen.extend_from_slice(&self.items);
            return self.items.iter().map(|i| i.earned).sum();
        }
        let wide = usize::try_from(capacity).unwrap_or(0) + 1;
        self.table.clear();
        self.table.resize(wide, 0);
        self.with.clear();
        self.with.resize(wide * self.items.len(), false);
        for (n, item) in self.items.iter().enumerate() {
            let size = usize::try_from(item.size).unwrap_or(wide);
            for seats in (size..wide).rev() {
                let better = self.table[seats - size] + item.earned;
                if better > self.table[seats] {
                    self.table[seats] = better;
                    self.with[n * wide + seats] = true;
                }
            }
        }
        let mut seats = wide - 1;
        for (n, item) in self.items.iter().enumerate().rev() {
            if self.with[n * wide + seats] {
                self.chosen.push(*item);
                seats -= usize::try_from(item.size).unwrap_or(0);
            }
        }
        self.table[wide - 1]
    }

    /// For each item how much less the room earns when it must take it, and when it may not; items may pay less than nothing.
    ///
    /// Two tables: the most that the items before each, and those after it, can earn with so many seats.
    pub fn losses(&mut self, capacity: i64, mut tell: impl FnMut(&Item, i64, i64)) {
        let wide = usize::try_from(capacity).unwrap_or(0) + 1;
        let count = self.items.len();
        // Row n of `after`: what items n and on can earn.
        self.table.clear();
        self.table.resize(wide * (count + 1), 0);
        for (n, item) in self.items.iter().enumerate().rev() {
            let size = usize::try_from(item.size).unwrap_or(wide);
            for seats in 0..wide {
                let without = self.table[(n + 1) * wide + seats];
                let with = seats.checked_sub(size).map_or(i64::MIN, |rest| {
                    self.table[(n + 1) * wide + rest] + item.earned
                });
                self.table[n * wide + seats] = without.max(with);
            }
        }
        let most = self.table[wide - 1];
        let mut before = vec![0_i64; wide];
        for (n, item) in self.items.iter().enumerate() {
            let size = usize::try_from(item.size).unwrap_or(wide);
            let after = &self.table[(n + 1) * wide..(n + 2) * wide];
            // `before` and `after` grow with seats, so all seats are shared out.
            let shared = |seats: usize| {
                (0..=seats)
                    .map(|some| before[some] + after[seats - some])
                    .max()
            };
            let without = shared(wide - 1).unwrap_or(0);
            let with = (wide - 1).checked_sub(size).and_then(shared);
            if let Some(with) = with {
                tell(item, most - with - item.earned, most - without);
            }
            for seats in (size..wide).rev() {
                before[seats] = before[seats].max(before[seats - size] + item.earned);
            }
        }
    }
}
