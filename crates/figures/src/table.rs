//! Exact counts, for the inside only.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::grid::Grid;

/// More dimensions than this say more about persons than about the field.
pub const MOST_DIMENSIONS: usize = 4;
/// More cells than this, totals included, are not a table that people read, and take too long to protect.
pub const MOST_CELLS: usize = 5_000;

/// What a figure is: without this no table is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Title of the table.
    pub title: String,
    /// What is counted, in words a reader can check: who is in, who is out.
    pub definition: String,
    /// What one count is: `persons`, `reports`, `placements`.
    pub unit: String,
    /// Where the records come from.
    pub source: String,
    /// The day the records were as they were counted.
    pub reference_date: Date,
}

/// A column to count by, with its categories in the order in which they are shown.
///
/// Take the categories from the vocabulary, not from the records: a category that is only there because somebody was
/// counted in it betrays that person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// Name of the column.
    pub name: String,
    /// Its categories.
    pub categories: Vec<String>,
}

impl Dimension {
    /// A dimension from anything that reads as text.
    pub fn new<S: Into<String>>(
        name: impl Into<String>,
        categories: impl IntoIterator<Item = S>,
    ) -> Self {
        Self {
            name: name.into(),
            categories: categories.into_iter().map(Into::into).collect(),
        }
    }
}

/// Why a table cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// No dimension, or more than four.
    #[error("a table has 1 to {MOST_DIMENSIONS} dimensions, not {0}")]
    Dimensions(usize),
    /// A dimension without categories.
    #[error("dimension `{0}` has no categories")]
    NoCategories(String),
    /// A name that stands twice among the dimensions.
    #[error("dimension `{0}` appears twice")]
    DuplicateDimension(String),
    /// A category that stands twice in its dimension.
    #[error("category `{category}` appears twice in dimension `{dimension}`")]
    DuplicateCategory {
        /// The dimension.
        dimension: String,
        /// The category.
        category: String,
    },
    /// Too many cells to protect and to read.
    #[error(
        "the table would have more than {MOST_CELLS} cells; use fewer dimensions or coarser categories"
    )]
    TooLarge,
    /// A record with another number of values than there are dimensions.
    #[error("record {record} has {found} values, expected {expected}")]
    Values {
        /// Which record, from 1.
        record: usize,
        /// How many values it has.
        found: usize,
        /// How many dimensions there are.
        expected: usize,
    },
    /// A value that is no category.
    #[error(
        "record {record}: `{value}` is no category of `{dimension}`; add the category, or one for unknown"
    )]
    UnknownValue {
        /// Which record, from 1.
        record: usize,
        /// The dimension.
        dimension: String,
        /// The value that was read.
        value: String,
    },
    /// A dimension named as part of an impossible combination does not exist, or has no such category.
    #[error("`{dimension}` = `{category}` is not part of this table")]
    NoSuchCategory {
        /// The dimension.
        dimension: String,
        /// The category.
        category: String,
    },
    /// Records were counted in a combination declared impossible.
    #[error("{count} records are in a combination declared impossible: {combination}")]
    ImpossibleYetCounted {
        /// How many.
        count: u64,
        /// The combination, as `dimension = category` with commas.
        combination: String,
    },
}

/// Counts of records by up to four dimensions, with all totals. Not for publication: see [`crate::protect`].
#[derive(Debug, Clone)]
pub struct Table {
    pub(crate) about: About,
    pub(crate) dimensions: Vec<Dimension>,
    pub(crate) grid: Grid,
    pub(crate) counts: Vec<u64>,
    pub(crate) impossible: Vec<bool>,
}

impl Table {
    /// Counts records; each record has one value per dimension, in their order.
    pub fn count<R, S>(
        about: About,
        dimensions: Vec<Dimension>,
        records: impl IntoIterator<Item = R>,
    ) -> Result<Self, TableError>
    where
        R: AsRef<[S]>,
        S: AsRef<str>,
    {
        check_dimensions(&dimensions)?;
        let sizes = dimensions.iter().map(|d| d.categories.len()).collect();
        let grid = Grid::new(sizes, MOST_CELLS).ok_or(TableError::TooLarge)?;
        let mut counts = vec![0; grid.cells()];
        for (n, record) in records.into_iter().enumerate() {
            let at = coordinates(&dimensions, n + 1, record.as_ref())?;
            counts[grid.index(&at)] += 1;
        }
        grid.add_totals(&mut counts);
        let impossible = vec![false; grid.cells()];
        Ok(Self {
            about,
            dimensions,
            grid,
            counts,
            impossible,
        })
    }

    /// Declares a combination impossible by definition (a structural zero), such as an adult among the minors. Totals of
    /// which every part is impossible become so too.
    pub fn impossible(mut self, combination: &[(&str, &str)]) -> Result<Self, TableError> {
        let mut wanted = Vec::with_capacity(combination.len());
        for (dimension, category) in combination {
            let k = self.dimensions.iter().position(|d| d.name == *dimension);
            let at = k.and_then(|k| {
                self.dimensions[k]
                    .categories
                    .iter()
                    .position(|c| c == category)
            });
            match (k, at) {
                (Some(k), Some(at)) => wanted.push((k, at)),
                _ => {
                    return Err(TableError::NoSuchCategory {
                        dimension: (*dimension).to_owned(),
                        category: (*category).to_owned(),
                    });
                }
            }
        }
        for cell in (0..self.grid.cells()).filter(|cell| self.grid.is_inner(*cell)) {
            if wanted
                .iter()
                .all(|(k, at)| self.grid.coordinate(cell, *k) == *at)
            {
                if self.counts[cell] > 0 {
                    let parts: Vec<_> = combination
                        .iter()
                        .map(|(d, c)| format!("{d} = {c}"))
                        .collect();
                    return Err(TableError::ImpossibleYetCounted {
                        count: self.counts[cell],
                        combination: parts.join(", "),
                    });
                }
                self.impossible[cell] = true;
            }
        }
        // Lines come dimension by dimension, so that totals of totals see the totals below them.
        for (parts, total) in self.grid.lines() {
            if parts.iter().all(|part| self.impossible[*part]) {
                self.impossible[total] = true;
            }
        }
        Ok(self)
    }

    /// The exact number of records, for the inside.
    pub fn records(&self) -> u64 {
        self.counts[self.grid.grand_total()]
    }
}

fn check_dimensions(dimensions: &[Dimension]) -> Result<(), TableError> {
    if dimensions.is_empty() || dimensions.len() > MOST_DIMENSIONS {
        return Err(TableError::Dimensions(dimensions.len()));
    }
    for (n, dimension) in dimensions.iter().enumerate() {
        if dimension.categories.is_empty() {
            return Err(TableError::NoCategories(dimension.name.clone()));
        }
        if dimensions[..n]
            .iter()
            .any(|earlier| earlier.name == dimension.name)
        {
            return Err(TableError::DuplicateDimension(dimension.name.clone()));
        }
        let mut seen = std::collections::HashSet::new();
        if let Some(twice) = dimension
            .categories
            .iter()
            .find(|category| !seen.insert(*category))
        {
            return Err(TableError::DuplicateCategory {
                dimension: dimension.name.clone(),
                category: twice.clone(),
            });
        }
    }
    Ok(())
}

fn coordinates<S: AsRef<str>>(
    dimensions: &[Dimension],
    record: usize,
    values: &[S],
) -> Result<Vec<usize>, TableError> {
    if values.len() != dimensions.len() {
        return Err(TableError::Values {
            record,
            found: values.len(),
            expected: dimensions.len(),
        });
    }
    (dimensions.iter().zip(values))
        .map(|(dimension, value)| {
            let found = dimension
                .categories
                .iter()
                .position(|category| category == value.as_ref());
            found.ok_or_else(|| TableError::UnknownValue {
                record,
                dimension: dimension.name.clone(),
                value: value.as_ref().to_owned(),
            })
        })
        .collect()
}
