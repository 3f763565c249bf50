//! Rank and null space of a design of noughts and ones, in whole numbers: a rank that is rounded is no proof.

/// A Mersenne prime. A rank by it is never more than the true one, so a full rank by it is a full rank.
const PRIME: u64 = (1 << 61) - 1;

/// Whether cell `cell` has the term `term`.
pub(crate) fn has(cell: u16, term: u16) -> bool {
    cell & term == term
}

/// The rows that stand on their own, found modulo a prime. As many as the rank, but for an accident of one in 10^18.
fn independent(cells: &[u16], terms: &[u16]) -> Vec<u16> {
    let mut basis: Vec<(usize, Vec<u64>)> = Vec::new();
    let mut kept = Vec::new();
    for &cell in cells {
        if basis.len() == terms.len() {
            break;
        }
        let mut row: Vec<u64> = terms
            .iter()
            .map(|term| u64::from(has(cell, *term)))
            .collect();
        for (pivot, other) in &basis {
            let times = row[*pivot];
            if times != 0 {
                for (value, of) in row.iter_mut().zip(other) {
                    *value = add(*value, PRIME - multiply(times, *of));
                }
            }
        }
        if let Some(pivot) = row.iter().position(|value| *value != 0) {
            let inverse = power(row[pivot], PRIME - 2);
            for value in &mut row {
                *value = multiply(*value, inverse);
            }
            basis.push((pivot, row));
            kept.push(cell);
        }
    }
    kept
}

/// Whether the cells tell every term apart from the others.
pub(crate) fn full_rank(cells: &[u16], terms: &[u16]) -> bool {
    independent(cells, terms).len() == terms.len()
}

/// Whole-number vectors that span everything that is nought on all these cells.
pub(crate) fn null_space(cells: &[u16], terms: &[u16]) -> Vec<Vec<i128>> {
    let basis = eliminate(&independent(cells, terms), terms);
    let sound = cells.iter().all(|cell| {
        let vanishes = |vector: &Vec<i128>| on(*cell, terms, vector) == 0;
        basis.iter().all(vanishes)
    });
    if sound {
        basis
    } else {
        eliminate(cells, terms)
    }
}

/// What a vector of terms comes to in a cell.
pub(crate) fn on(cell: u16, terms: &[u16], vector: &[i128]) -> i128 {
    terms
        .iter()
        .zip(vector)
        .filter(|(term, _)| has(cell, **term))
        .map(|(_, value)| value)
        .sum()
}

/// Gauss-Jordan without fractions (Bareiss): every number on the way is a minor of the design. For noughts and ones of order 37,
/// the largest here, Hadamard's bound is 8·10^18, so a product fits.
fn eliminate(cells: &[u16], terms: &[u16]) -> Vec<Vec<i128>> {
    let mut rows: Vec<Vec<i128>> = cells
        .iter()
        .map(|cell| {
            terms
                .iter()
                .map(|term| i128::from(has(*cell, *term)))
                .collect()
        })
        .collect();
    let mut pivots = Vec::new();
    let mut last = 1i128;
    for column in 0..terms.len() {
        let done = pivots.len();
        let Some(found) = (done..rows.len()).find(|row| rows[*row][column] != 0) else {
            continue;
        };
        rows.swap(done, found);
        let lead = rows[done].clone();
        for (at, row) in rows.iter_mut().enumerate() {
            if at != done {
                let factor = row[column];
                for (value, above) in row.iter_mut().zip(&lead) {
                    *value = (lead[column] * *value - factor * above) / last;
                }
            }
        }
        last = lead[column];
        pivots.push(column);
    }
    let free = (0..terms.len()).filter(|column| !pivots.contains(column));
    free.map(|column| {
        let mut vector = vec![0; terms.len()];
        vector[column] = last;
        for (row, pivot) in rows.iter().zip(&pivots) {
            vector[*pivot] = -row[column];
        }
        vector
    })
    .collect()
}

fn add(a: u64, b: u64) -> u64 {
    (a + b) % PRIME
}

fn multiply(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    // 2^61 is one by this prime; both halves fit
    let low = (product & u128::from(PRIME)) as u64;
    let high = (product >> 61) as u64;
    add(low, high)
}

fn power(base: u64, mut exponent: u64) -> u64 {
    let (mut result, mut square) = (1, base);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply(result, square);
        }
        square = multiply(square, square);
        exponent >>= 1;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_null_space_vanishes_on_the_cells_and_completes_the_rank() {
        let terms: Vec<u16> = (0..16).filter(|mask: &u16| mask.count_ones() < 3).collect();
        for seed in 1u32..400 {
            let cells: Vec<u16> = (1..16).filter(|cell| seed >> (cell % 9) & 1 == 1).collect();
            let kept = independent(&cells, &terms);
            let null = null_space(&cells, &terms);
            assert_eq!(kept.len() + null.len(), terms.len());
            for vector in &null {
                assert!(vector.iter().any(|value| *value != 0));
                assert!(cells.iter().all(|cell| on(*cell, &terms, vector) == 0));
            }
        }
    }

    #[test]
    fn all_cells_tell_all_terms_but_the_highest_apart() {
        for lists in 3..=6 {
            let cells: Vec<u16> = (1..1 << lists).collect();
            let all: Vec<u16> = (0..1 << lists).collect();
            assert!(full_rank(&cells, &all[..all.len() - 1]));
            assert!(!full_rank(&cells, &all));
        }
    }
}
