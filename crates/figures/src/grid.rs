//! Cells of a table with its totals, laid out in one row: the last coordinate of each dimension is its total.

/// The shape of a table: how many categories each dimension has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grid {
    categories: Vec<usize>,
    strides: Vec<usize>,
    cells: usize,
}

impl Grid {
    /// The grid, or `None` when it would have more than `most` cells, totals included.
    pub(crate) fn new(categories: Vec<usize>, most: usize) -> Option<Self> {
        let mut strides = vec![0; categories.len()];
        let mut cells = 1_usize;
        for (stride, n) in strides.iter_mut().zip(&categories).rev() {
            *stride = cells;
            cells = cells.checked_mul(n + 1).filter(|cells| *cells <= most)?;
        }
        Some(Self {
            categories,
            strides,
            cells,
        })
    }

    pub(crate) fn cells(&self) -> usize {
        self.cells
    }

    pub(crate) fn dimensions(&self) -> usize {
        self.categories.len()
    }

    /// The grand total is the last cell.
    pub(crate) fn grand_total(&self) -> usize {
        self.cells - 1
    }

    pub(crate) fn coordinate(&self, cell: usize, dimension: usize) -> usize {
        cell / self.strides[dimension] % (self.categories[dimension] + 1)
    }

    pub(crate) fn is_total(&self, cell: usize, dimension: usize) -> bool {
        self.coordinate(cell, dimension) == self.categories[dimension]
    }

    pub(crate) fn is_inner(&self, cell: usize) -> bool {
        (0..self.dimensions()).all(|dimension| !self.is_total(cell, dimension))
    }

    /// The cell with another coordinate in one dimension.
    pub(crate) fn moved(&self, cell: usize, dimension: usize, to: usize) -> usize {
        let stride = self.strides[dimension];
        cell - self.coordinate(cell, dimension) * stride + to * stride
    }

    /// The coordinates of a dimension, the total last.
    pub(crate) fn coordinates(&self, dimension: usize) -> std::ops::RangeInclusive<usize> {
        0..=self.categories[dimension]
    }

    /// The index of an inner cell.
    pub(crate) fn index(&self, coordinates: &[usize]) -> usize {
        coordinates
            .iter()
            .zip(&self.strides)
            .map(|(at, stride)| at * stride)
            .sum()
    }

    /// All lines: the cells that add up, and their total.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (Vec<usize>, usize)> {
        (0..self.dimensions()).flat_map(move |dimension| {
            (0..self.cells)
                .filter(move |cell| self.is_total(*cell, dimension))
                .map(move |total| {
                    let parts =
                        (0..self.categories[dimension]).map(|at| self.moved(total, dimension, at));
                    (parts.collect(), total)
                })
        })
    }

    /// Adds every inner cell into the totals above it.
    pub(crate) fn add_totals(&self, counts: &mut [u64]) {
        for dimension in 0..self.dimensions() {
            for cell in 0..self.cells {
                let at = self.coordinate(cell, dimension);
                if at < self.categories[dimension] {
                    let total = self.moved(cell, dimension, self.categories[dimension]);
                    counts[total] += counts[cell];
                }
            }
        }
    }
}
