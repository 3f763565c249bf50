//! A table as it may leave the house.

use serde::Serialize;

use crate::grid::Grid;
use crate::protect::{Protection, Zeros};
use crate::table::{About, Dimension, Table};

/// A cell as the reader sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// The exact count.
    Shown(u64),
    /// Hidden, for being small or to protect another; which of the two is not told.
    Hidden,
    /// Zero by definition.
    Impossible,
}

/// The status of a cell in words for files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The count is there.
    Shown,
    /// The count is hidden.
    Hidden,
    /// Zero by definition.
    Impossible,
}

/// A row of the published table in long form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublishedRow {
    /// One category per dimension; `None` is the total.
    pub categories: Vec<Option<String>>,
    /// The count, if shown.
    pub count: Option<u64>,
    /// Shown, hidden or impossible.
    pub status: Status,
}

/// A protected table. It holds nothing that may not be published: hidden counts are gone, not masked.
#[derive(Debug, Clone)]
pub struct Protected {
    about: About,
    dimensions: Vec<Dimension>,
    threshold: u64,
    zeros: Zeros,
    pub(crate) grid: Grid,
    pub(crate) cells: Vec<Published>,
}

impl Protected {
    pub(crate) fn new(table: &Table, protection: Protection, cells: Vec<Published>) -> Self {
        Self {
            about: table.about.clone(),
            dimensions: table.dimensions.clone(),
            threshold: protection.threshold,
            zeros: protection.zeros,
            grid: table.grid.clone(),
            cells,
        }
    }

    /// What the figures are, with source and reference date.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The dimensions, in the order of [`PublishedRow::categories`].
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    /// Cells below this were hidden.
    pub fn threshold(&self) -> u64 {
        self.threshold
    }

    /// Whether zeros are published.
    pub fn zeros(&self) -> Zeros {
        self.zeros
    }

    /// The number of records counted; hidden with the grand total, which it equals.
    pub fn records(&self) -> Option<u64> {
        match self.cells[self.grid.grand_total()] {
            Published::Shown(count) => Some(count),
            Published::Hidden => None,
            Published::Impossible => Some(0),
        }
    }

    /// How many cells are hidden, totals included.
    pub fn hidden(&self) -> usize {
        self.cells
            .iter()
            .filter(|cell| **cell == Published::Hidden)
            .count()
    }

    /// One cell; `None` in a dimension asks for its total, a category that is not there gives nothing.
    pub fn cell(&self, categories: &[Option<&str>]) -> Option<Published> {
        if categories.len() != self.dimensions.len() {
            return None;
        }
        let at: Option<Vec<usize>> = (self.dimensions.iter().zip(categories))
            .map(|(dimension, wanted)| match wanted {
                None => Some(dimension.categories.len()),
                Some(wanted) => dimension
                    .categories
                    .iter()
                    .position(|category| category == wanted),
            })
            .collect();
        self.cells.get(self.grid.index(&at?)).copied()
    }

    /// All cells in long form, totals after their parts.
    pub fn rows(&self) -> impl Iterator<Item = PublishedRow> {
        self.cells.iter().enumerate().map(|(cell, published)| {
            let (count, status) = match published {
                Published::Shown(count) => (Some(*count), Status::Shown),
                Published::Hidden => (None, Status::Hidden),
                Published::Impossible => (Some(0), Status::Impossible),
            };
            let category = |(k, dimension): (usize, &Dimension)| {
                dimension
                    .categories
                    .get(self.grid.coordinate(cell, k))
                    .cloned()
            };
            PublishedRow {
                categories: self.dimensions.iter().enumerate().map(category).collect(),
                count,
                status,
            }
        })
    }
}
