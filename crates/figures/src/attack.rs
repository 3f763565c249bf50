//! What somebody can work out from a published table alone, by adding and subtracting along every line until nothing new
//! comes out. It needs no solver; what it recovers is really lost. What it does not recover is protected by the proof in
//! `protect`, not by this attack's weakness.

use crate::publish::{Protected, Published};

/// What is known about a hidden cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Position of the cell in [`Protected::rows`].
    pub row: usize,
    /// At least this.
    pub low: u64,
    /// At most this; `None` without end.
    pub high: Option<u64>,
}

impl Interval {
    /// Whether the count is known exactly.
    pub fn is_recovered(&self) -> bool {
        self.high == Some(self.low)
    }

    /// The length of the interval; `None` without end.
    pub fn width(&self) -> Option<u64> {
        self.high.map(|high| high - self.low)
    }
}

/// Bounds of every hidden cell.
pub fn attack(table: &Protected) -> Vec<Interval> {
    let mut bounds: Vec<(u64, Option<u64>)> = (table.cells.iter())
        .map(|cell| match cell {
            Published::Shown(count) => (*count, Some(*count)),
            Published::Impossible => (0, Some(0)),
            Published::Hidden => (0, None),
        })
        .collect();
    let lines: Vec<_> = table.grid.lines().collect();
    while lines.iter().fold(false, |changed, (parts, total)| {
        tighten(&mut bounds, parts, *total) || changed
    }) {}
    (table.cells.iter().enumerate())
        .filter(|(_, cell)| **cell == Published::Hidden)
        .map(|(row, _)| Interval {
            row,
            low: bounds[row].0,
            high: bounds[row].1,
        })
        .collect()
}

/// One line: the total lies between the sums of the bounds, and each part between the total's bounds less the others'.
/// Lower bounds only rise and upper bounds only fall, towards the true counts, so that this ends.
fn tighten(bounds: &mut [(u64, Option<u64>)], parts: &[usize], total: usize) -> bool {
    let low: u64 = parts.iter().map(|part| bounds[*part].0).sum();
    let endless = parts
        .iter()
        .filter(|part| bounds[**part].1.is_none())
        .count();
    let high: u64 = parts.iter().filter_map(|part| bounds[*part].1).sum();
    let mut changed = narrow(&mut bounds[total], low, (endless == 0).then_some(high));
    let (total_low, total_high) = bounds[total];
    for part in parts {
        let (own_low, own_high) = bounds[*part];
        let others_are_bounded = endless == usize::from(own_high.is_none());
        let others_high = high - own_high.unwrap_or(0);
        let least = if others_are_bounded {
            total_low.saturating_sub(others_high)
        } else {
            0
        };
        let most = total_high.map(|most| most.saturating_sub(low - own_low));
        // The sums are of the bounds before this line; a part narrowed earlier in it only makes them cautious.
        changed |= narrow(&mut bounds[*part], least, most);
    }
    changed
}

fn narrow(bound: &mut (u64, Option<u64>), low: u64, high: Option<u64>) -> bool {
    let narrowed = (
        bound.0.max(low),
        high.map_or(bound.1, |high| {
            Some(bound.1.map_or(high, |own| own.min(high)))
        }),
    );
    let changed = narrowed != *bound;
    *bound = narrowed;
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{About, Dimension, Protection, Table, Zeros};

    /// Hides nothing but small cells, which is what this crate must never do.
    fn careless(rows: [[u64; 3]; 2]) -> Protected {
        let about = About {
            title: String::new(),
            definition: String::new(),
            unit: String::new(),
            source: String::new(),
            reference_date: jiff::civil::date(2026, 7, 1),
        };
        let dimensions = vec![
            Dimension::new("a", ["x", "y"]),
            Dimension::new("b", ["p", "q", "r"]),
        ];
        let mut records = vec![];
        for (a, row) in ["x", "y"].iter().zip(rows) {
            for (b, count) in ["p", "q", "r"].iter().zip(row) {
                records.extend((0..count).map(|_| [*a, *b]));
            }
        }
        let table = Table::count(about, dimensions, records).unwrap();
        let hide = |count: &u64| {
            if *count < 10 {
                Published::Hidden
            } else {
                Published::Shown(*count)
            }
        };
        let cells = table.counts.iter().map(hide).collect();
        let protection = Protection {
            threshold: 10,
            zeros: Zeros::Hidden,
        };
        Protected::new(&table, protection, cells)
    }

    #[test]
    fn small_cells_hidden_alone_are_recovered_exactly() {
        let found = attack(&careless([[3, 20, 30], [40, 7, 60]]));
        let exact: Vec<_> = found.iter().map(|i| (i.low, i.is_recovered())).collect();
        assert_eq!(exact, [(3, true), (7, true)]);
    }

    #[test]
    fn two_small_cells_in_one_row_are_recovered_through_their_columns() {
        let found = attack(&careless([[3, 4, 30], [40, 50, 60]]));
        assert!(found.iter().all(Interval::is_recovered));
    }

    #[test]
    fn what_cannot_be_known_is_left_as_an_interval() {
        let found = attack(&careless([[6, 4, 30], [5, 7, 60]]));
        assert!(found.iter().all(|interval| !interval.is_recovered()));
        assert_eq!((found[0].low, found[0].high), (0, Some(10)));
    }
}
