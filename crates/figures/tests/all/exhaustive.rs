//! An attacker who tries every table of whole numbers that agrees with what was published. It shares no line with the
//! engine: it reads only the published rows.

use figures::{Dimension, Protected, Status};

/// For each hidden cell the smallest and largest count found in tables that agree. The search for a cell ends when its
/// range is `enough`; a narrower answer means that every table with counts up to `ceiling` was tried.
pub fn possible(
    table: &Protected,
    ceiling: u64,
    enough: u64,
) -> Vec<(Vec<Option<String>>, u64, u64)> {
    let rows: Vec<_> = table.rows().collect();
    let inner: Vec<usize> = (0..rows.len())
        .filter(|r| rows[*r].categories.iter().all(Option::is_some))
        .collect();
    // Which inner cells each published row is the sum of.
    let parts = |row: usize| -> Vec<usize> {
        let wanted = &rows[row].categories;
        let matches = |cell: &usize| {
            let own = &rows[*cell].categories;
            wanted.iter().zip(own).all(|(w, o)| w.is_none() || w == o)
        };
        (0..inner.len()).filter(|n| matches(&inner[*n])).collect()
    };
    let known: Vec<(Vec<usize>, u64)> = (0..rows.len())
        .filter_map(|r| rows[r].count.map(|c| (parts(r), c)))
        .collect();
    let range = |row: usize| {
        let (mut low, mut high) = (None, 0);
        for value in 0..=ceiling {
            let mut sums = known.clone();
            sums.push((parts(row), value));
            if agrees(vec![(0, ceiling); inner.len()], &sums) {
                high = value;
                if high - *low.get_or_insert(value) >= enough {
                    break;
                }
            }
        }
        (low.expect("the true table agrees"), high)
    };
    (0..rows.len())
        .filter(|row| rows[*row].status == Status::Hidden)
        .map(|row| {
            let (low, high) = range(row);
            (rows[row].categories.clone(), low, high)
        })
        .collect()
}

/// Whether some table within these bounds makes every sum come out. Bounds are drawn together along the sums; what is
/// still open after that is tried value by value, so that nothing is missed.
pub fn agrees(mut bounds: Vec<(u64, u64)>, sums: &[(Vec<usize>, u64)]) -> bool {
    loop {
        let before = bounds.clone();
        for (parts, count) in sums {
            for part in parts {
                let others = || parts.iter().filter(|other| *other != part);
                let low: u64 = others().map(|n| bounds[*n].0).sum();
                let high: u64 = others().map(|n| bounds[*n].1).sum();
                let Some(most) = count.checked_sub(low) else {
                    return false;
                };
                bounds[*part].0 = bounds[*part].0.max(count.saturating_sub(high));
                bounds[*part].1 = bounds[*part].1.min(most);
                if bounds[*part].0 > bounds[*part].1 {
                    return false;
                }
            }
        }
        if bounds == before {
            break;
        }
    }
    let open = (0..bounds.len()).filter(|n| bounds[*n].0 < bounds[*n].1);
    let Some(next) = open.min_by_key(|n| bounds[*n].1 - bounds[*n].0) else {
        return true;
    };
    (bounds[next].0..=bounds[next].1).any(|value| {
        let mut tried = bounds.clone();
        tried[next] = (value, value);
        agrees(tried, sums)
    })
}

/// A table with these inner counts, last dimension fastest.
pub fn table(sizes: &[usize], counts: &[u64]) -> figures::Table {
    let dimensions: Vec<_> = sizes
        .iter()
        .enumerate()
        .map(|(k, n)| Dimension::new(format!("d{k}"), (0..*n).map(|c| format!("c{c}"))))
        .collect();
    let mut records: Vec<Vec<String>> = vec![];
    for (cell, count) in counts.iter().enumerate() {
        let mut rest = cell;
        let mut record = vec![String::new(); sizes.len()];
        for k in (0..sizes.len()).rev() {
            record[k] = format!("c{}", rest % sizes[k]);
            rest /= sizes[k];
        }
        records.extend((0..*count).map(|_| record.clone()));
    }
    figures::Table::count(about(), dimensions, records).expect("a sound table")
}

pub fn about() -> figures::About {
    figures::About {
        title: "Meldingen naar vorm".into(),
        definition: "Reports accepted by the desk in the period".into(),
        unit: "reports".into(),
        source: "Invented country, seed 1".into(),
        reference_date: jiff::civil::date(2026, 7, 1),
    }
}
