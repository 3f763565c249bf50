//! A transportation problem in whole numbers: seats wanted on one side, seats that are there on the other.
//!
//! Solved by a network simplex of our own ([`simplex`]); what comes out is proven by prices ([`Network::bound`]), which
//! anybody can recompute without knowing how they were found.

mod simplex;

pub(crate) use simplex::Simplex;

/// Rows want seats, columns have them. A row may also stand aside at a cost per seat.
#[derive(Debug, Clone, Default)]
pub(crate) struct Network {
    /// Where the arcs of each row begin in `column` and `cost`; one more than there are rows.
    pub start: Vec<u32>,
    /// The column an arc leads to.
    pub column: Vec<u32>,
    /// Cost per seat over an arc.
    pub cost: Vec<i64>,
    /// Seats that each row wants, above 0.
    pub supply: Vec<i64>,
    /// Cost per seat that a row goes without.
    pub aside: Vec<i64>,
    /// Seats that each column has, above 0.
    pub capacity: Vec<i64>,
}

impl Network {
    /// An empty network with these columns.
    pub fn with_columns(capacity: Vec<i64>) -> Self {
        Self {
            start: vec![0],
            capacity,
            ..Self::default()
        }
    }

    /// Adds a row whose arcs were pushed onto `column` and `cost` just before.
    pub fn close_row(&mut self, supply: i64, aside: i64) {
        self.start
            .push(u32::try_from(self.column.len()).unwrap_or(u32::MAX));
        self.supply.push(supply);
        self.aside.push(aside);
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.supply.len()
    }

    /// The arcs of a row.
    pub fn arcs(&self, row: usize) -> std::ops::Range<usize> {
        self.start[row] as usize..self.start[row + 1] as usize
    }

    /// The least a row can pay per seat when each column asks its price.
    pub fn best(&self, row: usize, price: &[i64]) -> i64 {
        (self.arcs(row))
            .map(|arc| self.cost[arc] + price[self.column[arc] as usize])
            .fold(self.aside[row], i64::min)
    }

    /// No plan costs less than this, whatever the prices (0 or more) are: every seat is bought at its price at least, and a
    /// column cannot earn more than all of its seats do.
    pub fn bound(&self, price: &[i64]) -> i128 {
        let paid: i128 = (0..self.rows())
            .map(|row| i128::from(self.supply[row]) * i128::from(self.best(row, price)))
            .sum();
        let earned: i128 = (self.capacity.iter().zip(price))
            .map(|(seats, price)| i128::from(*seats) * i128::from(*price))
            .sum();
        paid - earned
    }
}
