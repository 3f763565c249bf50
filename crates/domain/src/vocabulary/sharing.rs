//! The words in which the law of sharing is asked: purposes, categories of data, circumstances.

use serde::Serialize;

use super::code::Code;
use super::entry::{Entry, Facts, OnlyWords};
use super::row::Row;

/// A purpose for which data is shared.
pub type Purpose = Entry<PurposeFacts>;
/// The code of a [`Purpose`].
pub type PurposeCode = Code<PurposeFacts>;
/// A category of data.
pub type DataCategory = Entry<DataCategoryFacts>;
/// The code of a [`DataCategory`].
pub type DataCategoryCode = Code<DataCategoryFacts>;
/// A circumstance that changes what may be shared.
pub type Circumstance = Entry<CircumstanceFacts>;
/// The code of a [`Circumstance`].
pub type CircumstanceCode = Code<CircumstanceFacts>;

/// Purposes have only words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PurposeFacts {}

impl OnlyWords for PurposeFacts {
    const NAME: &'static str = "purposes";
}

/// What is known about a category of data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DataCategoryFacts {
    /// Whether it is one of the few that suffice for national figures.
    pub statistical: bool,
    /// Whether it holds special categories or criminal data (articles 9 and 10 GDPR).
    pub special: bool,
}

impl Facts for DataCategoryFacts {
    const LIST: &'static str = "data_categories";

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            statistical: row.yes("statistical"),
            special: row.yes("special"),
        }
    }
}

/// Circumstances have only words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CircumstanceFacts {}

impl OnlyWords for CircumstanceFacts {
    const NAME: &'static str = "circumstances";
}
