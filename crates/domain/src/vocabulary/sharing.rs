//! The words in which the law of sharing is asked: purposes, categories of data, circumstances, who consents, whom it is about.

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

/// Somebody who can give consent.
pub type ConsentGiver = Entry<ConsentGiverFacts>;
/// The code of a [`ConsentGiver`]: `self`, `parents`, `one_parent`, `guardian`.
pub type ConsentGiverCode = Code<ConsentGiverFacts>;
/// Whom data is about.
pub type SubjectKind = Entry<SubjectKindFacts>;
/// The code of a [`SubjectKind`], such as `possible_victim`.
pub type SubjectKindCode = Code<SubjectKindFacts>;

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

/// Givers of consent have only words; which of them counts is a rule of age (`policies/ages.toml`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ConsentGiverFacts {}

impl OnlyWords for ConsentGiverFacts {
    const NAME: &'static str = "consent_givers";
}

/// Kinds of subject have only words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SubjectKindFacts {}

impl OnlyWords for SubjectKindFacts {
    const NAME: &'static str = "subject_kinds";
}
